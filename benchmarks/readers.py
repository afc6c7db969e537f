"""A reader without a browser: opens pages and changes options over Streamlit's own WebSocket.

Used by ``load.py`` and by the tests in ``tests/web/replicas``. Many readers share one thread, so that hundreds can read
at once beside the servers on the same machine.
"""

from __future__ import annotations

import asyncio
import http.client
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from websockets.asyncio.client import ClientConnection

HOST: Final = "127.0.0.1"
PAGES: Final = ("", "mechanism", "course", "evidence")
WAIT_SECONDS: Final = 120.0
NARROW_BYTES: Final = 4096
DONE: Final = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
# What a connection that breaks, is refused or is not answered in time raises.
LOST: Final = (OSError, WebSocketException, TimeoutError)


class PageError(Exception):
    """A page is not found, does not compile or shows an exception."""


@dataclass(frozen=True)
class Option:
    """A choice on a page: the widget, the part of the page that it runs, its values, the chosen one, and what it is."""

    id: str
    fragment: str
    values: tuple[str, ...]
    chosen: str
    pills: bool


@dataclass(frozen=True)
class Answer:
    """What came back on one request: how long it took, and what a reader would see of it.

    Attributes:
        seconds: from the request to the end of the script run.
        size: bytes of all messages.
        options: choices by their names in the address.
        charts: each chart's alternative text and specification, in the order of the page.
        faults: the texts of error boxes.
    """

    seconds: float
    size: int
    options: Mapping[str, Option]
    charts: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]


@dataclass
class _Gathered:
    held: dict[str, str]
    pills: set[str]
    size: int = 0
    options: dict[str, Option] = field(default_factory=dict)
    charts: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def take(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise PageError(element.exception.message)
        if kind == "vega_lite_chart":
            self.charts.append((element.vega_lite_chart.alt, element.vega_lite_chart.spec))
        if kind == "alert":
            self.faults.append(element.alert.body)
        if kind == "radio" and element.radio.query_param_key:
            radio = element.radio
            said = radio.raw_value if radio.set_value else ""
            self._take_option(message, radio.id, radio.query_param_key, radio.options, said or radio.default)
        if kind == "button_group":
            group = element.button_group
            self.pills.add(group.id)
            words = [option.content for option in group.options]
            said = group.raw_values[0] if group.set_value else ""
            # An id ends with the key of the widget, which is the choice's name in the address.
            self._take_option(message, group.id, group.id.split("-", 2)[2], words, said or next(iter(group.default), 0))

    def _take_option(self, message: ForwardMsg, widget: str, name: str, values: Sequence[str], said: str | int) -> None:
        """A choice: what the server says is chosen, else what was before, else what it begins with, by its number."""
        chosen = said if isinstance(said, str) else self.held.get(widget, values[said])
        self.held[widget] = chosen
        self.options[name] = Option(widget, message.delta.fragment_id, tuple(values), chosen, widget in self.pills)


@dataclass
class Reader:
    """One open tab. Use it with ``async with``, which also gives the cookies of the page's HTML to the socket.

    Attributes:
        port: where the site, or the proxy before it, answers.
        cookies: what the browser keeps; hand it on to another tab of the same browser.
        slow: take little from the network before it is read.
        held: what is chosen, by the widget; the browser keeps that and says it on each request.
        pills: the widgets of these that say it as a list.
    """

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    slow: bool = False
    held: dict[str, str] = field(default_factory=dict)
    pills: set[str] = field(default_factory=set)
    _stream: Any = None

    async def __aenter__(self) -> Self:
        """Load the HTML, and open the socket with the cookies that came with it."""
        if not self.cookies:
            self.cookies.update(await asyncio.to_thread(_cookies_of_html, self.port))
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the tab."""
        await self._stream.close()

    async def connect(self) -> None:
        """Open the socket, at first or again; nothing is known then but the address."""
        self.held.clear()
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        own: dict[str, Any] = {"sock": _narrow(self.port)} if self.slow else {}
        self._stream = await connect(
            f"ws://{HOST}:{self.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": said} if said else {},
            origin=None,
            compression=None,
            max_size=None,
            max_queue=1 if self.slow else None,
            proxy=None,
            open_timeout=WAIT_SECONDS,
            # The library gives a socket up whose pings wait 20 s; here only `WAIT_SECONDS` counts.
            ping_interval=None,
            close_timeout=1,
            **own,
        )
        answered = self._stream.response.headers.get_all("Set-Cookie")
        self.cookies.update(_by_name(answered))

    @property
    def stream(self) -> ClientConnection:
        """The open socket."""
        found: ClientConnection = self._stream
        return found

    async def open(self, page: str, query: str = "") -> Answer:
        """Open a page by its path and the query string of its address.

        Raises:
            PageError: it is not found, does not compile or shows an exception.
        """
        return await self._answered(await self.ask(page, query))

    async def choose(self, page: str, option: Option, value: str) -> Answer:
        """Choose another value of an option, which runs its part of the page.

        Raises:
            PageError: the part shows an exception.
        """
        self.held[option.id] = value
        self.pills.update({option.id} if option.pills else ())
        message = self._request(page, "")
        message.rerun_script.fragment_id = option.fragment
        await self.stream.send(message.SerializeToString())
        return await self._answered(time.perf_counter())

    async def ask(self, page: str, query: str = "") -> float:
        """Send the request for a page without waiting for what comes back; gives the time of asking."""
        began = time.perf_counter()
        await self.stream.send(self._request(page, query).SerializeToString())
        return began

    async def _answered(self, began: float) -> Answer:
        async with asyncio.timeout(WAIT_SECONDS):
            return await self.read(began)

    async def read(self, began: float) -> Answer:
        """Read up to the end of a run."""
        seen = _Gathered(self.held, self.pills)
        while True:
            frame = await self.stream.recv(decode=False)
            message = ForwardMsg.FromString(frame)
            kind = message.WhichOneof("type")
            seen.size += len(frame)
            seen.take(message)
            if kind == "page_not_found" or message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise PageError(kind)
            if kind == "new_session":
                # Another run has begun, and the one before may have been cut short for it.
                seen.charts.clear()
                seen.faults.clear()
            if kind == "script_finished" and message.script_finished in DONE:
                spent = time.perf_counter() - began
                return Answer(spent, seen.size, seen.options, tuple(seen.charts), tuple(seen.faults))

    def _request(self, page: str, query: str) -> BackMsg:
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        message.rerun_script.context_info.url = f"http://{HOST}:{self.port}/{page}"
        for widget, value in self.held.items():
            state = message.rerun_script.widget_states.widgets.add(id=widget)
            if widget in self.pills:
                state.string_array_value.data.append(value)
            else:
                state.string_value = value
        return message


def _cookies_of_html(port: int) -> dict[str, str]:
    status, headers = head(port, "/")
    if status != http.client.OK:
        raise OSError(status)
    return _by_name(value for name, value in headers if name.lower() == "set-cookie")


def _by_name(cookies: Iterable[str]) -> dict[str, str]:
    said = [cookie.split(";")[0].partition("=") for cookie in cookies]
    return {name: value for name, _, value in said}


def _narrow(port: int) -> socket.socket:
    """A connection that takes only a few kilobytes before they are read."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NARROW_BYTES)
    made.connect((HOST, port))
    made.setblocking(False)
    return made


def head(port: int, path: str) -> tuple[int, list[tuple[str, str]]]:
    """The status and the headers of what an address answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=WAIT_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheaders()
    finally:
        connection.close()
