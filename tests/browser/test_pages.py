"""Every page in Chromium, light and dark, wide and narrow: many checks a visit, all that they find told together."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from benchmarks import shapes
from sidebyside.charts.mechanism import nerve_fibre, risk_factors
from sidebyside.charts.overview import counts
from sidebyside.content import text
from sidebyside.data import facts, formatting, interface, marks, package
from sidebyside.data.reading import records
from sidebyside.layouts import moved, page_list, pages
from sidebyside.layouts.blocks import SURVIVAL, ComparisonBlock, SimulationBlock
from sidebyside.layouts.page_list import DOORS
from tests.browser.conftest import serving
from tests.browser.links import Met, leading_nowhere
from tests.browser.looking import CUT_OFF
from tests.browser.pressing import KINDS, press_all, take_all
from tests.browser.reader import CHART, LAST_WORDS, MAIN, PATIENCE, POPOVER, PRESS, SCHEMES, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure

WIDTHS = (1280, 320)
BY_THEME = [(name, scheme) for scheme in SCHEMES for name in pages.PAGES]
FIBRE = nerve_fibre.FIBRE.id
BEHIND = ("sources-of", "table-of", "about")
# Where every file is taken: a hub, a sub-page with a simulation, and those whose lists have files of their own.
TAKEN = {page_list.FIRST, pages.page_of_chart(FIBRE), pages.page_of_list("differences")} | {
    "evidence",
    *page_list.HUBS["evidence"],
}
# What a page does not hold yet of the budgets in ``benchmarks/shapes.py``; this may only shrink.
NOT_YET: Mapping[str, set[str]] = {
    "muscle": {"first chart at 390"},
    "causes": {"height at 390"},
    "mechanism": {"first chart at 1280", "first chart at 390"},
}
# Charts with words that are cut off at 320 px; this may only shrink.
LIFE_CUT = {"als-daily-life", "als-stages", "ms-from-onset", "deaths-in-a-year", "ages-at-death", "what-changes-als"}
CUT_YET = frozenset(
    {"measures", "risk-factors", "ccsvi-prevalence", "ccsvi-odds", "new-living-deaths", "living"} | LIFE_CUT
)


def _recipes(name: str) -> tuple[ChartDefinition, ...]:
    """All charts that stand on a page, those that are asked for too."""
    return (*pages.PAGES[name].charts_shown, *pages.PAGES[name].charts_on_request)


def _simulations(name: str) -> list[SimulationBlock]:
    return [block for block in pages.PAGES[name].open_blocks if isinstance(block, SimulationBlock)]


def _runs(block: SimulationBlock, number: int) -> list[Figure]:
    """What a simulation shows for its preset of this number: away from home its first figure."""
    simulation = block.simulation
    figures = simulation.run(simulation.settings([*simulation.presets][number], {}))
    return figures if block.home else figures[:1]


def _lab(tab: Page, name: str) -> Locator:
    return tab.locator(f".st-key-lab-{name}")


# ---------------------------------------------------------------- clean, in every state


@pytest.fixture
def met_by_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run share, for what its visits met."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "met"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def visitor(browser: Browser, site: str) -> Iterator[Reader]:
    """A tab that stays open from page to page: what the framework is made of comes once."""
    tab = Reader(browser, site)
    yield tab
    tab.close()


@pytest.mark.parametrize("name", pages.PAGES)
def test_a_page_is_clean_whatever_is_opened_or_pressed_and_links_lead_somewhere(
    name: str, visitor: Reader, met_by_all: Path, tmp_path: Path
) -> None:
    """One visit, on a phone in light and in a wide window in dark; the last page's looks where all links lead."""
    reader, met = visitor, Met()
    with reader.noting():
        reader.changes(320, "light")
        reader.goes(name, 320)
        expect(reader.tab.locator(CHART)).to_have_count(reader.charts_at_once())
        reader.look("at first, light, 320 px", axe=True, let_be=CUT_YET)
        cut = _cut(reader)
        _knows_where_it_is(reader)
        _holds_its_shape(reader)
        reader.changes(1280, "dark")
        _open_everything(reader)
        reader.look("opened, dark, 1280 px", axe=True)
        press_all(reader, tmp_path)
        reader.look("all pressed, dark, 1280 px")
        met.note(reader.tab, reader.site)
        reader.changes(320, "light")
        cut |= _try_options_and_presets(reader)
        whole = (CUT_YET & {each.id for each in _recipes(name)}) - cut
        reader.note("is whole by now, and stands in ``CUT_YET``", sorted(whole))
        reader.look("opened, light, 320 px", axe=True, let_be=CUT_YET)
        _open_popovers(reader, met, tmp_path)
        reader.look("all taken, light, 320 px", let_be=CUT_YET)
        if walk := met.keep(met_by_all, name):
            reader.note("links", list(leading_nowhere(walk, reader.site)))
            reader.note(
                "no file of this kind", sorted(set(KINDS) - {kind for met in walk.values() for kind in met.kinds})
            )


