"""Figures as the table of a chart, for readers and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sidebyside.data import formatting
from sidebyside.data.formatting import SCOPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.data.facts import Fact

DETAILS = ("Who was studied", "When", "Note")


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
    return with_scope(table, [row.fact for row in rows])


def with_scope(table: pd.DataFrame, facts: Iterable[Fact], before: str = "Source") -> pd.DataFrame:
    """The table with whom each figure holds for and what it counts from and to, where any figure says so.

    ``facts`` are those of the rows, in their order. The columns come before the column ``before``; `Figure` says them
    in its title and its alternative text.
    """
    cells = [(fact.among, fact.counted_from, fact.counted_to) for fact in facts]
    for name, column in zip(SCOPE, zip(*cells, strict=True), strict=True):
        if any(column):
            table.insert(list(table.columns).index(before), name, list(column))
    return table
