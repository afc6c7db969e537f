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


@dataclass(frozen=True)
class Parameter:
    """One parameter of a model, as readers see it.

    Attributes:
        name: the field of its dataclass.
        value: the default.
        symbol: as in the equations.
        unit: empty for a bare number.
        says: what it is, in words.
        source: a key of ``sources.csv``, or `OURS` for a choice of ours.
        low: smallest value that the model takes.
        high: largest value that the model takes.
        step: by how much a slider moves.
    """

    name: str
    value: float
    symbol: str
    unit: str
    says: str
    source: str
    low: float
    high: float
    step: float


def known(
    value: T,
    symbol: str,
    unit: str,
    says: str,
    source: str,
    bounds: tuple[float, float, float] = (-math.inf, math.inf, math.nan),
) -> T:
    """A dataclass field with what `parameters` tells of it; bounds are lowest, highest, step."""
    told = {"symbol": symbol, "unit": unit, "says": says, "source": source, "bounds": bounds}
    return field(default=value, metadata=told)


def parameters(model: type) -> Iterator[Parameter]:
    """The parameters of a model's dataclass, in order."""
    for own in fields(model):
        told = own.metadata
        if told and isinstance(own.default, (int, float)):
            low, high, step = told["bounds"]
            words = {name: told[name] for name in ("symbol", "unit", "says", "source")}
            yield Parameter(name=own.name, value=own.default, low=low, high=high, step=step, **words)


def within_bounds(settings: object) -> None:
    """Check every parameter of a settings object.

    Raises:
        ValueError: one is no finite number, or outside its bounds.
    """
    for parameter in parameters(type(settings)):
        value = getattr(settings, parameter.name)
        if not math.isfinite(value) or not parameter.low <= value <= parameter.high:
            message = f"{parameter.name} is {value}, not a number from {parameter.low:g} to {parameter.high:g}"
            raise ValueError(message)