def _knows_where_it_is(reader: Reader) -> None:
    """The page one is on stands in bold among its siblings, on the first screen; all others are links."""
    if pages.PAGES[reader.page].is_hub:
        return
    hub, row = page_list.hub_of(reader.page), reader.tab.locator(".st-key-siblings")
    expect(row.locator("strong")).to_have_text(page_list.short_title(reader.page))
    expect(row.locator("strong")).to_be_in_viewport()
    expect(row.get_by_role("link")).to_have_count(len(page_list.HUBS[hub]))


def _holds_its_shape(reader: Reader) -> None:
    """Height, top of the first chart, words and links, as far as the page is to hold them already."""
    measured = {}
    for width, height in (shapes.NARROW, shapes.WIDE):
        reader.tab.set_viewport_size({"width": width, "height": height})
        measured[width] = shapes.measure(reader.tab)
    both = (measured[shapes.WIDE[0]], measured[shapes.NARROW[0]])
    missed = {said.partition(": ")[0]: said for said in shapes.missed(both, shapes.budget(reader.page))}
    known = NOT_YET.get(reader.page, set())
    reader.note("shape", [said for budget, said in missed.items() if budget not in known])
    reader.note("holds by now what ``NOT_YET`` names", sorted(known - missed.keys()))


def _open_popovers(reader: Reader, met: Met, folder: Path) -> None:
    """Each list, table and word behind a button, by the keyboard; of each kind axe looks at the first."""
    files = []
    for n, _ in enumerate(reader.opens_lists()):
        reader.look(f"list {n + 1} of the head, light, 320 px", axe=True, within=POPOVER, words=False)
        met.note(reader.tab, reader.site)
    for behind in BEHIND:
        for n, opened in enumerate(reader.opens_each(behind)):
            reader.look(f"{behind}, light, 320 px", axe=not n, within=POPOVER, words=False)
            met.note(reader.tab, reader.site)
            if reader.page in TAKEN:
                files += take_all(reader, folder, POPOVER)
            if behind == "table-of":
                _a_keyboard_moves_what_scrolls(reader, opened)
    if reader.page in TAKEN:
        files += take_all(reader, folder)
    assert {file for file in files if files.count(file) > 1} == set()
    met.kinds.update(file.rpartition(".")[2] for file in files)


def _a_keyboard_moves_what_scrolls(reader: Reader, opened: Locator) -> None:
    """What is longer or wider than its place can be focused: a table without a link in it, and the popover itself."""
    places = opened.locator('[data-testid="stTable"] > div').or_(opened)
    still = places.evaluate_all(
        "all => all.filter(one => (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)"
        " && !one.hasAttribute('tabindex') && !one.querySelector('a')).map(one => one.className)"
    )
    reader.note("cannot be moved by a keyboard", still)


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name in pages.PAGES if name not in TAKEN])
def test_every_file_of_a_page_is_what_its_kind_promises(name: str, visitor: Reader, tmp_path: Path) -> None:
    """The pages whose files the visit above takes hold it for the others: the same code writes them."""
    with visitor.noting():
        visitor.goes(name, 1280)
        visitor.opens_all()
        files = [file for _ in visitor.opens_each("about") for file in take_all(visitor, tmp_path, POPOVER)]
        files += take_all(visitor, tmp_path)
        assert {file for file in files if files.count(file) > 1} == set()


