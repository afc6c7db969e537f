"""Everything that reaches into the inside of Streamlit, its server or its front end; no other module may.

What is public is used where it is needed. What is not can change with any version, so it stands here alone, and
`PATCHES` says of each why it is there, in which version that was seen, which test fails without it, and when it can
go. After Streamlit is raised to another version, take each out in turn and run its test.
"""

from __future__ import annotations

import functools
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from google.protobuf.message import DecodeError
from streamlit.file_util import get_static_dir
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.pages_manager import PagesManager

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Patch(NamedTuple):
    """One reach into the framework's inside."""

    name: str
    """A name of this module, or a file of ``web/head``."""
    reason: str
    """What readers would meet without it."""
    seen_in: str
    """The version of Streamlit in which that was seen last."""
    test: str
    """The test that fails without it, as pytest names it."""
    goes_when: str
    """What has to be so before it can be taken out."""


PATCHES: Final = (
    Patch(
        "register_pages_by_navigation_alone",
        "A cold server, and each run of Streamlit's AppTest, takes the folder pages/ for its old kind of app and runs "
        "the page of a deep link alone, without navigation and footer.",
        "1.67",
        "tests/web/test_streamlit_patches.py::test_a_page_in_a_folder_called_pages_has_its_footer",
        "Streamlit no longer looks for a folder pages/, or ours has another name.",
    ),
    Patch(
        "ReconnectMiddleware",
        "After its server was lost, an open page comes to another one with its next choice unanswered.",
        "1.67",
        "tests/web/test_streamlit_patches.py::test_until_a_whole_page_was_sent_a_card_asked_for_becomes_the_page",
        "Streamlit answers a request for a fragment that it does not know with a whole run.",
    ),
    Patch(
        "NoDelayMiddleware",
        "A small message waits up to 40 ms, twice in a rerun, for the answer to the one before.",
        "1.67",
        "tests/web/test_streamlit_patches.py::test_each_connection_sends_at_once",
        "The test finds the option set outside this middleware already: Streamlit opens its socket as TCP.",
    ),
    Patch(
        "SHELL",
        "Pages could have no title, description, policy or plain text of their own: Streamlit has no setting for the "
        "HTML that it serves.",
        "1.67",
        "tests/web/test_hosts.py::test_each_page_has_its_own_title_description_and_picture_before_any_script",
        "Streamlit lets an app say what stands in the head of each page.",
    ),
    Patch(
        "1-pace.js",
        "The first chart comes 0.7 to 1.0 s later, with the whole page; the connection 0.04 to 0.15 s later "
        "(docs/performance.md).",
        "1.67",
        "tests/browser/test_front.py::test_the_first_chart_does_not_wait_for_the_rest_and_nothing_moves_when_that_comes",
        "The front end draws what has come before the rest is there.",
    ),
    Patch(
        "columns.css",
        "Cards side by side end at different heights: a container round each fragment is as high as its content.",
        "1.67",
        "tests/browser/test_columns.py::test_cards_side_by_side_are_of_one_height_and_below_each_other_on_a_phone",
        "A fragment can be stretched, or adds no container.",
    ),
    Patch(
        "forced-colours.css",
        "Where the reader's system sets the colours, nobody sees what is chosen.",
        "1.67",
        "tests/browser/test_pages.py::test_in_forced_colours_what_is_chosen_and_what_can_be_moved_is_seen",
        "The front end shows what is chosen by more than background and shadow.",
    ),
    Patch(
        "history.js",
        "Back shows a page without the choice that was made on it and at its top; links in texts open a new tab.",
        "1.67",
        "tests/browser/test_history.py::test_back_forward_and_reload_return_to_choice_and_place",
        "A change of page makes one entry, with the options, and links in Markdown can stay in their tab.",
    ),
    Patch(
        "places.js",
        "Addresses of charts from the first edition, and of what waits for a choice, lead nowhere.",
        "1.67",
        "tests/browser/test_pages.py::test_a_link_to_a_figure_or_an_address_of_the_first_edition_leads_to_its_place",
        "The front end looks for the place of an address whenever the page has grown; old addresses need it still.",
    ),
    Patch(
        "print.css",
        "Pages are printed dark, with parts cut off.",
        "1.67",
        "tests/browser/test_print.py::test_the_dashboard_prints_light_and_whole_and_names_the_static_page",
        "The front end prints a page whole and light.",
    ),
    Patch(
        "popovers.css",
        "In the dark theme the words of the button of an open popover fail contrast.",
        "1.67",
        "tests/browser/test_pages.py::test_a_page_is_clean_whatever_is_opened_or_pressed_and_links_lead_somewhere",
        "The test holds without it.",
    ),
    Patch(
        "tables.js",
        "A table or popover that scrolls and has no link in it can't be moved by a keyboard.",
        "1.67",
        "tests/browser/test_pages.py::test_a_page_is_clean_whatever_is_opened_or_pressed_and_links_lead_somewhere",
        "The front end lets a keyboard reach every table and popover that scrolls.",
    ),
    Patch(
        "theme.js",
        "The theme that a reader chose holds only on the page on which it was chosen.",
        "1.67",
        "tests/browser/test_theme.py::test_the_chosen_theme_holds_on_every_page",
        "Streamlit keeps one choice of theme for an app.",
    ),
    Patch(
        "translate.js",
        "In a page that the browser translates, old titles stand over new charts, and pages break off with errors.",
        "1.67",
        "tests/browser/test_translated.py::test_after_every_choice_title_text_and_chart_agree",
        "React, or Streamlit, goes on where a translator has put an element in the place of a text.",
    ),
)
# The HTML that Streamlit serves for every page.
SHELL: Final = Path(get_static_dir(), "index.html")
HEAD: Final = Path(__file__).resolve().parent / "head"
# The end of a run is told in a few bytes; a message that is longer is not that, and need not be read.
LONGEST_END_OF_RUN: Final = 256

