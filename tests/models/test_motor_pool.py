"""The muscle that loses its motor neurons: the prototype's results, published values, limits, invariants."""

from __future__ import annotations

import functools
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidebyside.models import motor_pool
from sidebyside.models.motor_pool import HEALTHY_POOL, Course, Loss, most_neurons_spared, simulate
from sidebyside.models.parameters import parameters

pytestmark = pytest.mark.quick
REFERENCE = pd.read_csv(Path(__file__).parent / "reference" / "motor_pool.csv")
SEEDS = range(60)
FEW = settings(max_examples=25, deadline=None)


@functools.cache
def mean_curves(exponential: int, rate: float, growth: float, large_first: float) -> dict[str, Any]:
    """Curves averaged over 60 seeds, as the reference results are."""
    runs = [simulate(Loss(rate, exponential, growth, large_first, duration=120, seed=seed)) for seed in SEEDS]
    with np.errstate(all="ignore"):
        sizes = np.ma.masked_invalid([run.unit_size for run in runs]).mean(axis=0).filled(np.nan)
    return {
        "months": runs[0].months,
        "neurons": np.mean([run.neurons_left for run in runs], axis=0),
        "response": np.mean([run.response for run in runs], axis=0),
        "size": sizes,
    }


def curves_of(row: pd.Series) -> dict[str, Any]:
    return mean_curves(
        int(row["loss_mode"] == "exponential"),
        float(row["rate_per_month"]),
        float(row["max_sprouting_factor"]),
        float(row["large_unit_bias"]),
    )


# Every third row of the reference holds each value of each setting; all of them are a sweep.
CASES = pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=" ".join(map(str, row[:4])), marks=[] if n % 3 == 0 else pytest.mark.sweep)
        for n, (_, row) in enumerate(REFERENCE.iterrows())
    ],
)


@pytest.mark.slow
@CASES
def test_reference_months(row: pd.Series) -> None:
    curves = curves_of(row)
    for month, curve, share in (
        ("month_half_neurons_lost", "neurons", 0.5),
        ("month_cmap_80pct", "response", 0.8),
        ("month_cmap_50pct", "response", 0.5),
    ):
        # Read at the reference's month: where a curve is flat, its crossing hangs on the draw.
        assert np.interp(row[month], curves["months"], curves[curve]) == pytest.approx(share, abs=0.02)


@pytest.mark.slow
@CASES
def test_reference_responses_and_sizes(row: pd.Series) -> None:
    curves = curves_of(row)
    for percent in (30, 50, 70, 80, 90):
        month = np.interp(percent / 100 - 1, -curves["neurons"], curves["months"])
        found = np.interp(month, curves["months"], curves["response"])
        assert found == pytest.approx(row[f"cmap_at_{percent}pct_neurons_lost"], abs=0.02)
        if percent in (50, 80):
            size = np.interp(month, curves["months"], curves["size"])
            assert size == pytest.approx(row[f"unit_size_at_{percent}pct_lost"], abs=0.03)


# ---------------------------------------------------------------- published values


def test_neurons_fall_early_and_the_muscle_response_late() -> None:
    curves = mean_curves(0, 0.032, 5.0, 0.0)
    half_neurons = np.interp(-0.5, -curves["neurons"], curves["months"])
    half_response = np.interp(-0.5, -curves["response"], curves["months"])
    assert half_neurons == pytest.approx(15.7, abs=0.2)
    assert half_response / half_neurons == pytest.approx(1.8, abs=0.05)


def test_the_share_left_at_trial_entry_comes_while_the_muscle_still_answers() -> None:
    curves = mean_curves(0, 0.032, 5.0, 0.0)
    month = np.interp(-41.9 / 225, -curves["neurons"], curves["months"])
    assert month == pytest.approx(25, abs=0.6)
    assert np.interp(month, curves["months"], curves["response"]) == pytest.approx(0.80, abs=0.02)


def test_large_units_first_weakens_the_compensation() -> None:
    alike, large_first = (mean_curves(0, 0.032, 5.0, beta) for beta in (0.0, 0.5))
    month = np.interp(-0.3, -large_first["neurons"], large_first["months"])
    assert np.interp(month, large_first["months"], large_first["response"]) == pytest.approx(0.55, abs=0.02)
    assert np.interp(month, alike["months"], alike["response"]) > 0.8


