"""The theme that a reader chooses in the menu holds on every page that is opened afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sidebyside import hosting
from tests.browser.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FIRST, *OTHERS = ("" if name == hosting.FIRST else name for name in hosting.PAGES)
# What is chosen, on which page, on which others it holds, and what the system says meanwhile.
CHOICES = (
    ("Dark", FIRST, OTHERS, "light"),
    ("Light", OTHERS[0], (FIRST, OTHERS[1]), "dark"),
    ("System", OTHERS[1], (OTHERS[2],), "dark"),
)


@pytest.fixture(params=["", "/under/a/path"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard at the root of its host, and one under a path."""
    with serving(tmp_path_factory.mktemp("server") / "log", request.param) as site:
        yield f"{site}/"


def _ink(tab: Page, address: str, system: str) -> str:
    """The colour of the title of a page that is opened anew."""
    tab.emulate_media(color_scheme="dark" if system == "dark" else "light")
    tab.goto(address)
    expect(tab.locator("h1")).to_be_visible(timeout=30_000)
    ink: str = tab.locator("h1").evaluate("title => getComputedStyle(title).color")
    return ink


def test_the_chosen_theme_holds_on_every_page(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        tab = context.new_page()
        inks = {theme: _ink(tab, address, theme.lower()) for theme in ("Light", "Dark")}
        assert inks["Light"] != inks["Dark"]
        for theme, where, others, system in CHOICES:
            _ink(tab, f"{address}{where}", system)
            tab.get_by_role("button", name="Main menu").click()
            tab.get_by_role("menuitemradio", name=theme).click()
            ink = inks.get(theme, inks["Dark"])
            assert {page: _ink(tab, f"{address}{page}", system) for page in others} == dict.fromkeys(others, ink), theme
        assert _ink(tab, address, "light") == inks["Light"]