_TAGS: Final[Mapping[str, str]] = {".js": "script", ".css": "style"}


# ---------------------------------------------------------------- pages


def register_pages_by_navigation_alone() -> None:
    """Have Streamlit leave the folder ``pages/`` to ``st.navigation``, from the first run on; once a process.

    It looks for that folder when a reader comes, until a first run has reached ``st.navigation``. Its AppTest makes
    it look again before each run, so to set `PagesManager.uses_pages_directory` once is not enough.
    """
    made = PagesManager.__init__
    if hasattr(made, "__wrapped__"):
        return

    @functools.wraps(made)
    def initialized(self: PagesManager, *args: Any, **kwargs: Any) -> None:
        PagesManager.uses_pages_directory = False
        made(self, *args, **kwargs)

    PagesManager.__init__ = initialized  # type: ignore[method-assign]


# ---------------------------------------------------------------- sockets


class NoDelayMiddleware:
    """Middleware: has each connection send a message at once (TCP_NODELAY).

    asyncio sets this option itself where a socket says that it is TCP; Streamlit opens its own in a way that does not
    say so, and Nagle's algorithm stays on. It stands next to the socket: what stands further in is given another
    ``receive``, without the connection.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set the option and pass on; the server's start and end have no connection."""
        if scope["type"] in ("http", "websocket"):
            set_no_delay(receive)
        await self.app(scope, receive, send)


def set_no_delay(receive: Receive) -> None:
    """Set TCP_NODELAY on the connection behind ``receive``; nothing where it can't be found or is no TCP."""
    if (connection := connection_of(receive)) and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def connection_of(receive: Receive) -> socket.socket | None:
    """The connection that uvicorn holds behind ``receive``; nothing where another server runs the dashboard."""
    # A method of uvicorn's protocol, or of its one request, each of which holds the connection's transport.
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    found: socket.socket | None = transport.get_extra_info("socket") if transport else None
    return found


class ReconnectMiddleware:
    """Middleware: until a socket has been shown a whole page, whatever it asks for is a whole page.

    A reader whose server has died comes to another one with the page still open. A choice asks for one card then, which
    the other server has not run yet: Streamlit drops such a request, and the card would not answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a socket, or pass on whatever else it is."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        whole = False

        async def heard() -> Message:
            message = await receive()
            return message if whole else _ask_for_page(message)

        async def said(message: Message) -> None:
            nonlocal whole
            whole = whole or _is_end_of_run(message)
            await send(message)

        await self.app(scope, heard, said)


def _ask_for_page(message: Message) -> Message:
    """A request for a card as one for its page; any other as it is, also what is no request."""
    try:
        request = BackMsg.FromString(message.get("bytes") or b"")
    except DecodeError:
        return message
    if not request.rerun_script.fragment_id:
        return message
    request.rerun_script.ClearField("fragment_id")
    return {**message, "bytes": request.SerializeToString()}


def _is_end_of_run(message: Message) -> bool:
    data = message.get("bytes") or b""
    if not 0 < len(data) <= LONGEST_END_OF_RUN:
        return False
    reply = ForwardMsg.FromString(data)
    return bool(reply.WhichOneof("type") == "script_finished" and reply.script_finished == reply.FINISHED_SUCCESSFULLY)


# ---------------------------------------------------------------- the served page


def page_head(files: Mapping[str, str]) -> str:
    """What stands first in every page's head: each style and script of `HEAD`, by its file's name, in their order.

    Before the front end's own code, since some of them wrap functions of the browser that it calls.
    """
    tags = [(_TAGS[name[name.rindex(".") :]], text) for name, text in sorted(files.items())]
    return "".join(f"<{tag}>{text}</{tag}>" for tag, text in tags)
