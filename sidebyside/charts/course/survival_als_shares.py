"""How many people with ALS were living after some years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.course.survival_shared import DIAGNOSIS, NEEDS, ONSET, as_text, notes
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import Axis, figure_in_rows
from sidebyside.charts.forms.people import CROWD, people_marks
from sidebyside.charts.plotted import plotted, range_text, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import for_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import Case
    from sidebyside.data.facts import Fact

FEW_PERCENT = (0, 10, 20)
PERCENT_TICKS = (0, 50, 100)
A_ROW = 20
CROWD_STEP = 18
PERSON_SIZE = 120
A_GROUP = CROWD // A_ROW + 2
LIVING = (0.0, 1.0)
ALIVE = (DIAGNOSIS, ONSET)
# What stands in the ids of shares alive after five years.
FIVE_YEARS = "-5y-"


def _numbered(moments: list[tuple[str, str]]) -> dict[str, str]:
    """Shares or counts and their moments as values for a text: ``living_1`` after ``when_1``, and so on."""
    named: dict[str, str] = {}
    for n, (when, living) in enumerate(moments, start=1):
        named |= {f"when_{n}": when, f"living_{n}": living}
    return named


def als_alive(plots: pd.DataFrame, facts: Mapping[str, Fact], *, start: str) -> Figure:
    """Share of people with ALS living after some years (%), from the diagnosis or from the first symptoms.

    ``start`` is one of `ALIVE`.
    """
    rows = plotted(plots, facts, "als-alive", start)
    text = chart_text("als-alive", start, **_living(rows, start), rows=as_text(rows), **notes(rows))
    return figure_in_rows(text, rows, Axis(text.axis, ticks=PERCENT_TICKS))


def _living(rows: list[PlottedFact], start: str) -> dict[str, str]:
    """The share that a title names: of one register after its first year, or the largest after five years."""
    if start == DIAGNOSIS:
        same = [row for row in rows if row.fact.fact_id.endswith("lombardy-2002")]
        return {"when": same[0].label.split(":")[0], "living": for_reading(same[0].fact.value)}
    later = [row.fact.value for row in rows if FIVE_YEARS in row.fact.fact_id]
    return {"later": for_reading(max(later))}


def hundred_als(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """A hundred people with ALS of one register, and how many were living some years after the diagnosis."""
    rows = plotted(plots, facts, "hundred-als")
    counts = [(row.label, round(row.fact.value)) for row in rows]
    text = chart_text(
        "hundred-als",
        people=str(CROWD),
        **_numbered([(when, str(count)) for when, count in counts]),
        note=rows[-1].fact.note.rstrip("."),
    )
    table = facts_table(rows, text.heading)
    table.insert(2, text["were-living"], [str(count) for _, count in counts])
    return Figure.of_text(
        text,
        build_spec=lambda: _crowds(counts),
        table=table,
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _crowds(counts: list[tuple[str, int]]) -> dict[str, Any]:
    """Each moment as words over five rows of twenty people."""
    lines = len(counts) * A_GROUP
    x = alt.X("column:Q", scale=alt.Scale(domain=[-0.8, A_ROW - 0.2], nice=False), axis=None)
    y = alt.Y("row:Q", scale=alt.Scale(domain=[lines - 0.8, -0.8], nice=False), axis=None)
    people = alt.Chart(pd.DataFrame(_people(counts)))
    heads = [
        {"column": 0, "row": n * A_GROUP + 0.2, "words": _moment(when, count)} for n, (when, count) in enumerate(counts)
    ]
    words = theme.words(alt.Chart(pd.DataFrame(heads)), align="left", dx=-6, fontWeight="bold")
    marks = people_marks(people, PERSON_SIZE, theme.ALS, LIVING).encode(x=x, y=y)
    return theme.finished(alt.layer(marks, words.encode(x=x, y=y, text=alt.Text("words:N"))), lines, CROWD_STEP)


def _moment(when: str, count: int) -> str:
    return chart_text("hundred-als", when=when, living=str(count))["moment"]


def _people(counts: list[tuple[str, int]]) -> list[dict[str, Any]]:
    return [
        {
            "column": person % A_ROW,
            "row": n * A_GROUP + 1 + person // A_ROW,
            "level": int(person < count),
            "condition": theme.ALS.key,
        }
        for n, (_, count) in enumerate(counts)
        for person in range(CROWD)
    ]


def long_survivors(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of people living longer than ten years (%), as three sources give it."""
    rows = plotted(plots, facts, "long-survivors")
    share = range_text((row.fact for row in rows), for_reading)
    text = chart_text("long-survivors", _unnamed(rows), share=share, rows=as_text(rows))
    return figure_in_rows(text, rows, Axis(text.axis, ticks=FEW_PERCENT))


def _unnamed(rows: list[PlottedFact]) -> Case:
    """How many of the sources do not say from when they count."""
    unnamed = sum("does not name" in row.fact.counted_from for row in rows)
    return decide("all_named", one=unnamed == 1, two=unnamed == 2, three=unnamed == 3)


ALS_ALIVE = ChartDefinition("als-alive", als_alive, NEEDS, Options("start", ALIVE))
HUNDRED_ALS = ChartDefinition("hundred-als", hundred_als, NEEDS)
LONG_SURVIVORS = ChartDefinition("long-survivors", long_survivors, NEEDS)
