"""A nerve fibre to damage: the impulse along it, to be scrubbed through time."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import scrubber
from sidebyside.charts.mechanism import fibre_arrivals, fibre_runs
from sidebyside.charts.mechanism.fibre_runs import (
    COLOURS,
    DAMAGED,
    DEGREE,
    FIBRE_HEIGHT,
    SOURCES,
    healthy_beside,
    ms,
    raw,
    speed,
    what_happened,
)
from sidebyside.charts.simulation import Control, Simulation
from sidebyside.data.formatting import rounded
from sidebyside.models import nerve_fibre
from sidebyside.models.nerve_fibre import BODY_C, HEALTHY_AXON, Damage, simulate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.models.nerve_fibre import Floats, Impulse

VOLTAGES: Final = (-90.0, 60.0)
# Each drawing lasts as long as one of these (ms): its step, and the moment it begins with.
CLOCKS: Final = {4.0: (0.05, 0.85), 10.0: (0.1, 2.0), 25.0: (0.25, 4.5)}
PLACES: Final = 110
ROW: Final = 2.3
NAME_AT: Final = 1.3
COAT: Final = -0.38
GAP_MM: Final = 0.01
A_MOMENT_MS: Final = 0.2

# ---------------------------------------------------------------- the impulse along the fibre


def fibre(damage: Damage) -> Figure:
    """The impulse along a drawn fibre, to be scrubbed through time, beside a healthy fibre as warm."""
    impulse = simulate(damage)
    text = what_happened(impulse)
    return Figure.of_text(
        text,
        build_spec=lambda: _fibre_chart(damage, text),
        table=_run_table(impulse, text),
        source_ids=SOURCES,
        static_values={scrubber.NOW: _moment_of_truth(damage)},
    )


def _moment_of_truth(damage: Damage) -> float:
    """The first moment of the drawing (ms) at which the signal has arrived, or has stopped."""
    fibres = list(fibre_runs.fibres(damage).values())
    step, _ = CLOCKS[_clock(fibres)]
    return round(math.ceil(_over(fibres[-1]) / step) * step, 3)


def _clock(runs: Iterable[Impulse]) -> float:
    """How long the drawing of these runs lasts (ms)."""
    longest = max(run.time_ms[-1] for run in runs)
    return next(clock for clock in CLOCKS if longest <= clock)


def _over(impulse: Impulse) -> float:
    """When it is seen that the signal has arrived, or that it will not (ms)."""
    if impulse.conducts:
        return round(float(impulse.arrival_ms[-1]), 3)
    return round(float(np.nanmax(impulse.arrival_ms)) + A_MOMENT_MS / 2, 3)


def _run_table(impulse: Impulse, text: ChartText) -> pd.DataFrame:
    """The run in numbers, the damaged fibre beside the healthy one."""
    damage, healthy = impulse.damage, healthy_beside(impulse.damage)
    warm, never = damage.temperature_c, text["never"]
    reached = {True: text["yes"], False: text["no"]}
    in_words = [
        ("stretch", text["stretch"], text["none"], math.nan, ""),
        ("temperature", text["warmth"], text["warmth"], warm, DEGREE),
        ("reaches", reached[impulse.conducts], reached[healthy.conducts], math.nan, ""),
    ]
    in_numbers = [
        ("far", "mm", impulse.last_mm, healthy.last_mm),
        ("end", "ms", impulse.arrival_ms[-1], healthy.arrival_ms[-1]),
        ("speed", "m/s", impulse.speed_in_lesion, speed(impulse)),
        ("late", "ms", impulse.extra_delay_ms, 0.0),
    ]
    rows = [
        *((text[f"row-{row}"], ours, usual, value, value, unit) for row, ours, usual, value, unit in in_words),
        *(
            (text[f"row-{row}"], ms(ours, never), ms(usual, never), raw(ours), raw(usual), unit)
            for row, unit, ours, usual in in_numbers
        ),
    ]
    own = text["heading-this"]
    heads = [text.heading, own, text["heading-healthy"], "this_fibre", "healthy_fibre", "unit"]
    table = pd.DataFrame(rows, columns=heads)
    return table.drop(columns=[own, "this_fibre"]) if damage.healthy else table


def _fibre_chart(damage: Damage, text: ChartText) -> dict[str, Any]:
    fibres = fibre_runs.fibres(damage)
    end = _clock(fibres.values())
    data = {"words": _words(fibres, text), "ends": [], "bars": []}
    for n, (name, run) in enumerate(fibres.items()):
        base = _base(n)
        data[f"moving-{n}"] = _trace(base, run, end)
        data["bars"] += _bars(base + COAT, run, COLOURS[name])
        data["ends"].append(_ending(base, run, text))
    # A healthy fibre alone fills the same template, so the data of the second are there and empty.
    return scrubber.fill_template(_fibre_template(end, text.axis, text["time"]), {"moving-1": [], **data})


def _trace(base: float, impulse: Impulse, end: float) -> list[dict[str, Any]]:
    """Each place along one fibre with its voltages, a letter for each moment."""
    places = np.linspace(0, impulse.node_mm[-1], PLACES)
    step, _ = CLOCKS[end]
    times = np.minimum(np.arange(round(end / step) + 1) * step, impulse.time_ms[-1])
    frames = _between(impulse.voltage_mv, times / nerve_fibre.FRAME_MS)
    volts = np.stack([np.interp(places, impulse.position_mm, frame) for frame in frames])
    words = scrubber.encode(volts.T, *VOLTAGES)
    return [{"mm": round(float(mm), 3), "base": base, "trace": word} for mm, word in zip(places, words, strict=True)]


def _between(frames: Floats, at: Floats) -> Floats:
    """The frames at these places in their order, mixed from the two beside each."""
    before = np.floor(at).astype(int)
    after = np.minimum(before + 1, len(frames) - 1)
    share = (at - before)[:, None]
    mixed: Floats = (1 - share) * frames[before] + share * frames[after]
    return mixed


def _base(n: int) -> float:
    """Where the signal of a fibre rests: the healthy one on top, the damaged one below."""
    return (1 - n) * ROW


@functools.cache
def _fibre_template(end: float, along: str, time: str) -> dict[str, Any]:
    """The drawing of both fibres for so many ms, before it has data; in the words of its axis and its slider."""
    step, start = CLOCKS[end]
    height = {"scale": alt.Scale(domain=[COAT - 0.5, _base(0) + NAME_AT + 0.3], nice=False), "axis": None}
    layers = [_coats(height), *_signals(step, height, fibre_runs.along(along)), *_labels(height)]
    slider = scrubber.slider(time, start, end, step)
    return theme.finished(alt.layer(*layers).add_params(*slider), FIBRE_HEIGHT)


def _signals(step: float, height: Mapping[str, Any], x: alt.X) -> list[alt.Chart]:
    """The voltage along each fibre at the chosen moment, as a hump."""
    level = scrubber.decode_expression("datum.trace", f"round({scrubber.NOW} / {step})")
    drawn = []
    for n, colour in enumerate(COLOURS.values()):
        # The highest hump ends below the fibre's name (`NAME_AT`).
        own = alt.Chart(alt.NamedData(f"moving-{n}")).transform_calculate(signal=f"datum.base + 1.15 * {level}")
        y = alt.Y("signal:Q", **height)
        drawn.append(own.mark_area(aria=False, color=colour, opacity=0.3).encode(x=x, y=y, y2=alt.Y2("base:Q")))
        drawn.append(own.mark_line(aria=False, color=colour, strokeWidth=2).encode(x=x, y=y))
    return drawn


def _coats(height: Mapping[str, Any]) -> alt.Chart:
    """Each fibre as a thin line, and its coat as bars between the nodes, as thick as its wraps."""
    drawn: alt.Chart = (
        alt.Chart(alt.NamedData("bars"))
        .mark_rect(aria=False)
        .encode(
            x=alt.X("mm:Q"),
            x2=alt.X2("to:Q"),
            y=alt.Y("low:Q", **height),
            y2=alt.Y2("high:Q"),
            color=alt.Color("colour:N", scale=None),
            opacity=alt.Opacity("dense:Q", scale=None),
        )
    )
    return drawn


def _bars(middle: float, impulse: Impulse, colour: str) -> list[dict[str, Any]]:
    damage, (start, end) = impulse.damage, impulse.lesion_mm
    bars = [_bar(middle, 0.035, 0.0, float(impulse.node_mm[-1]), colour, dense=1.0)]
    for left, right in zip(impulse.node_mm[:-1], impulse.node_mm[1:], strict=True):
        # With the node at which the stretch begins, and without the healthy one at its end.
        inside = start - GAP_MM < left < end - GAP_MM
        wraps = _wraps(damage) if inside else HEALTHY_AXON.wraps
        if wraps:
            bars.append(_bar(middle, 0.05 + 0.02 * wraps, left + GAP_MM, right - GAP_MM, colour, dense=0.55))
    return bars


def _bar(middle: float, half: float, start: float, end: float, colour: str, *, dense: float) -> dict[str, Any]:
    """One bar from ``start`` to ``end`` (mm), ``half`` up and down from the middle."""
    ends = {"mm": round(float(start), 3), "to": round(float(end), 3)}
    return {**ends, "low": middle - half, "high": middle + half, "colour": colour, "dense": dense}


def _wraps(damage: Damage) -> int:
    return damage.repair_wraps if damage.repaired else damage.wraps


def _labels(height: Mapping[str, Any]) -> list[alt.Chart]:
    """Names, the stretch, and what has happened once the moment has come."""
    y, words = alt.Y("y:Q", **height), alt.Text("words:N")
    base = alt.Chart(alt.NamedData("words")).encode(y=y, x=alt.X("mm:Q"), text=words)
    names = theme.words(base.transform_filter("datum.mm == 0"), align="left", fontWeight="bold")
    rest = theme.words(base.transform_filter("datum.mm > 0"), align="center")
    late = alt.Chart(alt.NamedData("ends")).transform_filter(f"{scrubber.NOW} >= datum.from")
    right = alt.XValue("width")  # type: ignore[no-untyped-call]
    return [names, rest, theme.words(late.encode(y=y, text=words, x=right), align="right")]


def _words(fibres: Mapping[str, Impulse], text: ChartText) -> list[dict[str, Any]]:
    """What stands there at all times: whose fibre it is, and what kind of stretch."""
    names = fibre_runs.names(text)
    named = [{"mm": 0.0, "y": _base(n) + NAME_AT, "words": names[name]} for n, name in enumerate(fibres)]
    if DAMAGED not in fibres:
        return [*named, {"mm": 0.0, "y": _base(1) + NAME_AT, "words": text["short"]}]
    start, end = fibres[DAMAGED].lesion_mm
    return [*named, {"mm": round((start + end) / 2, 3), "y": COAT - 0.36, "words": text["short"]}]


def _ending(base: float, impulse: Impulse, text: ChartText) -> dict[str, Any]:
    """What stands at the right once it has happened: the arrival, or that none will come."""
    over = _over(impulse)
    words = text.each("arrived", [{"ms": rounded(over)}])[0] if impulse.conducts else text["stopped"]
    return {"y": base + NAME_AT, "words": words, "from": over}


# ---------------------------------------------------------------- arrival at each node


FIBRE = Simulation(
    id="nerve-fibre",
    presets={
        "bare": Damage(3),
        "adapted": Damage(5, channels=0.01),
        "edge": Damage(2),
        "warmed": Damage(2, temperature_c=BODY_C + 0.5),
        "repaired": Damage(4, repaired=1),
        "healthy": Damage(3, wraps=HEALTHY_AXON.wraps),
    },
    controls=(
        Control("internodes"),
        Control("repaired"),
        Control("wraps", enabled=lambda set_to: not set_to["repaired"]),
        Control(
            "channels",
            scale=100,
            enabled=lambda set_to: not set_to["repaired"] and not set_to["wraps"],
        ),
        Control("repair_wraps", enabled=lambda set_to: bool(set_to["repaired"])),
        Control("short_per_old", enabled=lambda set_to: bool(set_to["repaired"])),
        Control("temperature_c"),
    ),
    custom=Damage(),
    figures=(fibre, fibre_arrivals.arrivals),
)
