"""What a public host needs around the dashboard: closed doors, security headers, and pages that others can find.

The Content-Security-Policy of a page starts from ``default-src 'none'`` and opens only what Streamlit's front end uses:

- ``script-src 'self'`` and a nonce: its modules lie on this server; its page holds a line of inline script, and a few
  of ours (``templates/head``). Charts need no ``unsafe-eval``, since Streamlit has Vega interpret its expressions.
- ``style-src 'self' 'unsafe-inline'``: its style sheet; rules that Emotion, Vega's tooltip and the widgets write while
  the page runs, without a nonce (tried: 15 refusals a page); and style attributes, by which charts and widgets place
  and colour things. A style runs no script, and nothing from the address or the tables is rendered as HTML.
- ``img-src data: blob:``: icons of the style sheet, and the picture that a chart becomes for "Download as PNG".
- ``connect-src 'self'``: the WebSocket and the health check. ``manifest-src``: its own file. ``font-src data:``: icons
  inside its style sheet.

No page may be framed, but by whom the host names (`FRAMES_VARIABLE`), and on Streamlit Community Cloud, which shows
every app in a frame of the app's own address.
Whatever is not a page (scripts, data, downloads, pictures) may load nothing at all.
"""

from __future__ import annotations

import functools
import html
import io
import logging
import os
import re
import secrets
import textwrap
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger(__name__)
FIRST: Final = "overview"
PAGES: Final[Mapping[str, str]] = {
    FIRST: "Overview",
    "mechanism": "Mechanism",
    "course": "Course",
    "evidence": "Evidence",
}
# Where a host says its public address, such as https://example.org; else it is taken from each request.
SITE_VARIABLE: Final = "SIDEBYSIDE_SITE"
# Whether a proxy in front says what it was asked, in X-Forwarded-Proto and X-Forwarded-Host; anyone could, without one.
PROXY_VARIABLE: Final = "SIDEBYSIDE_PROXY"
TRUSTED: Final = "trusted"
# Who may show the dashboard in a frame: origins such as https://school.example, with spaces between.
FRAMES_VARIABLE: Final = "SIDEBYSIDE_FRAMES"
# Where the static edition lies: its public address, or the folder that it was written to and is served from.
EDITION_VARIABLE: Final = "SIDEBYSIDE_EDITION"
EDITION_FOLDER: Final = Path(__file__).resolve().parent.parent / "site"
PLAIN: Final = "plain"
# Where Streamlit keeps what readers download.
DOWNLOADS: Final = "/media/"
# What common proxies take as well; the longest of our own has a few hundred characters.
LONGEST_ADDRESS: Final = 8_192
# In pixels: what the networks that show previews ask for.
PICTURE_SIZE: Final = (1200, 630)
POLICY: Final = "Content-Security-Policy"

