"""One thin nerve fibre of the brain or the optic nerve: healthy, stripped of myelin, repaired, warmed.

The model is the optic nerve axon of Arancibia-Carcamo et al. (2017): two cables (the axon and the
narrow space under its myelin), sodium, persistent sodium and slow potassium channels at each node
of Ranvier. What a lesion does to it is our part. In a notebook::

    from sidebyside.models.nerve_fibre import Damage, simulate
    impulse = simulate(Damage(internodes=2, temperature_c=37.0))
    impulse.arrival_ms  # when the impulse passes each node, in ms; NaN where it never does
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sidebyside.models.parameters import OURS, known, within_bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PAPER: Final = "arancibia-carcamo-2017"
CODE: Final = "attwell-model-code"
BODY_C: Final = 37.0
UM_PER_MM: Final = 1000.0
# With um, ms, mV, mS/cm2, uF/cm2 and ohm cm, these factors give nA, nF, uS and megohm.
PER_AREA: Final = 1e-5
PER_LENGTH: Final = 1e-2
# A fibre this close to rest (mV) cannot start an impulse again: the run may end.
QUIET_MV: Final = 3.0
# The last node has fired and is back this close to rest (mV): nothing more can come, and the run may end.
RECOVERED_MV: Final = 20.0
# Lowest, highest and step (mV) of the tables of gates. Read in a straight line between two entries they are right
# to a millionth, and no voltage comes near the ends.
TABLE_MV: Final = (-160.0, 160.0, 0.05)
FRAME_MS: Final = 0.02
# Longer stretches get more time (see `_simulated`): 18 internodes may take 9 ms, six or fewer some 5 ms.
LONG_LESION: Final = 6
# Readers set numbers freely: what is kept has to be bounded (docs/performance.md, "Memory"). It rests on no table.
CACHED_RUNS: Final = 256


@dataclass(frozen=True)
class Rate:
    """Scale, offset (mV) and slope (mV) of one rate constant of a channel's gate."""

    scale: float
    offset: float
    slope: float

    def rising(self, v: Floats) -> Floats:
        """A rate that grows in a straight line above its offset, per ms."""
        return self.scale * self.slope * _linoid((v + self.offset) / self.slope)

    def falling(self, v: Floats) -> Floats:
        """The same, mirrored: a rate that grows below its offset, per ms."""
        return self.scale * self.slope * _linoid(-(v + self.offset) / self.slope)

    def sigmoid(self, v: Floats) -> Floats:
        """A rate that levels off, per ms."""
        return self.scale / (1 + np.exp(-(v + self.offset) / self.slope))


def _linoid(x: Floats) -> Floats:
    """``x / (1 - exp(-x))`` with its limit 1 at zero."""
    near = np.abs(x) < 1e-9
    safe = np.where(near, 1.0, x)
    return np.where(near, 1.0 + x / 2, safe / -np.expm1(-safe))


M_RATES: Final = (Rate(1.86, 25.4, 10.3), Rate(0.086, 29.7, 9.16))
P_RATES: Final = (Rate(0.186, 48.4, 10.3), Rate(0.0086, 42.7, 9.16))
N_RATES: Final = (Rate(0.00122, 19.5, 23.6), Rate(0.000739, 87.1, 21.8))
H_RATES: Final = (Rate(0.0336, 118.0, 11.0), Rate(2.3, 35.8, 13.4))


