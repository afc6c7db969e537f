"""Replicas of the dashboard behind nginx, on loopback; used by ``load.py`` and by the tests in ``tests/hosting``.

The proxy's ideas are those of a hosted site: a new reader goes to the next replica in turn, a cookie says which one it
was, the reader stays there, and goes to another one while that one is down.
"""

from __future__ import annotations

import contextlib
import os
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
# Debian keeps nginx where only an administrator looks.
PROGRAM: Final = shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))
START_SECONDS: Final = 10
POLL_SECONDS: Final = 0.05

CONFIGURATION: Final = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log warn;
{user}
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  # An address may be long: 414 is for those beyond this.
  large_client_header_buffers 4 32k;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  upstream any {{ {any} }}
  {sticky}
  map $cookie_{cookie} $wanted {{ default any; {wanted} }}
  # The address that answered is the last one of those that were tried.
  map $upstream_addr $answered {{ default ''; {answered} }}
  server {{
    listen {host}:{port};
    location / {{
      proxy_pass http://$wanted;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_connect_timeout 2s;
      proxy_read_timeout 1h;
      proxy_next_upstream error timeout http_502 http_503;
      add_header Set-Cookie "{cookie}=$answered; Path=/; HttpOnly; SameSite=Lax" always;
    }}
  }}
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its port, and the ports of the replicas by the cookie's value."""

    port: int
    replicas: Mapping[str, int]


def configuration(folder: Path, port: int, replicas: Mapping[str, int]) -> str:
    """The proxy's configuration; it writes nowhere but into a folder."""
    servers = {name: f"server {bench.HOST}:{at} max_fails=1 fail_timeout=2s" for name, at in replicas.items()}
    return CONFIGURATION.format(
        folder=folder,
        user="user root;" if os.geteuid() == 0 else "",
        any=" ".join(f"{server};" for server in servers.values()),
        sticky="\n  ".join(f"upstream {name} {{ {_first(name, servers)} }}" for name in servers),
        wanted=" ".join(f"{name} {name};" for name in servers),
        answered=" ".join(f"'~:{at}$' {name};" for name, at in replicas.items()),
        cookie=COOKIE,
        host=bench.HOST,
        port=port,
    )


def _first(name: str, servers: Mapping[str, str]) -> str:
    """One replica, and the others for when it is down."""
    others = [f"{server} backup;" for other, server in servers.items() if other != name]
    return " ".join([f"{servers[name]};", *others])


@contextlib.contextmanager
def behind_nginx(ports: Sequence[int]) -> Iterator[Proxy]:
    """An nginx before replicas that answer at these ports; it is always stopped.

    Raises:
        bench.BenchError: there is no nginx, or it does not start.
    """
    if PROGRAM is None:
        message = "nginx is not found"
        raise bench.BenchError(message)
    proxy = Proxy(bench.free_port(), {f"r{n}": port for n, port in enumerate(ports, 1)})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = folder / "nginx.conf"
        written.write_text(configuration(folder, proxy.port, proxy.replicas), encoding="utf-8")
        command = [PROGRAM, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(written)]
        process = subprocess.Popen(command, start_new_session=True)
        try:
            _await(proxy.port, process, folder / "error.log")
            yield proxy
        finally:
            bench.stop(process)


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not bench.healthy(port):
        if process.poll() is not None or time.monotonic() > end:
            said = log.read_text(errors="replace") if log.exists() else ""
            message = f"nginx did not start:\n{said}"
            raise bench.BenchError(message)
        time.sleep(POLL_SECONDS)


@contextlib.contextmanager
def served_by(count: int) -> Iterator[tuple[Proxy, list[bench.Server]]]:
    """A number of replicas behind nginx."""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(bench.served(bench.OUR_SCRIPT)) for _ in range(count)]
        yield stack.enter_context(behind_nginx([server.port for server in servers])), servers
