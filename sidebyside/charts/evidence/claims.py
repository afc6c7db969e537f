"""Figures of the evidence page: how the article's claims stand today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.content.chart_text import chart_text, decide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.data.sources import Source

WORDS_ROOM = 1.75


def verdicts(claims: pd.DataFrame, _sources: Mapping[str, Source]) -> Figure:
    """How many of the article's claims hold, and how many do not, by verdict."""
    counts = {verdict: int((claims["verdict"] == verdict).sum()) for verdict in theme.VERDICTS}
    standing = counts["holds"] + counts["holds with detail"]
    text = chart_text(
        "verdicts",
        claims=str(len(claims)),
        standing=str(standing),
        with_detail=str(counts["holds with detail"]),
        others=", ".join(_counted(verdict, counts[verdict]) for verdict in ("outdated", "not supported", "disputed")),
        rows=", ".join(f"{verdict} {n}" for verdict, n in counts.items()),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _verdict_chart(counts, text.axis),
        table=pd.DataFrame({text.heading: list(counts), "Claims": [str(n) for n in counts.values()]}),
        source_ids=dict.fromkeys(s for cell in claims["source_ids"] for s in cell.split(";")),
    )


def _counted(verdict: str, claims: int) -> str:
    """How many claims have a verdict, as a part of the title."""
    return chart_text("verdicts", decide("several", one=claims == 1), number=str(claims))[verdict.replace(" ", "-")]


def _verdict_chart(counts: Mapping[str, int], title: str) -> dict[str, Any]:
    frame = pd.DataFrame({"verdict": list(counts), "claims": list(counts.values())})
    frame["words"] = [f"{verdict}: {n}" for verdict, n in counts.items()]
    scale = alt.Scale(domain=list(theme.VERDICTS), range=[colour for colour, _ in theme.VERDICTS.values()])
    room = alt.Scale(domain=[0, frame["claims"].max() * WORDS_ROOM])
    x = alt.X("claims:Q", scale=room, axis=theme.axis(title, [0, 5, 10, 15, 20]))
    base = alt.Chart(frame).encode(y=alt.Y("verdict:N", sort=list(counts), axis=None), x=x)
    bars = base.mark_bar(height=20).encode(color=alt.Color("verdict:N", scale=scale, legend=None))
    words = theme.words(base, align="left", dx=8).encode(text="words:N")
    return theme.finished(alt.layer(bars, words), len(counts), row_height=34)


VERDICTS = ChartDefinition("verdicts", verdicts, ("claims", "sources"))
