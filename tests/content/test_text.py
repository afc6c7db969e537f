"""The texts, as pages show them: figures, citations and terms filled in."""

from __future__ import annotations

import re

import pytest

from sidebyside.content import text
from sidebyside.data import disk, facts, marks, sources
from sidebyside.data.faults import DataError
from sidebyside.data.package import load
from sidebyside.data.reading import records
from sidebyside.layouts import page_list
from tests.support.damage import cell, line

pytestmark = pytest.mark.quick
PAGES = tuple(page_list.PAGES)
SECTIONS = [(page, name) for page in PAGES for name, _, _ in text.sections_of(page)]


def test_a_section_shows_the_digits_of_its_figures() -> None:
    bodies = {(r["page"], r["section"]): r["body"] for r in records(load("explainers"))}
    for page, name in SECTIONS:
        shown = text.section(page, name).body
        for mark in marks.fact_marks(bodies[page, name]):
            fact, part = facts.figure(mark.fact_id), mark.part
            if part in ("value", "low", "high"):
                wanted = rf"(?<![\d.]){getattr(fact, part):.10g}(?![\d.]?\d)"
                assert re.search(wanted, shown.replace(",", "")), (page, name, mark.typed)
            elif not part:
                assert text.escape(fact.figure) in shown, (page, name, mark.typed)
                assert fact.source.label in shown.replace("\\", ""), (page, name, mark.typed)


def test_a_section_has_no_mark_left() -> None:
    for page, name in SECTIONS:
        shown = text.section(page, name).body
        assert not re.search(r"[{}]|\[@|\[\[", shown), (page, name)


def test_a_second_hand_figure_says_as_reported_by() -> None:
    second_hand = next(f for f in facts.facts().values() if f.checked == "secondary" and f.reviewed)
    assert f"as reported by [{second_hand.source.label}" in text.fill(f"{{{second_hand.fact_id}}}").body


def test_a_term_brings_its_definition() -> None:
    shown = text.section("mechanism", "how-a-message-travels")
    assert dict(shown.terms)["Myelin"].startswith("The fatty coat")
    assert dict(shown.terms)["Myelin"].endswith(f"({text.cite(sources.sources()['myelin-chapter-tf'])})")
    assert "**myelin**" in shown.body


def _record(page: str, section: str) -> int:
    """The number of a section's record in its file; 1 is the first below the header."""
    rows = records(load("explainers"))
    return next(n for n, row in enumerate(rows, 1) if (row["page"], row["section"]) == (page, section))


def test_only_the_damaged_section_falls(package: object) -> None:
    path = disk.folder() / "explainers.csv"
    record = _record("history", "two-names")
    cell("body", "Now {no-such-figure}.", record)(path)
    with pytest.raises(DataError, match=rf"explainers.csv, row {line(path, record)}, column body"):
        text.section("history", "two-names")
    assert text.section("history", "history").body


def test_a_chart_stays_in_its_place_when_a_section_takes_its_name(package: object) -> None:
    before = text.anchor("cut-axons")
    cell("section", "cut-axons", _record("fibre", "heat"))(disk.folder() / "explainers.csv")
    assert "cut-axons" in {name for name, *_ in text.sections_of("fibre")}
    assert text.anchor("cut-axons") == before != "cut-axons"


def test_nothing_from_data_becomes_markup() -> None:
    assert text.escape("a*b_[c](d) <i> $x$ #1") == r"a\*b\_\[c\](d) \<i\> \$x\$ \#1"


def test_every_page_answers_first() -> None:
    assert [text.sections_of(page)[0][0] for page in PAGES] == ["answer"] * len(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_the_answer_is_one_sentence(page: str) -> None:
    assert len(re.findall(r"[.?!](?:\s|$)", text.section(page, "answer").body)) == 1


def test_survival_figures_wait_for_the_readers_choice() -> None:
    waiting = {f.fact_id for f in facts.facts().values() if re.search(r"surviv|life expectancy|alive", f.measure)}
    for row in records(load("explainers")):
        used = {mark.fact_id for mark in marks.fact_marks(row["body"])}
        assert row["choice"] == "survival" or not used & waiting, row["section"]
    for name in ("claims", "differences"):
        for row in records(load(name)):
            text = " ".join(str(row.get(c, "")) for c in ("evidence", "ms", "als"))
            used = {mark.fact_id for mark in marks.fact_marks(text)}
            assert row["choice"] == "survival" or not used & waiting, row


def test_a_text_is_read_again_when_a_symptom_it_quotes_changes(package: object) -> None:
    path = disk.folder() / "explainers.csv"
    symptom = next(row for row in records(load("symptoms")) if row["preferred"] == "yes")
    cell("body", f"Now {{{symptom['symptom_id']}}}.", _record("history", "two-names"))(path)
    before = text.section("history", "two-names").body
    cell("percent", "1.25")(disk.folder() / "symptoms.csv")
    assert facts.figure(symptom["symptom_id"]).value == 1.25
    assert "1.25%" in text.section("history", "two-names").body != before


# Leads to lists whose rows bring their sources, and the answer, which the page goes on to support.
LEADS = {"answer", "at-a-glance", "side-by-side", "tests", "help", "when-to-ask", "just-told", "caring", "life-door"}
LEADS |= {"organisations", "who-gets-it"}


@pytest.mark.parametrize("page", [page for page in PAGES if page_list.hub_of(page) != "evidence"])
def test_every_section_of_a_story_has_a_source(page: str) -> None:
    bare = {name for name, *_ in text.sections_of(page) if not text.section(page, name).source_ids}
    assert bare <= LEADS


def test_a_rounded_part_says_the_value_as_people_say_it() -> None:
    fact = facts.figure("als-sex-ratio-incidence-std")
    assert (fact.value, text.fill(f"{{{fact.fact_id}:rounded}}").body) == (1.35, "1.4")
