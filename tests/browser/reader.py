"""A tab of a reader, what is done in it, and all that was wrong in it, told together."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from sidebyside.data import interface
from sidebyside.layouts import page_list, pages
from sidebyside.layouts.blocks import ChartBlock, SimulationBlock
from tests.browser.looking import cut_off, pale, violations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

    from sidebyside.layouts.blocks import Block

MAIN = '[data-testid="stMain"]'
CHART = '[data-testid="stVegaLiteChart"] svg'
FOLDED = f"{MAIN} details:not([open]) > summary"
# What opens each card's words about it: as many as there are charts.
ABOUT = f'{MAIN} [class*="st-key-about-"]'
POPOVER = '[data-testid="stPopoverBody"]'
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LAST_WORDS = "It is not medical advice"
PATIENCE = 30_000
STATE = """document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState"""
RESTING = f"() => {STATE} === 'notRunning'"
# What the browser says that it has refused, for whatever reason and however loudly.
SHUT = re.compile(r"Content[- ]Security[- ]Policy|Permissions policy|violates", re.IGNORECASE)
# What must be empty wherever a reader stands: by name, the places or words that are at fault. What a list repeats
# when it is opened stands below what it repeats, to which a link of that name leads.
FAULTS = f"""() => {{
    const main = document.querySelector('{MAIN}'), all = chosen => [...document.querySelectorAll(chosen)];
    const ids = [...main.querySelectorAll('[id]')].filter(one => !one.closest('[class*="st-key-open-"]'))
        .map(node => node.id);
    const wide = Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth);
    return {{
        'an exception': all('[data-testid="stException"]').map(one => one.textContent.slice(0, 200)),
        'an apology': all('p').map(one => one.textContent).filter(words => /We cannot show|went wrong/.test(words)),
        'sideways by px': wide > 1 ? [wide] : [],
        'two places of one name': ids.filter((id, n) => ids.indexOf(id) !== n),
        'titles': all('h1').length === 1 ? [] : all('h1').map(one => one.textContent),
        'a table wider than its place': all('[data-testid="stMarkdown"] table')
            .filter(one => one.scrollWidth > one.parentElement.clientWidth + 1)
            .map(one => one.textContent.slice(0, 60)),
    }} }}"""
# One after the other, the next when the script has run: where a run is stopped by another, Streamlit (1.67) now and
# then loses the first press, or its page. A fold of a claim or of words explained opens without the script.
PRESS = f"""async nodes => {{
    const until = async (there, ms) => {{
        for (const end = performance.now() + ms; !there() && performance.now() < end;)
            await new Promise(done => setTimeout(done, 10)) }};
    for (const node of nodes) {{
        const fold = node.closest('summary')?.closest('[data-testid="stExpander"]');
        if (!node.isConnected) continue;
        node.click();
        if (fold && !/st-key-(?!claim-)/.test(fold.parentElement.className)) continue;
        await until(() => {STATE} !== 'notRunning', 2000);
        await until(() => {STATE} === 'notRunning', 20000) }} }}"""
LABELS = "() => [...document.querySelectorAll('[aria-label]')].map(node => node.getAttribute('aria-label'))"


class Reader:
    """One tab in one theme. ``look`` notes what is wrong where it stands; ``told`` fails with all that was noted."""

    def __init__(self, browser: Browser, site: str, scheme: Literal["light", "dark"] = "light") -> None:
        """Open a tab for the dashboard at ``site``; nothing is loaded yet."""
        self.browser, self.site = browser, site
        self.context = browser.new_context(color_scheme=scheme, accept_downloads=True)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.tab: Page = self.context.new_page()
        self.faults: list[str] = []
        self._told: set[str] = set()
        self.page = page_list.FIRST
        self.tab.on("console", self._hear)
        self.tab.on("pageerror", lambda error: self.note("error", [str(error)]))
        self.tab.on("request", self._asked)

    def goes(self, name: str, width: int, query: str = "") -> None:
        """Go to the address of a page, in a window as wide."""
        self.page = name
        self.tab.set_viewport_size({"width": width, "height": 900})
        self.tab.goto(f"{self.site}/{'' if name == page_list.FIRST else name}{query}")
        expect(self.tab).to_have_title(page_list.page_title(page_list.short_title(name)), timeout=PATIENCE)
        expect(self.tab.get_by_text(LAST_WORDS)).to_be_visible(timeout=PATIENCE)
        expect(self.tab.locator("h1")).to_have_count(1)
        self.rests()

    def rests(self) -> None:
        """Wait until the page's script has run, and what it drew stands."""
        self.tab.wait_for_timeout(150)
        self.tab.wait_for_function(RESTING, timeout=PATIENCE)

    def changes(self, width: int, scheme: Literal["light", "dark"]) -> None:
        """Make the window as wide, in another theme of the reader's system; the charts are drawn anew."""
        self.tab.emulate_media(color_scheme=scheme)
        self.widens(width)

    def widens(self, width: int) -> None:
        """Make the window as wide; the charts are drawn anew."""
        self.tab.set_viewport_size({"width": width, "height": 900})
        self.tab.wait_for_timeout(700)

    def opens_all(self) -> None:
        """Ask for what is shown on request, and open whatever is folded, and what is folded within."""
        layout = pages.PAGES[self.page]
        if layout.blocks_on_request:
            switch = self.tab.get_by_role("switch", name=interface.words("show-life")).first
            if not switch.is_checked():
                self.tab.get_by_text(interface.words("show-life")).first.click()
                expect(switch).to_be_checked()
                self.rests()
        for _ in range(10):
            if not self.tab.locator(FOLDED).count():
                break
            self.tab.locator(FOLDED).evaluate_all(PRESS)
            self.rests()
        expect(self.tab.locator(FOLDED)).to_have_count(0)
        # What is chosen of a list may bring a chart of its own.
        if charts := self.charts():
            expect(self.tab.locator(ABOUT).nth(charts - 1)).to_be_attached(timeout=PATIENCE)

    def charts_at_once(self) -> int:
        """How many charts a page draws before anyone asks for more, but for what is asked for already."""
        layout = pages.PAGES[self.page]
        switch = self.tab.get_by_role("switch", name=interface.words("show-life"))
        asked = switch.count() and switch.first.is_checked()
        return _drawn((*layout.open_blocks, *(layout.blocks_on_request if asked else ())))

    def charts(self) -> int:
        """How many charts a page has when all is asked for."""
        layout = pages.PAGES[self.page]
        return _drawn((*layout.open_blocks, *layout.blocks_on_request))

    def opens_each(self, behind: str) -> Iterator[Locator]:
        """Open what is behind each card, one after the other: "sources-of", "table-of" or "about"."""
        buttons = self.tab.locator(f'{MAIN} [class*="st-key-{behind}-"] button')
        assert buttons.count() >= self.charts_at_once()
        yield from self._opens(buttons, "ol, table, pre")

    def opens_lists(self) -> Iterator[Locator]:
        """Open the list of all pages and, on a sub-page, the words explained, one after the other."""
        yield from self._opens(self.tab.locator(f"{MAIN} .st-key-all-pages button"), "a")
        yield from self._opens(self.tab.locator(f"{MAIN} .st-key-words-on-page button"), "p")

    def _opens(self, buttons: Locator, what: str) -> Iterator[Locator]:
        for button in buttons.all():
            # By the keyboard, as who has no mouse.
            button.press("Enter")
            opened = self.tab.locator(POPOVER)
            expect(opened.locator(what).first).to_be_visible(timeout=PATIENCE)
            self.rests()
            yield opened
            self.tab.keyboard.press("Escape")
            expect(opened).to_have_count(0)
            self.rests()

    def names(self, labels: Iterable[str]) -> None:
        """Wait until each of these texts names a picture; note those that do not."""
        wanted = set(labels)
        for _ in range(60):
            if wanted <= set(self.tab.evaluate(LABELS)):
                return
            self.tab.wait_for_timeout(250)
        self.note("no picture is named", sorted(wanted - set(self.tab.evaluate(LABELS))))

    def look(
        self,
        state: str,
        *,
        axe: bool = False,
        within: str = "",
        words: bool = True,
        let_be: Collection[str] = (),
    ) -> None:
        """Note all that is wrong here; ``state`` says what was done to the page, ``within`` where axe looks.

        Whether words are cut off is not asked where no chart is drawn anew (without ``words``), nor of the charts
        that are ``let_be``.
        """
        for fault, found in self.tab.evaluate(FAULTS).items():
            self.note(f"{state}: {fault}", found)
        self.note(f"{state}: pale words in a chart", pale(self.tab, CHART))
        if words:
            others = "".join(f":not(.st-key-card-{chart} *)" for chart in let_be)
            self.note(f"{state}: cut off in a chart", cut_off(self.tab, f"{CHART}{others}"))
        if axe:
            self.note(f"{state}: axe", violations(self.tab, within=within))

    def note(self, what: str, found: list[Any]) -> None:
        """Remember what is at fault, with the page it was met on."""
        state, _, fault = what.rpartition(": ")
        for one in found:
            # What stays at fault from state to state is told once, with the first.
            if (told := f"{self.page}: {fault}: {one}") not in self._told:
                self._told.add(told)
                self.faults.append(f"{told}{f' ({state})' if state else ''}")

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Forget what was noted before; in the end fail with all that was noted, and what ended it too early."""
        self.faults.clear()
        self._told.clear()
        try:
            yield
        except Exception as error:
            if self.faults:
                error.add_note("Noted before: " + "\n".join(self.faults))
            raise
        self.told()

    def told(self) -> None:
        """Fail with everything that was noted since the last time."""
        said, self.faults = "\n".join(self.faults), []
        self._told.clear()
        if said:
            pytest.fail(said, pytrace=False)

    def close(self) -> None:
        """Close the tab."""
        self.context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" or SHUT.search(message.text):
            self.note("console", [f"{message.text} {message.location.get('url', '')}".strip()])

    def _asked(self, request: Request) -> None:
        if request.url.startswith("http") and urlsplit(request.url).netloc != urlsplit(self.site).netloc:
            self.note("asked elsewhere", [request.url])


def _drawn(blocks: tuple[Block, ...]) -> int:
    """How many charts these blocks draw; of a simulation away from home the first alone."""
    cards = sum(isinstance(block, ChartBlock) for block in blocks)
    runs = [block for block in blocks if isinstance(block, SimulationBlock)]
    return cards + sum(len(block.simulation.figures) if block.home else 1 for block in runs)
