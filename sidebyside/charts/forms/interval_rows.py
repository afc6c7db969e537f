"""Named rows with marks and intervals: the form most of our charts share.

The names stand in a gutter left of the marks, in one, two or more lines as the width allows; both diseases of one name
share a row. So the whole chart can be read from left to right, on a phone and on a wide screen.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import pandas as pd

from sidebyside.charts import fact_tables, plotted, theme
from sidebyside.charts.fact_tables import DETAILS
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import gutter
from sidebyside.charts.forms.gutter import (
    BESIDE,
    EDGE,
    GAP,
    NARROW,
    WORD_LETTER,
    Gutter,
    Line,
    balanced,
    in_lines,
    shown,
)
from sidebyside.data.facts import Incomparable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

NO_DIFFERENCE = 1.0
PERCENT_TICKS = (0, 25, 50, 75, 100)
# The least width of the marks on a phone: words left of a mark need their room there.
NARROWEST: Final = 100
# The least width of the marks where words are longer than any that should stand beside a mark.
LEAST: Final = 60
# Letters of words beside a mark: more are broken on a phone, and do not stand between two marks of one row.
SHORT: Final = 13
# Marks of one row nearer than this share of the axis would cover each other: they stand a little apart in height.
CLOSE: Final = 0.06
APART: Final = 6


@dataclass(frozen=True, eq=False)
class Row(Incomparable):
    """A heading (no condition), or a mark with a few words beside it; numbers in the axis's unit.

    A heading names the marks that follow it: one mark, or one of each disease, stand in its row. Where several marks of
    one disease follow, each has a row of its own, named by ``label`` or by what stands before a colon in its words.
    """

    words: str
    condition: str = ""
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    label: str = ""

    @property
    def start(self) -> float:
        """Where it begins: the value, or the lower end of what has none."""
        return self.low if math.isnan(self.value) else self.value

    @property
    def ends(self) -> tuple[float, float]:
        """The smallest and the largest number of it."""
        known = [each for each in (self.value, self.low, self.high) if not math.isnan(each)]
        return min(known), max(known)


@dataclass(frozen=True)
class Axis:
    """The horizontal axis and how rows stand on it.

    Attributes:
        title: what is measured, with its unit.
        log: a logarithmic axis.
        stems: a line from the reference (or zero) to each mark that has a row of its own: only where zero matters.
        reference: where a line stands that marks are read against.
        ticks: where numbers stand, if not chosen from the data.
        labels: a Vega expression for the numbers' words; ``datum.value`` is the number.
        floor: where a logarithmic axis begins at the latest.
        start: where another axis begins; stems need it at zero.
        step: the height of a row on a wide screen, in pixels.
    """

    title: str
    log: bool = False
    stems: bool = False
    reference: float | None = None
    ticks: tuple[float, ...] = ()
    labels: str = ""
    floor: float = math.inf
    start: float = 0.0
    step: int = theme.ROW_STEP


def ratio_axis(title: str, ticks: tuple[float, ...], floor: float = math.inf) -> Axis:
    """A logarithmic axis for ratios, read against the line of no difference."""
    return Axis(title, log=True, reference=NO_DIFFERENCE, ticks=ticks, floor=floor)


# ---------------------------------------------------------------- rows as they stand


@dataclass(frozen=True, eq=False)
class NamedMarks(Incomparable):
    """One row of the drawing: its name in the gutter with its marks, or a heading over what follows."""

    name: str
    marks: tuple[Row, ...] = ()


def standing(rows: Sequence[Row]) -> list[NamedMarks]:
    """The rows as they stand, each with its name and its marks; names of diseases stand beside the marks."""
    lines = [line for name, marks in _grouped(rows) for line in _named(name, marks)]
    conditions = {row.condition for row in rows} & set(_DISEASES)
    unnamed = len(conditions) > 1 and not any(_names_disease(line.name) for line in lines)
    return [NamedMarks(line.name, tuple(map(_said, line.marks))) if unnamed else line for line in lines]


_DISEASES: Final = tuple(condition.key for condition in theme.CONDITIONS)


def _names_disease(words: str) -> bool:
    return not {*_DISEASES}.isdisjoint(re.findall(r"\w+", words))


def _grouped(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Each heading with the marks that follow it; marks that nothing names have an empty one."""
    name, marks = "", list[Row]()
    for row in rows:
        if row.condition:
            marks.append(row)
            continue
        if name or marks:
            yield name, marks
        name, marks = row.words, []
    yield name, marks


