"""What the tests share: a copy of the data package that a test may damage."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sidebyside import tables

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent


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
