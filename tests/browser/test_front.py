"""What our own script in a page's head does before Streamlit's front end: where its server is, what is drawn first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sidebyside.charts.mechanism import genes
from sidebyside.content import text
from sidebyside.layouts import page_list, pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

CHART = '[data-testid="stVegaLiteChart"] svg'
LAST_WORDS = "It is not medical advice"
DRAWING_PROGRAM = re.compile(r"/static/js/embed\.[^/]*\.js$")
PATHS = {"" if page == page_list.FIRST else page: layout for page, layout in pages.PAGES.items()}
# The pages are made alike: the hubs stand for the others, of which the sweep takes each. On a phone the row of siblings
# still takes a line more when its links come, which Streamlit draws by a part of its front end that it loads late.
USUAL = {page for page, layout in PATHS.items() if layout.is_hub}
DRAWN = [page for page, layout in PATHS.items() if layout.charts_shown]
# Notes, when the first chart is drawn, whether the page's last words are there.
NOTE_FIRST_CHART = f"""
new MutationObserver((_, watch) => {{
  if (!document.querySelector('svg.marks path, svg.marks text')) return;
  window.endedBefore = document.body.textContent.includes({LAST_WORDS!r});
  watch.disconnect();
}}).observe(document, {{childList: true, subtree: true}});
"""


# Adds up by how much of the screen what is already there moves.
NOTE_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(seen => { for (const shift of seen.getEntries()) window.shifted += shift.value; })
  .observe({type: 'layout-shift', buffered: true});
"""
SHIFT = 0.05


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab that notes what is there when the first chart is drawn."""
    with browser.new_context() as context:
        opened = context.new_page()
        opened.add_init_script(NOTE_FIRST_CHART)
        yield opened


@pytest.mark.parametrize(
    "path", [page if page in USUAL else pytest.param(page, marks=pytest.mark.sweep) for page in DRAWN]
)
def test_the_first_chart_does_not_wait_for_the_rest_and_nothing_moves_when_that_comes(
    site: str, tab: Page, path: str
) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.add_init_script(NOTE_SHIFTS)
    tab.goto(f"{site}/{path}")
    expect(tab.locator(CHART).first).to_be_visible(timeout=30_000)
    assert tab.evaluate("window.endedBefore") is False
    expect(tab.get_by_text(LAST_WORDS)).to_be_visible(timeout=30_000)
    said = tab.locator("h2, h3").all_inner_texts()
    titles = [definition.figure().title for definition in PATHS[path].charts_shown]
    assert [title for title in titles if title not in said] == []
    tab.wait_for_timeout(1000)
    assert tab.evaluate("window.shifted") < SHIFT


def test_the_rest_comes_even_if_no_chart_can_be_drawn(site: str, tab: Page) -> None:
    held: list[Route] = []
    tab.route(DRAWING_PROGRAM, lambda route: held.append(route))
    tab.goto(f"{site}/mechanism")
    expect(tab.get_by_text(LAST_WORDS)).to_be_visible(timeout=30_000)
    assert tab.locator(CHART).count() == 0
    for route in held:
        route.continue_()
    expect(tab.locator(CHART).first).to_be_visible(timeout=30_000)


def test_who_asks_for_a_place_gets_the_whole_page_at_once_and_is_led_there(site: str, tab: Page) -> None:
    held: list[Route] = []
    tab.route(DRAWING_PROGRAM, lambda route: held.append(route))
    # Nothing that waits for a clock of more than a second happens here.
    tab.add_init_script(
        "const later = setTimeout; setTimeout = (f, ms, ...more) => ms > 1000 ? 0 : later(f, ms, ...more)"
    )
    place = text.anchor(genes.INHERITED.id)
    tab.goto(f"{site}/{pages.page_of_chart(genes.INHERITED.id)}#{place}")
    expect(tab.get_by_text(LAST_WORDS)).to_be_attached(timeout=30_000)
    expect(tab.locator(f"#{place}")).to_be_in_viewport(timeout=30_000)
    for route in held:
        route.continue_()


@pytest.mark.parametrize("base", ["site", "under"])
def test_a_page_finds_its_server_at_the_first_try(browser: Browser, request: pytest.FixtureRequest, base: str) -> None:
    """The page that is first, and two that are not, stand for all; at the root of a host two in all."""
    address = request.getfixturevalue(base)
    paths = list(PATHS)[:3] if base == "under" else list(PATHS)[:2]
    with browser.new_context() as context:
        tab = context.new_page()
        sockets: list[str] = []
        asked: list[tuple[str, int]] = []
        tab.on("websocket", lambda opened: sockets.append(opened.url))
        tab.on("response", lambda r: asked.append((r.url, r.status)) if "/_stcore/" in r.url else None)
        for path in paths:
            tab.goto(f"{address}/{path}?x=1")
            expect(tab.get_by_text(LAST_WORDS)).to_be_visible(timeout=30_000)
        assert sockets == [f"{address.replace('http', 'ws', 1)}/_stcore/stream"] * len(paths)
        assert set(asked) == {(f"{address}/_stcore/{name}", 200) for name in ("health", "host-config")}
