"""A nerve fibre to damage: the impulse along it, its arrival at each node, and what warmth does."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside import theme
from sidebyside.chart_text import chart_text, decide
from sidebyside.charts.figure import Figure
from sidebyside.data.formatting import DECIMALS, number, rounded
from sidebyside.figures import traces
from sidebyside.figures.labs import Dial, Lab
from sidebyside.models import axon
from sidebyside.models.axon import BODY_C, HEALTHY_AXON, Damage, Impulse, simulate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidebyside.chart_text import Case, ChartText
    from sidebyside.models.axon import Floats

SOURCES: Final = (axon.PAPER, axon.CODE)
DEGREE: Final = "\N{DEGREE SIGN}C"
# The fibres to draw, by the names of their words.
HEALTHY: Final = "healthy"
DAMAGED: Final = "damaged"
COLOURS: Final = {HEALTHY: theme.NEUTRAL, DAMAGED: theme.MS.colour}
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


def length_mm(damage: Damage) -> str:
    """How long the damaged stretch is, in words."""
    return f"{rounded(damage.internodes * HEALTHY_AXON.pitch_mm)} mm"


def what_happened(impulse: Impulse) -> ChartText:
    """What the impulse did: the words of the drawing of this run.

    Raises:
        DataError: (when a part is asked for) see `ChartText`.
    """
    damage, late = impulse.damage, round(impulse.extra_delay_ms, 2)
    return chart_text(
        "fibre",
        _outcome(impulse),
        _kind(damage),
        decide("on_time", late=late > 0),
        warmth=rounded(damage.temperature_c),
        length=length_mm(damage),
        wraps=number(damage.wraps),
        full=number(HEALTHY_AXON.wraps),
        late=number(late),
        usual=rounded(_speed(impulse)),
        speed=rounded(impulse.speed_in_lesion),
        end=rounded(impulse.arrival_ms[-1]),
        far=rounded(impulse.last_mm),
    )


def _outcome(impulse: Impulse) -> Case:
    healthy, passes = impulse.damage.healthy, impulse.conducts
    return decide("stops", healthy=healthy, passes=passes, silent=not impulse.last_mm > 0)


def _kind(damage: Damage) -> Case:
    """What covers the damaged stretch."""
    thin, spread = bool(damage.wraps) and not damage.healthy, bool(damage.channels)
    return decide("bare", mended=bool(damage.repaired), thin=thin, spread=spread)


def _speed(impulse: Impulse) -> float:
    """Speed of a healthy fibre as warm as this one, in m/s."""
    return (impulse.damage.internodes + 4) * HEALTHY_AXON.pitch_mm / impulse.healthy_ms


def _healthy_beside(damage: Damage) -> Impulse:
    """A healthy fibre as long and as warm."""
    return simulate(Damage(damage.internodes, wraps=HEALTHY_AXON.wraps, temperature_c=damage.temperature_c))


def _fibres(damage: Damage) -> dict[str, Impulse]:
    """The runs of the fibres to draw: the healthy one, and the damaged one if it is another."""
    healthy = {HEALTHY: _healthy_beside(damage)}
    return healthy if damage.healthy else {**healthy, DAMAGED: simulate(damage)}


def _names(text: ChartText) -> dict[str, str]:
    """What each fibre is called in a drawing."""
    return {name: text[f"name-{name}"] for name in COLOURS}


# ---------------------------------------------------------------- the impulse along the fibre


def fibre(damage: Damage) -> Figure:
    """The impulse along a drawn fibre, to be scrubbed through time, beside a healthy fibre as warm."""
    impulse = simulate(damage)
    text = what_happened(impulse)
    return Figure.of_text(
        text,
        draw=lambda: _fibre_chart(damage, text),
        table=_run_table(impulse, text),
        source_ids=SOURCES,
        still={traces.NOW: _moment_of_truth(damage)},
    )


def _moment_of_truth(damage: Damage) -> float:
    """The first moment of the drawing (ms) at which the signal has arrived, or has stopped."""
    fibres = list(_fibres(damage).values())
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
    damage, healthy = impulse.damage, _healthy_beside(impulse.damage)
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
        ("speed", "m/s", impulse.speed_in_lesion, _speed(impulse)),
        ("late", "ms", impulse.extra_delay_ms, 0.0),
    ]
    rows = [
        *((text[f"row-{row}"], ours, usual, value, value, unit) for row, ours, usual, value, unit in in_words),
        *(
            (text[f"row-{row}"], _ms(ours, never), _ms(usual, never), _raw(ours), _raw(usual), unit)
            for row, unit, ours, usual in in_numbers
        ),
    ]
    own = text["heading-this"]
    heads = [text.heading, own, text["heading-healthy"], "this_fibre", "healthy_fibre", "unit"]
    table = pd.DataFrame(rows, columns=heads)
    return table.drop(columns=[own, "this_fibre"]) if damage.healthy else table


def _ms(value: float, never: str) -> str:
    return rounded(value) if math.isfinite(value) else never


def _raw(value: float) -> float:
    """A number of the run for programs, as exact as the words; unknown where it never comes to it."""
    return round(float(value), DECIMALS) if math.isfinite(value) else math.nan


def _fibre_chart(damage: Damage, text: ChartText) -> dict[str, Any]:
    fibres = _fibres(damage)
    end = _clock(fibres.values())
    data = {"words": _words(fibres, text), "ends": [], "bars": []}
    for n, (name, run) in enumerate(fibres.items()):
        base = _base(n)
        data[f"moving-{n}"] = _trace(base, run, end)
        data["bars"] += _bars(base + COAT, run, COLOURS[name])
        data["ends"].append(_ending(base, run, text))
    return traces.filled(_fibre_template(end, text.axis, text["time"]), {"moving-1": [], **data})


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
def _fibre_template(end: float, along: str, time: str) -> dict[str, Any]:
    """The drawing of both fibres for so many ms, before it has data; in the words of its axis and its slider."""
    step, start = CLOCKS[end]
    height = {"scale": alt.Scale(domain=[COAT - 0.5, _base(0) + NAME_AT + 0.3], nice=False), "axis": None}
    layers = [_coats(height), *_signals(step, height, _along(along)), *_said(height)]
    slider = traces.scrubbed(time, start, end, step)
    return theme.finished(alt.layer(*layers).add_params(*slider), FIBRE_HEIGHT)


def _along(words: str) -> alt.X:
    """The axis along the fibre, as far as the data go."""
    return alt.X("mm:Q", scale=alt.Scale(nice=False), axis=theme.axis(words, tickMinStep=1))


def _signals(step: float, height: Mapping[str, Any], x: alt.X) -> list[alt.Chart]:
    """The voltage along each fibre at the chosen moment, as a hump."""
    level = traces.read("datum.trace", f"round({traces.NOW} / {step})")
    drawn = []
    for n, colour in enumerate(COLOURS.values()):
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


def _words(fibres: Mapping[str, Impulse], text: ChartText) -> list[dict[str, Any]]:
    """What stands there at all times: whose fibre it is, and what kind of stretch."""
    names = _names(text)
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


def arrivals(damage: Damage) -> Figure:
    """When the impulse passes each node, in the damaged fibre and in a healthy one as warm."""
    impulse, healthy = simulate(damage), _healthy_beside(damage)
    text = _arrivals_text(impulse, healthy)
    return Figure.of_text(
        text,
        draw=lambda: _arrivals_chart(damage, text),
        table=_arrivals_table(impulse, healthy, text),
        source_ids=SOURCES,
    )


def _arrivals_text(impulse: Impulse, healthy: Impulse) -> ChartText:
    ours, theirs = (rounded(run.arrival_ms[-1]) for run in (impulse, healthy))
    usual, passes = impulse.damage.healthy, impulse.conducts
    return chart_text(
        "fibre-arrivals",
        decide("falls_behind", healthy=usual, stops=not passes, keeps_pace=ours == theirs),
        whole=rounded(healthy.node_mm[-1]),
        ours=ours,
        theirs=theirs,
        far=rounded(impulse.last_mm),
        last=rounded(float(np.nanmax(impulse.arrival_ms))),
    )


def _arrivals_table(impulse: Impulse, healthy: Impulse, text: ChartText) -> pd.DataFrame:
    rows = {round(float(mm), 2): {HEALTHY: t} for mm, t in zip(healthy.node_mm, healthy.arrival_ms, strict=True)}
    if not impulse.damage.healthy:
        for mm, t in zip(impulse.node_mm, impulse.arrival_ms, strict=True):
            rows.setdefault(round(float(mm), 2), {})[DAMAGED] = t
    frame = pd.DataFrame.from_dict(rows, orient="index").sort_index()
    table, never = pd.DataFrame({text.heading: [number(mm) for mm in frame.index]}), text["never"]
    for name, words in ((HEALTHY, text["heading-healthy"]), (DAMAGED, text["heading-this"])):
        if name in frame:
            table[words] = [_ms(t, never) for t in frame[name]]
            table[f"{name}_ms"] = [_raw(t) for t in frame[name]]
    return table


def _arrivals_chart(damage: Damage, text: ChartText) -> dict[str, Any]:
    fibres, names = _fibres(damage), _names(text)
    passed = [row for name, run in fibres.items() for row in _passed(names[name], run, text)]
    far, late = (max(row[key] for row in passed) for key in ("mm", "ms"))
    # An empty word beyond the last mark keeps room for the words at the ends of the lines.
    room = {"mm": round(far * 1.02, 3), "ms": round(late * 1.25, 3), "words": ""}
    last = [*(_last(names[name], run, text) for name, run in fibres.items()), room]
    template = _arrivals_template(text.axis, text["vertical-axis"], tuple(names.values()))
    return traces.filled(template, {"passed": passed, "last": last, "stretch": _stretch_of(fibres)})


@functools.cache
def _arrivals_template(along: str, after: str, names: tuple[str, ...]) -> dict[str, Any]:
    """The chart of arrivals before it has data, in the words of its axes and the names of its fibres."""
    x = _along(along)
    y = alt.Y("ms:Q", scale=alt.Scale(nice=False), axis=theme.axis(after))
    colour, shape = (
        alt.Scale(domain=list(names), range=list(look)) for look in (COLOURS.values(), ["diamond", "circle"])
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


def _passed(name: str, impulse: Impulse, text: ChartText) -> list[dict[str, Any]]:
    """Each node that the signal passed, with its words."""
    found = [(mm, ms) for mm, ms in zip(impulse.node_mm, impulse.arrival_ms, strict=True) if math.isfinite(ms)]
    words = text.each("node", [{"fibre": name, "mm": rounded(mm), "ms": rounded(ms)} for mm, ms in found])
    return [
        {"mm": round(float(mm), 3), "ms": round(float(ms), 3), "fibre": name, "words": said}
        for (mm, ms), said in zip(found, words, strict=True)
    ]


def _last(name: str, impulse: Impulse, text: ChartText) -> dict[str, Any]:
    """The words at the end of a line: whose it is, and whether it ended there."""
    at = int(np.flatnonzero(np.isfinite(impulse.arrival_ms))[-1])
    words = name if impulse.conducts else text.each("stops", [{"fibre": name}])[0]
    return {"mm": round(float(impulse.node_mm[at]), 3), "ms": round(float(impulse.arrival_ms[at]), 3), "words": words}


def _stretch_of(fibres: Mapping[str, Impulse]) -> list[dict[str, Any]]:
    """The damaged stretch as a band; none in a healthy fibre."""
    if DAMAGED not in fibres:
        return []
    start, end = fibres[DAMAGED].lesion_mm
    return [{"mm": round(start, 3), "to": round(end, 3)}]


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
