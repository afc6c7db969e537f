"""Names in a gutter left of what is drawn, one line of a drawing each: the layout that several forms share.

How names are broken, and how high a line is, follows the width: it is worked out for each of `WIDTHS`, and Vega takes
one of them by an expression of ``width``. So nothing is asked of the browser but to draw.
"""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt

from sidebyside.charts import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

# Letters that a line on a phone holds: headings over groups of rows are broken there.
HEADING_WIDTH = 32


class Width(NamedTuple):
    """How a drawing is laid out up to a width: the letters of a name's line, and the least height of a row."""

    upto: float
    letters: int
    step: int


# From a phone to a page. The letters are those that fill the gutter at the narrow end of each. (No card of ours is as
# wide as one of the borders: there the room of the padding could make two of them hold at once.)
WIDTHS: Final = (Width(410, 17, 36), Width(550, 22, 36), Width(720, 30, 28), Width(math.inf, 36, 28))
NARROW: Final = WIDTHS[1].upto
GUTTER: Final = 260
GUTTER_SHARE: Final = 0.4
# Between a name and the marks, between a mark and its words, at the right edge.
GAP: Final = 12
BESIDE: Final = 11
EDGE: Final = 10
NAME_LETTER: Final = 7.0
WORD_LETTER: Final = 7.9
LINE_HEIGHT: Final = 15
ROOM_BETWEEN_NAMES: Final = 7


class Line(NamedTuple):
    """One line of a drawing: its name in the gutter, or a heading from the left edge on."""

    name: str
    heading: bool = False

    def broken(self, letters: int) -> list[str]:
        """The name in lines of so many letters; a heading has the whole width of a phone."""
        return balanced(self.name, HEADING_WIDTH if self.heading else letters)


def by_width(*values: str, widths: Sequence[Width] = WIDTHS) -> str:
    """A Vega expression that takes one of these by the width of the drawing, one for each of ``widths``."""
    *narrower, widest = values
    return "".join(f"width < {each.upto} ? {value} : " for each, value in zip(widths, narrower, strict=False)) + widest


def each_width(field: str) -> list[str]:
    """The names of a column that stands once for each of `WIDTHS`."""
    return [f"{field}{k}" for k in range(len(WIDTHS))]


def balanced(words: str, letters: int) -> list[str]:
    """Words in as few lines of so many letters as they need, of about the same length; no word is broken."""
    lines = textwrap.wrap(words, letters, break_long_words=False)
    while len(lines) > 1 and letters > 1:
        letters -= 1
        shorter = textwrap.wrap(words, letters, break_long_words=False)
        if len(shorter) > len(lines) or max(map(len, shorter)) > max(map(len, lines)):
            break
        lines = shorter
    return lines


class Gutter:
    """The lines of a drawing by width: how wide their names are, how high each line is, and where its middle is."""

    def __init__(self, lines: Sequence[Line], step: int = theme.ROW_STEP) -> None:
        """Lay out these lines, each at least ``step`` pixels high on a page."""
        self.lines = lines
        named = [len(part) for line in lines if not line.heading for part in line.broken(WIDTHS[-1].letters)]
        # An expression of Vega: how many pixels names may take.
        self.width = f"min({min(GUTTER, round(max(named, default=0) * NAME_LETTER + GAP))}, width * {GUTTER_SHARE})"
        self._heights = [[_height(line, each, step) for line in lines] for each in WIDTHS]

    def height(self, below: float, above: float = 0) -> str:
        """The height of the whole drawing as an expression of Vega, with so much room below and above the lines."""
        return by_width(*(shown(sum(heights) + below + above) for heights in self._heights))

    def middle(self, n: int, shift: float = 0) -> dict[str, float]:
        """Where the n-th line has its middle, or that many pixels below it: from 0 (top) to 1, for each of `WIDTHS`."""
        return {
            f"y{k}": round((sum(heights[:n]) + heights[n] / 2 + shift) / sum(heights), 5)
            for k, heights in enumerate(self._heights)
        }

    def rows(self) -> list[dict[str, Any]]:
        """The names as data, for `names`: ``condition`` is empty, what is drawn must have one."""
        return [
            {**self.middle(n), "condition": "", "words": "", "heading": line.heading}
            | {f"name{k}": "\n".join(line.broken(width.letters)) for k, width in enumerate(WIDTHS)}
            for n, line in enumerate(self.lines)
        ]

    def names(self, base: alt.Chart) -> list[alt.Chart]:
        """Names in the gutter, to the right; headings from the left edge on."""
        look = in_lines(by_width(*each_width("datum.name")))
        names = base.transform_filter("datum.condition == '' && !datum.heading")
        at: Any = alt.value(alt.ExprRef(f"{self.width} - {GAP / 2:g}"))
        drawn = [theme.words(names, align="right", **look).encode(x=at)]
        if any(line.heading for line in self.lines):
            headings = base.transform_filter("datum.heading == true")
            start = alt.XValue(0)  # type: ignore[no-untyped-call]
            drawn.append(theme.words(headings, align="left", fontWeight="bold", **look).encode(x=start))
        return drawn


def base() -> alt.Chart:
    """What all layers of a drawing with a gutter have: their height, by the width (`by_middle`)."""
    return alt.Chart().encode(y=alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[1, 0], nice=False, zero=False)))


def by_middle() -> dict[str, str]:
    """The transformation that takes the middle of each line for the width of the drawing."""
    return {"y": by_width(*each_width("datum.y"))}


def _height(line: Line, width: Width, step: int) -> float:
    least = step if width is WIDTHS[-1] else width.step
    return max(least, len(line.broken(width.letters)) * LINE_HEIGHT + ROOM_BETWEEN_NAMES)


def shown(value: float) -> str:
    """A number of pixels, or a factor, in an expression."""
    return f"{value:.4g}"


def in_lines(text: str) -> dict[str, Any]:
    """Words of an expression that may hold breaks, in lines about the middle of their place."""
    # The baseline "middle" is that of the first line: broken words are lifted by half of their other lines.
    lifted = alt.ExprRef(f"-{LINE_HEIGHT / 2} * (length(split(({text}), '\\n')) - 1)")
    return {"text": alt.ExprRef(text), "dy": lifted, "lineBreak": "\n", "lineHeight": LINE_HEIGHT}