@dataclass(frozen=True)
class Axon:
    """The constants of the fibre; units stand with each field."""

    # Diameter of the axon at the node.
    node_diameter: float = known(0.7274, "d_n", "um", CODE)
    # Length of a node of Ranvier.
    node_length: float = known(1.02, "L_n", "um", PAPER)
    # Diameter of the axon between nodes, and where it is bare.
    axon_diameter: float = known(0.8201, "d_i", "um", CODE)
    # Length of myelin between two nodes.
    internode_length: float = known(139.26, "L_i", "um", PAPER)
    # Length of each paranode, where myelin is sealed to the axon.
    paranode_length: float = known(2.11, "L_p", "um", PAPER)
    # Width of the space between axon and myelin.
    periaxonal_width: float = known(0.015, "w_i", "um", PAPER)
    # The same at the paranode, for a full coat.
    paranode_width: float = known(7.719692e-06, "w_p", "um", CODE)
    # Thickness of one wrap of myelin.
    myelin_period: float = known(0.0156, "p_m", "um", PAPER)
    # Wraps of myelin of the healthy fibre.
    wraps: int = known(7, "N_w", "wraps", PAPER)
    # Capacitance of one membrane.
    capacitance: float = known(0.9, "c_m", "uF/cm2", PAPER)
    # Conductance of one membrane of myelin.
    myelin_conductance: float = known(1.0, "g_my", "mS/cm2", PAPER)
    # Leak of the axon under the myelin.
    internode_leak: float = known(0.1, "g_i", "mS/cm2", PAPER)
    # Resistivity inside the axon.
    axoplasm: float = known(70.0, "rho_a", "ohm cm", PAPER)
    # Resistivity of the space under the myelin.
    periaxonal: float = known(70.0, "rho_p", "ohm cm", PAPER)
    # Voltage at rest.
    rest: float = known(-82.0, "V_rest", "mV", PAPER)
    # Reversal of the leak at the node.
    leak_reversal: float = known(-83.38, "E_L", "mV", PAPER)
    # Fast sodium conductance at the node.
    sodium: float = known(3000.0, "gbar_Na", "mS/cm2", PAPER)
    # Persistent sodium conductance at the node.
    persistent_sodium: float = known(5.0, "gbar_Nap", "mS/cm2", PAPER)
    # Slow potassium conductance at the node.
    potassium: float = known(80.0, "gbar_Ks", "mS/cm2", PAPER)
    # Reversal of sodium.
    sodium_reversal: float = known(50.0, "E_Na", "mV", PAPER)
    # Reversal of potassium.
    potassium_reversal: float = known(-84.0, "E_K", "mV", PAPER)
    # Temperature at which the speeds of the gates are given.
    gates_at: float = known(20.0, "T_0", "degrees C", CODE)
    # How much warmth speeds up the gates m and p.
    q10_m: float = known(2.2, "Q_m", "per 10 degrees", CODE)
    # How much warmth speeds up the gate h.
    q10_h: float = known(2.9, "Q_h", "per 10 degrees", CODE)
    # How much warmth speeds up the gate n.
    q10_n: float = known(3.0, "Q_n", "per 10 degrees", CODE)
    # Current that starts the impulse.
    stimulus: float = known(3.0, "I_stim", "nA", CODE)
    # How long that current flows.
    stimulus_time: float = known(0.01, "t_stim", "ms", CODE)
    # Voltage whose upward crossing marks arrival.
    threshold: float = known(-40.0, "V_th", "mV", OURS)
    # Healthy stretch before the lesion.
    healthy_before: int = known(12, "n_pre", "internodes", OURS)
    # Healthy stretch after the lesion.
    healthy_after: int = known(12, "n_post", "internodes", OURS)
    # Time step.
    step: float = known(0.002, "dt", "ms", OURS)
    # Parts of an internode between its paranodes.
    segments: int = known(8, "n_seg", "segments", OURS)
    # The same for a short internode of repaired myelin.
    short_segments: int = known(6, "", "segments", OURS)
    # Each part against its neighbour nearer the paranode.
    growth: float = known(1.45, "r_seg", "ratio", OURS)
    # The same for a short internode.
    short_growth: float = known(1.3, "", "ratio", OURS)
    # Parts of a bare internode.
    bare_segments: int = known(18, "n_bare", "segments", OURS)

    @functools.cached_property
    def node_leak(self) -> float:
        """Leak at the node (mS/cm2) that holds the voltage at rest; computed, so it follows every change."""
        m, p, n, h = (float(rise / (rise + fall)) for rise, fall in _rates(np.array(self.rest)))
        sodium = self.sodium * m**3 * h + self.persistent_sodium * p**3
        currents = sodium * (self.rest - self.sodium_reversal)
        currents += self.potassium * n * (self.rest - self.potassium_reversal)
        return -currents / (self.rest - self.leak_reversal)

    @property
    def pitch_mm(self) -> float:
        """From one node to the next, in mm."""
        return (self.internode_length + self.node_length) / UM_PER_MM


HEALTHY_AXON: Final = Axon()


