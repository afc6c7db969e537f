"""Figures of the evidence page: how the article's claims stand today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import gutter
from sidebyside.charts.forms.gutter import Gutter, Line
from sidebyside.content.chart_text import chart_text
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.data.sources import Source

# From claim to claim on a line in pixels, at most and with so much of its place filled; and the room after a line.
WIDEST_PLACE = 24
FILLED = 0.8
NUMBER_ROOM = 34


def verdicts(claims: pd.DataFrame, _sources: Mapping[str, Source]) -> Figure:
    """How the article's claims stand: a mark for each claim, on the line of its verdict."""
    counts = {verdict: int((claims["verdict"] == verdict).sum()) for verdict in theme.VERDICTS}
    text = chart_text(
        "verdicts",
        claims=str(len(claims)),
        standing=str(counts["holds"] + counts["holds with detail"]),
        rows=", ".join(f"{verdict} {n}" for verdict, n in counts.items()),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _strip(claims, counts),
        table=pd.DataFrame({text.heading: list(counts), "Claims": [str(n) for n in counts.values()]}),
        source_ids=dict.fromkeys(s for cell in claims["source_ids"] for s in cell.split(";")),
    )


def _strip(claims: pd.DataFrame, counts: Mapping[str, int]) -> dict[str, Any]:
    """A line of marks for each verdict, coloured and shaped by it, its name before and the number after."""
    place = Gutter([Line(verdict) for verdict in counts])
    lines = {verdict: place.middle(n) for n, verdict in enumerate(counts)}
    ordered = claims.sort_values("position")
    marks = [
        {**lines[row["verdict"]], "condition": row["verdict"], "at": at, "claim": row["claim"]}
        for _, group in ordered.groupby("verdict", sort=False)
        for at, row in enumerate(records(group))
    ]
    ends = [{**lines[verdict], "condition": "number", "claims": n} for verdict, n in counts.items()]
    frame = pd.DataFrame([*place.rows(), *marks, *ends])
    longest = max(counts.values())
    line = f"min(width - {place.width} - {NUMBER_ROOM}, {longest * WIDEST_PLACE})"
    room = [alt.ExprRef(place.width), alt.ExprRef(f"{place.width} + {line}")]
    scale = alt.Scale(domain=[-0.5, longest - 0.5], range=room, nice=False, zero=False)
    base = gutter.base()
    layers = [*place.names(base), _marks(base, scale, f"pow({line} / {longest} * {FILLED}, 2)"), _numbers(base, scale)]
    drawn = alt.layer(*layers, data=frame).transform_calculate(**gutter.by_middle())
    return theme.finished(drawn, len(counts), height=place.height(theme.PADDING["bottom"], theme.PADDING["top"]))


def _marks(base: alt.Chart, scale: alt.Scale, size: str) -> alt.Chart:
    names, looks = list(theme.VERDICTS), list(theme.VERDICTS.values())
    colour = alt.Scale(domain=names, range=[colour for colour, _ in looks])
    shape = alt.Scale(domain=names, range=[shape for _, shape in looks])
    marks = base.transform_filter("isValid(datum.at)").mark_point(filled=True, opacity=1, size=alt.ExprRef(size))
    drawn: alt.Chart = marks.encode(
        x=alt.X("at:Q", scale=scale, axis=None),
        color=alt.Color("condition:N", scale=colour, legend=None),
        shape=alt.Shape("condition:N", scale=shape, legend=None),
        tooltip=[alt.Tooltip("claim:N", title=" "), alt.Tooltip("condition:N", title=" ")],
    )
    return drawn


def _numbers(base: alt.Chart, scale: alt.Scale) -> alt.Chart:
    ends = base.transform_filter("isValid(datum.claims)").transform_calculate(end="datum.claims - 0.5")
    words = theme.words(ends, align="left", dx=6, fontWeight="bold")
    drawn: alt.Chart = words.encode(x=alt.X("end:Q", scale=scale, axis=None), text=alt.Text("claims:Q"))
    return drawn


VERDICTS = ChartDefinition("verdicts", verdicts, ("claims", "sources"))
