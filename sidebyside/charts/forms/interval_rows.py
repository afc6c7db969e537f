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

from sidebyside.charts import fact_tables, plotted, theme
from sidebyside.charts.fact_tables import DETAILS
from sidebyside.charts.figure import Figure
from sidebyside.data import formatting
from sidebyside.data.facts import Incomparable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

# How much of the width of the marks is added right of them: there stand the words beside each. On a logarithmic axis
# (`LOG_WORDS_ROOM`) it is a share of the powers of ten between smallest and largest.
WORDS_ROOM = 0.75
NO_DIFFERENCE = 1.0
PERCENT_TICKS = (0, 25, 50, 75, 100)
LOG_WORDS_ROOM = 0.75
# Letters that a line on a phone holds (see `_lines`).
HEADING_WIDTH = 32


@dataclass(frozen=True, eq=False)
class Row(Incomparable):
    """One row: a heading (no condition), or a mark with words; numbers in the axis's unit."""

    words: str
    condition: str = ""
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Axis:
    """The horizontal axis and how rows stand on it.

    Attributes:
        title: what is measured, with its unit.
        log: a logarithmic axis.
        stems: a thick line from the reference (or zero) to each mark.
        reference: where a line stands that marks are read against.
        ticks: where numbers stand, if not chosen from the data.
        labels: a Vega expression for the numbers' words; ``datum.value`` is the number.
        floor: where a logarithmic axis begins at the latest.
        start: where another axis begins; stems need it at zero.
        step: the height of a row in pixels.
    """

    title: str
    log: bool = False
    stems: bool = True
    reference: float | None = None
    ticks: tuple[float, ...] = ()
    labels: str = ""
    floor: float = math.inf
    start: float = 0.0
    step: int = theme.ROW_STEP


def ratio_axis(title: str, ticks: tuple[float, ...], floor: float = math.inf) -> Axis:
    """A logarithmic axis for ratios, read against the line of no difference."""
    return Axis(title, log=True, stems=False, reference=NO_DIFFERENCE, ticks=ticks, floor=floor)


def chart(rows: Sequence[Row], axis: Axis) -> dict[str, Any]:
    """The rows as a finished Vega-Lite specification.

    Channels are named by their classes throughout: for a shorthand, Altair hashes its whole schema.
    """
    rows = [line for row in rows for line in _lines(row)]
    frame = _frame(rows, axis)
    # The data stand once, on the whole: Altair would copy, hash and merge them layer by layer.
    base = alt.Chart().encode(y=alt.Y("row:O", axis=None, scale=alt.Scale(padding=0)))
    layers = [_headings(base)]
    layers += [_reference(base, axis, frame)] if axis.reference is not None else []
    layers += [_stems(base, axis, frame)] if axis.stems else []
    layers += [_intervals(base, axis, frame)] if frame["low"].notna().any() else []
    layers += [_below(base, axis, frame)] if (frame["start"].isna() & frame["high"].notna()).any() else []
    layers += [_marks(base, axis, frame), _words(base, axis, frame)]
    return theme.finished(alt.layer(*layers, data=frame), len(rows), axis.step)