@dataclass(frozen=True)
class Damage:
    """What a reader may set: the stretch that lost its coat, how it was mended, and warmth.

    With ``repaired`` the stretch carries short internodes of thin new myelin; ``wraps`` and
    ``channels`` then do not matter. ``channels`` matters only where no wrap is left.

    Raises:
        ValueError: a value is no number or outside its bounds.
    """

    # Length of the damaged stretch.
    internodes: int = known(2, "n_les", "internodes", OURS, (1, 18, 1))
    # Wraps of myelin left on it.
    wraps: int = known(0, "N_les", "wraps", OURS, (0, 7, 1))
    # Channels that have spread along the bare stretch.
    channels: float = known(0.0, "s", "of a node", OURS, (0, 0.05, 0.0025))
    # Whether new myelin has formed.
    repaired: int = known(0, "", "", OURS, (0, 1, 1))
    # Short new internodes in place of an old one.
    short_per_old: int = known(3, "m_r", "internodes", OURS, (2, 3, 1))
    # Wraps of the new myelin.
    repair_wraps: int = known(3, "N_r", "wraps", OURS, (2, 5, 1))
    # Body temperature.
    temperature_c: float = known(BODY_C, "T", "degrees C", OURS, (35, 40, 0.1), (30, 46))

    def __post_init__(self) -> None:
        """Refuse what the model does not take."""
        within_bounds(self)

    @property
    def bare(self) -> bool:
        """Whether the stretch has no coat at all."""
        return not self.repaired and self.wraps == 0

    @property
    def healthy(self) -> bool:
        """Whether nothing is damaged."""
        return not self.repaired and self.wraps == HEALTHY_AXON.wraps


@dataclass(frozen=True, eq=False)
class Impulse:
    """What one impulse did.

    Attributes:
        damage: the settings.
        node_mm: position of each node along the fibre, in mm from the first (1-D).
        arrival_ms: when the voltage there first rose through -40 mV, in ms; NaN where it never did (1-D).
        position_mm: the middle of every part of the fibre, in mm (1-D).
        time_ms: times of the frames, in ms (1-D, every 0.02 ms).
        voltage_mv: voltage inside the fibre, frames by parts, in mV (2-D).
        lesion_mm: first and last position of the damaged stretch, in mm.
        delay_ms: from two nodes before the stretch to two nodes after it, in ms; NaN if blocked.
        healthy_ms: the same distance in a healthy fibre at the same temperature, in ms.
    """

    damage: Damage
    node_mm: Floats
    arrival_ms: Floats
    position_mm: Floats
    time_ms: Floats
    voltage_mv: Floats
    lesion_mm: tuple[float, float]
    delay_ms: float
    healthy_ms: float

    @property
    def conducts(self) -> bool:
        """Whether the impulse reached the end of the fibre."""
        return bool(np.isfinite(self.arrival_ms[-1]))

    @property
    def extra_delay_ms(self) -> float:
        """How much later it came through than in a healthy fibre as warm, in ms; NaN if blocked."""
        return self.delay_ms - self.healthy_ms

    @property
    def speed_in_lesion(self) -> float:
        """Speed along the damaged stretch, in m/s; NaN if blocked."""
        start, end = self.lesion_mm
        per_internode = self.healthy_ms / (self.damage.internodes + 4)
        return (end - start) / (self.delay_ms - 4 * per_internode)

    @property
    def last_mm(self) -> float:
        """The last node the impulse reached, in mm; NaN if it never started."""
        reached = self.node_mm[np.isfinite(self.arrival_ms)]
        return float(reached[-1]) if len(reached) else math.nan


def simulate(damage: Damage, axon: Axon = HEALTHY_AXON) -> Impulse:
    """Send one impulse through a fibre and see how far, and how fast, it gets.

    Settings seen before are answered from memory. Takes 20 to 150 ms; the first call in a new
    installation compiles the solver, which takes some seconds.
    """
    return _simulated(_told_apart(damage), axon)


def healthy_speed(temperature_c: float = BODY_C, axon: Axon = HEALTHY_AXON) -> float:
    """Speed of a healthy fibre in m/s: nodes 10 to 20 of 30, so that its ends do not count."""
    return axon.pitch_mm / _healthy_internode_ms(temperature_c, axon)


