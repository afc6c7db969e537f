"""Figures and sources in words."""

from __future__ import annotations

import dataclasses
import importlib
import math
import pkgutil
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sidebyside
from sidebyside.charts.forms.interval_rows import Row
from sidebyside.data import facts, formatting, sources

pytestmark = pytest.mark.quick
FACTS = facts.facts()
SOURCES = sources.sources()


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_keeps_its_digits(value: int) -> None:
    said = formatting.number(float(value)).replace(",", "").replace("\N{MINUS SIGN}", "-")
    if abs(value) < 10**10:
        assert int(said) == value


@given(st.decimals(-9999, 9999, places=3))
def test_a_decimal_keeps_its_value(value: object) -> None:
    said = formatting.number(float(str(value))).replace(",", "").replace("\N{MINUS SIGN}", "-")
    assert float(said) == pytest.approx(float(str(value)), abs=1e-9)


def test_missing_is_never_zero() -> None:
    assert formatting.number(math.nan) == "not known"
    assert formatting.span(math.nan, math.nan, "95% CI") == ""
    assert formatting.for_reading(math.nan) == "not known"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (0.343, "0.34"),
        (0.05, "0.05"),
        (4.42, "4.4"),
        (-8.62, "\N{MINUS SIGN}8.6"),
        (9.96, "10"),
        (12.5, "13"),
        (30.5, "31"),
        (35.9, "36"),
        (99.6, "100"),
        (309.2, "309"),
        (999.6, "1,000"),
        (59_345, "59,000"),
        (1_890_000, "1,900,000"),
    ],
)
def test_a_number_for_reading_has_two_figures_three_in_the_hundreds_and_none_after_the_point_from_ten(
    value: float, said: str
) -> None:
    assert formatting.for_reading(value) == said


def test_a_figure_beside_a_mark_is_rounded_and_says_of_its_unit_the_per_cent_alone() -> None:
    assert facts.figure("ms-global-prevalence-2020").brief == "36"
    assert formatting.span_for_reading(36.5, 78) == "37 to 78"
    assert formatting.span_for_reading(math.nan, 1) == "below 1"


@pytest.mark.parametrize(
    ("low", "high", "kind", "said"),
    [
        (3.92, 4.96, "95% CI", "95% confidence interval 3.92 to 4.96"),
        (math.nan, 1, "range", "range below 1"),
        (46, math.nan, "", "above 46"),
        (1, 2, "", "1 to 2"),
    ],
)
def test_an_interval_says_its_kind(low: float, high: float, kind: str, said: str) -> None:
    assert formatting.span(low, high, kind) == said


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("%", "2%"),
        ("% change", "2% change"),
        ("per 100,000 people", "2 per 100,000 people"),
        ("odds ratio", "odds ratio 2"),
        ("million people", "2 million people"),
    ],
)
def test_a_unit_stands_where_it_is_said(unit: str, said: str) -> None:
    assert formatting.with_unit("2", unit) == said


@pytest.mark.parametrize(("unit", "said"), [("months", "1 month"), ("years", "1 year"), ("ms", "1 ms"), ("%", "1%")])
def test_one_of_a_time_is_not_many(unit: str, said: str) -> None:
    assert formatting.with_unit("1", unit) == said


def test_a_year_has_no_thousands_mark() -> None:
    assert formatting.with_unit("1,868", "year") == "1868"


def test_millions_are_people() -> None:
    fact = FACTS["ms-global-count-2020"]
    assert (fact.scaled(fact.value), fact.plain_unit) == (2_800_000, "people")


def test_a_figure_with_two_ends_only_is_said_as_a_range() -> None:
    fact = replace(FACTS["ms-global-count-2020"], value=math.nan, low=2.0, high=5.0, unit="times", interval="range")
    assert (fact.figure, fact.bounds) == ("2 to 5 times", "")


def test_a_source_has_a_label_a_link_and_a_citation() -> None:
    for source_id, source in SOURCES.items():
        assert source.label, source_id
        assert source.link.startswith(("https://", "http://", "sources?source=")), source_id
        assert source.citation.endswith("."), source_id
        assert source.url == "" or not source.doi or source.url == f"https://doi.org/{source.doi}", source_id


def test_what_is_unknown_is_said_to_be_unknown() -> None:
    empty = sources.Source("x", "", "", "", "", "", "", "", "cohort", "")
    assert empty.citation == "Authors not known. (year not known). [title not known]."
    assert empty.link == "sources?source=x#sources"


def test_no_source_carries_a_remark_instead_of_a_name() -> None:
    said = " ".join(f"{s.authors} {s.title}" for s in SOURCES.values()).casefold()
    for remark in ("not shown", "not visible", "from memory", "paraphrased"):
        assert remark not in said


def test_references_stand_once_in_order_of_first_use() -> None:
    found = sources.citations(["xu-2020", "walton-2020", "xu-2020"])
    assert [s.source_id for s in found] == ["xu-2020", "walton-2020"]


@pytest.mark.parametrize("words", ["Walton 2020", "walton", "  WALTON\t2020 ", "10.1177/1352458520970841"])
def test_a_search_finds_words_in_any_case_and_order(words: str) -> None:
    assert "walton-2020" in {s.source_id for s in sources.search(SOURCES.values(), words)}


def test_an_empty_search_shows_all_in_alphabetical_order() -> None:
    found = sources.search(SOURCES.values(), "")
    assert len(found) == len(SOURCES)
    assert found == sorted(found, key=lambda s: s.label.casefold().lstrip("\N{LEFT DOUBLE QUOTATION MARK}"))


@given(st.text(max_size=300))
def test_any_search_is_safe(words: str) -> None:
    assert isinstance(sources.search(SOURCES.values(), words), list)


@pytest.mark.parametrize("words", ["(", "[a-z", "\\", "x" * 10_000, "\U0001f600", "\u202eabc"])
def test_odd_searches_find_nothing_or_something_but_never_fail(words: str) -> None:
    sources.search(SOURCES.values(), words)


def test_a_title_that_asks_is_not_ended_twice() -> None:
    for source in sources.sources().values():
        assert not re.search(r"[?!]\.( |$)", source.citation)


# Settings and looks, all their numbers known: they are compared, and are keys of caches.
ALWAYS_KNOWN = {"Pen", "Control", "Axis", "_View", "Rate", "Axon", "Damage", "Pool", "Loss"}


def test_what_may_hold_an_empty_number_is_never_compared_whole() -> None:
    compared = {
        kind.__name__
        for module in pkgutil.walk_packages(sidebyside.__path__, "sidebyside.")
        for kind in vars(importlib.import_module(module.name)).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and "__eq__" in vars(kind)
        if any(re.search("float|Floats|DataFrame", str(field.type)) for field in dataclasses.fields(kind))
    }
    assert compared == ALWAYS_KNOWN
    fact = next(iter(FACTS.values()))
    for one, other in ((Row("Women"), Row("Women")), (fact, replace(fact))):
        with pytest.raises(TypeError, match="compare what is meant"):
            assert one not in [other]
