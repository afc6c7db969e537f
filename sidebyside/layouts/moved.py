"""Where addresses of the first edition lead: places by the table ``moved``, options by what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.data import package
from sidebyside.data.cache import cached
from sidebyside.layouts.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidebyside.layouts.blocks import PageLayout

# What an address says of lists: how its keys begin, and the list. Of a key with this name, or this and a hyphen.
LISTS: Mapping[str, str] = {
    "claim": "claims",
    "claims": "claims",
    "figures": "figures",
    "source": "sources",
    "find": "sources",
    "sources": "sources",
    "term": "glossary",
    "differences": "differences",
    "tests": "tests",
    "help": "organisations",
    "sheet": "take-a-sheet",
}


@cached("moved")
def places(page: str) -> Mapping[str, str]:
    """Where the places of a page stand now that stood on it once: ``page#place`` by the former place.

    Raises:
        DataError: ``moved.csv`` breaks its contract.
    """
    return {row["anchor"]: row["place"] for row in package.numbered_rows("moved") if row["page"] == page}


def page_of_keys(page: str, keys: Iterable[str]) -> str:
    """The page that a reader's choices belong to, by their names in the address; this one where it has them itself."""
    for key in keys:
        if _belongs(key, PAGES[page]):
            return page
    owners = (name for key in keys for name, layout in PAGES.items() if _belongs(key, layout))
    return next(owners, page)


def _belongs(key: str, layout: PageLayout) -> bool:
    charts = {chart.key for chart in (*layout.charts_shown, *layout.charts_on_request) if chart.options}
    controls = {f"{run.id}-{name}" for run in layout.simulations for name in ("preset", *run.bounds)}
    return key in charts | controls or _list_of(key) in layout.lists


def _list_of(key: str) -> str:
    return LISTS.get(key) or LISTS.get(key.partition("-")[0], "")
