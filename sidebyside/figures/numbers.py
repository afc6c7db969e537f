"""Figures of numbers: how many are told, how many live with it, and where good sources disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, headed, plotted, used_sources
from sidebyside.figures.rows import Axis, Row, chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact

CROWD = 100_000
A_LINE = 12
QUESTIONS: Mapping[str, tuple[str, str, str, str]] = {
    "ms-in-the-us": (
        "MS in the United States",
        "How many in the US live with MS? {0} of 100,000 adults, or {1} of 100,000 people with private insurance",
        "people living with MS, of every 100,000",
        "One study took three years of insurance records of adults and worked out from a model what ten years would "
        "have shown. The other counted people with private insurance in one year.",
    ),
    "mnd-in-england": (
        "Motor neurone disease in England",
        "England: {0} new cases of any motor neurone disease in every 100,000 adults, {1} of ALS in a register",
        "new cases in a year, of every 100,000",
        "One study counted all motor neurone diseases in adults, from linked records of doctors, hospitals and deaths. "
        "The other counted ALS at all ages, as clinics reported it to a register.",
    ),
    "familial-als": (
        "ALS in the family",
        "ALS in the family: from {0}% to {6}% of people with ALS, by the way of asking",
        "% of people with ALS who have a relative with it",
        "It depends on how close the relative must be, how long one has asked, and whether a dementia counts as well.",
    ),
    "ms-black-americans": (
        "MS in Black Americans",
        "MS in White and Black Americans, of 100,000: {0} and {1} in the whole country, {2} and {3} in one health plan",
        "people living with MS, of every 100,000 adults",
        "The studies counted different people: one the whole country, the other one health plan in California. In the "
        "health plan the two intervals overlap, so chance alone could explain that gap.",
    ),
    "als-to-come": (
        "ALS in the years to come",
        "ALS: one forecast sees a rise, from {0} people in 2015 to {1} in 2040; another, of all MND, does not",
        "people, worldwide",
        "The other forecast is about all motor neuron diseases. It expects them to become slightly less common by "
        "2040, but its summary gives no figure and does not say whether people or rates are meant.",
    ),
}
MND_LONG = "motor neuron diseases"
ONE_MODEL = (
    "The square marks count all motor neuron diseases, which is wider than ALS.",
    "These are estimates of one worldwide model. Rounds of the model must not be read as a trend.",
)
CARD_PAIRS: Mapping[str, str] = {
    "counts": "Number of people (one worldwide model)",
    "rates": "Of every 100,000 people (surveys and pooled studies)",
}
CARD_TITLES: Mapping[str, str] = {"counts": "In a model of the world", "rates": "In surveys and pooled studies"}


def _name(fact: Fact) -> str:
    wider = MND_LONG in fact.measure
    return f"{fact.condition} and other {theme.WIDER_THAN_ALS}" if wider else fact.condition


def _rows(rows: list[PlottedFact]) -> list[Row]:
    drawn: list[Row] = []
    for shown in rows:
        if shown.label not in [row.words for row in drawn]:
            drawn.append(Row(shown.label))
        value, low, high = map(shown.fact.scaled, (shown.fact.value, shown.fact.low, shown.fact.high))
        drawn.append(Row(f"{_name(shown.fact)}: {number(value)}", shown.fact.condition, value, low, high))
    return drawn


def _named_above(rows: list[PlottedFact]) -> list[Row]:
    """Each figure below its name: beside the longest mark, a phone has room for a number only."""
    drawn: list[Row] = []
    for row in rows:
        value, low, high = map(row.fact.scaled, (row.fact.value, row.fact.low, row.fact.high))
        drawn += [Row(_name(row.fact)), Row(number(value), row.fact.condition, value, low, high)]
    return drawn


def _said(rows: list[PlottedFact]) -> str:
    parts = [row.words if row.condition else f". {row.words}:" for row in _rows(rows)]
    return " ".join(parts).removeprefix(". ").replace(" .", ".").replace(" ALS", ", ALS")


def _ratio(rows: list[PlottedFact], label: str) -> tuple[Fact, Fact, float]:
    pair = {row.fact.condition: row.fact for row in rows if row.label == label}
    ms, als = pair[theme.MS.key], pair[theme.ALS.key]
    return ms, als, ms.scaled(ms.value) / als.scaled(als.value)


def new_living_deaths(plots: pd.DataFrame, facts: Mapping[str, Fact], *, pair: str) -> Figure:
    """New cases in a year and people living with it, MS beside ALS.

    ``pair`` is a key of `CARD_PAIRS`. Counts come from the Global Burden of Disease model (rounds for 2019 and 2021),
    where the ALS side is all motor neuron diseases; rates from the Atlas of MS and a meta-analysis.
    """
    rows = plotted(plots, facts, "new-living-deaths", pair)
    _, _, new_ratio = _ratio(rows, "New cases in a year")
    ms, als, living_ratio = _ratio(rows, "People living with it")
    other = MND_LONG if MND_LONG in als.measure else als.condition
    close = "not far apart" if 2 / 3 <= new_ratio <= 3 / 2 else "far apart"
    tail = ", but far more people live with MS" if living_ratio > 2 else ""
    unit = ms.plain_unit if pair == "counts" else "of every 100,000 people"
    return Figure(
        id="new-living-deaths",
        title=f"{CARD_TITLES[pair]}, new cases of MS and of {other} are {close}{tail}",
        draw=lambda: chart(_rows(rows), Axis(title=unit)),
        table=facts_table(rows, "What"),
        alt=f"{_said(rows)} ({unit}). About {number(round(living_ratio, 1))} times as many people live with MS.",
        how_to_read=(
            "Each mark is one figure; its length from the left is its size. A thin line shows the interval that the "
            "source gives. MS is the round mark, ALS the square one. MND is motor neuron disease."
        ),
        caveats=_burden_caveats(pair),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _burden_caveats(pair: str) -> tuple[str, ...]:
    both = "The two pairs of sources were made in different ways. Both show the same picture, with different sizes."
    if pair == "counts":
        years = (
            "New cases are of the model's round for 2019, people living with it of the round for 2021. We found no "
            "paper with new cases of both diseases in the newer round."
        )
        return (*ONE_MODEL, years, both)
    return (
        "The studies come mostly from some parts of the world and differ widely from country to country.",
        both,
    )


def deaths_in_a_year(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Deaths in a year worldwide, MS beside ALS and other motor neuron diseases (Global Burden of Disease 2019)."""
    rows = plotted(plots, facts, "deaths-in-a-year")
    ms, als = (row.fact for row in rows)
    more, fewer = (MND_LONG, ms.condition) if als.value > ms.value else (ms.condition, MND_LONG)
    return Figure(
        id="deaths-in-a-year",
        title=f"In {ms.period}, a worldwide model counted more deaths from {more} than from {fewer}",
        draw=lambda: chart(_named_above(rows), Axis(title=ms.plain_unit)),
        table=facts_table(rows, "What"),
        alt=f"{_said(rows)} ({ms.plain_unit}).",
        how_to_read=(
            "Each mark is one figure; its length from the left is its size. A thin line shows the interval that the "
            "source gives. MS is the round mark, ALS the square one. MND is motor neuron disease."
        ),
        caveats=(
            *ONE_MODEL,
            "They count one cause for each death. Many people with MS die of something else.",
            "They are counts of the whole world, not chances, and they tell nothing about one person.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def of_100000(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Of 100,000 people, how many live with each disease: one mark a person, to be counted."""
    rows = plotted(plots, facts, "of-100000")
    counts = [(row.fact, round(row.fact.value)) for row in rows]
    said = [f"{count} live with {fact.condition}" for fact, count in counts]
    ms, als = (count for _, count in counts)
    return Figure(
        id="of-100000",
        title=(
            f"Of {number(CROWD)} people, about {ms} live with {theme.MS.key} (by a world survey) and about {als} with "
            f"{theme.ALS.key} (by pooled studies)"
        ),
        draw=lambda: _crowd(counts),
        table=facts_table(rows, "What"),
        alt=f"One mark for each person: {said[0]} and {said[1]}, of {number(CROWD)} people.",
        how_to_read=(
            f"Each mark is one person of {number(CROWD)}: round for MS, square for ALS. All the others are not drawn. "
            "The figures are rounded to whole people."
        ),
        caveats=(
            "The two figures come from different studies; in some countries they are much higher or lower.",
            "This counts people who live with the disease at one time, not the chance to get it in a lifetime.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _crowd(counts: list[tuple[Fact, int]]) -> dict[str, Any]:
    """A heading over each group, then its marks in lines of a dozen."""
    marks: list[dict[str, Any]] = []
    line = 0
    for fact, count in counts:
        marks.append({"row": line, "column": 0, "words": f"{fact.condition}: about {count}", "condition": ""})
        for at in range(count):
            place = {"row": line + 1 + at // A_LINE, "column": at % A_LINE}
            marks.append({**place, "words": "", "condition": fact.condition})
        line += 2 + (count - 1) // A_LINE
    x = alt.X("column:Q", axis=None, scale=alt.Scale(domain=[-0.5, A_LINE * 1.5], nice=False))
    base = alt.Chart().encode(y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0)), x=x)
    people = base.transform_filter("datum.condition != ''").mark_point(filled=True, size=150, opacity=1)
    heads = theme.words(base.transform_filter("datum.condition == ''"), align="left", fontWeight="bold", dx=-8)
    drawn = people.encode(color=theme.colour(), shape=theme.shape())
    return theme.finished(alt.layer(drawn, heads.encode(text=alt.Text("words:N")), data=pd.DataFrame(marks)), line)


def disagreements(plots: pd.DataFrame, facts: Mapping[str, Fact], *, question: str) -> Figure:
    """One question that good sources answer differently: every answer as its own row, never a mean.

    ``question`` is a key of `QUESTIONS`.
    """
    rows = plotted(plots, facts, "disagreements", question)
    _, title, axis, why = QUESTIONS[question]
    values = [number(row.fact.value) for row in rows]
    return Figure(
        id="disagreements",
        title=title.format(*values),
        draw=lambda: chart(headed(rows, _bare), Axis(title=axis)),
        table=facts_table(rows, "What was counted"),
        alt=f"{'; '.join(f'{row.fact.condition}, {row.label}: {row.fact.figure}' for row in rows)}.",
        how_to_read=(
            "Each mark is one source's answer to the same question. A thin line is the interval that the source gives; "
            "it does not hold what another way of counting would find."
        ),
        caveats=(why, "We show both answers and never the mean of the two."),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _bare(fact: Fact) -> str:
    return f"{number(fact.value)}%" if fact.unit.startswith("%") else number(fact.value)


NEW_LIVING_DEATHS = Recipe(
    "new-living-deaths", new_living_deaths, ("plots", "facts"), Choice("pair", tuple(CARD_PAIRS))
)
DEATHS_IN_A_YEAR = Recipe("deaths-in-a-year", deaths_in_a_year, ("plots", "facts"))
OF_100000 = Recipe("of-100000", of_100000, ("plots", "facts"))
DISAGREEMENTS = Recipe(
    "disagreements",
    disagreements,
    ("plots", "facts"),
    Choice("question", tuple(QUESTIONS)),
)
