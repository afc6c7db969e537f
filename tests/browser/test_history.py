"""Back, Forward and reload lead to what was left, where it was read; links between our pages stay in the tab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sidebyside.charts.course import relapses
from sidebyside.data import interface
from sidebyside.layouts import page_list, pages
from sidebyside.layouts.page_list import DOORS
from tests.browser.reader import MAIN, POPOVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from sidebyside.charts.definition import ChartDefinition

PATIENCE = 30_000
NEAR = 8
OTHER = relapses.WITH_PLACEBO
HOME = pages.page_of_chart(relapses.RELAPSE_RATES.id)
CHOSEN = f"{HOME}{relapses.RELAPSE_RATES.address(OTHER)}"


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    """A dashboard at the root of its host (``site``), or one under a path (``under``)."""
    return f"{request.getfixturevalue(request.param)}/"


def _at(usual: str, other: str) -> pytest.MarkDecorator:
    """Where a test goes: what differs between the two is held by the other test of this file."""
    both = [usual, pytest.param(other, marks=pytest.mark.sweep)]
    return pytest.mark.parametrize("address", both, indirect=True)


@pytest.fixture
def errors() -> list[str]:
    """What the browser says of errors in our scripts and the framework's."""
    return []


@pytest.fixture
def tab(browser: Browser, errors: list[str]) -> Iterator[Page]:
    """A tab; other sites are told of, and not asked."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        opened = context.new_page()
        opened.on("pageerror", lambda error: errors.append(str(error)))
        yield opened


def _stands(tab: Page, address: str, name: str) -> None:
    """The page of this address is there, to its end."""
    expect(tab).to_have_url(address, timeout=PATIENCE)
    expect(tab).to_have_title(page_list.page_title(page_list.short_title(name)), timeout=PATIENCE)
    expect(tab.get_by_text("It is not medical advice")).to_be_attached(timeout=PATIENCE)
    expect(tab.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached(timeout=PATIENCE)


def _height(place: Locator) -> float:
    """Where a place stands on the screen, once it stands still."""
    last = None
    for _ in range(60):
        box = place.bounding_box()
        if box and box["y"] == last:
            return box["y"]
        last = box and box["y"]
        place.page.wait_for_timeout(400)
    pytest.fail("it does not stand still")


def _main_link(tab: Page, name: str) -> Locator:
    return tab.get_by_role("navigation").get_by_role("link", name=page_list.short_title(name))


def _title(tab: Page, definition: ChartDefinition, option: str) -> Locator:
    return tab.locator(f".st-key-card-{definition.id}").get_by_role("heading", name=definition.figure(option).title)


@_at("under", "site")
def test_back_forward_and_reload_return_to_choice_and_place(address: str, tab: Page, errors: list[str]) -> None:
    _chooses_length_of_life(tab, address)
    _sibling(tab, HOME).click()
    _stands(tab, f"{address}{HOME}", HOME)
    began = tab.evaluate("history.length")
    tab.locator(f".st-key-card-{relapses.RELAPSE_RATES.id}").get_by_text(
        relapses.RELAPSE_RATES.labels[OTHER], exact=True
    ).click()
    title = _title(tab, relapses.RELAPSE_RATES, OTHER)
    expect(title).to_be_visible()
    place = _look(title)

    _main_link(tab, "mechanism").click()
    _stands(tab, f"{address}mechanism", "mechanism")
    assert tab.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollTop") == 0
    lower = tab.locator(f"{MAIN} h2").last
    height = _look(lower)
    for _ in range(2):
        tab.go_back()
        _stands(tab, f"{address}{CHOSEN}", HOME)
        assert _height(title) == pytest.approx(place, abs=NEAR)
        tab.go_forward()
        _stands(tab, f"{address}mechanism", "mechanism")
        assert _height(lower) == pytest.approx(height, abs=NEAR)
    tab.go_back()
    _stands(tab, f"{address}{CHOSEN}", HOME)
    assert _height(title) == pytest.approx(place, abs=NEAR)

    # Within the page.
    within = tab.locator(f'{MAIN} h2 a[href^="#"]').last
    within.evaluate("link => link.click()")
    led = tab.locator(f"h2{within.get_attribute('href')}")
    expect(led).to_be_in_viewport()
    there = _height(led)
    assert tab.url == f"{address}{CHOSEN}{within.get_attribute('href')}"
    tab.go_back()
    expect(title).to_be_in_viewport()
    assert _height(title) == pytest.approx(place, abs=NEAR)
    tab.go_forward()
    expect(led).to_be_in_viewport()
    assert _height(led) == pytest.approx(there, abs=NEAR)
    tab.go_back()
    tab.wait_for_timeout(1500)
    tab.reload()
    _stands(tab, f"{address}{CHOSEN}", HOME)
    expect(title).to_be_in_viewport(timeout=PATIENCE)
    assert _height(title) == pytest.approx(place, abs=NEAR)
    # An entry for what was chosen, one for the page, which gave way to one for the place; none for a page left empty.
    assert tab.evaluate("history.length") - began == 2
    tab.go_back()
    _stands(tab, f"{address}{HOME}", HOME)
    before = _title(tab, relapses.RELAPSE_RATES, next(iter(relapses.RELAPSE_RATES.labels)))
    expect(before).to_be_in_viewport(timeout=PATIENCE)
    tab.go_forward()
    _stands(tab, f"{address}{CHOSEN}", HOME)
    expect(title).to_be_in_viewport(timeout=PATIENCE)
    assert errors == []


@_at("site", "under")
def test_links_between_our_pages_stay_in_the_tab_and_keep_what_was_chosen(
    address: str, tab: Page, errors: list[str]
) -> None:
    tabs = tab.context.pages
    _chooses_length_of_life(tab, address)
    _main_link(tab, "evidence").click()
    _stands(tab, f"{address}evidence", "evidence")
    _from_all_pages(tab, "claims")
    _stands(tab, f"{address}claims", "claims")

    claim = tab.locator('[class*="st-key-claim-"]').first
    claim.locator("summary").click()
    _press(claim.locator('a[href^="?claim="]'))
    expect(tab).to_have_url(re.compile(r"/claims\?claim=[^#]+"), timeout=PATIENCE)
    own = tab.url
    _stands(tab, own, "claims")
    more = claim.locator('a[href*="#"]:not([href^="?"], [href^="#"])').first
    page, _, section = (more.get_attribute("href") or "").partition("#")
    place = _press(more)
    _stands(tab, f"{address}{page}#{section}", page)
    expect(tab.locator(f"h2#{section}")).to_be_in_viewport()
    expect(tab.locator(f"h2#{section}")).to_be_focused()
    tab.go_back()
    _stands(tab, own, "claims")
    assert _height(more) == pytest.approx(place, abs=NEAR)

    _main_link(tab, page_list.FIRST).click()
    _stands(tab, address, page_list.FIRST)
    _press(tab.locator(f'{MAIN} a[href="{DOORS["worried"]}"]').first)
    _stands(tab, f"{address}{DOORS['worried']}", DOORS["worried"].partition("#")[0])
    expect(tab.locator(f"h2#{DOORS['worried'].partition('#')[2]}")).to_be_in_viewport(timeout=PATIENCE)
    _from_all_pages(tab, HOME)
    _stands(tab, f"{address}{HOME}", HOME)
    tab.locator(f"{MAIN} .st-key-words-on-page button").click()
    tab.locator(f'{POPOVER} a[href^="words?term="]').first.click()
    expect(tab.locator("h2#glossary")).to_be_in_viewport(timeout=PATIENCE)
    assert tab.url.startswith(f"{address}words?term=")
    expect(tab.get_by_label("Search the words")).not_to_have_value("")
    assert tab.context.pages == tabs
    tab.go_back()
    _stands(tab, f"{address}{HOME}", HOME)
    _sibling(tab, page_list.LENGTH_OF_LIFE).click()
    _stands(tab, f"{address}{page_list.LENGTH_OF_LIFE}", page_list.LENGTH_OF_LIFE)
    expect(tab.get_by_role("switch", name=interface.words("show-life"))).to_be_checked()
    tab.go_back()
    _stands(tab, f"{address}{HOME}", HOME)

    # Who asks for another tab gets one, and what is not ours has always had one.
    tab.locator(f"{MAIN} .st-key-words-on-page button").click()
    inner = tab.locator(f'{POPOVER} a[href^="words?term="]').first
    for pressed in ({"modifiers": ["Control"]}, {"button": "middle"}):
        with tab.context.expect_page() as opened:
            inner.click(**pressed)
        opened.value.close()
    tab.keyboard.press("Escape")
    expect(tab.locator(POPOVER)).to_have_count(0)
    tab.locator(f'{MAIN} [class*="st-key-sources-of-"] button').first.click()
    with tab.context.expect_page() as opened:
        tab.locator(f'{POPOVER} li a[href^="https:"]').first.click()
    opened.value.close()
    assert tab.url == f"{address}{HOME}"
    assert errors == []


def _chooses_length_of_life(tab: Page, address: str) -> None:
    tab.goto(f"{address}{page_list.LENGTH_OF_LIFE}")
    _stands(tab, f"{address}{page_list.LENGTH_OF_LIFE}", page_list.LENGTH_OF_LIFE)
    tab.get_by_text(interface.words("show-life")).first.click()
    expect(tab.get_by_role("switch", name=interface.words("show-life"))).to_be_checked()
    expect(tab.locator(f'{MAIN} [class*="st-key-card-"]').first).to_be_attached(timeout=PATIENCE)


def _sibling(tab: Page, name: str) -> Locator:
    return tab.locator(f"{MAIN} .st-key-siblings").get_by_role("link", name=page_list.short_title(name), exact=True)


def _from_all_pages(tab: Page, name: str) -> None:
    tab.locator(f"{MAIN} .st-key-all-pages button").click()
    tab.locator(f'{POPOVER} a[href$="/{name}"], {POPOVER} a[href="{name}"]').first.click()


def _look(place: Locator) -> float:
    """Scroll to a place by hand, so that the page no longer leads elsewhere; where it stands then."""
    place.page.keyboard.press("Shift")
    place.evaluate("place => place.scrollIntoView({block: 'center'})")
    return _height(place)


def _press(link: Locator) -> float:
    """Press a link of a text in the middle of the screen, once the page stands still; where it stood."""
    place = _look(link)
    link.click()
    return place
