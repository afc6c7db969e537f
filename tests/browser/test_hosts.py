"""The served dashboard in Chromium: nothing that its readers need is shut by its own security headers.

Every other tab of these tests listens for refusals too, whatever is pressed in it (see ``reader``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from benchmarks.bench import files_served
from sidebyside.layouts import page_list
from sidebyside.web import settings
from tests.browser.conftest import serving
from tests.browser.reader import SHUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHART = '[data-testid="stVegaLiteChart"] svg'


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that nobody has visited yet."""
    with serving(tmp_path_factory.mktemp("cold") / "log") as address:
        yield address


@pytest.fixture
def shut() -> list[str]:
    """What the browser says that it has refused."""
    return []


@pytest.fixture
def tab(browser: Browser, shut: list[str]) -> Iterator[Page]:
    """A tab that notes refusals."""
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    opened.on("console", lambda message: shut.append(message.text) if SHUT.search(message.text) else None)
    yield opened
    context.close()


def test_every_page_opens_from_a_link_and_draws_and_nothing_is_refused(cold: str, tab: Page, shut: list[str]) -> None:
    # The cold server's first address is that of a sub-page, which the navigation does not name.
    for name in (page_list.HUBS["course"][0], "mechanism", "evidence", page_list.FIRST):
        tab.goto(f"{cold}/{name}")
        expect(tab.locator(CHART).first).to_be_visible(timeout=30_000)
        expect(tab.get_by_text("It is not medical advice")).to_be_visible(timeout=30_000)
        for other in map(page_list.short_title, page_list.HUBS):
            expect(tab.get_by_role("navigation").get_by_role("link", name=other)).to_be_visible()
        assert tab.title() == page_list.page_title(page_list.short_title(name))
    assert tab.url == f"{cold}/"
    assert shut == []


def test_who_is_named_shows_a_page_in_a_frame_and_nobody_else(browser: Browser, tmp_path: Path) -> None:
    with files_served(tmp_path) as port, browser.new_context() as context:
        named, other = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        with serving(tmp_path / "log", **{settings.FRAMES_VARIABLE: named}) as address:
            tab = context.new_page()
            for host, query, links in ((named, "", 4), (named, "?embed=true", 0), (other, "", 0)):
                frame = f"<!DOCTYPE html><title>x</title><iframe src='{address}/course{query}' width=1200 height=800>"
                (tmp_path / "index.html").write_text(frame, encoding="utf-8")
                tab.goto(f"{host}/index.html")
                shown = tab.frame_locator("iframe")
                if host == named:
                    expect(shown.get_by_text("It is not medical advice")).to_be_visible(timeout=30_000)
                    expect(shown.get_by_role("link", name="All pages")).to_have_count(1 if query else 0)
                else:
                    tab.wait_for_timeout(1000)
                    assert shown.get_by_role("heading", level=1).count() == 0
                pages = [
                    shown.get_by_role("link", name=name, exact=True)
                    for name in map(page_list.short_title, page_list.HUBS)
                ]
                assert sum(page.is_visible() for page in pages) == links, (host, query)
