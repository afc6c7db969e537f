"""Three replicas of the dashboard behind nginx, and what their readers should see."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

import pytest

from benchmarks import bench, replicas

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIRED = os.environ.get("HOSTING_TESTS") == "required"
REPLICAS = 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and skip it, aloud, where there is no nginx and none is required."""
    here = [item for item in items if "tests/hosting" in item.path.as_posix()]
    for item in here:
        item.add_marker(pytest.mark.hosting)
        if replicas.PROGRAM is None and not REQUIRED:
            item.add_marker(pytest.mark.skip(reason="no nginx found"))
    if here and replicas.PROGRAM is None and not REQUIRED:
        warnings.warn("no nginx found: the hosting tests are skipped", stacklevel=1)


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
