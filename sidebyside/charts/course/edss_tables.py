"""What the charts of disability over the years share: the tables of scores, and what to know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidebyside.charts.definition import Options
from sidebyside.content.chart_text import chart_text, decide

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

TABLES: Mapping[str, str] = {"updated": "msss-updated-2017", "older": "msss-original-2005"}
FAN_YEARS: Final = (1.0, 10.0, 20.0, 30.0)
SCORE_TABLE: Final = "Score table"


def of(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of one score table, by year."""
    return frame[frame["table_id"] == TABLES[table]].sort_values("years")


def sources(frame: pd.DataFrame, scale: pd.DataFrame) -> tuple[str, ...]:
    """The sources of a table of scores and of the words for its steps."""
    return tuple(dict.fromkeys([*frame["source_id"], *frame["copy_source_id"], *scale["source_id"]]))


def score_table(chart: str, frame: pd.DataFrame, sources: Mapping[str, Source]) -> str:
    """Where a table of scores is from, in words."""
    row = frame.iloc[0]
    source, copy = (sources[row[column]].label for column in ("source_id", "copy_source_id"))
    return chart_text(chart, source=source, copy=copy)["score-table"]


def at_year(chart: str, year: int, **values: str) -> ChartText:
    """The words of one year of a chart."""
    return chart_text(chart, decide("years", one_year=year == 1), year=str(year), **values)


CHOICE: Final = Options("table", tuple(TABLES))
