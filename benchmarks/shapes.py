"""Measure the shape of every page in Chromium, against what a hub and a sub-page may have, as a Markdown table.

Run from the root of the repository: ``python benchmarks/shapes.py [page ...]``. The dashboard is started for it on a
free port. The exit status is 1 where a page misses a budget, 2 where nothing can be measured.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

# Run as a script from the root of the repository, which Python then does not look in.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks import bench
from sidebyside.layouts import page_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page

WIDE, NARROW = (1280, 900), (390, 844)
PATIENCE_MS = 60_000
# A page is measured when its height has not changed for so many looks.
STILL_LOOKS, LOOK_MS, MOST_LOOKS = 6, 250, 120
READY = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
    && [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
        .every(chart => chart.querySelector('svg.marks, canvas.marks'))"""
# Of what can be seen, without the words of charts, and above the line over the footer.
MEASURE = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const chart = '[data-testid="stVegaLiteChart"]', anchor = '[data-testid="stHeaderActionElements"]';
    const unread = `${chart}, ${anchor}, style, script, [data-testid="stIconMaterial"]`;
    const end = [...main.querySelectorAll('hr:not([data-testid="stHeadingDivider"])')].at(-1);
    const above = node => !end || node.compareDocumentPosition(end) & Node.DOCUMENT_POSITION_FOLLOWING;
    const seen = node => above(node) && node.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const top = node => node.getBoundingClientRect().top + main.scrollTop;
    const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let words = 0;
    while (walk.nextNode()) {
        const {parentElement: around, textContent: text} = walk.currentNode;
        if (around.closest(unread) || !seen(around)) continue;
        words += (text.match(/[\\p{L}\\p{N}]+(?:[.,'\\u2019-][\\p{L}\\p{N}]+)*/gu) ?? []).length;
    }
    const links = [...main.querySelectorAll('a[href]')].filter(link => seen(link) && !link.closest(anchor));
    const first = main.querySelector(chart);
    return {
        height: main.scrollHeight,
        chart: first && top(first),
        words,
        links: links.length,
        early: links.filter(link => top(link) < innerHeight).length,
        sideways: Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth),
    } }"""


class Budget(NamedTuple):
    """What a page may have at most: pixels at 1280 and at 390, words and links."""

    height: tuple[int, int]
    chart: tuple[int, int]
    words: int
    links: int
    # Links on the first screen at 1280; None where there is no limit.
    early: int | None = None


HUB = Budget((4200, 8500), (360, 500), 1000, 60, early=12)
SUB_PAGE = Budget((5000, 9000), (450, 700), 1500, 100)


@dataclass(frozen=True)
class Shape:
    """What a page has in a window of one width: see `MEASURE`."""

    height: int
    chart: float | None
    words: int
    links: int
    early: int
    sideways: int


def budget(page: str) -> Budget:
    """What a page may have."""
    return HUB if page in page_list.HUBS else SUB_PAGE


def missed(shapes: Sequence[Shape], allowed: Budget) -> list[str]:
    """What of a page, wide and narrow, is over its budget, in words; a chart may be missing."""
    found: list[str] = []
    for shape, width, height, chart in zip(shapes, (WIDE[0], NARROW[0]), allowed.height, allowed.chart, strict=True):
        if shape.height > height:
            found.append(f"height at {width}: {shape.height} over {height}")
        if shape.chart is not None and shape.chart > chart:
            found.append(f"first chart at {width}: {shape.chart:.0f} over {chart}")
        if shape.sideways > 1:
            found.append(f"sideways at {width}: {shape.sideways} px")
    wide = shapes[0]
    if wide.words > allowed.words:
        found.append(f"words: {wide.words} over {allowed.words}")
    if wide.links > allowed.links:
        found.append(f"links: {wide.links} over {allowed.links}")
    if allowed.early is not None and wide.early > allowed.early:
        found.append(f"links on the first screen: {wide.early} over {allowed.early}")
    return found


def measure(tab: Page) -> Shape:
    """The shape of the page that a tab shows, once it stands still."""
    tab.wait_for_function(READY, timeout=PATIENCE_MS)
    last, still = Shape(0, None, 0, 0, 0, 0), 0
    for _ in range(MOST_LOOKS):
        shape = Shape(**tab.evaluate(MEASURE))
        still = still + 1 if shape == last else 0
        if still >= STILL_LOOKS:
            break
        last = shape
        tab.wait_for_timeout(LOOK_MS)
    return last


def measured(pages: Sequence[str]) -> Iterator[tuple[str, list[Shape]]]:
    """Each page with its shapes, wide and narrow.

    Raises:
        bench.BenchError: there is no Chromium, or the dashboard does not start.
    """
    with bench.served(bench.OUR_SCRIPT) as server, bench.chromium() as browser:
        if browser is None:
            words = "no Chromium found, or no Playwright"
            raise bench.BenchError(words)
        for page in pages:
            shapes = []
            for width, height in (WIDE, NARROW):
                tab = browser.new_page(viewport={"width": width, "height": height})
                tab.goto(f"http://{bench.HOST}:{server.port}/{'' if page == page_list.FIRST else page}")
                tab.wait_for_selector("h1", timeout=PATIENCE_MS)
                shapes.append(measure(tab))
                tab.close()
            yield page, shapes


def _line(page: str, shapes: Sequence[Shape]) -> str:
    wide, narrow = shapes
    tops = " / ".join("-" if shape.chart is None else f"{shape.chart:.0f}" for shape in shapes)
    name = f"**{page}**" if page in page_list.HUBS else page
    cells = (
        name,
        f"{wide.height} / {narrow.height}",
        tops,
        wide.words,
        wide.links,
        wide.early,
        "; ".join(missed(shapes, budget(page))) or "holds",
    )
    return f"| {' | '.join(map(str, cells))} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; the exit status says whether every page holds its budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", help=f"pages to measure (default: all): {', '.join(page_list.PAGES)}")
    pages = parser.parse_args(arguments).pages or page_list.PAGES
    if unknown := [page for page in pages if page not in page_list.PAGES]:
        parser.error(f"no such page: {', '.join(unknown)}")
    print("| page | height 1280 / 390 | first chart 1280 / 390 | words | links | on the first screen | budget |")
    print("|---|---|---|---|---|---|---|")
    over = 0
    try:
        for page, shapes in measured(pages):
            print(_line(page, shapes), flush=True)
            over += bool(missed(shapes, budget(page)))
    except bench.BenchError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"\n{over} of {len(pages)} pages miss a budget." if over else "\nEvery page holds its budget.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
