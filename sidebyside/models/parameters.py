"""The two simulations: a nerve fibre that loses its coat, and a muscle that loses its motor neurons.

Pure numpy, compiled by numba where that pays. Parameters stand in frozen dataclasses; each field
carries its symbol, unit, bounds and source, which sliders, checks and the table of parameters read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "choice"
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Parameter:
    """One parameter of a model, as readers see it.

    Attributes:
        name: the field of its dataclass.
        value: the default.
        symbol: as in the equations.
        unit: empty for a bare number.
        source: a key of ``sources.csv``, or `OURS` for a choice of ours.
        low: where a slider begins.
        high: where a slider ends.
        step: by how much a slider moves.
        limits: the smallest and the largest value that the model takes.
    """

    name: str
    value: float
    symbol: str
    unit: str
    source: str
    low: float
    high: float
    step: float
    limits: tuple[float, float]


def known(
    value: T,
    symbol: str,
    unit: str,
    source: str,
    bounds: tuple[float, float, float] = (-math.inf, math.inf, math.nan),
    limits: tuple[float, float] | None = None,
) -> T:
    """A dataclass field with what `parameters` tells of it; what it is in words stands in ``interface``, ``parameter``.

    ``bounds`` are a slider's lowest, highest and step; ``limits`` what the model takes, if that is more.
    """
    words = {"symbol": symbol, "unit": unit, "source": source}
    return field(default=value, metadata={**words, "bounds": bounds, "limits": limits or bounds[:2]})


def parameters(model: type) -> Iterator[Parameter]:
    """The parameters of a model's dataclass, in order."""
    for own in fields(model):
        metadata = own.metadata
        if metadata and isinstance(own.default, (int, float)):
            low, high, step = metadata["bounds"]
            rest = {name: metadata[name] for name in ("symbol", "unit", "source", "limits")}
            yield Parameter(name=own.name, value=own.default, low=low, high=high, step=step, **rest)


def within_bounds(settings: object) -> None:
    """Check every parameter of a settings object.

    Raises:
        ValueError: one is no finite number, or outside its bounds.
    """
    for parameter in parameters(type(settings)):
        value = getattr(settings, parameter.name)
        least, most = parameter.limits
        if not math.isfinite(value) or not least <= value <= most:
            message = f"{parameter.name} is {value}, not a number from {least:g} to {most:g}"
            raise ValueError(message)
