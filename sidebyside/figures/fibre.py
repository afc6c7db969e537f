"""A nerve fibre to damage: the impulse along it, its arrival at each node, and what warmth does."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside import theme
from sidebyside.chart_text import chart_text
from sidebyside.evidence import DECIMALS, number, rounded
from sidebyside.figure import Figure
from sidebyside.figures import traces
from sidebyside.figures.labs import Dial, Lab, simulated
from sidebyside.models import axon
from sidebyside.models.axon import BODY_C, HEALTHY_AXON, Damage, Impulse, simulate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.models.axon import Floats

SOURCES: Final = (axon.PAPER, axon.CODE)
DEGREE: Final = "\N{DEGREE SIGN}C"
HEALTHY: Final = "Healthy fibre"
DAMAGED: Final = "Damaged fibre"
COLOURS: Final = (theme.NEUTRAL, theme.MS.colour)
VOLTAGES: Final = (-90.0, 60.0)
# Each drawing lasts as long as one of these (ms): its step, and the moment it begins with.
CLOCKS: Final = {4.0: (0.05, 0.85), 10.0: (0.1, 2.0), 25.0: (0.25, 4.5)}
PLACES: Final = 110
ROW: Final = 2.3
NAME_AT: Final = 1.3
COAT: Final = -0.38
FIBRE_HEIGHT: Final = 7
GAP_MM: Final = 0.01
A_MOMENT_MS: Final = 0.2


def _warmth(damage: Damage) -> str:
    return f"{rounded(damage.temperature_c)} {DEGREE}"


def length_mm(damage: Damage) -> str:
    """How long the damaged stretch is, in words."""
    return f"{rounded(damage.internodes * HEALTHY_AXON.pitch_mm)} mm"


def stretch(damage: Damage) -> str:
    """The damaged stretch in words, with its length."""
    length = length_mm(damage)
    if damage.repaired:
        return f"{length} of mended coat"
    if damage.wraps:
        return f"{length} with {damage.wraps} of {HEALTHY_AXON.wraps} wraps of myelin"
    spread = " where channels have spread" if damage.channels else ""
    return f"{length} of bare fibre{spread}"


def _late(impulse: Impulse) -> str:
    late = round(impulse.extra_delay_ms, 2)
    return f"{number(late)} ms late" if late > 0 else "with no delay to speak of"


def what_happened(impulse: Impulse) -> str:
    """What the impulse did, in a sentence computed from the run."""
    damage = impulse.damage
    if damage.healthy:
        return f"A healthy fibre at {_warmth(damage)}: the signal runs at {rounded(_speed(impulse))} m/s"
    if impulse.conducts:
        return f"At {_warmth(damage)} the signal passes {stretch(damage)}, {_late(impulse)}"
    if not impulse.last_mm > 0:
        return f"At {_warmth(damage)} no signal starts"
    return f"At {_warmth(damage)} the signal stops at {stretch(damage)}"


def _speed(impulse: Impulse) -> float:
    """Speed of a healthy fibre as warm as this one, in m/s."""
    return (impulse.damage.internodes + 4) * HEALTHY_AXON.pitch_mm / impulse.healthy_ms


def _healthy_beside(damage: Damage) -> Impulse:
    """A healthy fibre as long and as warm."""
    return simulate(Damage(damage.internodes, wraps=HEALTHY_AXON.wraps, temperature_c=damage.temperature_c))


def _fibres(damage: Damage) -> list[tuple[str, str, Impulse]]:
    """Name, colour and run of the fibres to draw: the healthy one, and the damaged one if it is another."""
    healthy = (HEALTHY, COLOURS[0], _healthy_beside(damage))
    return [healthy] if damage.healthy else [healthy, (DAMAGED, COLOURS[1], simulate(damage))]


# ---------------------------------------------------------------- the impulse along the fibre


def fibre(damage: Damage) -> Figure:
    """The impulse along a drawn fibre, to be scrubbed through time, beside a healthy fibre as warm."""
    impulse = simulate(damage)
    return Figure(
        id="fibre",
        title=simulated(what_happened(impulse)),
        draw=lambda: _fibre_chart(damage),
        table=_run_table(impulse),
        alt=_fibre_alt(impulse),
        how_to_read=(
            "Move the time below the drawing: the hump is the signal on its way along the fibre, from left to right. "
            "The bar is the fibre. Where it is thick it wears its coat of myelin; the gaps are the nodes, where the "
            "signal is made anew. Where only the thin line is left, the coat is gone. Nothing moves unless you move it."
        ),
        caveats=chart_text("fibre").caveats,
        source_ids=SOURCES,
        still={traces.NOW: _moment_of_truth(damage)},
    )


def _moment_of_truth(damage: Damage) -> float:
    """The first moment of the drawing (ms) at which the signal has arrived, or has stopped."""
    fibres = _fibres(damage)
    step, _ = CLOCKS[_clock(fibres)]
    over = float(_ending(0, fibres[-1][2])["from"])
    return round(math.ceil(over / step) * step, 3)


def _clock(fibres: list[tuple[str, str, Impulse]]) -> float:
    """How long the drawing of these runs lasts (ms)."""
    return next(clock for clock in CLOCKS if all(run.time_ms[-1] <= clock for *_, run in fibres))


def _fibre_alt(impulse: Impulse) -> str:
    said = what_happened(impulse)
    if impulse.damage.healthy:
        return f"{said}, from left to right, and reaches the end after {rounded(impulse.arrival_ms[-1])} ms."
    beside = f"A healthy fibre as warm carries it at {rounded(_speed(impulse))} m/s all the way."
    if not impulse.conducts:
        return f"{said}. It gets no further than {rounded(impulse.last_mm)} mm. {beside}"
    return f"{said}. Along the stretch it runs at {rounded(impulse.speed_in_lesion)} m/s. {beside}"


def _run_table(impulse: Impulse) -> pd.DataFrame:
    """The run in numbers, the damaged fibre beside the healthy one."""
    damage, healthy = impulse.damage, _healthy_beside(impulse.damage)
    passed = impulse.conducts
    warm = damage.temperature_c
    in_words = [
        ("The damaged stretch", stretch(damage) if not damage.healthy else "none", "none"),
        ("Temperature", _warmth(damage), _warmth(damage)),
        ("Does the signal reach the end?", "yes" if passed else "no", "yes" if healthy.conducts else "no"),
    ]
    in_numbers = [
        ("It gets as far as", "mm", impulse.last_mm, healthy.last_mm),
        ("It reaches the end after", "ms", impulse.arrival_ms[-1], healthy.arrival_ms[-1]),
        ("Speed along the stretch", "m/s", impulse.speed_in_lesion, _speed(impulse)),
        ("Extra delay", "ms", impulse.extra_delay_ms, 0.0),
    ]
    rows = [
        (*in_words[0], math.nan, math.nan, ""),
        (*in_words[1], warm, warm, DEGREE),
        (*in_words[2], math.nan, math.nan, ""),
        *(
            (f"{what} ({unit})", _ms(ours), _ms(usual), _raw(ours), _raw(usual), unit)
            for what, unit, ours, usual in in_numbers
        ),
    ]
    heads = ["What", "This fibre", "A healthy fibre as warm", "this_fibre", "healthy_fibre", "unit"]
    table = pd.DataFrame(rows, columns=heads)
    return table.drop(columns=["This fibre", "this_fibre"]) if damage.healthy else table


def _ms(value: float) -> str:
    return rounded(value) if math.isfinite(value) else "never"


def _raw(value: float) -> float:
    """A number of the run for programs, as exact as the words; unknown where it never comes to it."""
    return round(float(value), DECIMALS) if math.isfinite(value) else math.nan


def _fibre_chart(damage: Damage) -> dict[str, Any]:
    fibres = _fibres(damage)
    end = _clock(fibres)
    data = {"words": _words(fibres), "ends": [], "bars": []}
    for n, (_, colour, run) in enumerate(fibres):
        base = _base(n)
        data[f"moving-{n}"] = _trace(base, run, end)
        data["bars"] += _bars(base + COAT, run, colour)
        data["ends"].append(_ending(base, run))
    return traces.filled(_fibre_template(end), {"moving-1": [], **data})


def _trace(base: float, impulse: Impulse, end: float) -> list[dict[str, Any]]:
    """Each place along one fibre with its voltages, a letter for each moment."""
    places = np.linspace(0, impulse.node_mm[-1], PLACES)
    step, _ = CLOCKS[end]
    times = np.minimum(np.arange(round(end / step) + 1) * step, impulse.time_ms[-1])
    frames = _between(impulse.voltage_mv, times / axon.FRAME_MS)
    volts = np.stack([np.interp(places, impulse.position_mm, frame) for frame in frames])
    words = traces.written(volts.T, *VOLTAGES)
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
def _fibre_template(end: float) -> dict[str, Any]:
    """The drawing of both fibres for so many ms, before it has data."""
    step, start = CLOCKS[end]
    height = {"scale": alt.Scale(domain=[COAT - 0.5, _base(0) + NAME_AT + 0.3], nice=False), "axis": None}
    layers = [_coats(height), *_signals(step, height), *_said(height)]
    slider = traces.scrubbed("Time in milliseconds", start, end, step)
    return theme.finished(alt.layer(*layers).add_params(*slider), FIBRE_HEIGHT)


def _along() -> alt.X:
    """The axis along the fibre, as far as the data go."""
    return alt.X("mm:Q", scale=alt.Scale(nice=False), axis=theme.axis("along the fibre (mm)", tickMinStep=1))


def _signals(step: float, height: Mapping[str, Any]) -> list[alt.Chart]:
    """The voltage along each fibre at the chosen moment, as a hump."""
    level = traces.read("datum.trace", f"round({traces.NOW} / {step})")
    drawn = []
    for n, colour in enumerate(COLOURS):
        own = alt.Chart(alt.NamedData(f"moving-{n}")).transform_calculate(signal=f"datum.base + 1.15 * {level}")
        x, y = _along(), alt.Y("signal:Q", **height)
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


def _said(height: Mapping[str, Any]) -> list[alt.Chart]:
    """Names, the stretch, and what has happened once the moment has come."""
    y, words = alt.Y("y:Q", **height), alt.Text("words:N")
    base = alt.Chart(alt.NamedData("words")).encode(y=y, x=alt.X("mm:Q"), text=words)
    names = theme.words(base.transform_filter("datum.mm == 0"), align="left", fontWeight="bold")
    rest = theme.words(base.transform_filter("datum.mm > 0"), align="center")
    late = alt.Chart(alt.NamedData("ends")).transform_filter(f"{traces.NOW} >= datum.from")
    right = alt.XValue("width")  # type: ignore[no-untyped-call]
    return [names, rest, theme.words(late.encode(y=y, text=words, x=right), align="right")]


def _words(fibres: list[tuple[str, str, Impulse]]) -> list[dict[str, Any]]:
    """What stands there at all times: whose fibre it is, and what kind of stretch."""
    named = [{"mm": 0.0, "y": _base(n) + NAME_AT, "words": name} for n, (name, *_) in enumerate(fibres)]
    damaged = fibres[-1][2]
    if damaged.damage.healthy:
        return [*named, {"mm": 0.0, "y": _base(1) + NAME_AT, "words": "Nothing is damaged here."}]
    start, end = damaged.lesion_mm
    return [*named, {"mm": round((start + end) / 2, 3), "y": COAT - 0.36, "words": _kind(damaged.damage)}]


def _kind(damage: Damage) -> str:
    if damage.repaired:
        return "new myelin"
    return "thin coat" if damage.wraps else "bare"


def _ending(base: float, impulse: Impulse) -> dict[str, Any]:
    """What stands at the right once it has happened: the arrival, or that none will come."""
    if impulse.conducts:
        last = round(float(impulse.arrival_ms[-1]), 3)
        return {"y": base + NAME_AT, "words": f"arrived at {rounded(last)} ms", "from": last}
    stopped = round(float(np.nanmax(impulse.arrival_ms)) + A_MOMENT_MS / 2, 3)
    return {"y": base + NAME_AT, "words": "stopped", "from": stopped}


# ---------------------------------------------------------------- arrival at each node


def arrivals(damage: Damage) -> Figure:
    """When the impulse passes each node, in the damaged fibre and in a healthy one as warm."""
    impulse = simulate(damage)
    return Figure(
        id="fibre-arrivals",
        title=simulated(_arrivals_title(impulse)),
        draw=lambda: _arrivals_chart(damage),
        table=_arrivals_table(impulse),
        alt=_arrivals_alt(impulse),
        how_to_read=(
            "Each mark is one node. The further right, the further along the fibre; the higher, the later the signal "
            "came. A steep piece is a slow piece. Where the marks end, the signal ended."
        ),
        caveats=chart_text("fibre-arrivals").caveats,
        source_ids=SOURCES,
    )


def _arrivals_title(impulse: Impulse) -> str:
    ours, theirs = (_ms(run.arrival_ms[-1]) for run in (impulse, _healthy_beside(impulse.damage)))
    if impulse.damage.healthy:
        return f"Node after node at a steady pace: {rounded(impulse.node_mm[-1])} mm in {ours} ms"
    if not impulse.conducts:
        return f"The damaged fibre keeps pace up to {rounded(impulse.last_mm)} mm, then nothing arrives"
    if ours == theirs:
        return f"The damaged fibre keeps pace with the healthy one: {ours} ms to the end"
    return f"The damaged fibre falls behind at the stretch: {ours} ms to the end, not {theirs} ms"


def _arrivals_alt(impulse: Impulse) -> str:
    healthy = _healthy_beside(impulse.damage)
    beside = f"The healthy fibre: {rounded(healthy.node_mm[-1])} mm in {rounded(healthy.arrival_ms[-1])} ms"
    if impulse.damage.healthy:
        return f"{beside}, in a straight line."
    if impulse.conducts:
        return f"{beside}. The damaged one: the same in {rounded(impulse.arrival_ms[-1])} ms, slower in the stretch."
    last = float(np.nanmax(impulse.arrival_ms))
    return f"{beside}. The damaged one: {rounded(impulse.last_mm)} mm in {rounded(last)} ms, then nothing."


def _arrivals_table(impulse: Impulse) -> pd.DataFrame:
    healthy = _healthy_beside(impulse.damage)
    rows = {round(float(mm), 2): {"healthy": t} for mm, t in zip(healthy.node_mm, healthy.arrival_ms, strict=True)}
    if not impulse.damage.healthy:
        for mm, t in zip(impulse.node_mm, impulse.arrival_ms, strict=True):
            rows.setdefault(round(float(mm), 2), {})["damaged"] = t
    frame = pd.DataFrame.from_dict(rows, orient="index").sort_index()
    table = pd.DataFrame({"Node at (mm)": [number(mm) for mm in frame.index]})
    for name, words in (("healthy", "Healthy fibre (ms)"), ("damaged", "This fibre (ms)")):
        if name in frame:
            table[words] = [_ms(t) for t in frame[name]]
            table[f"{name}_ms"] = [_raw(t) for t in frame[name]]
    return table


def _arrivals_chart(damage: Damage) -> dict[str, Any]:
    fibres = _fibres(damage)
    passed = [row for name, _, run in fibres for row in _passed(name, run)]
    far, late = (max(row[key] for row in passed) for key in ("mm", "ms"))
    # An empty word beyond the last mark keeps room for the words at the ends of the lines.
    room = {"mm": round(far * 1.02, 3), "ms": round(late * 1.25, 3), "words": ""}
    last = [*(_last(name, run) for name, _, run in fibres), room]
    return traces.filled(_arrivals_template(), {"passed": passed, "last": last, "stretch": _stretch_of(fibres)})


@functools.cache
def _arrivals_template() -> dict[str, Any]:
    """The chart of arrivals before it has data."""
    x = _along()
    y = alt.Y("ms:Q", scale=alt.Scale(nice=False), axis=theme.axis("arrives after (ms)"))
    colour, shape = (
        alt.Scale(domain=[HEALTHY, DAMAGED], range=list(look)) for look in (COLOURS, ["diamond", "circle"])
    )
    base = alt.Chart(alt.NamedData("passed")).encode(x=x, y=y, color=alt.Color("fibre:N", scale=colour, legend=None))
    marks = base.mark_point(filled=True, size=45, opacity=1)
    last = alt.Chart(alt.NamedData("last")).encode(x=x, y=y, text=alt.Text("words:N"))
    band = alt.Chart(alt.NamedData("stretch")).mark_rect(color=theme.MS.colour, opacity=0.15)
    layers = [
        band.encode(x=x, x2=alt.X2("to:Q")),
        base.mark_line(strokeWidth=1.5, opacity=0.6),
        marks.encode(shape=alt.Shape("fibre:N", scale=shape, legend=None), tooltip=alt.Tooltip("words:N", title=" ")),
        theme.words(last, align="right", dx=-6, dy=-8),
    ]
    return theme.finished(alt.layer(*layers), FIBRE_HEIGHT + 2)


def _passed(name: str, impulse: Impulse) -> list[dict[str, Any]]:
    return [
        {
            "mm": round(float(mm), 3),
            "ms": round(float(ms), 3),
            "fibre": name,
            "words": f"{name}: {rounded(mm)} mm after {rounded(ms)} ms",
        }
        for mm, ms in zip(impulse.node_mm, impulse.arrival_ms, strict=True)
        if math.isfinite(ms)
    ]


def _last(name: str, impulse: Impulse) -> dict[str, Any]:
    """The words at the end of a line: whose it is, and whether it ended there."""
    at = int(np.flatnonzero(np.isfinite(impulse.arrival_ms))[-1])
    words = name if impulse.conducts else f"{name}, stops"
    return {"mm": round(float(impulse.node_mm[at]), 3), "ms": round(float(impulse.arrival_ms[at]), 3), "words": words}


def _stretch_of(fibres: list[tuple[str, str, Impulse]]) -> list[dict[str, Any]]:
    """The damaged stretch as a band; none in a healthy fibre."""
    damaged = fibres[-1][2]
    start, end = damaged.lesion_mm
    return [] if damaged.damage.healthy else [{"mm": round(start, 3), "to": round(end, 3)}]


FIBRE = Lab(
    id="nerve-fibre",
    presets={
        "bare": Damage(3),
        "adapted": Damage(5, channels=0.01),
        "edge": Damage(2),
        "warmed": Damage(2, temperature_c=BODY_C + 0.5),
        "repaired": Damage(4, repaired=1),
        "healthy": Damage(3, wraps=HEALTHY_AXON.wraps),
    },
    dials=(
        Dial("internodes"),
        Dial("repaired"),
        Dial("wraps", needed=lambda set_to: not set_to["repaired"]),
        Dial(
            "channels",
            scale=100,
            needed=lambda set_to: not set_to["repaired"] and not set_to["wraps"],
        ),
        Dial("repair_wraps", needed=lambda set_to: bool(set_to["repaired"])),
        Dial("short_per_old", needed=lambda set_to: bool(set_to["repaired"])),
        Dial("temperature_c"),
    ),
    own=Damage(),
    figures=(fibre, arrivals),
)
