"""The texts: every mark resolves, no figure is typed by hand, and they read easily."""

from __future__ import annotations

import re

import pytest
import textstat

from sidebyside import evidence, marks, prose, tables
from tests.damage import cell, line

pytestmark = pytest.mark.quick
PAGES = ("overview", "mechanism", "course", "evidence")
SECTIONS = [(page, name) for page in PAGES for name, _, _ in prose.listed(page)]
TEXTS = [
    (f"explainers/{row['page']}/{row['section']}", row["body"]) for row in tables.records(tables.load("explainers"))
]
COLUMNS = {
    "claims": ("evidence",),
    "differences": ("ms", "als", "note"),
    "glossary": ("plain", "technical"),
    "glance": ("question", "ms", "als"),
    "diagnostic_tests": ("test", "looks_for", "ms", "als", "note"),
    "shared_studies": ("people", "found", "caution"),
    "help_signs": ("sign", "why"),
    "care_words": ("words",),
    "helplines": ("offers",),
    "symptom_words": ("plain",),
    "model_checks": ("what", "note"),
    "history": ("short", "event_plain", "note"),
    "edss_scale": ("plain",),
    "nerve_parts": ("name", "what", "ms_words", "als_words"),
    "pregnancy_relapses": ("period",),
    "treatments": ("short", "name", "for_whom", "how_it_works", "route", "note"),
    "ms_kinds": ("name", "meaning", "note"),
    "alsfrs_items": ("item", "best", "lowest"),
}
# The study stands beside what is said of it, in a column of its own.
SOURCE_BESIDE = "shared_studies"


def _key(name: str) -> str:
    return str(tables.resource(name)["schema"]["primaryKey"][0])


TEXTS += [
    (f"{name}/{row[_key(name)]}/{column}", row[column])
    for name, columns in COLUMNS.items()
    for row in tables.records(tables.load(name))
    for column in columns
]
HARDEST_GRADE = 8.0
SHORTEST_TEXT = 12
# Digits that are part of a name or a fixed term, not a figure of ours.
NAMES_WITH_DIGITS = (
    "C9orf72",
    "B12",
    "SOD1",
    "TDP-43",
    "Nav1.6",
    "1800s",
    "beta-1a",
    "beta-1b",
    "95% [[Confidence interval|confidence interval]]",
)


def _without_marks(text: str) -> str:
    for name in NAMES_WITH_DIGITS:
        text = text.replace(name, "")
    return marks.without_marks(text)


def _spoken(text: str) -> str:
    """The text as it is read aloud: a decimal is one number, a list item is a sentence."""
    text = re.sub(r"(?<=\d)[.,](?=\d)", "", prose.plain(text))
    return re.sub(r"[;:]?\n+(- )?", ". ", text).replace("..", ".").replace("?.", "?")