def block_temperature(damage: Damage, low: float = 34.0, high: float = 46.0, within: float = 0.01) -> float:
    """The lowest temperature (degrees C) at which the impulse fails, found by halving.

    NaN where it still passes at ``high``; ``low`` where it fails already there.
    """
    if simulate(replace(damage, temperature_c=high)).conducts:
        return math.nan
    if not simulate(replace(damage, temperature_c=low)).conducts:
        return low
    while high - low > within:
        middle = (low + high) / 2
        low, high = (middle, high) if simulate(replace(damage, temperature_c=middle)).conducts else (low, middle)
    return high


def _told_apart(damage: Damage) -> Damage:
    """The settings without what does not matter, so that equal fibres share one run."""
    if damage.repaired:
        return replace(damage, wraps=0, channels=0.0)
    plain = replace(damage, short_per_old=3, repair_wraps=3)
    return plain if damage.bare else replace(plain, channels=0.0)


@functools.lru_cache(maxsize=CACHED_RUNS)
def _simulated(damage: Damage, axon: Axon) -> Impulse:
    fibre = _laid_out(axon, damage)
    duration = 25.0 if damage.internodes > LONG_LESION else 10.0
    frames, arrivals = _run(axon, fibre, damage.temperature_c, duration)
    nodes = np.flatnonzero(fibre.node)
    first, last = fibre.lesion
    before, after = nodes.searchsorted([first, last]) + np.array([-2, 2])
    return Impulse(
        damage=damage,
        node_mm=fibre.middle_mm[nodes],
        arrival_ms=arrivals,
        position_mm=fibre.middle_mm,
        time_ms=np.arange(len(frames), dtype=np.float64) * FRAME_MS,
        voltage_mv=frames,
        lesion_mm=(float(fibre.middle_mm[first]), float(fibre.middle_mm[last])),
        delay_ms=float(arrivals[after] - arrivals[before]),
        # `delay_ms` begins two nodes before the stretch and ends two nodes after it.
        healthy_ms=(damage.internodes + 4) * _healthy_internode_ms(damage.temperature_c, axon),
    )


@functools.lru_cache(maxsize=CACHED_RUNS)
def _healthy_internode_ms(temperature_c: float, axon: Axon) -> float:
    # 30 nodes: from the 10th to the 20th, so that the ends of the fibre do not count.
    healthy = replace(axon, healthy_before=14, healthy_after=14)
    fibre = _laid_out(healthy, Damage(internodes=1, wraps=axon.wraps))
    _, arrivals = _run(healthy, fibre, temperature_c, 10.0)
    return float(arrivals[20] - arrivals[10]) / 10


# ---------------------------------------------------------------- the fibre in parts


@dataclass(frozen=True, eq=False)
class _Fibre:
    """A fibre cut into parts, each with its constants (nF, uS), ready for the solver."""

    middle_mm: Floats
    node: NDArray[np.bool_]
    lesion: tuple[int, int]
    capacitance: Floats
    leak: Floats
    leak_drive: Floats
    channels: Floats
    coat_capacitance: Floats
    coat_leak: Floats
    coated: NDArray[np.bool_]
    along: Floats
    under: Floats
    open_ends: Floats


@dataclass(frozen=True, eq=False)
class _Part:
    """One part of the fibre: length and diameter (um), wraps of myelin, width under them, share of channels."""

    length: float
    diameter: float
    wraps: int = 0
    width: float = math.nan
    channels: float = 0.0
    node: bool = False


def _laid_out(axon: Axon, damage: Damage) -> _Fibre:
    """Node, internode, node ...: a healthy stretch, the damaged one, a healthy stretch."""
    node = _Part(axon.node_length, axon.node_diameter, channels=1.0, node=True)
    whole = [node, *_coated(axon, axon.internode_length, axon.wraps, axon.segments, axon.growth)]
    inner, stretch = _stretch(axon, damage, node, whole[1:])
    parts = whole * axon.healthy_before
    first = len(parts)
    for n in range(damage.internodes):
        parts += [node if n == 0 else inner, *stretch]
    last = len(parts)
    parts += whole * axon.healthy_after + [node]
    return _assembled(axon, parts, (first, last))


