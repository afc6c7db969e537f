"""What a fault costs on a page: the part it is in, which says so, and nothing else."""

from __future__ import annotations

import functools
import itertools
import logging
import re
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.content import comparisons, text, tiles
from sidebyside.data import contract
from sidebyside.data.package import load, sound
from sidebyside.layouts import page_list
from sidebyside.site import plain_pages
from sidebyside.ui import card, common, page
from tests.conftest import ROOT
from tests.support import damage
from tests.ui.test_damage import KINDS
from tests.ui.test_pages import PAGES, findings, run, titles, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

FOOTER = "not medical advice"

# For each table: a page that needs it; a column and a row of data (or its id) whose damage is seen there; and how many
# charts and sections that may cost. Lists lose a row.
COSTS: dict[str, tuple[str, str, int | str, int, int]] = {
    "sources": ("overview", "kind", "walton-2020", 4, 4),
    "facts": ("numbers", "value", "als-korea-sex-ratio", 1, 1),
    "plots": ("numbers", "label", 1, 1, 0),
    "charts": ("course-als", "scale", "still-mild", 1, 0),
    "chart_texts": ("course-als", "text", "still-mild", 1, 0),
    "chart_options": ("relapses", "label", "relapse-rates", 1, 0),
    "interface": ("overview", "text", 1, 0, 0),
    "explainers": ("overview", "heading", 3, 0, 1),
    "glossary": ("words", "plain", 1, 0, 0),
    "claims": ("claims", "claim", 1, 1, 0),
    "glance": ("overview", "ms", 1, 0, 0),
    "differences": ("compare", "ms", 1, 0, 0),
    "diagnostic_tests": ("finding-out", "als", 1, 0, 0),
    "shared_studies": ("compare", "found", 1, 0, 0),
    "help_signs": ("help", "sign", 1, 0, 0),
    "helplines": ("help", "offers", 1, 0, 0),
    "care_words": ("course", "words", 1, 0, 0),
    "care_places": ("course", "tells", 1, 0, 0),
    "symptoms": ("symptoms", "population", 1, 1, 1),
    "symptom_words": ("symptoms", "plain", 1, 1, 0),
    "countries": ("overview", "place", 1, 2, 0),
    "places": ("overview", "middle_of", 1, 2, 0),
    "land": ("overview", "outline", 1, 1, 0),
    "milestones": ("course-ms", "cohort", 1, 1, 0),
    "edss_quantiles": ("course-ms", "p50", 1, 1, 0),
    "edss_shares": ("course-ms", "share_percent", 1, 1, 0),
    "edss_scale": ("course-ms", "plain", 1, 2, 0),
    "relapse_rates": ("relapses", "trial", 1, 1, 0),
    "pregnancy_relapses": ("relapses", "period", 1, 1, 0),
    "ms_kinds": ("course-ms", "meaning", 1, 1, 0),
    "alsfrs_items": ("course-als", "best", 1, 1, 0),
    "treatments": ("treatments", "route", 1, 1, 0),
    "history": ("history", "event_plain", 1, 1, 0),
    "block_temperature": ("fibre", "wraps", 1, 1, 0),
    "nerve_parts": ("mechanism", "what", 1, 1, 0),
    "nerve_map": ("mechanism", "kind", 1, 1, 0),
    "nerve_tags": ("overview", "words", 1, 1, 0),
    "tiles": ("overview", "ms", 1, 0, 0),
    "model_checks": ("models", "what", 1, 1, 0),
}
# Drawn for those alone who ask for length of life.
ON_REQUEST = {"deaths_by_age"}
# The search alone needs it, and goes on without: `test_search.py`, `test_finder.py`.
SEARCHED = {"other_words"}
# Where addresses of the first edition lead; a page stands without: `test_moved.py`.
FORMER = {"moved"}


def lost(*_: object) -> NoReturn:
    """What fails in a way that nobody thought of."""
    raise LookupError


def works(make: Callable[[], Any]) -> bool:
    """Whether a part can be made."""
    try:
        make()
    except Exception:
        return False
    return True


def made(definition: ChartDefinition) -> tuple[object, ...]:
    """A chart with what its card needs: its options in words, and the figure."""
    return definition.labels, definition.question, definition.figure()


def standing(name: str) -> tuple[list[str], set[str]]:
    """The titles of the charts of a page that can be made, and the headings of its sections that can."""
    charts = [definition.figure().title for definition in PAGES[name] if works(functools.partial(made, definition))]
    parts = [(place, heading) for place, heading, choice in text.sections_of(name) if place != "answer" and not choice]
    return charts, {heading for place, heading in parts if works(functools.partial(text.section, name, place))}


@functools.cache
def whole(name: str) -> tuple[list[str], set[str]]:
    """What stands on a page of the package as it is."""
    return standing(name)


def sections(app: AppTest) -> set[str]:
    """The headings of a page that are no findings."""
    return {heading.value for heading in app.header} - set(findings(app))


def said(app: AppTest) -> str:
    return "\n".join(str(error.value) for error in app.error)


def test_each_table_of_the_package_is_damaged_here() -> None:
    assert COSTS.keys() | ON_REQUEST | SEARCHED | FORMER == set(contract.names())


