"""Several small charts of rows as one sheet: each with a heading and its own axis, on a page two beside each other.

Names, marks and words stand as in `interval_rows`. Since Vega-Lite has no layout that follows the width, all stands in
one plot, by pixels that expressions work out from its width.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.forms import gutter, interval_rows
from sidebyside.charts.forms.gutter import BESIDE, EDGE, GAP, Line, Width, by_width, each_width, in_lines, shown
from sidebyside.charts.forms.interval_rows import Place, broken, stands_left, tightest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidebyside.charts.forms.interval_rows import Axis, NamedMarks, Row

# From a phone to a page: the last has two columns, each as wide as half a page.
WIDTHS: Final = (Width(410, 17, 36), Width(550, 22, 36), Width(900, 30, 28), Width(math.inf, 22, 28))
COLUMNS: Final = (1, 1, 1, 2)
BETWEEN: Final = 40
# The width of one column, and what decides whether words beside marks are broken there.
COLUMN: Final = f"(width < {WIDTHS[-2].upto:g} ? width : (width - {BETWEEN}) / 2)"
NARROW: Final = WIDTHS[1].upto
HEADING: Final = 28
NUMBERS: Final = 22
TITLE: Final = 17
BELOW: Final = 14


class Panel(NamedTuple):
    """One of the small charts: its heading, its rows and their axis."""

    heading: str
    rows: Sequence[Row]
    axis: Axis


class _Laid(NamedTuple):
    """A panel with its lines, and where each begins and how high it is, at each of `WIDTHS`."""

    panel: Panel
    lines: list[NamedMarks]
    place: Place
    column: tuple[int, ...]
    top: tuple[float, ...]
    rows: list[list[float]]

    def y(self, k: int, n: int, shift: float = 0) -> float:
        """The middle of the n-th line, in pixels from the top of the sheet."""
        return self.top[k] + HEADING + sum(self.rows[k][:n]) + self.rows[k][n] / 2 + shift

    def foot(self, k: int) -> float:
        """Where the lines end."""
        return self.top[k] + HEADING + sum(self.rows[k])


def chart(panels: Sequence[Panel]) -> dict[str, Any]:
    """The panels as a finished Vega-Lite specification."""
    laid, totals = _laid_out(panels)
    start, end = _ends(laid)
    frame = pd.DataFrame([row for each in laid for row in _rows(each, totals)])
    drawn = alt.layer(*_layers(frame), data=frame).transform_calculate(
        y=by_width(*each_width("datum.y"), widths=WIDTHS),
        foot=by_width(*each_width("datum.foot"), widths=WIDTHS),
        left=f"({by_width(*each_width('datum.column'), widths=WIDTHS)}) * ({COLUMN} + {BETWEEN})",
    )
    placed = {f"{name}_at": f"datum.left + {start} + datum.{name}_share * ({end} - {start})" for name in _PLACED}
    edges = {"names": f"datum.left + {_names(laid)} - {GAP / 2:g}", "first": f"datum.left + {start}"}
    drawn = drawn.transform_calculate(**placed, **edges, last=f"datum.left + {end}")
    height = by_width(*map(shown, totals), widths=WIDTHS)
    return theme.finished(drawn, sum(len(each.lines) for each in laid), height=height)


# What has a place on the axis: the columns of the data whose share of the axis is known.
_PLACED: Final = ("value", "low", "high", "start", "other", "beside")


def _laid_out(panels: Sequence[Panel]) -> tuple[list[_Laid], list[float]]:
    """The panels in their columns at each width, and the height of the whole."""
    named = [interval_rows.standing(panel.rows) for panel in panels]
    heights = [[[_height(line, width) for line in lines] for width in WIDTHS] for lines in named]
    whole = [
        [HEADING + sum(rows) + _foot(panel.axis) for rows in each] for panel, each in zip(panels, heights, strict=True)
    ]
    tops: list[list[float]] = [[] for _ in panels]
    totals = []
    for k, columns in enumerate(COLUMNS):
        top = 0.0
        for first in range(0, len(panels), columns):
            for each in tops[first : first + columns]:
                each.append(top)
            top += max(panel[k] for panel in whole[first : first + columns])
        totals.append(top)
    return [
        _Laid(panel, lines, Place(lines, panel.axis), tuple(n % columns for columns in COLUMNS), tuple(top), rows)
        for n, (panel, lines, top, rows) in enumerate(zip(panels, named, tops, heights, strict=True))
    ], totals


def _foot(axis: Axis) -> float:
    return NUMBERS + TITLE * len(theme.title_lines(axis.title)) + BELOW


def _height(line: NamedMarks, width: Width) -> float:
    lines = Line(line.name, heading=not line.marks).broken(width.letters)
    return max(width.step, len(lines) * gutter.LINE_HEIGHT + gutter.ROOM_BETWEEN_NAMES)


def _names(laid: Sequence[_Laid]) -> str:
    """How wide the gutter is, in all panels alike, so that their marks begin below each other."""
    letters = [
        len(part)
        for each in laid
        for line in each.lines
        if line.marks
        for width in WIDTHS[-2:]
        for part in Line(line.name).broken(width.letters)
    ]
    wide = min(gutter.GUTTER, round(max(letters, default=0) * gutter.NAME_LETTER + GAP))
    return f"min({wide}, {COLUMN} * {gutter.GUTTER_SHARE})"


def _ends(laid: Sequence[_Laid]) -> tuple[str, str]:
    """From where to where marks stand in a column: right of the names, and left of the room that words need."""
    left = [words for each in laid for words in each.place.words(each.lines, on_left=True, narrow=True)]
    right = [words for each in laid for words in each.place.words(each.lines, on_left=False, narrow=True)]
    pad = max((max(0.0, room - share * interval_rows.NARROWEST) for share, room in left), default=0.0)
    start = f"({_names(laid)} + {round(pad + GAP / 2)})"
    fits = [f"{shown(1 / share)} * ({COLUMN} - {round(room)} - {start})" for share, room in tightest(right)]
    return start, f"({start} + max({interval_rows.LEAST}, min({', '.join([f'{COLUMN} - {EDGE} - {start}', *fits])})))"


def _rows(laid: _Laid, totals: Sequence[float]) -> Iterator[dict[str, Any]]:
    """Heading, names, marks, ticks and title of one panel as data."""
    columns = {f"column{k}": column for k, column in enumerate(laid.column)}

    def at(role: str, y: Sequence[float], foot: Sequence[float] = (), **said: Any) -> dict[str, Any]:
        heights = {f"y{k}": round(height / totals[k], 5) for k, height in enumerate(y)}
        feet = {f"foot{k}": round(height / totals[k], 5) for k, height in enumerate(foot)}
        return {"role": role, "condition": "", "words": "", **columns, **heights, **feet, **said}

    every = range(len(WIDTHS))
    yield at("heading", [laid.top[k] + HEADING / 2 for k in every], words=laid.panel.heading)
    for n, line in enumerate(laid.lines):
        names: dict[str, Any] = {
            f"name{k}": "\n".join(Line(line.name).broken(width.letters)) for k, width in enumerate(WIDTHS)
        }
        yield at("name" if line.marks else "group", [laid.y(k, n) for k in every], **names)
        apart = interval_rows.APART if interval_rows.are_close(line.marks, laid.place) else 0
        for row in line.marks:
            shift = apart if stands_left(row, line.marks) else -apart
            yield at("mark", [laid.y(k, n, shift) for k in every], **_mark(row, line.marks, laid.place))
    first, foot = [laid.top[k] + HEADING for k in every], [laid.foot(k) for k in every]
    for tick in laid.place.ticks():
        yield at("tick", first, foot, value_share=round(laid.place.share(tick), 5))
        numbers = [height + NUMBERS / 2 + 2 for height in foot]
        yield at("number", numbers, value_share=round(laid.place.share(tick), 5), words=f"{tick:,.10g}")
    if (reference := laid.panel.axis.reference) is not None:
        yield at("reference", first, foot, value_share=round(laid.place.share(reference), 5))
    for n, words in enumerate(theme.title_lines(laid.panel.axis.title)):
        yield at("title", [height + NUMBERS + TITLE * (n + 0.5) for height in foot], words=words)


def _mark(row: Row, marks: Sequence[Row], place: Place) -> dict[str, Any]:
    on_left = stands_left(row, marks)
    beside = row.ends[0] if on_left else place.past_reference(row.ends[1])
    other = next((each.start for each in marks if each is not row), math.nan) if on_left else math.nan
    printed = {"value": row.value, "low": row.low, "high": row.high}
    placed = {**printed, "start": row.start, "other": other, "beside": beside}
    shares = {f"{name}_share": round(place.share(value), 5) for name, value in placed.items() if not math.isnan(value)}
    said = {"condition": row.condition, "words": row.words, "broken": "\n".join(broken(row.words)), "on_left": on_left}
    return {**said, **shares, **printed}


def _layers(frame: pd.DataFrame) -> list[alt.Chart]:
    base = gutter.base()

    def of(test: str) -> alt.Chart:
        chosen: alt.Chart = base.transform_filter(test)
        return chosen

    names = in_lines(by_width(*each_width("datum.name"), widths=WIDTHS))
    words = in_lines(f"{COLUMN} < {NARROW:g} ? datum.broken : datum.words")
    grey: dict[str, Any] = {"color": theme.NEUTRAL, "aria": False}
    text = alt.Text("words:N")
    heading = {"fontWeight": "bold", "fontSize": theme.FONT_SIZE + 1}
    foot: Any = alt.Y2("foot:Q")
    layers = [
        _at(of("datum.role == 'tick'").mark_rule(opacity=0.25, **grey), "value_at").encode(y2=foot),
        _at(of("datum.role == 'name'").mark_rule(opacity=0.18, **grey), "first").encode(x2=alt.X2("last:Q")),
        _at(theme.words(of("datum.role == 'heading'"), align="left", **heading), "left").encode(text=text),
        _at(theme.words(of("datum.role == 'group'"), align="left", fontWeight="bold", **names), "left"),
        _at(theme.words(of("datum.role == 'name'"), align="right", **names), "names"),
        _at(theme.words(of("datum.role == 'number'")), "value_at").encode(text=text),
        _at(theme.words(of("datum.role == 'title'"), align="right"), "last").encode(text=text),
    ]
    if (frame["role"] == "reference").any():
        reference = of("datum.role == 'reference'").mark_rule(strokeWidth=1.5, **grey)
        layers.append(_at(reference, "value_at").encode(y2=foot))
    if "other_share" in frame:
        pair = of("isValid(datum.other_share)").mark_rule(strokeWidth=3, opacity=0.35, **grey)
        layers.append(_at(pair, "start_at").encode(x2=alt.X2("other_at:Q")))
    if {"low_share", "high_share"} <= set(frame):
        whole = of("isValid(datum.low_share) && isValid(datum.high_share)")
        interval = whole.mark_rule(strokeWidth=6, opacity=0.42, aria=False)
        layers.append(_at(interval, "low_at").encode(x2=alt.X2("high_at:Q"), color=theme.colour()))
    marks = of("isValid(datum.value_share) && datum.role == 'mark'").mark_point(
        filled=True, size=theme.MARK_SIZE, opacity=1
    )
    said = alt.Tooltip("words:N", title=" ")
    layers.append(_at(marks, "value_at").encode(color=theme.colour(), shape=theme.shape(), tooltip=said))
    for on_left, (align, dx) in {False: ("left", BESIDE), True: ("right", -BESIDE)}.items():
        own = of(f"datum.role == 'mark' && datum.on_left == {str(on_left).lower()}")
        layers.append(_at(theme.words(own, align=align, dx=dx, fontWeight="bold", **words), "beside_at"))
    return layers


def _at(drawn: alt.Chart, column: str) -> alt.Chart:
    placed: alt.Chart = drawn.encode(x=alt.X(f"{column}:Q", scale=None, axis=None))
    return placed
