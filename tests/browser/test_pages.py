"""Every page in Chromium, light and dark, wide and narrow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from sidebyside import evidence, interface, listings, marks, prose, tables
from sidebyside.figures import life, numbers
from sidebyside.outlines import Card, mechanism, pages
from tests.browser.conftest import serving
from tests.browser.looking import cut_off, violations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

RECIPES = {page.replace("overview", ""): charts.shown for page, charts in pages.PAGES.items()}
# The cards that a reader opens; each of the others draws a chart at once.
FOLDED = {
    part.recipe.id for page in pages.PAGES.values() for part in page.parts if isinstance(part, Card) and part.folded
}
LABS = {"mechanism": mechanism.PAGE.labs}
TITLES = {"": "Overview", "mechanism": "Mechanism", "course": "Course", "evidence": "Evidence"}
WIDTHS = (1280, 320)
SCHEMES = ("light", "dark")
CHART = '[data-testid="stVegaLiteChart"] svg'
TOO_WIDE = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth) }"""


# Two places of one name: a link to the second leads to the first.
SHARED_IDS = """() => { const ids = [...document.querySelectorAll('[data-testid="stMain"] [id]')].map(node => node.id);
    return ids.filter((id, n) => ids.indexOf(id) !== n) }"""


@dataclass
class Visit:
    """A page in the browser, and what it said and asked for."""

    tab: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visit]:
    """Open ``(path, scheme, width)`` and wait until its charts are drawn."""
    path, scheme, width = request.param
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    seen = Visit(context.new_page())

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.errors.append(message.text)

    seen.tab.on("console", hear)
    seen.tab.on("request", lambda r: _note_foreign(seen, site, r.url))
    seen.tab.goto(f"{site}/{path}")
    expect(seen.tab.locator(CHART)).to_have_count(_charts_at_once(path.split("?")[0]), timeout=30_000)
    expect(seen.tab.get_by_text("It is not medical advice")).to_be_visible()
    yield seen
    context.close()


def _charts_at_once(page: str) -> int:
    """How many charts a page draws before anyone opens a card."""
    labs = LABS.get(page, ())
    in_labs = sum(len(lab.figures) - len(lab.folded) for lab in labs)
    return sum(recipe.id not in FOLDED for recipe in RECIPES[page]) + in_labs


def _unfold(tab: Page, name: str) -> None:
    """Open a folded card."""
    if name in FOLDED:
        card = tab.locator(f".st-key-card-{name}")
        card.get_by_text("Open the chart").click()
        expect(card.locator(CHART)).to_have_count(1)


def _note_foreign(seen: Visit, site: str, url: str) -> None:
    if url.startswith("http") and urlparse(url).netloc != urlparse(site).netloc:
        seen.foreign.append(url)


def _clean(seen: Visit) -> None:
    assert seen.tab.locator('[data-testid="stException"]').count() == 0
    assert seen.errors == []
    assert seen.foreign == []
    assert seen.tab.evaluate(TOO_WIDE) <= 1
    assert violations(seen.tab) == []


EVERY = [(path, scheme, width) for path in RECIPES for scheme in SCHEMES for width in WIDTHS]


@pytest.mark.parametrize("visit", EVERY, indirect=True, ids=lambda v: f"{v[0] or 'overview'}-{v[1]}-{v[2]}")
def test_a_page_is_clean(visit: Visit, request: pytest.FixtureRequest) -> None:
    path = request.node.callspec.params["visit"][0]
    _clean(visit)
    assert visit.tab.evaluate(SHARED_IDS) == []
    assert visit.tab.title().startswith(f"{TITLES[path]} ")
    assert visit.tab.locator("h1").count() == 1


