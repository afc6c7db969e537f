"""How long a simulation takes from a reader's move to the new chart, alone and with twenty readers at once.

Used by ``bench.py``. The moves are made on the nerve fibre: each new temperature is a run of its own.
"""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from sidebyside.charts.mechanism.nerve_fibre import FIBRE
from sidebyside.models.nerve_fibre import Damage, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Page as Tab

PATH: Final = "mechanism"
CHOICE: Final = "Choose a fibre"
OWN: Final = "Your own settings"
CONTROL: Final = "Body temperature"
READERS: Final = 20
MOVES: Final = 24
SETTLE_MS: Final = 1000
WAIT_SECONDS: Final = 20
DONE: Final = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
# The page itself notes when a key or a click arrived and when the chart's name changed, so that the driver's own
# waiting does not count.
NOTE_MOVES: Final = """
window.moves = {began: 0, drawn: 0};
for (const kind of ['keydown', 'click'])
  addEventListener(kind, () => {
    window.moves = {began: performance.now(), drawn: 0, name: window.chartName()};
  }, true);
window.chartName = () => document.querySelector(
  '.st-key-lab-nerve-fibre [role="graphics-document"]')?.getAttribute('aria-label');
const watch = () => {
  const name = window.chartName?.();
  if (window.moves.began && !window.moves.drawn && name && name !== window.moves.name)
    window.moves.drawn = performance.now();
  requestAnimationFrame(watch);
};
watch();
"""


def percentile_95(seconds: Iterable[float]) -> float:
    """The time that nineteen of twenty moves stay below."""
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def one_impulse_seconds() -> float:
    """Our time for one impulse in a healthy fibre, compiled: the best of five new runs."""
    simulate(Damage(4, wraps=7, temperature_c=36.01))
    return min(_timed(Damage(4, wraps=7, temperature_c=36.02 + n / 100)) for n in range(5))


def _timed(damage: Damage) -> float:
    began = time.perf_counter()
    simulate(damage)
    return time.perf_counter() - began


# ---------------------------------------------------------------- one reader, in the browser


def time_moves(tab: Tab, address: str) -> tuple[list[float], list[float]]:
    """Seconds from a reader's move to the chart of its run: a control to new settings, then presets seen before.

    A control of Streamlit waits for a fifth of a second whether another move follows before it tells the server.
    """
    tab.add_init_script(NOTE_MOVES)
    tab.goto(f"{address}/{PATH}")
    simulation = tab.locator(".st-key-lab-nerve-fibre")
    simulation.get_by_text(OWN, exact=True).click(timeout=WAIT_SECONDS * 1000)
    control = simulation.get_by_role("slider", name=CONTROL)
    control.focus(timeout=WAIT_SECONDS * 1000)
    # Till the click before is answered, or its chart would be taken for that of the first move.
    tab.wait_for_timeout(SETTLE_MS)
    new = [_moved(tab, lambda: tab.keyboard.press("ArrowRight")) for _ in range(MOVES)]
    presets = [FIBRE.preset_labels[preset] for preset in FIBRE.presets]
    for words in presets:
        simulation.get_by_text(words, exact=True).click()
        tab.wait_for_timeout(SETTLE_MS)
    clicks = [simulation.get_by_text(presets[n % len(presets)], exact=True) for n in range(MOVES)]
    return new, [_moved(tab, click.click) for click in clicks]


def _moved(tab: Tab, move: Callable[[], None]) -> float:
    move()
    tab.wait_for_function("() => window.moves.drawn > 0", polling="raf")
    return float(tab.evaluate("() => window.moves.drawn - window.moves.began")) / 1000


# ---------------------------------------------------------------- twenty readers at once


@dataclass
class Reader:
    """A session on the page, ready to move the control."""

    stream: Any
    address: str
    page: str = ""
    fragment: str = ""
    widgets: dict[str, str] = field(default_factory=dict)

    def open(self) -> None:
        """Open the page and choose free play."""
        self._take(self._request())
        self._take(self._own_settings())

    def move(self, celsius: float) -> float:
        """Seconds until a new temperature is answered."""
        message = self._own_settings()
        control = message.rerun_script.widget_states.widgets.add(id=self.widgets[CONTROL])
        control.double_array_value.data.append(celsius)
        began = time.perf_counter()
        self._take(message)
        return time.perf_counter() - began

    def _own_settings(self) -> BackMsg:
        message = self._request()
        chosen = message.rerun_script.widget_states.widgets.add(id=self.widgets[CHOICE])
        chosen.string_array_value.data.append(OWN)
        return message

    def _request(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.page_name = "" if self.page else PATH
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.fragment_id = self.fragment
        message.rerun_script.context_info.url = f"http://{self.address}/{PATH}"
        return message

    def _take(self, message: BackMsg) -> None:
        """Send, and read all that comes back up to the end of the run."""
        self.stream.send(message.SerializeToString())
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end:
            reply = ForwardMsg.FromString(self.stream.recv(WAIT_SECONDS, decode=False))
            self._note(reply)
            if reply.WhichOneof("type") == "script_finished" and reply.script_finished in DONE:
                return
        message_text = "a simulation was not answered in time"
        raise TimeoutError(message_text)

    def _note(self, reply: ForwardMsg) -> None:
        if reply.WhichOneof("type") == "new_session":
            self.page = reply.new_session.page_script_hash
        element = reply.delta.new_element
        if element.button_group.label == CHOICE:
            self.widgets[CHOICE], self.fragment = element.button_group.id, reply.delta.fragment_id
        if element.slider.label.startswith(CONTROL):
            self.widgets[CONTROL] = element.slider.id


def readers_at_once(address: str) -> list[float]:
    """Seconds each of twenty readers waits who move the control at the same moment, each to another new setting."""
    waited: list[float] = []
    start = threading.Barrier(READERS)
    threads = [threading.Thread(target=_read, args=(address, n, start, waited)) for n in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(waited) < READERS:
        message = f"only {len(waited)} of {READERS} readers were answered"
        raise TimeoutError(message)
    return waited


def _read(address: str, number: int, start: threading.Barrier, waited: list[float]) -> None:
    with connect(
        f"ws://{address}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        compression=None,
        max_size=None,
        proxy=None,
        open_timeout=WAIT_SECONDS,
    ) as stream:
        reader = Reader(stream, address)
        reader.open()
        start.wait(WAIT_SECONDS)
        # Temperatures that no preset and no other reader has.
        waited.append(reader.move(35.0 + number / 10 + 0.1))
