"""What the server does once, soon after its start."""

from __future__ import annotations

import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from sidebyside.charts import simulation
from sidebyside.content import matching
from sidebyside.data import archive
from sidebyside.data.faults import DataError
from sidebyside.layouts import finder, mechanism, pages
from sidebyside.web import warm_up
from tests.support.damage import lose_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS = 60


@pytest.fixture
def thawed() -> Iterator[None]:
    """What a test has frozen is garbage again when it ends."""
    yield
    gc.unfreeze()


async def _served(until: Callable[[], bool]) -> None:
    async with warm_up.lifespan(None):
        while not until():
            await asyncio.sleep(0.01)


def _serve(until: Callable[[], bool]) -> None:
    # In a thread of its own: in the main one the browser tests of the same run keep a loop going.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, asyncio.wait_for(_served(until), SECONDS)).result()


def test_the_server_warms_up_beside_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(warm_up, "WARM_UP_AFTER", 0.0)
    monkeypatch.setattr(warm_up, "warm_up", done.set)
    _serve(done.is_set)


def test_a_server_that_ends_first_does_not_warm_up(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(warm_up, "WARM_UP_AFTER", 0.2)
    monkeypatch.setattr(warm_up, "warm_up", done.set)
    _serve(lambda: True)
    assert not done.wait(0.5)


@pytest.mark.usefixtures("thawed")
def test_the_site_is_indexed_before_a_reader_searches(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(matching, "Index", lambda documents: made.append(len(documents)))
    warm_up.warm_up()
    assert len(made) == 1
    assert made[0] == len(finder.entries())
    assert len(made) == 1, "what was made is kept"


@pytest.mark.usefixtures("thawed")
def test_no_reader_waits_for_the_run_of_a_preset(monkeypatch: pytest.MonkeyPatch) -> None:
    simulation.preset_run.forget()
    warm_up.warm_up()
    monkeypatch.setattr(simulation.Simulation, "run", None)
    for layout in pages.PAGES.values():
        for each in layout.simulations:
            for preset in each.presets:
                assert simulation.preset_run(each, preset)


@pytest.mark.usefixtures("thawed")
def test_a_simulation_that_fails_and_a_damaged_package_stop_nothing(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_row(package / "edss_shares.csv")
    with pytest.raises(DataError):
        archive.archive()
    monkeypatch.setattr(mechanism, "PAGE", None)
    frozen = gc.get_freeze_count()
    warm_up.warm_up()
    assert gc.get_freeze_count() > frozen
