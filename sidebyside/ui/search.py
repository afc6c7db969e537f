"""The search over the whole site: one field, and what it finds as a reader types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sidebyside.content import text
from sidebyside.data import interface
from sidebyside.layouts import finder, page_list
from sidebyside.ui.common import LONGEST_SEARCH, fragment, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidebyside.layouts.finder import Entry, Found

# Of fewer letters a reader has hardly begun: it is not yet said that nothing was found.
SHORTEST = 3
LONGEST_SAID = 60
# What is told with the page that it stands on: the heading of a section alone may say little.
PLACED = ("section", "chart")
WAIT = "250ms"
# In the address, in the session what the field holds, and what of the address it took last.
PARAMETER = "q"
_FIELD, _ADDRESS = "search", "search-of-address"


@fragment(lambda: interface.words("part", "search"))
def search_field() -> None:
    """A field that finds what stands anywhere on the site; what was typed stands in the address (``?q=``).

    Nothing is looked up, and nothing but the field is shown, as long as it is empty.
    """
    # The keys are classes in the page, which the browser tests look for.
    with st.container(key="search-site"):
        typed = _field()
        if not typed:
            return
        with st.spinner(interface.words("looking-through-pages")):
            found = finder.find(typed)
        if said := "\n\n".join(_said(found, typed)):
            with st.container(border=True, key="search-results"):
                # One element, however many results: it must be there while somebody types.
                st.markdown(said)


def _field() -> str:
    """What stands in the field."""
    if _ADDRESS not in st.session_state or st.session_state[_ADDRESS] != _asked():
        st.session_state[_FIELD] = st.session_state[_ADDRESS] = _asked()
    words = st.text_input(
        interface.words("search-site"),
        key=_FIELD,
        type="search",
        live=WAIT,
        on_change=_to_address,
        icon=":material/search:",
        placeholder=interface.words("search-site", "example"),
        label_visibility="collapsed",
    )
    return (words or "").strip()[:LONGEST_SEARCH]


def _asked() -> str:
    """What the address asks for; it may bring any text."""
    return st.query_params.get(PARAMETER, "")[:LONGEST_SEARCH]


def _to_address() -> None:
    # Not by Streamlit's binding: it (1.67) takes a parameter that another page binds too out of the address on Back.
    typed = (st.session_state[_FIELD] or "")[:LONGEST_SEARCH]
    # An empty one too: the front end takes an address without options for a page that is being left (`history.js`).
    st.query_params[PARAMETER] = st.session_state[_ADDRESS] = typed


def _said(found: Found, typed: str) -> Iterator[str]:
    if found.door:
        yield f"[{interface.words('door-to-life')}]({found.door})"
    for group, entries in found.groups.items():
        yield "\n".join([f"**{interface.words('found-group', group)}**\n", *(f"- {_link(each)}" for each in entries)])
    shown = sum(map(len, found.groups.values()))
    if shown < found.fitting:
        yield interface.words("found-some", shown=shown, count=found.fitting)
    if not shown and not found.door and len(typed) >= SHORTEST:
        yield _nothing(typed)


def _link(entry: Entry) -> str:
    link = f"[{text.escape(entry.label)}]({entry.address})"
    if entry.kind not in PLACED:
        return link
    return f"{link} :small[:gray[{text.escape(page_list.short_title(entry.page))}]]"


def _nothing(typed: str) -> str:
    words = typed if len(typed) <= LONGEST_SAID else f"{typed[:LONGEST_SAID]}\N{HORIZONTAL ELLIPSIS}"
    return interface.words(
        "found-nothing",
        words=quoted(text.escape(words)),
        differences=finder.list_address("differences"),
        glossary=finder.list_address("glossary"),
        help=finder.list_address("help"),
    )