def _stretch(axon: Axon, damage: Damage, node: _Part, whole: list[_Part]) -> tuple[_Part, list[_Part]]:
    """What stands in the lesion: its nodes, and what lies between them."""
    if damage.repaired:
        count = damage.short_per_old
        length = (axon.internode_length - (count - 1) * axon.node_length) / count
        short = _coated(axon, length, damage.repair_wraps, axon.short_segments, axon.short_growth)
        return node, [part for n in range(count) for part in ([node] if n else []) + short]
    if damage.wraps == axon.wraps:
        return node, whole
    if damage.wraps:
        return node, _coated(axon, axon.internode_length, damage.wraps, axon.segments, axon.growth)
    inner = replace(node, channels=damage.channels or 1.0)
    length = axon.internode_length / axon.bare_segments
    return inner, [_Part(length, axon.axon_diameter, channels=damage.channels)] * axon.bare_segments


def _coated(axon: Axon, length: float, wraps: int, segments: int, growth: float) -> list[_Part]:
    """A myelinated internode: paranode, parts that grow towards the middle, paranode."""
    graded = np.array([growth ** min(k, segments - 1 - k) for k in range(segments)])
    lengths = graded / graded.sum() * (length - 2 * axon.paranode_length)
    # The seal is a spiral as many turns long as there are wraps: fewer wraps, wider open.
    seal = axon.paranode_width * HEALTHY_AXON.wraps / wraps
    paranode = _Part(axon.paranode_length, axon.axon_diameter, wraps, seal)
    return [paranode, *(_Part(n, axon.axon_diameter, wraps, axon.periaxonal_width) for n in lengths), paranode]


def _assembled(axon: Axon, parts: list[_Part], lesion: tuple[int, int]) -> _Fibre:
    length, diameter = (np.array([getattr(part, name) for part in parts]) for name in ("length", "diameter"))
    area = np.pi * diameter * length * PER_AREA
    coated = np.array([part.wraps > 0 for part in parts])
    share = np.array([part.channels for part in parts])
    coat = [_coat(axon, part) for part in parts]
    core = axon.axoplasm * length / (np.pi * diameter**2 / 4) * PER_LENGTH
    under = np.array([_under(axon, part) for part in parts])
    leak = np.maximum(share * axon.node_leak, axon.internode_leak)
    drive = np.where(share * axon.node_leak > axon.internode_leak, axon.leak_reversal, axon.rest)
    joined = coated[:-1] & coated[1:]
    links = np.where(joined, 2 / (under[:-1] + under[1:]), 0.0)
    open_left = coated & ~np.concatenate([[False], coated[:-1]])
    open_right = coated & ~np.concatenate([coated[1:], [False]])
    return _Fibre(
        middle_mm=_middles(length),
        node=np.array([part.node for part in parts]),
        lesion=lesion,
        capacitance=axon.capacitance * area,
        leak=leak * area,
        leak_drive=leak * area * drive,
        channels=share * area,
        coat_capacitance=np.array([capacitance for capacitance, _ in coat]),
        coat_leak=np.array([conductance for _, conductance in coat]),
        coated=coated,
        along=2 / (core[:-1] + core[1:]),
        under=links,
        open_ends=np.where(coated, 2 / np.where(coated, under, 1.0), 0.0) * (open_left.astype(float) + open_right),
    )


def _middles(length: Floats) -> Floats:
    """The middle of each part in mm, counted from the middle of the first."""
    middle: Floats = np.cumsum(length) - length / 2
    from_first: Floats = (middle - middle[0]) / UM_PER_MM
    return from_first


def _coat(axon: Axon, part: _Part) -> tuple[float, float]:
    """Capacitance (nF) and conductance (uS) of a part's wraps: membranes in series, each a little wider."""
    if not part.wraps:
        return 0.0, 0.0
    radius = part.diameter / 2 + part.width + np.arange(2 * part.wraps) * axon.myelin_period / 2
    area = 2 * np.pi * radius * part.length * PER_AREA
    series = 1 / float(np.sum(1 / area))
    return axon.capacitance * series, axon.myelin_conductance * series


def _under(axon: Axon, part: _Part) -> float:
    """Resistance along the space under a part's myelin, in megohm."""
    if not part.wraps:
        return math.inf
    inside = part.diameter / 2
    ring = np.pi * ((inside + part.width) ** 2 - inside**2)
    return float(axon.periaxonal * part.length / ring * PER_LENGTH)


# ---------------------------------------------------------------- the solver


def _rates(v: Floats) -> tuple[tuple[Floats, Floats], ...]:
    """Opening and closing rates (per ms, at the reference temperature) of the gates m, p, n, h."""
    three = [(up.rising(v), down.falling(v)) for up, down in (M_RATES, P_RATES, N_RATES)]
    return (*three, (H_RATES[0].falling(v), H_RATES[1].sigmoid(v)))