@pytest.mark.sweep
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "scheme"), BY_THEME)
def test_a_page_that_is_loaded_is_clean_in_each_theme_at_each_width(
    name: str, scheme: Literal["light", "dark"], width: int, browser: Browser, site: str
) -> None:
    reader = Reader(browser, site, scheme)
    with reader.noting():
        reader.goes(name, width)
        expect(reader.tab.locator(CHART)).to_have_count(reader.charts_at_once())
        reader.look("loaded", axe=True)
        _open_everything(reader)
        reader.look("opened", axe=True)
        for behind in BEHIND:
            for _ in reader.opens_each(behind):
                reader.look(f"{behind}, {width} px", axe=True)
    reader.close()


def _open_everything(reader: Reader) -> None:
    """Open all, see that each chart is named by its finding, and bring out what a choice brings."""
    reader.opens_all()
    simulations = _simulations(reader.page)
    drawn = [*(definition.figure() for definition in _recipes(reader.page))]
    drawn += [figure for block in simulations for figure in _runs(block, 0)]
    reader.names(figure.alt for figure in drawn)
    for name in (block.simulation.id for block in simulations if block.home):
        _lab(reader.tab, name).get_by_text("Your own settings", exact=True).click()
        expect(_lab(reader.tab, name).get_by_role("slider").nth(2)).to_be_visible()
    for block in pages.PAGES[reader.page].open_blocks:
        if isinstance(block, ComparisonBlock):
            opened = reader.tab.locator(f".st-key-list-{block.name}")
            opened.get_by_role("radiogroup").get_by_text(interface.words("all-topics")).click()
            expect(opened.get_by_text(re.compile(r"^(\d+) of \1 shown"))).to_be_visible()
    reader.rests()
    expect(reader.tab.locator(CHART)).to_have_count(reader.charts())


def _cut(reader: Reader) -> set[str]:
    """Which of the charts that may have words that are cut off do so now."""
    known = CUT_YET & {each.id for each in _recipes(reader.page)}
    return {chart for chart in known if reader.tab.evaluate(CUT_OFF, f".st-key-card-{chart} {CHART}")}


def _try_options_and_presets(reader: Reader) -> set[str]:
    """Each option of each chart and preset of each simulation: the second of all, then the third, and so on.

    Gives the charts of ``CUT_YET`` whose words were cut off before, or in one of them.
    """
    cut = _cut(reader)
    simulations = _simulations(reader.page)
    chosen = [definition for definition in _recipes(reader.page) if definition.options]
    numbers = [
        *(len(definition.option_keys) for definition in chosen),
        *(len(block.simulation.presets) for block in simulations),
    ]
    for turn in range(1, max(numbers, default=1)):
        alts = []
        for definition in chosen:
            if turn < len(definition.option_keys):
                _choose(reader.tab.locator(f".st-key-card-{definition.id}"), turn)
                alts.append(definition.figure(definition.option_keys[turn]).alt)
        for block in simulations:
            if turn < len(block.simulation.presets):
                _choose(_lab(reader.tab, block.simulation.id), turn)
                alts += [figure.alt for figure in _runs(block, turn)]
        reader.rests()
        reader.names(alts)
        reader.look(f"option {turn + 1} of each choice", let_be=CUT_YET)
        cut |= _cut(reader)
    return cut


def _choose(card: Locator, number: int) -> None:
    """Press the option of this number, counted from 0, of a card's choice."""
    card.get_by_role("radiogroup").first.get_by_role("radio").nth(number).evaluate_all(PRESS)


