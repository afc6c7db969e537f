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
# The section of each page whose heading is its title, and whose text is its answer in a sentence.
ANSWER: Final = "answer"
# The one list of pages: names in addresses, and in the navigation. Each has a layout and a script of its name.
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


def heading(name: str) -> str:
    """The title that stands on a page; its name in the navigation where a fault, whatever it is, keeps it back."""
    try:
        from sidebyside.content import text

        return text.section(name, ANSWER).heading
    except Exception:
        LOG.exception("The page %s is shown without its title", name)
        return PAGES[name]


def description(name: str) -> str:
    """The answer sentence of a page; a general one where a fault, whatever it is, keeps it back."""
    try:
        # Here, and not above: the server is up before the tables and charts are loaded.
        from sidebyside.content import text

        return " ".join(text.section(name, ANSWER).body.split())
    except Exception:
        LOG.exception("The page %s goes out without its answer", name)
        return site_in_short()


def site_in_short() -> str:
    """What the site is, in one sentence."""
    from sidebyside.data import interface

    return interface.words("site-in-short")
