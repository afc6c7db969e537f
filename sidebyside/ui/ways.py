"""The ways from a page to others: the list of all pages, a row of siblings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sidebyside.content import text
from sidebyside.data import interface
from sidebyside.layouts import page_list
from sidebyside.ui.common import fragment

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


@fragment(lambda _: interface.words("part", "all-pages"))
def all_pages(here: str) -> None:
    """A button that opens links to all pages, each hub with its sub-pages; the page one is on stands in bold.

    The links are made when it is opened: there are more of them than the rest of a page has.
    """
    with st.popover(interface.words("all-pages"), icon=":material/menu:", key="all-pages", on_change="rerun") as opened:
        if opened.open:
            for hub, below in page_list.HUBS.items():
                for name in (hub, *below):
                    _link(name, here, lead="" if name == hub else "\N{EN DASH} ")


def siblings(here: str) -> DeltaGenerator:
    """A row of links to the hub of a sub-page and to its siblings; gives the row, for what else belongs there."""
    hub = page_list.hub_of(here)
    row = st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="siblings")
    with row:
        for name in (hub, *page_list.HUBS[hub]):
            _link(name, here)
    return row


def _link(name: str, here: str, lead: str = "") -> None:
    words = f"{lead}{page_list.short_title(name)}"
    if name == here:
        # Bold, and no link: Streamlit marks the page one is on by its colour alone.
        st.markdown(f"**{text.escape(words)}**", width="content")
    else:
        st.page_link(page_list.script(name), label=words)
