"""Three replicas of the dashboard behind nginx, and what their readers should see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import bench, replicas

if TYPE_CHECKING:
    from collections.abc import Iterator

REPLICAS = 3


@pytest.fixture(scope="session")
def site() -> Iterator[replicas.Proxy]:
    """Three replicas behind nginx, for tests that leave all of them alive."""
    with replicas.served_by(REPLICAS) as (proxy, _):
        yield proxy


@pytest.fixture(scope="session")
def replica() -> Iterator[bench.Server]:
    """One replica without a proxy."""
    with bench.served(bench.OUR_SCRIPT) as server:
        yield server
