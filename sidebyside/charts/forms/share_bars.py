"""Shares of a whole as bars of one length: a group's bar is filled as far as its share goes, the rest left pale.

Where a group is told in several parts, they stand in one bar, the fuller the first; what a part is stands in a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import fact_tables, plotted, theme
from sidebyside.charts.fact_tables import DETAILS
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import gutter
from sidebyside.charts.forms.gutter import EDGE, GAP, WORD_LETTER, Gutter, Line
from sidebyside.data.formatting import for_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import ChartText

WHOLE: Final = 100
TICKS: Final = (0, 25, 50, 75, 100)
BAR: Final = 18
# How full the colour of the first, second, ... part is.
DEPTHS: Final = (0.8, 0.5, 0.26, 0.72, 0.38, 0.16)
# On these words are dark in both themes; on paler ones they have the page's ink.
FULL: Final = 0.7
ON_FULL_COLOUR: Final = "#12161D"
INSIDE: Final = 6


class Part(NamedTuple):
    """A share in percent of whom its bar counts, and which part of the key it is (0 is the first)."""

    share: float
    condition: str
    kind: int = 0


class Bar(NamedTuple):
    """A group with its parts; a heading over other bars has none."""

    name: str
    parts: tuple[Part, ...] = ()


def chart(bars: Sequence[Bar], title: str, key: Sequence[str] = ()) -> dict[str, Any]:
    """The bars as a finished Vega-Lite specification; ``key`` names the parts where bars have several."""
    place = Gutter([*(Line(name) for name in key), *(Line(bar.name, heading=not bar.parts) for bar in bars)])
    frame = pd.DataFrame([*_key(key, bars, place), *_segments(bars, place, len(key)), *place.rows()])
    base = gutter.base()
    x = _scale(place)
    drawn = [*place.names(base), _rest(base, x), _parts(base, x, title), *_inside(base, x), *_beside(base, x)]
    if key:
        drawn.append(_swatches(base, place))
    layered = alt.layer(*drawn, data=frame).transform_calculate(**gutter.by_middle())
    return theme.finished(layered, len(place.lines), height=place.height(theme.axis_room(title)))


def figure_of_shares(
    text: ChartText, rows: list[PlottedFact], bars: Sequence[Bar] = (), key: Sequence[str] = ()
) -> Figure:
    """A figure of shares in percent: each row a bar of its own, unless ``bars`` says how they stand together.

    Raises:
        DataError: a text is missing or damaged.
    """
    alone = [Bar(row.label, (Part(row.fact.value, row.fact.condition),)) for row in rows]
    return Figure.of_text(
        text,
        build_spec=lambda: chart(bars or alone, text.axis, key),
        table=fact_tables.facts_table(rows, text.heading),
        source_ids=plotted.used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _scale(place: Gutter) -> alt.Scale:
    start = f"{place.width} + {GAP // 2}"
    return alt.Scale(domain=[0, WHOLE], range=[alt.ExprRef(start), alt.ExprRef(f"width - {EDGE}")], nice=False)


def _key(key: Sequence[str], bars: Sequence[Bar], place: Gutter) -> list[dict[str, Any]]:
    conditions = {part.kind: part.condition for bar in bars for part in bar.parts}
    return [
        {**place.middle(n), "condition": conditions.get(n, ""), "role": "key", "depth": DEPTHS[n], "words": ""}
        for n in range(len(key))
    ]


def _segments(bars: Sequence[Bar], place: Gutter, before: int) -> list[dict[str, Any]]:
    found = []
    for n, bar in enumerate(bars):
        start = 0.0
        for part in bar.parts:
            words = f"{for_reading(part.share)}%"
            ends = {"start": round(start, 4), "end": round(start + part.share, 4), "value": part.share}
            look = {"depth": DEPTHS[part.kind], "dark": DEPTHS[part.kind] >= FULL, "need": len(words) * WORD_LETTER}
            role = {"role": "part" if len(bar.parts) > 1 else "alone", "words": words, "condition": part.condition}
            found.append({**place.middle(before + n), **ends, **look, **role})
            start += part.share
    return found


def _of(base: alt.Chart, *roles: str) -> alt.Chart:
    drawn: alt.Chart = base.transform_filter(" || ".join(f"datum.role == '{role}'" for role in roles))
    return drawn


def _rest(base: alt.Chart, x: alt.Scale) -> alt.Chart:
    """The whole length of a bar, pale: what is not filled counts too."""
    whole = _of(base, "part", "alone").mark_rule(strokeWidth=BAR, color=theme.NEUTRAL, opacity=0.14, aria=False)
    ends: Any = {"x": alt.XDatum(0, scale=x), "x2": alt.X2Datum(WHOLE)}
    drawn: alt.Chart = whole.encode(**ends)
    return drawn


def _parts(base: alt.Chart, x: alt.Scale, title: str) -> alt.Chart:
    axis = theme.axis(title, TICKS, labelFlush=True, titleAnchor="end")
    filled = _of(base, "part", "alone").mark_bar(height=BAR, aria=False)
    # A pixel between two parts of one bar, whatever the colour of the page.
    drawn: alt.Chart = filled.encode(
        x=alt.X("start:Q", scale=x, axis=axis),
        x2=alt.X2("end:Q"),
        color=theme.colour(),
        opacity=alt.Opacity("depth:Q", scale=None, legend=None),
        tooltip=alt.Tooltip("words:N", title=" "),
    )
    return drawn


def _inside(base: alt.Chart, x: alt.Scale) -> list[alt.Chart]:
    """The share of each part inside it, where there is room."""
    fits = f"(scale('x', datum.end) - scale('x', datum.start)) > datum.need + {INSIDE} ? 1 : 0"
    drawn = []
    for dark in (True, False):
        own = _of(base, "part").transform_filter(f"datum.dark == {str(dark).lower()}")
        look = {"color": ON_FULL_COLOUR} if dark else {}
        words = theme.words(own, align="left", dx=INSIDE - 2, fontWeight="bold", opacity=alt.ExprRef(fits), **look)
        drawn.append(words.encode(x=alt.X("start:Q", scale=x), text=alt.Text("words:N")))
    return drawn


def _beside(base: alt.Chart, x: alt.Scale) -> list[alt.Chart]:
    """The share of a bar of one part: right of it, or inside at its end where the bar is nearly whole."""
    drawn = []
    sides = {"datum.end <= 70": ("left", INSIDE, {}), "datum.end > 70": ("right", -INSIDE, {"color": ON_FULL_COLOUR})}
    for test, (align, dx, look) in sides.items():
        own = _of(base, "alone").transform_filter(test)
        words = theme.words(own, align=align, dx=dx, fontWeight="bold", **look)
        drawn.append(words.encode(x=alt.X("end:Q", scale=x), text=alt.Text("words:N")))
    return drawn


def _swatches(base: alt.Chart, place: Gutter) -> alt.Chart:
    start: Any = alt.value(alt.ExprRef(f"{place.width} + {GAP}"))
    marks = _of(base, "key").mark_point(shape="square", filled=True, size=theme.MARK_SIZE, aria=False)
    drawn: alt.Chart = marks.encode(
        x=start, color=theme.colour(), opacity=alt.Opacity("depth:Q", scale=None, legend=None)
    )
    return drawn
