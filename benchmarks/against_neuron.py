"""Compare our nerve fibre with the same fibre in the simulator NEURON, and print the result as Markdown.

NEURON is no requirement of the dashboard: give it an environment of its own, with a C++ compiler and make at
hand. From the root of the repository::

    python -m pip install neuron numpy numba
    python -m benchmarks.against_neuron

Only the constants of `Axon` and the settings of `Damage` are taken from our code. The fibre is built anew from
the description of the model, out of NEURON's sections, its ``extracellular`` layer and ``optic_axon.mod``, and
NEURON's own solvers step it through time: implicit Euler at fixed steps, and IDA, which chooses its steps to a
tolerance. The exit status is 1 if one simulator conducts where the other blocks or if a delay or the speed
differs by more than 2% (at the finer fixed step or with IDA), and 2 if NEURON cannot be used.
"""

from __future__ import annotations

import functools
import importlib.metadata
import math
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from sidebyside.models import nerve_fibre as ours
from sidebyside.models.nerve_fibre import HEALTHY_AXON, Axon, Damage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# NEURON's own objects: it ships no types.
Hoc: TypeAlias = Any

COARSE_MS, FINE_MS = 0.001, 0.00025
# In place of a fixed step: IDA, with errors of a step held to this many mV. It warns of the jump where the stimulus
# begins and ends unless its first steps there are this short.
IDA = 0.0
TOLERANCE_MV = 1e-4
FIRST_STEP_MS = 1e-10
# What "agrees" means in docs/models.md.
MOST_PERCENT = 2.0
TIMED_RUNS = 3
CHANNELS = Path(__file__).parent / "optic_axon.mod"
INSTALL = "NEURON is not installed; to install it: python -m pip install neuron"
COMPILER = "NEURON cannot compile benchmarks/optic_axon.mod: it needs a C++ compiler and make"

# NEURON counts in S/cm2, cm and megohm; our constants are in mS/cm2, um and ohm cm.
S_PER_MS = 1e-3
CM_PER_UM = 1e-4
MEGOHM_PER_OHM = 1e-6
# Outside a node and outside bare axon is the ground (0 mV): nothing to speak of resists on the way there.
GROUND_S_CM2 = 1e9
GROUND_MEGOHM_CM = 1e-3

HEALTHY: Final = Damage(internodes=4, wraps=HEALTHY_AXON.wraps)
CASES: Final = {
    "1 internode bare": Damage(1),
    "2 internodes bare, cooler": Damage(2, temperature_c=36.5),
    "2 internodes bare": Damage(2),
    "2 internodes bare, warmer": Damage(2, temperature_c=37.1),
    "3 internodes bare": Damage(3),
    "5 internodes bare, 1% of the channels": Damage(5, channels=0.01),
    "3 internodes bare, 2% of the channels": Damage(3, channels=0.02),
    "4 internodes with 1 wrap": Damage(4, wraps=1),
    "4 internodes repaired, 3 short ones each, 3 wraps": Damage(4, repaired=1, short_per_old=3, repair_wraps=3),
    "4 internodes healthy, fever": replace(HEALTHY, temperature_c=39.0),
}


class UnavailableError(Exception):
    """NEURON is not installed, or cannot compile the channels; the message is one line."""


# ---------------------------------------------------------------- NEURON


@functools.cache
def neuron() -> Hoc:
    """NEURON's ``h``, with our channels loaded and one layer outside the membrane.

    Raises:
        UnavailableError: it cannot be used.
    """
    os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")
    try:
        from neuron import h
    except ImportError as error:
        raise UnavailableError(INSTALL) from error
    with tempfile.TemporaryDirectory() as folder:
        h.nrn_load_dll(str(_compiled(Path(folder))))
    h.nlayer_extracellular(1)
    return h


