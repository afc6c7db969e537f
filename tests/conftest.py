"""What the tests share: which need nginx, the static edition, and a copy of the data package that a test may damage."""

from __future__ import annotations

import functools
import os
import pickle
import shutil
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import replicas
from sidebyside.data import disk
from sidebyside.site import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
EDITION_ADDRESS = "https://plain.example.org/book"
EDITION_APP = "https://app.example.org"
BUILT_SECONDS = 300
HOSTING_REQUIRED = os.environ.get("HOSTING_TESTS") == "required"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs nginx, aloud, where there is none and none is required."""
    marked = [item for item in items if item.get_closest_marker("hosting")]
    if not marked or replicas.PROGRAM or HOSTING_REQUIRED:
        return
    warnings.warn("no nginx found: the hosting tests are skipped", stacklevel=1)
    for item in marked:
        item.add_marker(pytest.mark.skip(reason="no nginx found"))


@pytest.fixture(scope="session", autouse=True)
def installed_once() -> Iterator[None]:
    """Streamlit's AppTest (1.67) reads what every installed package says of itself at each visit: here once a process.

    It looks for components, of which we have none; that took two thirds of a visit.
    """
    if "streamlit" not in sys.modules:
        yield
        return
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patched:
        found = functools.cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The static edition, built once a run, by whichever process asks first; the others read what it kept."""
    own = tmp_path_factory.getbasetemp()
    kept = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "edition.pickle"
    end = time.monotonic() + BUILT_SECONDS
    while not kept.exists():
        assert time.monotonic() < end, "another process did not finish the static edition"
        _build_alone(kept)
    files: Mapping[str, bytes] = pickle.loads(kept.read_bytes())
    return files


def _build_alone(kept: Path) -> None:
    """Build the static edition, unless another process is at it, which a file tells on every system: then wait."""
    begun = kept.with_suffix(".begun")
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        time.sleep(0.2)
        return
    try:
        whole = kept.with_suffix(".whole")
        whole.write_bytes(pickle.dumps(dict(build.build(EDITION_ADDRESS, EDITION_APP))))
        whole.replace(kept)
    finally:
        # Where it fails, the next process meets the fault itself.
        begun.unlink()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of ``data/`` that the library reads instead of the real one."""
    copy = tmp_path / "data"
    shutil.copytree(disk.DEFAULT_FOLDER, copy)
    monkeypatch.setenv("SIDEBYSIDE_DATA", str(copy))
    return copy


@pytest.fixture
def edit(package: Path) -> Callable[[str, Callable[[str], str]], None]:
    """Rewrite one table of the copy: ``edit("facts", lambda text: ...)``."""

    def rewrite(name: str, change: Callable[[str], str]) -> None:
        path = package / f"{name}.csv"
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return rewrite