@pytest.fixture(params=["explainers", *COLUMNS])
def texts(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    """The texts of one table, each with its place: a test holds them all and names every one that fails."""
    found = [(where, text) for where, text in TEXTS if where.startswith(f"{request.param}/")]
    assert found
    return found


def test_every_mark_resolves(texts: list[tuple[str, str]]) -> None:
    assert [(where, unknown) for where, text in texts if (unknown := tables.unknown_marks(text))] == []


def test_no_figure_is_typed_by_hand(texts: list[tuple[str, str]]) -> None:
    naked = [(where, digits) for where, text in texts for digits in re.findall(r"\d[\d.,]*", _without_marks(text))]
    assert [found for found in naked if not re.fullmatch(r"(1[89]|20)\d\d[.,]?", found[1])] == []


def test_a_text_reads_at_grade_8_or_lower(texts: list[tuple[str, str]]) -> None:
    spoken = [(where, _spoken(text)) for where, text in texts if not where.startswith("glossary")]
    long = [(where, text) for where, text in spoken if len(text.split()) > SHORTEST_TEXT]
    graded = [(where, textstat.flesch_kincaid_grade(text), text) for where, text in long]
    assert [found for found in graded if found[1] > HARDEST_GRADE] == []


def test_the_source_of_a_bare_figure_is_cited_beside_it(texts: list[tuple[str, str]]) -> None:
    assert [(where, bare) for where, text in texts if (bare := _uncited(where, text))] == []


def _uncited(where: str, text: str) -> list[str]:
    """The marks whose source is not named beside them: in their paragraph, or by the study their row is about."""
    if where.startswith(SOURCE_BESIDE):
        _, study, _ = where.split("/")
        beside = {row["study_id"]: {row["source_id"]} for row in tables.records(tables.load(SOURCE_BESIDE))}[study]
        return [mark.typed for mark in marks.fact_marks(text) if not _source_of(mark) <= beside]
    missing: list[str] = []
    for paragraph in text.split("\n\n"):
        found = marks.parse(paragraph)
        told = (t.text if isinstance(t, marks.Words) else t.typed for t in found if not getattr(t, "part", ""))
        cited = set(prose.fill("".join(told)).source_ids)
        missing += [mark.typed for mark in marks.fact_marks(paragraph) if not _source_of(mark) <= cited]
    return missing


def _source_of(mark: marks.FactMark) -> set[str]:
    return {evidence.figure(mark.fact_id).source.source_id}


def test_a_second_hand_figure_is_never_bare(texts: list[tuple[str, str]]) -> None:
    for where, text in texts:
        for mark in marks.fact_marks(text):
            assert not (mark.part and evidence.figure(mark.fact_id).checked == "secondary"), (where, mark.typed)


def test_a_section_shows_the_digits_of_its_figures() -> None:
    bodies = {(r["page"], r["section"]): r["body"] for r in tables.records(tables.load("explainers"))}
    for page, name in SECTIONS:
        shown = prose.section(page, name).body
        for mark in marks.fact_marks(bodies[page, name]):
            fact, part = evidence.figure(mark.fact_id), mark.part
            if part in ("value", "low", "high"):
                wanted = rf"(?<![\d.]){getattr(fact, part):.10g}(?![\d.]?\d)"
                assert re.search(wanted, shown.replace(",", "")), (page, name, mark.typed)
            elif not part:
                assert prose.escape(fact.figure) in shown, (page, name, mark.typed)
                assert fact.source.label in shown.replace("\\", ""), (page, name, mark.typed)


def test_a_section_has_no_mark_left() -> None:
    for page, name in SECTIONS:
        shown = prose.section(page, name).body
        assert not re.search(r"[{}]|\[@|\[\[", shown), (page, name)


def test_a_second_hand_figure_says_as_reported_by() -> None:
    second_hand = next(f for f in evidence.facts().values() if f.checked == "secondary" and f.reviewed)
    assert f"as reported by [{second_hand.source.label}" in prose.fill(f"{{{second_hand.fact_id}}}").body


def test_a_term_brings_its_definition() -> None:
    shown = prose.section("overview", "ms-in-short")
    assert dict(shown.terms)["Myelin"].startswith("The fatty coat")
    assert dict(shown.terms)["Myelin"].endswith(f"({prose.cite(evidence.sources()['myelin-chapter-tf'])})")
    assert "**myelin**" in shown.body


def _record(page: str, section: str) -> int:
    """The number of a section's record in its file; 1 is the first below the header."""
    rows = tables.records(tables.load("explainers"))
    return next(n for n, row in enumerate(rows, 1) if (row["page"], row["section"]) == (page, section))


def test_only_the_damaged_section_falls(package: object) -> None:
    path = tables.folder() / "explainers.csv"
    record = _record("overview", "ms-in-short")
    cell("body", "Now {no-such-figure}.", record)(path)
    with pytest.raises(tables.DataError, match=rf"explainers.csv, row {line(path, record)}, column body"):
        prose.section("overview", "ms-in-short")
    assert prose.section("overview", "als-in-short").body


def test_a_chart_stays_in_its_place_when_a_section_takes_its_name(package: object) -> None:
    before = prose.place("cut-axons")
    cell("section", "cut-axons", _record("mechanism", "heat"))(tables.folder() / "explainers.csv")
    assert "cut-axons" in {name for name, *_ in prose.listed("mechanism")}
    assert prose.place("cut-axons") == before != "cut-axons"


def test_nothing_from_data_becomes_markup() -> None:
    assert prose.escape("a*b_[c](d) <i> $x$ #1") == r"a\*b\_\[c\](d) \<i\> \$x\$ \#1"


def test_every_page_answers_first() -> None:
    assert [prose.listed(page)[0][0] for page in PAGES] == ["answer"] * len(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_the_answer_is_one_sentence(page: str) -> None:
    assert len(re.findall(r"[.?!](?:\s|$)", prose.section(page, "answer").body)) == 1


def test_survival_figures_wait_for_the_readers_choice() -> None:
    waiting = {f.fact_id for f in evidence.facts().values() if re.search(r"surviv|life expectancy|alive", f.measure)}
    for row in tables.records(tables.load("explainers")):
        used = {mark.fact_id for mark in marks.fact_marks(row["body"])}
        assert row["choice"] == "survival" or not used & waiting, row["section"]
    for name in ("claims", "differences"):
        for row in tables.records(tables.load(name)):
            text = " ".join(str(row.get(c, "")) for c in ("evidence", "ms", "als"))
            used = {mark.fact_id for mark in marks.fact_marks(text)}
            assert row["choice"] == "survival" or not used & waiting, row


def test_a_text_is_read_again_when_a_symptom_it_quotes_changes(package: object) -> None:
    path = tables.folder() / "explainers.csv"
    symptom = next(row for row in tables.records(tables.load("symptoms")) if row["preferred"] == "yes")
    cell("body", f"Now {{{symptom['symptom_id']}}}.", _record("overview", "ms-in-short"))(path)
    before = prose.section("overview", "ms-in-short").body
    cell("percent", "1.25")(tables.folder() / "symptoms.csv")
    assert evidence.figure(symptom["symptom_id"]).value == 1.25
    assert "1.25%" in prose.section("overview", "ms-in-short").body != before


# Leads to lists whose rows bring their sources, and the answer, which the page goes on to support.
LEADS = {"answer", "at-a-glance", "side-by-side", "tests", "help"}


@pytest.mark.parametrize("page", ["overview", "mechanism", "course"])
def test_every_section_of_a_story_has_a_source(page: str) -> None:
    bare = {name for name, *_ in prose.listed(page) if not prose.section(page, name).source_ids}
    assert bare <= LEADS
