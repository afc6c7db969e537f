"""Repair and scar in MS: how much myelin comes back, and how many fibres are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import Axis, figure_in_rows
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import number, span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.data.facts import Fact

PERCENT = (0, 20, 40, 60, 80, 100)
A_MARK = 10
CUT_TICKS = (1, 100, 10_000)
CUT_FLOOR = 0.2


def remyelination(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """How many people with MS had wide repair of myelin, and how much of their lesions had mended (%)."""
    rows = plotted(plots, facts, "remyelination")
    people, area = (row.fact for row in rows)
    share, extent = f"{number(people.value)}%", f"{span(area.low, area.high)}%"
    text = chart_text("remyelination", share=share, extent=extent, a_mark=str(A_MARK))
    return Figure.of_text(
        text,
        build_spec=lambda: _repair_chart(rows, text.axis),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _repair_chart(rows: list[PlottedFact], title: str) -> dict[str, Any]:
    """A heading over each row: people as marks, then the span of their damaged area, in percent."""
    scale = alt.Scale(domain=[0, 100], nice=False)
    base = alt.Chart().encode(y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0)))
    heads = theme.words(base.transform_filter("isValid(datum.words)"), align="left", fontWeight="bold", dy=4)
    left = alt.XValue(0)  # type: ignore[no-untyped-call]
    marks = base.transform_filter("isValid(datum.place)").mark_point(size=theme.MARK_SIZE, opacity=1)
    axis = theme.axis(title, PERCENT)
    area = base.transform_filter("isValid(datum.low)")
    whole = area.mark_rule(strokeWidth=10, opacity=0.3, color=theme.NEUTRAL)
    mended = area.mark_rule(strokeWidth=10).encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q"))
    layers = [
        heads.encode(x=left, text=alt.Text("words:N")),
        whole.encode(x=alt.X(datum=0, scale=scale), x2=alt.X2Datum(100)),
        mended.encode(color=theme.colour()),
        marks.encode(
            x=alt.X("place:Q", scale=scale, axis=axis),
            color=theme.colour(),
            shape=theme.shape(),
            fill=alt.Fill("filled:N", scale=None),
        ),
    ]
    return theme.finished(alt.layer(*layers, data=_repair_rows(rows)), 2 * len(rows))


def _repair_rows(rows: list[PlottedFact]) -> pd.DataFrame:
    (who, what), (people, area) = ([row.label for row in rows], [row.fact for row in rows])
    ms = theme.MS
    marks = [
        {"row": 1, "condition": ms.key, "place": place, "filled": ms.colour if place <= people.value else "none"}
        for place in range(A_MARK // 2, 100, A_MARK)
    ]
    said = {"row": 0, "words": f"{who}: {number(people.value)}%", "condition": "", "value": people.value}
    over = {"row": 2, "words": f"{what}: {span(area.low, area.high)}%", "condition": ""}
    mended = {"row": 3, "condition": ms.key, "low": area.low, "high": area.high}
    return pd.DataFrame([said, *marks, over, mended])


def cut_axons(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Cut nerve fibres by stage of a lesion, and in brains without disease, per cubic millimetre."""
    rows = plotted(plots, facts, "cut-axons")
    by_count = sorted((row.fact.ends[-1], _inside(row.label)) for row in rows)
    text = chart_text(
        "cut-axons",
        most=by_count[-1][1],
        rows="; ".join(f"{row.label}: {_many(row.fact)}" for row in rows),
    )
    axis = Axis(text.axis, log=True, stems=False, ticks=CUT_TICKS, floor=CUT_FLOOR)
    return figure_in_rows(
        text,
        rows,
        axis,
        _many,
        table=facts_table(rows, text.heading).replace({"Disease": {theme.HEALTHY.key: theme.HEALTHY.name}}),
    )


def _many(fact: Fact) -> str:
    return f"fewer than {number(fact.high)}" if fact.value != fact.value else number(fact.value)


def _inside(words: str) -> str:
    """Words as they stand inside a sentence; a name in capitals stays."""
    return words if words[:2].isupper() else words[0].lower() + words[1:]


REMYELINATION = ChartDefinition("remyelination", remyelination, ("plots", "facts"))
CUT_AXONS = ChartDefinition("cut-axons", cut_axons, ("plots", "facts"))
