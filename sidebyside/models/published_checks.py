"""What our models give where a paper gives a figure: the right-hand side of the table of checks.

The published side stands in ``data/model_checks.csv``; both are joined by the check's id.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sidebyside.models import motor_pool
from sidebyside.models.motor_pool import Loss
from sidebyside.models.nerve_fibre import BODY_C, HEALTHY_AXON, Axon, Damage, block_temperature, healthy_speed, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# One draw alone gives a ratio of half times between 0.52 and 0.61; the mean course gives 0.55.
SEEDS: Final = 60
# Cortical axon of the same paper (its table 1); the paranode's width is given there for 5 wraps, ours is for 7.
CORTEX: Final = replace(
    HEALTHY_AXON,
    node_diameter=0.64,
    node_length=1.5,
    axon_diameter=0.73,
    paranode_length=1.9,
    paranode_width=0.0123e-3 * 5 / HEALTHY_AXON.wraps,
    wraps=5,
    internode_length=81.7,
)


def ours(check_id: str) -> float:
    """Our figure for a check, in the unit of its row; 1 or 0 where a row asks whether something holds.

    Raises:
        KeyError: no such check.
    """
    return _worked_out(check_id)


@functools.cache
def _worked_out(check_id: str) -> float:
    return float(CHECKS[check_id]())


def _change(axon: Axon) -> float:
    """Change of the healthy speed, in %."""
    return 100 * (healthy_speed(axon=axon) / healthy_speed() - 1)


def _delay_per_mm() -> float:
    run = simulate(Damage(18, channels=0.0125))
    start, end = run.lesion_mm
    return run.extra_delay_ms / (end - start)


@functools.cache
def _mean_course() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Months, neurons left and response of the default muscle, averaged over 60 draws."""
    runs = [motor_pool.simulate(Loss(seed=seed)) for seed in range(SEEDS)]
    neurons, response = (np.mean([getattr(run, name) for run in runs], axis=0) for name in ("neurons_left", "response"))
    return runs[0].months, neurons, response


def _half_time_ratio() -> float:
    """When half the neurons are lost, against when half the response is."""
    months, neurons, response = _mean_course()
    # Shares fall, and numpy looks values up in rising ones: both are negated.
    half = [float(np.interp(-0.5, -share, months)) for share in (neurons, response)]
    return half[0] / half[1]


def _response_hides_loss() -> bool:
    """Whether the response is still near normal (over 80%) when half the neurons are gone."""
    months, neurons, response = _mean_course()
    return bool(np.interp(np.interp(-0.5, -neurons, months), months, response) > 0.8)


CHECKS: Final[Mapping[str, Callable[[], float]]] = {
    "speed-optic-nerve": healthy_speed,
    "speed-cortex": lambda: healthy_speed(axon=CORTEX),
    "node-leak": lambda: HEALTHY_AXON.node_leak,
    "one-wrap-less": lambda: _change(replace(HEALTHY_AXON, wraps=6)),
    "less-sodium": lambda: _change(replace(HEALTHY_AXON, sodium=HEALTHY_AXON.sodium * (1 - 0.26))),
    "longer-internodes": lambda: _change(
        replace(HEALTHY_AXON, internode_length=HEALTHY_AXON.internode_length * (1 + 0.36))
    ),
    "shortest-nodes": lambda: _change(replace(HEALTHY_AXON, node_length=0.5)),
    "shorter-nodes": lambda: _change(replace(HEALTHY_AXON, node_length=0.625)),
    "longer-nodes": lambda: _change(replace(HEALTHY_AXON, node_length=1.7)),
    "half-a-degree-blocks": lambda: block_temperature(Damage(2), BODY_C, BODY_C + 1) <= BODY_C + 0.5,
    "thin-coat-conducts": lambda: simulate(Damage(8, wraps=1)).conducts and not simulate(Damage(3)).conducts,
    "long-bare-conducts": lambda: simulate(Damage(18, channels=0.01)).conducts,
    "delay-per-mm": _delay_per_mm,
    "mended-conducts": lambda: simulate(Damage(18, repaired=1)).conducts,
    "half-time-ratio": _half_time_ratio,
    "response-hides-loss": _response_hides_loss,
}
