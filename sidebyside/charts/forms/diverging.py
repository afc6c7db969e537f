"""Ratios of two groups as bars from a line at 1 : 1: to the right where the first are more, else to the left."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.forms import gutter
from sidebyside.charts.forms.gutter import EDGE, GAP, WORD_LETTER, Gutter, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

EQUAL: Final = 1.0
BAR: Final = 14
BESIDE: Final = 6
INTERVAL: Final = 2


class Ratio(NamedTuple):
    """A ratio with its name and the words beside its bar; ``low`` and ``high`` are NaN where there is no interval."""

    name: str
    condition: str
    words: str
    value: float
    low: float = math.nan
    high: float = math.nan


def chart(ratios: Sequence[Ratio], title: str, ticks: Sequence[float], sides: tuple[str, str]) -> dict[str, Any]:
    """The bars as a finished Vega-Lite specification, on a logarithmic axis as far to both sides as any bar reaches.

    ``ticks`` are ratios that are named by ``sides``: what it means to stand left, and right, of the line.
    """
    labels = f"datum.value < {EQUAL} ? {json.dumps(sides[0])} : {json.dumps(sides[1])}"
    place = Gutter([Line(each.name) for each in ratios])
    bars = [{**place.middle(n), **each._asdict(), "right": each.value > EQUAL} for n, each in enumerate(ratios)]
    frame = pd.DataFrame([*place.rows(), *bars])
    scale = _scale(ratios, ticks, place)
    base = gutter.base()
    layers = [*place.names(base), *_bars(base, scale, theme.axis(title, ticks, labelExpr=labels)), _middle(scale)]
    layers += [_words(base, scale, right=right) for right in (True, False)]
    drawn = alt.layer(*layers, data=frame).transform_calculate(**gutter.by_middle())
    return theme.finished(drawn, len(ratios), height=place.height(theme.axis_room(title)))


def _scale(ratios: Sequence[Ratio], ticks: Sequence[float], place: Gutter) -> alt.Scale:
    """The scale between the names and the edge, with room at both ends for the longest words beside a bar."""
    known = [each for ratio in ratios for each in (ratio.value, ratio.low, ratio.high) if not math.isnan(each)]
    domain = [min(*ticks, *known), max(*ticks, *known)]
    room = {
        right: max((len(each.words) for each in ratios if (each.value > EQUAL) is right), default=0) * WORD_LETTER
        for right in (True, False)
    }
    ends = [f"{place.width} + {GAP + room[False]:.0f}", f"width - {EDGE + room[True]:.0f}"]
    return alt.Scale(type="log", domain=domain, range=[alt.ExprRef(each) for each in ends], nice=False)


def _bars(base: alt.Chart, scale: alt.Scale, axis: alt.Axis) -> list[alt.Chart]:
    known = base.transform_filter("datum.condition != ''")
    ends: dict[str, Any] = {"x": alt.X("value:Q", scale=scale, axis=axis), "x2": alt.X2Datum(EQUAL)}
    bars = known.mark_bar(height=BAR, opacity=0.85).encode(
        **ends, color=theme.colour(), tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title=" ")]
    )
    whole = known.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=INTERVAL, color=theme.TEXT, aria=False)
    return [bars, whole.encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q"))]


def _middle(scale: alt.Scale) -> alt.Chart:
    """The line of as many of the one as of the other."""
    line = alt.Chart().mark_rule(strokeWidth=1.5, color=theme.NEUTRAL, aria=False)
    drawn: alt.Chart = line.encode(x=alt.XDatum(EQUAL, scale=scale))
    return drawn


def _words(base: alt.Chart, scale: alt.Scale, *, right: bool) -> alt.Chart:
    side = {"align": "left", "dx": BESIDE} if right else {"align": "right", "dx": -BESIDE}
    own = base.transform_filter(f"datum.condition != '' && datum.right == {str(right).lower()}")
    own = own.transform_calculate(
        end=f"isValid(datum.low) ? {'max' if right else 'min'}(datum.low, datum.high) : datum.value"
    )
    drawn: alt.Chart = theme.words(own, fontWeight="bold", **side).encode(
        x=alt.X("end:Q", scale=scale), text=alt.Text("words:N")
    )
    return drawn
