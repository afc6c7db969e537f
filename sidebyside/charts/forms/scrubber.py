"""Numbers over time for a chart that is scrubbed in the browser: one letter for each.

A drawing that moves needs all its moments at once. As letters of one word per mark they weigh a
hundredth of a table of numbers, and Vega's own expressions can read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

# Each is one byte, and none has to be escaped in JSON, HTML or an expression of Vega.
LETTERS: Final = "".join(chr(code) for code in range(35, 127) if chr(code) not in "\\'\"`<>&")
KNOWN: Final = "letters"
NOW: Final = "at"


def encode(values: NDArray[np.float64], low: float, high: float) -> list[str]:
    """Each row of values (2-D) as a word: its n-th letter is the n-th value, from ``low`` to ``high``."""
    levels = np.round((values - low) / (high - low) * (len(LETTERS) - 1))
    letters = np.array(list(LETTERS))[np.clip(levels, 0, len(LETTERS) - 1).astype(int)]
    return ["".join(row) for row in letters]


def decode_expression(word: str, moment: str) -> str:
    """A Vega expression: the value at a moment (a number) of a word, from 0 at ``low`` to 1 at ``high``."""
    return f"indexof({KNOWN}, slice({word}, {moment}, {moment} + 1)) / {len(LETTERS) - 1}"


def slider(name: str, start: float, end: float, step: float, first: float = 0) -> tuple[alt.Parameter, alt.Parameter]:
    """A slider in the browser from ``first`` to ``end``, and the letters that `decode_expression` looks up."""
    slider: Any = alt.binding_range(min=first, max=end, step=step, name=f"{name} ")
    return alt.param(name=NOW, value=start, bind=slider), alt.param(name=KNOWN, value=LETTERS)


def fill_template(template: Mapping[str, Any], data: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """A finished specification with its named data.

    Altair takes longer to build a chart than a simulation takes to run, so the template is built once. And where
    nothing but data differs, the browser keeps its drawing and the reader's place on the slider.
    """
    return {**template, "datasets": dict(data)}
