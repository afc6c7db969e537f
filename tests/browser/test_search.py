"""The search over the whole site, as somebody types, with typing errors, on a phone, in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from sidebyside.data import interface
from sidebyside.layouts import finder, page_list
from tests.browser.looking import violations
from tests.browser.reader import PATIENCE, SCHEMES

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.reader import Reader

SEARCH, RESULTS = ".st-key-search-site", ".st-key-search-results"
MARK = "() => { window.sameTab = true }"
MARKED = "() => window.sameTab === true"


def _types(reader: Reader, words: str) -> Locator:
    field = reader.tab.get_by_role("searchbox", name=interface.words("search-site"))
    field.press_sequentially(words, delay=40)
    return field


def test_results_come_as_one_types_and_lead_there_without_a_new_page(newcomer: Reader) -> None:
    newcomer.goes(page_list.FIRST, 390)
    newcomer.tab.evaluate(MARK)
    entries = newcomer.tab.evaluate("() => history.length")
    field = _types(newcomer, "riluzol")
    results = newcomer.tab.locator(RESULTS)
    expect(results.get_by_role("link").first).to_be_visible(timeout=PATIENCE)
    expect(field).to_be_focused()
    expect(newcomer.tab).to_have_url(f"{newcomer.site}/?q=riluzol")
    assert newcomer.tab.evaluate("() => history.length") == entries, "each letter is an entry of the history"
    entry = finder.find("riluzol").groups["treatments"][0]
    page, _, anchor = entry.address.partition("#")
    results.get_by_role("link", name=entry.label).click()
    expect(newcomer.tab).to_have_url(f"{newcomer.site}/{entry.address}", timeout=PATIENCE)
    expect(newcomer.tab).to_have_title(page_list.page_title(page_list.short_title(page)), timeout=PATIENCE)
    expect(newcomer.tab.locator(f"#{anchor}")).to_be_in_viewport(timeout=PATIENCE)
    assert newcomer.tab.evaluate(MARKED), "the page was loaded anew"
    expect(newcomer.tab.get_by_role("searchbox")).to_have_value("")
    newcomer.tab.go_back()
    expect(newcomer.tab.get_by_role("searchbox")).to_have_value("riluzol", timeout=PATIENCE)
    expect(results.get_by_role("link", name=entry.label)).to_be_visible(timeout=PATIENCE)
    newcomer.told()


def test_a_shared_search_opens_with_its_results_which_break_no_rule(newcomer: Reader) -> None:
    for scheme in SCHEMES:
        for width in (1280, 320):
            newcomer.tab.emulate_media(color_scheme=scheme)
            newcomer.goes(page_list.FIRST, width, "?q=tingling")
            expect(newcomer.tab.locator(RESULTS).get_by_role("link").nth(3)).to_be_visible(timeout=PATIENCE)
            newcomer.note(f"results, {scheme}, {width} px", violations(newcomer.tab, within=SEARCH))
    newcomer.told()


def test_what_is_not_found_is_said_kindly_and_with_ways_on(newcomer: Reader) -> None:
    newcomer.goes(page_list.FIRST, 320, "?q=zzzz+%3Cb%3Eqqqq%3C%2Fb%3E" + "%20w%C3%B6rter" * 40 + "x" * 100)
    results = newcomer.tab.locator(RESULTS)
    expect(results).to_contain_text("zzzz <b>qqqq</b>", timeout=PATIENCE)
    expect(results.get_by_role("link")).to_have_count(3)
    newcomer.note("nothing found, 320 px", violations(newcomer.tab, within=SEARCH))
    assert results.evaluate("one => one.scrollWidth <= one.clientWidth + 1"), "a long word moves the page sideways"
    newcomer.told()