# Figures of the server's inside; a door for files, which the dashboard never asks for; an interface for programs.
_CLOSED = re.compile(r"/_stcore/(metrics|upload_file|agent)(/|$)")
_ADDRESS = re.compile(r"https?://[^\s\"'<>?#]+")
_SCHEME = re.compile(r"https?")
_HOST = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
# Streamlit Community Cloud.
_FRAMING_HOST = re.compile(r".+\.streamlit\.app(:\d+)?")
_NAME = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
_ORIGIN = re.compile(rf"(https://(\*\.)?{_NAME}|http://(localhost|127\.0\.0\.1))(:\d{{1,5}})?")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
)
_FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
_PLAIN_POLICY = (
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
# What the shell says for every page alike, and we for each.
_REPLACED = re.compile(r'<title>.*?</title>|<link rel="service-desc"[^>]*>|<noscript>.*?</noscript>', re.S)


def site_name() -> str:
    """What the site is called."""
    # Here, and not above: the server is up before the tables are loaded.
    from sidebyside import interface

    return interface.words("site")


def headed(title: str) -> str:
    """The title of a page as the browser's tab and search engines show it."""
    return f"{title} \N{MIDDLE DOT} {site_name()}"


def description(name: str) -> str:
    """The answer sentence of a page; a general one where a fault, whatever it is, keeps it back."""
    try:
        # Here, and not above: the server is up before the tables and charts are loaded.
        from sidebyside import prose

        return " ".join(prose.section(name, "answer").body.split())
    except Exception:
        LOG.exception("The page %s goes out without its answer", name)
        return site_in_short()


def site_in_short() -> str:
    """What the site is, in one sentence."""
    from sidebyside import interface

    return interface.words("site-in-short")


def plain_page(name: str) -> str:
    """The address of a page in the static edition, as a link on that page says it; empty where there is no edition."""
    said = os.environ.get(EDITION_VARIABLE, "")
    file = "index.html" if name == FIRST else f"{name}.html"
    if said.startswith(("https://", "http://")):
        return f"{said.rstrip('/')}/{file}"
    return f"{PLAIN}/{file}" if _edition_folder() else ""


def _edition_folder() -> Path | None:
    """The folder that holds the static edition, if there is one now: it may be written while the server runs."""
    folder = Path(os.environ.get(EDITION_VARIABLE) or EDITION_FOLDER)
    return folder if (folder / "index.html").is_file() else None


def settings() -> tuple[str, bool, str]:
    """What a host says: the public address or nothing, whether its proxy is trusted, and who may frame the dashboard.

    Raises:
        ValueError: one of them can't be what is meant.
    """
    site, proxy = os.environ.get(SITE_VARIABLE, "").rstrip("/"), os.environ.get(PROXY_VARIABLE, "")
    named = os.environ.get(FRAMES_VARIABLE, "").split()
    for variable, said, form, meant in (
        (SITE_VARIABLE, [site] if site else [], _ADDRESS, "an address such as https://example.org"),
        (PROXY_VARIABLE, [proxy] if proxy else [], re.compile(TRUSTED), f"{TRUSTED!r}, or nothing"),
        (FRAMES_VARIABLE, named, _ORIGIN, "origins such as https://school.example, with spaces between"),
    ):
        for wrong in (one for one in said if not form.fullmatch(one)):
            msg = f"{variable} is to be {meant}, not {wrong!r}"
            raise ValueError(msg)
    return site, proxy == TRUSTED, " ".join(named)


class Guard:
    """Middleware: closes what a public host keeps shut, and puts the security headers on every response.

    Streamlit answers any unknown address with its page; here that is a page that says so, with the status 404. A file
    that a reader saves may be HTML too: it is passed on as what it is, and nothing in it may run under our address.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        """Wrap ``app``, which lives under the path ``base``."""
        self.app = app
        self.prefix = _prefix(base)
        _, _, self.frames = settings()
        self.files = f"{_prefix(base)}{DOWNLOADS}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await (_refusal(scope) or self.app)(scope, receive, _Guarded(self, scope, receive, send))


class _Guarded:
    """Sends one response on, with its headers, or the page for lost readers in its place."""

    def __init__(self, guard: Guard, scope: Scope, receive: Receive, send: Send) -> None:
        self.guard, self.scope, self.receive, self.plain_send = guard, scope, receive, send
        self.is_file = scope["path"].startswith(guard.files)
        self.replaced = False

    async def __call__(self, message: Message) -> None:
        if self.replaced:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html") and POLICY not in headers:
                if not (self.is_file and headers.get("content-disposition", "").startswith("attachment")):
                    self.replaced = True
                    await _lost(self.guard.prefix)(self.scope, self.receive, self._protected)
                    return
                headers[POLICY] = f"{_FILE_POLICY}; sandbox"
        await self._protected(message)

    async def _protected(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            _protect(MutableHeaders(scope=message), Headers(scope=self.scope).get("host", ""), self.guard.frames)
        await self.plain_send(message)


def routes(shell: str, front: str, base: str = "") -> list[BaseRoute]:
    """The pages, their pictures, ``robots.txt`` and ``sitemap.xml``; the static edition, where there is one.

    ``shell`` is the HTML that Streamlit serves for every page, ``front`` what stands first in its head, and ``base``
    the path that the dashboard lives under.

    Raises:
        ValueError: a setting of the host can't be what is meant.
    """
    prefix = _prefix(base)
    # Here, and not with the first request: a host should see at once what can't be meant.
    settings()

    def home(request: Request) -> Response:
        return _page(shell, front, FIRST, request, prefix)

    def named(request: Request) -> Response:
        return _page(shell, front, request.url.path.rpartition("/")[2], request, prefix)

    def robots(request: Request) -> Response:
        return PlainTextResponse(f"User-agent: *\nAllow: /\n\nSitemap: {_site(request, prefix)}/sitemap.xml\n")

    def sitemap(request: Request) -> Response:
        return Response(_sitemap(_site(request, prefix)), media_type="application/xml")

    return [
        Route(f"{prefix}/", home),
        *(Route(f"{prefix}{_path(name)}", named) for name in PAGES if name != FIRST),
        Route(f"{prefix}/{FIRST}", _first),
        Route(f"{prefix}/index.html", _first),
        Route(f"{prefix}/robots.txt", robots),
        Route(f"{prefix}/sitemap.xml", sitemap),
        Route(f"{prefix}/share/{{name}}.png", _share),
        Route(f"{prefix}/{PLAIN}", _to_plain),
        Mount(f"{prefix}/{PLAIN}", _Plain()),
    ]


class _Plain(StaticFiles):
    """The static edition, as soon as it is there: no script runs in it."""

    def __init__(self) -> None:
        """Serve the folder that the host names, or the usual one."""
        super().__init__(directory=os.environ.get(EDITION_VARIABLE) or EDITION_FOLDER, html=True, check_dir=False)

    async def check_config(self) -> None:
        """Nothing: the folder need not be there yet."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file of the edition, or the page for lost readers."""
        if _edition_folder() is None:
            return _nowhere()
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != HTTPStatus.NOT_FOUND:
                raise
            return _nowhere()

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file with its policy; asked for anew each time, since an edition may be written again."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update({POLICY: _PLAIN_POLICY, "Cache-Control": "no-cache"})
        return response


def _to_plain(request: Request) -> Response:
    """To the edition's first page, by a relative address: a proxy may have taken a prefix off."""
    if _edition_folder() is None:
        return _nowhere()
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{PLAIN}/{query}", status_code=308)


def _nowhere() -> Response:
    """Nothing is there: `Guard` puts the page for lost readers in its place."""
    return HTMLResponse(status_code=404)


# ---------------------------------------------------------------- guarding


def _refusal(scope: Scope) -> Response | None:
    path: str = scope["path"]
    host = Headers(scope=scope).get("host", "")
    if host and not _HOST.fullmatch(host):
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


def _prefix(base: str) -> str:
    return f"/{base.strip('/')}".rstrip("/")


def _protect(headers: MutableHeaders, host: str, named: str) -> None:
    on_community_cloud = _FRAMING_HOST.fullmatch(host)
    allowed = f"'self' {named}".strip() if named or on_community_cloud else "'none'"
    policy = headers.get(POLICY, _FILE_POLICY)
    headers[POLICY] = policy.replace("{frames}", allowed)
    # The older header can't name an origin; where it is missing, the policy alone decides.
    if not named:
        headers["X-Frame-Options"] = "SAMEORIGIN" if on_community_cloud else "DENY"
    headers.update(_HEADERS)


# ---------------------------------------------------------------- pages


def _page(shell: str, front: str, name: str, request: Request, prefix: str) -> Response:
    # New for each answer, or it would protect from nothing: so a page is asked for anew each time (no-cache).
    nonce = secrets.token_urlsafe(16)
    said = _said(name, _site(request, prefix))
    document = _REPLACED.sub("", shell).replace("<head>", f"<head>{front}", 1)
    document = document.replace("<script", f'<script nonce="{nonce}"')
    document = document.replace("</head>", f"{said}</head>").replace("<body>", f"<body>{_without_script(name)}")
    policy = _PAGE_POLICY.replace("{nonce}", nonce)
    return HTMLResponse(document.strip(), headers={POLICY: policy, "Cache-Control": "no-cache"})


def _said(name: str, site: str) -> str:
    """What search engines and previews read of a page."""
    title, words, address = headed(PAGES[name]), description(name), f"{site}{_path(name)}"
    named = {"description": words, "twitter:card": "summary_large_image"}
    properties = {
        "og:type": "website",
        "og:site_name": site_name(),
        "og:locale": "en",
        "og:title": title,
        "og:description": words,
        "og:url": address,
        "og:image": f"{site}/share/{name}.png",
        "og:image:width": str(PICTURE_SIZE[0]),
        "og:image:height": str(PICTURE_SIZE[1]),
        "og:image:alt": words,
    }
    return "\n".join(
        [
            f"<title>{html.escape(title)}</title>",
            f'<link rel="canonical" href="{html.escape(address)}">',
            *(f'<meta name="{key}" content="{html.escape(value)}">' for key, value in named.items()),
            *(f'<meta property="{key}" content="{html.escape(value)}">' for key, value in properties.items()),
            "",
        ]
    )


def _without_script(name: str) -> str:
    from sidebyside import interface

    # The link stands in the words, which are no HTML themselves.
    needs = html.escape(interface.words("needs-javascript", link="\0")).replace("\0", _plain_link(name))
    return (
        f"<noscript><h1>{html.escape(headed(PAGES[name]))}</h1><p>{html.escape(description(name))}</p>"
        f"<p>{needs}</p><p>{_links('.')}</p></noscript>"
    )


def _plain_link(name: str) -> str:
    from sidebyside import interface

    address, words = plain_page(name), html.escape(interface.words("without-javascript"))
    return f'<a href="{html.escape(address)}">{words}</a>' if address else ""


def _lost(prefix: str) -> Response:
    from sidebyside import interface

    title = html.escape(headed(interface.words("page-not-found")))
    heading = html.escape(interface.words("no-such-page"))
    lead = html.escape(interface.words("pages-of-site", site=site_name()))
    document = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head><body><main>'
        f"<h1>{heading}</h1><p>{lead}</p>"
        f"<p>{_links(prefix)}</p>"
        "</main></body></html>"
    )
    return HTMLResponse(document, status_code=404, headers={"Cache-Control": "no-cache"})


