"""How sure anyone can be: who counts as having mild MS."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, figure_in_rows
from sidebyside.charts.plotted import PlottedFact, as_text, plotted
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import for_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.data.facts import Fact


MILD = "mild"
SEVERE = "severe"


def mild_or_severe(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of people with MS counted as mild (benign) or severe (aggressive), one row a definition, in percent.

    Single studies come first, lowest to highest; then the ranges that reviews give.
    """
    mild, severe = (sorted(plotted(plots, facts, "mild-or-severe", panel), key=_height) for panel in (MILD, SEVERE))
    ends = [end for row in mild for end in row.fact.ends]
    rows = [*mild, *severe]
    text = chart_text("mild-or-severe", high=for_reading(max(ends)), rows=as_text(rows))
    return figure_in_rows(text, rows, Axis(text.axis, stems=False, ticks=PERCENT_TICKS))


def _height(row: PlottedFact) -> tuple[bool, float]:
    """Where a row stands: single studies before ranges, each from the lowest up."""
    return math.isnan(row.fact.value), max(row.fact.ends)


MILD_OR_SEVERE = ChartDefinition("mild-or-severe", mild_or_severe, ("plots", "facts"))
