"""Replicas of the dashboard behind nginx, on loopback; used by ``load.py`` and by tests.

The proxy is the one that a host is given, ``deploy/nginx.conf`` with ``deploy/nginx/replicas.conf``. Only what cannot
be the same here is put in its place: the port, the folder that is written to, and the addresses of replicas.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import bench

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COOKIE: Final = "replica"
SHIPPED: Final = Path(__file__).resolve().parents[1] / "deploy"
# Debian keeps nginx where only an administrator looks.
PROGRAM: Final = shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))
START_SECONDS: Final = 10
POLL_SECONDS: Final = 0.05
# The process's number, five folders of which two are used, and the copies of scripts and styles.
WRITTEN: Final = 7
# The cookie's value and the replica that it leads to.
LED = re.compile(r"^ +(\d+) +([\d.]+:\d+);$", re.M)


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its port, the ports of the replicas by the cookie's value, and what it says."""

    port: int
    replicas: Mapping[str, int]
    log: Path


def rendered(folder: Path, port: int, ports: Sequence[int]) -> tuple[Path, dict[str, int]]:
    """Write the shipped configuration for loopback; gives its place, and the replicas by the cookie's value.

    Raises:
        bench.BenchError: it is not as expected here, or names fewer replicas than there are.
    """
    text = (SHIPPED / "nginx.conf").read_text(encoding="utf-8")
    text = _swapped(text, "listen 8080;", f"listen {bench.HOST}:{port};", 1)
    text = _swapped(text, " /tmp/", f" {folder}/", WRITTEN)
    named, by_cookie = _named(ports)
    (folder / "nginx").mkdir()
    (folder / "nginx/replicas.conf").write_text(named, encoding="utf-8")
    written = folder / "nginx.conf"
    written.write_text(text, encoding="utf-8")
    return written, by_cookie


def _named(ports: Sequence[int]) -> tuple[str, dict[str, int]]:
    """The shipped list of replicas with these in their places, and without those that are not here."""
    text = (SHIPPED / "nginx/replicas.conf").read_text(encoding="utf-8")
    shipped: list[tuple[str, str]] = LED.findall(text)
    if len(ports) > len(shipped):
        message = f"{len(ports)} replicas are wanted, {len(shipped)} are named"
        raise bench.BenchError(message)
    for (_, address), port in itertools.zip_longest(shipped, ports):
        text = _without(text, address) if port is None else _moved(text, address, f"{bench.HOST}:{port}")
    return text, {cookie: port for (cookie, _), port in zip(shipped, ports, strict=False)}


def _moved(text: str, shipped: str, here: str) -> str:
    text = _swapped(text, shipped, here, 2)
    return _swapped(text, shipped.replace(".", r"\."), here.replace(".", r"\."), 1)


def _without(text: str, address: str) -> str:
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if address not in line.replace("\\", "")]
    _expect(address, len(lines) - len(kept), 3)
    return "".join(kept)


def _swapped(text: str, shipped: str, here: str, times: int) -> str:
    _expect(shipped, text.count(shipped), times)
    return text.replace(shipped, here)


def _expect(shipped: str, found: int, times: int) -> None:
    if found != times:
        message = f"the shipped configuration has {shipped!r} {found} times, not {times}"
        raise bench.BenchError(message)


def command(configuration: Path) -> list[str]:
    """What starts nginx with a configuration, in the foreground.

    Raises:
        bench.BenchError: there is no nginx.
    """
    if PROGRAM is None:
        message = "nginx is not found"
        raise bench.BenchError(message)
    # Where an administrator starts it, its workers would not be let into the folder.
    user = "user root; " if os.geteuid() == 0 else ""
    return [PROGRAM, "-e", "stderr", "-c", str(configuration), "-g", f"{user}daemon off;"]


@contextlib.contextmanager
def behind_nginx(ports: Sequence[int]) -> Iterator[Proxy]:
    """An nginx before replicas that answer at these ports; it is always stopped.

    Raises:
        bench.BenchError: there is no nginx, or it does not start.
    """
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), bench.free_port()
        written, by_cookie = rendered(folder, port, ports)
        proxy = Proxy(port, by_cookie, folder / "log")
        with proxy.log.open("wb") as out:
            process = subprocess.Popen(command(written), stdout=out, stderr=out, start_new_session=True)
        try:
            _await(port, process, proxy.log)
            yield proxy
        finally:
            bench.stop(process)


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not bench.healthy(port):
        if process.poll() is not None or time.monotonic() > end:
            message = f"nginx did not start:\n{log.read_text(errors='replace')}"
            raise bench.BenchError(message)
        time.sleep(POLL_SECONDS)


@contextlib.contextmanager
def served_by(count: int) -> Iterator[tuple[Proxy, list[bench.Server]]]:
    """A number of replicas behind nginx."""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(bench.served(bench.OUR_SCRIPT)) for _ in range(count)]
        yield stack.enter_context(behind_nginx([server.port for server in servers])), servers