def _compiled(folder: Path) -> Path:
    """Compile the channels in a folder; the library that NEURON loads."""
    shutil.copy(CHANNELS, folder)
    compiler = Path(sysconfig.get_path("scripts"), "nrnivmodl")
    done = subprocess.run([sys.executable, compiler, "."], cwd=folder, capture_output=True, check=False)
    libraries = sorted(folder.glob("*/libnrnmech.*"))
    if done.returncode or not libraries:
        raise UnavailableError(COMPILER)
    return libraries[0]


def node_leak(h: Hoc, axon: Axon) -> float:
    """The leak (S/cm2) that lets no current flow at rest, as NEURON's own channels give it."""
    patch = h.Section(name="patch")
    patch.insert("optic_axon")
    _set_channels(patch, axon, 1.0, 0.0)
    h.finitialize(axon.rest)
    return float(-patch(0.5).optic_axon.i / (axon.rest - axon.leak_reversal))


def _set_kinetics(h: Hoc, axon: Axon) -> None:
    """Set what the channels have in common along the whole fibre."""
    h.e_na_optic_axon, h.e_k_optic_axon = axon.sodium_reversal, axon.potassium_reversal
    h.e_l_optic_axon, h.t_gates_optic_axon = axon.leak_reversal, axon.gates_at
    h.q_m_optic_axon, h.q_h_optic_axon, h.q_n_optic_axon = axon.q10_m, axon.q10_h, axon.q10_n


def _set_channels(section: Hoc, axon: Axon, share: float, leak: float) -> None:
    """Set the conductances of a section: a share of a healthy node's, and a leak in S/cm2."""
    for segment in section:
        channels = segment.optic_axon
        channels.gna = share * axon.sodium * S_PER_MS
        channels.gnap = share * axon.persistent_sodium * S_PER_MS
        channels.gk = share * axon.potassium * S_PER_MS
        channels.gl = leak


# ---------------------------------------------------------------- the fibre


@dataclass
class Fibre:
    """The fibre in NEURON's sections, laid end to end.

    Attributes:
        h: NEURON.
        axon: the constants.
        leak: leak of a healthy node in S/cm2.
        sections: all sections, in order.
        nodes: those that are nodes of Ranvier.
        lesion: the numbers of the two nodes that border the damaged stretch.
    """

    h: Hoc
    axon: Axon
    leak: float
    sections: list[Hoc] = field(default_factory=list)
    nodes: list[Hoc] = field(default_factory=list)
    lesion: tuple[int, int] = (0, 0)

    def add(self, length: float, diameter: float, segments: int = 1) -> Hoc:
        """Lay a section at the end of the fibre; outside it is the ground."""
        section = self.h.Section(name=f"part_{len(self.sections)}")
        section.L, section.diam, section.nseg = length, diameter, segments
        section.Ra, section.cm = self.axon.axoplasm, self.axon.capacitance
        section.insert("extracellular")
        for segment in section:
            segment.xg[0], segment.xc[0], segment.xraxial[0] = GROUND_S_CM2, 0.0, GROUND_MEGOHM_CM
        if self.sections:
            section.connect(self.sections[-1](1), 0)
        self.sections.append(section)
        return section

    def node(self, share: float = 1.0) -> None:
        """A node of Ranvier with a share of a healthy node's channels."""
        section = self.add(self.axon.node_length, self.axon.node_diameter)
        self.excite(section, share)
        self.nodes.append(section)

    def bare(self, share: float) -> None:
        """An internode that has lost all its myelin."""
        section = self.add(self.axon.internode_length, self.axon.axon_diameter, self.axon.bare_segments)
        if share:
            self.excite(section, share)
        else:
            self.leave_passive(section)

    def coated(self, length: float, wraps: int, segments: int, growth: float) -> None:
        """A myelinated internode: paranode, parts that grow towards the middle, paranode."""
        turns = HEALTHY_AXON.wraps / wraps
        weights = [growth ** min(k, segments - 1 - k) for k in range(segments)]
        scale = (length - 2 * self.axon.paranode_length) / sum(weights)
        self.wrap(self.axon.paranode_length, wraps, self.axon.paranode_width * turns)
        for weight in weights:
            self.wrap(weight * scale, wraps, self.axon.periaxonal_width)
        self.wrap(self.axon.paranode_length, wraps, self.axon.paranode_width * turns)

    def wrap(self, length: float, wraps: int, width: float) -> None:
        """A stretch of axon under a number of wraps, with a space of a width (um) between."""
        section = self.add(length, self.axon.axon_diameter)
        self.leave_passive(section)
        inside = self.axon.axon_diameter / 2
        radii = [inside + width + j * self.axon.myelin_period / 2 for j in range(2 * wraps)]
        # The membranes stand in series; NEURON wants them per area of the axon.
        series = 1 / sum(inside / radius for radius in radii)
        ring_cm2 = math.pi * ((inside + width) ** 2 - inside**2) * CM_PER_UM**2
        outside = section(0.5)
        outside.xc[0] = self.axon.capacitance * series
        outside.xg[0] = self.axon.myelin_conductance * S_PER_MS * series
        outside.xraxial[0] = self.axon.periaxonal / ring_cm2 * MEGOHM_PER_OHM

    def excite(self, section: Hoc, share: float) -> None:
        """Give a section a share of a healthy node's channels."""
        section.insert("optic_axon")
        least = self.axon.internode_leak * S_PER_MS
        _set_channels(section, self.axon, share, max(share * self.leak, least))

    def leave_passive(self, section: Hoc) -> None:
        """Give a section the leak of the axon between nodes."""
        section.insert("pas")
        for segment in section:
            segment.pas.g, segment.pas.e = self.axon.internode_leak * S_PER_MS, self.axon.rest


