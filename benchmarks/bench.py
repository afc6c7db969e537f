"""Measure the dashboard against a bare Streamlit app, and print the budgets as a Markdown table.

Run from the root of the repository: ``python benchmarks/bench.py [--quick]``. Both apps run at the same time
and are visited in turn (ours, bare, ours, bare), so that whatever else the machine does hits both alike. A
visit is a new session: a small WebSocket client speaks Streamlit's protocol, and Chromium is used only where
a chart has to be drawn. The exit status says whether the measuring worked, not whether the budgets hold.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import http.client
import http.server
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
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

# Run as a script from the root of the repository, which Python then does not look in.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import against_neuron, simulations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import FrameType

    from playwright.sync_api import Browser


@dataclass(frozen=True)
class Repeats:
    """How often each thing is measured: long runs of visits, drawings of each page, starts."""

    long_runs: int
    drawings: int
    starts: int


FULL = Repeats(long_runs=2, drawings=4, starts=4)
QUICK = Repeats(long_runs=1, drawings=2, starts=2)
EARLY_VISITS, LATE_VISITS = 20, 200

# Ratios: against the bare app, of memory against that after the first visits, of a plain page against the dashboard's.
# Bytes and the simulations (seconds) stand for themselves. docs/performance.md says what bounds each.
BUDGET_VISIT = 2.0
BUDGET_BYTES = 300_000
BUDGET_FIRST_CHART = 1.2
BUDGET_LAST_CHART = 1.6
BUDGET_START = 2.0
BUDGET_MEMORY = 1.2
BUDGET_PLAIN = 0.2
SIMULATION_BUDGETS = {
    "20 readers move a control at once: the last answered": 2.0,
    "a simulation change to new chart, p95": 0.4,
    "a preset seen before to its chart, p95": 0.15,
}

HOST = "127.0.0.1"
# The alarm that ends a run which hangs (see `main`).
WHOLE_RUN_SECONDS = 420
START_SECONDS = 60
VISIT_SECONDS = 20
STOP_SECONDS = 10
POLL_SECONDS = 0.01
# Before the memory is read.
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
# Vega puts an empty SVG into the page before it draws the marks; a canvas does not tell, so its presence has to do.
NOTE_DRAWINGS = """
window.drawn = [];
const seen = new WeakSet();
new MutationObserver(() => {
  for (const chart of document.querySelectorAll('[data-testid="stVegaLiteChart"]')) {
    if (seen.has(chart) || !chart.querySelector('svg.marks path, svg.marks text, canvas.marks')) continue;
    seen.add(chart);
    requestAnimationFrame(() => window.drawn.push(performance.now() / 1000));
  }
}).observe(document, {childList: true, subtree: true});
"""


# A drawing of the static edition is on the screen with the first frame after it was read.
NOTE_PLAIN_DRAWING = """
window.drawn = [];
const found = new MutationObserver(() => {
  if (!document.querySelector('.drawing svg path, .drawing svg circle')) return;
  found.disconnect();
  requestAnimationFrame(() => window.drawn.push(performance.now() / 1000));
});
found.observe(document, {childList: true, subtree: true});
"""


class BenchError(Exception):
    """Measuring is not possible: an app does not start, or shows an error in place of a page."""


Pair = tuple[float, float]


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
    ratio: float | None
    budget: str
    holds: bool

    def __str__(self) -> str:
        """The row in Markdown."""
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f} x"
        cells = (self.what, self.measured, self.bare, ratio, self.budget, "yes" if self.holds else "NO")
        return f"| {' | '.join(cells)} |"


@dataclass
class Samples:
    """Pairs of figures of both apps, ours by the page's title: what one call of a measure returned."""

    ours: dict[str, list[Pair]] = field(default_factory=dict)
    bare: list[Pair] = field(default_factory=list)

    def row(
        self, what: str, column: int, budget: float, show: Callable[[float], str], *, absolute: bool = False
    ) -> Row:
        """One figure of the pair: our page with the highest median against the bare app."""
        medians = {page: statistics.median(pair[column] for pair in pairs) for page, pairs in self.ours.items()}
        page = max(medians, key=medians.__getitem__)
        ours, bare = medians[page], statistics.median(pair[column] for pair in self.bare)
        held = ours <= budget if absolute else ours / bare <= budget
        limit = show(budget) if absolute else f"{budget:.1f} x"
        return Row(what, f"{show(ours)} ({page})", show(bare), ours / bare, limit, held)


