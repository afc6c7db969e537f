"""A muscle that loses its motor neurons, while those that are left take over some of its fibres.

Each motor neuron drives its own group of muscle fibres (a motor unit). When a neuron dies, its
neighbours adopt orphaned fibres as far as they have room; a fibre that waits too long is lost.
In a notebook::

    from sidebyside.models.motor_pool import Loss, simulate
    course = simulate(Loss(rate=0.032, largest_growth=5))
    course.neurons_left  # share of the motor neurons alive, at each of course.months
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sidebyside.models.parameters import OURS, known, within_bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# Readers set numbers freely: what is kept has to be bounded (docs/performance.md, "Memory"). It rests on no table.
CACHED_RUNS: Final = 256
# Slower than one neuron of the pool in ten thousand years: nothing is lost.
SLOWEST: Final = 1e-8


@dataclass(frozen=True)
class Pool:
    """The healthy muscle: how many motor neurons, and how many fibres the smallest and the largest drive."""

    # Motor neurons of the healthy muscle.
    neurons: int = known(120, "N", "motor neurons", "fuglevand-1993")
    # Muscle fibres of the smallest motor unit.
    smallest: int = known(28, "n_min", "fibres", OURS)
    # Muscle fibres of the largest motor unit.
    largest: int = known(2728, "n_max", "fibres", OURS)
    # Time step.
    step: float = known(0.1, "dt", "months", OURS)

    @property
    def sizes(self) -> Floats:
        """Fibres of each unit at the start, from the smallest to the largest in equal ratios."""
        ranks = np.arange(self.neurons) / (self.neurons - 1)
        sizes: Floats = self.smallest * (self.largest / self.smallest) ** ranks
        return sizes


HEALTHY_POOL: Final = Pool()


@dataclass(frozen=True)
class Loss:
    """What a reader may set.

    Raises:
        ValueError: a value is no number or outside its bounds.
    """

    # How fast motor neurons are lost.
    rate: float = known(0.032, "lambda", "a month", "neuwirth-2015", (0, 0.1, 0.004))
    # Whether the loss slows as fewer are left.
    exponential: int = known(0, "", "", OURS, (0, 1, 1))
    # How large a unit can grow.
    largest_growth: float = known(5.0, "S", "times", "seven-mitchell-2019", (1, 8, 0.5))
    # How much sooner large units are lost.
    large_first: float = known(0.0, "beta", "exponent", OURS, (0, 0.5, 0.1))
    # Time to adopt an orphaned fibre.
    adoption: float = known(1.0, "tau_r", "months", OURS, (0.5, 4, 0.5))
    # Time after which an orphaned fibre is lost.
    atrophy: float = known(12.0, "tau_d", "months", OURS, (6, 24, 1))
    # Length of the run.
    duration: float = known(30.0, "T", "months", OURS, (1, 120, 1))
    # Which order chance has drawn.
    seed: int = known(0, "seed", "", OURS, (0, 10_000, 1))

    def __post_init__(self) -> None:
        """Refuse what the model does not take."""
        within_bounds(self)


@dataclass(frozen=True, eq=False)
class Course:
    """What became of the muscle.

    Attributes:
        loss: the settings.
        months: time, in months (1-D).
        fibres: fibres of each unit over time, months by units; 0 once its neuron is lost (2-D).
        orphaned: fibres without a neuron that may still be adopted (1-D).
        lost: fibres lost for good (1-D).
        sizes: fibres of each unit at the start (1-D).
    """

    loss: Loss
    months: Floats
    fibres: Floats
    orphaned: Floats
    lost: Floats
    sizes: Floats

    @property
    def total(self) -> float:
        """All fibres of the muscle at the start."""
        return float(self.sizes.sum())

    @property
    def neurons_left(self) -> Floats:
        """Share of the motor neurons alive (what motor unit number estimation, MUNE, looks for)."""
        alive: Floats = (self.fibres > 0).mean(axis=1)
        return alive

    @property
    def response(self) -> Floats:
        """Share of the muscle that still answers: the compound muscle action potential (CMAP), and force."""
        answering: Floats = self.fibres.sum(axis=1) / self.total
        return answering

    @property
    def unit_size(self) -> Floats:
        """Mean size of the units alive, against the mean at the start; NaN when none is left."""
        alive = (self.fibres > 0).sum(axis=1)
        with np.errstate(invalid="ignore"):
            mean: Floats = self.fibres.sum(axis=1) / np.where(alive > 0, alive, np.nan)
        against_start: Floats = mean / self.sizes.mean()
        return against_start

    @property
    def growth(self) -> Floats:
        """Fibres of the units alive, against what the same units had at the start; NaN when none is left."""
        alive = self.fibres > 0
        own = (alive * self.sizes).sum(axis=1)
        grown: Floats = self.fibres.sum(axis=1) / np.where(own > 0, own, np.nan)
        return grown

    def month_when(self, share: Floats, falls_to: float) -> float:
        """The first month at which a share has fallen to this value; NaN if it never does."""
        below = np.flatnonzero(share <= falls_to)
        return float(self.months[below[0]]) if len(below) else float("nan")


def simulate(loss: Loss, pool: Pool = HEALTHY_POOL) -> Course:
    """Follow the muscle month by month. Settings seen before are answered from memory."""
    return _simulated(loss, pool)


def most_neurons_spared(largest_growth: float) -> float:
    """Share of its neurons a pool can lose, with time enough, before fibres stay without one: 1 - 1/S."""
    return 1 - 1 / largest_growth


@functools.lru_cache(maxsize=CACHED_RUNS)
def _simulated(loss: Loss, pool: Pool) -> Course:
    sizes = pool.sizes
    dies_at = _times_of_death(loss, sizes)
    steps = round(loss.duration / pool.step)
    months = np.arange(steps + 1, dtype=np.float64) * pool.step
    fibres = np.empty((steps + 1, pool.neurons))
    orphaned, lost = np.zeros(steps + 1), np.zeros(steps + 1)
    fibres[0] = sizes
    for n in range(1, steps + 1):
        dead = dies_at <= months[n]
        fibres[n], orphaned[n], lost[n] = _stepped(loss, pool.step, sizes, fibres[n - 1], dead, orphaned[n - 1])
        lost[n] += lost[n - 1]
    return Course(loss, months, fibres, orphaned, lost, sizes)


def _stepped(
    loss: Loss, step: float, sizes: Floats, fibres: Floats, dead: NDArray[np.bool_], orphaned: float
) -> tuple[Floats, float, float]:
    """One step: units go out, the living adopt orphans as far as they have room, some orphans are lost."""
    orphaned += float(fibres[dead].sum())
    room = np.where(dead, 0.0, np.maximum(loss.largest_growth * sizes - fibres, 0.0))
    all_room = float(room.sum())
    # What waits is adopted at an exponential rate, which this takes exactly whatever the step; never more than fits.
    adopted = min(orphaned * -np.expm1(-step / loss.adoption), all_room)
    grown = np.where(dead, 0.0, fibres + (room * (adopted / all_room) if all_room else 0.0))
    orphaned -= adopted
    lost = orphaned * -np.expm1(-step / loss.atrophy)
    return grown, orphaned - lost, lost


def _times_of_death(loss: Loss, sizes: Floats) -> Floats:
    """The month in which each neuron is lost: a random order, in which large units may come sooner."""
    chance = np.random.default_rng(loss.seed)
    count = len(sizes)
    # Exponential waits divided by weights, sorted: of those left, each next one is drawn in proportion to its weight.
    drawn = chance.exponential(size=count) / (sizes / sizes.mean()) ** loss.large_first
    order = np.argsort(drawn, kind="stable")
    times = np.empty(count)
    if loss.rate < SLOWEST:
        times[:] = np.inf
    elif loss.exponential:
        times[order] = np.sort(chance.exponential(1 / loss.rate, size=count))
    else:
        times[order] = (np.arange(count) + chance.random(count)) / (count * loss.rate)
    return times