def built(h: Hoc, damage: Damage, axon: Axon) -> Fibre:
    """A healthy stretch, the damaged one, a healthy stretch and a last node."""
    _set_kinetics(h, axon)
    fibre = Fibre(h, axon, node_leak(h, axon))
    spread = damage.channels if _is_bare(damage) else 0.0
    _lay_healthy(fibre, axon.healthy_before)
    for n in range(damage.internodes):
        # Where channels have spread, the nodes inside the stretch have lost theirs; its borders keep them.
        fibre.node(spread if n and spread else 1.0)
        _lay_damaged(fibre, damage)
    fibre.lesion = (axon.healthy_before, len(fibre.nodes))
    _lay_healthy(fibre, axon.healthy_after)
    fibre.node()
    return fibre


def _is_bare(damage: Damage) -> bool:
    return not damage.repaired and not damage.wraps


def _lay_healthy(fibre: Fibre, internodes: int) -> None:
    axon = fibre.axon
    for _ in range(internodes):
        fibre.node()
        fibre.coated(axon.internode_length, axon.wraps, axon.segments, axon.growth)


def _lay_damaged(fibre: Fibre, damage: Damage) -> None:
    """What lies in the place of one old internode."""
    axon = fibre.axon
    if _is_bare(damage):
        fibre.bare(damage.channels)
    elif not damage.repaired:
        fibre.coated(axon.internode_length, damage.wraps, axon.segments, axon.growth)
    else:
        count = damage.short_per_old
        length = (axon.internode_length - (count - 1) * axon.node_length) / count
        for n in range(count):
            if n:
                fibre.node()
            fibre.coated(length, damage.repair_wraps, axon.short_segments, axon.short_growth)


# ---------------------------------------------------------------- one impulse


@dataclass(frozen=True)
class Run:
    """One impulse in NEURON: arrival at each node (ms; NaN where it never came), and how long it took to compute."""

    arrival_ms: NDArray[np.float64]
    lesion: tuple[int, int]
    seconds: float

    @property
    def delay_ms(self) -> float:
        """From two nodes before the damaged stretch to two nodes after it; NaN if blocked."""
        first, last = self.lesion
        return float(self.arrival_ms[last + 2] - self.arrival_ms[first - 2])


