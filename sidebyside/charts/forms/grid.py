"""A table in a drawing: columns under headings, each cell a few words and, below them, some in italics.

On a phone two columns stand beside each other and the others below them; where there is room, all in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.forms.gutter import balanced

if TYPE_CHECKING:
    from collections.abc import Sequence

# Below this width two columns stand beside each other, else all.
WIDE: Final = 560
NARROW_COLUMNS: Final = 2
LETTERS: Final = 19
LINE: Final = 16
BETWEEN: Final = 14
ABOVE: Final = 4


class Cell(NamedTuple):
    """What stands in one cell: its words, and those in italics below them."""

    words: str
    more: str


class Column(NamedTuple):
    """A column under its heading."""

    heading: str
    cells: tuple[Cell, ...]


def chart(columns: Sequence[Column]) -> dict[str, Any]:
    """The columns as a finished Vega-Lite specification, of equal width; cells of one row begin at one height."""
    head = max(len(balanced(column.heading, LETTERS)) for column in columns) * LINE + ABOVE
    count = max(len(column.cells) for column in columns)
    rows = [
        max(len(balanced(column.cells[n].words, LETTERS)) + len(balanced(column.cells[n].more, LETTERS))
            for column in columns if n < len(column.cells)) * LINE + BETWEEN
        for n in range(count)
    ]  # fmt: skip
    whole = head + sum(rows)
    frame = pd.DataFrame([said for n, column in enumerate(columns) for said in _said(n, column, head, rows, whole)])
    base = alt.Chart(frame).transform_calculate(
        x=f"width < {WIDE} ? datum.narrow_column * width / {NARROW_COLUMNS} : datum.column * width / {len(columns)}",
        y=f"width < {WIDE} ? datum.narrow_top : datum.top",
    )
    place: dict[str, Any] = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
    looks: dict[str, dict[str, Any]] = {"heading": {"fontWeight": "bold"}, "words": {}, "more": {"fontStyle": "italic"}}
    look: dict[str, Any] = {"align": "left", "baseline": "top", "lineBreak": "\n", "lineHeight": LINE, "dx": 2}
    layers = [
        theme.words(base.transform_filter(f"datum.kind == '{kind}'"), **look, **own).encode(
            **place, text=alt.Text("said:N")
        )
        for kind, own in looks.items()
    ]
    folds = -(-len(columns) // NARROW_COLUMNS)
    height = f"(width < {WIDE} ? {whole * folds} : {whole}) + {2 * theme.PADDING['top']}"
    return theme.finished(alt.layer(*layers), len(columns), height=height)


def _said(n: int, column: Column, head: float, rows: Sequence[float], whole: float) -> list[dict[str, Any]]:
    """The words of one column, each with the pixels from the top where it begins, beside all others or two by two."""
    fold = n // NARROW_COLUMNS * whole
    placed = {"column": n, "narrow_column": n % NARROW_COLUMNS, "area": column.heading}

    def at(kind: str, top: float, words: str) -> dict[str, Any]:
        lines = "\n".join(balanced(words, LETTERS))
        return {"kind": kind, "said": lines, "top": top, "narrow_top": top + fold, **placed}

    found = [at("heading", 0, column.heading)]
    for m, cell in enumerate(column.cells):
        top = head + sum(rows[:m])
        found.append(at("words", top, cell.words))
        found.append(at("more", top + len(balanced(cell.words, LETTERS)) * LINE, cell.more))
    return found
