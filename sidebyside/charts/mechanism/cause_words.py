"""What the charts about causes share: figures in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.data.formatting import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidebyside.charts.plotted import PlottedFact


def between(values: Iterable[float], unit: str = "%") -> str:
    """The smallest and the largest of some numbers, in words: ``5% to 21.1%``."""
    found = sorted(values)
    low, high = (f"{number(end)}{unit}" for end in (found[0], found[-1]))
    return low if low == high else f"{low} to {high}"


def as_text(rows: list[PlottedFact], *, with_condition: bool = False) -> str:
    """Rows in words, with their intervals; a row without one is said to have none where others have one."""
    none = ", no interval" if any(row.fact.bounds for row in rows) else ""
    who = [f"{row.fact.condition}, {row.label}" if with_condition else row.label for row in rows]
    parts = [f"{one}: {row.fact.text}{'' if row.fact.bounds else none}" for one, row in zip(who, rows, strict=True)]
    return "; ".join(parts)