def _named(name: str, marks: list[Row]) -> list[NamedMarks]:
    conditions = [row.condition for row in marks]
    short = all(len(row.words.removeprefix(f"{row.condition}: ")) <= SHORT for row in marks)
    if len(marks) == 1 or (len(marks) == len(theme.CONDITIONS) == len(set(conditions)) and short):
        own = next((f"{row.condition}: " for row in marks if name.startswith(f"{row.condition}: ")), "")
        bare = (replace(row, words=row.words.removeprefix(f"{row.condition}: ")) for row in marks)
        return [NamedMarks(_capital(name.removeprefix(own)), tuple(bare))]
    parted = [_parted(row) for row in marks]
    return [NamedMarks(name), *(NamedMarks(_capital(row.label), (row,)) for row in parted)]


def _parted(row: Row) -> Row:
    """A mark with its name apart from its words: ``placebo: 0.4``."""
    label, colon, words = row.words.rpartition(": ")
    return replace(row, words=words, label=label) if colon and not row.label else row


def _capital(name: str) -> str:
    # Not where a name begins as it is spelt: a gene, a unit, "iPS".
    return name[:1].upper() + name[1:] if name[1:2].islower() or name[1:2] == " " else name


def _said(row: Row) -> Row:
    """A mark with its words led by the name of its disease, for a chart that shows both and does not name them."""
    if row.condition not in _DISEASES or _names_disease(row.words):
        return row
    return replace(row, words=f"{row.condition} {row.words}")


# ---------------------------------------------------------------- the drawing


def chart(rows: Sequence[Row], axis: Axis) -> dict[str, Any]:
    """The rows as a finished Vega-Lite specification.

    Channels are named by their classes throughout: for a shorthand, Altair hashes its whole schema.
    """
    lines = standing(rows)
    place = Place(lines, axis)
    frame = _frame(lines, place)
    base = gutter.base()
    layers = [_guides(base, place), *place.gutter.names(base)]
    layers += [_reference(axis, place)] if axis.reference is not None else []
    layers += [_between(base, place)] if any(len(line.marks) > 1 for line in lines) else []
    layers += [_stems(base, place)] if axis.stems else []
    layers += [_intervals(base, place)] if frame["low"].notna().any() else []
    layers += [_below(base, place)] if (frame["start"].isna() & frame["high"].notna()).any() else []
    layers += [_marks(base, axis, frame, place), *_words(base, frame, place)]
    # The data stand once, on the whole: Altair would copy, hash and merge them layer by layer.
    drawn = alt.layer(*layers, data=frame).transform_calculate(**gutter.by_middle())
    return theme.finished(drawn, len(lines), axis.step, height=place.height)


