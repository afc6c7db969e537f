"""Events on lanes of time, each named beside its mark; what ended is hollow, with a line to its end.

Names that would cover each other stand in rows below each other, as few as the width needs: on a page many share a
row, on a phone most have one. The rows are worked out for each of `gutter.WIDTHS`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.forms import gutter
from sidebyside.charts.forms.gutter import LINE_HEIGHT, NAME_LETTER, balanced, by_width, each_width, in_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

# The narrowest drawing of each of `WIDTHS`: rows that fit there fit in a wider one. And letters of a name's line.
NARROWEST: Final = (300, 410, 550, 720)
LETTERS: Final = (20, 24, 36, 36)
ROW: Final = 22
EDGE: Final = 10
# Half a mark, and from its middle to its name.
HALF: Final = 8
BESIDE: Final = 11


class Event(NamedTuple):
    """Something at a time; ``end`` where it ended, ``said`` what a reader sees on pointing at it."""

    at: float
    name: str
    condition: str
    end: float = math.nan
    said: str = ""


class Lane(NamedTuple):
    """Events of one kind under a heading, in order of time."""

    heading: str
    events: tuple[Event, ...]


class _Spot(NamedTuple):
    """Where an event stands at one width: its row in the lane, whether its name is left of it, and its lines."""

    row: int
    left: bool
    lines: list[str]


def chart(
    lanes: Sequence[Lane], title: str, ends: tuple[float, float], ticks: Sequence[float], labels: str = ""
) -> dict[str, Any]:
    """The lanes as a finished Vega-Lite specification, over time from one end to the other.

    ``labels`` is a Vega expression for the words of the ticks.
    """
    laid = [[_laid(lane.events, ends, k) for lane in lanes] for k in range(len(NARROWEST))]
    heights = [[_heights(spots) for spots in each] for each in laid]
    frame = pd.DataFrame(_rows(lanes, laid, heights))
    scale = alt.Scale(domain=list(ends), range=[EDGE, alt.ExprRef(f"width - {EDGE}")], nice=False, zero=False)
    layered = alt.layer(*_layers(scale, title, ticks, labels, frame), data=frame)
    drawn = layered.transform_calculate(**gutter.by_middle(), left=by_width(*each_width("datum.left")))
    room = theme.axis_room(title)
    height = by_width(*(f"{sum(map(sum, each)) + room:g}" for each in heights))
    return theme.finished(drawn, sum(len(lane.events) for lane in lanes) + len(lanes), ROW, height=height)


def _laid(events: Sequence[Event], ends: tuple[float, float], k: int) -> list[_Spot]:
    """Each event in the first row where it and its name have room, at the k-th of `WIDTHS`."""
    width, taken = NARROWEST[k], list[list[tuple[float, float]]]()
    found = []
    for event in events:
        first, last = (
            EDGE + (at - ends[0]) / (ends[1] - ends[0]) * (width - 2 * EDGE)
            for at in (event.at, event.at if math.isnan(event.end) else event.end)
        )
        lines = balanced(event.name, LETTERS[k]) or [""]
        room = max(map(len, lines)) * NAME_LETTER + BESIDE if event.name else 0
        sides = {False: (first - HALF, max(last, last + room) + 2), True: (first - room - 2, last + HALF)}
        fitting = {left: side for left, side in sides.items() if side[0] >= 0 and side[1] <= width}
        # Where it fits on neither side, it stands where there is more room.
        usable = fitting or {first > width / 2: sides[first > width / 2]}
        row, left = next(
            (row, left)
            for row in range(len(taken) + 1)
            for left, side in usable.items()
            if row == len(taken) or all(side[1] < other[0] or side[0] > other[1] for other in taken[row])
        )
        if row == len(taken):
            taken.append([])
        taken[row].append(usable[left])
        found.append(_Spot(row, left, lines))
    return found


def _heights(spots: Sequence[_Spot]) -> list[float]:
    """The height of the heading of a lane and of its rows."""
    rows = range(max(spot.row for spot in spots) + 1)
    lines = [max(len(spot.lines) for spot in spots if spot.row == row) for row in rows]
    return [ROW + 4, *(ROW + (count - 1) * LINE_HEIGHT for count in lines)]


def _rows(
    lanes: Sequence[Lane], laid: Sequence[Sequence[Sequence[_Spot]]], heights: Sequence[Sequence[Sequence[float]]]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for n, lane in enumerate(lanes):
        found.append({**_middles(heights, n, [0] * len(heights)), "condition": "", "heading": lane.heading})
        for m, event in enumerate(lane.events):
            spots = [each[n][m] for each in laid]
            placed: dict[str, Any] = {f"left{k}": spot.left for k, spot in enumerate(spots)}
            placed |= {f"name{k}": "\n".join(spot.lines) for k, spot in enumerate(spots)}
            own = {"value": event.at, "high": event.end, "condition": event.condition, "said": event.said or event.name}
            found.append({**_middles(heights, n, [spot.row + 1 for spot in spots]), **placed, **own})
    return found


def _middles(heights: Sequence[Sequence[Sequence[float]]], lane: int, rows: Sequence[int]) -> dict[str, float]:
    found = {}
    for k, (each, row) in enumerate(zip(heights, rows, strict=True)):
        above = sum(map(sum, each[:lane])) + sum(each[lane][:row])
        found[f"y{k}"] = round((above + each[lane][row] / 2) / sum(map(sum, each)), 5)
    return found


def _layers(scale: alt.Scale, title: str, ticks: Sequence[float], labels: str, frame: pd.DataFrame) -> list[alt.Chart]:
    base = gutter.base()
    said: dict[str, Any] = {"labelExpr": labels} if labels else {}
    axis = theme.axis(title, ticks, labelFlush=True, titleAnchor="end", **said)
    x = alt.X("value:Q", scale=scale, axis=axis)
    heading: Any = theme.words(base.transform_filter("isValid(datum.heading)"), align="left", fontWeight="bold")
    layers = [heading.encode(x=alt.value(0), text=alt.Text("heading:N"))]
    events = base.transform_filter("datum.condition != ''")
    if frame["high"].notna().any():
        ended = events.transform_filter("isValid(datum.high)").mark_rule(strokeWidth=2, strokeDash=[4, 3], aria=False)
        layers.append(ended.encode(x=alt.X("value:Q", scale=scale), x2=alt.X2("high:Q"), color=theme.colour()))
    layers.append(_marks(events, x))
    # Right of the end of what ended, left of where it began.
    start = "isValid(datum.high) && !datum.left ? datum.high : datum.value"
    named = events.transform_calculate(beside=start)
    side: dict[str, Any] = {
        "align": alt.ExprRef("datum.left ? 'right' : 'left'"),
        "dx": alt.ExprRef(f"datum.left ? -{BESIDE} : {BESIDE}"),
    }
    text = theme.words(named, **side, **in_lines(by_width(*each_width("datum.name"))))
    layers.append(text.encode(x=alt.X("beside:Q", scale=scale)))
    return layers


def _marks(events: alt.Chart, x: alt.X) -> alt.Chart:
    """Marks, hollow where something ended."""
    filled: Any = alt.condition("isValid(datum.high)", alt.value(0), alt.value(1))
    marks = events.mark_point(filled=True, size=theme.MARK_SIZE, opacity=1, strokeWidth=2.5)
    drawn: alt.Chart = marks.encode(
        x=x,
        color=theme.colour(),
        stroke=alt.Stroke("condition:N", scale=theme.colour()["scale"], legend=None),
        shape=theme.shape(),
        fillOpacity=filled,
        tooltip=alt.Tooltip("said:N", title=" "),
    )
    return drawn
