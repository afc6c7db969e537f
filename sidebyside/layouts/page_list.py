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
# The one list of pages, by their names in addresses: each hub with its sub-pages. Each has a layout and a script of its
# name, and its short title stands in ``interface`` under ``page``.
HUBS: Final[Mapping[str, tuple[str, ...]]] = {
    FIRST: (
        "compare",
        "symptoms",
        "finding-out",
        "numbers",
        "help",
    ),
    "mechanism": (
        "fibre",
        "muscle",
        "measures",
        "causes",
        "models",
    ),
    "course": (
        "course-ms",
        "relapses",
        "course-als",
        "treatments",
        "living",
        "length-of-life",
        "history",
    ),
    "evidence": (
        "claims",
        "figures",
        "sources",
        "words",
        "about",
    ),
}
PAGES: Final = tuple(page for hub, below in HUBS.items() for page in (hub, *below))
# Where each door of the first page leads; its words are a case of ``door``.
DOORS: Final[Mapping[str, str]] = {"worried": "help#help", "told": "help#just-told", "caring": "help#caring"}
# Which page holds what is told of length of life: a reader opens it by choice.
LENGTH_OF_LIFE: Final = "length-of-life"


def hub_of(name: str) -> str:
    """The hub that a page belongs to; a hub's own name for itself."""
    return next(hub for hub, below in HUBS.items() if name == hub or name in below)


def script(name: str) -> str:
    """The script of a page, as Streamlit asks for it: a sub-page's stands in a folder of its hub."""
    folder = "" if name in HUBS else f"{hub_of(name)}/"
    return f"pages/{folder}{module(name)}.py"


def module(name: str) -> str:
    """What the modules of a page are called."""
    return name.replace("-", "_")


def short_title(name: str) -> str:
    """What a page is called in the navigation; its name in the address where a fault keeps it back."""
    # Here, and not above: the server is up before the tables are loaded.
    from sidebyside.data import interface

    return interface.words("page", name)


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
        return short_title(name)


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
