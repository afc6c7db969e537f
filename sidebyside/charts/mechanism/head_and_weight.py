"""Head injury and body weight as possible causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import (
    NO_DIFFERENCE,
    chart,
    figure_in_rows,
    ratio_axis,
    value_of,
    with_headings,
)
from sidebyside.charts.mechanism.cause_words import as_text
from sidebyside.charts.plotted import plotted, used_sources
from sidebyside.content.chart_text import chart_text, decide

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.forms.interval_rows import Axis
    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

WEIGHT = (theme.MS.key, theme.ALS.key)


def head_injury(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Odds ratio of ALS after a head injury, by the time between the injury and ALS (meta-analyses)."""
    timed = plotted(plots, facts, "head-injury", "by-time")
    rows = plotted(plots, facts, "head-injury", "any") + timed
    values = [row.fact.value for row in timed]
    text = chart_text(
        "head-injury",
        decide("uneven", fades=values == sorted(values, reverse=True)),
        rows=as_text(rows),
    )
    return figure_in_rows(text, rows, ratio_axis(text.axis, (1, 2, 4)), value_of)


def weight(plots: pd.DataFrame, facts: Mapping[str, Fact], *, disease: str) -> Figure:
    """Overweight and later MS or ALS, each on its own axis; ``disease`` is one of `WEIGHT`.

    Hazard, odds or rate ratios, as each row says. The two were weighed at different ages: never one chart.
    """
    rows = plotted(plots, facts, "weight", disease)
    lined = [row._replace(label=f"{row.label} ({row.fact.unit})") for row in rows]
    text = _weight_text(disease, rows)
    return Figure.of_text(
        text,
        build_spec=lambda: chart(with_headings(lined, value_of), _weight_axis(disease, text.axis)),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _weight_text(disease: str, rows: list[PlottedFact]) -> ChartText:
    """The words of the chart on weight; every interval beyond one makes the link clear."""
    if disease == theme.MS.key:
        clear = decide("unclear", clear=all(row.fact.low > NO_DIFFERENCE for row in rows))
    else:
        clear = decide("unclear", clear=all(row.fact.high < NO_DIFFERENCE for row in rows))
    return chart_text("weight", disease, clear, rows=as_text(rows))


def _weight_axis(disease: str, title: str) -> Axis:
    if disease == theme.MS.key:
        return ratio_axis(title, (1, 2, 4), floor=0.9)
    return ratio_axis(title, (0.6, 0.8, 1))


HEAD_INJURY = ChartDefinition("head-injury", head_injury, ("plots", "facts"))
BODY_WEIGHT = ChartDefinition("weight", weight, ("plots", "facts"), Options("disease", WEIGHT))