# ---------------------------------------------------------------- servers


@contextlib.contextmanager
def served(script: Path, port: int = 0, before: Sequence[str] = ()) -> Iterator[Server]:
    """An app on loopback, at a free port where none is named; it is always stopped.

    ``before`` stands before the command, such as ``("env", "NAME=value")``.
    """
    with tempfile.TemporaryDirectory() as folder:
        server = _started(script, Path(folder, "log"), port or free_port(), before)
        try:
            await_health(server)
            yield server
        finally:
            stop(server.process)


@contextlib.contextmanager
def both_served() -> Iterator[tuple[Server, Server]]:
    """Our app and the bare one, each with its list of pages."""
    with served(OUR_SCRIPT) as ours, served(BARE_SCRIPT) as bare:
        for server in (ours, bare):
            server.pages = visit(server).pages
        yield ours, bare


def _started(script: Path, log: Path, port: int, before: Sequence[str]) -> Server:
    command = [*before, sys.executable, "-m", "streamlit", "run", str(script), f"--server.address={HOST}"]
    command += [f"--server.port={port}", "--server.headless=true", "--server.fileWatcherType=none"]
    command += ["--browser.gatherUsageStats=false"]
    with log.open("wb") as out:
        # In a process group of its own, so that `stop` ends what it has started, too.
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    return Server(process, port, log)


def free_port() -> int:
    """A loopback port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def await_health(server: Server) -> None:
    """Wait until a server says that it is well.

    Raises:
        BenchError: it does not start, or takes too long.
    """
    end = time.monotonic() + START_SECONDS
    while not healthy(server.port):
        if server.process.poll() is not None or time.monotonic() > end:
            message = f"the app did not start:\n{server.log.read_text(errors='replace')[-LOG_TAIL:]}"
            raise BenchError(message)
        time.sleep(POLL_SECONDS)


def healthy(port: int) -> bool:
    """Whether an app answers at a port that it is well."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a process and what it has started."""
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
        # Bytes are counted as the server made them, and one message may be larger than the library's limit of 1 MiB.
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
    # A new server first announces the files of a folder called pages, then what st.navigation says: the last counts.
    announced = [message.navigation.app_pages for message in messages if message.WhichOneof("type") == "navigation"]
    inside = [page for page in announced[-1] if not page.external_url] if announced else []
    return tuple(Page("" if page.is_default else page.url_pathname, page.page_name) for page in inside)


def in_turn(ours: Server, bare: Server, turns: range, measure: Callable[[Server, Page], Pair], into: Samples) -> None:
    """In each turn measure a page of ours and then one of the bare app; the turn's number chooses the page."""
    for n in turns:
        page = ours.pages[n % len(ours.pages)]
        into.ours.setdefault(page.title, []).append(measure(ours, page))
        into.bare.append(measure(bare, bare.pages[n % len(bare.pages)]))


# ---------------------------------------------------------------- the rows


def visit_rows(repeats: Repeats) -> Iterator[Row]:
    """Server time, bytes and memory, from long runs of visits to fresh servers."""
    samples = Samples()
    runs = [_long_run(samples) for _ in range(repeats.long_runs)]
    yield samples.row("server time of a warm page visit, any page", 0, BUDGET_VISIT, _seconds)
    yield samples.row("bytes over the WebSocket, first visit of a page", 1, BUDGET_BYTES, _kilobytes, absolute=True)
    if runs[0]:
        yield _memory_row([run for run in runs if run])