def _gate_tables(axon: Axon, temperature_c: float) -> tuple[Floats, Floats]:
    """Over the table's voltages: where each gate tends to, and how much of the way is left after a step."""
    low, high, step = TABLE_MV
    v = np.arange(low, high + step / 2, step)
    warmth = (temperature_c - axon.gates_at) / 10
    speed = [q**warmth for q in (axon.q10_m, axon.q10_m, axon.q10_n, axon.q10_h)]
    rates = _rates(v)
    tends_to = np.stack([up / (up + down) for up, down in rates], axis=1)
    left = np.stack([np.exp(-axon.step * q * (up + down)) for q, (up, down) in zip(speed, rates, strict=True)], axis=1)
    return np.ascontiguousarray(tends_to), np.ascontiguousarray(left)


def _run(axon: Axon, fibre: _Fibre, temperature_c: float, duration: float) -> tuple[Floats, Floats]:
    """Frames of voltage and the arrival at each node."""
    tends_to, left = _gate_tables(axon, temperature_c)
    march = _compiled()
    every = max(round(FRAME_MS / axon.step), 1)
    frames, arrivals, count = march(
        fibre.capacitance,
        fibre.leak,
        fibre.leak_drive,
        fibre.channels,
        fibre.coat_capacitance,
        fibre.coat_leak,
        fibre.coated,
        fibre.along,
        fibre.under,
        fibre.open_ends,
        np.flatnonzero(fibre.node),
        tends_to,
        left,
        np.array([axon.sodium, axon.persistent_sodium, axon.potassium]),
        np.array([axon.sodium_reversal, axon.potassium_reversal, axon.rest, axon.threshold]),
        np.array([axon.stimulus, axon.stimulus_time, axon.step, duration]),
        every,
    )
    return frames[:count], arrivals


@functools.cache
def _compiled() -> Callable[..., Any]:
    """The time stepping as machine code, kept on disk between starts where the disk can be written."""
    import numba

    try:
        # Without Python's global lock (nogil) two readers can run it at once; divisions are unchecked, as in numpy.
        kept: Callable[..., object] = numba.njit(_march, cache=True, nogil=True, error_model="numpy")
    except RuntimeError:
        return numba.njit(_march, nogil=True, error_model="numpy")

    def march(*given: object) -> object:
        try:
            return kept(*given)
        except OSError:
            # It is compiled, but a full disk did not take it: memory did, and has it now.
            return kept(*given)

    return march


