"""What reaches into the framework's inside: each patch does what it is for, is described, and stands in one module."""

from __future__ import annotations

import ast
import asyncio
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from streamlit import __version__ as streamlit_version
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from sidebyside.data import interface
from sidebyside.web import streamlit_patches
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send

PATCHES = streamlit_patches.PATCHES
DASHBOARD = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "sidebyside").rglob("*.py"))]
# Public, for all its underscore: what `collections.namedtuple` gives to a tuple.
OF_NAMED_TUPLES = {"_asdict", "_fields", "_make", "_replace"}
# What leads from a function or a method to what holds it.
HOLDERS = {"__self__", "__wrapped__", "__closure__", "__globals__", "__func__"}
SECONDS = 60
# A small app that says of each connection whether it sends at once, before our middleware has seen it, and after.
PROBED_APP = """
import socket
import streamlit as st
from starlette.middleware import Middleware
from sidebyside.web import streamlit_patches

class Probe:
    def __init__(self, app, when):
        self.app, self.when = app, when

    async def __call__(self, scope, receive, send):
        connection = streamlit_patches.connection_of(receive)
        if connection:
            option = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            print(scope["type"], self.when, bool(option), flush=True)
        await self.app(scope, receive, send)

if __name__ == "__main__":
    st.write("here")
else:
    inside = [Middleware(streamlit_patches.NoDelayMiddleware), Middleware(Probe, "after")]
    app = st.App(__file__, middleware=[Middleware(Probe, "before"), *inside])
"""


# ---------------------------------------------------------------- the house


def test_every_patch_says_why_since_when_and_until_when() -> None:
    for patch in PATCHES:
        assert all(patch), patch.name
        assert patch.goes_when.endswith("."), patch.name
    assert len({patch.name for patch in PATCHES}) == len(PATCHES)


def test_every_script_and_style_of_the_head_is_a_patch() -> None:
    named = {patch.name for patch in PATCHES if "." in patch.name}
    assert named == {file.name for file in streamlit_patches.HEAD.iterdir()}
    assert all(hasattr(streamlit_patches, patch.name) for patch in PATCHES if "." not in patch.name)


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_the_test_of_a_patch_is_there(patch: streamlit_patches.Patch) -> None:
    file, _, name = patch.test.partition("::")
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.M)


def test_every_patch_was_looked_at_in_the_version_that_runs() -> None:
    assert {patch.seen_in for patch in PATCHES} == {streamlit_version.rpartition(".")[0]}