def _long_run(samples: Samples) -> tuple[Pair, Pair] | None:
    with both_served() as (ours, bare):
        in_turn(ours, bare, range(EARLY_VISITS), _time_and_size, Samples())
        early = _resident(ours), _resident(bare)
        in_turn(ours, bare, range(EARLY_VISITS, LATE_VISITS), _time_and_size, samples)
        late = _resident(ours), _resident(bare)
    return ((early[0], late[0]), (early[1], late[1])) if all(early) else None


def _time_and_size(server: Server, page: Page) -> Pair:
    seen = visit(server, page.path)
    return seen.seconds, seen.size


def _memory_row(runs: Sequence[tuple[Pair, Pair]]) -> Row:
    ours, bare = ([run[n] for run in runs] for n in (0, 1))
    growth = statistics.median(late / early for early, late in ours)
    what = f"memory after {LATE_VISITS} visits (against after {EARLY_VISITS})"
    budget = f"{BUDGET_MEMORY:.1f} x"
    return Row(what, _growth(ours), _growth(bare), growth, budget, growth <= BUDGET_MEMORY)


def _growth(runs: Sequence[Pair]) -> str:
    early, late = (statistics.median(run[n] for run in runs) for n in (0, 1))
    return f"{late / 1e6:.0f} MB (against {early / 1e6:.0f} MB)"


def _resident(server: Server) -> int:
    time.sleep(SETTLE_SECONDS)
    return resident_bytes(server.process.pid)


def start_row(repeats: Repeats) -> Row:
    """From the start of the server's process to the end of the default page's first script run."""
    samples = Samples()
    for _ in range(repeats.starts):
        samples.ours.setdefault("default page", []).append(_start_to_page(OUR_SCRIPT))
        samples.bare.append(_start_to_page(BARE_SCRIPT))
    return samples.row("start of the server to first page done", 0, BUDGET_START, _seconds)


def _start_to_page(script: Path) -> Pair:
    began = time.perf_counter()
    with served(script) as server:
        seen = visit(server)
        return time.perf_counter() - began, seen.size


def chart_rows(repeats: Repeats, browser: Browser) -> Iterator[Row]:
    """A page's first and last chart, from the start of the navigation; pages without charts are left out."""
    samples = Samples()
    with both_served() as (ours, bare):
        ours.pages = tuple(page for page in ours.pages if visit(ours, page.path).charts)

        def draw(server: Server, page: Page) -> Pair:
            return _time_to_charts(browser, server, page, visit(server, page.path).charts)

        in_turn(ours, bare, range(len(ours.pages)), draw, Samples())
        in_turn(ours, bare, range(repeats.drawings * len(ours.pages)), draw, samples)
    yield samples.row("first chart drawn in Chromium", 0, BUDGET_FIRST_CHART, _seconds)
    yield samples.row("last chart drawn in Chromium", 1, BUDGET_LAST_CHART, _seconds)


def _time_to_charts(browser: Browser, server: Server, page: Page, charts: int) -> Pair:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        tab = context.new_page()
        tab.set_default_timeout(VISIT_SECONDS * 1000)
        tab.add_init_script(NOTE_DRAWINGS)
        tab.goto(f"http://{HOST}:{server.port}/{page.path}")
        tab.wait_for_function("charts => window.drawn.length >= charts", arg=charts)
        drawn = [float(seconds) for seconds in tab.evaluate("window.drawn")]
        return min(drawn), max(drawn)


