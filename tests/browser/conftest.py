"""A running dashboard and a Chromium to look at it with."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from benchmarks.bench import files_served
from sidebyside.site import plain_pages
from tests.browser.reader import Reader
from tests.conftest import EDITION_ADDRESS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PLAIN = "https://plain.example.org"
START_SECONDS = 60
END_SECONDS = 30


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and skip it, aloud, where there is no Chromium and none is required."""
    here = [item for item in items if "tests/browser" in item.path.as_posix()]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and not REQUIRED:
            item.add_marker(pytest.mark.skip(reason="no Chromium found"))
    if here and CHROMIUM is None and not REQUIRED:
        warnings.warn("no Chromium found: the browser tests are skipped", stacklevel=1)


@contextlib.contextmanager
def serving(log: Path, base: str = "", **environment: str) -> Iterator[str]:
    """A running dashboard on a free port, under a path where one is named; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--server.headless=true", "--server.address=127.0.0.1", "--server.fileWatcherType=none"]
    options += [f"--server.port={port}", f"--server.baseUrlPath={base}"]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    env, address = os.environ | environment, f"http://127.0.0.1:{port}{base}"
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out) as process:
        try:
            _wait(f"{address}/_stcore/health", process)
            yield address
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard that all tests share, without a static edition beside it."""
    none = {plain_pages.EDITION_VARIABLE: str(tmp_path_factory.mktemp("none"))}
    with serving(tmp_path_factory.mktemp("server") / "log", **none) as address:
        yield address


@pytest.fixture(scope="session")
def under(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard under a path of its host, whose static edition is at ``PLAIN``."""
    plain = {plain_pages.EDITION_VARIABLE: PLAIN}
    with serving(tmp_path_factory.mktemp("under") / "log", "/under/a/path", **plain) as address:
        yield address


@pytest.fixture(scope="session")
def shelf(built: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the static edition, behind a server of plain files."""
    folder = tmp_path_factory.mktemp("shelf")
    with files_served(folder) as port:
        address = f"http://127.0.0.1:{port}"
        for name, content in built.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.replace(EDITION_ADDRESS.encode(), address.encode()))
        yield address


def _wait(health: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the dashboard did not start"
        with contextlib.suppress(OSError):
            if urllib.request.urlopen(health, timeout=2).status == 200:
                return
        time.sleep(0.1)
    pytest.fail("the dashboard did not answer in time")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without its own talk to the network."""
    assert CHROMIUM, "browser tests are required, but there is no Chromium"
    manager: Any = sync_playwright()
    playwright = manager.start()
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield started
    # Seen once after the whole run (Playwright 1.65): the browser was gone, and its driver waited on, for good.
    impatient = threading.Timer(END_SECONDS, manager._client._transport._proc.kill)
    impatient.daemon = True
    impatient.start()
    started.close()
    playwright.stop()
    impatient.cancel()


@pytest.fixture
def newcomer(browser: Browser, site: str) -> Iterator[Reader]:
    """A tab of its own, light, of a reader who comes for the first time."""
    tab = Reader(browser, site)
    yield tab
    tab.close()
