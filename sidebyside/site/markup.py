"""Markdown of texts as HTML, with links that lead where things stand in the static edition."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from sidebyside.content import glossary
from sidebyside.data import disk, translations
from sidebyside.site.page_builder import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

    from sidebyside.charts.theme import Condition


def place(href: str) -> str:
    """Where a link of the dashboard leads in the edition."""
    address = urlsplit(href)
    page = address.path.strip("/")
    if address.scheme or page not in FILES:
        return href
    query = {key: values[0] for key, values in parse_qs(address.query).items()}
    if "claim" in query:
        return f"claims.html#claim-{query['claim']}"
    if "term" in query:
        return f"words.html#{glossary.anchor(query['term'])}"
    if "source" in query:
        return f"sources.html#source-{query['source']}"
    file = FILES[page]
    return f"{file}.html#{address.fragment}" if address.fragment else f"{file}.html"


@functools.cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _at_home(tokens: Iterable[Token]) -> None:
    """Links to where they lead in the edition; heads of tables with what they head."""
    for token in tokens:
        if token.type == "link_open":
            token.attrSet("href", place(str(token.attrGet("href"))))
        if token.type in ("th_open", "td_open"):
            token.attrs = {"scope": "col"} if token.type == "th_open" else {}
        _at_home(token.children or ())


def _rendered(tokens: list[Token]) -> str:
    _at_home(tokens)
    return str(_markdown().renderer.render(tokens, _markdown().options, {}))


def html(text: str) -> str:
    """Markdown of ours as HTML; where it is not in the language of the page, it says so."""
    return _in_language("div", text, _rendered(_markdown().parse(text)))


def inline(text: str) -> str:
    """Words of Markdown, without paragraphs, as HTML; see `html`."""
    return _in_language("span", text, _rendered(_markdown().parseInline(text)))


def in_language(words: str) -> Markup:
    """Plain words as HTML; see `html`. A filter of the templates."""
    return Markup(_in_language("span", words, str(escape(words))))


def _in_language(element: str, words: str, made: str) -> str:
    language = translations.language_of(words)
    return made if language == disk.ENGLISH else f'<{element} lang="{language}">{made}</{element}>'


def terms(known: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Terms with their plain definitions, these as HTML."""
    return tuple((term, inline(plain)) for term, plain in known)


def named(condition: Condition) -> tuple[str, str]:
    """A disease's full name and its short one."""
    return capitalized(condition.name), condition.key


def capitalized(words: str) -> str:
    """Words as a heading: they begin with a capital letter."""
    return words[:1].upper() + words[1:]
