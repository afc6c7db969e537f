"""What figures share: the rows of a chart from ``plots.csv``, their table and their sources."""

from __future__ import annotations

import contextlib
import math
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from sidebyside.charts.figure import Figure
from sidebyside.data import formatting
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.formatting import SCOPE
from sidebyside.data.reading import records
from sidebyside.figures.rows import Row, chart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sidebyside.chart_text import ChartText
    from sidebyside.data.facts import Fact
    from sidebyside.data.faults import Lost
    from sidebyside.figures.rows import Axis


class PlottedFact(NamedTuple):
    """A figure as a chart shows it: the words beside its mark, the figure, and a remark of ours (may be empty)."""

    label: str
    fact: Fact
    remark: str = ""


class FactRow(NamedTuple):
    """A row of a table whose rows lead to figures (`milestones`, `countries`, trials), and its figure."""

    row: Mapping[str, Any]
    fact: Fact


DETAILS = ("Who was studied", "When", "Note")
_ASKED: ContextVar[set[tuple[str, str]] | None] = ContextVar("asked", default=None)


@contextlib.contextmanager
def noted() -> Iterator[set[tuple[str, str]]]:
    """The charts and panels whose rows are asked for meanwhile: what nobody asks for is never drawn."""
    asked: set[tuple[str, str]] = set()
    before = _ASKED.set(asked)
    try:
        yield asked
    finally:
        _ASKED.reset(before)


def plotted(
    plots: pd.DataFrame, facts: Mapping[str, Fact], chart_id: str, panel: str = "", *, needed: bool = True
) -> list[PlottedFact]:
    """The rows of one chart's panel in order: words, figure, remark; ``needed`` where it must have some.

    Raises:
        DataError: a row of the chart is damaged, or a panel has none: a chart without a row of its own would mislead.
    """
    if (asked := _ASKED.get()) is not None:
        asked.add((chart_id, panel))
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


def facts_table(rows: list[PlottedFact], what: str, *, with_group: bool = False) -> pd.DataFrame:
    """Figures as a table for readers: words, disease, figure, interval, scope, people, source, note; raw numbers.

    ``with_group`` adds the figure's group to the words, where rows differ by nothing else.
    """
    table = pd.DataFrame(
        {
            what: f"{row.label}, {row.fact.group}" if with_group else row.label,
            "Disease": row.fact.condition,
            "Figure": row.fact.figure,
            "Interval": row.fact.bounds or "none given",
            "Who was studied": row.fact.population or formatting.NOT_KNOWN,
            "When": row.fact.period or formatting.NOT_KNOWN,
            "Source": row.fact.attribution,
            "Note": " ".join(filter(None, (row.remark, row.fact.note))),
            **row.fact.raw,
        }
        for row in rows
    )
    return scoped(table, [row.fact for row in rows])


def scoped(table: pd.DataFrame, facts: Iterable[Fact], before: str = "Source") -> pd.DataFrame:
    """The table with whom each figure holds for and what it counts from and to, where any figure says so.

    ``facts`` are those of the rows, in their order. The columns come before the column ``before``; `Figure` says them
    in its title and its alternative text.
    """
    cells = [(fact.among, fact.counted_from, fact.counted_to) for fact in facts]
    for name, column in zip(SCOPE, zip(*cells, strict=True), strict=True):
        if any(column):
            table.insert(list(table.columns).index(before), name, list(column))
    return table


def headed(rows: list[PlottedFact], words: Callable[[Fact], str], *, with_condition: bool = False) -> list[Row]:
    """Each figure as a heading and a mark below it; ``words`` says what stands beside the mark."""
    drawn: list[Row] = []
    for row in rows:
        drawn.append(Row(f"{row.fact.condition}: {row.label}" if with_condition else row.label))
        drawn.append(Row(words(row.fact), row.fact.condition, row.fact.value, row.fact.low, row.fact.high))
    return drawn


def figure_of(fact: Fact) -> str:
    """The figure with its unit, as the words beside a mark."""
    return fact.figure


def value_of(fact: Fact) -> str:
    """The value without its unit, as the words beside a mark."""
    return formatting.number(fact.value)


def figure_in_rows(
    text: ChartText,
    rows: list[PlottedFact],
    axis: Axis,
    words: Callable[[Fact], str] = figure_of,
    *,
    with_condition: bool = False,
    table: pd.DataFrame | None = None,
) -> Figure:
    """A figure of plotted facts in the form that most charts share: `headed` rows on one axis, and `facts_table`.

    ``table`` stands in its place where readers need another one.

    Raises:
        DataError: a text is missing or damaged.
    """
    return Figure.of_text(
        text,
        draw=lambda: chart(headed(rows, words, with_condition=with_condition), axis),
        table=facts_table(rows, text.heading) if table is None else table,
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def used_sources(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The source ids of these figures, each once, in order."""
    return tuple(dict.fromkeys(fact.source.source_id for fact in facts))


def said(rows: Iterable[PlottedFact], *, with_condition: bool = False) -> str:
    """Rows in words, for an alternative text: ``first: 12%; second: 8%``; ``MS, first: 12%`` with the disease."""
    named = ((f"{row.fact.condition}, {row.label}" if with_condition else row.label, row.fact) for row in rows)
    return "; ".join(f"{name}: {fact.figure}" for name, fact in named)


def reach(facts: Iterable[Fact]) -> str:
    """From the lowest to the highest of these figures, without unit: ``24 to 48``, or ``24`` where they agree."""
    ends = [end for fact in facts for end in fact.ends if not math.isnan(end)]
    low, high = formatting.number(min(ends)), formatting.number(max(ends))
    return low if low == high else f"{low} to {high}"
