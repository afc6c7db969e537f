"""The rows that a chart draws, from ``plots.csv`` or a table that leads to figures; their sources and words."""

from __future__ import annotations

import contextlib
import math
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from sidebyside.data import formatting
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from sidebyside.data.facts import Fact
    from sidebyside.data.faults import Lost


class PlottedFact(NamedTuple):
    """A figure as a chart shows it: the words beside its mark, the figure, and a remark of ours (may be empty)."""

    label: str
    fact: Fact
    remark: str = ""


class FactRow(NamedTuple):
    """A row of a table whose rows lead to figures (`milestones`, `countries`, trials), and its figure."""

    row: Mapping[str, Any]
    fact: Fact


_RECORDED: ContextVar[set[tuple[str, str]] | None] = ContextVar("recorded", default=None)


@contextlib.contextmanager
def recording_panels() -> Iterator[set[tuple[str, str]]]:
    """The charts and panels whose rows are asked for meanwhile: what nobody asks for is never drawn."""
    recorded: set[tuple[str, str]] = set()
    before = _RECORDED.set(recorded)
    try:
        yield recorded
    finally:
        _RECORDED.reset(before)


def plotted(
    plots: pd.DataFrame, facts: Mapping[str, Fact], chart_id: str, panel: str = "", *, needed: bool = True
) -> list[PlottedFact]:
    """The rows of one chart's panel in order: words, figure, remark; ``needed`` where it must have some.

    Raises:
        DataError: a row of the chart is damaged, or a panel has none: a chart without a row of its own would mislead.
    """
    if (recorded := _RECORDED.get()) is not None:
        recorded.add((chart_id, panel))
    faults = [fault for row in plots.attrs.get("lost", ()) if _may_be_of(row, chart_id) for fault in row.faults]
    if faults:
        raise DataError(faults)
    rows = plots[(plots["chart"] == chart_id) & (plots["panel"] == panel)].sort_values("position")
    if rows.empty and needed:
        words = f"the chart {chart_id} needs rows" + (f" for its panel {panel}" if panel else "")
        raise DataError([Fault("plots.csv", None, "chart, panel", words, "")])
    return [PlottedFact(row["label"], facts[row["fact_id"]], row["remark"]) for row in records(rows)]


def _may_be_of(row: Lost, chart_id: str) -> bool:
    """Whether a damaged row belongs to a chart; one that does not say its chart is of one of those beside it."""
    unsaid = any(fault.column in ("", "chart") for fault in row.faults)
    return chart_id in {cells.get("chart") for cells in ((*row.beside, row.cells) if unsaid else (row.cells,))}


def rows_with_facts(rows: pd.DataFrame, facts: Mapping[str, Fact]) -> list[FactRow]:
    """The rows of a table in its order, each with the figure that its ``fact_id`` names."""
    return [FactRow(row, facts[row["fact_id"]]) for row in records(rows)]


def used_sources(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The source ids of these figures, each once, in order."""
    return tuple(dict.fromkeys(fact.source.source_id for fact in facts))


def as_text(rows: Iterable[PlottedFact], *, with_condition: bool = False) -> str:
    """Rows in words, for an alternative text: ``first: 12%; second: 8%``; ``MS, first: 12%`` with the disease."""
    named = ((f"{row.fact.condition}, {row.label}" if with_condition else row.label, row.fact) for row in rows)
    return "; ".join(f"{name}: {fact.figure}" for name, fact in named)


def range_text(facts: Iterable[Fact], written: Callable[[float], str] = formatting.number) -> str:
    """From the lowest to the highest of these figures, without unit: ``24 to 48``, or ``24`` where they agree.

    ``written`` says how numbers are written: for a title, `formatting.for_reading`.
    """
    ends = [end for fact in facts for end in fact.ends if not math.isnan(end)]
    low, high = written(min(ends)), written(max(ends))
    return low if low == high else f"{low} to {high}"
