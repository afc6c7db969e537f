"""What a page looks like: what axe finds in it, and which words of its charts are cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from collections.abc import Sequence

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
# Words of less contrast than WCAG asks for, with what they stand on: the marks drawn before them that hold their
# middle, over the page's paper. What axe says of drawings is that it cannot tell.
PALE = """charts => {
    const over = ([r, g, b, a], below) => [r, g, b].map((part, n) => part * a + below[n] * (1 - a));
    const fill = node => {
        const said = getComputedStyle(node);
        const [r, g, b, a = 1] = (said.fill.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
        return [r, g, b, a * said.fillOpacity * said.opacity] };
    const light = colour => colour.map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
    const paper = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
    return [...document.querySelectorAll(charts)].flatMap(svg => {
        const seen = kind => [...svg.querySelectorAll(kind)].filter(one => fill(one)[3] > 0);
        const marks = seen('path');
        return seen('text').filter(one => /[\\p{L}\\p{N}]/u.test(one.textContent)).filter(one => {
            const at = one.getBoundingClientRect(), middle = new DOMPoint(at.x + at.width / 2, at.y + at.height / 2);
            const below = marks.filter(mark => mark.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
                .filter(mark => mark.isPointInFill(middle.matrixTransform(mark.getScreenCTM().inverse())))
                .reduce((ground, mark) => over(fill(mark), ground), paper);
            const [dark, bright] = [light(below), light(over(fill(one), below))].sort((one, other) => one - other);
            const said = getComputedStyle(one), size = parseFloat(said.fontSize);
            const large = size >= 24 || (size >= 18.66 && Number(said.fontWeight) >= 700);
            return (bright + 0.05) / (dark + 0.05) < (large ? 3 : 4.5);
        }).map(one => one.textContent) }) }"""

SCROLLS = "scrollable-region-focusable"
# Rules whose answer hangs on the theme or on the window's width, where the page is the same.
AS_SEEN = ("color-contrast", "link-in-text-block", SCROLLS, "target-size")
# WCAG asks for no contrast of what cannot be moved now; axe knows a slider's words for those of one that can.
STILL = '[data-testid="stSlider"]:has(input:disabled)'
AXE = """async ([within, options]) => {
    const said = await axe.run(within, options);
    return said.violations.map(rule => [rule.id, rule.nodes.map(node => node.target)]) }"""


def violations(tab: Page, *, within: str = "", rules: Sequence[str] = ()) -> list[tuple[str, list[Any]]]:
    """What axe finds on the page, or within the places of a selector: rules, and the elements that break them.

    Where only some ``rules`` are named, only these are looked at. What scrolls is looked at apart: once another rule
    has asked whether an element scrolls, axe (4.12) takes one that is a pixel too narrow for one that scrolls.
    """
    if not tab.evaluate("() => 'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    others: dict[str, Any] = {"rules": {SCROLLS: {"enabled": False}}}
    if rules:
        others = {"runOnly": {"type": "rule", "values": [rule for rule in rules if rule != SCROLLS]}}
    found: list[Any] = []
    for options in (others, {"runOnly": {"type": "rule", "values": [SCROLLS]}}):
        found += tab.evaluate(
            AXE, [{"include": [within or "html"], "exclude": [STILL]}, {"resultTypes": ["violations"], **options}]
        )
    return [(rule, nodes) for rule, nodes in found]


def pale(tab: Page, charts: str) -> list[str]:
    """Words of the pictures that a selector finds which stand out too little from what they stand on."""
    words: list[str] = tab.evaluate(PALE, charts)
    return words


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