@pytest.mark.parametrize("visit", [(p, s, 320) for p in RECIPES for s in SCHEMES], indirect=True, ids=str)
@pytest.mark.parametrize("name", ["Table", "About"])
def test_the_other_sides_of_a_card_are_clean(visit: Visit, name: str, request: pytest.FixtureRequest) -> None:
    for recipe in RECIPES[request.node.callspec.params["visit"][0]]:
        card = visit.tab.locator(f".st-key-card-{recipe.id}")
        _unfold(visit.tab, recipe.id)
        card.get_by_role("radio", name=name, exact=True).click()
        expect(card.get_by_role("radio", name=name, exact=True)).to_have_attribute("aria-checked", "true")
        expect(card.locator(CHART)).to_have_count(0)
        shown = card.locator("table") if name == "Table" else card.get_by_text("How to read it")
        expect(shown).to_have_count(1)
    _clean(visit)


@pytest.mark.parametrize("visit", [(p, s, 320) for p in RECIPES for s in SCHEMES], indirect=True, ids=str)
def test_what_opens_is_clean_too(visit: Visit) -> None:
    for summary in visit.tab.locator("summary").all():
        summary.click()
        visit.tab.wait_for_timeout(250)
    expect(visit.tab.get_by_text("doi:").last).to_be_visible(timeout=20_000)
    if visit.tab.url.endswith("/course"):
        visit.tab.get_by_text("Show me figures about length of life").click()
        expect(visit.tab.get_by_role("heading", name="If you want the numbers on time")).to_be_visible()
    visit.tab.wait_for_timeout(500)
    _clean(visit)


@pytest.mark.parametrize("visit", [("mechanism", "light", 1280)], indirect=True, ids=str)
def test_a_link_to_a_figure_leads_to_its_card(visit: Visit) -> None:
    card = visit.tab.locator(".st-key-card-risk-factors")
    card.get_by_role("radio", name="About").click()
    card.get_by_role("link", name=re.compile("Link to this figure")).click()
    assert visit.tab.url.endswith("#risk-factors-chart")
    assert visit.tab.locator("#risk-factors-chart").count() == 1


def test_an_address_of_the_first_edition_leads_to_its_chart_or_the_section_of_that_name(
    browser: Browser, site: str
) -> None:
    with browser.new_context() as context:
        tab = context.new_page()
        for once, now in (("risk-factors", "risk-factors-chart"), ("heat", "heat")):
            tab.goto("about:blank")
            tab.goto(f"{site}/mechanism?x=1#{once}")
            expect(tab.locator(f"#{now}")).to_be_in_viewport(timeout=30_000)
            expect(tab).to_have_url(f"{site}/mechanism?x=1#{now}")
        tab.evaluate("location.hash = 'cut-axons'")
        expect(tab.locator("#cut-axons-chart")).to_be_in_viewport(timeout=30_000)
        expect(tab).to_have_url(f"{site}/mechanism?x=1#cut-axons-chart")


@pytest.mark.parametrize("visit", [("course", "light", 1280)], indirect=True, ids=["course"])
def test_a_link_to_what_waits_for_a_choice_leads_to_the_choice(visit: Visit) -> None:
    switch = visit.tab.get_by_text(interface.words("show-life"))
    for place in ("als-steps", "als-daily-life-chart", "als-daily-life"):
        visit.tab.evaluate("() => document.querySelector('h1').scrollIntoView()")
        expect(switch).not_to_be_in_viewport()
        visit.tab.evaluate("place => { location.hash = place }", place)
        expect(switch).to_be_in_viewport()
    switch.click()
    heading = visit.tab.locator("#als-steps")
    expect(heading).to_be_attached(timeout=30_000)
    said = visit.tab.locator("p").filter(has_text="If you think of ending your life")
    assert said.count() > len(pages.PAGES["course"].asked_parts) / 2
    assert said.first.locator("a[href^='tel:']").count() > 3
    assert visit.errors == []


@pytest.mark.parametrize("visit", [(path, "light", 1280) for path in RECIPES], indirect=True, ids=str)
def test_a_chart_is_named_by_its_finding(visit: Visit, request: pytest.FixtureRequest) -> None:
    path = request.node.callspec.params["visit"][0]
    for recipe in RECIPES[path]:
        alt = recipe.figure().alt
        _unfold(visit.tab, recipe.id)
        assert visit.tab.get_by_label(alt, exact=True).count() >= 1, alt