def plain_row(repeats: Repeats, browser: Browser) -> Row:
    """The first chart of the static edition against that of the same page of the dashboard, in turn."""
    ratios: dict[str, list[Pair]] = {}
    with tempfile.TemporaryDirectory() as folder, served(OUR_SCRIPT) as ours:
        site = Path(folder, "site")
        subprocess.run(
            [sys.executable, "-m", "sidebyside", "build", "--folder", str(site)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with files_served(site) as port:
            ours.pages = tuple(page for page in visit(ours).pages if visit(ours, page.path).charts)
            for turn in range(-len(ours.pages), repeats.drawings * len(ours.pages)):
                page = ours.pages[turn % len(ours.pages)]
                pair = (_time_to_plain_chart(browser, port, page), _time_to_charts(browser, ours, page, 1)[0])
                if turn >= 0:
                    ratios.setdefault(page.title, []).append(pair)
    medians = {page: [statistics.median(times) for times in zip(*pairs, strict=True)] for page, pairs in ratios.items()}
    title, (plain, full) = max(medians.items(), key=lambda median: median[1][0] / median[1][1])
    what = "first chart of the static edition, against the dashboard's"
    holds = plain / full <= BUDGET_PLAIN
    return Row(what, f"{_seconds(plain)} ({title})", _seconds(full), plain / full, f"{BUDGET_PLAIN:.1f} x", holds)


@contextlib.contextmanager
def files_served(folder: Path) -> Iterator[int]:
    """A plain file server on loopback; gives its port."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing: the log would stand between the rows."""

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def _time_to_plain_chart(browser: Browser, port: int, page: Page) -> float:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        tab = context.new_page()
        tab.add_init_script(NOTE_PLAIN_DRAWING)
        tab.goto(f"http://{HOST}:{port}/{page.path or 'index'}.html")
        tab.wait_for_function("window.drawn.length > 0")
        return float(tab.evaluate("window.drawn[0]"))


def simulation_rows(browser: Browser | None) -> Iterator[Row | str]:
    """From a reader's move to the new chart: alone, seen before, and twenty readers at once."""
    with served(OUR_SCRIPT) as ours:
        address = f"{HOST}:{ours.port}"
        visit(ours, simulations.PATH)
        yield _limited(
            "20 readers move a control at once: the last answered", simulations.readers_at_once(address), max
        )
        if browser is not None:
            with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
                new, seen = simulations.time_moves(context.new_page(), f"http://{address}")
            yield _limited("a simulation change to new chart, p95", new, simulations.percentile_95)
            yield _limited("a preset seen before to its chart, p95", seen, simulations.percentile_95)
    yield _impulse_remark()


def _limited(what: str, seconds: list[float], worst: Callable[[list[float]], float]) -> Row:
    limit = SIMULATION_BUDGETS[what]
    return Row(what, _seconds(worst(seconds)), "-", None, _seconds(limit), worst(seconds) <= limit)


def _impulse_remark() -> str:
    ours = _seconds(simulations.one_impulse_seconds())
    theirs = against_neuron.neuron_seconds()
    said = "NEURON is not installed" if theirs is None else f"NEURON, steps of 1 us, {_seconds(theirs)}"
    return f"One impulse in a healthy fibre: ours, steps of 2 us, {ours}; {said}."


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
    """The rows in the order of the budgets, and remarks on those that are left out."""
    if not Path("/proc/self/status").exists():
        yield "This system has no /proc: memory was not read."
    time_row, size_row, *memory_row = visit_rows(repeats)
    yield from (time_row, size_row)
    with chromium() as browser:
        if browser is None:
            yield "Chromium or Playwright is missing: no chart was drawn."
        else:
            yield from chart_rows(repeats, browser)
            yield plain_row(repeats, browser)
        yield from simulation_rows(browser)
    yield start_row(repeats)
    yield from memory_row


def _give_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    message = f"stopped: told to, or after {WHOLE_RUN_SECONDS} s"
    raise BenchError(message)


def main() -> int:
    """Print the table; the exit status is 1 where measuring was not possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a rougher table")
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
        f"Medians of {repeats.long_runs} x {LATE_VISITS} visits, {repeats.drawings} drawings of each page and "
        f"{repeats.starts} starts of each app; the worst page is named. Python {platform.python_version()}, "
        f"Streamlit {streamlit_version}, {os.cpu_count()} processors, {time.monotonic() - began:.0f} s in all."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
