"""The figure of the way to a diagnosis: how long it takes until ALS is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.forms.interval_rows import Axis, figure_in_rows
from sidebyside.charts.plotted import plotted
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.data.facts import Fact

MONTHS = (0, 6, 12, 18, 24)
FIRST_WRONG, FIRST_RIGHT = "delay-misdiagnosed", "delay-not-misdiagnosed"


def time_to_diagnosis(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Months from the first sign of ALS to its diagnosis, by clinic, and what a wrong first name costs."""
    rows = plotted(plots, facts, "time-to-diagnosis")
    months = [row.fact.value for row in rows if row.fact.fact_id not in (FIRST_WRONG, FIRST_RIGHT)]
    text = chart_text(
        "time-to-diagnosis",
        low=number(min(months)),
        high=number(max(months)),
        rows="; ".join(f"{row.label} {number(row.fact.value)}" for row in rows),
        wrong=number(facts[FIRST_WRONG].value),
        right=number(facts[FIRST_RIGHT].value),
    )
    return figure_in_rows(text, rows, Axis(title=text.axis, ticks=MONTHS))


TIME_TO_DIAGNOSIS = ChartDefinition("time-to-diagnosis", time_to_diagnosis, ("plots", "facts"))