# ---------------------------------------------------------------- the overview


def test_the_first_screen_answers_opens_doors_and_begins_a_picture(newcomer: Reader) -> None:
    with newcomer.noting():
        for width in (1280, 390):
            newcomer.goes(page_list.FIRST, width)
            answer = newcomer.tab.get_by_text(text.section(page_list.FIRST, page_list.ANSWER).body).first
            doors = {
                door: newcomer.tab.locator(f'{MAIN} a[href="{address}"]').filter(visible=True).first
                for door, address in DOORS.items()
            }
            for what, place in {"answer": answer, **doors}.items():
                box = place.bounding_box()
                if not box or box["y"] + box["height"] > 844:
                    newcomer.note(f"not on the first screen at {width} px", [what])
            expect(newcomer.tab.locator(CHART).first).to_be_in_viewport()


def test_a_card_is_moved_by_keyboard_and_choice_taken_and_shared(newcomer: Reader) -> None:
    with newcomer.noting():
        newcomer.goes(pages.page_of_chart(counts.NEW_LIVING_DEATHS.id), 1280)
        _moved_by_keyboard(newcomer.tab)
        _downloaded(newcomer)
        _shared_by_its_address(newcomer)


def _moved_by_keyboard(tab: Page) -> None:
    card, shown = tab.locator(".st-key-card-new-living-deaths"), counts.NEW_LIVING_DEATHS
    first, second, *_ = (str(option) for option in shown.option_keys)
    card.get_by_role("radio", name=shown.labels[first]).focus()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    expect(card.get_by_role("radio", name=shown.labels[second])).to_have_attribute("aria-checked", "true")
    expect(card.get_by_role("heading", name=shown.figure(second).title)).to_be_visible()
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("Enter")
    expect(card.get_by_role("heading", name=shown.figure(first).title)).to_be_visible()
    opens = card.locator('[class*="st-key-table-of-"] button')
    opens.press("Enter")
    expect(tab.locator(POPOVER).locator("table")).to_have_count(1)
    tab.keyboard.press("Escape")
    expect(tab.locator(POPOVER)).to_have_count(0)
    expect(opens).to_be_focused()
    fold = tab.locator(f"{MAIN} .st-key-all-sources summary")
    fold.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(f"{MAIN} .st-key-all-sources li a").first).to_be_visible()


def _downloaded(reader: Reader) -> None:
    card = reader.tab.locator(".st-key-card-new-living-deaths")
    card.locator('[class*="st-key-about-"] button').click()
    for kind, starts in (("CSV", "\ufeff# "), ("SVG", "<svg")):
        with reader.tab.expect_download() as begun:
            reader.tab.locator(POPOVER).get_by_role("button", name=re.compile(kind)).click()
        text = begun.value.path().read_text(encoding="utf-8")
        if not text.startswith(starts) or counts.NEW_LIVING_DEATHS.figure().title.split(",")[0] not in text:
            reader.note("not the figure", [kind, text[:100]])
    reader.tab.keyboard.press("Escape")


def _shared_by_its_address(reader: Reader) -> None:
    """A choice moves into the address, and the link opens it again; so does a search."""
    tab, rates = reader.tab, counts.NEW_LIVING_DEATHS.figure(counts.RATES)
    tab.get_by_role("radio", name=counts.NEW_LIVING_DEATHS.labels[counts.RATES]).click()
    expect(tab.get_by_label(rates.alt, exact=True).first).to_be_visible()
    assert "new-living-deaths-pair=" in tab.url
    other = Reader(reader.browser, reader.site)
    other.tab.goto(tab.url)
    expect(other.tab.get_by_label(rates.alt, exact=True).first).to_be_visible(timeout=PATIENCE)
    reader.goes(pages.page_of_list("differences"), 1280)
    opened = tab.locator(".st-key-list-differences")
    opened.get_by_role("searchbox").fill("breathing")
    opened.get_by_role("searchbox").press("Enter")
    counted = re.compile(r"^\d+ of \d+ shown, in all topics")
    expect(opened.get_by_text(counted)).to_be_visible()
    said = opened.get_by_text(counted).inner_text()
    expect(tab).to_have_url(re.compile("differences-words=breathing"))
    other.tab.goto(tab.url)
    expect(other.tab.locator(".st-key-list-differences").get_by_text(said)).to_be_visible(timeout=PATIENCE)
    other.close()


