"""The nerve fibre: published values, the prototype's results, limits and invariants."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidebyside.data import package
from sidebyside.data.reading import records
from sidebyside.models import nerve_fibre
from sidebyside.models.nerve_fibre import HEALTHY_AXON, Axon, Damage, healthy_speed, simulate
from sidebyside.models.parameters import parameters

pytestmark = pytest.mark.quick
REFERENCE = pd.read_csv(Path(__file__).parent / "reference" / "axon.csv")
FEW = settings(max_examples=15, deadline=None)


def changed(**what: Any) -> float:
    """Change of the healthy speed in percent when constants of the axon are changed."""
    return 100 * (healthy_speed(axon=replace(HEALTHY_AXON, **what)) / healthy_speed() - 1)


def damage_of(row: pd.Series) -> Damage:
    repaired = row["lesion"] == "remyelinated"
    return Damage(
        internodes=int(row["lesion_internodes"]),
        wraps=0 if repaired else int(row["wraps"]),
        channels=0.0 if math.isnan(row["na_share"]) else float(row["na_share"]),
        repaired=int(repaired),
        short_per_old=int(row["short_internodes_per_old"]) if repaired else 3,
        repair_wraps=int(row["wraps"]) if repaired else 3,
        temperature_c=float(row["temperature_c"]),
    )


# ---------------------------------------------------------------- published values


def test_healthy_speed_is_the_published_one() -> None:
    assert healthy_speed() == pytest.approx(2.95, rel=0.01)


def test_nodal_leak_is_the_published_one() -> None:
    assert HEALTHY_AXON.node_leak == pytest.approx(80, rel=0.005)


@pytest.mark.parametrize(
    ("what", "percent"),
    [
        ({"wraps": 6}, -8.6),
        ({"sodium": 3000 * 0.74}, -8.6),
        ({"internode_length": 139.26 * 1.36}, -8.6),
        ({"node_length": 0.5}, -14.1),
        ({"node_length": 0.625}, -8.6),
        ({"node_length": 1.7}, 3.3),
    ],
    ids=str,
)
def test_perturbations_are_the_published_ones(what: dict[str, float], percent: float) -> None:
    assert changed(**what) == pytest.approx(percent, abs=0.5)


def test_two_bare_internodes_pass_at_body_heat_and_fail_a_tenth_of_a_degree_above() -> None:
    assert simulate(Damage(internodes=2, temperature_c=37.0)).conducts
    assert not simulate(Damage(internodes=2, temperature_c=37.1)).conducts


def test_a_long_bare_stretch_conducts_once_channels_have_spread() -> None:
    stretch = simulate(Damage(internodes=18, channels=0.01))
    start, end = stretch.lesion_mm
    assert end - start == pytest.approx(2.5, abs=0.05)
    assert stretch.conducts


def test_block_needs_near_total_loss_of_myelin() -> None:
    assert simulate(Damage(internodes=8, wraps=1)).conducts
    assert not simulate(Damage(internodes=3, wraps=0)).conducts


@pytest.mark.parametrize(("channels", "ms_per_mm"), [(0.01, 2.66), (0.0125, 1.88), (0.015, 1.64), (0.02, 1.38)])
def test_delay_per_mm_of_bare_nerve(channels: float, ms_per_mm: float) -> None:
    stretch = simulate(Damage(internodes=18, channels=channels))
    start, end = stretch.lesion_mm
    assert stretch.extra_delay_ms / (end - start) == pytest.approx(ms_per_mm, rel=0.03)


def test_repaired_fibres_are_slower_than_healthy_and_never_stop() -> None:
    shares = [
        simulate(Damage(4, repaired=1, repair_wraps=wraps)).speed_in_lesion / healthy_speed() for wraps in (2, 3, 4, 5)
    ]
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(0.61, abs=0.01)
    assert shares[-1] == pytest.approx(0.97, abs=0.01)
    assert simulate(Damage(4, repaired=1, temperature_c=46)).conducts


@pytest.mark.parametrize(
    ("damage", "times"),
    [(Damage(4, wraps=7), 2.27), (Damage(1), 1.40), (Damage(2), 1.00), (Damage(4, repaired=1), 2.14)],
    ids=["healthy", "one bare internode", "two", "repaired"],
)
def test_reserve_of_sodium_channels(damage: Damage, times: float) -> None:
    def conducts(share: float) -> bool:
        scaled = replace(HEALTHY_AXON, sodium=3000 * share, persistent_sodium=5 * share)
        # The reserve asks what fewer channels do, all else as it was: here the leak must not follow them.
        scaled.__dict__["node_leak"] = HEALTHY_AXON.node_leak
        _, arrivals = nerve_fibre._run(scaled, nerve_fibre._laid_out(scaled, damage), damage.temperature_c, 10.0)
        return bool(np.isfinite(arrivals[-1]))

    low, high = 0.1, 1.0
    while high - low > 0.002:
        middle = (low + high) / 2
        low, high = (low, middle) if conducts(middle) else (middle, high)
    assert 1 / high == pytest.approx(times, rel=0.01)


# ---------------------------------------------------------------- the prototype's results


def test_reference_results() -> None:
    assert len(REFERENCE) > 100
    assert [" ".join(map(str, row[:8])) for _, row in REFERENCE.iterrows() if not _as_in_the_reference(row)] == []


def _as_in_the_reference(row: pd.Series) -> bool:
    found = simulate(damage_of(row))
    if not found.conducts or not row["conducts"]:
        return found.conducts == bool(row["conducts"])
    delayed = found.extra_delay_ms == pytest.approx(row["extra_delay_ms"], rel=0.03, abs=0.0006)
    return delayed and found.speed_in_lesion == pytest.approx(row["lesion_velocity_m_s"], rel=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("case", records(package.load("block_temperature")), ids=lambda case: case["case_id"])
def test_block_temperatures_we_show_are_those_of_this_model(case: dict[str, object]) -> None:
    repaired = case["scenario"] == "repaired"
    share = case["channel_share"]
    damage = Damage(
        internodes=int(str(case["lesion_internodes"])),
        wraps=0 if repaired else int(str(case["wraps"])),
        channels=float(str(share)) if share == share else 0.0,
        repaired=int(repaired),
    )
    found = nerve_fibre.block_temperature(damage)
    if case["bound"] == "above":
        assert math.isnan(found)
    else:
        assert found == pytest.approx(float(str(case["block_temperature_c"])), abs=0.1)


# ---------------------------------------------------------------- invariants

lengths = st.integers(1, 18)
shares = st.sampled_from([0.0, 0.01, 0.02, 0.05])
temperatures = st.floats(35, 40)


@FEW
@given(lengths, shares, temperatures)
def test_a_bare_stretch_never_speeds_an_impulse_up(internodes: int, channels: float, warmth: float) -> None:
    found = simulate(Damage(internodes, 0, channels, temperature_c=warmth))
    assert not found.conducts or found.extra_delay_ms > 0


@FEW
@given(st.integers(1, 5), temperatures, st.floats(0, 3))
def test_what_stops_a_fresh_bare_stretch_stops_it_warmer_and_longer_too(
    internodes: int, warmth: float, warmer: float
) -> None:
    if not simulate(Damage(internodes, temperature_c=warmth)).conducts:
        assert not simulate(Damage(internodes, temperature_c=warmth + warmer)).conducts
        assert not simulate(Damage(internodes + 1, temperature_c=warmth)).conducts


@FEW
@given(lengths, st.integers(1, 7), temperatures)
def test_fewer_wraps_are_never_quicker(internodes: int, wraps: int, warmth: float) -> None:
    thinner, thicker = (simulate(Damage(internodes, n, temperature_c=warmth)) for n in (wraps, min(wraps + 1, 7)))
    assert thinner.delay_ms >= thicker.delay_ms - 1e-9


@FEW
@given(lengths, st.integers(0, 7), shares, st.booleans(), temperatures)
def test_no_node_is_reached_behind_a_block(
    internodes: int, wraps: int, channels: float, repaired: bool, warmth: float
) -> None:
    found = simulate(Damage(internodes, wraps, channels, int(repaired), temperature_c=warmth))
    start, end = found.lesion_mm
    # Where channels are thinly spread, the impulse can pass a node of the lesion below the mark for arrival.
    outside = (found.node_mm <= start) | (found.node_mm >= end)
    reached = np.isfinite(found.arrival_ms[outside])
    assert reached[0]
    assert not (np.diff(reached.astype(int)) > 0).any()
    assert (np.diff(found.node_mm) > 0).all()
    assert np.isfinite(found.voltage_mv).all()
    assert found.voltage_mv.shape == (len(found.time_ms), len(found.position_mm))


@FEW
@given(lengths, st.integers(0, 7), shares, st.booleans(), st.floats(30, 46))
def test_without_a_stimulus_a_fibre_stays_at_rest(
    internodes: int, wraps: int, channels: float, repaired: bool, warmth: float
) -> None:
    damage = Damage(internodes, wraps, channels, int(repaired), temperature_c=warmth)
    fibre = nerve_fibre._laid_out(replace(HEALTHY_AXON, stimulus=0.0), damage)
    frames, arrivals = nerve_fibre._run(replace(HEALTHY_AXON, stimulus=0.0), fibre, warmth, 2.0)
    assert np.abs(frames - HEALTHY_AXON.rest).max() < 0.01
    assert np.isnan(arrivals).all()


def test_a_step_half_as_long_changes_the_speed_by_less_than_a_fifth_of_a_percent() -> None:
    halved = healthy_speed(axon=replace(HEALTHY_AXON, step=HEALTHY_AXON.step / 2))
    assert halved == pytest.approx(healthy_speed(), rel=0.002)


def test_a_finer_mesh_changes_the_speed_by_less_than_a_fifth_of_a_percent() -> None:
    finer = healthy_speed(axon=replace(HEALTHY_AXON, segments=16, growth=1.2))
    assert finer == pytest.approx(healthy_speed(), rel=0.002)


def test_machine_code_does_what_the_python_does(monkeypatch: pytest.MonkeyPatch) -> None:
    short = Axon(healthy_before=3, healthy_after=3, step=0.005)
    fibre = nerve_fibre._laid_out(short, Damage(1))
    frames, arrivals = nerve_fibre._run(short, fibre, 37.0, 0.4)
    monkeypatch.setattr(nerve_fibre, "_compiled", lambda: nerve_fibre._march)
    slow_frames, slow_arrivals = nerve_fibre._run(short, fibre, 37.0, 0.4)
    np.testing.assert_allclose(frames, slow_frames, atol=1e-6)
    np.testing.assert_allclose(arrivals, slow_arrivals, atol=1e-9)


def test_it_stops_early_only_when_nothing_can_follow() -> None:
    for damage in (Damage(2, temperature_c=37.05), Damage(3), Damage(5, channels=0.01, temperature_c=38.6)):
        early = simulate(damage)
        assert early.time_ms[-1] < 9
        assert not early.conducts
        assert np.abs(early.voltage_mv[-1] - HEALTHY_AXON.rest).max() < 4


# ---------------------------------------------------------------- what a reader may set


@pytest.mark.parametrize(
    "wrong",
    [
        {"internodes": 0},
        {"internodes": 19},
        {"wraps": -1},
        {"channels": math.nan},
        {"channels": 0.06},
        {"temperature_c": math.inf},
        {"temperature_c": 29.9},
    ],
    ids=str,
)
def test_settings_outside_their_bounds_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Damage(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [p.name for p in parameters(Damage)])
def test_both_ends_of_every_setting_run(name: str) -> None:
    (parameter,) = (p for p in parameters(Damage) if p.name == name)
    for value in {parameter.low, parameter.high, *parameter.limits}:
        setting: dict[str, Any] = {name: int(value) if isinstance(parameter.value, int) else value}
        found = simulate(replace(Damage(), **setting))
        assert np.isfinite(found.voltage_mv).all()


def test_equal_fibres_share_one_run() -> None:
    assert simulate(Damage(4, wraps=3, channels=0.02)) is simulate(Damage(4, wraps=3))
    assert simulate(Damage(4, repaired=1, wraps=5)) is simulate(Damage(4, repaired=1))


def test_every_source_of_a_parameter_is_known() -> None:
    known = set(package.load("sources")["source_id"])
    assert {p.source for model in (Axon, Damage) for p in parameters(model)} - {"choice"} <= known
