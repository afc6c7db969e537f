"""A reader in Chromium whose replica dies: the tab goes on at another one by itself."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import expect

from benchmarks import bench, replicas
from sidebyside.charts.course import relapses
from sidebyside.layouts import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.hosting

RECIPE = relapses.RELAPSE_RATES
OPTION = "relapse-rates-view"
CHART = '[data-testid="stVegaLiteChart"] svg'
PATIENCE = 60_000


@pytest.fixture
def behind() -> Iterator[tuple[replicas.Proxy, list[bench.Server]]]:
    """Three replicas behind nginx, of which a test may kill some."""
    with replicas.served_by(3) as running:
        yield running


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab without cookies."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_a_tab_whose_replica_dies_goes_on_at_another_one_without_a_reload(
    behind: tuple[replicas.Proxy, list[bench.Server]], tab: Page
) -> None:
    proxy, servers = behind
    loads: list[str] = []
    tab.on("load", lambda page: loads.append(page.url))
    query = urlencode({OPTION: relapses.TWO_MEDICINES})
    tab.goto(f"http://{bench.HOST}:{proxy.port}/{pages.page_of_chart(RECIPE.id)}?{query}")
    _shows(tab, relapses.TWO_MEDICINES)
    # At first of a reader who has chosen nothing yet, then of one who has: Streamlit's page treats them differently.
    been = {_replica(tab)}
    for _ in range(2):
        with tab.expect_event("websocket", timeout=PATIENCE):
            _kill(servers, _replica(tab), proxy)
        _shows(tab, relapses.TWO_MEDICINES)
        for view in (relapses.WITH_PLACEBO, relapses.TWO_MEDICINES):
            _card(tab).get_by_text(_words(view), exact=True).click()
            _shows(tab, view)
        assert parse_qs(urlparse(tab.url).query) == {OPTION: [relapses.TWO_MEDICINES]}
        been.add(_replica(tab))
    assert been == set(proxy.replicas)
    assert len(loads) == 1


def _words(view: str) -> str:
    """A value of the option in words, as the page says it."""
    return RECIPE.labels[view]


def _card(tab: Page) -> Locator:
    return tab.locator(f".st-key-card-{RECIPE.id}")


def _shows(tab: Page, view: str) -> None:
    """The view is chosen, and the card says and draws it."""
    card = _card(tab)
    expect(card.get_by_role("heading", name=RECIPE.figure(view).title)).to_be_visible(timeout=PATIENCE)
    expect(card.get_by_role("radio", name=_words(view))).to_be_checked(timeout=PATIENCE)
    expect(card.get_by_role("radio", name=_words(view))).to_be_enabled(timeout=PATIENCE)
    expect(card.locator(CHART)).to_have_count(1)
    assert tab.locator('[data-testid="stException"]').count() == 0


def _replica(tab: Page) -> str:
    """The replica that the tab's cookie names."""
    (cookie,) = [cookie for cookie in tab.context.cookies() if cookie.get("name") == replicas.COOKIE]
    return cookie["value"]


def _kill(servers: list[bench.Server], name: str, proxy: replicas.Proxy) -> None:
    (server,) = [server for server in servers if server.port == proxy.replicas[name]]
    os.killpg(server.process.pid, signal.SIGKILL)
