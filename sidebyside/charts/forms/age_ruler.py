"""A ruler of a life, one lane a disease: when something happens in groups of people, and how far they spread.

Words stand right of the marks of the upper lane and left of those of the lower, where the years leave room.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.data.facts import Incomparable

if TYPE_CHECKING:
    from collections.abc import Sequence

AGES: Final = (0, 90)
TICKS: Final = (0, 20, 40, 60, 80)
# In pixels: from mark to mark, between the lanes, above and below all, and beside a mark to its words.
STEP: Final = 16
BETWEEN: Final = 14
EDGE: Final = 8
BESIDE: Final = 9
SMALL_FONT: Final = 12
LANE_FONT: Final = 19
# Where a lane has its name, from the left or from the right edge.
LANE_EDGE: Final = 2


@dataclass(frozen=True, eq=False)
class Mark(Incomparable):
    """A group: its disease, words, mean or median age, and how far it spreads; ``open`` where it counts more."""

    condition: str
    words: str
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    open: bool = False


def chart(marks: Sequence[Mark], title: str) -> dict[str, Any]:
    """The ruler as a finished Vega-Lite specification; ``title`` is that of its axis.

    Each mark has a line of its own; those of the first disease come first.
    """
    frame, height = _frame(marks)
    scale = alt.Scale(domain=list(AGES), nice=False, zero=False)
    y = alt.Y("y:Q", scale=None, axis=None)
    base = alt.Chart().encode(y=y)
    spreads = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=5, opacity=0.3, aria=False)
    known = base.transform_filter("isValid(datum.value)")
    points = known.mark_point(filled=True, size=theme.MARK_SIZE * 0.8, strokeWidth=2, opacity=1)
    axis = theme.axis(title, TICKS, labelFlush=True)
    colours = theme.colour()["scale"]
    layers = [
        spreads.encode(x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q"), color=theme.colour()),
        points.encode(
            x=alt.X("value:Q", scale=scale, axis=axis),
            fill=alt.Fill("condition:N", scale=colours, legend=None),
            stroke=alt.Stroke("condition:N", scale=colours, legend=None),
            fillOpacity=alt.condition("datum.open", alt.value(0), alt.value(1)),
            shape=theme.shape(),
            tooltip=alt.Tooltip("words:N", title=" "),
        ),
        *_words(base, scale),
        _lanes(frame),
    ]
    room = theme.axis_room(title)
    return theme.finished(alt.layer(*layers, data=frame), 0, height=str(height + room + EDGE))


def _frame(marks: Sequence[Mark]) -> tuple[pd.DataFrame, int]:
    """The marks as data: a line each from the top, and where their words begin; and the height of all lines."""
    rows = []
    for n, mark in enumerate(marks):
        lane = mark.condition != marks[0].condition
        y = EDGE + STEP / 2 + n * STEP + BETWEEN * lane
        # To the right a spread may reach so far that its words stand on it; to the left there is room.
        known = [each for each in (mark.value, mark.low, mark.high) if not math.isnan(each)]
        end = min(known) if lane else mark.high if math.isnan(mark.value) else mark.value
        rows.append({**asdict(mark), "y": y, "end": end})
    return pd.DataFrame(rows), EDGE + len(marks) * STEP + BETWEEN


def _words(base: alt.Chart, scale: alt.Scale) -> list[alt.Chart]:
    sides = ((theme.MS, "left", BESIDE), (theme.ALS, "right", -BESIDE))
    size = alt.ExprRef(f"width < 400 ? {SMALL_FONT} : {theme.FONT_SIZE - 1}")
    drawn = []
    for condition, align, dx in sides:
        own = base.transform_filter(f"datum.condition == '{condition.key}'")
        words = theme.words(own, align=align, dx=dx, fontSize=size, aria=False)
        drawn.append(words.encode(x=alt.X("end:Q", scale=scale), text=alt.Text("words:N")))
    return drawn


def _lanes(frame: pd.DataFrame) -> alt.Chart:
    """The name of each lane, at the edge where its marks are not."""
    middles = frame.groupby("condition", sort=False)["y"].mean()
    lanes = pd.DataFrame({"condition": middles.index, "middle": middles.to_numpy()})
    first = str(lanes["condition"].iloc[0])
    at_left = f"datum.condition == '{first}'"
    look: dict[str, Any] = {
        "x": alt.ExprRef(f"{at_left} ? {LANE_EDGE} : width - {LANE_EDGE}"),
        "align": alt.ExprRef(f"{at_left} ? 'left' : 'right'"),
        "fontSize": LANE_FONT,
        "fontWeight": "bold",
    }
    names = theme.words(alt.Chart(lanes), **look)
    drawn: alt.Chart = names.encode(
        y=alt.Y("middle:Q", scale=None, axis=None), text=alt.Text("condition:N"), color=theme.colour()
    )
    return drawn
