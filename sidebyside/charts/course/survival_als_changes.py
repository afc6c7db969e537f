"""What is linked with longer life in ALS: trials, and groups that were compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.charts.course.survival_shared import NEEDS, as_text, notes
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.forms.interval_rows import Axis, figure_in_rows, figure_text, ratio_axis, value_of
from sidebyside.charts.plotted import plotted
from sidebyside.content.chart_text import chart_text, decide, options
from sidebyside.data.formatting import for_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import Case
    from sidebyside.data.facts import Fact

STRENGTHS = ("trials", "compared")
MONTHS, RATIO, MASK = "months", "ratio", "mask"
MEASURES = (MONTHS, RATIO, MASK)
MEASURE_TICKS: Mapping[str, tuple[float, ...]] = {
    MONTHS: (0, 6, 12, 18),
    RATIO: (0.5, 0.75, 1),
    MASK: (0, 12, 24),
}


def what_changes_als(plots: pd.DataFrame, facts: Mapping[str, Fact], *, measure: str) -> Figure:
    """What is linked with longer life in ALS, randomised trials first, then groups that were compared.

    ``measure`` is one of `MEASURES`; measures in different units never share an axis.
    """
    trials, compared = (
        plotted(plots, facts, "what-changes-als", f"{measure}-{key}", needed=False) for key in STRENGTHS
    )
    named = chart_text("what-changes-als")
    rows = [
        row._replace(label=f"{named[key]}: {row.label}")
        for key, part in zip(STRENGTHS, (trials, compared), strict=True)
        for row in part
    ]
    found, values = _FOUND[measure](trials, compared)
    text = chart_text(
        "what-changes-als",
        measure,
        found,
        decide("no_trials", trials=bool(trials)),
        measure=options("what-changes-als")[measure],
        rows=as_text(rows),
        **values,
        **notes(rows),
    )
    ticks = MEASURE_TICKS[measure]
    axis = ratio_axis(text.axis, ticks) if measure == RATIO else Axis(text.axis, ticks=ticks)
    return figure_in_rows(text, rows, axis, value_of if measure == RATIO else figure_text)


def _ratios(trials: list[PlottedFact], compared: list[PlottedFact]) -> tuple[Case, dict[str, str]]:
    drug, team = trials[0].fact.value, compared[0].fact.value
    return decide("not_both_longer", both_longer=max(drug, team) < 1), {}


def _months(trials: list[PlottedFact], compared: list[PlottedFact]) -> tuple[Case, dict[str, str]]:
    drug = trials[0].fact.value
    more = min(end for row in compared for end in row.fact.ends) > drug
    return decide("not_all_more", more=more), {"drug": for_reading(drug)}


def _masks(_trials: list[PlottedFact], compared: list[PlottedFact]) -> tuple[Case, dict[str, str]]:
    with_mask, without = (row.fact.value for row in compared)
    found = decide("not_longer", longer=with_mask > without)
    return found, {}


_FOUND = {RATIO: _ratios, MONTHS: _months, MASK: _masks}
WHAT_CHANGES = ChartDefinition("what-changes-als", what_changes_als, NEEDS, Options("measure", MEASURES))