# Each kind of junk, several in one address, on the page that the names in it belong to.
GARBAGE = (
    (page_list.FIRST, "?x=%00&q=" + "x" * 3_000),
    (pages.page_of_chart(counts.NEW_LIVING_DEATHS.id), "?new-living-deaths-pair=%00&sex-ratio-which=0"),
    (pages.page_of_list("differences"), "?differences-words=%5B%00&differences-topic=" + "y" * 3_000),
    (pages.page_of_list("sources"), "?find=[&source=%FF&help-country=%3Cscript%3E"),
)


def test_garbage_in_the_address_opens_the_default_page(newcomer: Reader) -> None:
    for page, query in GARBAGE:
        with newcomer.noting():
            newcomer.goes(page, 1280, query)
            newcomer.names(definition.figure().alt for definition in pages.PAGES[page].charts_shown)
            newcomer.look(query[:60])


def test_an_unknown_page_says_so_and_leads_to_the_pages(newcomer: Reader) -> None:
    newcomer.tab.goto(f"{newcomer.site}/attic")
    heading = newcomer.tab.get_by_role("heading", level=1)
    expect(heading).to_have_text("There is no such page", timeout=30_000)
    newcomer.tab.get_by_role("link", name="Overview").click()
    expect(heading).to_have_text(page_list.heading(page_list.FIRST), timeout=30_000)


# ---------------------------------------------------------------- links to places


def test_a_link_to_a_figure_or_an_address_of_the_first_edition_leads_to_its_place(newcomer: Reader) -> None:
    tab, card_id = newcomer.tab, risk_factors.RISK_FACTORS.id
    page = f"{newcomer.site}/{pages.page_of_chart(card_id)}?x=1"
    tab.goto("about:blank")
    tab.goto(f"{page}#{card_id}")
    expect(tab.locator(f"#{card_id}-chart")).to_be_in_viewport(timeout=PATIENCE)
    expect(tab).to_have_url(f"{page}#{card_id}-chart")
    tab.evaluate("document.querySelector('h1').scrollIntoView()")
    tab.evaluate("id => { location.hash = id }", card_id)
    expect(tab.locator(f"#{card_id}-chart")).to_be_in_viewport(timeout=PATIENCE)
    expect(tab).to_have_url(f"{page}#{card_id}-chart")
    card = tab.locator(f".st-key-card-{card_id}")
    card.locator(f".st-key-about-{card_id} button").press("Enter")
    tab.locator(POPOVER).get_by_role("link", name=re.compile("Link to this figure")).press("Enter")
    assert tab.url.endswith(f"#{card_id}-chart")
    assert tab.locator(f"#{card_id}-chart").count() == 1
    # What stood on a hub before it was split.
    hub, once, now = next(
        (hub, once, now) for hub in page_list.HUBS for once, now in moved.places(hub).items() if now.partition("#")[2]
    )
    tab.goto("about:blank")
    tab.goto(f"{newcomer.site}/{hub}#{once}")
    expect(tab).to_have_url(f"{newcomer.site}/{now}", timeout=PATIENCE)
    expect(tab.locator(f"#{now.partition('#')[2]}")).to_be_in_viewport(timeout=PATIENCE)
    newcomer.told()


