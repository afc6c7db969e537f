"""Figures of numbers: how many are told, how many live with it, and where good sources disagree."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import Axis, Row, chart
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.charts.shared import shared
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import for_reading, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

CROWD = 100_000
# In pixels: the height of the lines of people, the room before and after a line, and from one person to the next at
# most; and how much of its place a mark fills.
CROWD_HEIGHT = 62
NAME_ROOM, NUMBER_ROOM = 42, 38
WIDEST_PLACE = 17
PERSON_WIDTH = 0.84
QUESTIONS = ("ms-in-the-us", "mnd-in-england", "familial-als", "ms-black-americans", "als-to-come")
# How the measure of a figure says that it counts more than ALS.
MND_LONG = "motor neuron diseases"
COUNTS, RATES = "counts", "rates"
CARD_PAIRS = (COUNTS, RATES)
# What a pair counts, each a panel of its own: new cases in a year, and people living with it.
COUNTED = ("new", "living")


def _name(fact: Fact) -> str:
    wider = MND_LONG in fact.measure
    return f"{fact.condition} and other {theme.WIDER_THAN_ALS}" if wider else fact.condition


def _rows(rows: list[PlottedFact]) -> list[Row]:
    drawn: list[Row] = []
    for heading, group in itertools.groupby(rows, lambda row: row.label):
        drawn.append(Row(heading))
        for shown in group:
            value, low, high = map(shown.fact.scaled, (shown.fact.value, shown.fact.low, shown.fact.high))
            drawn.append(Row(f"{_name(shown.fact)}: {for_reading(value)}", shown.fact.condition, value, low, high))
    return drawn


def _counted(fact: Fact) -> str:
    return f"{_name(fact)}: {number(fact.scaled(fact.value))}"


def _named_above(rows: list[PlottedFact]) -> list[Row]:
    """Each figure below its name: beside the longest mark, a phone has room for a number only."""
    drawn: list[Row] = []
    for row in rows:
        value, low, high = map(row.fact.scaled, (row.fact.value, row.fact.low, row.fact.high))
        drawn += [Row(_name(row.fact)), Row(for_reading(value), row.fact.condition, value, low, high)]
    return drawn


def _in_words(rows: list[PlottedFact]) -> str:
    groups = itertools.groupby(rows, lambda row: row.label)
    return ". ".join(f"{heading}: {', '.join(_counted(row.fact) for row in group)}" for heading, group in groups)


def _ratio(rows: list[PlottedFact]) -> tuple[Fact, Fact, float]:
    pair = {row.fact.condition: row.fact for row in rows}
    ms, als = pair[theme.MS.key], pair[theme.ALS.key]
    return ms, als, ms.scaled(ms.value) / als.scaled(als.value)


def new_living_deaths(plots: pd.DataFrame, facts: Mapping[str, Fact], *, pair: str) -> Figure:
    """New cases in a year and people living with it, MS beside ALS.

    ``pair`` is a key of `CARD_PAIRS`. Counts come from the Global Burden of Disease model (rounds for 2019 and 2021),
    where the ALS side is all motor neuron diseases; rates from the Atlas of MS and a meta-analysis.
    """
    new, living = (plotted(plots, facts, "new-living-deaths", f"{pair}-{what}") for what in COUNTED)
    rows = new + living
    _, _, new_ratio = _ratio(new)
    ms, als, living_ratio = _ratio(living)
    wider = chart_text("new-living-deaths")["wider-than-als"]
    text = chart_text(
        "new-living-deaths",
        pair,
        decide("far", close=2 / 3 <= new_ratio <= 3 / 2),
        decide("as_many", more=living_ratio > 2),
        other=wider if MND_LONG in als.measure else als.condition,
        rows=_in_words(rows),
        unit=ms.plain_unit,
        times=number(round(living_ratio, 1)),
    )
    return _figure(text, rows, _rows(rows))


def deaths_in_a_year(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Deaths in a year worldwide, MS beside ALS and other motor neuron diseases (Global Burden of Disease 2019)."""
    rows = plotted(plots, facts, "deaths-in-a-year")
    ms, als = (row.fact for row in rows)
    text = chart_text(
        "deaths-in-a-year",
        decide("more_ms", more_mnd=als.value > ms.value),
        period=ms.period,
        rows=_in_words(rows),
        unit=ms.plain_unit,
    )
    return _figure(text, rows, _named_above(rows))


def _figure(text: ChartText, rows: list[PlottedFact], drawn: list[Row]) -> Figure:
    return Figure.of_text(
        text,
        build_spec=lambda: chart(drawn, Axis(title=text.axis, stems=True)),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def of_100000(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Of 100,000 people, how many live with each disease: one mark a person, to be counted."""
    rows = plotted(plots, facts, "of-100000")
    counts = {row.fact.condition: round(row.fact.value) for row in rows}
    ms, als = map(str, counts.values())
    text = chart_text("of-100000", people=number(CROWD), ms=ms, als=als)
    return Figure.of_text(
        text,
        build_spec=lambda: _crowd(counts),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _crowd(counts: Mapping[str, int]) -> dict[str, Any]:
    """A line of people for each disease, its name before it and its number after; as large as the width allows."""
    people = pd.DataFrame(
        {"condition": condition, "row": row, "person": at}
        for row, condition in enumerate(counts)
        for at in range(counts[condition])
    )
    ends = pd.DataFrame({"name": list(counts), "row": range(len(counts)), "count": list(counts.values())})
    longest = int(ends["count"].max())
    line = f"min(width - {NAME_ROOM + NUMBER_ROOM}, {longest * WIDEST_PLACE})"
    room: list[Any] = [NAME_ROOM, {"expr": f"{NAME_ROOM} + {line}"}]
    scale = alt.Scale(domain=[-0.5, longest - 0.5], range=room, nice=False, zero=False)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))
    size = alt.ExprRef(f"pow({line} / {longest} * {PERSON_WIDTH}, 2)")
    marks = alt.Chart(people).mark_point(filled=True, opacity=1, size=size, aria=False)
    marks = marks.encode(x=alt.X("person:Q", axis=None, scale=scale), y=y, color=theme.colour(), shape=theme.shape())
    base = alt.Chart(ends).transform_calculate(end="datum.count - 0.5").encode(y=y)
    said = {"align": "left", "fontWeight": "bold"}
    left = alt.XValue(0)  # type: ignore[no-untyped-call]
    names = theme.words(base, **said).encode(x=left, text=alt.Text("name:N"))
    after = theme.words(base, **said, dx=6, fontSize=theme.FONT_SIZE + 6)
    numbers = after.encode(x=alt.X("end:Q", scale=scale), text=alt.Text("count:Q"))
    return {**theme.finished(alt.layer(marks, names, numbers), len(counts)), "height": CROWD_HEIGHT}


NEW_LIVING_DEATHS = ChartDefinition(
    "new-living-deaths", new_living_deaths, ("plots", "facts"), Options("pair", CARD_PAIRS)
)
DEATHS_IN_A_YEAR = ChartDefinition("deaths-in-a-year", deaths_in_a_year, ("plots", "facts"))
OF_100000 = ChartDefinition("of-100000", of_100000, ("plots", "facts"))
# One question that good sources answer differently: every answer is a row of its own, never a mean.
DISAGREEMENTS = shared("disagreements", "question", *QUESTIONS)
