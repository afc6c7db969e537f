"""A figure's table as readers see it: sources as links, and what is long row by row below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.content.text import cite, escape
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.data.sources import Source


def display_table(figure: Figure, sources: Iterable[Source]) -> pd.DataFrame:
    """The table without its long columns; cells are Markdown: each source a link, all else as it stands."""
    table = figure.table.drop(columns=list(figure.details))
    written = table.map(escape)
    if "Source" in table:
        links = {source.label: cite(source) for source in sources}
        written["Source"] = [_link_label(text, links) for text in table["Source"]]
    return written


def detail_lines(figure: Figure) -> list[str]:
    """The long columns, one line of Markdown for each row, led by the row's first words."""
    columns = [column for column in figure.table.columns if column not in figure.details][:2]
    return [_detail(row, columns, figure.details) for row in records(figure.table)]


def _detail(row: Mapping[str, str], columns: Sequence[str], long: Iterable[str]) -> str:
    named = ", ".join(escape(row[column]) for column in columns)
    said = "; ".join(f"{column.lower()}: {escape(row[column])}" for column in long if row[column])
    return f"**{named}**: {said}"


def _link_label(text: str, links: Mapping[str, str]) -> str:
    label = next((label for label in sorted(links, key=len, reverse=True) if text.endswith(label)), "")
    return f"{escape(text.removesuffix(label))}{links.get(label, '')}"