@pytest.mark.parametrize("visit", [(path, "dark", 1280) for path in RECIPES], indirect=True, ids=str)
def test_words_in_a_chart_take_the_pages_ink(visit: Visit) -> None:
    ink = visit.tab.evaluate("() => getComputedStyle(document.querySelector('h1')).color")
    fills = visit.tab.evaluate(
        f"() => [...document.querySelectorAll('{CHART} text')].map(t => getComputedStyle(t).fill)"
    )
    assert len(fills) > 3
    assert set(fills) == {ink}


@pytest.mark.parametrize("visit", [("", "light", 1280)], indirect=True, ids=str)
def test_the_keyboard_reaches_what_a_card_shows(visit: Visit) -> None:
    card = visit.tab.locator(".st-key-card-new-living-deaths")
    card.get_by_role("radio", name="Chart").focus()
    visit.tab.keyboard.press("ArrowRight")
    visit.tab.keyboard.press("Enter")
    expect(card.get_by_role("radio", name="Table", exact=True)).to_have_attribute("aria-checked", "true")
    expect(card.locator("table")).to_have_count(1)


@pytest.mark.parametrize("visit", [("", "light", 1280)], indirect=True, ids=str)
def test_a_choice_moves_into_the_address_and_the_link_opens_it_again(visit: Visit, browser: Browser) -> None:
    title = numbers.NEW_LIVING_DEATHS.figure("rates")
    visit.tab.get_by_text(numbers.NEW_LIVING_DEATHS.labels[numbers.RATES]).click()
    expect(visit.tab.get_by_label(title.alt, exact=True).first).to_be_visible()
    assert "new-living-deaths-pair=" in visit.tab.url
    other = browser.new_context().new_page()
    other.goto(visit.tab.url)
    expect(other.get_by_label(title.alt, exact=True).first).to_be_visible(timeout=30_000)
    other.context.close()


ROWS = """() => [...document.querySelectorAll('[data-testid="stMarkdown"] table')].every(
    table => table.scrollWidth <= table.parentElement.clientWidth + 1)"""


@pytest.mark.parametrize("visit", [(path, "light", 320) for path in RECIPES], indirect=True, ids=str)
def test_no_word_of_a_chart_is_cut_off_on_a_phone(visit: Visit, request: pytest.FixtureRequest) -> None:
    assert cut_off(visit.tab, CHART) == []
    for recipe in RECIPES[request.node.callspec.params["visit"][0]]:
        card = visit.tab.locator(f".st-key-card-{recipe.id}")
        _unfold(visit.tab, recipe.id)
        assert cut_off(visit.tab, CHART) == [], recipe.id
        for option, shown in list(recipe.labels.items())[1:]:
            card.get_by_text(shown, exact=True).click()
            expect(visit.tab.get_by_label(recipe.figure(option).alt, exact=True).first).to_be_visible()
            assert cut_off(visit.tab, CHART) == [], (recipe.id, option)


@pytest.mark.parametrize("visit", [("", "light", 1280), ("", "light", 390)], indirect=True, ids=str)
def test_the_first_screen_shows_the_answer(visit: Visit) -> None:
    first = listings.glance()[0]
    height = visit.tab.viewport_size["height"] if visit.tab.viewport_size else 0
    for words in (prose.section("overview", "answer").body, first.heading, first.said[0][:20], first.said[1][:20]):
        box = visit.tab.get_by_text(words).first.bounding_box()
        assert box, words
        assert box["y"] + box["height"] <= height, words


@pytest.mark.parametrize("visit", [("", "dark", 320)], indirect=True, ids=str)
def test_pairs_fit_a_phone(visit: Visit) -> None:
    assert visit.tab.locator('[data-testid="stMarkdown"] table').count() >= len(listings.glance())
    assert visit.tab.evaluate(ROWS)


