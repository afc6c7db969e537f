"""What people come for is two taps from the overview at most, on a phone; Back leads to the overview each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from sidebyside.charts.course import treatment_effects
from sidebyside.charts.overview import counts, symptoms
from sidebyside.content import text
from sidebyside.data import interface
from sidebyside.layouts import page_list, pages
from sidebyside.layouts.page_list import DOORS
from tests.browser.reader import CHART, MAIN, PATIENCE, POPOVER

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.reader import Reader

MOST, PHONE = 2, 390
ALL_PAGES = f"{MAIN} .st-key-all-pages button"
# The first card, which has its sources and its files behind it.
SOURCES, ABOUT = (
    f'{MAIN} [class*="st-key-card-"] [class*="st-key-{behind}-"] button' for behind in ("sources", "about")
)


class Wanted(NamedTuple):
    """What a reader looks for: where it stands, as an address, and what of it must then be there to see."""

    what: str
    address: str
    seen: str


def _chart(what: str, chart_id: str) -> Wanted:
    return Wanted(what, pages.page_of_chart(chart_id), f"#{text.anchor(chart_id)}")


WANTED = (
    Wanted("what the difference is", page_list.FIRST, "#at-a-glance"),
    _chart("who gets it", counts.OF_100000.id),
    _chart("the first signs", symptoms.SYMPTOMS.id),
    Wanted("how it is found", pages.page_of_list("tests"), ".st-key-list-tests"),
    _chart("what can be done", treatment_effects.TREATMENT_EFFECTS.id),
    Wanted("when to ask for help", DOORS["worried"], f"#{DOORS['worried'].partition('#')[2]}"),
    Wanted("a helpline", pages.page_of_list("organisations"), 'a[href^="tel:"]'),
    Wanted("the course", "course", CHART),
    Wanted("length of life, by choice", page_list.LENGTH_OF_LIFE, "h1"),
)


def test_what_people_come_for_is_two_taps_away_on_a_phone(newcomer: Reader) -> None:
    with newcomer.noting():
        newcomer.goes(page_list.FIRST, PHONE)
        for wanted in WANTED:
            taps = _tapped(newcomer, wanted.address)
            page = wanted.address.partition("#")[0]
            _stands(newcomer, page)
            expect(newcomer.tab.locator(f"{MAIN} {wanted.seen}").filter(visible=True).first).to_be_visible(
                timeout=PATIENCE
            )
            if taps > MOST:
                newcomer.note("too many taps", [f"{wanted.what}: {taps}"])
            if page == page_list.LENGTH_OF_LIFE:
                _is_a_choice(newcomer)
            else:
                _gives_nothing_away(newcomer)
            newcomer.look(wanted.what)
            if taps:
                newcomer.tab.go_back()
                _stands(newcomer, page_list.FIRST)
        _source_of_a_figure(newcomer)
        _data(newcomer)


def _tapped(reader: Reader, address: str) -> int:
    """Go from the overview to an address by a link that stands there, or by the list of all pages; the taps it took."""
    if address == page_list.FIRST:
        return 0
    link = _links(reader.tab.locator(MAIN), address)
    if link.count():
        link.first.click()
        return 1
    reader.tab.locator(ALL_PAGES).click()
    entry = _links(reader.tab.locator(POPOVER), address.partition("#")[0])
    entry.first.click(timeout=PATIENCE)
    return 2


def _links(within: Locator, address: str) -> Locator:
    return within.locator(f'a[href="{address}"], a[href$="/{address}"]').filter(visible=True)


def _stands(reader: Reader, page: str) -> None:
    reader.page = page
    expect(reader.tab).to_have_title(page_list.page_title(page_list.short_title(page)), timeout=PATIENCE)
    expect(reader.tab.locator("h1")).to_have_text(page_list.heading(page), timeout=PATIENCE)
    expect(reader.tab.locator("h1")).to_have_count(1)
    reader.rests()


def _life_titles() -> list[str]:
    """The findings about length of life, which nobody reads unasked."""
    return [chart.figure().title for layout in pages.PAGES.values() for chart in layout.charts_on_request]


def _gives_nothing_away(reader: Reader) -> None:
    body = reader.tab.inner_text("body")
    reader.note("told unasked", [title for title in _life_titles() if title in body])


def _is_a_choice(reader: Reader) -> None:
    """The way ends at the choice; nothing is told before, and all of it after."""
    _gives_nothing_away(reader)
    choice = reader.tab.get_by_text(interface.words("show-life")).first
    expect(choice).to_be_in_viewport()
    expect(reader.tab.get_by_role("switch", name=interface.words("show-life"))).not_to_be_checked()
    choice.click()
    for title in _life_titles()[:1]:
        expect(reader.tab.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE)


def _source_of_a_figure(reader: Reader) -> None:
    reader.tab.locator(SOURCES).first.click()
    expect(reader.tab.locator(f'{POPOVER} li a[href^="https:"]').first).to_be_visible(timeout=PATIENCE)
    reader.tab.keyboard.press("Escape")
    expect(reader.tab.locator(POPOVER)).to_have_count(0)


def _data(reader: Reader) -> None:
    reader.tab.locator(ABOUT).first.click()
    with reader.tab.expect_download(timeout=PATIENCE) as begun:
        reader.tab.locator(POPOVER).get_by_role("button", name=interface.words("download-table")).click()
    assert begun.value.suggested_filename.endswith(".csv")


@pytest.mark.parametrize("page", [page_list.HUBS["course"][0]])
def test_a_cold_start_on_a_sub_page_shows_the_ways_on(newcomer: Reader, page: str) -> None:
    """On a phone: the hubs behind the button of the head, every page behind "All pages"."""
    newcomer.goes(page, PHONE)
    newcomer.tab.locator(ALL_PAGES).click()
    for name in page_list.PAGES:
        if name != page:
            expect(_links(newcomer.tab.locator(POPOVER), "" if name == page_list.FIRST else name).first).to_be_visible(
                timeout=PATIENCE
            )
    expect(newcomer.tab.locator(f"{POPOVER} strong")).to_contain_text(page_list.short_title(page))
    newcomer.widens(1280)
    navigation = newcomer.tab.get_by_role("navigation")
    for hub in page_list.HUBS:
        expect(navigation.get_by_role("link", name=page_list.short_title(hub))).to_be_visible()
    newcomer.told()
