"""What warmth does to the speed of a nerve fibre: healthy, mended, bare."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.charts.mechanism.fibre_runs import FIBRE_HEIGHT, length_mm
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import DECIMALS, number, rounded
from sidebyside.data.reading import records
from sidebyside.models import nerve_fibre
from sidebyside.models.nerve_fibre import BODY_C, HEALTHY_AXON, Damage, simulate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

WARMTHS: Final = tuple(35 + half / 2 for half in range(11))

FIBRES: Final[Mapping[str, Damage]] = {
    "healthy": Damage(4, wraps=HEALTHY_AXON.wraps),
    "mended": Damage(4, repaired=1),
    "bare": Damage(1),
}


def speed_by_temperature(sources: Mapping[str, Source]) -> Figure:
    """Speed along the stretch at 35 to 40 degrees C, against its speed at 37: healthy, mended, bare."""
    speeds = pd.DataFrame([row for kind, damage in FIBRES.items() for row in _speeds(kind, damage)])
    text = _text(speeds, sources[nerve_fibre.PAPER])
    names = {kind: text[f"fibre-{kind}"] for kind in FIBRES}
    table = speeds.assign(fibre=[names[kind] for kind in speeds["kind"]])
    return Figure.of_text(
        text,
        build_spec=lambda: _warmth_chart(table, text),
        table=_warmth_table(table, text),
        source_ids=(nerve_fibre.PAPER,),
    )


def _text(speeds: pd.DataFrame, paper: Source) -> ChartText:
    """The words of the chart, with what each fibre keeps of its speed where it is warmest."""
    warm = {kind: _share(speeds, kind, WARMTHS[-1]) for kind in FIBRES}
    return chart_text(
        "warmth-speed",
        decide("otherwise", slows=all(share < 100 if kind == "bare" else share > 100 for kind, share in warm.items())),
        length=length_mm(FIBRES["bare"]),
        warmest=number(WARMTHS[-1]),
        body=number(BODY_C),
        paper=paper.label,
        **{kind: rounded(share, 0) for kind, share in warm.items()},
    )


def _speeds(kind: str, damage: Damage) -> list[dict[str, Any]]:
    runs = {warm: simulate(replace(damage, temperature_c=warm)) for warm in WARMTHS}
    usual = runs[BODY_C].speed_in_lesion
    return [
        {"kind": kind, "warm": warm, "speed": run.speed_in_lesion, "share": 100 * run.speed_in_lesion / usual}
        for warm, run in runs.items()
    ]


def _share(speeds: pd.DataFrame, kind: str, warm: float) -> float:
    return float(speeds[(speeds["kind"] == kind) & (speeds["warm"] == warm)]["share"].iloc[0])


def _warmth_table(table: pd.DataFrame, text: ChartText) -> pd.DataFrame:
    fibre, source = text.heading, text["source"]
    temperature, speed, against = (text[f"heading-{name}"] for name in ("temperature", "speed", "against"))
    return pd.DataFrame(
        {
            fibre: row["fibre"],
            temperature: number(row["warm"]),
            speed: rounded(row["speed"]),
            against: f"{rounded(row['share'], 0)}%",
            "Source": source,
            "share_percent": round(row["share"], DECIMALS),
        }
        for row in records(table)
    )


def _warmth_chart(table: pd.DataFrame, text: ChartText) -> dict[str, Any]:
    frame = table.assign(share=table["share"].round(1), mark=[_mark(kind) for kind in table["kind"]])
    x = alt.X(
        "warm:Q",
        # Right of the last run stand the names of the fibres.
        scale=alt.Scale(domain=[WARMTHS[0], WARMTHS[-1] + 2.2], nice=False),
        axis=theme.axis(text.axis, [35.0, 36.0, 37.0, 38.0, 39.0, 40.0]),
    )
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(zero=False, nice=True),
        axis=theme.axis(text["vertical-axis"]),
    )
    colour = alt.Color("colour:N", scale=None)
    frame["colour"] = [theme.NEUTRAL if kind == "healthy" else theme.MS.colour for kind in frame["kind"]]
    short = {kind: text[f"short-{kind}"] for kind in FIBRES}
    frame["short"] = [short[kind] for kind in frame["kind"]]
    drawn = frame[["fibre", "warm", "speed", "share", "mark", "colour"]]
    base = alt.Chart(drawn).encode(x=x, y=y, detail=alt.Detail("fibre:N"))
    last = frame[[*drawn, "short"]].drop_duplicates("fibre", keep="last")
    layers = [
        base.mark_line(strokeWidth=2).encode(color=colour),
        base.mark_point(filled=True, size=45, opacity=1).encode(color=colour, shape=alt.Shape("mark:N", scale=None)),
        theme.words(alt.Chart(last), align="left", dx=9).encode(x=x, y=y, text=alt.Text("short:N")),
    ]
    return theme.finished(alt.layer(*layers), FIBRE_HEIGHT + 2)


def _mark(kind: str) -> str:
    return {"healthy": "diamond", "mended": "circle"}.get(kind, "triangle-down")


SPEED_BY_TEMPERATURE = ChartDefinition("warmth-speed", speed_by_temperature, ("sources",))