def _links(prefix: str) -> str:
    return " ".join(f'<a href="{prefix}{_path(name)}">{html.escape(title)}</a>' for name, title in PAGES.items())


def _first(request: Request) -> Response:
    """The first page has one address, the root; a relative one, since a proxy may have taken a prefix off."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=308)


def _sitemap(site: str) -> str:
    places = "".join(f"<url><loc>{html.escape(site + _path(name))}</loc></url>" for name in PAGES)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>\n'
    )


def _path(name: str) -> str:
    return "/" if name == FIRST else f"/{name}"


def _site(request: Request, prefix: str) -> str:
    """The public address of the dashboard with its path, without a slash at its end."""
    said, trusted, _ = settings()
    scheme, host = request.url.scheme, request.url.netloc
    if trusted:
        scheme, host = _forwarded(request, "proto", _SCHEME) or scheme, _forwarded(request, "host", _HOST) or host
    said = said or f"{scheme}://{host}"
    return said if said.endswith(prefix) else f"{said}{prefix}"


def _forwarded(request: Request, what: str, form: re.Pattern[str]) -> str:
    """What the first proxy was asked; empty where it is not said, or can't be."""
    said = request.headers.get(f"x-forwarded-{what}", "").partition(",")[0].strip()
    return said if form.fullmatch(said) else ""


