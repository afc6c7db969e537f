"""The whole check of the data: the tables hold their contract, and every text, list and chart can be made of them.

Their words hold the rules for words (`wording`), and a chart says no number that its table lacks (`chart_faults`).

``sidebyside check`` (``make check``) says each fault with its file, row and column.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import sidebyside
from sidebyside.charts import model_settings, plotted, table
from sidebyside.charts.evidence import across_sources
from sidebyside.content import (
    care,
    chart_text,
    claims,
    comparisons,
    glossary,
    help,
    listing,
    search,
    studies,
    text,
    tiles,
    wording,
)
from sidebyside.data import check, disk, fallbacks, interface, jsonld, marks, package
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.sources import citations, sources
from sidebyside.layouts import finder
from sidebyside.layouts.blocks import ANSWER
from sidebyside.layouts.pages import PAGES
from sidebyside.models.parameters import parameters
from sidebyside.site import chart_faults, handout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure
    from sidebyside.charts.simulation import Simulation
    from sidebyside.layouts.blocks import PageLayout

Making = tuple[str, str, "Callable[[], object]"]
SECTIONS = "explainers"
# Tables whose rows belong to a page.
OF_PAGES = (SECTIONS, "claims", "care_places")
LISTS: Mapping[str, Callable[[], object]] = {
    "glance": comparisons.glance,
    "tiles": tiles.tiles,
    "differences": comparisons.differences,
    "diagnostic_tests": comparisons.tests,
    "shared_studies": studies.studies,
    "claims": claims.all_verdicts,
    "help_signs": help.signs,
    "helplines": help.organisations,
    "glossary": glossary.glossary,
    "facts": functools.partial(search.figures, life=True),
}


def faults() -> tuple[Fault, ...]:
    """Every fault of the data package, and of what is made of it; none where all is well."""
    found = list(check.check())
    titles: chart_faults.Titles = {}
    with plotted.recording_panels() as requested, chart_text.recording() as words:
        for what, file, make in (*_words(), *_charts(titles)):
            found += [fault for fault in _faults_of(what, file, make) if fault not in found]
    found += chart_faults.long_titles(titles)
    with contextlib.suppress(DataError):
        found += [*_undrawn(requested), *_astray(), *_unsaid(words)]
    for name in OF_PAGES:
        with contextlib.suppress(DataError):
            found += _of_no_page(name)
    with contextlib.suppress(DataError):
        found += interface_faults()
    found += wording.faults()
    return tuple(found)


def _of_no_page(name: str) -> Iterator[Fault]:
    """Rows of a page that is not in the list of pages, and sections that stand on none."""
    for row in package.numbered_rows(name):
        layout = PAGES.get(row["page"])
        if layout is None:
            rule = f"there is no such page, but {', '.join(PAGES)}"
            yield Fault(f"{name}.csv", row["line"], "page", rule, row["page"])
        elif name == SECTIONS and row["section"] not in _sections(layout):
            rule = f"stands nowhere on the page {row['page']}: its layout must name it"
            yield Fault(f"{name}.csv", row["line"], "section", rule, row["section"])


def words() -> tuple[Fault, ...]:
    """The faults of the tables, and of all that is told in words; charts are not drawn."""
    found = list(check.check())
    for what, file, make in _words():
        found += [fault for fault in _faults_of(what, file, make) if fault not in found]
    return tuple(found)


def _faults_of(what: str, file: str, make: Callable[[], object]) -> tuple[Fault, ...]:
    """What keeps something from being made, if anything does."""
    try:
        made = make()
    except DataError as error:
        return error.faults
    except Exception as error:
        return (Fault(file, None, "", f"{what} cannot be made: {type(error).__name__}", str(error)),)
    return made.faults if isinstance(made, listing.Rows | _Drawn) else ()


# ---------------------------------------------------------------- what is made: in which words, of which file, and how


def _words() -> Iterator[Making]:
    yield "the table of sources", "sources.csv", lambda: [s.citation for s in sources().values()]
    for name, load in LISTS.items():
        yield f"the list {name}", f"{name}.csv", load
    for page, layout in PAGES.items():
        for name in _sections(layout):
            make = functools.partial(text.section, page, name)
            yield f"the section {name} of the page {page}", "explainers.csv", make
        for place, tells in care.care_places(page).items():
            make = functools.partial(care.care, tells, page)
            yield f"the words of care beside {page}#{place}", "care_words.csv", make
    yield "the sheet to print", "glance.csv", _handouts
    yield "the description for search engines", disk.CONTRACT, jsonld.json_ld


def _handouts() -> list[str]:
    requested = [(life, paper) for life in (False, True) for paper in handout.PAPERS]
    return [handout.handout(handout.sections(life=life), paper, "", life=life) for life, paper in requested]


def _sections(layout: PageLayout) -> list[str]:
    return [ANSWER, *layout.sections]


def _charts(titles: chart_faults.Titles) -> Iterator[Making]:
    """Every chart there is; ``titles`` takes the titles of those that can be drawn."""
    for layout in PAGES.values():
        for definition in (*layout.charts, *layout.charts_on_request):
            file = ", ".join(f"{name}.csv" for name in definition.needs)
            for option in definition.option_keys:
                # By its key: labels may be what is damaged.
                said = f" ({option})" if option else ""
                make = functools.partial(_chart_made, definition, option, titles)
                yield f"the chart {definition.id}{said}", file, make
        for simulation in layout.simulations:
            file = ", ".join(f"{name}.csv" for name in simulation.needs)
            yield f"the simulation {simulation.id}", file, functools.partial(_run, simulation, titles)
    yield "the charts of one measure across its sources", "facts.csv", _across_sources


class _Drawn(NamedTuple):
    """What was drawn: where its words say what its table does not."""

    faults: tuple[Fault, ...]


def _chart_made(definition: ChartDefinition, option: str | None, titles: chart_faults.Titles) -> _Drawn:
    name = f"{definition.id}/{option}" if option else definition.id
    titles[name] = None
    _ = definition.question, definition.labels
    return _told(definition.figure(option), name, titles)


def _run(simulation: Simulation[Any], titles: chart_faults.Titles) -> _Drawn:
    titles[simulation.id] = None
    _ = simulation.label, simulation.preset_labels, simulation.control_labels
    figures = simulation.run(simulation.settings("", {}))
    drawn = [_told(figure, f"{simulation.id}/{figure.id}", titles) for figure in figures]
    del titles[simulation.id]
    return _Drawn(tuple(fault for each in drawn for fault in each.faults))


def _told(figure: Figure, name: str, titles: chart_faults.Titles) -> _Drawn:
    _readings(figure)
    titles[name] = figure.title
    return _Drawn(tuple(chart_faults.unfounded(figure, name)))


def _across_sources() -> _Drawn:
    measures = search.measures(search.figures(life=True)).items()
    drawn = [_told(across_sources.across_sources(words, facts), words, {}) for words, facts in measures]
    return _Drawn(tuple(fault for each in drawn for fault in each.faults))


def _readings(figure: Figure) -> None:
    """A figure as chart, table, words and file."""
    sources = citations(figure.source_ids)
    table.display_table(figure, sources)
    table.detail_lines(figure)
    figure.csv([source.citation for source in sources], sidebyside.credit())
    if figure.table.empty or not any(figure.chart["datasets"].values()):
        words = "nothing is drawn"
        raise ValueError(words)


# ---------------------------------------------------------------- what is never shown


def _undrawn(requested: set[tuple[str, str]]) -> Iterator[Fault]:
    """Rows of ``plots`` that no chart draws: their chart or panel has a name that nobody asks for."""
    # A chart with a damaged row was given up before it asked for all.
    given_up = {row.cells.get("chart") for row in package.lost("plots")}
    for row in package.numbered_rows("plots"):
        if (row["chart"], row["panel"]) not in requested and row["chart"] not in given_up:
            words = f"{row['chart']}, {row['panel']}"
            yield Fault("plots.csv", row["line"], "chart, panel", "no chart draws such a panel", words)


def _unsaid(words: chart_text.Recorded) -> Iterator[Fault]:
    """Words of charts that nobody shows, holes that no chart fills, and what charts offer in vain."""
    # A chart that could not be made has not asked for all its words: its own fault is told.
    known = {*words.values, *(chart for chart, _ in words.parts), chart_text.SHARED}
    rows = package.numbered_rows("chart_texts")
    shared = {row["part"] for row in rows if row["chart"] == chart_text.SHARED}
    for row in rows:
        chart, block = row["chart"], row["part"]
        if chart not in known:
            yield Fault("chart_texts.csv", row["line"], "chart", "there is no such chart", chart)
        elif (chart, block) not in words.parts:
            yield Fault("chart_texts.csv", row["line"], "chart, part", "nobody shows this", f"{chart}, {block}")
        if chart in words.values:
            yield from _unfilled(row, words, shared)
    yield from _in_vain(rows, words)


def _unfilled(row: Mapping[str, Any], words: chart_text.Recorded, shared: set[str]) -> Iterator[Fault]:
    chart = row["chart"]
    offered, cases = words.values[chart] | shared, words.cases[chart]
    for name in chart_text.value_names(row["text"]):
        if name not in offered:
            rule = f"the chart offers no value of this name, but {', '.join(sorted(offered))}"
            yield Fault("chart_texts.csv", row["line"], "text", rule, f"{{={name}}}")
    for case in row["case"].split():
        if case not in cases:
            rule = f"the chart has no such case, but {', '.join(sorted(cases))}"
            yield Fault("chart_texts.csv", row["line"], "case", rule, case)


def _in_vain(rows: list[dict[str, Any]], words: chart_text.Recorded) -> Iterator[Fault]:
    """Values and cases that a chart works out for its words, and no row of it uses.

    A shared form works out the same for each of its charts: none must use all.
    """
    for chart in words.values.keys() - {row["chart"] for row in package.numbered_rows("charts")}:
        own = [row for row in rows if row["chart"] == chart]
        used = {name for row in own for name in chart_text.value_names(row["text"])}
        for name in sorted(words.values[chart] - used):
            yield Fault("chart_texts.csv", None, "text", f"the chart {chart} offers a value that no text uses", name)
        in_table = {case for row in own for case in row["case"].split()}
        for case in sorted(words.decided.get(chart, set()) - in_table):
            yield Fault("chart_texts.csv", None, "case", f"the chart {chart} decides a case that no text uses", case)


def interface_faults() -> Iterator[Fault]:
    """Words of the interface that the code asks for in vain, that nobody asks for, or whose values nobody offers.

    Raises:
        DataError: no row of ``interface.csv`` can be trusted.
    """
    rows = package.numbered_rows(interface.TABLE)
    places = list(interface.requests())
    # A damaged row is there: its own faults say what is wrong.
    there = [*rows, *(row.cells for row in package.lost(interface.TABLE))]
    known: dict[str, set[str]] = {}
    for row in there:
        known.setdefault(row.get("key", ""), set()).add(row.get("case", ""))
    for place in places:
        yield from _requested_in_vain(place, known)
        yield from _offered_in_vain(place, [row for row in rows if _asks_for(place, row)])
    for row in rows:
        yield from _of_row(row, [place for place in places if _asks_for(place, row)])
    for model in (model for models in model_settings.MODELS.values() for model in models):
        for name in (parameter.name for parameter in parameters(model)):
            if f"{model.__name__} {name}" not in known.get("parameter", ()):
                rule = "a parameter of a simulation has no words"
                yield Fault("interface.csv", None, "key, case", rule, f"parameter, {model.__name__} {name}")
    for key in fallbacks.FALLBACKS.keys() - known.keys():
        yield Fault("fallbacks.py", None, "", "interface.csv has no such words", key)


def _asks_for(place: interface.WordsRequest, row: Mapping[str, Any]) -> bool:
    return place.key == row["key"] and (place.cases is None or row["case"] in place.cases)


def _requested_in_vain(place: interface.WordsRequest, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    if not place.key:
        yield Fault(place.file, place.line, "", "the key of words must be typed where they are asked for", "")
    elif place.key not in known:
        yield Fault(place.file, place.line, "", "interface.csv has no such words", place.key)
    else:
        for case in sorted((place.cases or set()) - known[place.key]):
            words = f"{place.key}, {case}" if case else place.key
            yield Fault(place.file, place.line, "", "interface.csv has no such case of these words", words)


def _offered_in_vain(place: interface.WordsRequest, rows: list[dict[str, Any]]) -> Iterator[Fault]:
    used = {name for row in rows for name in chart_text.value_names(row["text"])}
    for name in sorted(place.values - used if rows else ()):
        yield Fault(place.file, place.line, "", f"offers a value that no text of {place.key} uses", name)


def _of_row(row: Mapping[str, Any], places: list[interface.WordsRequest]) -> Iterator[Fault]:
    if not places:
        words = f"{row['key']}, {row['case']}" if row["case"] else row["key"]
        yield Fault("interface.csv", row["line"], "key, case", "nobody asks for these words", words)
        return
    offered = frozenset.intersection(*(place.values for place in places))
    for token in marks.parse(row["text"]):
        match token:
            case marks.ValueMark(name, typed) if name not in offered:
                rule = f"no value of this name is offered here, but {', '.join(sorted(offered)) or 'none'}"
                yield Fault("interface.csv", row["line"], "text", rule, typed)
            case marks.FactMark() | marks.Citation() | marks.TermMark() if not all(place.marked for place in places):
                yield Fault("interface.csv", row["line"], "text", "only values are filled in here", token.typed)


def _astray() -> Iterator[Fault]:
    """Sections that no page shows, and links and claims that lead to no place of a page."""
    sections = {f"{page}#{name}" for page, layout in PAGES.items() for name in _sections(layout)}
    drawn_here = [
        (page, definition.id) for page, o in PAGES.items() for definition in (*o.charts, *o.charts_on_request)
    ]
    # Addresses of the first edition, a chart's id alone, still lead there.
    charts = {f"{page}#{place}" for page, name in drawn_here for place in (name, text.anchor(name))}
    charts |= {f"{page}#{text.anchor(name)}" for page, layout in PAGES.items() for name in _figures_of_runs(layout)}
    for row in package.numbered_rows("explainers"):
        if f"{row['page']}#{row['section']}" not in sections:
            yield Fault("explainers.csv", row["line"], "section", "no page shows this section", row["section"])
    for row in package.numbered_rows("claims"):
        if f"{row['page']}#{row['section']}" not in sections:
            yield Fault("claims.csv", row["line"], "section", "the page has no such section", row["section"])
    for row in package.numbered_rows("care_places"):
        if row["chart"] and (row["page"], row["chart"]) not in drawn_here:
            yield Fault("care_places.csv", row["line"], "chart", "the page has no such chart", row["chart"])
    for row in package.numbered_rows("moved"):
        if row["place"] not in sections | charts:
            yield Fault("moved.csv", row["line"], "place", "leads to no place of a page", row["place"])
        if f"{row['page']}#{row['anchor']}" in sections:
            yield Fault("moved.csv", row["line"], "anchor", "still stands on that page", row["anchor"])
    for name in ("glance", "differences"):
        for row in package.numbered_rows(name):
            if row["more"] and row["more"] not in sections | charts:
                yield Fault(f"{name}.csv", row["line"], "more", "leads to no place of a page", row["more"])
    yield from _found_by_no_one()


def _found_by_no_one() -> Iterator[Fault]:
    """Other words for the search that lead to nothing a reader could find."""
    known = {(entry.kind, entry.id) for entry in finder.entries()}
    for row in package.numbered_rows(finder.TABLE):
        if (row["kind"], row["target"]) not in known:
            words = f"{row['kind']}, {row['target']}"
            yield Fault(f"{finder.TABLE}.csv", row["line"], "kind, target", "leads to nothing that can be found", words)


def _figures_of_runs(layout: PageLayout) -> list[str]:
    """The ids of the figures that simulations of a page draw."""
    return [figure.id for simulation in layout.simulations for figure in simulation.run(simulation.settings("", {}))]


def main() -> int:
    """Check the whole package and print the result; the exit status is 1 where something is wrong."""
    # It makes much, keeps it to the end, and ends: looking for what could be freed took a sixth of its time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        if not wording.grading():
            print("textstat is not installed: reading grades are not looked at", file=sys.stderr)
        return check.main(faults)
    finally:
        if collecting:
            gc.enable()


if __name__ == "__main__":
    sys.exit(main())
