"""Disability over the years: the fan of scores, and the list of charts about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.course import edss_tables
from sidebyside.charts.course.edss_tables import CHOICE, FAN_YEARS, SCORE_TABLE, at_year, of, score_table
from sidebyside.charts.course.hundred_people import HUNDRED_PEOPLE
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import over_time
from sidebyside.charts.forms.over_time import Plane, Words
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import number
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

TITLE_YEAR: Final = 15
LINE_OF_WORDS: Final = 11
# From the top of the drawing down.
QUANTILES: Final = ("p90", "p75", "p50", "p25", "p10")


def edss_fan(quantiles: pd.DataFrame, scale: pd.DataFrame, sources: Mapping[str, Source], *, table: str) -> Figure:
    """Disability in MS (EDSS, 0 to 10) by years since MS began: median, middle half, middle eight tenths.

    ``table`` is a key of `edss_tables.TABLES`: the score table that the quantiles are worked out from.
    """
    rows, steps = of(quantiles, table), _named_steps(scale)
    text = chart_text("edss-fan", table, **_fan_values(rows))
    return Figure.of_text(
        text,
        build_spec=lambda: _fan_chart(rows, steps, text),
        table=_fan_table(rows, text, score_table("edss-fan", rows, sources)),
        source_ids=edss_tables.sources(rows, scale),
        details=(text["column-p25"], text["column-p75"], SCORE_TABLE),
        terms=tuple((_step_words(step), f"{step['plain']}.") for step in steps),
    )


def _named_steps(scale: pd.DataFrame) -> list[dict[str, Any]]:
    return records(scale[scale["short"] != ""].sort_values("edss"))


def _step_words(step: Mapping[str, Any]) -> str:
    return f"{number(step['edss'])}: {step['short']}"


def _fan_values(rows: pd.DataFrame) -> dict[str, str]:
    """What the words of the spread name: its ends at the year of the title, and some years in words."""
    (row,) = records(rows[rows["years"] == TITLE_YEAR])
    low, high = (number(row[key]) for key in ("p25", "p75"))
    lines = (_fan_in_words(row) for row in records(rows[rows["years"].isin(FAN_YEARS)]))
    return {"year": str(TITLE_YEAR), "low": low, "high": high, "rows": "; ".join(lines)}


def _fan_in_words(row: Mapping[str, Any]) -> str:
    names = {"p50": "half", "p25": "low", "p75": "high", "p10": "bottom", "p90": "top"}
    values = {name: number(row[key]) for key, name in names.items()}
    return at_year("edss-fan", row["years"], **values)["at-year"]


def _fan_table(rows: pd.DataFrame, text: ChartText, score_table: str) -> pd.DataFrame:
    heads = {key: text[f"column-{key}"] for key in reversed(QUANTILES)}
    years = text.heading
    return pd.DataFrame(
        {years: str(row["years"])}
        | {head: number(row[key]) for key, head in heads.items()}
        | {SCORE_TABLE: score_table}
        for row in records(rows)
    )


def _fan_chart(rows: pd.DataFrame, steps: Sequence[Mapping[str, Any]], text: ChartText) -> dict[str, Any]:
    first, last = int(rows["years"].min()), int(rows["years"].max())
    scores = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
    plane = Plane((first, last), FAN_YEARS, text.axis, (0, 10), scores, text["vertical-axis"])
    base = alt.Chart(_fan_data(rows))
    bands = {("low", "high"): 0.2, ("inner_low", "inner_high"): 0.38}
    layers = [
        over_time.band(base, plane, ends, depth, theme.MS, interpolate="step-after") for ends, depth in bands.items()
    ]
    layers += [over_time.line(base, plane, "value", theme.MS, interpolate="step-after")]
    layers += _steps([step for step in steps if step["edss"] > 0], plane)
    return over_time.finished([*layers, *over_time.right_words(plane, _edges(rows[rows["years"] == last], text))])


def _fan_data(rows: pd.DataFrame) -> pd.DataFrame:
    names = {"p50": "value", "p10": "low", "p90": "high", "p25": "inner_low", "p75": "inner_high"}
    drawn = rows[["years", *names]].rename(columns=names)
    return drawn.assign(x=drawn["years"].astype(int)).drop(columns="years")


def _steps(steps: Sequence[Mapping[str, Any]], plane: Plane) -> list[alt.Chart]:
    """Some steps of the scale as lines with their words, above the line and left, where the bands are low."""
    base = alt.Chart(pd.DataFrame([{"step": s["edss"]} for s in steps]))
    rule = base.mark_rule(color=theme.TEXT, opacity=0.5, strokeDash=[5, 4], aria=False).encode(y=plane.up("step"))
    said = [Words(_step_words(step), step["edss"], shift=-10, bold=False) for step in steps]
    return [rule, *over_time.left_words(plane, said)]


def _edges(last: pd.DataFrame, text: ChartText) -> list[Words]:
    """What the line and the edges of the pale band mean: outside the bands, and above the line."""
    (row,) = records(last)
    shifts = {"p90": -LINE_OF_WORDS, "p50": -LINE_OF_WORDS, "p10": LINE_OF_WORDS}
    return [Words(text[f"edge-{key}"], row[key], shift) for key, shift in shifts.items()]


EDSS_FAN = ChartDefinition("edss-fan", edss_fan, ("edss_quantiles", "edss_scale", "sources"), CHOICE)
DEFINITIONS: tuple[ChartDefinition, ...] = (EDSS_FAN, HUNDRED_PEOPLE)
