"""What stands on hubs alone: tiles of a few words, doors for those who come with a question, cards to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sidebyside.charts import theme
from sidebyside.content import text
from sidebyside.content import tiles as content_tiles
from sidebyside.data import interface
from sidebyside.layouts import page_list
from sidebyside.ui.common import note, show_lost_rows
from sidebyside.ui.parts import beside, sources_popover

if TYPE_CHECKING:
    from sidebyside.charts.theme import Condition
    from sidebyside.content.tiles import Tile

# What a value as large as a number may have: longer ones are cut on a phone.
LONGEST_NUMBER = 6
TILE_WIDTH = 230
CARD_WIDTH = 180


def doors() -> None:
    """Links for those who come with a question of their own, in one line."""
    words = interface.cases("door", *page_list.DOORS)
    links = [f"[{text.escape(words[name])}]({address})" for name, address in page_list.DOORS.items()]
    st.markdown(" \N{MIDDLE DOT} ".join(links))


def tiles() -> None:
    """A few words or a number each for MS and for ALS, side by side at every width."""
    shown = content_tiles.tiles()
    show_lost_rows(shown, interface.words("part", "tiles"))
    with st.grid(2, min_column_width=TILE_WIDTH, gap="small"):
        for tile in shown:
            _tile(tile)


def _tile(tile: Tile) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f"**{text.escape(tile.label)}**")
        for place, condition, said in zip(beside(), theme.CONDITIONS, (tile.ms, tile.als), strict=True):
            with place:
                _value(condition, said)
        if tile.note:
            note(text.escape(tile.note))
        sources_popover(tile.id, tile.source_ids)


def _value(condition: Condition, said: str) -> None:
    named = theme.named(condition)
    if len(said) <= LONGEST_NUMBER:
        st.metric(named, said)
    else:
        st.markdown(f"{named}  \n**{said}**")


def explore(page: str) -> None:
    """A card for each sub-page of a hub: its name, what it answers, and the way there."""
    below = page_list.HUBS[page]
    st.header(interface.words("explore"), anchor="explore")
    with st.grid(len(below), min_column_width=CARD_WIDTH, gap="small"):
        for name in below:
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.page_link(
                    page_list.script(name),
                    label=f"**{page_list.short_title(name)}**",
                    icon=":material/arrow_forward:",
                    icon_position="right",
                )
                st.markdown(page_list.description(name))
