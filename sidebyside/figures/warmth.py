"""What warmth does to the speed of a nerve fibre: healthy, mended, bare."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import DECIMALS, number, rounded
from sidebyside.figure import Figure
from sidebyside.figures import Recipe
from sidebyside.figures.fibre import CAVEATS, DEGREE, FIBRE_HEIGHT, length_mm
from sidebyside.models import axon
from sidebyside.models.axon import BODY_C, HEALTHY_AXON, Damage, simulate
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Source

WARMTHS: Final = tuple(35 + half / 2 for half in range(11))


def _warmed() -> dict[str, Damage]:
    return {
        "healthy": Damage(4, wraps=HEALTHY_AXON.wraps),
        "mended": Damage(4, repaired=1),
        f"bare ({length_mm(Damage(1))})": Damage(1),
    }


def warmth(sources: Mapping[str, Source]) -> Figure:
    """Speed along the stretch at 35 to 40 degrees C, against its speed at 37: healthy, mended, bare."""
    table = pd.DataFrame([row for name, damage in _warmed().items() for row in _speeds(name, damage)])
    warm = {name: _share(table, name, WARMTHS[-1]) for name in _warmed()}
    quicker = [name for name, share in warm.items() if share > 100]
    slower = [name for name, share in warm.items() if share < 100]
    return Figure(
        id="warmth-speed",
        title=f"Simulation: warmth speeds up {_and(quicker)} fibres, and slows a {_and(slower)} one",
        draw=lambda: _warmth_chart(table),
        table=_warmth_table(table, sources[axon.PAPER]),
        alt=" ".join(
            f"At {number(WARMTHS[-1])} {DEGREE} the {name} fibre runs at {rounded(share, 0)}% of its speed at "
            f"{number(BODY_C)} {DEGREE}."
            for name, share in warm.items()
        ),
        how_to_read=(
            "Each line is one kind of fibre. At body heat each stands at 100%, its own usual speed. Where a line rises "
            "to the right, warmth makes the signal quicker; where it falls, slower. Longer bare stretches are not "
            "here, because warmth stops them: see the chart above."
        ),
        caveats=CAVEATS,
        source_ids=(axon.PAPER,),
    )


def _and(names: list[str]) -> str:
    return " and ".join(names)


def _speeds(name: str, damage: Damage) -> list[dict[str, Any]]:
    runs = {warm: simulate(replace(damage, temperature_c=warm)) for warm in WARMTHS}
    usual = runs[BODY_C].speed_in_lesion
    return [
        {"fibre": name, "warm": warm, "speed": run.speed_in_lesion, "share": 100 * run.speed_in_lesion / usual}
        for warm, run in runs.items()
    ]


def _share(table: pd.DataFrame, name: str, warm: float) -> float:
    return float(table[(table["fibre"] == name) & (table["warm"] == warm)]["share"].iloc[0])


def _warmth_table(table: pd.DataFrame, source: Source) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Fibre": row["fibre"],
            f"Temperature ({DEGREE})": number(row["warm"]),
            "Speed along the stretch (m/s)": rounded(row["speed"]),
            f"Against {number(BODY_C)} {DEGREE}": f"{rounded(row['share'], 0)}%",
            "Source": f"our simulation, after {source.label}",
            "share_percent": round(row["share"], DECIMALS),
        }
        for row in records(table)
    )


def _warmth_chart(table: pd.DataFrame) -> dict[str, Any]:
    frame = table.assign(share=table["share"].round(1), mark=[_mark(name) for name in table["fibre"]])
    x = alt.X(
        "warm:Q",
        scale=alt.Scale(domain=[WARMTHS[0], WARMTHS[-1] + 2.2], nice=False),
        axis=theme.axis(f"temperature ({DEGREE})", [35.0, 36.0, 37.0, 38.0, 39.0, 40.0]),
    )
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(zero=False, nice=True),
        axis=theme.axis(f"speed, % of that at {number(BODY_C)} {DEGREE}"),
    )
    colour = alt.Color("colour:N", scale=None)
    frame["colour"] = [theme.NEUTRAL if name == "healthy" else theme.MS.colour for name in frame["fibre"]]
    base = alt.Chart(frame).encode(x=x, y=y, detail=alt.Detail("fibre:N"))
    last = frame.drop_duplicates("fibre", keep="last").assign(
        short=lambda f: f["fibre"].str.split(" (", regex=False).str[0]
    )
    layers = [
        base.mark_line(strokeWidth=2).encode(color=colour),
        base.mark_point(filled=True, size=45, opacity=1).encode(color=colour, shape=alt.Shape("mark:N", scale=None)),
        theme.words(alt.Chart(last), align="left", dx=9).encode(x=x, y=y, text=alt.Text("short:N")),
    ]
    return theme.finished(alt.layer(*layers), FIBRE_HEIGHT + 2)


def _mark(name: str) -> str:
    return {"healthy": "diamond", "mended": "circle"}.get(name, "triangle-down")


WARMTH = Recipe("warmth-speed", warmth, ("sources",))
