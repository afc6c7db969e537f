"""Figures of the course page: years to disability milestones in MS, pace and plateaus in ALS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table, with_scope
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import columns, over_time
from sidebyside.charts.forms.columns import Column
from sidebyside.charts.forms.interval_rows import Axis, Row, chart
from sidebyside.charts.forms.over_time import Plane, Words
from sidebyside.charts.plotted import FactRow, plotted, rows_with_facts, used_sources
from sidebyside.content.chart_text import ChartText, chart_text, decide
from sidebyside.data.formatting import for_reading, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.data.facts import Fact

STEPS: Mapping[str, tuple[str, ...]] = {
    "edss-6": ("DSS 6", "EDSS 6"),
    "edss-4": ("DSS 4", "EDSS 4"),
    "edss-7": ("DSS 7", "EDSS 7"),
    "edss-2-3-5": ("EDSS 2", "EDSS 3", "EDSS 5"),
    "progression": ("secondary progression",),
}


PROGRESSIVE = frozenset({"progressive onset", "primary progressive"})

A_YEAR = 12
# Points lost in a month that are hardly any.
HARDLY = 0.1
# How much of the largest loss the axis reaches beyond it, and above none: there stand words.
ROOM_BELOW, ROOM_ABOVE = 1.12, 0.1
POINTS_STEP = 6
PLATEAU_TICKS = (0, 10, 20, 30)
LINE_OF_WORDS = 11

USUAL_START = "the start of MS"
SECOND_RELAPSE = "the second relapse"


def _milestone_rows(milestones: pd.DataFrame, facts: Mapping[str, Fact], step: str) -> list[FactRow]:
    chosen = milestones[milestones["milestone"].isin(STEPS[step])].sort_values(["era_order", "milestone"])
    return rows_with_facts(chosen, facts)


def ms_milestones(milestones: pd.DataFrame, facts: Mapping[str, Fact], *, step: str) -> Figure:
    """Median years to one step of the disability scale in MS, every cohort, oldest first.

    ``step`` is a key of `STEPS`. DSS is the older form of the EDSS and is drawn under the same step.
    """
    rows = _milestone_rows(milestones, facts, step)
    text = _milestones_text(rows, step)
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_milestone_marks(rows), Axis(text.axis)),
        table=_milestone_table(rows),
        source_ids=used_sources(milestone.fact for milestone in rows),
        details=("Medicines", "Note"),
    )


def _milestones_text(rows: list[FactRow], step: str) -> ChartText:
    """The words, with the most years of any group that is counted from the start of MS, which began with relapses."""
    usual = [milestone.fact for milestone in rows if milestone.fact.counted_from != SECOND_RELAPSE]
    most = max(fact.value for fact in usual if fact.group not in PROGRESSIVE)
    return chart_text("ms-milestones", step, most=for_reading(most), rows=_milestones_in_words(rows))


def _milestones_in_words(rows: list[FactRow]) -> str:
    return "; ".join(f"{_who(milestone.row)} {number(milestone.fact.value)}" for milestone in rows)


def _who(row: Mapping[str, str]) -> str:
    group = "" if row["group"] == "all" else f", {row['group']}"
    era = f", {row['era']}" if row["era"] else ""
    return f"{row['cohort']}{era}{group}{_step(row)}"


def _clock(fact: Fact) -> str:
    """Where the years begin, in short, said wherever that is not the start of MS."""
    said = chart_text("ms-milestones")
    clocks = {USUAL_START: "", SECOND_RELAPSE: f", {said['from-second-relapse']}"}
    return clocks.get(fact.counted_from, f", {said['start-not-named']}")


def _step(row: Mapping[str, str]) -> str:
    """The step of the scale, said only where one choice shows several."""
    return f", {row['milestone']}" if row["milestone"] in STEPS["edss-2-3-5"] else ""


def _milestone_marks(rows: list[FactRow]) -> list[Row]:
    drawn: list[Row] = []
    for milestone in rows:
        fact = milestone.fact
        drawn.append(Row(_short(milestone.row, fact)))
        drawn.append(Row(fact.brief, fact.condition, fact.value, fact.low, fact.high))
    return drawn


def _short(row: Mapping[str, str], fact: Fact) -> str:
    """A group as a row names it; its years and its medicines stand in the table."""
    group = "" if row["group"] == "all" else f", {row['group'].split(' (')[0].split(',')[0]}"
    return f"{row['cohort'].split(',')[0]}{group}{_step(row)}{_clock(fact)}"


def _milestone_table(rows: list[FactRow]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Group": milestone.row["cohort"],
            "Years of the group": milestone.row["era"] or "not stated",
            "Who": milestone.row["group"],
            "Step": milestone.row["milestone"],
            "Years (median)": number(milestone.fact.value),
            "Interval": milestone.fact.bounds or "none given",
            "Medicines": milestone.row["treatment_era"],
            "Source": milestone.fact.attribution,
            "Note": milestone.row["note"],
            **milestone.fact.raw,
        }
        for milestone in rows
    )
    return with_scope(table, [milestone.fact for milestone in rows])


def als_pace(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """ALSFRS-R points lost over a year at the average pace and at the ends of the range of 95% of people."""
    rows = plotted(plots, facts, "als-pace")
    fact = rows[0].fact
    paces = {"low": fact.low, "mean": fact.value, "high": fact.high}
    text = chart_text(
        "als-pace",
        decide("all", some=fact.low < HARDLY),
        **{name: number(pace) for name, pace in paces.items()},
        **{f"{name}_rounded": for_reading(pace) for name, pace in paces.items()},
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _paces(fact, text),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _paces(fact: Fact, text: ChartText) -> dict[str, Any]:
    """The range of paces as a fan from one point."""
    ends = [{"x": month, "value": fact.value, "low": fact.low, "high": fact.high} for month in (0, A_YEAR)]
    lost = {"least": "datum.x * datum.low", "usual": "datum.x * datum.value", "most": "datum.x * datum.high"}
    base = alt.Chart(pd.DataFrame(ends)).transform_calculate(**lost)
    months = (0, 3, 6, 9, A_YEAR)
    bottom = A_YEAR * fact.high * ROOM_BELOW
    points = range(0, int(bottom), POINTS_STEP)
    plane = Plane(
        (0, A_YEAR), months, text.axis, (bottom, -A_YEAR * fact.high * ROOM_ABOVE), points, text["vertical-axis"]
    )
    said = [
        Words(text["edge-low"], A_YEAR * fact.low, -LINE_OF_WORDS),
        Words(text["edge-mean"], A_YEAR * fact.value, LINE_OF_WORDS + 4),
        Words(text["edge-high"], A_YEAR * fact.high, LINE_OF_WORDS),
    ]
    layers = [
        over_time.band(base, plane, ("least", "most"), 0.25, theme.ALS),
        over_time.line(base, plane, "usual", theme.ALS),
    ]
    return over_time.finished([*layers, *over_time.right_words(plane, said)])


def als_plateaus(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of trial participants with ALS whose score did not fall over 6, 12 and 18 months."""
    rows = plotted(plots, facts, "als-plateaus")
    first = rows[0]
    text = chart_text(
        "als-plateaus",
        first=for_reading(first.fact.value),
        first_label=first.label,
        rows=", ".join(f"{number(row.fact.value)}% {row.label}" for row in rows),
    )
    shown = [Column(row.label, row.fact.condition, row.fact.value, row.fact.brief) for row in rows]
    return Figure.of_text(
        text,
        build_spec=lambda: columns.chart(shown, text.axis, PLATEAU_TICKS),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


MS_MILESTONES = ChartDefinition(
    "ms-milestones",
    ms_milestones,
    ("milestones", "facts"),
    Options("step", tuple(STEPS)),
)
ALS_PACE = ChartDefinition("als-pace", als_pace, ("plots", "facts"))
ALS_PLATEAUS = ChartDefinition("als-plateaus", als_plateaus, ("plots", "facts"))
