"""Named rows with marks and intervals: the form most of our charts share.

Each row is a heading, or a mark with its interval and a few words beside it. The words stand in
the drawing, so that the whole width of a phone is left for the marks.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS_ROOM = 0.75
NUMBER_FORMAT = ",.10~g"
PERCENT_TICKS = (0, 25, 50, 75, 100)
LOG_WORDS_ROOM = 0.6
HEADING_WIDTH = 44


@dataclass(frozen=True)
class Row:
    """One row: a heading (no condition), or a mark with words; numbers in the axis's unit."""

    words: str
    condition: str = ""
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Axis:
    """The horizontal axis: title with unit, log or linear, where stems start, a reference line."""

    title: str
    log: bool = False
    stems: bool = True
    reference: float = math.nan
    ticks: tuple[float, ...] = ()


def chart(rows: Sequence[Row], axis: Axis) -> dict[str, Any]:
    """The rows as a finished Vega-Lite specification."""
    rows = [line for row in rows for line in _lines(row)]
    frame = _frame(rows)
    layers = [_headings(frame), *_reference(frame, axis)]
    layers += [_stems(frame, axis)] if axis.stems else []
    layers += [_intervals(frame, axis)] if frame["low"].notna().any() else []
    return theme.finished(alt.layer(*layers, _marks(frame, axis), _words(frame, axis)), len(rows))


def _lines(row: Row) -> list[Row]:
    """A row as it is drawn: headings too long for a phone take a line more."""
    return [row] if row.condition else [Row(line) for line in textwrap.wrap(row.words, HEADING_WIDTH)]


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    frame = pd.DataFrame([asdict(row) for row in rows])
    frame["row"] = range(len(frame))
    frame["end"] = frame[["value", "high", "low"]].max(axis=1)
    frame["start"] = frame["value"].fillna(frame["low"])
    return frame


def _y() -> alt.Y:
    return alt.Y("row:O", axis=None, scale=alt.Scale(padding=0))


def _x(field: str, axis: Axis, frame: pd.DataFrame) -> alt.X:
    drawn = theme.axis(axis.title, _ticks(axis, frame), format=NUMBER_FORMAT, labelFlush=True, labelOverlap="greedy")
    return alt.X(f"{field}:Q", scale=_scale(axis, frame), axis=drawn)


def _scale(axis: Axis, frame: pd.DataFrame) -> alt.Scale:
    biggest = frame["end"].max()
    if axis.log:
        smallest = min(frame["low"].min(), frame["start"].min())
        stretch = math.log10(biggest / smallest)
        return alt.Scale(type="log", domain=[smallest * 0.9, biggest * 10 ** (stretch * LOG_WORDS_ROOM)], nice=False)
    return alt.Scale(domain=[0, max(biggest, *axis.ticks, 0) * (1 + WORDS_ROOM)], nice=False)


def _ticks(axis: Axis, frame: pd.DataFrame) -> list[float]:
    """Ticks only where there are data: the room for words beside the marks stays empty."""
    if axis.ticks:
        return list(axis.ticks)
    biggest = frame["end"].max()
    step = 10 ** math.floor(math.log10(biggest))
    step = step / 2 if biggest / step < 2 else step
    return [step * n for n in range(math.floor(biggest / step) + 1)]


def _headings(frame: pd.DataFrame) -> alt.Chart:
    heading = alt.Chart(frame.loc[frame["condition"] == "", ["row", "words"]])
    return theme.words(heading, align="left", fontWeight="bold", dy=4).encode(y=_y(), x=alt.value(0), text="words:N")


def _drawn(frame: pd.DataFrame, *columns: str) -> alt.Chart:
    return alt.Chart(frame.loc[frame["condition"] != "", ["row", "condition", *columns]])


def _stems(frame: pd.DataFrame, axis: Axis) -> alt.Chart:
    drawn: alt.Chart = (
        _drawn(frame, "start")
        .mark_rule(strokeWidth=5, opacity=0.35)
        .encode(y=_y(), x=_x("start", axis, frame), x2=alt.datum(0), color=theme.colour())
    )
    return drawn


def _intervals(frame: pd.DataFrame, axis: Axis) -> alt.Chart:
    drawn: alt.Chart = (
        _drawn(frame.dropna(subset=["low", "high"]), "low", "high")
        .mark_rule(strokeWidth=2)
        .encode(y=_y(), x=_x("low", axis, frame), x2="high:Q", color=theme.colour())
    )
    return drawn


def _marks(frame: pd.DataFrame, axis: Axis) -> alt.Chart:
    drawn: alt.Chart = (
        _drawn(frame.dropna(subset=["value"]), "value", "words")
        .mark_point(filled=True, size=theme.MARK_SIZE, opacity=1)
        .encode(
            y=_y(),
            x=_x("value", axis, frame),
            color=theme.colour(),
            shape=theme.shape(),
            tooltip=alt.Tooltip("words:N", title=" "),
        )
    )
    return drawn


def _words(frame: pd.DataFrame, axis: Axis) -> alt.Chart:
    words = theme.words(_drawn(frame, "end", "words"), align="left", dx=11)
    return words.encode(y=_y(), x=_x("end", axis, frame), text="words:N")


def _reference(frame: pd.DataFrame, axis: Axis) -> list[alt.Chart]:
    """A line at the reference value, broken where a heading stands so that both stay readable."""
    if math.isnan(axis.reference):
        return []
    here = _drawn(frame.assign(at=axis.reference), "at")
    return [
        here.mark_tick(orient="vertical", size=theme.ROW_STEP, thickness=1.5, color=theme.NEUTRAL, opacity=1).encode(
            y=_y(), x=_x("at", axis, frame)
        )
    ]
