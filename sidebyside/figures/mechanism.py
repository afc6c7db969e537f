"""Figures of the mechanism page: risk factors, and the heat at which a damaged fibre stops."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import number, span
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, headed, plotted, used_sources
from sidebyside.figures.rows import NO_DIFFERENCE, chart, ratio_axis
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact, Source

BOTH = "both"
DISEASES: Mapping[str, str] = {BOTH: "Both", theme.MS.key: "MS only", theme.ALS.key: "ALS only"}
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
    """Risk factors of both diseases as a forest plot on one log axis; ``disease`` is a key of `DISEASES`.

    Each row names its kind of ratio, because odds, hazard and incidence ratios are not the same.
    """
    panels = [c.key for c in theme.CONDITIONS] if disease == BOTH else [disease]
    rows = [row for panel in panels for row in plotted(plots, facts, "risk-factors", panel)]
    axis = ratio_axis("times as likely (1 is no difference; log scale)", RATIO_TICKS)
    return Figure(
        id="risk-factors",
        title=_risk_title(rows),
        draw=lambda: chart(headed(rows, _ratio, with_condition=True), axis),
        table=facts_table(rows, "Risk factor"),
        alt=_risk_alt(rows),
        how_to_read=(
            "The grey line at one means no difference. Right of it the disease was found more often, left of it less "
            "often. Each thin line is the interval; where it crosses the grey line, chance alone could explain the "
            "result. OR is an odds ratio, HR a hazard ratio, RR a relative risk or rate ratio, SIR a standardised "
            "incidence ratio."
        ),
        caveats=(
            "A link is not always a cause. Early illness can change weight, or lead to falls, before anyone knows it.",
            "The rows use different kinds of ratio (named beside each mark) and different groups: do not rank them.",
            "Obesity was measured in youth for MS and at the start of a study for ALS, where early illness may already "
            "have taken weight: these two rows are not opposite effects.",
            "Head injury is linked to ALS most strongly just before the diagnosis, and less clearly long before it.",
            "Rows without a line: the source gives no interval in what we could read.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _ratio(fact: Fact) -> str:
    """The figure led by its kind of ratio; where the source says no more than how many times, so do we."""
    kind = RATIO_KINDS.get(fact.unit)
    return f"{kind} {number(fact.value)}" if kind else f"about {number(fact.value)} times"


def _clear(fact: Fact) -> bool:
    """Whether the interval stays on one side of no difference."""
    return fact.low > NO_DIFFERENCE or fact.high < NO_DIFFERENCE


def _risk_title(rows: list[PlottedFact]) -> str:
    strongest: dict[str, tuple[float, str]] = {}
    for row in rows:
        if row.fact.value > strongest.get(row.fact.condition, (0.0, ""))[0]:
            strongest[row.fact.condition] = (row.fact.value, row.label.split(" (")[0])
    ms, als = strongest.get(theme.MS.key), strongest.get(theme.ALS.key)
    raised = [row.fact for row in rows if row.fact.condition == theme.ALS.key and row.fact.low > NO_DIFFERENCE]
    ends = f"{number(min(f.value for f in raised))} to {number(max(f.value for f in raised))}" if raised else ""
    said_als = f"{len(raised)} of the factors drawn are linked to a rise ({ends} times)" if als else ""
    said_ms = f"for MS, one common virus stands out (about {number(ms[0])} times)" if ms else ""
    if said_ms and said_als:
        return f"{said_ms}; for ALS, {said_als}".capitalize().replace(" ms", " MS").replace(" als", " ALS")
    return (said_ms or f"for ALS, {said_als}").replace("for ", "For ", 1)


def _risk_alt(rows: list[PlottedFact]) -> str:
    said = [
        f"{row.fact.condition}, {row.label}: {_ratio(row.fact)}"
        + (f" ({number(row.fact.low)} to {number(row.fact.high)})" if row.fact.bounds else ", no interval")
        + ("" if _clear(row.fact) or not row.fact.bounds else ", no clear difference")
        for row in rows
    ]
    return "; ".join(said) + "."


def block_temperature(table: pd.DataFrame, sources: Mapping[str, Source]) -> Figure:
    """Temperature at which a simulated thin central nerve fibre stops conducting, by length of the bare stretch.

    Results of our model (axon of Arancibia-Carcamo et al. 2017); no measurement in a person.
    """
    bare = table[table["scenario"] == BARE].sort_values("lesion_internodes")
    blocked = bare[bare["block_temperature_c"] < BODY_TEMPERATURE_C].iloc[0]
    edge = bare[bare["block_temperature_c"] >= BODY_TEMPERATURE_C].iloc[-1]
    safe = table[table["bound"] == "above"]["block_temperature_c"].min()
    edge_said = f"{number(edge['lesion_mm'])} mm stops at {number(edge['block_temperature_c'])} \N{DEGREE SIGN}C"
    return Figure(
        id="block-temperature",
        title=f"Simulation: a fresh bare stretch of {edge_said}, just above body heat; a mended one carries on",
        draw=lambda: _block_chart(table),
        table=_block_table(table, sources),
        alt=(
            f"In the model, a fresh bare stretch of {edge_said}, and one of {number(blocked['lesion_mm'])} mm already "
            f"at {number(blocked['block_temperature_c'])} \N{DEGREE SIGN}C, below the body's 37 \N{DEGREE SIGN}C. "
            "Where new channels have spread, the limit is higher. Healthy and mended fibres still conduct at "
            f"{number(safe)} \N{DEGREE SIGN}C."
        ),
        how_to_read=(
            "Each line is one state of the damaged stretch. Above its line the signal stops; below, it passes. The "
            "dashed line is body heat. The longer the bare stretch, the less heat it takes to stop the signal. The "
            "percentages say how densely new channels have spread along the stretch, against a healthy gap."
        ),
        caveats=(
            "This is our computer simulation of one thin fibre, not a measurement in a person and not a forecast.",
            "How far new channels spread in a human lesion is not known; the shares drawn here are our choice.",
            "A real symptom sums over very many fibres.",
        ),
        source_ids=tuple(dict.fromkeys(table["source_id"])),
    )


def _state(row: Mapping[str, Any]) -> str:
    if row["scenario"] == BARE:
        return "fresh, bare"
    if row["scenario"] == SPREAD:
        return f"channels {number(row['channel_share'] * 100)}%"
    return f"{row['scenario']}, {row['wraps']} wraps"


def _block_chart(table: pd.DataFrame) -> dict[str, Any]:
    drawn = table[(table["bound"] == "at") & table["scenario"].isin([BARE, SPREAD])].copy()
    drawn["state"] = [_state(row) for row in records(drawn)]
    drawn["limit"] = [f"{number(t)} \N{DEGREE SIGN}C" for t in drawn["block_temperature_c"]]
    drawn = drawn[["state", "lesion_mm", "block_temperature_c", "limit"]]
    x = alt.X(
        "lesion_mm:Q",
        scale=alt.Scale(domain=[0, 2.2], nice=False),
        axis=theme.axis("length of the bare stretch (mm)", [0, 0.5, 1]),
    )
    degrees: dict[str, Any] = {
        "scale": alt.Scale(domain=[33, 45], nice=False),
        "axis": theme.axis("signal stops above (\N{DEGREE SIGN}C)"),
    }
    y = alt.Y("block_temperature_c:Q", **degrees)
    base = alt.Chart(drawn).encode(x=x, y=y, detail="state:N")
    last = drawn.sort_values("lesion_mm").drop_duplicates("state", keep="last")
    body = alt.Chart(pd.DataFrame({"at": [BODY_TEMPERATURE_C], "words": ["body heat, 37 \N{DEGREE SIGN}C"]})).encode(
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


def _block_table(table: pd.DataFrame, sources: Mapping[str, Source]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "State of the stretch": row["scenario"],
            "Length (internodes)": str(row["lesion_internodes"]),
            "Length (mm)": number(row["lesion_mm"]),
            "Wraps of myelin left": str(row["wraps"]),
            "Channels on the bare stretch": f"{number(row['channel_share'] * 100)}%"
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


RISK_FACTORS = Recipe("risk-factors", risk_factors, ("plots", "facts"), Choice("disease", tuple(DISEASES)))
BLOCK_TEMPERATURE = Recipe("block-temperature", block_temperature, ("block_temperature", "sources"))
