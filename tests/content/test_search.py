"""Looking things up: the search over all figures, one measure across sources, the words explained."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidebyside.charts.evidence import across_sources
from sidebyside.content import glossary, search, text
from sidebyside.content.search import Query
from sidebyside.data import contract, formatting, package, sources
from sidebyside.data import facts as data_facts
from sidebyside.layouts.pages import PAGES
from sidebyside.layouts.uses import uses
from tests.data.test_spreadsheet import held

ODD = ["(", "[a-z]*", "\\", "x" * 10_000, "\U0001f600", "\u202eabc", "%", "\0", "'; --", "{fact}", "  "]


def test_only_what_was_read_twice_can_be_found() -> None:
    known = search.figures(life=True)
    assert all(fact.reviewed for fact in known)
    rows = len(package.load("facts")) + len(package.load("symptoms"))
    assert len(known) + search.waiting() == rows
    assert len({fact.fact_id for fact in known}) == len(known)


def test_figures_about_length_of_life_are_found_only_when_asked_for() -> None:
    open_to_all = search.figures(life=False)
    assert not [fact for fact in open_to_all if fact.choice]
    assert len(open_to_all) < len(search.figures(life=True))
    assert not search.search(Query("median survival from onset"), life=False)
    assert search.search(Query("median survival from onset"), life=True)


@pytest.mark.parametrize("words", ["EDSS 6", "6 edss", "edss   6"])
def test_words_are_found_in_any_case_and_order(words: str) -> None:
    found = search.search(Query(words), life=False)
    assert found == search.search(Query("edss 6"), life=False)
    assert len(found) > 5


def test_every_filter_keeps_only_what_fits() -> None:
    known = search.figures(life=True)
    for condition in ("MS", "ALS", "both"):
        found = search.search(Query(condition=condition), life=True)
        assert {fact.condition for fact in found} == {condition}
    for kind in {fact.source.kind for fact in known}:
        assert {f.source.kind for f in search.search(Query(kind=kind), life=True)} == {kind}
    for topic in search.topics(known):
        assert {f.topic for f in search.search(Query(topic=topic), life=True)} == {topic}
    for read in search.READ:
        assert {f.checked for f in search.search(Query(read=read), life=True)} == {read}
    years = [int(f.source.year) for f in search.search(Query(since=1990, until=1995), life=True)]
    assert years
    assert all(1990 <= year <= 1995 for year in years)


def test_every_kind_of_source_is_explained() -> None:
    assert {source.kind for source in sources.sources().values()} <= set(search.KINDS)
    enum = next(f for f in contract.fields("sources") if f["name"] == "kind")["constraints"]["enum"]
    assert set(enum) == set(search.KINDS)


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_odd_input_finds_nothing_or_what_it_says(words: str) -> None:
    for fact in search.search(Query(words), life=True):
        said = f"{fact} {fact.text} {fact.source.title}".casefold()
        assert all(word in said for word in words.casefold().split())


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_search_is_safe(words: str) -> None:
    assert len(search.search(Query(words), life=True)) <= len(search.figures(life=True))
    assert len(glossary.glossary(words)) <= len(glossary.glossary())


def test_a_measure_across_sources_is_one_measure_in_one_unit() -> None:
    several = search.measures(search.figures(life=True))
    assert len(several) > 20
    for words, facts in several.items():
        assert len({(f.condition, f.measure, f.group, search.counted(f), f.unit) for f in facts}) == 1
        assert len({f.source.source_id for f in facts}) > 1
        figure = across_sources.across_sources(words, facts)
        drawn = [row for rows in figure.chart["datasets"].values() for row in rows if row["condition"]]
        assert [row["words"] for row in drawn] == [fact.brief for fact in facts]
        assert list(figure.table["Figure"]) == [fact.figure for fact in facts]
        assert all(fact.figure in figure.alt and fact.among in figure.alt for fact in facts)
        ends = [end for fact in facts for end in fact.ends if end == end]
        assert formatting.number(min(ends)) in figure.title
        assert formatting.number(max(ends)) in figure.title


def test_no_list_leaves_out_in_whom_from_where_and_when() -> None:
    for fact in search.figures(life=True):
        said = search.whom(fact)
        for words in (fact.among, fact.counted_from, fact.counted_to, fact.population, fact.period):
            assert text.escape(words) in said, fact.fact_id


def test_times_that_begin_elsewhere_are_not_drawn_as_one_measure() -> None:
    for words, facts in search.measures(search.figures(life=True)).items():
        assert len({(fact.counted_from, fact.counted_to) for fact in facts}) == 1, words


def test_what_was_found_comes_away_as_csv_with_whole_references() -> None:
    found = search.search(Query("relapse"), life=False)
    text = search.as_csv(found, ("credit",))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff# credit\n"))))
    held(search.as_csv(search.figures(life=True), ("credit",)))
    assert [row["Id"] for row in rows] == [fact.fact_id for fact in found]
    for row, fact in zip(rows, found, strict=True):
        assert row["Source"] == fact.source.citation
        assert (row["Among"], row["Counted from"]) == (fact.among, fact.counted_from)
        assert (row["Figure"], row["Interval"], row["unit"]) == (fact.figure, fact.bounds, fact.unit)
        assert row["value"] == ("" if fact.value != fact.value else f"{fact.value:.10g}")


def test_the_words_stand_in_order_and_can_be_searched() -> None:
    terms = glossary.glossary()
    assert [term.term for term in terms] == sorted(package.load("glossary")["term"], key=str.casefold)
    assert [term.term for term in glossary.glossary("EDSS") if term.term == "EDSS"]
    assert not glossary.glossary("no such word at all")


def test_every_source_on_a_page_has_a_place_that_can_be_opened() -> None:
    known = uses()
    assert set(known) <= set(sources.sources())
    for charts in PAGES.values():
        for definition in charts.charts:
            for source_id in definition.figure().source_ids:
                assert any(use.address.endswith(f"#{text.anchor(definition.id)}") for use in known[source_id])
    for definition in (definition for charts in PAGES.values() for definition in charts.charts_on_request):
        title = definition.figure().title
        assert all(use.choice for places in known.values() for use in places if use.words == title)


def test_every_source_is_referred_to_by_some_row() -> None:
    referred = set()
    for name in contract.names():
        for column, table, _ in contract.references(name):
            if table == "sources":
                referred |= {item for cell in package.load(name)[column] for item in cell.split(";")}
    marked = set(uses())
    assert set(sources.sources()) - referred - marked == set()


def test_words_for_specialists_have_their_marks_filled_in() -> None:
    (virus,) = glossary.glossary("Epstein-Barr")
    assert formatting.number(data_facts.facts()["ms-ebv-bjornevik"].value) in virus.technical
    assert "Bjornevik et al. 2022" in virus.technical
    assert "{" not in virus.technical


def test_a_definition_names_its_source_once() -> None:
    for term in glossary.glossary():
        sources = re.findall(r"\]\((http[^)]*)\)", term.plain)
        assert len(sources) == len(set(sources)), term.term