@pytest.mark.parametrize("module", DASHBOARD, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_module_reaches_into_the_framework(module: Path) -> None:
    inside = list(_reaching_inside(module.read_text(encoding="utf-8")))
    if module.name == "streamlit_patches.py":
        assert inside, "else this test sees nothing"
    else:
        assert inside == []


@pytest.mark.parametrize(
    "line",
    [
        "from streamlit.runtime.pages_manager import PagesManager",
        "from streamlit import runtime",
        "import streamlit.web.bootstrap",
        "import uvicorn",
        "from google.protobuf.message import DecodeError",
        "from starlette._utils import is_async_callable",
        "from starlette.routing import _DefaultLifespan",
        "page._script_hash",
        "receive.__self__.transport",
        "st.markdown = print",
    ],
)
def test_reaching_inside_is_seen(line: str) -> None:
    assert list(_reaching_inside(f"import streamlit as st\n{line}"))


def _reaching_inside(text: str) -> Iterator[str]:
    """What a module imports, reads or sets of the framework's inside; names for annotations alone do nothing there."""
    tree = ast.parse(text)
    annotating = {id(node) for branch in ast.walk(tree) if _is_type_checking(branch) for node in ast.walk(branch)}
    for node in ast.walk(tree):
        if id(node) in annotating:
            continue
        match node:
            case ast.Import(names):
                yield from (name.name for name in names if _is_inside(name.name))
            case ast.ImportFrom(str(module), names, 0):
                whole = [f"{module}.{name.name}" for name in names]
                yield from (name for name in whole if _is_inside(module) or _is_inside_import(name))
            case ast.Attribute(value, name):
                owner = value.id if isinstance(value, ast.Name) else ""
                private = name.startswith("_") and not name.startswith("__") and name not in OF_NAMED_TUPLES
                if name in HOLDERS or (private and owner not in ("self", "cls")):
                    yield ast.unparse(node)
                if owner == "st" and isinstance(node.ctx, ast.Store):
                    yield f"{ast.unparse(node)} is set"


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _is_inside(module: str) -> bool:
    top, _, below = module.partition(".")
    return (top == "streamlit" and bool(below)) or top in ("uvicorn", "google", "tornado")


def _is_inside_import(name: str) -> bool:
    top, *below = name.split(".")
    hidden = any(part.startswith("_") for part in below)
    return top in ("streamlit", "starlette") and (hidden or below[-1] in ("runtime", "web", "proto", "config"))


# ---------------------------------------------------------------- pages


def test_a_page_in_a_folder_called_pages_has_its_footer() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.run().switch_page("pages/evidence.py").run()
    assert not app.exception
    assert interface.words("no-advice") in [words.value for words in app.markdown]


# ---------------------------------------------------------------- sockets


def test_each_connection_sends_at_once(tmp_path: Path) -> None:
    script = tmp_path / "probed.py"
    script.write_text(PROBED_APP, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += ["--server.address=127.0.0.1", f"--server.port={port}", "--browser.gatherUsageStats=false"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            _answers(f"http://127.0.0.1:{port}/_stcore/health", server)
            with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")]):
                pass
        finally:
            server.terminate()
        said = server.stdout.read() if server.stdout else ""
    for kind in ("http", "websocket"):
        assert f"{kind} after True" in said
        # Where this fails, the patch can go: Streamlit, or uvicorn, has done it before.
        assert re.search(rf"{kind} before False\n{kind} after True", said)


def _answers(address: str, server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + SECONDS
    while True:
        assert server.poll() is None
        assert time.monotonic() < end
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def test_where_another_server_runs_the_dashboard_nothing_is_set() -> None:
    async def receive() -> Message:
        return {"type": "http.request"}

    assert streamlit_patches.connection_of(receive) is None
    streamlit_patches.set_no_delay(receive)


# ---------------------------------------------------------------- coming back


def _request(fragment: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = "a=b"
    message.rerun_script.fragment_id = fragment
    return bytes(message.SerializeToString())


def _ended(how: ForwardMsg.ScriptFinishedStatus.ValueType) -> bytes:
    return bytes(ForwardMsg(script_finished=how).SerializeToString())


def _heard(*steps: bytes | None, told: bytes = b"") -> list[bytes]:
    """What the app is asked when a browser sends these; the app says ``told`` in the place of None."""
    passed_on: list[bytes] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        for step in steps:
            if step is None:
                await send({"type": "websocket.send", "bytes": told})
            else:
                passed_on.append((await receive())["bytes"])

    sent = iter([step for step in steps if step is not None])

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": next(sent)}

    async def send(_message: Message) -> None:
        """Nobody reads it."""

    async def served() -> None:
        await streamlit_patches.ReconnectMiddleware(app)({"type": "websocket"}, receive, send)

    # In a thread of its own: in the main one the browser tests of the same run keep a loop going.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, served()).result()
    return passed_on


def test_until_a_whole_page_was_sent_a_card_asked_for_becomes_the_page() -> None:
    card, page = _request("card"), _request()
    assert card != page
    done = _ended(ForwardMsg.FINISHED_SUCCESSFULLY)
    assert _heard(card, card, None, card, told=done) == [page, page, card]


@pytest.mark.parametrize(
    "told",
    [
        b"",
        _ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN),
        _ended(ForwardMsg.FINISHED_WITH_COMPILE_ERROR),
        _ended(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY),
        b"x" * (streamlit_patches.LONGEST_END_OF_RUN + 1),
    ],
)
def test_what_is_not_the_end_of_a_whole_page_changes_nothing(told: bytes) -> None:
    assert _heard(None, _request("card"), told=told) == [_request()]


def test_whatever_else_is_asked_passes_as_it_is() -> None:
    for said in (_request(), BackMsg(app_heartbeat=True).SerializeToString(), b"not a request", b""):
        assert _heard(said) == [said]