@pytest.mark.parametrize("visit", [("", "light", 320), ("", "dark", 1280)], indirect=True, ids=str)
def test_the_lists_are_clean_when_open(visit: Visit) -> None:
    for name in ("differences", "tests"):
        opened = visit.tab.locator(f".st-key-open-{name}")
        opened.locator("summary").first.click()
        opened.get_by_role("radiogroup").get_by_text("All topics").click()
        expect(opened.get_by_text(re.compile(r"^(\d+) of \1 shown"))).to_be_visible()
    visit.tab.wait_for_timeout(500)
    assert visit.tab.evaluate(ROWS)
    _clean(visit)


@pytest.mark.parametrize("visit", [("", "light", 1280)], indirect=True, ids=str)
def test_a_search_in_a_list_moves_into_the_address_and_the_link_opens_it_again(visit: Visit, browser: Browser) -> None:
    opened = visit.tab.locator(".st-key-open-differences")
    opened.locator("summary").first.click()
    opened.get_by_label("Or search all topics").fill("breathing")
    opened.get_by_label("Or search all topics").press("Enter")
    counted = re.compile(r"^\d+ of \d+ shown, in all topics")
    expect(opened.get_by_text(counted)).to_be_visible()
    said = opened.get_by_text(counted).inner_text()
    assert "differences-words=breathing" in visit.tab.url
    other = browser.new_context().new_page()
    other.goto(visit.tab.url)
    expect(other.locator(".st-key-open-differences").get_by_text(said)).to_be_visible(timeout=30_000)
    other.context.close()


@pytest.mark.parametrize("visit", [("", "light", 1280)], indirect=True, ids=str)
def test_a_heading_of_the_answer_leads_to_where_more_is_said(visit: Visit, browser: Browser) -> None:
    href = visit.tab.get_by_role("link", name="What is attacked?", exact=True).evaluate("link => link.href")
    other = browser.new_context().new_page()
    other.goto(href)
    heading = other.get_by_role("heading", name="What happens in MS")
    expect(heading).to_be_in_viewport(timeout=30_000)
    other.context.close()


@pytest.mark.parametrize("visit", [("", "light", 1280)], indirect=True, ids=str)
def test_a_keyboard_alone_opens_a_list_and_an_article_claim(visit: Visit) -> None:
    for name, said in (("open-differences", "Or search all topics"), ("fold-veins", "The letters stand for")):
        summary = visit.tab.locator(f".st-key-{name} summary").first
        summary.focus()
        visit.tab.keyboard.press("Enter")
        expect(visit.tab.locator(f".st-key-{name}").get_by_text(said).first).to_be_visible()


@pytest.mark.parametrize("visit", [("", "light", 320)], indirect=True, ids=str)
def test_ages_at_death_come_only_when_asked_for_and_fit_a_phone(visit: Visit) -> None:
    figure = life.AGES_AT_DEATH.figure()
    assert figure.title not in visit.tab.inner_text("body")
    visit.tab.get_by_text("Show me figures about length of life").click()
    expect(visit.tab.get_by_label(figure.alt, exact=True).first).to_be_visible()
    assert cut_off(visit.tab, CHART) == []
    _clean(visit)


GARBAGE = (
    "?x=%00",
    "?new-living-deaths-pair=%00&symptoms-group=" + "x" * 10_000,
    "?symptoms-group=%F0%9F%98%80&find=[&where-measure=%FF&sex-ratio-which=0&disagreements-question=%00",
    "?differences-words=%5B%00&tests-topic=" + "y" * 3_000 + "&help-country=%3Cscript%3E",
)


@pytest.mark.parametrize("visit", [(query, "light", 1280) for query in GARBAGE], indirect=True, ids=range(len(GARBAGE)))
def test_garbage_in_the_address_opens_the_default_page(visit: Visit) -> None:
    assert visit.tab.locator('[data-testid="stException"]').count() == 0
    for recipe in RECIPES[""]:
        assert visit.tab.get_by_label(recipe.figure().alt, exact=True).count() >= 1


