"""What a page looks like: what axe finds in it, and which words of its charts are cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

# How often, and after how many milliseconds, words that are cut off are measured again.
LOOKS, PAUSE = 25, 200
CUT_OFF = """charts => [...document.querySelectorAll(charts)].flatMap(svg => {
    if (document.fonts.status === 'loading') return ['(its font is on its way)'];
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => text.textContent.trim()).filter(text => {
        const at = text.getBoundingClientRect();
        return at.left < box.left - 3 || at.right > box.right + 3 || at.top < box.top - 6 || at.bottom > box.bottom + 6;
    }).map(text => text.textContent) })"""

AXE = """async ([within, options]) => {
    const said = await axe.run(within, options);
    return said.violations.map(rule => [rule.id, rule.nodes.map(node => node.target)]) }"""


def violations(tab: Page, *, contrast: bool = True, within: str = "") -> list[tuple[str, list[Any]]]:
    """What axe finds on the page, or within the places of a selector: rules, and the elements that break them.

    Contrast takes most of axe's time and depends on the theme alone; ``contrast=False`` leaves it to another look.
    """
    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
    found: list[Any] = tab.evaluate(AXE, [within or "html", options])
    return [(rule, nodes) for rule, nodes in found]


def cut_off(tab: Page, charts: str) -> list[str]:
    """Words that stand outside the picture of the chart they belong to; ``charts`` is a selector of the pictures.

    What is cut off while a chart is drawn anew, or while its words stand in another font until theirs has come, is
    measured again until all stands within or five seconds are over.
    """
    words: list[str] = []
    for _ in range(LOOKS):
        words = tab.evaluate(CUT_OFF, charts)
        if not words:
            break
        tab.wait_for_timeout(PAUSE)
    return words
