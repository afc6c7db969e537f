"""Bands and areas over time: how a group spreads, or is made up, with the words in the plot.

All have one height at one width, so that two of them can stand side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidebyside.charts.theme import Condition

HEIGHT: Final = "max(260, min(340, width * 0.6))"
# What is written on a full colour is dark in both themes: white on either orange is too pale.
ON_FULL_COLOUR: Final = "#12161D"
FULL: Final = 0.8
FROM_EDGE: Final = 6


class Words(NamedTuple):
    """Words in the plot, at a height of the vertical axis and a few pixels above or below it."""

    text: str
    at: float
    shift: float = 0.0
    bold: bool = True
    # How full the colour is that they stand on.
    on: float = 0.0


class Plane(NamedTuple):
    """The two axes of a drawing over time: the ends of each, where numbers stand, and titles."""

    x: tuple[float, float]
    x_ticks: Sequence[float]
    x_title: str
    y: tuple[float, float]
    y_ticks: Sequence[float]
    y_title: str
    # A Vega expression for the numbers of the horizontal axis, where they are not written as they are.
    x_labels: str = ""

    def across(self, field: str = "x") -> alt.X:
        """Time, from left to right over the whole width."""
        scale = alt.Scale(domain=list(self.x), nice=False, zero=False)
        said: dict[str, Any] = {"labelExpr": self.x_labels} if self.x_labels else {}
        axis = theme.axis(self.x_title, self.x_ticks, labelFlush=True, grid=False, **said)
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    def up(self, field: str) -> alt.Y:
        """What is measured, upwards, or downwards where the first end is the larger."""
        scale = alt.Scale(domain=list(self.y), nice=False, zero=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=theme.axis(self.y_title, self.y_ticks))


def band(
    base: alt.Chart, plane: Plane, ends: tuple[str, str], depth: float, condition: Condition, **look: Any
) -> alt.Chart:
    """The room between two columns of the data, as full as ``depth`` says."""
    area = base.mark_area(opacity=depth, aria=False, **look)
    drawn = area.encode(x=plane.across(), y=plane.up(ends[0]), y2=alt.Y2(f"{ends[1]}:Q"))
    return theme.in_colour_of(drawn, condition)


def line(base: alt.Chart, plane: Plane, column: str, condition: Condition, **look: Any) -> alt.Chart:
    """A line through one column of the data."""
    drawn = base.mark_line(strokeWidth=3.5, aria=False, **look).encode(x=plane.across(), y=plane.up(column))
    return theme.in_colour_of(drawn, condition)


def right_words(plane: Plane, said: Sequence[Words]) -> list[alt.Chart]:
    """Words that end at the right edge of the plot."""
    right: Any = alt.value(alt.ExprRef(f"width - {FROM_EDGE}"))
    return [_words(plane, each).encode(x=right) for each in said]


def left_words(plane: Plane, said: Sequence[Words]) -> list[alt.Chart]:
    """Words that begin at the left edge of the plot."""
    left: Any = alt.value(FROM_EDGE)
    return [_words(plane, each, align="left").encode(x=left) for each in said]


def _words(plane: Plane, said: Words, align: str = "right") -> alt.Chart:
    look = {"color": ON_FULL_COLOUR} if said.on >= FULL else {}
    weight = "bold" if said.bold else "normal"
    data = alt.Chart(pd.DataFrame([{"at": said.at, "words": said.text}]))
    drawn: alt.Chart = theme.words(data, align=align, dy=said.shift, fontWeight=weight, **look).encode(
        y=plane.up("at"), text=alt.Text("words:N")
    )
    return drawn


def finished(layers: Sequence[alt.Chart], rows: int = 10) -> dict[str, Any]:
    """The layers as a finished specification, of the height that all of this form have."""
    return theme.finished(alt.layer(*layers), rows, height=HEIGHT)


def stacked_area(
    shares: pd.DataFrame, depths: Sequence[float], plane: Plane, condition: Condition, at: float
) -> dict[str, Any]:
    """Shares of a whole over time as areas on each other, each named inside it, near the right edge.

    ``shares`` has the time as its index and a column for each group, from the bottom up; ``depths`` says how full the
    colour of each is; ``at`` is the time at whose heights the names stand.
    """
    tops = shares.cumsum(axis=1)
    bottoms = tops - shares
    layers, said = [], []
    for name, depth in zip(map(str, shares), depths, strict=True):
        ends = {"bottom": bottoms[name].round(2), "top": tops[name].round(2)}
        part = alt.Chart(pd.DataFrame({"x": shares.index, "group": name, **ends}))
        layers.append(band(part, plane, ("bottom", "top"), depth, condition, interpolate="monotone"))
        middle = (ends["bottom"] + ends["top"]).to_dict()[at] / 2
        said.append(Words(name, middle, on=depth))
    return finished([*layers, *right_words(plane, said)])
