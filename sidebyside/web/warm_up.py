"""What the server does once, soon after its start, so that no reader waits for it."""

from __future__ import annotations

import contextlib
import gc
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Seconds after the start of the server: who opens it as soon as it answers has the first page by then. With half as
# many a busy machine was still at that page, which then took half as long again.
WARM_UP_AFTER: Final = 5.0


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """While the server runs: `warm_up`, beside it, soon after its start."""
    warming = threading.Timer(WARM_UP_AFTER, warm_up)
    # A server that is stopped meanwhile does not wait for it.
    warming.daemon = True
    warming.start()
    try:
        yield
    finally:
        warming.cancel()


def warm_up() -> None:
    """Run the simulations, index the site, pack the data package; spare the garbage collector what lives on.

    What fails is left: the page that needs it says so.
    """
    for step in (_run_simulations, _index_site, pack_data, _freeze):
        with contextlib.suppress(Exception):
            step()


def _run_simulations() -> None:
    """Once with each preset: their solver is compiled or loaded, and the runs are kept with their drawings."""
    # Here, and not above: the server is up before the tables and charts are loaded.
    from sidebyside.charts.simulation import preset_run
    from sidebyside.layouts.pages import PAGES

    for simulation in (simulation for layout in PAGES.values() for simulation in layout.simulations):
        for preset in simulation.presets:
            for figure in preset_run(simulation, preset):
                _ = figure.arrow_spec


def _index_site() -> None:
    """Make what the search over the site looks through, which takes seconds."""
    from sidebyside.layouts import finder

    finder.entries()


def pack_data() -> None:
    """Hold the data package and pack it; one that is damaged is left, and whoever asks for it is told why."""
    from sidebyside.data import archive
    from sidebyside.data.faults import DataError

    with contextlib.suppress(DataError):
        archive.archive()


def _freeze() -> None:
    """Have full collections pass over libraries and tables, which are never garbage.

    To walk through them took 0.35 s each time, in which no reader was answered (2026-11-30).
    """
    gc.collect()
    gc.freeze()
