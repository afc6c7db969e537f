"""Figures of the mechanism page: risk factors, and the heat at which a damaged fibre stops."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import NO_DIFFERENCE, figure_in_rows, ratio_axis
from sidebyside.charts.plotted import PlottedFact, plotted
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import number, span
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact
    from sidebyside.data.sources import Source

BOTH = "both"
DISEASES = (BOTH, theme.MS.key, theme.ALS.key)
RATIO_TICKS = (1, 5, 10, 30)
RATIO_KINDS: Mapping[str, str] = {
    "odds ratio": "OR",
    "hazard ratio": "HR",
    "relative risk": "RR",
    "rate ratio": "RR",
    "standardised incidence ratio": "SIR",
}
BODY_TEMPERATURE_C = 37.0
BARE = "bare"
SPREAD = "bare, channels spread"
BLOCK_HEIGHT = 12


def risk_factors(plots: pd.DataFrame, facts: Mapping[str, Fact], *, disease: str) -> Figure:
    """Risk factors of both diseases as a forest plot on one log axis; ``disease`` is one of `DISEASES`.

    Each row names its kind of ratio, because odds, hazard and incidence ratios are not the same.
    """
    panels = [c.key for c in theme.CONDITIONS] if disease == BOTH else [disease]
    rows = [row for panel in panels for row in plotted(plots, facts, "risk-factors", panel)]
    text = _risk_text(disease, rows)
    return figure_in_rows(text, rows, ratio_axis(text.axis, RATIO_TICKS), _ratio, with_condition=True)


def _ratio(fact: Fact) -> str:
    """The figure led by its kind of ratio; where the source says no more than how many times, so do we."""
    kind = RATIO_KINDS.get(fact.unit)
    return f"{kind} {number(fact.value)}" if kind else f"about {number(fact.value)} times"


def _clear(fact: Fact) -> bool:
    """Whether the interval stays on one side of no difference."""
    return fact.low > NO_DIFFERENCE or fact.high < NO_DIFFERENCE


def _risk_text(disease: str, rows: list[PlottedFact]) -> ChartText:
    """The words on risk factors: of MS the strongest, of ALS those whose interval lies above no difference."""
    values = {"rows": _risk_alt(rows)}
    ms = [row.fact.value for row in rows if row.fact.condition == theme.MS.key]
    als = [row.fact for row in rows if row.fact.condition == theme.ALS.key]
    raised = [fact for fact in als if fact.low > NO_DIFFERENCE]
    if ms:
        values |= {"ms": number(max(ms))}
    if als:
        values |= {"raised_count": str(len(raised))}
    return chart_text("risk-factors", disease, decide("none-raised", raised=bool(raised)), **values)


def _risk_alt(rows: list[PlottedFact]) -> str:
    said = [
        f"{row.fact.condition}, {row.label}: {_ratio(row.fact)}"
        + (f" ({number(row.fact.low)} to {number(row.fact.high)})" if row.fact.bounds else ", no interval")
        + ("" if _clear(row.fact) or not row.fact.bounds else ", no clear difference")
        for row in rows
    ]
    return "; ".join(said)


def block_temperature(table: pd.DataFrame, sources: Mapping[str, Source]) -> Figure:
    """Temperature at which a simulated thin central nerve fibre stops conducting, by length of the bare stretch.

    Results of our model (axon of Arancibia-Carcamo et al. 2017); no measurement in a person.
    """
    bare = table[table["scenario"] == BARE].sort_values("lesion_internodes")
    blocked = bare[bare["block_temperature_c"] < BODY_TEMPERATURE_C].iloc[0]
    edge = bare[bare["block_temperature_c"] >= BODY_TEMPERATURE_C].iloc[-1]
    safe = table[table["bound"] == "above"]["block_temperature_c"].min()
    text = chart_text(
        "block-temperature",
        edge_length=number(edge["lesion_mm"]),
        edge=number(edge["block_temperature_c"]),
        blocked_length=number(blocked["lesion_mm"]),
        blocked=number(blocked["block_temperature_c"]),
        safe=number(safe),
        body=number(BODY_TEMPERATURE_C),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _block_chart(table, text),
        table=_block_table(table, sources, text),
        source_ids=dict.fromkeys(table["source_id"]),
    )


def _state(row: Mapping[str, Any]) -> str:
    if row["scenario"] == BARE:
        return "fresh, bare"
    if row["scenario"] == SPREAD:
        return f"channels {number(row['channel_share'] * 100)}%"
    return f"{row['scenario']}, {row['wraps']} wraps"


def _block_chart(table: pd.DataFrame, text: ChartText) -> dict[str, Any]:
    drawn = table[(table["bound"] == "at") & table["scenario"].isin([BARE, SPREAD])].copy()
    drawn["state"] = [_state(row) for row in records(drawn)]
    drawn["limit"] = [f"{number(t)} \N{DEGREE SIGN}C" for t in drawn["block_temperature_c"]]
    drawn = drawn[["state", "lesion_mm", "block_temperature_c", "limit"]]
    x = alt.X(
        "lesion_mm:Q",
        scale=alt.Scale(domain=[0, 2.4], nice=False),
        axis=theme.axis(text.axis, [0, 0.5, 1]),
    )
    degrees: dict[str, Any] = {
        "scale": alt.Scale(domain=[33, 45], nice=False),
        "axis": theme.axis(text["vertical-axis"]),
    }
    y = alt.Y("block_temperature_c:Q", **degrees)
    base = alt.Chart(drawn).encode(x=x, y=y, detail="state:N")
    last = drawn.sort_values("lesion_mm").drop_duplicates("state", keep="last")
    body = alt.Chart(pd.DataFrame({"at": [BODY_TEMPERATURE_C], "words": [text["body-heat"]]})).encode(
        y=alt.Y("at:Q", **degrees)
    )
    layers = alt.layer(
        body.mark_rule(strokeDash=[5, 4], color=theme.NEUTRAL),
        theme.words(body, align="right", dy=13).encode(text="words:N", x=alt.value("width")),
        base.mark_line(color=theme.MS.colour, strokeWidth=2),
        base.mark_point(color=theme.MS.colour, filled=True, size=theme.MARK_SIZE, opacity=1).encode(
            tooltip=[alt.Tooltip("state:N", title="Stretch"), alt.Tooltip("limit:N", title="Stops above")]
        ),
        theme.words(alt.Chart(last), align="left", dx=11).encode(x=x, y=y, text="state:N"),
    )
    return theme.finished(layers, BLOCK_HEIGHT)


def _block_table(table: pd.DataFrame, sources: Mapping[str, Source], text: ChartText) -> pd.DataFrame:
    return pd.DataFrame(
        {
            text.heading: row["scenario"],
            "Length (internodes)": str(row["lesion_internodes"]),
            "Length (mm)": number(row["lesion_mm"]),
            "Wraps of myelin left": str(row["wraps"]),
            text["channels"]: f"{number(row['channel_share'] * 100)}%"
            if row["channel_share"] == row["channel_share"]
            else "as before",
            "Signal stops above (\N{DEGREE SIGN}C)": span(row["block_temperature_c"], float("nan"))
            if row["bound"] == "above"
            else number(row["block_temperature_c"]),
            "Source": f"our simulation, after {sources[row['source_id']].label}",
            # Where the signal never stopped, the hottest that was tried is the low end.
            "value": math.nan if row["bound"] == "above" else row["block_temperature_c"],
            "low": row["block_temperature_c"] if row["bound"] == "above" else math.nan,
            "unit": "\N{DEGREE SIGN}C",
            "channels_percent": 100 * row["channel_share"],
        }
        for row in records(table)
    )


RISK_FACTORS = ChartDefinition("risk-factors", risk_factors, ("plots", "facts"), Options("disease", DISEASES))
BLOCK_TEMPERATURE = ChartDefinition("block-temperature", block_temperature, ("block_temperature", "sources"))