@pytest.mark.parametrize("table", COSTS)
def test_a_damaged_cell_costs_its_part_and_the_page_says_so(table: str, package: Path) -> None:
    name, column, row, most_charts, most_sections = COSTS[table]
    charts, headings = whole(name)
    path = package / f"{table}.csv"
    record = row if isinstance(row, int) else load(table).iloc[:, 0].tolist().index(row) + 1
    damage.cell(column, "", record)(path)
    app = run(name)
    assert not app.exception
    assert FOOTER in words(app)
    assert f"{table}.csv, row {damage.line(path, record)}, column {column}" in said(app).replace("\\", "")
    left, kept = standing(name)
    assert titles(app) == left
    assert kept <= {heading.value for heading in app.header}
    assert 0 <= len(charts) - len(left) <= most_charts
    assert 0 <= len(headings) - len(kept) <= most_sections


@pytest.mark.parametrize("do", [*damage.TO_A_FILE, damage.drop("place"), damage.open_quote], ids=lambda do: do.__name__)
def test_a_damaged_file_costs_what_is_drawn_from_it(do: Callable[[Path], None], package: Path) -> None:
    do(package / "countries.csv")
    app = run("overview")
    assert not app.exception
    assert FOOTER in words(app)
    drawn_from_it = [d.id for d in PAGES["overview"] if "countries" in d.needs]
    assert len(app.error) == len(drawn_from_it)
    for error, chart in zip(app.error, drawn_from_it, strict=True):
        assert error.value.startswith(
            f"We cannot show the chart \N{LEFT DOUBLE QUOTATION MARK}{chart.replace('-', ' ')}"
        )
        assert "countries.csv" in error.value
    assert len(titles(app)) == len(PAGES["overview"]) - len(drawn_from_it)


def test_every_kind_of_damage_at_once_leaves_every_page_standing(package: Path) -> None:
    tried = ("glossary", "glance", "claims", "plots", "facts", "history", "nerve_parts", "edss_scale", "sources")
    for record, (name, kind) in enumerate(KINDS.items(), 3):
        table = next(t for t in (*tried[record % 5 :], *tried) if any(kind.may_be(t, f) for f in contract.fields(t)))
        field = next(field for field in contract.fields(table) if kind.may_be(table, field))
        first = str(sound(table)[field["name"]].iloc[0])
        assert name
        at = record if record < len(sound(table)) else 2
        damage.cell(field["name"], kind.cell(field, first), at)(package / f"{table}.csv")
    for name in PAGES:
        app = run(name)
        assert not app.exception
        assert FOOTER in words(app)
        assert app.error
        left, kept = standing(name)
        assert titles(app) == left
        assert kept <= {heading.value for heading in app.header}
        assert len(PAGES[name]) - len(left) <= 2


RAISED = (
    KeyError("lost"),
    ValueError("odd"),
    RecursionError("deep"),
    ZeroDivisionError("none"),
    StopIteration(),
    OSError("away"),
)
MISSING = (
    "the answer in short",
    "the note for those who print",
    "the list \N{LEFT DOUBLE QUOTATION MARK}glance",
    "the section \N{LEFT DOUBLE QUOTATION MARK}when to ask",
    "the chart \N{LEFT DOUBLE QUOTATION MARK}of 100000",
    "this reading of the chart: Chart",
    "the tiles",
    "the link to the plain page",
)


def test_whatever_is_raised_in_a_part_costs_that_part(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sound, heading = run("overview"), text.section("overview", "when-to-ask").heading
    raised = itertools.cycle(RAISED)

    def broken(*_: object) -> NoReturn:
        raise next(raised)

    def breaking(real: Callable[..., Any], *names: str) -> Callable[..., Any]:
        """The real thing, but for those of these names."""
        return lambda self, *more: (broken if {getattr(self, "id", ""), *more} & set(names) else real)(self, *more)

    monkeypatch.setattr(text, "section", breaking(text.section, "when-to-ask", "answer"))
    monkeypatch.setattr(ChartDefinition, "figure", breaking(ChartDefinition.figure, "of-100000"))
    monkeypatch.setattr(Figure, "arrow_spec", property(breaking(vars(Figure)["arrow_spec"].func, "sex-ratio")))
    monkeypatch.setattr(comparisons, "glance", broken)
    monkeypatch.setattr(plain_pages, "plain_page", broken)
    monkeypatch.setattr(page, "_LISTS", {**page._LISTS, "tiles": (tiles.tiles, broken)})
    card._figure.forget()
    with caplog.at_level(logging.ERROR):
        app = run("overview")
    assert not app.exception
    assert FOOTER in words(app)
    assert [part for part in MISSING if part not in said(app)] == []
    assert len(app.error) == len(MISSING)
    assert "Traceback" not in said(app)
    assert caplog.text.count("Traceback (most recent call last)") >= len(MISSING)
    assert len(titles(app)) == len(titles(sound)) - 1
    assert sections(app) == sections(sound) - {heading}


def test_a_page_that_cannot_even_begin_has_its_footer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page.Page, "__init__", lost)
    app = run("overview")
    assert not app.exception
    assert "We cannot show the page Overview" in said(app)
    assert FOOTER in words(app)


@pytest.mark.parametrize(
    "steering", [StopException(), RerunException(RerunData())], ids=lambda each: type(each).__name__
)
def test_what_steers_the_framework_passes(steering: BaseException) -> None:
    with pytest.raises(type(steering)), common.fault_boundary("nothing"):
        raise steering


def test_every_part_that_can_run_alone_keeps_its_faults() -> None:
    for path in (ROOT / "sidebyside" / "ui").glob("*.py"):
        alone = re.findall(r"st\.fragment", path.read_text(encoding="utf-8"))
        assert len(alone) == (path.name == "common.py"), path.name


def test_the_served_page_stands_without_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "section", lost)
    assert {page_list.description(name) for name in PAGES} == {page_list.site_in_short()}
