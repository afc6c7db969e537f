"""Lists in words: search, copy, and what a damaged row does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from sidebyside.content import claims, comparisons, glossary, help, listing, studies, text
from sidebyside.data import facts, formatting, interface, sources
from sidebyside.site import handout
from tests.data.test_spreadsheet import held
from tests.support.damage import cell, line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_search_finds_words_in_any_case_and_order() -> None:
    found = comparisons.search(comparisons.differences(), None, "SIGHT one EYE")
    assert [pair.id for pair in found] == ["seeing"]


def test_a_search_keeps_to_its_topic() -> None:
    found = comparisons.search(comparisons.differences(), "who", "")
    assert {pair.topic for pair in found} == {"who"}


def test_a_search_reads_figures_too() -> None:
    figure = facts.figure("ms-age-dx-mean-atlas")
    found = comparisons.search(comparisons.differences(), None, formatting.number(figure.value))
    assert "usual-age-when-it-starts" in {pair.id for pair in found}


@given(st.text(max_size=300))
def test_any_search_gives_rows_that_hold_each_word(words: str) -> None:
    for pair in comparisons.search(comparisons.tests(), None, words):
        assert all(word in pair.words for word in words.casefold().split())


def test_the_copies_hold_every_row_with_its_sources() -> None:
    pairs = comparisons.differences()
    rows = held(comparisons.as_csv(pairs, ["credit"])).to_numpy().tolist()
    assert len(rows) == len(pairs)
    text = comparisons.as_text(pairs)
    for pair, row in zip(pairs, rows, strict=True):
        assert row[:3] == [pair.heading, *pair.said]
        for source in sources.citations(pair.source_ids):
            assert source.citation in row[4]
            assert source.label in text


def test_copies_hold_no_marks() -> None:
    text = comparisons.as_text([*comparisons.differences(), *comparisons.tests(), *comparisons.glance()])
    assert not set("{}[]") & set(text.replace("[Oligoclonal", "").replace("[Blood", "").replace("[Table", ""))


def test_each_row_has_a_source_somewhere() -> None:
    pairs = [*comparisons.glance(), *comparisons.differences(), *comparisons.tests()]
    assert [pair.id for pair in pairs if not pair.source_ids] == []


def test_no_waiting_section_is_linked_from_a_row_that_does_not_wait() -> None:
    waiting = {
        (page, name) for page in ("overview", "mechanism", "course") for name, _, c in text.sections_of(page) if c
    }
    for pair in (*comparisons.glance(), *comparisons.differences()):
        page, _, anchor = pair.more.partition("#")
        assert (page, anchor) not in waiting


def test_what_cannot_wait_comes_first() -> None:
    order = [list(help.URGENCY_WORDS).index(sign.urgency) for sign in help.signs()]
    assert order == sorted(order)
    assert {sign.urgency for sign in help.signs()} == set(help.URGENCY_WORDS)


LISTED: list[tuple[str, str, Callable[[], listing.Rows[Any]]]] = [
    ("glance", "ms", comparisons.glance),
    ("differences", "als", comparisons.differences),
    ("diagnostic_tests", "ms", comparisons.tests),
    ("shared_studies", "found", studies.studies),
    ("claims", "evidence", claims.all_verdicts),
    ("glossary", "plain", glossary.glossary),
    ("glossary", "technical", glossary.glossary),
]


def test_a_mark_that_leads_nowhere_costs_its_own_row_and_no_other(package: Path) -> None:
    for table, column, load in LISTED:
        path = package / f"{table}.csv"
        whole, count = path.read_bytes(), len(load())
        cell(column, "Now {no-such-figure} [@nobody-1900].")(path)
        rows = load()
        assert len(rows) == count - 1, table
        assert {(f.file, f.row, f.column) for f in rows.faults} == {(path.name, line(path, 1), column)}
        path.write_bytes(whole)
        assert (len(load()), load().faults) == (count, ())


def test_a_sheet_that_lost_a_row_says_so(package: Path) -> None:
    assert interface.words("rows-missing") not in handout.handout(handout.default(), "A4", "", life=False)
    cell("why", "")(package / "help_signs.csv")
    assert interface.words("rows-missing") in handout.handout(handout.default(), "A4", "", life=False)


def test_both_sides_of_the_question_are_told() -> None:
    said = {study.direction for study in studies.studies()}
    assert {"more than expected", "no more than expected", "no link found"} <= said


def test_the_newest_evidence_of_a_claim_is_the_newest_that_it_cites() -> None:
    for row in claims.all_verdicts():
        years = [source.year for source in sources.citations(row.source_ids) if source.year]
        assert row.year == (max(years) if years else "")
    assert {row.year for row in claims.all_verdicts()} > {"", "2024"}


def test_a_sign_says_whom_it_concerns() -> None:
    signs = help.signs()
    assert {sign.whom for sign in signs} == {"", "If you have MS: ", "If you have ALS: "}
    assert all(sign.said.startswith(f"{sign.whom}**") for sign in signs)
