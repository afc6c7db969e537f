"""What the tests share: which of them need nginx, and a copy of the data package that a test may damage."""

from __future__ import annotations

import os
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import replicas
from sidebyside import tables

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
HOSTING_REQUIRED = os.environ.get("HOSTING_TESTS") == "required"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs nginx, aloud, where there is none and none is required."""
    marked = [item for item in items if item.get_closest_marker("hosting")]
    if not marked or replicas.PROGRAM or HOSTING_REQUIRED:
        return
    warnings.warn("no nginx found: the hosting tests are skipped", stacklevel=1)
    for item in marked:
        item.add_marker(pytest.mark.skip(reason="no nginx found"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of ``data/`` that the library reads instead of the real one."""
    copy = tmp_path / "data"
    shutil.copytree(tables.DEFAULT_FOLDER, copy)
    monkeypatch.setenv("SIDEBYSIDE_DATA", str(copy))
    return copy


@pytest.fixture
def edit(package: Path) -> Callable[[str, Callable[[str], str]], None]:
    """Rewrite one table of the copy: ``edit("facts", lambda text: ...)``."""

    def rewrite(name: str, change: Callable[[str], str]) -> None:
        path = package / f"{name}.csv"
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return rewrite
