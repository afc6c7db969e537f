"""The theme that a reader chooses in the menu holds on every page that is opened afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from sidebyside.layouts import page_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

# The hubs and a sub-page of each: all pages come from one server, with one head.
FIRST, *OTHERS = ("" if name == page_list.FIRST else name for name in page_list.HUBS)
OTHERS += [below[0] for below in page_list.HUBS.values()]
# What is chosen, on the page where the one before it ended; on which others it holds; what the system says meanwhile.
CHOICES: tuple[tuple[str, Sequence[str], Literal["light", "dark"]], ...] = (
    ("Dark", OTHERS, "light"),
    ("Light", (FIRST, OTHERS[1]), "dark"),
    ("System", (OTHERS[2],), "dark"),
)


@pytest.fixture(params=["under", pytest.param("site", marks=pytest.mark.sweep)])
def address(request: pytest.FixtureRequest) -> str:
    """A dashboard at the root of its host, and one under a path."""
    return f"{request.getfixturevalue(request.param)}/"


def _ink(tab: Page, address: str = "") -> str:
    """The colour of the title, of a page that is opened anew where an address is given."""
    if address:
        tab.goto(address)
    expect(tab.locator("h1")).to_be_visible(timeout=30_000)
    tab.wait_for_timeout(300)
    ink: str = tab.locator("h1").evaluate("title => getComputedStyle(title).color")
    return ink


def test_the_chosen_theme_holds_on_every_page(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        tab = context.new_page()
        tab.emulate_media(color_scheme="light")
        inks = {"Light": _ink(tab, f"{address}{FIRST}")}
        tab.emulate_media(color_scheme="dark")
        inks["Dark"] = _ink(tab)
        assert inks["Light"] != inks["Dark"]
        for theme, others, system in CHOICES:
            tab.emulate_media(color_scheme=system)
            tab.get_by_role("button", name="Main menu").click()
            tab.get_by_role("menuitemradio", name=theme).click()
            ink = inks.get(theme, inks["Dark"])
            assert {page: _ink(tab, f"{address}{page}") for page in others} == dict.fromkeys(others, ink), theme
        tab.emulate_media(color_scheme="light")
        assert _ink(tab) == inks["Light"]
