"""The HTML of each page around what Streamlit serves: title, previews, styles and scripts, words without script."""

from __future__ import annotations

import html
import json
import logging
import re
import secrets
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from sidebyside.layouts import page_list
from sidebyside.site import plain_pages
from sidebyside.web import addresses, not_found
from sidebyside.web.previews import PICTURE_SIZE
from sidebyside.web.security_headers import PAGE_POLICY, POLICY

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LOG = logging.getLogger(__name__)
# What the shell says for every page alike, and we for each.
_REPLACED = re.compile(r'<title>.*?</title>|<link rel="service-desc"[^>]*>|<noscript>.*?</noscript>', re.S)


def page(shell: str, front: str, name: str, request: Request, prefix: str) -> Response:
    """A page's HTML with what stands around it, under its security policy."""
    # New for each answer, or it would protect from nothing: so a page is asked for anew each time (no-cache).
    nonce = secrets.token_urlsafe(16)
    said = _metadata(name, addresses.site(request, prefix))
    document = _REPLACED.sub("", shell).replace("<head>", f"<head>{_moved(name)}{front}", 1)
    # Our own scripts in the head are among these; what comes after has none.
    document = document.replace("<script", f'<script nonce="{nonce}"')
    document = document.replace("</head>", f"{said}</head>").replace("<body>", f"<body>{_without_script(name)}")
    policy = PAGE_POLICY.replace("{nonce}", nonce)
    return HTMLResponse(document.strip(), headers={POLICY: policy, "Cache-Control": "no-cache"})


def _moved(name: str) -> str:
    """Where places of the page stand now that stood on it once, for ``web/head/places.js``."""
    try:
        # Here, and not above: the server is up before the tables are loaded.
        from sidebyside.layouts import moved

        places = moved.places(name)
    except Exception:
        LOG.exception("Former addresses of the page %s lead nowhere", name)
        return ""
    # A closing tag inside an address must not end the element.
    listed = json.dumps(dict(places), separators=(",", ":")).replace("</", "<\\/")
    return f'<script type="application/json" id="moved-places">{listed}</script>' if places else ""


def _metadata(name: str, site: str) -> str:
    """What search engines and previews read of a page."""
    title, words, address = (
        page_list.page_title(page_list.short_title(name)),
        page_list.description(name),
        f"{site}{addresses.path(name)}",
    )
    named = {"description": words, "twitter:card": "summary_large_image"}
    properties = {
        "og:type": "website",
        "og:site_name": page_list.site_name(),
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
    from sidebyside.data import interface

    # The link stands in the words, which are no HTML themselves.
    needs = html.escape(interface.words("needs-javascript", link="\0")).replace("\0", _plain_link(name))
    return (
        f"<noscript><h1>{html.escape(page_list.page_title(page_list.short_title(name)))}</h1><p>{html.escape(page_list.description(name))}</p>"
        f"<p>{needs}</p><p>{not_found.links('.')}</p></noscript>"
    )


def _plain_link(name: str) -> str:
    from sidebyside.data import interface

    address, words = plain_pages.plain_page(name), html.escape(interface.words("without-javascript"))
    return f'<a href="{html.escape(address)}">{words}</a>' if address else ""