def run(damage: Damage, step_ms: float, axon: Axon = HEALTHY_AXON) -> Run:
    """Send one impulse through the fibre in NEURON, by implicit Euler steps or, where the step is `IDA`, by IDA."""
    h = neuron()
    fibre = built(h, damage, axon)
    _set_solver(h, step_ms)
    h.celsius = damage.temperature_c
    electrode = h.IClamp(fibre.nodes[0](0.5))
    electrode.delay, electrode.dur, electrode.amp = 0.0, axon.stimulus_time, axon.stimulus
    times = h.Vector().record(h._ref_t)
    traces = [h.Vector().record(node(0.5)._ref_v) for node in fibre.nodes]
    began = time.perf_counter()
    # As long as ours may run, and below, in `_advance`, to the same two ends: recovered, or quiet.
    _advance(fibre, 25.0 if damage.internodes > 6 else 10.0)
    seconds = time.perf_counter() - began
    arrivals = [_crossing(times.as_numpy(), trace.as_numpy(), axon.threshold) for trace in traces]
    return Run(np.array(arrivals), fibre.lesion, seconds)


def _set_solver(h: Hoc, step_ms: float) -> None:
    """Choose between fixed and variable steps.

    NEURON's Crank-Nicolson steps (``secondorder``) are no choice here: it takes twice the half step for the
    membrane, but not for the extracellular layer, and so tends to another result.
    """
    variable = h.CVode()
    variable.active(step_ms == IDA)
    if step_ms == IDA:
        variable.use_daspk(True)
        variable.atol(TOLERANCE_MV)
        variable.rtol(0)
        variable.dae_init_dteps(FIRST_STEP_MS)
    else:
        h.dt, h.secondorder = step_ms, 0


def _advance(fibre: Fibre, duration_ms: float) -> None:
    """Step until the last node has fired and recovered, the fibre is quiet again, or time is up."""
    h, rest = fibre.h, fibre.axon.rest
    clock = h.ParallelContext()
    clock.set_maxstep(1)
    h.finitialize(rest)
    fired = False
    while h.t < duration_ms:
        clock.psolve(h.t + 0.02)
        end = fibre.sections[-1](0.5).v
        fired = fired or end >= fibre.axon.threshold
        if (fired and end < rest + 20) or all(section(0.5).v < rest + 3 for section in fibre.sections):
            return


def _crossing(times: NDArray[np.float64], trace: NDArray[np.float64], threshold: float) -> float:
    """When a trace first rises through the threshold, in ms; NaN if it never does."""
    rising = np.flatnonzero((trace[:-1] < threshold) & (trace[1:] >= threshold))
    if not len(rising):
        return math.nan
    k = int(rising[0])
    return float(times[k] + (threshold - trace[k]) / (trace[k + 1] - trace[k]) * (times[k + 1] - times[k]))


def healthy_speed(step_ms: float) -> float:
    """Speed of the healthy fibre in NEURON in m/s: nodes 10 to 20 of 30."""
    axon = replace(HEALTHY_AXON, healthy_before=14, healthy_after=14)
    arrivals = run(replace(HEALTHY, internodes=1), step_ms, axon).arrival_ms
    um = 10 * (axon.internode_length + axon.node_length)
    return float(um / 1000 / (arrivals[20] - arrivals[10]))


def neuron_seconds(step_ms: float = COARSE_MS) -> float | None:
    """Time that NEURON takes for one impulse in the healthy fibre of 28 internodes, by default at steps of 1 us.

    None where NEURON or a C++ compiler is missing. The fibre is built beforehand.
    """
    try:
        return min(run(HEALTHY, step_ms).seconds for _ in range(TIMED_RUNS))
    except UnavailableError:
        return None


