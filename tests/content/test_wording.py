"""The rules for words hold for the tables, and each bites: the check names file, row, column and rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidebyside.content import exemptions, wording
from sidebyside.data import contract, sources
from sidebyside.data import facts as data_facts
from sidebyside.data.package import numbered_rows
from tests.support.damage import cell, line

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.quick
# So many rows were to be mended when the rules were switched on for the words of charts and of the interface.
MOST_TO_MEND = 99
HARD = (
    "Notwithstanding considerable methodological heterogeneity, longitudinal epidemiological investigations "
    "consistently demonstrate progressive neurodegenerative deterioration in people of all ages."
)


@pytest.mark.slow
def test_the_words_of_the_package_hold() -> None:
    assert [str(fault) for fault in wording.faults()] == []
    assert wording.grading(), "textstat is with the tools of development"


def test_every_column_that_fills_in_marks_is_held() -> None:
    filled = {
        (name, field["name"]) for name in contract.names() for field in contract.fields(name) if field.get("marks")
    }
    assert filled <= {(name, column) for name, columns in wording.COLUMNS.items() for column in columns}


def test_each_rule_names_file_row_and_column(package: Path) -> None:
    facts = data_facts.facts().values()
    known = next(f for f in facts if f.reviewed and f.checked == "seen" and f.value == f.value)
    reported = next(f for f in facts if f.reviewed and f.checked == "secondary" and f.value == f.value)
    other = next(s for s in sources.sources() if s != known.source.source_id)
    broken = (
        ("glance", "als", "One side.\nAnd more.", "one cell of a table"),
        ("explainers", "body", "About 5 in 100 people.", "typed by hand"),
        ("explainers", "body", f"First [@{known.source.source_id}].\n\nThen {{{known.fact_id}:value}}.", "not cited"),
        ("claims", "evidence", f"Now {{{known.fact_id}:value}} [@{other}].", "not cited"),
        ("differences", "note", f"Now {{{reported.fact_id}:value}} [@{reported.source.source_id}].", "at second hand"),
        ("shared_studies", "found", f"Now {{{known.fact_id}}}.", "not cited"),
        ("help_signs", "why", HARD, "must read at grade 8 or lower"),
        ("diagnostic_tests", "ms", "One side | and more.", "one cell of a table"),
        ("treatments", "how_it_works", "It blocks 2 of the signals.", "typed by hand"),
        ("chart_texts", "text", HARD, "must read at grade 8 or lower"),
        ("chart_options", "label", "About 5 in 100 people", "typed by hand"),
        ("interface", "text", f"Now {{{known.fact_id}:value}}.", "not cited"),
    )
    for record, (table, column, words, _) in enumerate(broken, 1):
        cell(column, words, record)(package / f"{table}.csv")
    found = {(fault.file, fault.row, fault.column): fault.rule for fault in wording.faults()}
    for record, (table, column, _, said) in enumerate(broken, 1):
        path = package / f"{table}.csv"
        assert said in found[path.name, line(path, record), column], table
    assert len(found) == len(broken)


def test_years_names_and_shown_sources_are_no_faults(package: Path) -> None:
    known = next(f for f in data_facts.facts().values() if f.reviewed and f.checked == "seen" and f.value == f.value)
    fine = f"In 1996 SOD1 and B12 were known. It was {{{known.fact_id}:value}} [@{known.source.source_id}]."
    cell("evidence", fine)(package / "claims.csv")
    cell("technical", HARD)(package / "glossary.csv")
    assert list(wording.faults()) == []


@pytest.mark.slow
def test_how_charts_count_and_scale_is_no_figure(package: Path) -> None:
    fine = (
        "Of 100,000 people, or per 1,000 (95% confidence interval; 1 is no difference)",
        "EDSS 2, 3 and 5",
        "Scored from 0 (lowest) to 4 (best), 9 in 10 at or below the line at 0",
    )
    for record, words in enumerate(fine, 1):
        cell("label", words, record)(package / "chart_options.csv")
    assert list(wording.faults()) == []
    for record, words in enumerate(("1 in 10 people", "Of 120 people", "EDSS 6 years", "94% of the people"), 1):
        cell("label", words, record)(package / "chart_options.csv")
    found = {(fault.file, fault.row) for fault in wording.faults()}
    assert found == {("chart_options.csv", line(package / "chart_options.csv", record)) for record in range(1, 5)}


def test_what_stands_below_a_chart_is_a_source_beside_its_figures(package: Path) -> None:
    """``chart_texts`` of one chart may say a bare figure of its own rows, not one of another chart."""
    rows = {row["chart"]: row["fact_id"] for row in numbered_rows("plots")}
    texts = numbered_rows("chart_texts")
    record = 1 + next(n for n, row in enumerate(texts) if row["chart"] == "ms-gap" and row["part"] == "caveat")
    cell("text", f"It was {{{rows['ms-gap']}:value}}.", record)(package / "chart_texts.csv")
    assert list(wording.faults()) == []
    cell("text", f"It was {{{rows['als-by-place']}:value}}.", record)(package / "chart_texts.csv")
    (fault,) = wording.faults()
    assert (fault.file, fault.row) == ("chart_texts.csv", line(package / "chart_texts.csv", record))


def test_a_row_to_be_mended_that_holds_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    to_mend = exemptions.entries(wording.TO_MEND)
    assert len(to_mend) <= MOST_TO_MEND, "this list may only shrink"
    first = next(iter(to_mend))
    more = {**to_mend, "grade interface table-damaged": 900, "digits nowhere nothing": 901}
    monkeypatch.setattr(exemptions, "entries", lambda _: more)
    assert [(fault.file, fault.row) for fault in wording.faults()] == [(wording.TO_MEND, 900), (wording.TO_MEND, 901)]
    monkeypatch.setattr(exemptions, "entries", lambda _: {e: n for e, n in to_mend.items() if e != first})
    assert len({(fault.file, fault.row, fault.rule) for fault in wording.faults()}) == 1


def test_what_a_damaged_table_hides_is_left_alone(package: Path) -> None:
    (package / "facts.csv").write_bytes(b"")
    cell("why", "Now 5.", 1)(package / "help_signs.csv")
    assert {fault.file for fault in wording.faults()} == {"help_signs.csv"}


def test_without_the_tool_the_grade_alone_is_not_looked_at(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_grade_of", lambda: None)
    cell("why", f"{HARD} And 5 more.", 1)(package / "help_signs.csv")
    (fault,) = wording.faults()
    assert "typed by hand" in fault.rule
    assert not wording.grading()
