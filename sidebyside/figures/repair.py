"""Repair and scar in MS: how much myelin comes back, and how many fibres are cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import number, span
from sidebyside.figure import Figure
from sidebyside.figures import Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, headed, plotted, used_sources
from sidebyside.figures.rows import Axis, chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact

PERCENT = (0, 20, 40, 60, 80, 100)
A_MARK = 10
CUT_TICKS = (1, 100, 10_000)
CUT_FLOOR = 0.2
CUT_UNIT = "cut nerve fibres in a cubic millimetre"


def remyelination(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """How many people with MS had wide repair of myelin, and how much of their lesions had mended (%)."""
    rows = plotted(plots, facts, "remyelination")
    people, area = (row.fact for row in rows)
    share, extent = f"{number(people.value)}%", f"{span(area.low, area.high)}%"
    return Figure(
        id="remyelination",
        title=(
            f"Repair differs greatly: in {share} of people with MS studied after death, {extent} of the damage had "
            "mended"
        ),
        draw=lambda: _repair_chart(rows),
        table=facts_table(rows, "What"),
        alt=(
            f"{share} of the people with MS studied after death had wide repair of myelin. In them, {extent} of the "
            "damaged area had mended. The summary gives no figure for the others."
        ),
        how_to_read=(
            f"Above, each round mark stands for {A_MARK} in a hundred people; the filled ones had wide repair. Below, "
            "the thick line shows how much of the damaged area had mended in them, from the least to the most."
        ),
        caveats=(
            "These are findings after death. They cannot say how much repair a living person has.",
            "The summary gives no figure for the others, so none is drawn. That does not mean that they had no repair.",
            "This counts new myelin, not how well a person could move or see.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _repair_chart(rows: list[PlottedFact]) -> dict[str, Any]:
    """A heading over each row: people as marks, then the span of their damaged area, in percent."""
    scale = alt.Scale(domain=[0, 100], nice=False)
    base = alt.Chart().encode(y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0)))
    heads = theme.words(base.transform_filter("isValid(datum.words)"), align="left", fontWeight="bold", dy=4)
    left = alt.XValue(0)  # type: ignore[no-untyped-call]
    marks = base.transform_filter("isValid(datum.place)").mark_point(size=theme.MARK_SIZE, opacity=1)
    axis = theme.axis("% (of people; then of the damaged area)", PERCENT)
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
    said = [f"{row.label}: {_many(row.fact)}" for row in rows]
    by_count = sorted((row.fact.ends[-1], _inside(row.label)) for row in rows)
    return Figure(
        id="cut-axons",
        title=(f"After death, cut nerve fibres were most common in {by_count[-1][1]} and rarest in {by_count[0][1]}"),
        draw=lambda: chart(
            headed(rows, _many),
            Axis(
                title=f"{CUT_UNIT} (log scale)",
                log=True,
                stems=False,
                ticks=CUT_TICKS,
                floor=CUT_FLOOR,
            ),
        ),
        table=facts_table(rows, "Where").replace({"Disease": {theme.HEALTHY.key: theme.HEALTHY.name}}),
        alt=f"{CUT_UNIT.capitalize()}, on average. {'; '.join(said)}.",
        how_to_read=(
            "Each mark is an average. Each number on the axis is a hundred times the one before it. The grey line has "
            "no mark, because the source only says that there were fewer."
        ),
        caveats=(
            "The tissue came from few people and was studied after death. The summary gives no interval.",
            "The lesions belong to different people and were seen once. No lesion was followed over time.",
            "A count of cut fibres cannot say what a person feels or how an illness goes on.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _many(fact: Fact) -> str:
    return f"fewer than {number(fact.high)}" if fact.value != fact.value else number(fact.value)


def _inside(words: str) -> str:
    """Words as they stand inside a sentence; a name in capitals stays."""
    return words if words[:2].isupper() else words[0].lower() + words[1:]


REMYELINATION = Recipe("remyelination", remyelination, ("plots", "facts"))
CUT_AXONS = Recipe("cut-axons", cut_axons, ("plots", "facts"))
