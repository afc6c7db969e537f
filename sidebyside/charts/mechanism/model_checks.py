"""Our simulations held against published results: what the papers give, what we get, the difference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import Axis, Row, chart
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import DECIMALS, number, rounded, with_unit
from sidebyside.data.reading import records
from sidebyside.models.published_checks import ours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.data.sources import Source

CLOSE: Final = 1.0
# The axis begins near the published value, in percent of it: ours is never far from it, and a test says so.
NEAR: Final = 90.0
MODELS: Final[Mapping[str, str]] = {"axon": theme.MS.key, "motor_pool": theme.ALS.key}


def model_checks(table: pd.DataFrame, sources: Mapping[str, Source]) -> Figure:
    """Each published result beside ours; numbers are drawn as ours in % of the published one."""
    rows = [{**row, "ours": ours(row["check_id"])} for row in records(table.sort_values("position"))]
    numbers = [row for row in rows if row["kind"] == "value"]
    close = [row for row in numbers if abs(_share(row) - 100) <= CLOSE]
    held = [row for row in rows if row["kind"] == "holds"]
    true = sum(bool(row["ours"]) for row in held)
    text = chart_text(
        "model-checks",
        close=str(len(close)),
        numbers=str(len(numbers)),
        true=str(true),
        held=str(len(held)),
        rows=". ".join(_in_words(row) for row in numbers),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _spec(numbers, text.axis),
        table=_table(rows, sources, text.heading),
        source_ids=dict.fromkeys(row["source_id"] for row in rows),
        details=("Note",),
    )


def _share(row: Mapping[str, Any]) -> float:
    return 100 * float(row["ours"]) / float(row["published"])


def _in_words(row: Mapping[str, Any]) -> str:
    ours, published = (
        with_unit(rounded(row["ours"]), row["unit"]),
        with_unit(number(row["published"]), row["unit"]),
    )
    return f"{row['what']}: {ours}, published {published}"


def _spec(numbers: list[dict[str, Any]], title: str) -> dict[str, Any]:
    drawn: list[Row] = []
    for row in numbers:
        drawn.append(Row(row["what"]))
        words = f"{rounded(row['ours'])} for {number(row['published'])}"
        drawn.append(Row(words, MODELS[row["model"]], round(_share(row), 1)))
    axis = Axis(title, reference=100, ticks=(90, 95, 100, 105, 110), start=NEAR)
    return chart(drawn, axis)


def _table(rows: list[dict[str, Any]], sources: Mapping[str, Source], what: str) -> pd.DataFrame:
    return pd.DataFrame({what: row["what"], **_sides(row), **_origin(row, sources)} for row in rows)


def _sides(row: Mapping[str, Any]) -> dict[str, float | str]:
    if row["kind"] == "holds":
        agrees = "yes" if row["ours"] else "no"
        said = {"Published": "yes", "Ours": agrees, "Difference": "none" if row["ours"] else "it does not hold"}
        return {**said, "published": math.nan, "ours": math.nan, "difference": math.nan, "unit": ""}
    difference = rounded(row["ours"] - row["published"])
    return {
        "Published": with_unit(number(row["published"]), row["unit"]),
        "Ours": with_unit(rounded(row["ours"]), row["unit"]),
        "Difference": with_unit(difference, row["unit"]),
        "published": row["published"],
        "ours": round(row["ours"], DECIMALS),
        "difference": round(row["ours"] - row["published"], DECIMALS),
        "unit": row["unit"],
    }


def _origin(row: Mapping[str, Any], sources: Mapping[str, Source]) -> dict[str, str]:
    return {"Source": sources[row["source_id"]].label, "Note": row["note"]}


MODEL_CHECKS = ChartDefinition("model-checks", model_checks, ("model_checks", "sources"))
