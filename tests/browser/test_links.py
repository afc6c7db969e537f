"""Following links tells each that leads nowhere, with the pages that it stands on, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.layouts import page_list
from tests.browser.links import Met, leading_nowhere

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = {"/course?x=1#time", "/", "https://doi.org/10.1/x", "tel:+44-20;ext=1"}
BROKEN = {
    "/course#attic": "names no place of its page",
    "/media/attic.csv": "answers 404",
    "ftp://example.org/x": "is no address",
    "https://doi": "is no address",
    "tel:nobody": "is no address",
}


def test_links_that_lead_nowhere_are_told_once_all_pages_are_there(site: str, tmp_path: Path) -> None:
    first, *between, last = page_list.PAGES
    met = Met(WHOLE | BROKEN.keys(), {"time"})
    for page in (first, *between):
        assert met.keep(tmp_path, page) is None
    walk = Met({"/course#attic"}).keep(tmp_path, last)
    assert walk is not None
    stands = ", ".join((first, *between))
    told = {link: f"{link} {fault}; on {stands}" for link, fault in BROKEN.items()}
    told["/course#attic"] += f", {last}"
    assert sorted(leading_nowhere(walk, site)) == sorted(told.values())