@pytest.mark.parametrize(("growth", "share"), [(2, 0.5), (5, 0.8), (8, 0.875)])
def test_how_many_neurons_a_pool_can_lose(growth: float, share: float) -> None:
    assert most_neurons_spared(growth) == pytest.approx(share)


# ---------------------------------------------------------------- invariants and limits

losses = st.builds(
    Loss,
    rate=st.floats(0, 0.1),
    exponential=st.integers(0, 1),
    largest_growth=st.floats(1, 8),
    large_first=st.floats(0, 0.5),
    adoption=st.floats(0.5, 4),
    atrophy=st.floats(6, 24),
    duration=st.integers(1, 120).map(float),
    seed=st.integers(0, 10_000),
)


@FEW
@given(losses)
def test_no_fibre_comes_or_goes_unseen(loss: Loss) -> None:
    course = simulate(loss)
    total = course.fibres.sum(axis=1) + course.orphaned + course.lost
    np.testing.assert_allclose(total, course.total, rtol=1e-9)
    assert (course.fibres >= 0).all()
    assert (course.orphaned >= -1e-9).all()
    assert (np.diff(course.lost) >= -1e-9).all()


@FEW
@given(losses)
def test_the_dead_stay_dead_and_no_unit_outgrows_its_limit(loss: Loss) -> None:
    course = simulate(loss)
    alive = course.fibres > 0
    assert not (~alive[:-1] & alive[1:]).any()
    assert (course.fibres <= loss.largest_growth * course.sizes * (1 + 1e-9)).all()
    assert (np.diff(course.neurons_left) <= 0).all()
    assert (course.response <= 1 + 1e-9).all()
    growth = course.growth[np.isfinite(course.growth)]
    assert (growth >= 1 - 1e-9).all()
    assert (growth <= loss.largest_growth * (1 + 1e-9)).all()


def at_the_end(course: Course) -> list[float]:
    return [float(course.neurons_left[-1]), float(course.response[-1])]


def test_without_loss_nothing_changes() -> None:
    course = simulate(Loss(rate=0))
    assert at_the_end(course) == pytest.approx([1.0, 1.0])
    assert math.isnan(course.month_when(course.response, 0.5))
    assert course.unit_size == pytest.approx(1.0)


def test_without_sprouting_the_response_falls_with_the_neurons() -> None:
    curves = mean_curves(0, 0.032, 1.0, 0.0)
    assert np.abs(curves["neurons"] - curves["response"]).max() < 0.03


def test_when_all_neurons_are_lost_nothing_answers() -> None:
    course = simulate(Loss(rate=0.1))
    assert at_the_end(course) == [0.0, 0.0]
    assert math.isnan(course.unit_size[-1])
    assert course.lost[-1] + course.orphaned[-1] == pytest.approx(course.total)


def test_the_healthy_pool_is_the_published_one() -> None:
    assert HEALTHY_POOL.neurons == 120
    assert HEALTHY_POOL.sizes.sum() == pytest.approx(71_553, abs=1)


def test_the_same_seed_draws_the_same_course() -> None:
    motor_pool._simulated.cache_clear()
    first = simulate(Loss(seed=3))
    motor_pool._simulated.cache_clear()
    np.testing.assert_array_equal(first.fibres, simulate(Loss(seed=3)).fibres)


@pytest.mark.parametrize("wrong", [{"rate": -0.01}, {"rate": math.nan}, {"largest_growth": 9}, {"seed": -1}], ids=str)
def test_settings_outside_their_bounds_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Loss(**wrong)


@pytest.mark.parametrize("name", [p.name for p in parameters(Loss)])
def test_both_ends_of_every_setting_run(name: str) -> None:
    (parameter,) = (p for p in parameters(Loss) if p.name == name)
    for value in {parameter.low, parameter.high, *parameter.limits}:
        setting: dict[str, Any] = {name: int(value) if isinstance(parameter.value, int) else value}
        course = simulate(Loss(**setting))
        assert np.isfinite(course.response).all()
