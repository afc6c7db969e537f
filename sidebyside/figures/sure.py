"""Figures of how sure anyone can be: who counts as having mild MS, and how often it stays mild."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

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
    return Figure(
        id="mild-or-severe",
        title=f"Who counts as having mild MS? From {number(min(ends))}% to {number(max(ends))}%, by definition",
        draw=lambda: chart(headed(rows, figure_of), Axis("% of people with MS", stems=False, ticks=PERCENT_TICKS)),
        table=facts_table(rows, "What was counted"),
        alt=f"Share of people with MS by what was counted. {said(rows)}.",
        how_to_read=(
            "Each row is one definition. A mark is the share in one study; a line without a mark is the range in a "
            "review. The EDSS rates how MS limits a person: a low score means few limits, and at 6 a walking aid is "
            "needed. Doctors call mild MS benign, and MS that is severe early on aggressive."
        ),
        caveats=(
            "The studies count different people: some only those ill for a long time, one everyone it began with, "
            "one only people whose first attack became MS.",
            "A low EDSS is mostly about walking. Tiredness, mood, thinking and work can still be hard.",
            "The lowest share is an estimate: not everyone was examined. It does not count anyone who ever took a drug "
            "that changes the course of MS.",
            "None of these shares says how MS will be for one person.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def still_mild(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of people with mild MS ten years on whose MS was mild at twenty, by how mild it was, in percent."""
    rows = plotted(plots, facts, "still-mild")
    shares = [row.fact.value for row in rows]
    spread = f"{number(min(shares))}% to {number(max(shares))}%"
    rises = all(earlier < later for earlier, later in itertools.pairwise(shares))
    return Figure(
        id="still-mild",
        title=(
            f"At one clinic, the milder MS was at ten years, the more often it was mild at twenty: {spread}"
            if rises
            else f"At one clinic, of people with mild MS at ten years, {spread} still had mild MS at twenty"
        ),
        draw=lambda: chart(headed(rows, figure_of), Axis("% still mild at twenty years", ticks=PERCENT_TICKS)),
        table=facts_table(rows, "Score at ten years"),
        alt=f"Share of people at one clinic whose MS was still mild at twenty years, by score at ten. {said(rows)}.",
        how_to_read=(
            "Each mark is the share whose EDSS was still 3 or less twenty years after MS began. The first row holds "
            "all whose score was 3 or less at ten years; the others are those of them whose score was lower still."
        ),
        caveats=(
            "One clinic looked back at its own records, and only people examined at both times count.",
            "The EDSS is mostly about walking: mild here does not mean free of tiredness or of changes in thinking.",
            "A share of a group is not a forecast for one person.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _height(row: PlottedFact) -> tuple[bool, float]:
    """Where a row stands: single studies before ranges, each from the lowest up."""
    return math.isnan(row.fact.value), max(row.fact.ends)


MILD_OR_SEVERE = Recipe("mild-or-severe", mild_or_severe, ("plots", "facts"))
STILL_MILD = Recipe("still-mild", still_mild, ("plots", "facts"))
