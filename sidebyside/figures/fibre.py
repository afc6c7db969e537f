"""A nerve fibre to damage: the impulse along it, its arrival at each node, and what warmth does."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Recipe, traces
from sidebyside.figures.labs import Dial, Lab
from sidebyside.models import axon
from sidebyside.models.axon import BODY_C, HEALTHY_AXON, Damage, Impulse, simulate
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Source

SOURCES: Final = (axon.PAPER, axon.CODE)
DEGREE: Final = "\N{DEGREE SIGN}C"
VOLTAGES: Final = (-90.0, 60.0)
FRAMES: Final = 80
PLACES: Final = 110
ROW: Final = 2.3
NAME_AT: Final = 1.3
COAT: Final = -0.38
FIBRE_HEIGHT: Final = 7
GAP_MM: Final = 0.01
A_MOMENT_MS: Final = 0.2
CAVEATS: Final = (
    "One thin fibre and one signal in a computer model with constants from rats: about as quick as walking, far slower "
    "than the thick fibres that move a hand.",
    "No inflammation, no cut fibres, no fatigue when signals follow each other: the model leaves them out.",
    "How far channels spread in a person is not known; the amounts here are our choice.",
    "A symptom sums up very many fibres. This is not a forecast for anyone.",
)


def _rounded(value: float, decimals: int = 2) -> str:
    return number(round(value, decimals))


def _warmth(damage: Damage) -> str:
    return f"{number(round(damage.temperature_c, 2))} {DEGREE}"


def _length_mm(damage: Damage) -> str:
    return f"{_rounded(damage.internodes * HEALTHY_AXON.pitch_mm)} mm"


def stretch(damage: Damage) -> str:
    """The damaged stretch in words, with its length."""
    length = _length_mm(damage)
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
        return f"A healthy fibre at {_warmth(damage)}: the signal runs at {_rounded(_speed(impulse))} m/s"
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
    healthy = ("Healthy fibre", theme.NEUTRAL, _healthy_beside(damage))
    return [healthy] if damage.healthy else [healthy, ("Damaged fibre", theme.MS.colour, simulate(damage))]


# ---------------------------------------------------------------- the impulse along the fibre


def fibre(damage: Damage) -> Figure:
    """The impulse along a drawn fibre, to be scrubbed through time, beside a healthy fibre as warm."""
    impulse = simulate(damage)
    return Figure(
        id="fibre",
        title=what_happened(impulse),
        draw=lambda: _fibre_chart(damage),
        table=_run_table(impulse),
        alt=_fibre_alt(impulse),
        how_to_read=(
            "Move the time below the drawing: the hump is the signal on its way along the fibre, from left to right. "
            "The bar is the fibre. Where it is thick it wears its coat of myelin; the gaps are the nodes, where the "
            "signal is made anew. Where only the thin line is left, the coat is gone. Nothing moves unless you move it."
        ),
        caveats=CAVEATS,
        source_ids=SOURCES,
    )


def _fibre_alt(impulse: Impulse) -> str:
    said = what_happened(impulse)
    if impulse.damage.healthy:
        return f"{said}, from left to right, and reaches the end after {_rounded(impulse.arrival_ms[-1])} ms."
    beside = f"A healthy fibre as warm carries it at {_rounded(_speed(impulse))} m/s all the way."
    if not impulse.conducts:
        return f"{said}. It gets no further than {_rounded(impulse.last_mm)} mm. {beside}"
    return f"{said}. Along the stretch it runs at {_rounded(impulse.speed_in_lesion)} m/s. {beside}"


def _run_table(impulse: Impulse) -> pd.DataFrame:
    """The run in numbers, the damaged fibre beside the healthy one."""
    damage, healthy = impulse.damage, _healthy_beside(impulse.damage)
    passed = impulse.conducts
    rows = [
        ("The damaged stretch", stretch(damage) if not damage.healthy else "none", "none"),
        ("Temperature", _warmth(damage), _warmth(damage)),
        ("Does the signal reach the end?", "yes" if passed else "no", "yes" if healthy.conducts else "no"),
        ("It gets as far as (mm)", _rounded(impulse.last_mm), _rounded(healthy.last_mm)),
        ("It reaches the end after (ms)", _ms(impulse.arrival_ms[-1]), _ms(healthy.arrival_ms[-1])),
        ("Speed along the stretch (m/s)", _ms(impulse.speed_in_lesion), _rounded(_speed(impulse))),
        ("Extra delay (ms)", _ms(impulse.extra_delay_ms), "0"),
    ]
    table = pd.DataFrame(rows, columns=["What", "This fibre", "A healthy fibre as warm"])
    return table.drop(columns="This fibre") if damage.healthy else table


def _ms(value: float) -> str:
    return _rounded(value) if math.isfinite(value) else "never"


def _fibre_chart(damage: Damage) -> dict[str, Any]:
    fibres = _fibres(damage)
    end = max(float(impulse.time_ms[-1]) for _, _, impulse in fibres)
    step = max(round(end / FRAMES / 0.01) * 0.01, 0.02)
    count = math.floor(end / step) + 1
    moving = [_trace(n, len(fibres), run, step, count) for n, (_, _, run) in enumerate(fibres)]
    return _drawn(fibres, pd.concat(moving), step, count)


def _trace(n: int, of: int, impulse: Impulse, step: float, count: int) -> pd.DataFrame:
    """Each place along one fibre with its voltages, a letter for each moment."""
    places = np.linspace(0, impulse.node_mm[-1], PLACES)
    times = np.minimum(np.arange(count) * step, impulse.time_ms[-1])
    moments = np.round(times / axon.FRAME_MS).astype(int)
    volts = np.stack([np.interp(places, impulse.position_mm, impulse.voltage_mv[at]) for at in moments])
    words = traces.written(volts.T, *VOLTAGES)
    return pd.DataFrame({"mm": np.round(places, 3), "base": _base(n, of), "trace": words})


def _base(n: int, of: int) -> float:
    """Where the signal of the n-th fibre rests: the first on top."""
    return (of - 1 - n) * ROW


def _drawn(fibres: list[tuple[str, str, Impulse]], moving: pd.DataFrame, step: float, count: int) -> dict[str, Any]:
    start = round(_telling_moment(fibres[-1][2]) / step) * step
    slider = traces.scrubbed(start, (count - 1) * step, step, "Time in milliseconds")
    top = _base(0, len(fibres)) + NAME_AT + 0.3
    height = {"scale": alt.Scale(domain=[COAT - 0.5, top], nice=False), "axis": None}
    far = float(moving["mm"].max())
    x = alt.X(
        "mm:Q", scale=alt.Scale(domain=[0, far], nice=False), axis=theme.axis("along the fibre (mm)", _ticks(far))
    )
    layers = [*_coats(fibres, height), *_signals(fibres, moving, x, step, height), *_said(fibres, height)]
    return theme.finished(alt.layer(*layers).add_params(*slider), FIBRE_HEIGHT if len(fibres) > 1 else 4)


def _ticks(far: float) -> list[float]:
    return [float(n) for n in range(math.floor(far) + 1)]


def _telling_moment(impulse: Impulse) -> float:
    """The moment to begin with: the signal in the middle of the stretch, or where it has stopped."""
    if not impulse.conducts:
        return float(np.nanmax(impulse.arrival_ms)) + A_MOMENT_MS
    start, end = impulse.lesion_mm
    reached = np.isfinite(impulse.arrival_ms)
    return float(np.interp((start + end) / 2, impulse.node_mm[reached], impulse.arrival_ms[reached]))


def _signals(
    fibres: list[tuple[str, str, Impulse]], moving: pd.DataFrame, x: alt.X, step: float, height: Mapping[str, Any]
) -> list[alt.Chart]:
    """The voltage along each fibre at the chosen moment, as a hump."""
    level = traces.read("datum.trace", f"round({traces.NOW} / {step})")
    drawn = []
    for n, (_, colour, _run) in enumerate(fibres):
        own = alt.Chart(moving[moving["base"] == _base(n, len(fibres))]).transform_calculate(
            signal=f"datum.base + 1.15 * {level}"
        )
        y = alt.Y("signal:Q", **height)
        drawn.append(own.mark_area(color=colour, opacity=0.3).encode(x=x, y=y, y2=alt.Y2("base:Q")))
        drawn.append(own.mark_line(color=colour, strokeWidth=2).encode(x=x, y=y))
    return drawn


def _coats(fibres: list[tuple[str, str, Impulse]], height: Mapping[str, Any]) -> list[alt.Chart]:
    """Each fibre as a thin line, and its coat as bars between the nodes, as thick as its wraps."""
    bars: list[dict[str, Any]] = []
    for n, (_, colour, impulse) in enumerate(fibres):
        middle = _base(n, len(fibres)) + COAT
        bars += [{**bar, "middle": middle} for bar in _bars(impulse, colour)]
    frame = pd.DataFrame(bars)
    frame["low"], frame["high"] = frame["middle"] - frame["half"], frame["middle"] + frame["half"]
    chart = (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            x=alt.X("mm:Q"),
            x2=alt.X2("to:Q"),
            y=alt.Y("low:Q", **height),
            y2=alt.Y2("high:Q"),
            color=alt.Color("colour:N", scale=None),
            opacity=alt.Opacity("dense:Q", scale=None),
        )
    )
    return [chart]


def _bars(impulse: Impulse, colour: str) -> list[dict[str, Any]]:
    damage, (start, end) = impulse.damage, impulse.lesion_mm
    core = {"mm": 0.0, "to": float(impulse.node_mm[-1]), "half": 0.035, "colour": colour, "dense": 1.0}
    bars = [core]
    for left, right in zip(impulse.node_mm[:-1], impulse.node_mm[1:], strict=True):
        inside = start - GAP_MM < left < end - GAP_MM
        wraps = _wraps(damage) if inside else HEALTHY_AXON.wraps
        if wraps:
            half = 0.05 + 0.02 * wraps
            bars.append({**core, "mm": left + GAP_MM, "to": right - GAP_MM, "half": half, "dense": 0.55})
    return bars


def _wraps(damage: Damage) -> int:
    return damage.repair_wraps if damage.repaired else damage.wraps


def _said(fibres: list[tuple[str, str, Impulse]], height: Mapping[str, Any]) -> list[alt.Chart]:
    """Names, the stretch, and what has happened once the moment has come."""
    words = [_name(n, len(fibres), name) for n, (name, _, _) in enumerate(fibres)]
    damaged = fibres[-1][2]
    if not damaged.damage.healthy:
        start, end = damaged.lesion_mm
        words.append({"mm": (start + end) / 2, "y": COAT - 0.36, "words": _kind(damaged.damage), "from": 0.0})
    base = alt.Chart(pd.DataFrame(words)).encode(y=alt.Y("y:Q", **height), x=alt.X("mm:Q"), text=alt.Text("words:N"))
    names = theme.words(base.transform_filter("datum.mm == 0"), align="left", fontWeight="bold")
    rest = theme.words(base.transform_filter("datum.mm > 0"), align="center")
    ends = [_ending(n, len(fibres), run) for n, (_, _, run) in enumerate(fibres)]
    late = alt.Chart(pd.DataFrame(ends)).encode(y=alt.Y("y:Q", **height), text=alt.Text("words:N"))
    done = late.transform_filter(f"{traces.NOW} >= datum.from").encode(x=alt.XValue("width"))  # type: ignore[no-untyped-call]
    return [names, rest, theme.words(done, align="right")]


def _name(n: int, of: int, name: str) -> dict[str, Any]:
    return {"mm": 0.0, "y": _base(n, of) + NAME_AT, "words": name, "from": 0.0}


def _kind(damage: Damage) -> str:
    if damage.repaired:
        return "new myelin"
    return "thin coat" if damage.wraps else "bare"


def _ending(n: int, of: int, impulse: Impulse) -> dict[str, Any]:
    """What stands at the right once it has happened: the arrival, or that none will come."""
    y = _base(n, of) + NAME_AT
    if impulse.conducts:
        last = float(impulse.arrival_ms[-1])
        return {"y": y, "words": f"arrived at {_rounded(last)} ms", "from": last}
    return {"y": y, "words": "stopped", "from": float(np.nanmax(impulse.arrival_ms)) + A_MOMENT_MS / 2}


# ---------------------------------------------------------------- arrival at each node


def arrivals(damage: Damage) -> Figure:
    """When the impulse passes each node, in the damaged fibre and in a healthy one as warm."""
    impulse = simulate(damage)
    return Figure(
        id="fibre-arrivals",
        title=_arrivals_title(impulse),
        draw=lambda: _arrivals_chart(damage),
        table=_arrivals_table(impulse),
        alt=_arrivals_alt(impulse),
        how_to_read=(
            "Each mark is one node. The further right, the further along the fibre; the higher, the later the signal "
            "came. A steep piece is a slow piece. Where the marks end, the signal ended."
        ),
        caveats=CAVEATS,
        source_ids=SOURCES,
    )


def _arrivals_title(impulse: Impulse) -> str:
    ours, theirs = (_ms(run.arrival_ms[-1]) for run in (impulse, _healthy_beside(impulse.damage)))
    if impulse.damage.healthy:
        return f"Node after node at a steady pace: {_rounded(impulse.node_mm[-1])} mm in {ours} ms"
    if not impulse.conducts:
        return f"The damaged fibre keeps pace up to {_rounded(impulse.last_mm)} mm, then nothing arrives"
    if ours == theirs:
        return f"The damaged fibre keeps pace with the healthy one: {ours} ms to the end"
    return f"The damaged fibre falls behind at the stretch: {ours} ms to the end, not {theirs} ms"


def _arrivals_alt(impulse: Impulse) -> str:
    healthy = _healthy_beside(impulse.damage)
    beside = f"The healthy fibre: {_rounded(healthy.node_mm[-1])} mm in {_rounded(healthy.arrival_ms[-1])} ms"
    if impulse.damage.healthy:
        return f"{beside}, in a straight line."
    if impulse.conducts:
        return f"{beside}. The damaged one: the same in {_rounded(impulse.arrival_ms[-1])} ms, slower in the stretch."
    last = float(np.nanmax(impulse.arrival_ms))
    return f"{beside}. The damaged one: {_rounded(impulse.last_mm)} mm in {_rounded(last)} ms, then nothing."


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
    return table


def _arrivals_chart(damage: Damage) -> dict[str, Any]:
    fibres = _fibres(damage)
    frames = [_passed(name, run) for name, _, run in fibres]
    frame = pd.concat(frames)
    names = [name for name, _, _ in fibres]
    far, late = float(frame["mm"].max()), float(frame["ms"].max())
    x = alt.X(
        "mm:Q",
        scale=alt.Scale(domain=[0, far * 1.02], nice=False),
        axis=theme.axis("along the fibre (mm)", _ticks(far)),
    )
    y = alt.Y("ms:Q", scale=alt.Scale(domain=[0, late * 1.25], nice=False), axis=theme.axis("arrives after (ms)"))
    colour = alt.Color("fibre:N", scale=alt.Scale(domain=names, range=[c for _, c, _ in fibres]), legend=None)
    shape = alt.Shape("fibre:N", scale=alt.Scale(domain=names, range=["diamond", "circle"][: len(names)]), legend=None)
    base = alt.Chart(frame).encode(x=x, y=y, color=colour)
    said = alt.Tooltip("words:N", title=" ")
    last = pd.DataFrame([_last(name, run) for name, _, run in fibres])
    layers = [
        base.mark_line(strokeWidth=1.5, opacity=0.6),
        base.mark_point(filled=True, size=45, opacity=1).encode(shape=shape, tooltip=said),
        theme.words(alt.Chart(last), align="right", dx=-6, dy=-8).encode(x=x, y=y, text=alt.Text("words:N")),
    ]
    if not damage.healthy:
        layers.insert(0, _shade(fibres[-1][2], x))
    return theme.finished(alt.layer(*layers), FIBRE_HEIGHT + 2)


def _passed(name: str, impulse: Impulse) -> pd.DataFrame:
    frame = pd.DataFrame({"mm": impulse.node_mm.round(3), "ms": impulse.arrival_ms.round(3), "fibre": name}).dropna()
    frame["words"] = [
        f"{name}: {_rounded(mm)} mm after {_rounded(ms)} ms" for mm, ms in zip(frame["mm"], frame["ms"], strict=True)
    ]
    return frame


def _last(name: str, impulse: Impulse) -> dict[str, Any]:
    """The words at the end of a line: whose it is, and whether it ended there."""
    at = int(np.flatnonzero(np.isfinite(impulse.arrival_ms))[-1])
    words = name if impulse.conducts else f"{name}, stops"
    return {"mm": round(float(impulse.node_mm[at]), 3), "ms": round(float(impulse.arrival_ms[at]), 3), "words": words}


def _shade(impulse: Impulse, x: alt.X) -> alt.Chart:
    """The damaged stretch as a band."""
    start, end = impulse.lesion_mm
    band = alt.Chart(pd.DataFrame({"mm": [round(start, 3)], "to": [round(end, 3)]}))
    drawn: alt.Chart = band.mark_rect(color=theme.MS.colour, opacity=0.15).encode(x=x, x2=alt.X2("to:Q"))
    return drawn


# ---------------------------------------------------------------- what warmth does to speed

WARMTHS: Final = tuple(35 + half / 2 for half in range(11))


def _warmed() -> dict[str, Damage]:
    return {
        "healthy": Damage(4, wraps=HEALTHY_AXON.wraps),
        "mended": Damage(4, repaired=1),
        f"bare ({_length_mm(Damage(1))})": Damage(1),
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
            f"At {number(WARMTHS[-1])} {DEGREE} the {name} fibre runs at {number(round(share))}% of its speed at "
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
            "Speed along the stretch (m/s)": _rounded(row["speed"]),
            f"Against {number(BODY_C)} {DEGREE}": f"{number(round(row['share']))}%",
            "Source": f"our simulation, after {source.label}",
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

FIBRE = Lab(
    id="nerve-fibre",
    label="Choose a fibre",
    presets={
        "bare": ("Fresh bare stretch", Damage(3)),
        "adapted": ("Adapted: channels have spread", Damage(5, channels=0.01)),
        "edge": ("Short bare stretch", Damage(2)),
        "warmed": ("The same, half a degree warmer", Damage(2, temperature_c=BODY_C + 0.5)),
        "repaired": ("Mended", Damage(4, repaired=1)),
        "healthy": ("Healthy", Damage(3, wraps=HEALTHY_AXON.wraps)),
    },
    dials=(
        Dial("internodes", "Length of the damaged stretch (internodes, each 0.14 mm)"),
        Dial("repaired", "New myelin has formed"),
        Dial("wraps", "Wraps of old myelin left (7 is healthy)", needed=lambda set_to: not set_to["repaired"]),
        Dial(
            "channels",
            "Channels spread along the bare stretch (% of a healthy node)",
            scale=100,
            needed=lambda set_to: not set_to["repaired"] and not set_to["wraps"],
        ),
        Dial("repair_wraps", "Wraps of the new myelin", needed=lambda set_to: bool(set_to["repaired"])),
        Dial("short_per_old", "New pieces of myelin for each old one", needed=lambda set_to: bool(set_to["repaired"])),
        Dial("temperature_c", f"Body temperature ({DEGREE})"),
    ),
    own=Damage(),
    figures=(fibre, arrivals),
)
