"""Looking at a chart's words waits for the drawing to rest, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.looking import cut_off

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = "more words than the picture has room for"
NARROW = f"<svg width='100' height='30'><text y='20'>{WORDS}</text></svg>"
WIDER_SOON = "() => { setTimeout(() => document.querySelector('svg').setAttribute('width', 900), 1000) }"


def test_words_are_cut_off_only_where_they_are_so_in_the_end(browser: Browser) -> None:
    with browser.new_context() as context:
        tab = context.new_page()
        tab.set_content(NARROW)
        assert cut_off(tab, "svg") == [WORDS]
        tab.evaluate(WIDER_SOON)
        assert cut_off(tab, "svg") == []
