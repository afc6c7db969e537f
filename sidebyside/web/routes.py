"""The routes of a public host: pages, pictures, ``robots.txt``, ``sitemap.xml``, the static edition."""

from __future__ import annotations

import html
import logging
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from sidebyside.layouts.page_list import FIRST, PAGES
from sidebyside.site.plain_pages import PLAIN
from sidebyside.web import addresses, page_html, plain, previews, settings
from sidebyside.web.plain import Plain

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

LOG = logging.getLogger(__name__)


def routes(shell: str, front: str, base: str = "") -> list[BaseRoute]:
    """The pages, their pictures, ``robots.txt`` and ``sitemap.xml``; the static edition, where there is one.

    ``shell`` is the HTML that Streamlit serves for every page, ``front`` what stands first in its head, and ``base``
    the path that the dashboard lives under.

    Raises:
        ValueError: a setting of the host can't be what is meant.
    """
    prefix = addresses.prefix(base)
    # Here, and not with the first request: a host should see at once what can't be meant.
    settings.settings()

    def home(request: Request) -> Response:
        if (now := _page_of_query(FIRST, request)) != FIRST:
            return RedirectResponse(f".{addresses.path(now)}?{request.url.query}", status_code=307)
        return page_html.page(shell, front, FIRST, request, prefix)

    def named(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        if (now := _page_of_query(name, request)) != name:
            return RedirectResponse(f".{addresses.path(now)}?{request.url.query}", status_code=307)
        return page_html.page(shell, front, name, request, prefix)

    def robots(request: Request) -> Response:
        return PlainTextResponse(f"User-agent: *\nAllow: /\n\nSitemap: {addresses.site(request, prefix)}/sitemap.xml\n")

    def sitemap(request: Request) -> Response:
        return Response(_sitemap(addresses.site(request, prefix)), media_type="application/xml")

    return [
        Route(f"{prefix}/", home),
        *(Route(f"{prefix}{addresses.path(name)}", named) for name in PAGES if name != FIRST),
        Route(f"{prefix}/{FIRST}", _first),
        Route(f"{prefix}/index.html", _first),
        Route(f"{prefix}/robots.txt", robots),
        Route(f"{prefix}/sitemap.xml", sitemap),
        Route(f"{prefix}/share/{{name}}.png", previews.share),
        Route(f"{prefix}/{PLAIN}", plain.to_plain),
        Mount(f"{prefix}/{PLAIN}", Plain()),
    ]


def _page_of_query(name: str, request: Request) -> str:
    """The page that the options of an address belong to: those of the first edition may stand on another page now."""
    if not request.url.query:
        return name
    try:
        # Here, and not above: the server is up before the charts are loaded.
        from sidebyside.layouts import moved

        return moved.page_of_keys(name, tuple(request.query_params))
    except Exception:
        LOG.exception("The page %s is shown whatever its address asks for", name)
        return name


def _first(request: Request) -> Response:
    """The first page has one address, the root; a relative one, since a proxy may have taken a prefix off."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=308)


def _sitemap(site: str) -> str:
    places = "".join(f"<url><loc>{html.escape(site + addresses.path(name))}</loc></url>" for name in PAGES)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>\n'
    )
