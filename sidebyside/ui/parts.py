"""Small parts that tiles and lists share: MS beside ALS, sources behind a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sidebyside.data import interface
from sidebyside.data.sources import citations
from sidebyside.ui.common import fragment, popover, source_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streamlit.delta_generator import DeltaGenerator


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two places side by side at every width, MS left and ALS right.

    Columns would stand one below the other on a phone, or scroll within a grid, where a keyboard can't reach them.
    """
    row = st.container(horizontal=True, wrap=False, gap="small")
    return row.container(width="stretch", gap="xsmall"), row.container(width="stretch", gap="xsmall")


@fragment(lambda name, *_: interface.words("part-named", "list", name=name))
def sources_popover(name: str, source_ids: Iterable[str]) -> None:
    """A quiet button that names how many sources there are, and opens them as whole references with links."""
    found = citations(source_ids)
    label = interface.words("source-count", "one" if len(found) == 1 else "many", count=len(found))
    with popover(label, f"sources-of-{name}", icon=":material/menu_book:") as opened:
        if opened.open:
            st.markdown(source_list(found))
