"""A page of the static edition as an HTML file, described for search engines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sidebyside
from sidebyside.charts import theme
from sidebyside.data import interface, jsonld
from sidebyside.data.sources import citations
from sidebyside.layouts import page_list
from sidebyside.layouts.pages import PAGES
from sidebyside.site import handout, markup
from sidebyside.site.page_builder import FILES, NAMES, STORIES, tab

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidebyside.data.sources import Source
    from sidebyside.site.page_builder import PageBuilder


def page(builder: PageBuilder, address: str) -> bytes:
    """A page as an HTML file."""
    called = tab(builder.name) if builder.name in NAMES else builder.title
    cited = sorted(citations(builder.cited), key=lambda source: source.label.casefold())
    words = _beyond(builder) if builder.parent else page_list.description(STORIES[builder.name])
    url = address_of(address, builder.name)
    return (
        handout.template("page.html")
        .render(
            builder=builder,
            tab=page_list.page_title(called),
            words=words,
            url=url,
            sign=_sign(),
            picture=f"{address}/share/{_pictured(builder.parent or builder.name)}.png" if address else "",
            pages={FILES[hub]: tab(FILES[hub]) for hub in page_list.HUBS},
            siblings=_siblings(builder.parent or builder.name),
            handle=f"{builder.app}/{_app_page(builder.parent or builder.name)}",
            contents=[(b["id"], b["heading"]) for b in builder.blocks if b.get("heading") and "id" in b],
            cited=cited,
            described=_described(builder, words, url, cited),
            site=interface.words("site"),
            pages_beside=interface.words("pages-beside"),
            no_advice=interface.words("no-advice"),
            credit=sidebyside.credit(),
            verdicts={verdict: colour for verdict, (colour, _) in theme.VERDICTS.items()},
            ms=theme.MS,
            als=theme.ALS,
        )
        .encode()
    )


def moved(now: str) -> bytes:
    """A page that leads on to another one, for addresses of the first edition."""
    words = page_list.short_title(STORIES[now])
    return handout.template("moved.html").render(file=f"{now}.html", words=words).encode()


def _sign() -> str:
    """The site's sign for the browser tab, inside the page: else a browser asks the host for a picture."""
    marks = (
        f'<circle cx="8" cy="16" r="7" fill="{theme.MS.colour}"/><path d="M17 9h14v14H17z" fill="{theme.ALS.colour}"/>'
    )
    return "data:image/svg+xml," + quote(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{marks}</svg>')


def _app_page(name: str) -> str:
    """The page of the dashboard that says most of the same, as its address ends."""
    page = STORIES[name]
    return "" if page == page_list.FIRST else page


def _pictured(name: str) -> str:
    """The page whose first chart stands for this one; figures about length of life are in no preview."""
    page = STORIES[name]
    own = page != page_list.LENGTH_OF_LIFE and PAGES[page].charts_shown
    return name if own else FILES[page_list.hub_of(page)]


def _beyond(builder: PageBuilder) -> str:
    """What a page of further choices holds."""
    page, site = tab(builder.parent), interface.words("site")
    return interface.words("charts-of-page", title=builder.title, page=page, site=site)


def _siblings(name: str) -> dict[str, str]:
    """The hub of a page and its sub-pages, by their files, with their short titles."""
    hub = page_list.hub_of(STORIES[name])
    return {FILES[page]: tab(FILES[page]) for page in (hub, *page_list.HUBS[hub])}


def address_of(address: str, name: str) -> str:
    """The public address of a page; empty where the edition has none."""
    if not address:
        return ""
    return f"{address}/" if name == "index" else f"{address}/{name}.html"


def _described(builder: PageBuilder, words: str, url: str, cited: Iterable[Source]) -> str:
    """The page for search engines: schema.org MedicalWebPage, on the evidence page with the Dataset."""
    page: dict[str, Any] = {
        "@context": jsonld.SCHEMA,
        "@type": "MedicalWebPage",
        "name": builder.title,
        "description": words,
        **({"url": url} if url else {}),
        "inLanguage": "en",
        "dateModified": jsonld.modified(),
        "isPartOf": {"@type": "WebSite", "name": interface.words("site")},
        "about": [
            {"@type": "MedicalCondition", "name": full, "alternateName": short}
            for full, short in map(markup.named, theme.CONDITIONS)
        ],
        "citation": [source.url or source.label for source in cited],
    }
    if builder.name == "evidence":
        page["mainEntity"] = json.loads(jsonld.json_ld())
    # A closing tag inside a text must not end the script.
    return json.dumps(page, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
