"""Small parts that cards, tiles and lists share: MS beside ALS, small print, sources behind a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sidebyside.data import interface
from sidebyside.data.sources import citations
from sidebyside.ui.common import source_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streamlit.delta_generator import DeltaGenerator


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two places side by side at every width, MS left and ALS right.

    Columns would stand one below the other on a phone, or scroll within a grid, where a keyboard can't reach them.
    """
    row = st.container(horizontal=True, wrap=False, gap="small")
    return row.container(width="stretch", gap="xsmall"), row.container(width="stretch", gap="xsmall")


def note(words: str) -> None:
    """Small print in a quiet colour, as Markdown; `st.caption` is too pale to be read by all."""
    st.markdown(f":small[:gray[{words}]]")


def sources_popover(source_ids: Iterable[str]) -> None:
    """A quiet button that names how many sources there are, and opens them as whole references with links."""
    found = citations(source_ids)
    label = interface.words("sources-counted", "one" if len(found) == 1 else "many", count=len(found))
    with st.popover(label, type="tertiary", icon=":material/menu_book:"):
        st.markdown(source_list(found))
