"""Figures of the course page: years to disability milestones in MS, pace and plateaus in ALS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import (
    Choice,
    Recipe,
)
from sidebyside.figures.drawn import DETAILS, FactRow, facts_table, plotted, rows_with_facts, scoped, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, Row, chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact

STEPS: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "edss-6": ("EDSS 6: needs a walking aid", ("DSS 6", "EDSS 6"), "needed a walking aid"),
    "edss-4": ("EDSS 4: walking distance is limited", ("DSS 4", "EDSS 4"), "could walk only a limited distance"),
    "edss-7": ("EDSS 7: mostly uses a wheelchair", ("DSS 7", "EDSS 7"), "mostly used a wheelchair"),
    "edss-2-3-5": ("EDSS 2, 3 and 5", ("EDSS 2", "EDSS 3", "EDSS 5"), "had reached one of the steps 2, 3 and 5"),
    "progression": ("Secondary progression", ("secondary progression",), "had slow worsening after relapses"),
}


PROGRESSIVE = frozenset({"progressive onset", "primary progressive"})

A_YEAR = 12
PACE_WORDS_ROOM = 2.0
PACE_HEIGHT = 9

USUAL_START = "the start of MS"
SECOND_RELAPSE = "the second relapse"


def _milestone_rows(milestones: pd.DataFrame, facts: Mapping[str, Fact], step: str) -> list[FactRow]:
    chosen = milestones[milestones["milestone"].isin(STEPS[step][1])].sort_values(["era_order", "milestone"])
    return rows_with_facts(chosen, facts)


def ms_milestones(milestones: pd.DataFrame, facts: Mapping[str, Fact], *, step: str) -> Figure:
    """Median years to one step of the disability scale in MS, every cohort, oldest first.

    ``step`` is a key of `STEPS`. DSS is the older form of the EDSS and is drawn under the same step.
    """
    rows = _milestone_rows(milestones, facts, step)
    return Figure(
        id="ms-milestones",
        title=_milestones_title([milestone.fact for milestone in rows], STEPS[step][2]),
        draw=lambda: chart(_milestone_marks(rows), Axis(title="years until half of the group had reached it")),
        table=_milestone_table(rows),
        alt=f"Median years, oldest group first: {_milestones_said(rows)}.",
        how_to_read=(
            "Each mark is one group of people: half had reached the step by then, half had not. Oldest group first, "
            "newest last. A longer line means that it took longer."
        ),
        caveats=(
            "The groups differ in age, in kind of MS and in how the step was judged. Alone, the years show no trend.",
            "The older groups fell ill before there were medicines. Some groups hold all kinds of MS, some only one.",
            "A median tells about a group. It cannot tell what will happen to one person.",
            "Where the source gives no interval, none is drawn. Where it does not say from when it counts, we say so.",
        ),
        source_ids=used_sources(milestone.fact for milestone in rows),
        details=("Medicines", "Note"),
    )


def _milestones_title(facts: list[Fact], words: str) -> str:
    """The spread of the groups, with those whose MS was progressive from the start told apart, and other clocks."""
    later = [fact.value for fact in facts if fact.counted_from == SECOND_RELAPSE]
    if later:
        first = [fact.value for fact in facts if fact.counted_from != SECOND_RELAPSE]
        return (
            f"In relapsing MS, half of a group had slow worsening {_spread(first)} after its start, or "
            f"{_spread(later)} after the second relapse"
        )
    slow = [fact.value for fact in facts if fact.group in PROGRESSIVE]
    others = [fact.value for fact in facts if fact.group not in PROGRESSIVE]
    title = f"Half of each group with MS {words} after {_spread(others)}"
    return f"{title}; if progressive from the start, {_after(slow)}" if slow else title


def _spread(years: list[float]) -> str:
    return " to ".join(dict.fromkeys((number(min(years)), number(max(years))))) + " years"


def _after(years: list[float]) -> str:
    return f"after {_spread(years)}" if max(years) else "at once"


def _milestones_said(rows: list[FactRow]) -> str:
    return "; ".join(f"{_who(milestone.row)} {number(milestone.fact.value)}" for milestone in rows)


def _who(row: Mapping[str, str]) -> str:
    group = "" if row["group"] == "all" else f", {row['group']}"
    era = f", {row['era']}" if row["era"] else ""
    return f"{row['cohort']}{era}{group}{_step(row)}"


def _clock(fact: Fact) -> str:
    """Where the years begin, said wherever that is not the start of MS."""
    return "" if fact.counted_from == USUAL_START else f", from {fact.counted_from}"


def _step(row: Mapping[str, str]) -> str:
    """The step of the scale, said only where one choice shows several."""
    return f", {row['milestone']}" if row["milestone"] in STEPS["edss-2-3-5"][1] else ""


def _milestone_marks(rows: list[FactRow]) -> list[Row]:
    drawn: list[Row] = []
    for milestone in rows:
        drawn.append(Row(_short(milestone.row, milestone.fact)))
        fact = milestone.fact
        drawn.append(Row(f"{number(fact.value)} years", fact.condition, fact.value, fact.low, fact.high))
    return drawn


def _short(row: Mapping[str, str], fact: Fact) -> str:
    group = "" if row["group"] == "all" else f", {row['group'].split(' (')[0]}"
    place, era = row["cohort"].split(",")[0], row["era"] or "years not stated"
    return f"{place}, {era}{group}{_step(row)}{_clock(fact)} ({row['treatment_era']})"


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
    return scoped(table, [milestone.fact for milestone in rows])


def als_pace(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """ALSFRS-R points lost over a year at the average pace and at the ends of the range of 95% of people."""
    rows = plotted(plots, facts, "als-pace")
    fact = rows[0].fact
    low, mean, high = number(fact.low), number(fact.value), number(fact.high)
    return Figure(
        id="als-pace",
        title=f"ALS moves at very different speeds: 95% of the people studied lost {low} to {high} points a month",
        draw=lambda: _paces(fact),
        table=facts_table(rows, "What"),
        alt=(
            f"People with ALS lost {mean} points of the ALSFRS-R a month on average; 95% of them lay between {low} and "
            f"{high} points a month."
        ),
        how_to_read=(
            "The ALSFRS-R asks twelve questions about daily life. Each line falls as fast as one pace, over a year. Of "
            "every hundred people, ninety-five lose points at a pace inside the shaded fan. The middle line is the "
            "average."
        ),
        caveats=(
            "The fan shows how much people differ. It is not a margin of error, and not a forecast for anyone.",
            "The lines are straight only to show a pace. Loss need not be steady: it can be faster at first, and there "
            "are flat stretches.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _paces(fact: Fact) -> dict[str, Any]:
    """The range of paces as a fan from one point."""
    ends = [{"month": month, "value": fact.value, "low": fact.low, "high": fact.high} for month in (0, A_YEAR)]
    lost = {
        "least": "datum.month * datum.low",
        "usual": "datum.month * datum.value",
        "most": "datum.month * datum.high",
    }
    base = alt.Chart(pd.DataFrame(ends)).transform_calculate(**lost)
    months = [0.0, 3.0, 6.0, 9.0, float(A_YEAR)]
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, A_YEAR * PACE_WORDS_ROOM], nice=False),
        axis=theme.axis("months", months),
    )
    y = alt.Scale(reverse=True, nice=False, domain=[0, A_YEAR * fact.high * 1.08])
    points = theme.axis("points of the ALSFRS-R lost")
    colour = theme.ALS.colour
    layers = [
        base.mark_area(color=colour, opacity=0.2).encode(x=x, y=alt.Y("least:Q", scale=y, axis=points), y2="most:Q"),
        base.mark_line(color=colour, strokeWidth=3).encode(x=x, y=alt.Y("usual:Q", scale=y)),
    ]
    for field, value in (("least", fact.low), ("usual", fact.value), ("most", fact.high)):
        end = base.transform_filter(f"datum.month == {A_YEAR}").encode(x=x, y=alt.Y(f"{field}:Q", scale=y))
        layers.append(theme.words(end, align="left", dx=6).encode(text=alt.value(f"{number(value)} a month")))
    return theme.finished(alt.layer(*layers), PACE_HEIGHT)


def als_plateaus(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of trial participants with ALS whose score did not fall over 6, 12 and 18 months."""
    rows = plotted(plots, facts, "als-plateaus")
    drawn = [
        row
        for shown in rows
        for row in (
            Row(f"No decline {shown.label}"),
            Row(f"{number(shown.fact.value)}%", shown.fact.condition, shown.fact.value),
        )
    ]
    said = [f"{number(row.fact.value)}% {row.label}" for row in rows]
    return Figure(
        id="als-plateaus",
        title=(
            f"Flat stretches happen in ALS: in drug trials, {said[0].replace('% ', '% had no decline ')}, {said[-1]}"
        ),
        draw=lambda: chart(drawn, Axis(title="% of people in trials", ticks=PERCENT_TICKS)),
        table=facts_table(rows, "No decline"),
        alt=f"Share of people with ALS in drug trials whose score did not fall: {', '.join(said)}.",
        how_to_read="Each mark is the share of people whose score did not fall over that time. All others lost points.",
        caveats=(
            "These are people who joined drug trials and were followed for that long, not everyone with ALS.",
            "A flat stretch does not mean that the illness has stopped.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


MS_MILESTONES = Recipe(
    "ms-milestones",
    ms_milestones,
    ("milestones", "facts"),
    Choice("step", tuple(STEPS)),
)
ALS_PACE = Recipe("als-pace", als_pace, ("plots", "facts"))
ALS_PLATEAUS = Recipe("als-plateaus", als_plateaus, ("plots", "facts"))
