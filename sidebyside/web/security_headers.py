"""What a public host keeps shut, and the security headers of every response.

The Content-Security-Policy of a page starts from ``default-src 'none'`` and opens only what Streamlit's front end uses:

- ``script-src 'self'`` and a nonce: its modules lie on this server; its page holds a line of inline script, and a few
  of ours (``web/head``). Charts need no ``unsafe-eval``, since Streamlit has Vega interpret its expressions.
- ``style-src 'self' 'unsafe-inline'``: its style sheet; rules that Emotion, Vega's tooltip and the widgets write while
  the page runs, without a nonce (tried: 15 refusals a page); and style attributes, by which charts and widgets place
  and colour things. A style runs no script, and nothing from the address or the tables is rendered as HTML.
- ``img-src data: blob:``: icons of the style sheet, and the picture that a chart becomes for "Download as PNG".
- ``connect-src 'self'``: the WebSocket and the health check. ``manifest-src``: its own file. ``font-src data:``: icons
  inside its style sheet.

No page may be framed, but by whom the host names (`settings.FRAMES_VARIABLE`), and on Streamlit Community Cloud, which
shows every app in a frame of the app's own address.
Whatever is not a page (scripts, data, downloads, pictures) may load nothing at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

from sidebyside.layouts.page_list import PAGES
from sidebyside.web import addresses, not_found, settings
from sidebyside.web.addresses import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Where Streamlit keeps what readers download.
DOWNLOADS: Final = "/media/"
# What common proxies take as well; the longest of our own has a few hundred characters.
LONGEST_ADDRESS: Final = 8_192
POLICY: Final = "Content-Security-Policy"

# Figures of the server's inside; a door for files, which the dashboard never asks for; an interface for programs.
_CLOSED = re.compile(r"/_stcore/(metrics|upload_file|agent)(/|$)")
# Streamlit Community Cloud.
_FRAMING_HOST = re.compile(r".+\.streamlit\.app(:\d+)?")
PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
)
_FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
PLAIN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors {frames}"
)
_HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    # The addresses of this site say what a reader looked at: other sites learn nothing of them.
    "Referrer-Policy": "same-origin",
    # The viewer's menu offers to record the screen; copying and the full screen belong to the cards.
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), midi=(), payment=(), usb=(), "
        "microphone=(self), display-capture=(self), fullscreen=(self), clipboard-write=(self)"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Middleware: closes what a public host keeps shut, and puts the security headers on every response.

    Streamlit answers any unknown address with its page; here that is a page that says so, with the status 404. A file
    that a reader saves may be HTML too: it is passed on as what it is, and nothing in it may run under our address.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        """Wrap ``app``, which lives under the path ``base``."""
        self.app = app
        self.prefix = addresses.prefix(base)
        _, _, self.frames = settings.settings()
        self.files = f"{addresses.prefix(base)}{DOWNLOADS}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await (_refusal(scope) or self.app)(scope, receive, _SecuredResponse(self, scope, receive, send))


class _SecuredResponse:
    """Sends one response on, with its headers, or the page for lost readers in its place."""

    def __init__(self, security: SecurityHeaders, scope: Scope, receive: Receive, send: Send) -> None:
        self.security, self.scope, self.receive, self.plain_send = security, scope, receive, send
        self.is_file = scope["path"].startswith(security.files)
        self.replaced = False

    async def __call__(self, message: Message) -> None:
        if self.replaced:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html") and POLICY not in headers:
                if not (self.is_file and headers.get("content-disposition", "").startswith("attachment")):
                    self.replaced = True
                    await not_found.lost(self.security.prefix)(self.scope, self.receive, self._protected)
                    return
                headers[POLICY] = f"{_FILE_POLICY}; sandbox"
        await self._protected(message)

    async def _protected(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            _protect(MutableHeaders(scope=message), Headers(scope=self.scope).get("host", ""), self.security.frames)
        await self.plain_send(message)


def _refusal(scope: Scope) -> Response | None:
    path: str = scope["path"]
    host = Headers(scope=scope).get("host", "")
    if host and not HOST.fullmatch(host):
        return PlainTextResponse("Bad Request", status_code=400)
    if _CLOSED.search(path):
        return PlainTextResponse("Not Found", status_code=404)
    length = len(scope.get("raw_path") or path) + len(scope["query_string"])
    if length > LONGEST_ADDRESS:
        return _shortened(path)
    return None


def _shortened(path: str) -> Response:
    """To the page alone, where only the options of an address are too long."""
    last = path.rpartition("/")[2]
    if not last or last in PAGES:
        return RedirectResponse(f"./{last}", status_code=303)
    return PlainTextResponse("URI Too Long", status_code=414)


def _protect(headers: MutableHeaders, host: str, named: str) -> None:
    on_community_cloud = _FRAMING_HOST.fullmatch(host)
    allowed = f"'self' {named}".strip() if named or on_community_cloud else "'none'"
    policy = headers.get(POLICY, _FILE_POLICY)
    headers[POLICY] = policy.replace("{frames}", allowed)
    # The older header can't name an origin; where it is missing, the policy alone decides.
    if not named:
        headers["X-Frame-Options"] = "SAMEORIGIN" if on_community_cloud else "DENY"
    headers.update(_HEADERS)