@pytest.mark.parametrize("visit", [("course", "light", 1280)], indirect=True, ids=str)
def test_no_survival_figure_is_in_the_source_of_the_page(visit: Visit) -> None:
    section = next(row for row in tables.records(tables.load("explainers")) if row["choice"] == "survival")
    ids = {mark.fact_id for mark in marks.fact_marks(section["body"])}
    source = visit.tab.content()
    assert section["heading"] not in source
    for fact in (evidence.figure(fact_id) for fact_id in ids):
        if fact.value % 1:
            assert not re.search(rf"(?<![\d.]){evidence.number(fact.value)}(?!\d)", visit.tab.inner_text("body"))
    visit.tab.get_by_text("Show me figures about length of life").click()
    expect(visit.tab.get_by_role("heading", name=section["heading"])).to_be_visible()


@pytest.mark.parametrize("visit", [("", "light", 1280)], indirect=True, ids=str)
@pytest.mark.parametrize(("name", "starts"), [("CSV", "\ufeff# "), ("SVG", "<svg")])
def test_a_download_brings_the_figure(visit: Visit, name: str, starts: str) -> None:
    card = visit.tab.locator(".st-key-card-new-living-deaths")
    card.get_by_role("radio", name="About").click()
    with visit.tab.expect_download() as begun:
        card.get_by_role("button", name=re.compile(name)).click()
    text = begun.value.path().read_text(encoding="utf-8")
    assert text.startswith(starts)
    assert numbers.NEW_LIVING_DEATHS.figure().title.split(",")[0] in text


@pytest.mark.parametrize("path", ["mechanism", "course", "evidence"])
def test_the_very_first_visit_may_be_a_deep_link(path: str, browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "log") as site:
        tab = browser.new_page()
        tab.goto(f"{site}/{path}")
        expect(tab.get_by_text("It is not medical advice")).to_be_visible(timeout=30_000)
        expect(tab).to_have_title(re.compile(f"^{TITLES[path]} "))
        tab.close()


