"""How sure anyone can be: who counts as having mild MS."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sidebyside.chart_text import chart_text
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, figure_of, headed, plotted, said, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.evidence import Fact


MILD = "mild"
SEVERE = "severe"


def mild_or_severe(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of people with MS counted as mild (benign) or severe (aggressive), one row a definition, in percent.

    Single studies come first, lowest to highest; then the ranges that reviews give.
    """
    mild, severe = (sorted(plotted(plots, facts, "mild-or-severe", panel), key=_height) for panel in (MILD, SEVERE))
    ends = [end for row in mild for end in row.fact.ends]
    rows = [*mild, *severe]
    text = chart_text("mild-or-severe", low=number(min(ends)), high=number(max(ends)), rows=said(rows))
    return Figure.of_text(
        text,
        draw=lambda: chart(headed(rows, figure_of), Axis(text.axis, stems=False, ticks=PERCENT_TICKS)),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _height(row: PlottedFact) -> tuple[bool, float]:
    """Where a row stands: single studies before ranges, each from the lowest up."""
    return math.isnan(row.fact.value), max(row.fact.ends)


MILD_OR_SEVERE = Recipe("mild-or-severe", mild_or_severe, ("plots", "facts"))