# ---------------------------------------------------------------- pictures


def _share(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in PAGES:
        return PlainTextResponse("Not Found", status_code=404)
    try:
        drawn = _picture(site_name(), PAGES[name], description(name))
    except Exception:
        LOG.exception("The picture of the page %s cannot be drawn", name)
        return PlainTextResponse("Not Found", status_code=404)
    return Response(drawn, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})


@functools.lru_cache(maxsize=len(PAGES))
def _picture(site: str, title: str, words: str) -> bytes:
    """A page's title and answer beside the marks of both diseases, as previews show it."""
    from PIL import Image, ImageDraw, ImageFont

    from sidebyside import theme

    picture = Image.new("RGB", PICTURE_SIZE, "white")
    brush = ImageDraw.Draw(picture)
    brush.ellipse((80, 70, 150, 140), fill=theme.MS.colour)
    brush.rectangle((170, 73, 234, 137), fill=theme.ALS.colour)
    brush.text((264, 84), site, fill=theme.INK, font=ImageFont.load_default(42))
    brush.text((80, 190), title, fill=theme.INK, font=ImageFont.load_default(76))
    lines = textwrap.fill(words, 42, max_lines=4, placeholder=" ...")
    brush.multiline_text((80, 310), lines, fill=theme.INK, font=ImageFont.load_default(46), spacing=20)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