def test_what_waits_for_a_choice_is_nowhere_before_and_links_to_it_lead_to_the_choice(newcomer: Reader) -> None:
    tab = newcomer.tab
    with newcomer.noting():
        newcomer.goes(page_list.LENGTH_OF_LIFE, 1280)
        # As low as that the choice is out of sight.
        tab.set_viewport_size({"width": 1280, "height": 200})
        section = next(
            row
            for row in records(package.load("explainers"))
            if row["choice"] == SURVIVAL and row["page"] == page_list.LENGTH_OF_LIFE
        )
        chart = pages.PAGES[page_list.LENGTH_OF_LIFE].charts_on_request[0].id
        _no_survival_figure(tab, section)
        switch = tab.get_by_text(interface.words("show-life")).first
        for place in (section["section"], text.anchor(chart), chart):
            tab.evaluate("() => document.querySelector('h1').scrollIntoView()")
            expect(switch).not_to_be_in_viewport()
            tab.evaluate("place => { location.hash = place }", place)
            expect(switch).to_be_in_viewport()
        tab.set_viewport_size({"width": 1280, "height": 900})
        switch.click()
        expect(tab.locator(f"#{section['section']}")).to_be_attached(timeout=PATIENCE)
        expect(tab.get_by_role("heading", name=section["heading"])).to_be_visible()
        said = tab.locator("p").filter(has_text="If you think of ending your life")
        expect(said.first).to_be_visible()
        assert said.first.locator("a[href^='tel:']").count() > 3


def _no_survival_figure(tab: Page, section: dict[str, str]) -> None:
    assert section["heading"] not in tab.content()
    body = tab.inner_text("body")
    for fact in map(facts.figure, {mark.fact_id for mark in marks.fact_marks(section["body"])}):
        if fact.value % 1:
            assert not re.search(rf"(?<![\d.]){formatting.number(fact.value)}(?!\d)", body)


# ---------------------------------------------------------------- the first visits of a server


@pytest.mark.parametrize("path", [pytest.param(path, marks=pytest.mark.sweep) for path in ("course", "evidence")])
def test_the_very_first_visit_may_be_a_deep_link(path: str, browser: Browser, tmp_path: Path) -> None:
    """The mechanism page is the first visit in ``test_hosting``."""
    with serving(tmp_path / "log") as site:
        tab = browser.new_page()
        tab.goto(f"{site}/{path}")
        expect(tab.get_by_text(LAST_WORDS)).to_be_visible(timeout=30_000)
        expect(tab).to_have_title(page_list.page_title(page_list.short_title(path)))
        tab.close()


def test_who_presses_a_link_while_the_very_first_page_comes_gets_a_whole_page(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "log") as site, browser.new_context() as context:
        tab = context.new_page()
        tab.goto(site)
        tab.get_by_role("navigation").get_by_role("link", name=page_list.short_title(page_list.FIRST)).click(
            timeout=30_000
        )
        expect(tab.get_by_text(LAST_WORDS)).to_be_visible(timeout=30_000)


# ---------------------------------------------------------------- forced colours

# What is drawn of a control in forced colours: its background, its border as it is seen, its layout.
LOOKS = """nodes => nodes.map(node => { const said = getComputedStyle(node);
    const width = parseFloat(said.borderTopWidth), seen = said.borderTopStyle !== 'none' && width >= 1;
    return [said.backgroundColor, seen ? said.borderTopColor : null, said.outlineStyle !== 'none'] })"""
OPENS = '[data-testid="stPopoverButton"][aria-expanded={}]'
SWITCH = "label:has(input[role=switch]{}) > span + div"
TRACK = '[data-testid="stSlider"] [role=group] > div > div:first-child'
THUMB = '[data-testid="stSlider"] [role=group] > div > div:has(input:not(:disabled))'


