"""Measure the dashboard under load, and print the results as Markdown tables.

Run from the root of the repository: ``python benchmarks/load.py [--quick]``. Readers open all pages and change three
options over Streamlit's own WebSocket, one after the other without a pause, as many at once as are asked for; no
person reads that fast, so a reader here stands for many. They share the machine with the servers. Part 1 is one
replica alone, part 2 one replica and three behind nginx, part 3 the memory of one replica over 1,000 visits.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from streamlit import __version__ as streamlit_version

# Run as a script from the root of the repository, which Python then does not look in.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import bench, readers, replicas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.readers import Option, Reader

# Pages on which each reader changes one option.
CHANGED: Final = ("", "mechanism", "course")
BUDGET_MEMORY: Final = 1.05
SETTLE_SECONDS: Final = 2.0
# A reader alone goes round more than once, or its median would rest on four pages.
REPEATS_ALONE: Final = 5


@dataclass(frozen=True)
class Size:
    """How much is measured: readers at once, readers behind nginx, and visits before each look at the memory."""

    crowds: tuple[int, ...]
    behind: tuple[int, ...]
    visits: tuple[int, ...]


FULL: Final = Size(crowds=(20, 100, 300), behind=(1, 100), visits=(200, 1000))
QUICK: Final = Size(crowds=(5, 20), behind=(1, 20), visits=(40, 120))


@dataclass
class Load:
    """What a crowd of readers met."""

    readers: int
    pages: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0
    server_cores: float = 0.0
    client_cores: float = 0.0

    def __str__(self) -> str:
        """The cells of a row of a Markdown table."""
        cells = [str(self.readers), f"{len(self.pages) / self.seconds:.1f}"]
        cells += [_middle(self.pages), _tail(self.pages), _middle(self.changes), _tail(self.changes)]
        cells += [str(self.errors), f"{self.server_cores:.2f}", f"{self.client_cores:.2f}"]
        return " | ".join(cells)


HEADER: Final = (
    "readers at once | pages a second | page: median | p95 | option: median | p95 | errors | cores: servers | readers"
)


# ---------------------------------------------------------------- readers


async def crowd(port: int, count: int, rounds: int = 1) -> Load:
    """All readers at once; each visits all pages and changes three options, so many times over."""
    load = Load(count)
    began = time.perf_counter()
    await asyncio.gather(*(_read(port, number, rounds, load) for number in range(count)))
    load.seconds = time.perf_counter() - began
    return load


async def _read(port: int, number: int, rounds: int, load: Load) -> None:
    """One reader; what is not answered, and all that was still to come, counts as errors."""
    whole = rounds * (len(readers.PAGES) + len(CHANGED))
    done = 0
    try:
        async with readers.Reader(port) as reader:
            for turn in range(rounds * len(readers.PAGES)):
                done += await _visit(reader, readers.PAGES[(number + turn) % len(readers.PAGES)], number, load)
    except (*readers.LOST, readers.PageError) as error:
        print(f"load: a reader gave up: {error!r}", file=sys.stderr)
    load.errors += whole - done


async def _visit(reader: Reader, page: str, number: int, load: Load) -> int:
    seen = await reader.open(page)
    load.pages.append(seen.seconds)
    if page not in CHANGED:
        return 1
    option = list(seen.options.values())[number % len(seen.options)]
    load.changes.append((await reader.choose(page, option, _other(option, number))).seconds)
    return 2


def _other(option: Option, number: int) -> str:
    """A value that is not chosen now, another one for each reader."""
    others = [value for value in option.values if value != option.chosen]
    return others[number % len(others)]


async def warmed(port: int) -> None:
    """Visit all pages and choose every option once, so that every figure has been made."""
    async with readers.Reader(port) as reader:
        for page in readers.PAGES:
            seen = await reader.open(page)
            for option in seen.options.values():
                for value in option.values:
                    await reader.choose(page, option, value)


# ---------------------------------------------------------------- parts


def measured(port: int, servers: Sequence[bench.Server], count: int) -> Load:
    """A crowd, with the share of the processors that servers and readers took."""
    began, own = _processor_seconds(servers), time.process_time()
    load = asyncio.run(crowd(port, count, REPEATS_ALONE if count == 1 else 1))
    load.server_cores = (_processor_seconds(servers) - began) / load.seconds
    load.client_cores = (time.process_time() - own) / load.seconds
    return load


def alone(crowds: Sequence[int]) -> Iterator[str]:
    """One replica without a proxy."""
    yield f"| {HEADER} |\n|{'---|' * (HEADER.count('|') + 1)}"
    with bench.served(bench.OUR_SCRIPT) as server:
        _settle([server.port])
        for count in crowds:
            yield f"| {measured(server.port, [server], count)} |"


def behind(counts: Sequence[int]) -> Iterator[str]:
    """One replica and three, both behind nginx."""
    if replicas.PROGRAM is None:
        yield "nginx is not found: replicas were not measured."
        return
    yield f"| replicas | {HEADER} |\n|{'---|' * (HEADER.count('|') + 2)}"
    for number in (1, 3):
        with replicas.served_by(number) as (proxy, servers):
            _settle([server.port for server in servers])
            for count in counts:
                yield f"| {number} | {measured(proxy.port, servers, count)} |"


def memory(visits: Sequence[int]) -> Iterator[str]:
    """One replica: each visit is a new reader, who opens a page and changes an option."""
    yield "| when | memory |\n|---|---|"
    with bench.served(bench.OUR_SCRIPT) as server:
        asyncio.run(readers_come(server.port, range(1)))
        yield f"| after the first page | {_resident(server):.0f} MB |"
        _settle([server.port])
        sizes = [_resident(server)]
        yield f"| after every page and every option once | {sizes[0]:.0f} MB |"
        for first, last in itertools.pairwise((0, *visits)):
            asyncio.run(readers_come(server.port, range(first, last)))
            sizes.append(_resident(server))
            yield f"| after {last:,} visits | {sizes[-1]:.0f} MB |"
    growth = sizes[-1] / sizes[1]
    held = "holds" if growth <= BUDGET_MEMORY else "DOES NOT HOLD"
    yield f"\nBetween {visits[0]:,} and {visits[-1]:,} visits: {growth:.3f} x; {BUDGET_MEMORY} x or less {held}."


async def readers_come(port: int, numbers: range) -> None:
    """One reader after the other, each with a page and, where it has some, an option."""
    for number in numbers:
        async with readers.Reader(port) as reader:
            # A quarter of the number: the next option only after all pages have had their turn.
            turn = number // len(readers.PAGES)
            await _visit(reader, readers.PAGES[number % len(readers.PAGES)], turn, Load(1))


def _settle(ports: Sequence[int]) -> None:
    for port in ports:
        asyncio.run(warmed(port))
    time.sleep(SETTLE_SECONDS)


# ---------------------------------------------------------------- figures


def _middle(seconds: Sequence[float]) -> str:
    return _in_words(statistics.median(seconds)) if seconds else "-"


def _tail(seconds: Sequence[float]) -> str:
    return _in_words(statistics.quantiles(seconds, n=20, method="inclusive")[-1]) if len(seconds) > 1 else "-"


def _in_words(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _resident(server: bench.Server) -> float:
    time.sleep(SETTLE_SECONDS)
    return bench.resident_bytes(server.process.pid) / 1e6


def _processor_seconds(servers: Sequence[bench.Server]) -> float:
    """What the servers' processes have computed, from ``/proc``."""
    ticks = 0
    for server in servers:
        said = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(said[11]) + int(said[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """The machine's size and what ran on it."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{os.cpu_count()} processors, {gigabytes:.0f} GB of memory, Python {platform.python_version()}, "
        f"Streamlit {streamlit_version}; load of the machine before: {os.getloadavg()[0]:.1f}"
    )


def main() -> int:
    """Print the tables; the exit status is 1 where measuring was not possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer readers and visits: rougher tables")
    size = QUICK if parser.parse_args().quick else FULL
    began = time.monotonic()
    print(f"Machine: {machine()}.")
    parts = {
        "One replica": alone(size.crowds),
        "One replica and three, behind nginx": behind(size.behind),
        "Memory of one replica": memory(size.visits),
    }
    try:
        for title, lines in parts.items():
            print(f"\n{title}\n")
            for line in lines:
                print(line, flush=True)
    except (bench.BenchError, *readers.LOST, readers.PageError) as error:
        print(f"load: {error}", file=sys.stderr)
        return 1
    print(f"\n{time.monotonic() - began:.0f} s in all.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
