"""The pages of the dashboard: their names in addresses, their titles, their answers.

It stays light: the server imports it before tables and charts are loaded.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LOG = logging.getLogger(__name__)
FIRST: Final = "overview"
PAGES: Final[Mapping[str, str]] = {
    FIRST: "Overview",
    "mechanism": "Mechanism",
    "course": "Course",
    "evidence": "Evidence",
}


def site_name() -> str:
    """What the site is called."""
    # Here, and not above: the server is up before the tables are loaded.
    from sidebyside.data import interface

    return interface.words("site")


def page_title(title: str) -> str:
    """The title of a page as the browser's tab and search engines show it."""
    return f"{title} \N{MIDDLE DOT} {site_name()}"


def description(name: str) -> str:
    """The answer sentence of a page; a general one where a fault, whatever it is, keeps it back."""
    try:
        # Here, and not above: the server is up before the tables and charts are loaded.
        from sidebyside.content import text

        return " ".join(text.section(name, "answer").body.split())
    except Exception:
        LOG.exception("The page %s goes out without its answer", name)
        return site_in_short()


def site_in_short() -> str:
    """What the site is, in one sentence."""
    from sidebyside.data import interface

    return interface.words("site-in-short")