@pytest.mark.parametrize("scheme", SCHEMES)
def test_in_forced_colours_what_is_chosen_and_what_can_be_moved_is_seen(
    browser: Browser, site: str, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(forced_colors="active", color_scheme=scheme) as context:
        tab = context.new_page()
        tab.goto(f"{site}/{pages.page_of_chart(FIBRE)}?nerve-fibre-preset=own")
        expect(tab.get_by_text("It is not medical advice")).to_be_visible(timeout=30_000)
        expect(tab.locator(TRACK).nth(3)).to_be_visible(timeout=30_000)
        paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")

        def looks(selector: str) -> list[tuple[str, str | None, bool]]:
            found = tab.locator(selector).evaluate_all(LOOKS)
            assert found, selector
            return [(background, border, outlined) for background, border, outlined in found]

        tab.locator('[class*="st-key-about-"] button').first.press("Enter")
        expect(tab.locator(POPOVER)).to_be_visible()
        assert looks(POPOVER)[0][1] not in (None, paper)
        for on, off in (
            (OPENS.format("true"), OPENS.format("false")),
            ("[role=radio][aria-checked=true]", "[role=radio][aria-checked=false]"),
        ):
            assert {look[0] for look in looks(on)}.isdisjoint(look[0] for look in looks(off)), on
        for selector in (SWITCH.format(":not(:checked)"), TRACK):
            assert all(border not in (None, paper) for _, border, _ in looks(selector)), selector
        assert all(background != paper for background, _, _ in looks(THUMB))
        unset = looks(SWITCH.format(":not(:checked)"))[0]
        switch = tab.get_by_role("switch").first
        switch.focus()
        tab.keyboard.press("Space")
        expect(switch).to_be_checked()
        # It changes its colour by and by.
        tab.wait_for_timeout(500)
        assert looks(SWITCH.format(":checked"))[0][0] != unset[0]
        focused = [THUMB, "label:has(input[role=switch])", "[role=radio]"]
        for selector, stop in zip(focused, ["[type=range]", "[role=switch]", "[role=radio]"], strict=True):
            tab.locator(f'[data-testid="stMain"] {stop}:not(:disabled)').first.focus()
            tab.keyboard.press("ArrowRight" if stop == "[type=range]" else "Shift")
            assert looks(selector)[0][2], selector


# ---------------------------------------------------------------- simulations


def test_simulations_move_only_as_the_reader_moves_them_and_their_link_opens_the_same_run(newcomer: Reader) -> None:
    tab, sent = newcomer.tab, list[str | bytes]()
    tab.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    with newcomer.noting():
        newcomer.goes(pages.page_of_chart(FIBRE), 1280)
        drawn = [_lab(tab, FIBRE).locator(CHART).first]
        for chart in drawn:
            chart.scroll_into_view_if_needed()
            tab.wait_for_timeout(500)
        before = [chart.inner_html() for chart in drawn]
        tab.wait_for_timeout(1500)
        assert [chart.inner_html() for chart in drawn] == before
        _time_moves_in_the_browser_alone(tab, sent)
        _a_dial_is_moved_by_the_keyboard(newcomer)


def _time_moves_in_the_browser_alone(tab: Page, sent: list[str | bytes]) -> None:
    slider = _lab(tab, "nerve-fibre").get_by_role("slider", name="Time in milliseconds")
    slider.scroll_into_view_if_needed()
    chart = _lab(tab, "nerve-fibre").locator(CHART).first
    tab.wait_for_timeout(1000)
    before, messages = chart.inner_html(), len(sent)
    assert messages
    slider.focus()
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(700)
    assert chart.inner_html() != before
    assert len(sent) == messages


def _a_dial_is_moved_by_the_keyboard(reader: Reader) -> None:
    simulation = _lab(reader.tab, "nerve-fibre")
    simulation.get_by_text("Your own settings", exact=True).click()
    simulation.get_by_role("slider", name=re.compile("Body temperature")).focus()
    reader.tab.keyboard.press("ArrowRight")
    stops = re.compile("^Simulation: at 37.1 .* the signal stops")
    expect(simulation.get_by_role("heading", name=stops)).to_be_visible()
    assert "nerve-fibre-temperature_c=37.1" in reader.tab.url
    again = Reader(reader.browser, reader.site)
    again.tab.goto(reader.tab.url)
    expect(again.tab.get_by_role("heading", name=stops)).to_be_visible(timeout=30_000)
    again.close()
