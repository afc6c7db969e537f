"""Effects and odds read against a line of no effect, with what lies left and right of it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sidebyside.charts import theme
from sidebyside.charts.forms import interval_rows
from sidebyside.charts.forms.interval_rows import NO_DIFFERENCE, Axis, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

# Between the line of no effect and the words on either side of it.
GAP = 8
HALF_A_ROW = theme.ROW_STEP / 2


def ratio_axis(title: str, ticks: tuple[float, ...]) -> Axis:
    """The axis of ratios: logarithmic, its line of no effect at one."""
    return Axis(title, log=True, reference=NO_DIFFERENCE, ticks=ticks)


def difference_axis(title: str, ticks: tuple[float, ...], start: float) -> Axis:
    """The axis of differences, from ``start`` on, its line of no effect at zero."""
    return Axis(title, reference=0.0, ticks=ticks, start=start)


def chart(rows: Sequence[Row], axis: Axis, left: str = "", right: str = "") -> dict[str, Any]:
    """Rows with a line of no effect; ``left`` and ``right`` say above the rows what lies on each side of it."""
    if not (left or right):
        return interval_rows.chart(rows, axis)
    spec = interval_rows.chart([Row(" "), *rows], axis)
    return {**spec, "layer": [*spec["layer"], *_sides(spec, axis, left, right)]}


def _sides(spec: dict[str, Any], axis: Axis, left: str, right: str) -> list[dict[str, Any]]:
    """Words on both sides of the line, in the first row, which is kept free for them."""
    (scale,) = [layer["encoding"]["x"]["scale"] for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    said = {"right": (left, -GAP), "left": (right, GAP)}
    look = {
        "type": "text",
        "baseline": "middle",
        "fontSize": theme.FONT_SIZE,
        "color": theme.TEXT,
        "fontStyle": "italic",
    }
    at = {"x": {"datum": axis.reference, "type": "quantitative", "scale": scale}, "y": {"value": HALF_A_ROW}}
    return [
        {
            "data": {"values": [{}]},
            "mark": {**look, "align": align, "dx": dx},
            "encoding": {**at, "text": {"value": words}},
        }
        for align, (words, dx) in said.items()
        if words
    ]