def test_who_presses_a_link_while_the_very_first_page_comes_gets_a_whole_page(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "log") as site, browser.new_context() as context:
        tab = context.new_page()
        tab.goto(site)
        tab.get_by_role("navigation").get_by_role("link", name=TITLES[""]).click(timeout=30_000)
        expect(tab.get_by_text("It is not medical advice")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("visit", [("mechanism", "light", 1280)], indirect=True, ids=str)
def test_an_unknown_page_says_so_and_leads_to_the_pages(visit: Visit, site: str) -> None:
    visit.tab.goto(f"{site}/attic")
    expect(visit.tab.get_by_role("heading", level=1)).to_have_text("There is no such page")
    visit.tab.get_by_role("link", name="Overview").click()
    expect(visit.tab.get_by_role("heading", level=1)).to_have_text("MS and ALS, side by side", timeout=30_000)


# What is drawn of a control in forced colours: its background, its border as it is seen, its outline.
LOOKS = """nodes => nodes.map(node => { const said = getComputedStyle(node);
    const width = parseFloat(said.borderTopWidth), seen = said.borderTopStyle !== 'none' && width >= 1;
    return [said.backgroundColor, seen ? said.borderTopColor : null, said.outlineStyle !== 'none'] })"""
RING = '[data-testid="stRadioOption"]{} > div > div:first-child'
SWITCH = "label:has(input[role=switch]{}) > span + div"
TRACK = '[data-testid="stSlider"] [role=group] > div > div:first-child'
THUMB = '[data-testid="stSlider"] [role=group] > div > div:has(input:not(:disabled))'


@pytest.mark.parametrize("scheme", SCHEMES)
def test_in_forced_colours_what_is_chosen_and_what_can_be_moved_is_seen(
    browser: Browser, site: str, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(forced_colors="active", color_scheme=scheme) as context:
        tab = context.new_page()
        tab.goto(f"{site}/mechanism?nerve-fibre-preset=Your+own+settings")
        expect(tab.get_by_text("It is not medical advice")).to_be_visible(timeout=30_000)
        expect(tab.locator(TRACK).nth(3)).to_be_visible(timeout=30_000)
        paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")

        def looks(selector: str) -> list[tuple[str, str | None, bool]]:
            found = tab.locator(selector).evaluate_all(LOOKS)
            assert found, selector
            return [(background, border, outlined) for background, border, outlined in found]

        for on, off in (
            (RING.format(":has(:checked)"), RING.format(":not(:has(:checked))")),
            ("[role=radio][aria-checked=true]", "[role=radio][aria-checked=false]"),
        ):
            assert {look[0] for look in looks(on)}.isdisjoint(look[0] for look in looks(off)), on
        for selector in (RING.format(""), SWITCH.format(":not(:checked)"), TRACK):
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


def _lab(visit: Visit, name: str) -> Locator:
    return visit.tab.locator(f".st-key-lab-{name}")


@pytest.mark.parametrize("visit", [("mechanism", scheme, 320) for scheme in SCHEMES], indirect=True, ids=str)
def test_every_preset_fits_a_phone_and_is_clean(visit: Visit) -> None:
    for lab in mechanism.PAGE.labs:
        for preset, settings in lab.presets.items():
            _lab(visit, lab.id).get_by_text(lab.choices[preset], exact=True).click()
            figures = [f for f in lab.made(settings) if f.id not in lab.folded]
            expect(visit.tab.get_by_label(figures[0].alt, exact=True).first).to_be_visible()
            expect(visit.tab.get_by_label(figures[1].alt, exact=True).first).to_be_visible()
            assert cut_off(visit.tab, CHART) == [], (lab.id, preset)
        _lab(visit, lab.id).get_by_text("Your own settings", exact=True).click()
        expect(_lab(visit, lab.id).get_by_role("slider").nth(2)).to_be_visible()
    for fold in visit.tab.locator("summary").get_by_text("Open the chart").all():
        fold.click()
    _clean(visit)


@pytest.mark.parametrize("visit", [("mechanism", "light", 1280)], indirect=True, ids=str)
def test_time_is_moved_in_the_browser_alone(visit: Visit) -> None:
    sent: list[str | bytes] = []
    visit.tab.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    visit.tab.reload()
    slider = _lab(visit, "nerve-fibre").get_by_role("slider", name="Time in milliseconds")
    slider.scroll_into_view_if_needed()
    chart = _lab(visit, "nerve-fibre").locator(CHART).first
    visit.tab.wait_for_timeout(1500)
    before, messages = chart.inner_html(), len(sent)
    assert messages
    slider.focus()
    for _ in range(5):
        visit.tab.keyboard.press("ArrowRight")
    visit.tab.wait_for_timeout(700)
    assert chart.inner_html() != before
    assert len(sent) == messages


@pytest.mark.parametrize("visit", [("mechanism", "light", 1280)], indirect=True, ids=str)
def test_nothing_moves_unless_the_reader_moves_it(visit: Visit) -> None:
    for lab in mechanism.PAGE.labs:
        chart = _lab(visit, lab.id).locator(CHART).first
        chart.scroll_into_view_if_needed()
        visit.tab.wait_for_timeout(500)
        before = chart.inner_html()
        visit.tab.wait_for_timeout(1500)
        assert chart.inner_html() == before


@pytest.mark.parametrize("visit", [("mechanism", "light", 1280)], indirect=True, ids=str)
def test_a_dial_is_moved_by_the_keyboard_and_its_link_opens_the_same_run(visit: Visit, browser: Browser) -> None:
    lab = _lab(visit, "nerve-fibre")
    lab.get_by_text("Your own settings", exact=True).click()
    slider = lab.get_by_role("slider", name=re.compile("Body temperature"))
    slider.focus()
    visit.tab.keyboard.press("ArrowRight")
    expect(lab.get_by_role("heading", name=re.compile("^Simulation: at 37.1 .* the signal stops"))).to_be_visible()
    assert "nerve-fibre-temperature_c=37.1" in visit.tab.url
    again = browser.new_page()
    again.goto(visit.tab.url)
    expect(again.get_by_role("heading", name=re.compile("^Simulation: at 37.1 .* the signal stops"))).to_be_visible(
        timeout=20_000
    )
    again.close()
