"""What readers meet while something goes wrong on the host."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosedError
from websockets.frames import CloseCode

from benchmarks import bench, readers, replicas
from benchmarks.readers import Reader
from sidebyside.data import disk
from tests.support.damage import cell
from tests.web.replicas.conftest import REPLICAS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence
    from pathlib import Path

    from benchmarks.readers import Answer

    # What stands before the server's command, given a folder for it.
    Trouble = Callable[[Path], tuple[str, ...]]

pytestmark = pytest.mark.hosting

# A page, a choice as an address names it, and words of it that are not the first: old addresses hold these.
Address = tuple[str, str, str]

ADDRESSES: tuple[Address, ...] = (
    ("", "where-measure", "New cases in a year"),
    ("mechanism", "risk-factors-disease", "ALS only"),
    ("relapses", "relapse-rates-view", "Two medicines, trial by trial"),
    ("claims", "claims-verdict", "Outdated"),
)
# What the page says now where an old address says it in other words.
SHOWN = {"Two medicines, trial by trial": "Two medicines"}
# A few at each replica and of each address; the many are a sweep.
CROWDS = (24, pytest.param(100, marks=pytest.mark.sweep))
TABS = (12, pytest.param(50, marks=pytest.mark.sweep))
PAUSE_SECONDS = 2.0
RETRIES = 20
ENDLESS_SECONDS = 240.0
LONG = "a" * 10_000
# In units of 512 bytes: enough for the server's log, too little for a compiled function.
LARGEST_FILE = 32


def _run(work: Coroutine[Any, Any, None]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(ENDLESS_SECONDS):
            await work

    # In a thread of its own: in the main one the browser tests of the same run keep a loop going.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, limited()).result()


def _query(address: Address) -> str:
    return urlencode({address[1]: address[2]})


async def _seen(port: int, page: str, query: str = "") -> Answer:
    """What a new reader sees of a page."""
    async with Reader(port) as reader:
        return await reader.open(page, query)


# ---------------------------------------------------------------- a replica dies


class Crowd:
    """Readers who stay on the page of their address while replicas come and go."""

    def __init__(self, port: int, wanted: dict[Address, Answer]) -> None:
        """Nobody has come yet."""
        self.port, self.wanted = port, wanted
        self.arrived, self.came_back, self.left = 0, 0, 0
        self.over = asyncio.Event()

    async def stay(self, number: int) -> None:
        """One reader: open the address, and look at it again and again, on a new socket if the old one broke."""
        address = ADDRESSES[number % len(ADDRESSES)]
        async with Reader(self.port) as reader:
            await self._look(reader, address)
            self.arrived += 1
            while not self.over.is_set():
                await asyncio.sleep(PAUSE_SECONDS)
                await self._look_again(reader, address)
            await self._look_again(reader, address)
        self.left += 1

    async def _look(self, reader: Reader, address: Address) -> None:
        seen, wanted = await reader.open(address[0], _query(address)), self.wanted[address]
        assert seen.options[address[1]].chosen == SHOWN.get(address[2], address[2])
        assert seen.charts == wanted.charts
        assert not seen.faults

    async def _look_again(self, reader: Reader, address: Address) -> None:
        try:
            await self._look(reader, address)
        except readers.LOST:
            await _reconnected(reader)
            await self._look(reader, address)
            self.came_back += 1


async def _reconnected(reader: Reader) -> None:
    """Try again a few times, as the front end does."""
    for _ in range(RETRIES):
        with contextlib.suppress(*readers.LOST):
            return await reader.connect()
        await asyncio.sleep(PAUSE_SECONDS / 2)
    pytest.fail("the site did not take the reader back")


async def _until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(PAUSE_SECONDS / 5)


@pytest.mark.parametrize("count", CROWDS)
def test_a_replica_dies_and_comes_back_and_every_reader_keeps_the_page_of_the_address(count: int) -> None:
    with replicas.served_by(REPLICAS) as (proxy, servers):
        _run(_die_and_come_back(proxy, servers, count))


async def _die_and_come_back(proxy: replicas.Proxy, servers: Sequence[bench.Server], count: int) -> None:
    name, port = next(iter(proxy.replicas.items()))
    wanted = {address: await _seen(port, address[0], _query(address)) for address in ADDRESSES}
    crowd = Crowd(proxy.port, wanted)
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(crowd.stay(number))
        await _until(lambda: crowd.arrived == count)
        assert crowd.came_back == 0
        os.killpg(servers[0].process.pid, signal.SIGKILL)
        await _until(lambda: crowd.came_back >= count // 5)
        with bench.served(bench.OUR_SCRIPT, port) as _:
            await _taken_in_again(proxy.port, name)
            crowd.over.set()
            await _until(lambda: crowd.left == count)
    # Those of the other replicas noticed nothing.
    assert crowd.came_back <= count // 2


def test_a_choice_on_a_page_of_another_replica_is_answered_with_the_whole_page(replica: bench.Server) -> None:
    page, name, said = ADDRESSES[2]
    value = SHOWN[said]

    async def read() -> None:
        wanted = await _seen(replica.port, page, _query(ADDRESSES[2]))
        async with Reader(replica.port) as moved:
            # A browser may say first that it is there.
            await moved.stream.send(BackMsg(app_heartbeat=True).SerializeToString())
            seen = await moved.choose(page, wanted.options[name], value)
            assert seen.charts == wanted.charts
            assert seen.options[name].chosen == value
            # From then on a choice is one card again.
            again = await moved.choose(page, seen.options[name], seen.options[name].values[0])
            assert len(again.charts) == 1

    _run(read())


def test_what_is_no_request_ends_its_socket_alone(replica: bench.Server) -> None:
    async def read() -> None:
        async with Reader(replica.port) as strange, Reader(replica.port) as other:
            await strange.stream.send(b"not a request")
            with pytest.raises(ConnectionClosedError) as closed:
                await strange.stream.recv()
            assert closed.value.rcvd
            assert closed.value.rcvd.code == CloseCode.PROTOCOL_ERROR
            assert not (await other.open("course")).faults

    _run(read())


async def _taken_in_again(port: int, name: str) -> None:
    """New readers are sent to the replica that came back."""
    while True:
        async with Reader(port) as reader:
            seen = await reader.open("")
            assert not seen.faults
            if reader.cookies[replicas.COOKIE] == name:
                return
        await asyncio.sleep(PAUSE_SECONDS / 5)


# ---------------------------------------------------------------- readers who ask much


@pytest.mark.parametrize("count", TABS)
def test_one_reader_with_many_tabs_gets_all_of_them_and_others_are_served(site: replicas.Proxy, count: int) -> None:
    async def read() -> None:
        first = Reader(site.port)
        async with first:
            wanted = await first.open("course")
            tabs = [Reader(site.port, first.cookies) for _ in range(count)]
            opened = asyncio.gather(*(_open_and_keep(tab) for tab in tabs))
            async with Reader(site.port) as other:
                assert (await other.open("course")).charts == wanted.charts
            assert {seen.charts for seen in await opened} == {wanted.charts}
            assert {tab.cookies[replicas.COOKIE] for tab in tabs} == {first.cookies[replicas.COOKIE]}
            for tab in tabs:
                await tab.stream.close()

    _run(read())


async def _open_and_keep(tab: Reader) -> Answer:
    await tab.connect()
    return await tab.open("course")


@pytest.mark.parametrize("name", ["unknown", "relapse-rates-view", "sources-search"])
def test_an_address_of_10_kilobytes_leads_to_its_page(site: replicas.Proxy, name: str) -> None:
    query = f"{name}={LONG}"

    async def read() -> None:
        plain, long = await _seen(site.port, "course"), await _seen(site.port, "course", query)
        assert long.charts == plain.charts
        assert not long.faults

    assert _landed(site.port, f"/course?{query}") == (200, "/course")
    # The socket takes it too: a page that is open may still say such an address.
    _run(read())


def test_a_name_of_10_kilobytes_is_refused(site: replicas.Proxy) -> None:
    assert readers.head(site.port, f"/{LONG}")[0] == 414


def _landed(port: int, path: str) -> tuple[int, str]:
    """The status and the path in the end, after redirections."""
    for _ in range(3):
        status, headers = readers.head(port, path)
        to = next((value for name, value in headers if name.lower() == "location"), None)
        if to is None:
            break
        path = urljoin(path, to)
    return status, path


@pytest.mark.parametrize("proxied", [True, False], ids=["behind nginx", "directly"])
def test_a_reader_who_does_not_read_stops_nobody(site: replicas.Proxy, replica: bench.Server, proxied: bool) -> None:
    port = site.port if proxied else replica.port

    async def read() -> None:
        wanted = await _seen(port, "mechanism")
        async with Reader(port, slow=True) as slow:
            for _ in range(10):
                began = await slow.ask("mechanism")
                # Others at the same replica, while nothing of all that is read.
                async with Reader(port, dict(slow.cookies)) as other:
                    assert (await other.open("mechanism")).charts == wanted.charts
            assert (await slow.read(began)).charts == wanted.charts

    _run(read())


# ---------------------------------------------------------------- tables and disk


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[tuple[bench.Server, Path]]:
    """A replica with a data package of its own, which a test may damage."""
    copy = tmp_path / "data"
    shutil.copytree(disk.DEFAULT_FOLDER, copy)
    with bench.served(bench.OUR_SCRIPT, before=("env", f"SIDEBYSIDE_DATA={copy}")) as server:
        yield server, copy


def test_a_damaged_table_is_said_while_running_and_the_page_heals_when_it_is_mended(
    copied: tuple[bench.Server, Path],
) -> None:
    server, folder = copied
    table, whole = folder / "edss_quantiles.csv", folder / "whole.csv"

    async def read() -> None:
        healthy = [await _seen(server.port, page) for page in readers.PAGES]
        shutil.copy(table, whole)
        cell("p50", "many")(table)
        damaged = [await _seen(server.port, page) for page in readers.PAGES]
        said = " ".join(damaged[2].faults).replace("\\", "")
        assert "edss_quantiles.csv, row 2, column p50" in said
        # No chart of the table is drawn, not even the one made before; the others are as they were.
        assert set(damaged[2].charts) < set(healthy[2].charts)
        assert [seen.charts for seen in damaged[:2]] == [seen.charts for seen in healthy[:2]]
        assert not damaged[0].faults
        whole.replace(table)
        mended = [await _seen(server.port, page) for page in readers.PAGES]
        assert [seen.charts for seen in mended] == [seen.charts for seen in healthy]
        assert not any(seen.faults for seen in mended)

    _run(read())


def test_a_table_that_all_pages_need_may_go_and_come_back(copied: tuple[bench.Server, Path]) -> None:
    server, folder = copied
    table, away = folder / "facts.csv", folder / "away"

    async def read() -> None:
        healthy = [await _seen(server.port, page) for page in readers.PAGES]
        table.rename(away)
        for page in readers.PAGES:
            assert "facts.csv: the file is missing" in " ".join((await _seen(server.port, page)).faults)
        away.rename(table)
        assert [(await _seen(server.port, page)).charts for page in readers.PAGES] == [s.charts for s in healthy]

    _run(read())


def _no_folder(tmp_path: Path) -> tuple[str, ...]:
    """The cache's folder cannot be made: a file stands in its way. That stops an administrator too."""
    (tmp_path / "file").touch()
    return ("env", f"NUMBA_CACHE_DIR={tmp_path / 'file' / 'cache'}")


def _full_disk(tmp_path: Path) -> tuple[str, ...]:
    """The cache's folder is there, but what is written into it does not fit."""
    limited = ("sh", "-c", f'ulimit -f {LARGEST_FILE} && exec "$@"', "sh")
    return (*limited, "env", f"NUMBA_CACHE_DIR={tmp_path}")


@pytest.mark.parametrize("trouble", [_no_folder, _full_disk])
def test_pages_work_where_caches_cannot_be_written(replica: bench.Server, tmp_path: Path, trouble: Trouble) -> None:
    async def read(port: int) -> None:
        for page in readers.PAGES:
            wanted, seen = await _seen(replica.port, page), await _seen(port, page)
            assert seen.charts == wanted.charts
            assert not seen.faults

    with bench.served(bench.OUR_SCRIPT, before=trouble(tmp_path)) as server:
        _run(read(server.port))
    assert not list(tmp_path.rglob("*.nbc"))
