"""How MS and ALS begin: kinds of start, the time between relapses, where ALS begins."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.forms import share_bars
from sidebyside.charts.forms.interval_rows import Axis, figure_in_rows
from sidebyside.charts.forms.share_bars import Bar, Part
from sidebyside.charts.plotted import plotted
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import for_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.charts.plotted import PlottedFact
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
        low=for_reading(min(shares)),
        high=for_reading(max(shares)),
        rows=_in_words(rows),
    )
    return share_bars.figure_of_shares(text, rows, _starts(rows))


def _starts(rows: list[PlottedFact]) -> list[Bar]:
    """A bar for each group; what it counted is said only where that is not what most of them did."""
    kinds = [row.label.partition(": ")[2] for row in rows]
    usual = max(kinds, key=kinds.count)
    names = [_group(row) if kind == usual else row.label for row, kind in zip(rows, kinds, strict=True)]
    return [Bar(name, (Part(row.fact.value, row.fact.condition),)) for name, row in zip(names, rows, strict=True)]


def _places(rows: list[PlottedFact]) -> tuple[list[Bar], list[str]]:
    """A bar for each group with the parts of the body where ALS began, and the parts for the key."""
    kinds = list(dict.fromkeys(row.fact.group for row in rows))
    named = {row.fact.group: _part(row) or row.fact.group for row in reversed(rows)}
    return [
        Bar(group, tuple(Part(row.fact.value, row.fact.condition, kinds.index(row.fact.group)) for row in part))
        for group, part in itertools.groupby(rows, _group)
    ], [named[kind] for kind in kinds]


def _part(row: PlottedFact) -> str:
    """What stands behind the colon of a label: the part of the body, or the clinic."""
    return row.label.partition(": ")[2]


def _in_words(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}, {row.fact.figure}" for row in rows)


def als_start(plots: pd.DataFrame, facts: Mapping[str, Fact], *, part: str) -> Figure:
    """Share of people with ALS by the part of the body where it began, or by rarer form, by group studied, in %.

    ``part`` is one of `BEGINNINGS`.
    """
    rows = plotted(plots, facts, "als-start", part)
    text = chart_text("als-start", part, _how_often(rows), **_als_values(rows, part), rows=_in_words(rows))
    if part == FORMS:
        return figure_in_rows(text, rows, Axis(text.axis, ticks=FORMS_TICKS))
    bars, key = _places(rows)
    return share_bars.figure_of_shares(text, rows, bars, key)


def _how_often(rows: list[PlottedFact]) -> str:
    """Whether a limb is where ALS begins most often, in whatever group."""
    limb = [row.fact.value for row in rows if row.fact.group == LIMB]
    others = [row.fact.value for row in rows if row.fact.group != LIMB]
    return decide("often", most_often=bool(limb) and min(limb) > max(others))


def _als_values(rows: list[PlottedFact], part: str) -> dict[str, str]:
    if part == FORMS:
        arm = [row.fact.value for row in rows if row.fact.group == FLAIL_ARM]
        return {"high": for_reading(max(arm))}
    limb = [row.fact.value for row in rows if row.fact.group == LIMB]
    return {"low": for_reading(min(limb)), "high": for_reading(max(limb))}


def _group(row: PlottedFact) -> str:
    """The heading: what stands before the colon of a label."""
    return row.label.partition(": ")[0]


MS_START = ChartDefinition("ms-start", ms_start, ("plots", "facts"), Options("start", STARTS))
ALS_START = ChartDefinition("als-start", als_start, ("plots", "facts"), Options("part", BEGINNINGS))
