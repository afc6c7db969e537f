"""A page that the browser translates: title, text and chart agree after every choice, and nothing breaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sidebyside import evidence, hosting, interface
from sidebyside.outlines import Card, pages
from sidebyside.view import SOURCES_IN_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

    from sidebyside.figure import Figure
    from sidebyside.figures import Recipe
    from sidebyside.figures.labs import Lab
    from sidebyside.outlines import Outline

TRANSLATOR = Path(__file__).with_name("translator.js").read_text(encoding="utf-8")
PATIENCE = 30_000
CHART = '[data-testid="stVegaLiteChart"] svg'
# The translation of the last words of a page.
LAST_WORDS = "IT IS NOT MEDICAL ADVICE"


@pytest.fixture
def errors() -> list[str]:
    """What scripts could not do."""
    return []


@pytest.fixture
def tab(browser: Browser, errors: list[str]) -> Iterator[Page]:
    """A tab whose pages are translated."""

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        opened = context.new_page()
        session = context.new_cdp_session(opened)
        session.send("Page.enable")
        session.send("Page.addScriptToEvaluateOnNewDocument", {"source": TRANSLATOR, "worldName": "translator"})
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on("console", hear)
        yield opened


def test_after_every_choice_title_text_and_chart_agree(site: str, tab: Page, errors: list[str]) -> None:
    tab.goto(site)
    for name, outline in pages.PAGES.items():
        if name != hosting.FIRST:
            tab.get_by_role("navigation").get_by_role("link", name=hosting.PAGES[name].upper()).click()
        expect(tab.locator("h1")).to_have_text(outline.title.upper(), timeout=PATIENCE)
        expect(tab.get_by_text(LAST_WORDS)).to_be_attached(timeout=PATIENCE)
        _choose_everything(tab, outline)
        assert errors == [], name
    for name in [*pages.PAGES][-2::-1]:
        tab.go_back()
        expect(tab.locator("h1")).to_have_text(pages.PAGES[name].title.upper(), timeout=PATIENCE)
        expect(tab.get_by_text(LAST_WORDS)).to_be_attached(timeout=PATIENCE)
        assert errors == [], name


def _choose_everything(tab: Page, outline: Outline) -> None:
    """Choose each option of each card and each preset of a page."""
    if outline.asked_parts:
        shown = tab.get_by_role("switch", name=interface.words("show-life").upper())
        if not shown.is_checked():
            shown.evaluate("control => control.click()")
    for part in (*outline.open_parts, *outline.asked_parts):
        if isinstance(part, Card) and part.recipe.choice is not None:
            _choose(tab.locator(f".st-key-card-{part.recipe.id}"), part.recipe, folded=part.folded)
    for lab in outline.labs:
        _simulate(tab.locator(f".st-key-lab-{lab.id}"), lab)


def _choose(card: Locator, recipe: Recipe, *, folded: bool) -> None:
    if folded:
        card.locator("summary").first.click(timeout=PATIENCE)
    assert recipe.choice is not None
    first, *others = recipe.options
    radios = card.get_by_role("radiogroup").first.get_by_role("radio")
    for option in (*others, first):
        radios.nth(list(recipe.options).index(option)).evaluate("control => control.click()")
        _agrees(card, recipe.figure(option))
    card.get_by_role("radio", name="ABOUT").click()
    for option in (others[0], first):
        radios.nth(list(recipe.options).index(option)).evaluate("control => control.click()")
        _says(card, recipe.figure(option))
        expect(card).to_contain_text(f"IN WORDS. {recipe.figure(option).alt.upper()}")


def _simulate(bench: Locator, lab: Lab[object]) -> None:
    radios = bench.get_by_role("radiogroup").first.get_by_role("radio")
    for number, preset in [*enumerate(lab.presets)][::-1]:
        radios.nth(number).evaluate("control => control.click()")
        shown = lab.made(lab.settings(preset, {}))
        for figure in shown:
            expect(bench.get_by_role("heading", name=figure.title.upper(), exact=True)).to_be_visible(timeout=PATIENCE)
        expect(bench.get_by_label(shown[0].alt, exact=True).first).to_be_visible()


def _agrees(card: Locator, shown: Figure) -> None:
    """The card says and draws this figure, and no other."""
    _says(card, shown)
    expect(card.get_by_label(shown.alt, exact=True).first).to_be_visible(timeout=PATIENCE)
    expect(card.locator(CHART)).to_have_count(1)


def _says(card: Locator, shown: Figure) -> None:
    expect(card.get_by_role("heading").first).to_have_text(shown.title.upper(), timeout=PATIENCE)
    for source in evidence.citations(shown.source_ids)[:SOURCES_IN_LINE]:
        expect(card).to_contain_text(source.label.upper())
