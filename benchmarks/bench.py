"""Measure the dashboard against a bare Streamlit app, and print the budgets as a Markdown table.

Run from the root of the repository: ``python benchmarks/bench.py [--quick]``. Both apps run at the same time
and are visited in turn (ours, bare, ours, bare), so that whatever else the machine does hits both alike. A
visit is a new session: a small WebSocket client speaks Streamlit's protocol, and Chromium is used only where
a chart has to be drawn. The exit status says whether the measuring worked, not whether the budgets hold.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from streamlit import __version__ as streamlit_version
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import FrameType

    from playwright.sync_api import Browser


@dataclass(frozen=True)
class Repeats:
    """How often each thing is measured: visits and drawings a page, starts and memory runs an app."""

    visits: int
    drawings: int
    starts: int
    memory_runs: int


FULL = Repeats(visits=41, drawings=9, starts=5, memory_runs=3)
QUICK = Repeats(visits=11, drawings=3, starts=3, memory_runs=1)
WARMING_VISITS = 3
EARLY_VISITS, LATE_VISITS = 20, 200

BUDGET_VISIT = 2.0
BUDGET_BYTES = 300_000
BUDGET_FIRST_CHART = 1.2
BUDGET_LAST_CHART = 1.6
BUDGET_START = 2.0
BUDGET_MEMORY = 1.2

HOST = "127.0.0.1"
WHOLE_RUN_SECONDS = 240
START_SECONDS = 60
VISIT_SECONDS = 20
STOP_SECONDS = 10
POLL_SECONDS = 0.01
SETTLE_SECONDS = 1.0
LOG_TAIL = 2000

OUR_SCRIPT = Path("app.py")
BARE_SCRIPT = Path("benchmarks/bare/app.py")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Vega marks its canvas or SVG with this class; other pictures in the element are the menu's icons.
NOTE_DRAWINGS = """
window.drawn = [];
const seen = new WeakSet();
new MutationObserver(() => {
  for (const marks of document.querySelectorAll('[data-testid="stVegaLiteChart"] .marks')) {
    const chart = marks.closest('[data-testid="stVegaLiteChart"]');
    if (seen.has(chart)) continue;
    seen.add(chart);
    requestAnimationFrame(() => window.drawn.push(performance.now() / 1000));
  }
}).observe(document, {childList: true, subtree: true});
"""


class BenchError(Exception):
    """Measuring is not possible: an app does not start, or shows an error in place of a page."""


@dataclass(frozen=True)
class Page:
    """A page of an app, by the path in its address (the default page's is empty)."""

    path: str
    title: str


@dataclass(frozen=True)
class Visit:
    """What one visit of a page took, sent and holds."""

    seconds: float
    size: int
    charts: int
    pages: tuple[Page, ...]


@dataclass
class Server:
    """A running app."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    what: str
    measured: str
    bare: str
    ratio: float
    budget: str
    holds: bool

    def __str__(self) -> str:
        """The row in Markdown."""
        cells = (self.what, self.measured, self.bare, f"{self.ratio:.2f} x", self.budget, "yes" if self.holds else "NO")
        return f"| {' | '.join(cells)} |"


@dataclass
class Samples:
    """Figures of both apps, ours by page."""

    ours: dict[Page, list[float]] = field(default_factory=dict)
    bare: list[float] = field(default_factory=list)

    def worst(self) -> tuple[Page, float]:
        """Our page with the highest median, and that median."""
        medians = {page: statistics.median(figures) for page, figures in self.ours.items()}
        page = max(medians, key=medians.__getitem__)
        return page, medians[page]

    def row(self, what: str, budget: float, show: Callable[[float], str], unit: str = "x") -> Row:
        """The row of our worst page against the bare app; a budget in another unit than x is absolute."""
        page, ours = self.worst()
        bare = statistics.median(self.bare)
        held = ours / bare <= budget if unit == "x" else ours <= budget
        limit = f"{budget:.1f} x" if unit == "x" else show(budget)
        return Row(what, f"{show(ours)} ({page.title})", show(bare), ours / bare, limit, held)


# ---------------------------------------------------------------- servers


@contextlib.contextmanager
def served(script: Path) -> Iterator[Server]:
    """An app on a free loopback port; it is always stopped."""
    with tempfile.TemporaryDirectory() as folder:
        server = _started(script, Path(folder, "log"))
        try:
            _await_health(server)
            yield server
        finally:
            _stop(server.process)


def _started(script: Path, log: Path) -> Server:
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.address={HOST}"]
    command += [f"--server.port={port}", "--server.headless=true", "--server.fileWatcherType=none"]
    command += ["--browser.gatherUsageStats=false"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    return Server(process, port, log)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await_health(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    while not _healthy(server.port):
        if server.process.poll() is not None or time.monotonic() > end:
            message = f"the app did not start:\n{server.log.read_text(errors='replace')[-LOG_TAIL:]}"
            raise BenchError(message)
        time.sleep(POLL_SECONDS)


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_SECONDS)


def resident_bytes(root: int) -> int:
    """The resident memory of a process and all its children, from ``/proc``."""
    status = dict(_statuses())
    family = {root}
    while grown := {pid for pid, (parent, _) in status.items() if parent in family} - family:
        family |= grown
    return sum(size for pid, (_, size) in status.items() if pid in family)


def _statuses() -> Iterator[tuple[int, tuple[int, int]]]:
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        kibibytes = int(fields.get("VmRSS", "0 kB").split()[0])
        yield int(fields["Pid"]), (int(fields["PPid"]), kibibytes * 1024)


# ---------------------------------------------------------------- visits over the WebSocket


def visit(server: Server, path: str = "") -> Visit:
    """Open a page in a new session, as a browser does, up to the end of its script.

    Raises:
        BenchError: the page is not there, takes too long, or shows an exception.
    """
    message = BackMsg()
    message.rerun_script.page_name = path
    message.rerun_script.context_info.url = f"http://{HOST}:{server.port}/{path}"
    with connect(
        f"ws://{HOST}:{server.port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        compression=None,
        max_size=None,
        proxy=None,
        open_timeout=VISIT_SECONDS,
    ) as stream:
        began = time.perf_counter()
        stream.send(message.SerializeToString())
        frames, ended = _frames_of_one_run(lambda: stream.recv(VISIT_SECONDS, decode=False), path)
    messages = [ForwardMsg.FromString(frame) for frame in frames]
    elements = Counter(m.delta.new_element.WhichOneof("type") for m in messages)
    if elements["exception"]:
        fault = f"the page {path or '(default)'} shows an exception"
        raise BenchError(fault)
    return Visit(ended - began, sum(map(len, frames)), elements["vega_lite_chart"], _pages(messages))


def _frames_of_one_run(receive: Callable[[], bytes], path: str) -> tuple[list[bytes], float]:
    frames: list[bytes] = []
    end = time.monotonic() + VISIT_SECONDS
    while time.monotonic() < end:
        frames.append(receive())
        arrived = time.perf_counter()
        message = ForwardMsg.FromString(frames[-1])
        kind = message.WhichOneof("type")
        ended = message.script_finished if kind == "script_finished" else None
        # A script may stop early to run again at once; the reader waits for the run that ends.
        if ended == ForwardMsg.FINISHED_SUCCESSFULLY:
            return frames, arrived
        if kind == "page_not_found" or ended == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            break
    fault = f"the page {path or '(default)'} was not found, does not compile or takes over {VISIT_SECONDS} s"
    raise BenchError(fault)


def _pages(messages: Iterable[ForwardMsg]) -> tuple[Page, ...]:
    # A new server first announces the files of a folder called pages, then what st.navigation says: the last one counts.
    told = [message.navigation.app_pages for message in messages if message.WhichOneof("type") == "navigation"]
    inside = [page for page in told[-1] if not page.external_url] if told else []
    return tuple(Page("" if page.is_default else page.url_pathname, page.page_name) for page in inside)


def in_turn(ours: Server, bare: Server, times: int, measure: Callable[[Server, Page], float]) -> Samples:
    """Measure every page of ours ``times`` times, each followed by a page of the bare app."""
    samples = Samples({page: [] for page in ours.pages})
    for n in range(times * len(ours.pages)):
        page = ours.pages[n % len(ours.pages)]
        samples.ours[page].append(measure(ours, page))
        samples.bare.append(measure(bare, bare.pages[n % len(bare.pages)]))
    return samples


# ---------------------------------------------------------------- the rows


def visit_rows(ours: Server, bare: Server, repeats: Repeats) -> Iterator[Row]:
    """Server time and bytes; the first bytes are read before the servers are warm."""
    for server in (ours, bare):
        server.pages = visit(server).pages
    sizes = in_turn(ours, bare, 1, lambda server, page: visit(server, page.path).size)
    in_turn(ours, bare, WARMING_VISITS, lambda server, page: visit(server, page.path).seconds)
    times = in_turn(ours, bare, repeats.visits, lambda server, page: visit(server, page.path).seconds)
    yield times.row("server time of a warm page visit, any page", BUDGET_VISIT, _seconds)
    yield sizes.row("bytes over the WebSocket, first visit of a page", BUDGET_BYTES, _kilobytes, "kB")


def start_row(repeats: Repeats) -> Row:
    """From the start of the server's process to the end of the default page's first script run."""
    ours, bare = [], []
    for _ in range(repeats.starts):
        ours.append(_start_to_page(OUR_SCRIPT))
        bare.append(_start_to_page(BARE_SCRIPT))
    samples = Samples({Page("", "default page"): ours}, bare)
    return samples.row("start of the server to first page done", BUDGET_START, _seconds)


def _start_to_page(script: Path) -> float:
    began = time.perf_counter()
    with served(script) as server:
        visit(server)
        return time.perf_counter() - began


def memory_row(repeats: Repeats) -> Row:
    """Resident memory after many visits, of fresh servers, against that after few."""
    runs = [_memory_run() for _ in range(repeats.memory_runs)]
    ours, bare = ([run[n] for run in runs] for n in (0, 1))
    growth = statistics.median(late / early for early, late in ours)
    return Row(
        f"memory after {LATE_VISITS} visits, against after {EARLY_VISITS}",
        _growth(ours),
        _growth(bare),
        growth,
        f"{BUDGET_MEMORY:.1f} x",
        growth <= BUDGET_MEMORY,
    )


def _memory_run() -> tuple[tuple[int, int], tuple[int, int]]:
    with served(OUR_SCRIPT) as ours, served(BARE_SCRIPT) as bare:
        servers = (ours, bare)
        for server in servers:
            server.pages = visit(server).pages
        early = _resident_after(servers, range(1, EARLY_VISITS))
        late = _resident_after(servers, range(EARLY_VISITS, LATE_VISITS))
    return (early[0], late[0]), (early[1], late[1])


def _resident_after(servers: Sequence[Server], visits: Iterable[int]) -> list[int]:
    for n in visits:
        for server in servers:
            visit(server, server.pages[n % len(server.pages)].path)
    time.sleep(SETTLE_SECONDS)
    return [resident_bytes(server.process.pid) for server in servers]


def _growth(runs: Sequence[tuple[int, int]]) -> str:
    early, late = (statistics.median(run[n] for run in runs) for n in (0, 1))
    ratio = statistics.median(late / early for early, late in runs)
    return f"{early / 1e6:.0f} to {late / 1e6:.0f} MB ({ratio:.2f} x)"


def chart_rows(ours: Server, bare: Server, repeats: Repeats, browser: Browser) -> Iterator[Row]:
    """The first and the last chart of a page, from the start of the navigation; pages without charts are left out."""
    charts = {(server.port, page): visit(server, page.path).charts for server in (ours, bare) for page in server.pages}
    drawing = Server(ours.process, ours.port, ours.log, tuple(p for p in ours.pages if charts[ours.port, p]))
    last: list[float] = []

    def first_chart(server: Server, page: Page) -> float:
        drawn = _drawn(browser, server, page, charts[server.port, page])
        last.append(drawn[-1])
        return drawn[0]

    in_turn(drawing, bare, 1, first_chart)
    last.clear()
    firsts = in_turn(drawing, bare, repeats.drawings, first_chart)
    lasts = _like(drawing, last)
    yield firsts.row("first chart drawn in Chromium", BUDGET_FIRST_CHART, _seconds)
    yield lasts.row("last chart drawn in Chromium", BUDGET_LAST_CHART, _seconds)


def _like(ours: Server, figures: Sequence[float]) -> Samples:
    """Samples from figures in the order in which `in_turn` takes them."""
    count = len(ours.pages)
    return Samples({page: list(figures[2 * n :: 2 * count]) for n, page in enumerate(ours.pages)}, list(figures[1::2]))


def _drawn(browser: Browser, server: Server, page: Page, charts: int) -> list[float]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        tab = context.new_page()
        tab.set_default_timeout(VISIT_SECONDS * 1000)
        tab.add_init_script(NOTE_DRAWINGS)
        tab.goto(f"http://{HOST}:{server.port}/{page.path}")
        tab.wait_for_function("charts => window.drawn.length >= charts", arg=charts)
        return sorted(float(seconds) for seconds in tab.evaluate("window.drawn"))


@contextlib.contextmanager
def chromium() -> Iterator[Browser | None]:
    """A headless Chromium, or None where it or Playwright is missing."""
    program = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


# ---------------------------------------------------------------- the table


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def _kilobytes(value: float) -> str:
    return f"{value / 1000:.0f} kB"


def rows(repeats: Repeats) -> Iterator[Row | str]:
    """The rows of the table in the order of the budgets, and remarks on rows that are left out."""
    with served(OUR_SCRIPT) as ours, served(BARE_SCRIPT) as bare:
        yield from visit_rows(ours, bare, repeats)
        with chromium() as browser:
            if browser is None:
                yield "Chromium or Playwright is missing: nothing was drawn."
            else:
                yield from chart_rows(ours, bare, repeats, browser)
    yield start_row(repeats)
    if Path("/proc/self/status").exists():
        yield memory_row(repeats)
    else:
        yield "This system has no /proc: memory was not read."


def _give_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    message = f"stopped: told to, or after {WHOLE_RUN_SECONDS} s"
    raise BenchError(message)


def main() -> int:
    """Print the table; the exit status is 1 where measuring was not possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a rough table in about a minute")
    repeats = QUICK if parser.parse_args().quick else FULL
    # An exception, unlike the signal's own effect, lets the servers be stopped on the way out.
    for number in (signal.SIGALRM, signal.SIGTERM):
        signal.signal(number, _give_up)
    signal.alarm(WHOLE_RUN_SECONDS)
    began = time.monotonic()
    try:
        found = list(rows(repeats))
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print("| what | measured | bare app | ratio | budget | holds |\n|---|---|---|---|---|---|")
    print(*(row for row in found if isinstance(row, Row)), sep="\n")
    print("", *(remark for remark in found if isinstance(remark, str)), sep="\n")
    print(
        f"Medians of {repeats.visits} visits and {repeats.drawings} drawings a page, {repeats.starts} starts and "
        f"{repeats.memory_runs} memory runs; the worst page is named. Python {platform.python_version()}, "
        f"Streamlit {streamlit_version}, {os.cpu_count()} processors, {time.monotonic() - began:.0f} s in all."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
