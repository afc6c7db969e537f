"""A page that the browser translates: title, text and chart agree after every choice, and nothing breaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sidebyside.charts.course import relapses
from sidebyside.charts.mechanism import nerve_fibre
from sidebyside.data import interface
from sidebyside.layouts import page_list, pages
from sidebyside.layouts.blocks import ChartBlock, SimulationBlock
from tests.browser.reader import MAIN, POPOVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure
    from sidebyside.layouts.blocks import PageLayout

TRANSLATOR = Path(__file__).with_name("translator.js").read_text(encoding="utf-8")
PATIENCE = 30_000
# A hub with presets, a sub-page with many choices, a simulation; what is shown by choice is among those of the sweep.
USUAL = {
    page_list.FIRST,
    "mechanism",
    pages.page_of_chart(nerve_fibre.FIBRE.id),
    pages.page_of_chart(relapses.RELAPSE_RATES.id),
}
CHART = '[data-testid="stVegaLiteChart"] svg'
# The translation of the last words of a page.
LAST_WORDS = "IT IS NOT MEDICAL ADVICE"
# More than a page has choices, there and back.
MOST_CHOICES = 60


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


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.sweep)], ids=["second", "every"])
def test_after_every_choice_title_text_and_chart_agree(site: str, tab: Page, errors: list[str], every: bool) -> None:
    """The second option of each choice and back to the first, on some pages; in the sweep every option on each."""
    tab.goto(site)
    visited = [name for name in pages.PAGES if every or name in USUAL]
    for name in visited:
        layout = pages.PAGES[name]
        if name != page_list.FIRST:
            tab.locator(f"{MAIN} .st-key-all-pages button").click()
            tab.locator(POPOVER).get_by_role("link", name=page_list.short_title(name).upper()).first.click()
        expect(tab.locator("h1")).to_have_text(layout.title.upper(), timeout=PATIENCE)
        expect(tab.get_by_text(LAST_WORDS)).to_be_attached(timeout=PATIENCE)
        _choose_everything(tab, layout, every=every)
        assert errors == [], name
    for name in visited[-2::-1]:
        _back_to(tab, pages.PAGES[name].title.upper())
        expect(tab.get_by_text(LAST_WORDS)).to_be_attached(timeout=PATIENCE)
        assert errors == [], name


def _back_to(tab: Page, title: str) -> None:
    """Back until a page stands there: each choice is an entry of its own."""
    for _ in range(MOST_CHOICES):
        tab.go_back()
        tab.wait_for_timeout(300)
        if tab.locator("h1").inner_text().startswith(title):
            break
    expect(tab.locator("h1")).to_have_text(title, timeout=PATIENCE)


def _choose_everything(tab: Page, layout: PageLayout, *, every: bool) -> None:
    """Choose options of each card and presets: the second of all cards, then the third, and so on; then the first."""
    if layout.blocks_on_request:
        shown = tab.get_by_role("switch", name=interface.words("show-life").upper())
        if not shown.is_checked():
            shown.evaluate("control => control.click()")
    parts = [part for part in (*layout.open_blocks, *layout.blocks_on_request) if isinstance(part, ChartBlock)]
    definitions = [part.definition for part in parts if part.definition.options is not None]
    expect(tab.locator(f'{MAIN} [class*="st-key-card-"]')).to_have_count(len(parts), timeout=PATIENCE)
    rounds = max(
        [
            0,
            *(len(definition.option_keys) for definition in definitions),
            *(len(block.simulation.presets) for block in _simulations(layout)),
        ]
    )
    for number in (*range(1, rounds if every else min(rounds, 2)), 0):
        _choose(tab, layout, definitions, number)
    for definition in definitions:
        _card(tab, definition).get_by_role("button", name="ABOUT", exact=True).press("Enter")
        opened = tab.locator('[data-testid="stPopoverBody"]')
        expect(opened).to_contain_text(f"IN WORDS. {definition.figure().alt.upper()}", timeout=PATIENCE)
        tab.keyboard.press("Escape")
        expect(opened).to_have_count(0)


def _simulations(layout: PageLayout) -> list[SimulationBlock]:
    return [block for block in layout.open_blocks if isinstance(block, SimulationBlock)]


def _choose(tab: Page, layout: PageLayout, definitions: list[ChartDefinition], number: int) -> None:
    """The option of this number of each card that has so many, and the preset of each simulation."""
    there = [definition for definition in definitions if number < len(definition.option_keys)]
    blocks = [block for block in _simulations(layout) if number < len(block.simulation.presets)]
    labs = {block.simulation.id: tab.locator(f".st-key-lab-{block.simulation.id}") for block in blocks}
    _press([*(_card(tab, definition) for definition in there), *labs.values()], number)
    for definition in there:
        _agrees(_card(tab, definition), definition.figure(definition.option_keys[number]))
    for block in blocks:
        simulation = block.simulation
        made = simulation.run(simulation.settings([*simulation.presets][number], {}))
        for figure in made if block.home else made[:1]:
            title = labs[simulation.id].get_by_role("heading", name=figure.title.upper(), exact=True)
            expect(title).to_be_visible(timeout=PATIENCE)
        expect(labs[simulation.id].get_by_label(made[0].alt, exact=True).first).to_be_visible()


def _press(cards: Iterable[Locator], number: int) -> None:
    """Press the option of this number of each card, one soon after the other."""
    for card in cards:
        card.get_by_role("radiogroup").first.get_by_role("radio").nth(number).evaluate("control => control.click()")
        card.page.wait_for_timeout(60)


def _card(tab: Page, definition: ChartDefinition) -> Locator:
    return tab.locator(f".st-key-card-{definition.id}")


def _agrees(card: Locator, shown: Figure) -> None:
    """The card says and draws this figure, and no other."""
    _says(card, shown)
    expect(card.get_by_label(shown.alt, exact=True).first).to_be_visible(timeout=PATIENCE)
    expect(card.locator(CHART)).to_have_count(1)


def _says(card: Locator, shown: Figure) -> None:
    expect(card.get_by_role("heading").first).to_have_text(shown.title.upper(), timeout=PATIENCE)
    count = len(shown.source_ids)
    expect(card).to_contain_text(interface.words("source-count", "one" if count == 1 else "many", count=count).upper())