def open_marks(spec: dict[str, Any], test: str) -> dict[str, Any]:
    """The chart with open marks where a Vega test holds: they stand apart without a second colour."""
    (marks,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    marks["mark"]["strokeWidth"] = 2.5
    marks["encoding"]["stroke"] = marks["encoding"]["color"]
    marks["encoding"]["fillOpacity"] = {"condition": {"test": test, "value": 0}, "value": 1}
    return spec


class Place:
    """Where things stand: the gutter, the scale of the marks and the height of the rows, as Vega has them by width."""

    def __init__(self, lines: Sequence[NamedMarks], axis: Axis) -> None:
        """Lay out the rows for an axis: what does not depend on the width is worked out here."""
        self.axis = axis
        marks = [row for line in lines for row in line.marks]
        self._low, self._high = self._domain(marks)
        self.gutter = Gutter([Line(line.name, heading=not line.marks) for line in lines], axis.step)
        left = self.words(lines, on_left=True, narrow=True)
        pad = max((max(0.0, room - share * NARROWEST) for share, room in left), default=0.0)
        self.start = f"({self.gutter.width} + {round(pad + GAP / 2)})"
        narrow, wide = (self._end(self.words(lines, on_left=False, narrow=narrow)) for narrow in (True, False))
        self.end = narrow if narrow == wide else f"(width < {NARROW} ? {narrow} : {wide})"
        self.height = self.gutter.height(theme.axis_room(axis.title))

    def _domain(self, marks: Sequence[Row]) -> tuple[float, float]:
        low, high = min(row.ends[0] for row in marks), max(row.ends[1] for row in marks)
        axis = self.axis
        if axis.log:
            ends = [*axis.ticks, *([] if axis.reference is None else [axis.reference])]
            inside = [tick for tick in ends if low / 2 <= tick <= high * 1.3]
            return min([low * 0.9, axis.floor, *inside]), max([high * 1.05, *inside])
        return axis.start, max(high, *axis.ticks, axis.reference or axis.start)

    def share(self, value: float) -> float:
        """Where a number stands, from 0 at the left end of the axis to 1 at its right."""
        if self.axis.log:
            return math.log(value / self._low) / math.log(self._high / self._low)
        return (value - self._low) / (self._high - self._low)

    def _end(self, words: list[tuple[float, float]]) -> str:
        """Where the scale ends: as far right as all words right of marks have their room."""
        fits = [f"({shown(1 / share)} * (width - {round(room)} - {self.start}))" for share, room in tightest(words)]
        return f"({self.start} + max({LEAST}, min({', '.join([f'width - {EDGE} - {self.start}', *fits])})))"

    def words(self, lines: Sequence[NamedMarks], *, on_left: bool, narrow: bool) -> list[tuple[float, float]]:
        """The words on one side of the marks: where on the axis each begins, and the room that it needs."""
        found = []
        for line in lines:
            for row in (each for each in line.marks if stands_left(each, line.marks) == on_left):
                end = row.ends[0] if on_left else self.past_reference(row.ends[1])
                letters = max(map(len, broken(row.words) if narrow else [row.words]))
                found.append((self.share(end), BESIDE + letters * WORD_LETTER))
        return found

    def past_reference(self, end: float) -> float:
        """Where words right of a mark begin: they would lie across the line of reference if they stood left of it."""
        return end if self.axis.reference is None else max(end, self.axis.reference)

    @property
    def scale(self) -> alt.Scale:
        """The scale of the marks: from the gutter as far right as the words beside them leave room."""
        kind: dict[str, Any] = {"type": "log"} if self.axis.log else {"zero": False}
        ends = [alt.ExprRef(self.start), alt.ExprRef(self.end)]
        return alt.Scale(domain=[self._low, self._high], range=ends, nice=False, **kind)

    def ticks(self) -> list[float]:
        """Where numbers stand on the axis."""
        if self.axis.ticks:
            return list(self.axis.ticks)
        step = 10 ** math.floor(math.log10(self._high))
        step = step / 2 if self._high / step < 2 else step
        return [step * n for n in range(math.floor(self._high / step) + 1)]


def broken(words: str) -> list[str]:
    """Words beside a mark in lines that a phone has room for."""
    return balanced(words, SHORT)


def stands_left(row: Row, marks: Sequence[Row]) -> bool:
    """Whether the words of a mark stand left of it: the smaller of two in a row."""
    return len(marks) > 1 and row is min(marks, key=lambda each: each.start)


def tightest(words: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Those words that bound the axis: none is further right and longer than one of them."""
    kept: list[tuple[float, float]] = []
    for share, room in sorted(set(words), reverse=True):
        if share > 0 and all(room > other for _, other in kept):
            kept.append((share, room))
    return kept


def _frame(lines: Sequence[NamedMarks], place: Place) -> pd.DataFrame:
    """Names and marks as data: the middle of each row for each of `WIDTHS`, from 0 at the top to 1 at the bottom."""
    found: list[dict[str, Any]] = place.gutter.rows()
    for n, line in enumerate(lines):
        apart = APART if are_close(line.marks, place) else 0
        for row in line.marks:
            on_left = stands_left(row, line.marks)
            middle = place.gutter.middle(n, apart if on_left else -apart)
            found.append({**middle, **_mark(row, line.marks, place, on_left=on_left)})
    return pd.DataFrame(found)


def _mark(row: Row, marks: Sequence[Row], place: Place, *, on_left: bool) -> dict[str, Any]:
    end = row.ends[0] if on_left else place.past_reference(row.ends[1])
    said = {"broken": "\n".join(broken(row.words)), "left": on_left, "end": end, "start": row.start}
    other = next((each.start for each in marks if each is not row), math.nan) if on_left else math.nan
    # A kind of row may have fields of its own, which its drawing asks for.
    return {**asdict(row), **said, "other": other, "alone": len(marks) == 1}


def are_close(marks: Sequence[Row], place: Place) -> bool:
    """Whether two marks of one row would cover each other."""
    if len(marks) < 2 or any(math.isnan(row.start) for row in marks):
        return False
    first, last = (place.share(row.start) for row in marks[:2])
    return abs(first - last) < CLOSE


def _x(field: str, place: Place) -> alt.X:
    """Where something stands: the scale alone; `_marks` brings the one axis of all layers."""
    return alt.X(f"{field}:Q", scale=place.scale)


def _guides(base: alt.Chart, place: Place) -> alt.Chart:
    """A faint line from each name to the edge of the marks: on a wide screen a name is far from its mark."""
    named = base.transform_filter("datum.condition == '' && !datum.heading")
    ends: Any = alt.value(alt.ExprRef(place.start)), alt.value(alt.ExprRef(place.end))
    return _placed(named.mark_rule(color=theme.NEUTRAL, opacity=0.18, aria=False), x=ends[0], x2=ends[1])


def _between(base: alt.Chart, place: Place) -> alt.Chart:
    """A quiet line between the two marks of one row."""
    pairs = base.transform_filter("isValid(datum.other)")
    line = pairs.mark_rule(color=theme.NEUTRAL, strokeWidth=3, opacity=0.35, aria=False)
    return _placed(line, x=_x("start", place), x2=alt.X2("other:Q"))


def _stems(base: alt.Chart, place: Place) -> alt.Chart:
    alone = base.transform_filter("datum.alone == true && isValid(datum.start)")
    stems = alone.mark_rule(strokeWidth=4, opacity=0.3, aria=False)
    return _placed(stems, x=_x("start", place), x2=alt.X2Datum(place.axis.reference or 0), color=theme.colour())


def _intervals(base: alt.Chart, place: Place) -> alt.Chart:
    whole = base.transform_filter("isValid(datum.low) && isValid(datum.high)")
    drawn = whole.mark_rule(strokeWidth=6, opacity=0.42, aria=False)
    return _placed(drawn, x=_x("low", place), x2=alt.X2("high:Q"), color=theme.colour())


def _below(base: alt.Chart, place: Place) -> alt.Chart:
    """A line from the edge up to a limit that is all the source gives: the figure lies below it."""
    below = base.transform_filter("isValid(datum.high) && !isValid(datum.start)").mark_rule(strokeWidth=6, opacity=0.42)
    edge: Any = alt.X2Value(alt.ExprRef(place.start))  # type: ignore[no-untyped-call]
    return _placed(below, x=_x("high", place), x2=edge, color=theme.colour())


def _marks(base: alt.Chart, axis: Axis, frame: pd.DataFrame, place: Place) -> alt.Chart:
    # Where the source gives ends only, no mark is drawn; an empty group must not ask for a name.
    named: dict[str, Any] = {} if frame["value"].notna().any() else {"aria": False}
    known = base.transform_filter("isValid(datum.value)")
    marks = known.mark_point(filled=True, size=theme.MARK_SIZE, opacity=1, **named)
    labels: dict[str, Any] = {"labelExpr": axis.labels} if axis.labels else {}
    look = {"labelFlush": True, "labelOverlap": "greedy", "labelSeparation": 8, "titleAnchor": "end", **labels}
    x = alt.X("value:Q", scale=place.scale, axis=theme.axis(axis.title, place.ticks(), **look))
    said = alt.Tooltip("words:N", title=" ")
    return _placed(marks, x=x, color=theme.colour(), shape=theme.shape(), tooltip=said)


def _words(base: alt.Chart, frame: pd.DataFrame, place: Place) -> list[alt.Chart]:
    """Words beside the marks: right of each, but left of the smaller of two in a row."""
    sides = {False: ("left", BESIDE), True: ("right", -BESIDE)}
    shown = set(frame["left"].dropna()) if "left" in frame else set()
    drawn = []
    for on_left, (align, dx) in sides.items():
        if on_left in shown:
            own = base.transform_filter(f"datum.condition != '' && datum.left == {str(on_left).lower()}")
            words = theme.words(
                own,
                align=align,
                dx=dx,
                fontWeight="bold",
                **in_lines(f"width < {NARROW} ? datum.broken : datum.words"),
            )
            drawn.append(_placed(words, x=_x("end", place)))
    return drawn


def _reference(axis: Axis, place: Place) -> alt.Chart:
    """A line at the reference value, through all rows."""
    line = alt.Chart().mark_rule(strokeWidth=1.5, color=theme.NEUTRAL, opacity=1, aria=False)
    return _placed(line, x=alt.X(datum=axis.reference, scale=place.scale))


def _placed(marks: alt.Chart, **channels: Any) -> alt.Chart:
    placed: alt.Chart = marks.encode(**channels)
    return placed


# ---------------------------------------------------------------- figures


def with_headings(rows: list[PlottedFact], words: Callable[[Fact], str], *, with_condition: bool = False) -> list[Row]:
    """Each figure as a name and a mark; ``words`` says what stands beside the mark.

    With ``with_condition``, figures of both diseases under one label stand in one row.
    """
    drawn: list[Row] = []
    for label, facts in _by_label(rows, shared=with_condition):
        drawn.append(Row(label))
        drawn += [Row(words(fact), fact.condition, fact.value, fact.low, fact.high) for fact in facts]
    return drawn


def _by_label(rows: list[PlottedFact], *, shared: bool) -> list[tuple[str, list[Fact]]]:
    found: list[tuple[str, list[Fact]]] = []
    for row in rows:
        mates = [facts for label, facts in found if label == row.label] if shared else []
        if mates and row.fact.condition not in {fact.condition for fact in mates[-1]}:
            mates[-1].append(row.fact)
        else:
            found.append((row.label, [row.fact]))
    return found


def figure_text(fact: Fact) -> str:
    """The figure as the words beside a mark: rounded for reading; its unit stands at the axis."""
    return fact.brief


def value_of(fact: Fact) -> str:
    """The value without its unit, as the words beside a mark."""
    return fact.brief.removesuffix("%")


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
