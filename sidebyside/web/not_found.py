"""The page for lost readers."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from sidebyside.layouts import page_list
from sidebyside.layouts.page_list import PAGES
from sidebyside.web import addresses

if TYPE_CHECKING:
    from starlette.responses import Response


def lost(prefix: str) -> Response:
    """The page for lost readers, with links to all pages."""
    # Here, and not above: the server is up before the tables are loaded.
    from sidebyside.data import interface

    title = html.escape(page_list.page_title(interface.words("page-not-found")))
    heading = html.escape(interface.words("no-such-page"))
    lead = html.escape(interface.words("pages-of-site", site=page_list.site_name()))
    document = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head><body><main>'
        f"<h1>{heading}</h1><p>{lead}</p>"
        f"<p>{links(prefix)}</p>"
        "</main></body></html>"
    )
    return HTMLResponse(document, status_code=404, headers={"Cache-Control": "no-cache"})


def links(prefix: str) -> str:
    """Links to all pages, as HTML."""
    return " ".join(
        f'<a href="{prefix}{addresses.path(name)}">{html.escape(page_list.short_title(name))}</a>' for name in PAGES
    )