def our_seconds(axon: Axon) -> float:
    """Time that our simulation takes for the same, the layout of the fibre included."""
    return min(_our_run_seconds(axon) for _ in range(TIMED_RUNS))


def _our_run_seconds(axon: Axon) -> float:
    # The first call compiles the solver and keeps the healthy fibre's delay, so that one run is timed.
    ours.healthy_speed(HEALTHY.temperature_c, axon)
    ours._simulated.cache_clear()
    began = time.perf_counter()
    ours.simulate(HEALTHY, axon)
    return time.perf_counter() - began


# ---------------------------------------------------------------- the tables


@dataclass(frozen=True)
class Row:
    """One figure of both simulators: NaN stands for a block."""

    what: str
    unit: str
    ours: float
    coarse: float
    fine: float
    ida: float

    @property
    def agrees(self) -> bool:
        """Whether both conduct, alike to 2%, or both block."""
        return _alike(self.ours, self.fine) and _alike(self.ours, self.ida)

    def __str__(self) -> str:
        """The row in Markdown."""
        values = [_shown(value, self.unit) for value in (self.ours, self.ida)]
        against = [_difference(self.ours, value) for value in (self.ida, self.fine, self.coarse)]
        return f"| {' | '.join([self.what, *values, *against, 'yes' if self.agrees else 'NO'])} |"


def _alike(value: float, reference: float) -> bool:
    if math.isnan(value) or math.isnan(reference):
        return math.isnan(value) and math.isnan(reference)
    return abs(_percent(value, reference)) <= MOST_PERCENT


def _percent(value: float, reference: float) -> float:
    return 100 * (value / reference - 1)


def _shown(value: float, unit: str) -> str:
    return "blocked" if math.isnan(value) else f"{value:.3f} {unit}"


def _difference(value: float, reference: float) -> str:
    if math.isnan(value) or math.isnan(reference):
        return "both blocked" if math.isnan(value) and math.isnan(reference) else "differs"
    return f"{_percent(value, reference):+.2f}%"


def rows() -> Iterator[Row]:
    """The healthy speed, then the delay in every case."""
    speeds = [healthy_speed(step) for step in (COARSE_MS, FINE_MS, IDA)]
    yield Row("speed, healthy, 37 °C", "m/s", ours.healthy_speed(), *speeds)
    for name, damage in CASES.items():
        delays = [run(damage, step).delay_ms for step in (COARSE_MS, FINE_MS, IDA)]
        yield Row(f"{name}, {damage.temperature_c:g} °C", "ms", ours.simulate(damage).delay_ms, *delays)


def timings() -> Iterator[str]:
    """The rows of the table of computing times."""
    yield f"| NEURON, IDA | {neuron_seconds(IDA) or math.nan:.3f} s |"
    yield f"| NEURON, steps of 1 µs | {neuron_seconds() or math.nan:.3f} s |"
    yield f"| ours, steps of 1 µs | {our_seconds(replace(HEALTHY_AXON, step=COARSE_MS)):.3f} s |"
    yield f"| ours, steps of 2 µs, as on the page | {our_seconds(HEALTHY_AXON):.3f} s |"


def main() -> int:
    """Compare, print the tables, and say whether the simulators agree."""
    try:
        neuron()
    except UnavailableError as error:
        print(f"against_neuron: {error}", file=sys.stderr)
        return 2
    found = []
    print("| delay (first row: speed) | ours | NEURON, IDA | ours against IDA | 0.25 µs | 1 µs | agrees |")
    print("|---|---|---|---|---|---|---|")
    for row in rows():
        found.append(row)
        print(row, flush=True)
    print("\n| one impulse, healthy fibre of 28 internodes | time |\n|---|---|")
    print(*timings(), sep="\n")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("neuron", "numpy", "numba"))
    print(f"\nPython {platform.python_version()}, {versions}, {platform.machine()}; the best of {TIMED_RUNS} timings.")
    return 0 if all(row.agrees for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
