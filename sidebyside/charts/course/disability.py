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
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import number
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

TITLE_YEAR: Final = 15
WORDS_ROOM: Final = 0.9
FAN_ROWS: Final = 15
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
    low, high, top = (number(row[key]) for key in ("p25", "p75", "p90"))
    lines = (_fan_in_words(row) for row in records(rows[rows["years"].isin(FAN_YEARS)]))
    return {"year": str(TITLE_YEAR), "low": low, "high": high, "top": top, "rows": "; ".join(lines)}


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
    last = int(rows["years"].max())
    x = alt.X(
        "years:Q",
        scale=alt.Scale(domain=[1, 1 + (last - 1) * (1 + WORDS_ROOM)], nice=False),
        axis=theme.axis(text.axis, FAN_YEARS),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0, 10], nice=False),
        axis=theme.axis(text["vertical-axis"], [0.0, 2.0, 4.0, 6.0, 8.0, 10.0], grid=False),
    )
    base = alt.Chart(_fan_data(rows))
    layers = [_band(base, "low", "high", 0.2, x, y), _band(base, "inner_low", "inner_high", 0.38, x, y)]
    layers += _steps(steps, last, x, y)
    line = base.mark_line(color=theme.MS.colour, strokeWidth=4, aria=False)
    layers += [line.encode(x=x, y=y), _ends(rows[rows["years"] == last], text, x, y)]
    return theme.finished(alt.layer(*layers), FAN_ROWS)


def _fan_data(rows: pd.DataFrame) -> pd.DataFrame:
    names = {"p50": "value", "p10": "low", "p90": "high", "p25": "inner_low", "p75": "inner_high"}
    drawn = rows[["years", *names]].rename(columns=names)
    return drawn.assign(years=drawn["years"].astype(int))


def _band(base: alt.Chart, low: str, high: str, depth: float, x: alt.X, y: alt.Y) -> alt.Chart:
    band = base.mark_area(color=theme.MS.colour, opacity=depth, aria=False)
    drawn: alt.Chart = band.encode(x=x, y=alt.Y(f"{low}:Q", scale=y["scale"]), y2=alt.Y2(f"{high}:Q"))
    return drawn


def _steps(steps: Sequence[Mapping[str, Any]], last: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Some steps of the scale as lines with their words, above the line and left, where the bands are low."""
    named = [{"step": s["edss"], "words": _step_words(s), "years": 1, "last": last} for s in steps]
    base = alt.Chart(pd.DataFrame(named))
    height = alt.Y("step:Q", scale=y["scale"])
    rule = base.mark_rule(color=theme.TEXT, opacity=0.55, strokeDash=[5, 4], aria=False)
    words = theme.words(base, align="left", baseline="bottom", dx=5, dy=-3)
    across = alt.X("years:Q", scale=x["scale"])
    return [
        rule.encode(x=across, x2=alt.X2("last:Q"), y=height),
        words.encode(x=across, y=height, text=alt.Text("words:N")),
    ]


def _ends(last: pd.DataFrame, text: ChartText, x: alt.X, y: alt.Y) -> alt.Chart:
    """What each edge means, right of the last year."""
    (row,) = records(last)
    ends = [{"years": int(row["years"]), "edge": row[key], "words": text[f"edge-{key}"]} for key in QUANTILES]
    return theme.words(alt.Chart(pd.DataFrame(ends)), align="left", dx=7).encode(
        x=alt.X("years:Q", scale=x["scale"]), y=alt.Y("edge:Q", scale=y["scale"]), text=alt.Text("words:N")
    )


EDSS_FAN = ChartDefinition("edss-fan", edss_fan, ("edss_quantiles", "edss_scale", "sources"), CHOICE)
DEFINITIONS: tuple[ChartDefinition, ...] = (EDSS_FAN, HUNDRED_PEOPLE)
