"""How MS and ALS begin: kinds of start, the time between relapses, where ALS begins."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sidebyside.charts.course.subtypes import IN_WORDS
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, Row, chart
from sidebyside.charts.plotted import plotted, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

ALL_PEOPLE = 100
PROGRESSIVE, RELAPSES = "progressive", "relapses"
STARTS = (PROGRESSIVE, RELAPSES)
PLACE, FORMS = "place", "forms"
BEGINNINGS = (PLACE, FORMS)
# Groups of figures: who has ALS that began in an arm or leg, or that form of it.
LIMB = "limb onset"
FLAIL_ARM = "flail arm"
FORMS_TICKS = (0, 5, 10)


def ms_start(plots: pd.DataFrame, facts: Mapping[str, Fact], *, start: str) -> Figure:
    """Share of people whose MS is progressive from the start, or starts with relapses, by group studied, in %.

    ``start`` is one of `STARTS`: each share stands as its source gives it, never as the rest of the other.
    """
    rows = plotted(plots, facts, "ms-start", start)
    shares = [row.fact.value for row in rows]
    text = chart_text(
        "ms-start",
        start,
        decide("some", most=min(shares) > ALL_PEOPLE / 2),
        low=number(min(shares)),
        high=number(max(shares)),
        rows=_in_words(rows),
    )
    return _grouped(text, rows, PERCENT_TICKS)


def _grouped(text: ChartText, rows: list[PlottedFact], ticks: tuple[float, ...]) -> Figure:
    """Shares of people, in percent, under the groups studied."""
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_by_group(rows), Axis(title=text.axis, ticks=ticks)),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _in_words(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}, {row.fact.figure}" for row in rows)


def als_start(plots: pd.DataFrame, facts: Mapping[str, Fact], *, part: str) -> Figure:
    """Share of people with ALS by the part of the body where it began, or by rarer form, by group studied, in %.

    ``part`` is one of `BEGINNINGS`.
    """
    rows = plotted(plots, facts, "als-start", part)
    text = chart_text("als-start", part, _how_often(rows), **_als_values(rows, part), rows=_in_words(rows))
    return _grouped(text, rows, FORMS_TICKS if part == FORMS else PERCENT_TICKS)


def _how_often(rows: list[PlottedFact]) -> str:
    """Whether a limb is where ALS begins most often, in whatever group."""
    limb = [row.fact.value for row in rows if row.fact.group == LIMB]
    others = [row.fact.value for row in rows if row.fact.group != LIMB]
    return decide("often", most_often=bool(limb) and min(limb) > max(others))


def _als_values(rows: list[PlottedFact], part: str) -> dict[str, str]:
    if part == FORMS:
        arm = [row.fact.value for row in rows if row.fact.group == FLAIL_ARM]
        return {"low": number(min(arm)), "high": number(max(arm)), "clinics": IN_WORDS[len(arm)]}
    limb = [row for row in rows if row.fact.group == LIMB]
    return {"groups": ", ".join(f"{row.fact.figure} ({_lower(_group(row))})" for row in limb)}


def _lower(words: str) -> str:
    """Words with a small first letter, where they do not begin with letters that stand for words."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _by_group(rows: list[PlottedFact]) -> list[Row]:
    """Each group or form as a heading, and below it its marks with the part of the body, or the clinic."""
    drawn: list[Row] = []
    for group, part in itertools.groupby(rows, _group):
        drawn.append(Row(group))
        drawn += [Row(_beside(row), row.fact.condition, row.fact.value) for row in part]
    return drawn


def _group(row: PlottedFact) -> str:
    """The heading: what stands before the colon of a label."""
    return row.label.partition(": ")[0]


def _beside(row: PlottedFact) -> str:
    """The figure with what stands behind the heading: the part of the body, the clinic, the kind of start."""
    return f"{row.fact.figure} {row.label.partition(': ')[2]}".rstrip()


MS_START = ChartDefinition("ms-start", ms_start, ("plots", "facts"), Options("start", STARTS))
ALS_START = ChartDefinition("als-start", als_start, ("plots", "facts"), Options("part", BEGINNINGS))
