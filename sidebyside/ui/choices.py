"""A choice of one among a few, side by side; the address says it by a short value that outlives its words.

The framework's own binding (``bind="query-params"``) writes the words of an option into the address and knows no
others. Here the address holds the option's name in the tables, and each choice is an entry of the browser's history:
Back undoes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Mapping


def choice(label: str, options: Mapping[str, str], name: str, *, aliases: Mapping[str, str], key: str = "") -> str:
    """What the reader chose, or the address says under ``name``: an option; the first where neither says one we know.

    ``options`` holds the words of each, ``aliases`` what old addresses call them. The widget has the address's name
    for its key where it is given none of its own.
    """
    key = key or name
    picked: str | None = st.pills(
        label,
        list(options),
        default=_from_address(name, key, options, aliases),
        format_func=options.__getitem__,
        required=True,
        key=key,
        on_change=_tell_address,
        args=(name, key),
        label_visibility="collapsed",
    )
    return picked if picked is not None and picked in options else next(iter(options))


def _from_address(name: str, key: str, options: Mapping[str, str], aliases: Mapping[str, str]) -> str | None:
    """What the widget begins with; none where it was set here.

    It follows the address where that changed: by a link, Back or Forward. A server that took an open page over
    from another knows neither: there what the browser says of the widget goes before what it would begin with.
    """
    said, state = st.query_params.get(name, ""), st.session_state
    wanted = said if said in options else aliases.get(said)
    begins = wanted if wanted in options else next(iter(options))
    changed = state.get(_seen(key), said) != said
    state[_seen(key)] = said
    if key in state and (changed or state[key] not in options):
        state[key] = begins
        return None
    return begins


def _tell_address(name: str, key: str) -> None:
    # The first option too: the front end takes an address without options for a page that is being left (`history.js`).
    st.query_params[name] = st.session_state[_seen(key)] = st.session_state[key]


def _seen(key: str) -> str:
    return f"address-{key}"