def _march(
    capacitance: Floats,
    leak: Floats,
    leak_drive: Floats,
    channels: Floats,
    coat_capacitance: Floats,
    coat_leak: Floats,
    coated: NDArray[np.bool_],
    along: Floats,
    under: Floats,
    open_ends: Floats,
    nodes: NDArray[np.int64],
    tends_to: Floats,
    left: Floats,
    densities: Floats,
    voltages: Floats,
    timing: Floats,
    every: int,
) -> tuple[Floats, Floats, int]:
    """Step the fibre through time: gates exactly at the old voltage, then one Crank-Nicolson solve.

    Long for one function, because it is compiled as one and calls nothing. The unknowns of a part
    are its voltage and that of the space under its myelin; neighbours are linked, so each step is
    one sweep forth and one sweep back over blocks of two.
    """
    sodium, persistent, potassium = densities
    e_na, e_k, rest, threshold = voltages
    stimulus, stimulus_time, dt, duration = timing
    table_low, _, table_step = TABLE_MV
    count = len(capacitance)
    steps = int(np.ceil(duration / dt))
    v = np.full(count, rest)
    p = np.zeros(count)
    gates = np.empty((count, 4))
    at_rest = (rest - table_low) / table_step
    for i in range(count):
        for g in range(4):
            gates[i, g] = tends_to[int(at_rest + 0.5), g]
    arrivals = np.full(len(nodes), np.nan)
    frames = np.empty((steps // every + 2, count))
    frames[0] = v
    recorded = 1
    # What does not change from step to step.
    links_v = np.zeros(count)
    links_p = np.zeros(count)
    for i in range(count - 1):
        links_v[i] += along[i]
        links_v[i + 1] += along[i]
        links_p[i] += under[i]
        links_p[i + 1] += under[i]
    # Sweep forth leaves the inverse of each block (a, b, c: symmetric) and the right side here.
    inv_a, inv_b, inv_c = np.empty(count), np.empty(count), np.empty(count)
    right_v, right_p = np.empty(count), np.empty(count)
    for n in range(1, steps + 1):
        stimulated = stimulus if (n - 0.5) * dt < stimulus_time else 0.0
        for i in range(count):
            c = capacitance[i] / dt
            g = leak[i]
            drive = leak_drive[i]
            if channels[i] > 0.0:
                at = (v[i] - table_low) / table_step
                k = min(max(int(at), 0), len(tends_to) - 2)
                part = at - k
                for gate in range(4):
                    towards = tends_to[k, gate] + part * (tends_to[k + 1, gate] - tends_to[k, gate])
                    stays = left[k, gate] + part * (left[k + 1, gate] - left[k, gate])
                    gates[i, gate] = towards + (gates[i, gate] - towards) * stays
                open_m, open_p, open_n, open_h = gates[i, 0], gates[i, 1], gates[i, 2], gates[i, 3]
                g_na = channels[i] * (sodium * open_m**3 * open_h + persistent * open_p**3)
                g_k = channels[i] * potassium * open_n
                g += g_na + g_k
                drive += g_na * e_na + g_k * e_k
            flow_v = -links_v[i] * v[i]
            if i > 0:
                flow_v += along[i - 1] * v[i - 1]
            if i < count - 1:
                flow_v += along[i] * v[i + 1]
            u = v[i] - p[i]
            own = c * u - g / 2 * u + drive
            block_a = c + g / 2 + links_v[i] / 2
            rhs_v = own + flow_v / 2
            if i == 0:
                rhs_v += stimulated
            if coated[i]:
                cm = coat_capacitance[i] / dt
                flow_p = -(links_p[i] + open_ends[i]) * p[i]
                if i > 0:
                    flow_p += under[i - 1] * p[i - 1]
                if i < count - 1:
                    flow_p += under[i] * p[i + 1]
                rhs_p = -own + cm * p[i] - coat_leak[i] / 2 * p[i] + flow_p / 2
                block_b = -(c + g / 2)
                block_c = c + g / 2 + cm + (coat_leak[i] + links_p[i] + open_ends[i]) / 2
            else:
                rhs_p = 0.0
                block_b = 0.0
                block_c = 1.0
            if i > 0:
                to_v, to_p = along[i - 1] / 2, under[i - 1] / 2
                block_a -= to_v * inv_a[i - 1] * to_v
                block_b -= to_v * inv_b[i - 1] * to_p
                block_c -= to_p * inv_c[i - 1] * to_p
                rhs_v += to_v * right_v[i - 1]
                rhs_p += to_p * right_p[i - 1]
            scale = 1.0 / (block_a * block_c - block_b * block_b)
            inv_a[i], inv_b[i], inv_c[i] = block_c * scale, -block_b * scale, block_a * scale
            right_v[i] = inv_a[i] * rhs_v + inv_b[i] * rhs_p
            right_p[i] = inv_b[i] * rhs_v + inv_c[i] * rhs_p
        highest = rest
        reached = 0
        next_v, next_p = 0.0, 0.0
        node = len(nodes) - 1
        for i in range(count - 1, -1, -1):
            new_v, new_p = right_v[i], right_p[i]
            if i < count - 1:
                from_v, from_p = along[i] / 2 * next_v, under[i] / 2 * next_p
                new_v += inv_a[i] * from_v + inv_b[i] * from_p
                new_p += inv_b[i] * from_v + inv_c[i] * from_p
            if node >= 0 and nodes[node] == i:
                if np.isnan(arrivals[node]) and v[i] < threshold <= new_v:
                    arrivals[node] = (n - 1 + (threshold - v[i]) / (new_v - v[i])) * dt
                reached += not np.isnan(arrivals[node])
                node -= 1
            highest = max(highest, new_v)
            v[i], p[i] = new_v, new_p
            next_v, next_p = new_v, new_p
        if n % every == 0:
            frames[recorded] = v
            recorded += 1
            done = not np.isnan(arrivals[-1]) and v[count - 1] < rest + RECOVERED_MV
            quiet = highest < rest + QUIET_MV
            if done or quiet:
                break
    return frames, arrivals, recorded
