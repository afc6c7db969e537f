"""Change from one stage to the next: a line for each group, named and numbered at its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.forms.gutter import WORD_LETTER, balanced

if TYPE_CHECKING:
    from collections.abc import Sequence

# The height of the lines in pixels, the room above them for the stages, and the least distance of two words.
HEIGHT: Final = 230
STAGES: Final = 34
APART: Final = 17
FOOT: Final = 12
BOTTOM: Final = STAGES + HEIGHT + 2 * FOOT
BESIDE: Final = 10
# Letters of a name's line right of the lines: on a phone, and where there is room.
NARROW_LETTERS: Final = 16
WIDE: Final = 520


class Slope(NamedTuple):
    """A group with its number at each stage, in order; ``words`` are those numbers as readers see them."""

    name: str
    condition: str
    values: tuple[float, ...]
    words: tuple[str, ...]


def chart(slopes: Sequence[Slope], stages: Sequence[str], start: float = 0.0) -> dict[str, Any]:
    """The slopes over these stages as a finished specification; ``start`` is the number at the foot."""
    top = max(value for slope in slopes for value in slope.values)
    across = _across(slopes, len(stages))
    frame = pd.DataFrame([
        {"name": slope.name, "condition": slope.condition, "stage": n, "value": value, "words": words}
        | {"at": round(_from_top(value, start, top), 1)}
        for slope in slopes
        for n, (value, words) in enumerate(zip(slope.values, slope.words, strict=True))
    ])  # fmt: skip
    base = alt.Chart(frame).encode(x=alt.X("stage:Q", scale=across, axis=None))
    # Heights are pixels: the words at the ends, which may have to move apart, stand by the same measure.
    y = alt.Y("at:Q", scale=None, axis=None)
    line = base.mark_line(strokeWidth=2.5, opacity=0.8, aria=False).encode(y=y, color=theme.colour(), detail="name:N")
    marks = base.mark_point(filled=True, size=theme.MARK_SIZE, opacity=1).encode(
        y=y, color=theme.colour(), shape=theme.shape(), tooltip=[alt.Tooltip("name:N", title=" "), "words:N"]
    )
    layers = [_stems(stages, across), line, marks, *_ends(slopes, len(stages) - 1, across, start, top)]
    height = str(BOTTOM + theme.PADDING["top"] + theme.PADDING["bottom"])
    return theme.finished(alt.layer(*layers, *_heads(stages, across)), len(slopes), height=height)


def _across(slopes: Sequence[Slope], stages: int) -> alt.Scale:
    """From stage to stage, with room for numbers on the left and for numbers and names on the right."""
    first = max(len(slope.words[0]) for slope in slopes) * WORD_LETTER + BESIDE + 4
    numbers = max(len(slope.words[-1]) for slope in slopes)
    narrow, wide = (
        (max(len(part) for slope in slopes for part in lines(slope.name)) + numbers + 1) * WORD_LETTER + BESIDE
        for lines in (_broken, lambda name: [name])
    )
    right = f"(width < {WIDE} ? {narrow:.0f} : {wide:.0f})"
    ends = [alt.ExprRef(f"{first:.0f}"), alt.ExprRef(f"width - {right}")]
    return alt.Scale(domain=[0, stages - 1], range=ends, nice=False, zero=False)


def _broken(name: str) -> list[str]:
    return balanced(name, NARROW_LETTERS)


def _stems(stages: Sequence[str], across: alt.Scale) -> alt.Chart:
    upright = alt.Chart(pd.DataFrame({"stage": range(len(stages))}))
    rule = upright.mark_rule(color=theme.NEUTRAL, opacity=0.4, aria=False)
    ends: Any = {"y": alt.value(STAGES), "y2": alt.value(BOTTOM)}
    drawn: alt.Chart = rule.encode(x=alt.X("stage:Q", scale=across, axis=None), **ends)
    return drawn


def _heads(stages: Sequence[str], across: alt.Scale) -> list[alt.Chart]:
    """The stages above their lines; the last begins above the names of its groups."""
    drawn = []
    for n, words in enumerate(stages):
        align = "center" if 0 < n < len(stages) - 1 else "left"
        data = alt.Chart(pd.DataFrame([{"stage": n, "words": words}]))
        dx = {0: -BESIDE, len(stages) - 1: BESIDE}.get(n, 0)
        head: Any = theme.words(data, align=align, dx=dx, fontWeight="bold")
        drawn.append(
            head.encode(x=alt.X("stage:Q", scale=across, axis=None), y=alt.value(STAGES / 2), text=alt.Text("words:N"))
        )
    return drawn


def _ends(slopes: Sequence[Slope], last: int, across: alt.Scale, start: float, top: float) -> list[alt.Chart]:
    """Numbers at the first stage, numbers and names at the last, moved apart where they would cover each other."""
    drawn = []
    for stage, align, dx in ((0, "right", -BESIDE), (last, "left", BESIDE)):
        ordered = sorted(slopes, key=lambda slope, at=stage: -slope.values[at])  # type: ignore[misc]
        lines = [_broken(slope.name) if stage == last else [""] for slope in ordered]
        heights = [_from_top(slope.values[stage], start, top) for slope in ordered]
        rows = [
            {
                "stage": stage,
                "at": at,
                "words": slope.words[stage] + (f" {slope.name}" if stage == last else ""),
                "broken": slope.words[stage] + (" " + "\n".join(broken) if stage == last else ""),
            }
            for slope, at, broken in zip(ordered, spread(heights, [len(each) for each in lines]), lines, strict=True)
        ]
        text = alt.ExprRef(f"width < {WIDE} ? datum.broken : datum.words")
        data = alt.Chart(pd.DataFrame(rows))
        said: Any = theme.words(data, align=align, dx=dx, text=text, lineBreak="\n", lineHeight=APART - 2)
        y = alt.Y("at:Q", scale=None, axis=None)
        drawn.append(said.encode(x=alt.X("stage:Q", scale=across, axis=None), y=y))
    return drawn


def _from_top(value: float, start: float, top: float) -> float:
    return STAGES + FOOT + (top - value) / (top - start) * HEIGHT


def spread(heights: Sequence[float], lines: Sequence[int]) -> list[float]:
    """Heights from the top, in order, moved apart as words of so many lines need, half up and half down."""
    down, up = list(heights), list(heights)
    for n in range(1, len(down)):
        down[n] = max(down[n], down[n - 1] + APART * lines[n - 1])
    for n in range(len(up) - 2, -1, -1):
        up[n] = min(up[n], up[n + 1] - APART * lines[n])
    return [(one + other) / 2 for one, other in zip(down, up, strict=True)]
