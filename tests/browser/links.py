"""Links and places that visits of all pages meet: who comes last looks whether each link leads somewhere."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlsplit

from sidebyside.content import text
from sidebyside.layouts import page_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"
PLACES = "() => [...document.querySelectorAll('[id]')].map(node => node.id)"


@dataclass
class Met:
    """What was met on one page: addresses, ours without their host, names of its places, kinds of files it gave."""

    links: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def note(self, tab: Page, site: str) -> None:
        """Add what stands on the page now; ``site`` is the address of the dashboard."""
        self.links.update(link.removeprefix(site) for link in tab.evaluate(LINKS))
        self.places.update(tab.evaluate(PLACES))

    def keep(self, folder: Path, page: str) -> dict[str, Met] | None:
        """Keep it in a folder that all processes of a run share; what was met on every page, once that is there."""
        whole = folder / f"{page}.whole"
        whole.write_text(json.dumps([*map(sorted, (self.links, self.places, self.kinds))]), encoding="utf-8")
        whole.replace(folder / f"{page}.json")
        kept = {name: folder / f"{name}.json" for name in page_list.PAGES}
        if not all(path.exists() for path in kept.values()):
            return None
        said = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in kept.items()}
        return {name: Met(*map(set, met)) for name, met in said.items()}


def leading_nowhere(walk: dict[str, Met], site: str) -> Iterator[str]:
    """Links that do not hold what they promise, each told once, with the pages that it stands on.

    An address of ours answers and has the place that the link names; any other is one that a browser can open.
    """
    answers: dict[str, int] = {}
    for link in sorted(set().union(*(met.links for met in walk.values()))):
        address, place = urldefrag(link)
        if not link.startswith("/"):
            fault = "" if _can_be_opened(address) else "is no address"
        else:
            if address not in answers:
                answers[address] = _asked(f"{site}{address}")
            there = walk.get(urlsplit(address).path.strip("/") or page_list.FIRST, Met()).places
            fault = "" if answers[address] == 200 else f"answers {answers[address]}"
            # An address of the first edition ends in a chart's id alone; it is led on to the chart.
            if place and not {unquote(place), text.anchor(unquote(place))} & there:
                fault = "names no place of its page"
        if fault:
            yield f"{link} {fault}; on {', '.join(page for page, met in walk.items() if link in met.links)}"


def _can_be_opened(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "tel":
        return bool(re.fullmatch(r"\+?[\d-]+(;ext=\d+)?", parts.path))
    return parts.scheme in ("https", "http") and bool(re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", parts.netloc))


def _asked(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
