"""A few numbers in the order of time as columns, each with its name below it and its number on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.forms.gutter import balanced, in_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT: Final = "max(240, min(320, width * 0.5))"
# Room above the highest column for its number, and below all for the lines of a name.
ABOVE: Final = 24
LINE: Final = 15
SMALL: Final = 12
FULL: Final = 0.8
SHARE: Final = 0.62
# Letters of a name's line on a phone and where there is room, for all columns together.
NARROW: Final = 480
LETTERS: Final = (45, 65)


class Column(NamedTuple):
    """A column: its name, its number, and that number as readers see it."""

    name: str
    condition: str
    value: float
    words: str


def chart(
    columns: Sequence[Column], title: str, ticks: Sequence[float], between: tuple[int, str] | None = None
) -> dict[str, Any]:
    """The columns as a finished specification; ``between`` is words at a line before the n-th of them."""
    names = [[balanced(column.name, letters // len(columns)) for column in columns] for letters in LETTERS]
    below = max(len(lines) for each in names for lines in each) * LINE + 12
    frame = pd.DataFrame(
        {
            "place": n + 0.5,
            "condition": column.condition,
            "value": column.value,
            "words": column.words,
            "name0": "\n".join(names[0][n]),
            "name1": "\n".join(names[1][n]),
        }
        for n, column in enumerate(columns)
    )
    top = max(max(column.value for column in columns), *ticks)
    up = alt.Scale(domain=[0, top], range=[alt.ExprRef(f"height - {below}"), ABOVE], nice=False)
    y = alt.Y("value:Q", scale=up, axis=theme.axis(title, ticks))
    x = alt.X("place:Q", scale=alt.Scale(domain=[0, len(columns)], nice=False), axis=None)
    base = alt.Chart(frame).encode(x=x)
    bars = base.mark_bar(opacity=FULL, size=alt.ExprRef(f"width / {len(columns)} * {SHARE}"))
    text = f"width < {NARROW} ? datum.name0 : datum.name1"
    # From the top of the names down: `in_lines` would put their middle there.
    named = {**in_lines(text), "dy": 0, "baseline": "top", "fontSize": alt.ExprRef(f"width < {NARROW} ? {SMALL} : 14")}
    foot: Any = alt.value(alt.ExprRef(f"height - {below - 8}"))
    layers = [
        bars.encode(y=y, color=theme.colour(), tooltip=[alt.Tooltip("name1:N", title=" "), "words:N"]),
        theme.words(base, dy=-11, fontWeight="bold").encode(y=y, text=alt.Text("words:N")),
        theme.words(base, **named).encode(y=foot),
    ]
    layers += _between(*between, x, below) if between else []
    return theme.finished(alt.layer(*layers), len(columns), height=HEIGHT)


def _between(place: int, words: str, x: alt.X, below: int) -> list[alt.Chart]:
    """A dashed line before a column, with what happened then."""
    base = alt.Chart(pd.DataFrame([{"place": place, "event": words}])).encode(x=x)
    ends: Any = {"y": alt.value(0), "y2": alt.value(alt.ExprRef(f"height - {below}"))}
    rule = base.mark_rule(strokeDash=[5, 4], color=theme.TEXT, opacity=0.6, aria=False).encode(**ends)
    said: Any = theme.words(base, align="right", dx=-6).encode(y=alt.value(8), text=alt.Text("event:N"))
    return [rule, said]