def open_marks(spec: dict[str, Any], test: str) -> dict[str, Any]:
    """The chart with open marks where a Vega test holds: they stand apart without a second colour."""
    (marks,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    marks["mark"]["strokeWidth"] = 2.5
    marks["encoding"]["stroke"] = marks["encoding"]["color"]
    marks["encoding"]["fillOpacity"] = {"condition": {"test": test, "value": 0}, "value": 1}
    return spec


def _lines(row: Row) -> list[Row]:
    """A row as it is drawn: headings too long for a phone take a line more."""
    return [row] if row.condition else [Row(line) for line in textwrap.wrap(row.words, HEADING_WIDTH)]


def _frame(rows: Sequence[Row], axis: Axis) -> pd.DataFrame:
    """The rows as data: words stand right of ``end``, and never on the line of reference."""
    frame = pd.DataFrame([asdict(row) for row in rows])
    frame["row"] = range(len(frame))
    # Not shorter than to the reference: words of a mark left of that line would lie across it.
    frame["end"] = frame[["value", "high", "low"]].max(axis=1).clip(lower=axis.reference)
    frame["start"] = frame["value"].fillna(frame["low"])
    return frame


def _x(field: str, axis: Axis, frame: pd.DataFrame) -> alt.X:
    """Where something stands: the scale alone; `_marks` brings the one axis of all layers."""
    return alt.X(f"{field}:Q", scale=_scale(axis, frame))


def _x_with_axis(field: str, axis: Axis, frame: pd.DataFrame) -> alt.X:
    said: dict[str, Any] = {"labelExpr": axis.labels} if axis.labels else {}
    drawn = theme.axis(axis.title, _ticks(axis, frame), labelFlush=True, labelOverlap="greedy", **said)
    return alt.X(f"{field}:Q", scale=_scale(axis, frame), axis=drawn)


def _scale(axis: Axis, frame: pd.DataFrame) -> alt.Scale:
    biggest = frame["end"].max()
    if axis.log:
        smallest = float(frame[["low", "start", "high"]].min().min())
        room = math.log10(biggest / smallest) * LOG_WORDS_ROOM
        return alt.Scale(type="log", domain=[min(smallest * 0.9, axis.floor), biggest * 10**room], nice=False)
    drawn = max(biggest, *axis.ticks, 0) - axis.start
    return alt.Scale(domain=[axis.start, axis.start + drawn * (1 + WORDS_ROOM)], nice=False)


def _ticks(axis: Axis, frame: pd.DataFrame) -> list[float]:
    """Ticks only where there are data: the room for words beside the marks stays empty."""
    if axis.ticks:
        return list(axis.ticks)
    biggest = frame["end"].max()
    step = 10 ** math.floor(math.log10(biggest))
    step = step / 2 if biggest / step < 2 else step
    return [step * n for n in range(math.floor(biggest / step) + 1)]


def _headings(base: alt.Chart) -> alt.Chart:
    left = alt.XValue(0)  # type: ignore[no-untyped-call]
    headings = base.transform_filter("datum.condition == ''").encode(x=left, text=alt.Text("words:N"))
    return theme.words(headings, align="left", fontWeight="bold", dy=4)


def _stems(base: alt.Chart, axis: Axis, frame: pd.DataFrame) -> alt.Chart:
    stems = base.mark_rule(strokeWidth=5, opacity=0.35)
    return _placed(stems, x=_x("start", axis, frame), x2=alt.X2Datum(axis.reference or 0), color=theme.colour())


def _intervals(base: alt.Chart, axis: Axis, frame: pd.DataFrame) -> alt.Chart:
    whole = base.transform_filter("isValid(datum.low) && isValid(datum.high)").mark_rule(strokeWidth=2)
    return _placed(whole, x=_x("low", axis, frame), x2=alt.X2("high:Q"), color=theme.colour())


def _below(base: alt.Chart, axis: Axis, frame: pd.DataFrame) -> alt.Chart:
    """A line from the edge up to a limit that is all the source gives: the figure lies below it."""
    below = base.transform_filter("isValid(datum.high) && !isValid(datum.start)").mark_rule(strokeWidth=2)
    edge = alt.X2Value(0)  # type: ignore[no-untyped-call]
    return _placed(below, x=_x("high", axis, frame), x2=edge, color=theme.colour())


def _marks(base: alt.Chart, axis: Axis, frame: pd.DataFrame) -> alt.Chart:
    # Where the source gives ends only, no mark is drawn; an empty group must not ask for a name.
    named: dict[str, Any] = {} if frame["value"].notna().any() else {"aria": False}
    known = base.transform_filter("isValid(datum.value)")
    marks = known.mark_point(filled=True, size=theme.MARK_SIZE, opacity=1, **named)
    said = alt.Tooltip("words:N", title=" ")
    return _placed(marks, x=_x_with_axis("value", axis, frame), color=theme.colour(), shape=theme.shape(), tooltip=said)


def _words(base: alt.Chart, axis: Axis, frame: pd.DataFrame) -> alt.Chart:
    words = theme.words(base.transform_filter("datum.condition != ''"), align="left", dx=11)
    return _placed(words, x=_x("end", axis, frame), text=alt.Text("words:N"))


def _reference(base: alt.Chart, axis: Axis, frame: pd.DataFrame) -> alt.Chart:
    """A line at the reference value, broken where a heading stands so that both stay readable."""
    beside_marks = base.transform_filter("datum.condition != ''")
    line = beside_marks.mark_tick(orient="vertical", size=theme.ROW_STEP, thickness=1.5, color=theme.NEUTRAL, opacity=1)
    return _placed(line, x=alt.X(datum=axis.reference, scale=_scale(axis, frame)))


def _placed(marks: alt.Chart, **channels: Any) -> alt.Chart:
    placed: alt.Chart = marks.encode(**channels)
    return placed


def with_headings(rows: list[PlottedFact], words: Callable[[Fact], str], *, with_condition: bool = False) -> list[Row]:
    """Each figure as a heading and a mark below it; ``words`` says what stands beside the mark."""
    drawn: list[Row] = []
    for row in rows:
        drawn.append(Row(f"{row.fact.condition}: {row.label}" if with_condition else row.label))
        drawn.append(Row(words(row.fact), row.fact.condition, row.fact.value, row.fact.low, row.fact.high))
    return drawn


def figure_text(fact: Fact) -> str:
    """The figure with its unit, as the words beside a mark."""
    return fact.figure


def value_of(fact: Fact) -> str:
    """The value without its unit, as the words beside a mark."""
    return formatting.number(fact.value)


def figure_in_rows(
    text: ChartText,
    rows: list[PlottedFact],
    axis: Axis,
    words: Callable[[Fact], str] = figure_text,
    *,
    with_condition: bool = False,
    table: pd.DataFrame | None = None,
) -> Figure:
    """A figure of plotted facts in the form most charts share: rows `with_headings` on one axis, and `facts_table`.

    ``table`` stands in its place where readers need another one.

    Raises:
        DataError: a text is missing or damaged.
    """
    return Figure.of_text(
        text,
        build_spec=lambda: chart(with_headings(rows, words, with_condition=with_condition), axis),
        table=fact_tables.facts_table(rows, text.heading) if table is None else table,
        source_ids=plotted.used_sources(row.fact for row in rows),
        details=DETAILS,
    )
