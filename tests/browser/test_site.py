"""The static edition in Chromium: for eyes and for a keyboard, light and dark, on a phone, in large type, on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from sidebyside.layouts.pages import PAGES
from sidebyside.site import page_builder
from tests.browser.looking import AS_SEEN, cut_off, pale, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

# The pages of their own that hold most: many views, both simulations, the tallest chart, and one about length of life.
CHARTS = ("chart-symptoms", "chart-nerve-fibre", "chart-muscle-model", "chart-where", "chart-ages-at-death")
NAMES = (*page_builder.NAMES, *CHARTS)
Scheme = Literal["light", "dark"]
Medium = Literal["print", "screen"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (320, 1280)
DRAWING = ".drawing svg"
# A drawing lets its words stand over its edge: they can be read as long as they stand within its card.
LIFE_CUT = ("als-daily-life", "als-stages", "ms-from-onset", "deaths-in-a-year", "ages-at-death", "what-changes-als")
CUT_YET = ("risk-factors", "where", "new-living-deaths", *LIFE_CUT)
CARD = f"figure.card{''.join(f':not([id^={name}])' for name in CUT_YET)}"
# In the dark, the page's light ink stands on bars and areas of full colour here. These lists may only shrink.
PALE_YET = (
    "hundred-people",
    "gene-shares",
    "still-mild",
    "als-start",
    "ms-start",
    "causes-of-death",
    "between-relapses",
)
READ_IN_THE_DARK = f"figure{''.join(f':not([id^={name}])' for name in PALE_YET)} {DRAWING}"
OPEN = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
FOLD = OPEN.replace("true", "false")
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"
# What reaches over the right or left edge of the screen and is not inside a box that scrolls.
LOST = """() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter(one => !one.closest('.wide > *, .drawing > *'))
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([, at]) => at.width && (at.left < -1 || at.right > innerWidth + 1))
    .map(([one]) => one.outerHTML.slice(0, 80))"""
FIGURES = """() => [...document.querySelectorAll('figure, .drawing')].map(figure => {
    const at = figure.getBoundingClientRect(); return [at.x, at.y, at.width, at.height].map(Math.round) })"""
OVERLAPS = """() => [...document.querySelectorAll('figure')].flatMap(figure => {
    const boxes = [...figure.querySelectorAll(':scope > figcaption, .drawing svg, .sources')]
        .map(one => one.getBoundingClientRect()).filter(at => at.height);
    return boxes.slice(1).some((at, n) => at.top < boxes[n].bottom - 1) ? [figure.id] : [] })"""
COLOURS = """() => { const paper = getComputedStyle(document.body).backgroundColor;
    const ink = getComputedStyle(document.body).color;
    const words = [...document.querySelectorAll('.drawing text')].map(text => getComputedStyle(text).fill);
    const marks = [...document.querySelectorAll('.pair > div')].map(side => getComputedStyle(side).borderLeftColor);
    return { paper, ink, words: [...new Set(words)], marks: [...new Set(marks)] } }"""
# What the Tab key should reach, in the order of the page, numbered so that it can be told again.
REACHABLE = """() => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
    .filter(one => one.checkVisibility())
    .map((one, n) => { one.dataset.stop = n; return one.outerHTML.slice(0, 80) })"""
FOCUSED = "() => Number(document.activeElement.dataset.stop ?? -1)"


@dataclass
class Visit:
    """A tab that stays open, what its pages said and asked for, and what was wrong, told together."""

    tab: Page
    shelf: str
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def opens(self, name: str, scheme: Scheme = "light", width: int = 320, media: Medium = "screen") -> None:
        """Load a page of the edition; what was said before is forgotten."""
        for said in (self.errors, self.asked, self.faults):
            said.clear()
        self.tab.emulate_media(color_scheme=scheme, media=media)
        self.tab.set_viewport_size(_screen(width))
        self.tab.goto(self.address(name))

    def address(self, name: str) -> str:
        """Where a page of the edition is."""
        return f"{self.shelf}/{name}.html"

    def note(self, what: str, found: object) -> None:
        """Remember what is wrong, unless nothing is."""
        if found:
            self.faults.append(f"{what}: {found}")

    def told(self) -> None:
        """Fail with all that was noted, and with what the page said or asked for beside itself."""
        self.note("said", self.errors)
        self.note("asked for", self.asked[1:])
        assert "\n".join(self.faults) == ""


def _screen(width: int) -> ViewportSize:
    return {"width": width, "height": 900}


def _tab(browser: Browser, shelf: str, *, scripts: bool) -> Iterator[Visit]:
    context = browser.new_context(java_script_enabled=scripts)
    context.set_default_timeout(10_000)
    seen = Visit(context.new_page(), shelf)
    seen.tab.on("console", lambda message: seen.errors.append(message.text))
    seen.tab.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.tab.on("request", lambda asked: seen.asked.append(asked.url))
    yield seen
    context.close()


@pytest.fixture(scope="module")
def scripted(browser: Browser, shelf: str) -> Iterator[Visit]:
    """A tab in which scripts may run: axe is one."""
    yield from _tab(browser, shelf, scripts=True)


@pytest.fixture(scope="module")
def visit(browser: Browser, shelf: str) -> Iterator[Visit]:
    """A tab in which no script may run."""
    yield from _tab(browser, shelf, scripts=False)


# ---------------------------------------------------------------- on a screen


@pytest.mark.parametrize("name", NAMES)
def test_a_page_breaks_no_rule_of_axe(name: str, scripted: Visit) -> None:
    """All rules in light on a phone; in dark in a wide window those whose answer can be another there."""
    scripted.opens(name)
    scripted.tab.evaluate(OPEN)
    scripted.note("light, 320 px", violations(scripted.tab))
    scripted.tab.emulate_media(color_scheme="dark")
    scripted.tab.set_viewport_size(_screen(1280))
    scripted.note("dark, 1280 px", violations(scripted.tab, rules=AS_SEEN))
    scripted.told()


@pytest.mark.sweep
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_clean_folded_and_unfolded_in_each_theme_at_each_width(
    name: str, scheme: Scheme, width: int, scripted: Visit
) -> None:
    scripted.opens(name, scheme, width)
    scripted.note("folded", violations(scripted.tab))
    scripted.tab.evaluate(OPEN)
    scripted.note("unfolded", violations(scripted.tab))
    scripted.told()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_loses_nothing_on_any_screen_and_is_the_same_without_scripts(
    name: str, visit: Visit, scripted: Visit
) -> None:
    visit.opens(name)
    tab, before = visit.tab, visit.tab.inner_text("body")
    for state in ("folded", "unfolded"):
        for width in WIDTHS:
            tab.set_viewport_size(_screen(width))
            _loses_nothing(visit, f"{state}, {width} px")
            visit.note(f"cut off, {state}, {width} px", cut_off(tab, CARD))
        if state == "folded":
            _in_the_pages_ink(visit)
            tab.evaluate(OPEN)
    tab.set_viewport_size(_screen(320))
    scripted.opens(name)
    scripted.tab.evaluate(OPEN)
    assert tab.inner_text("body") == scripted.tab.inner_text("body")
    assert tab.evaluate(FIGURES) == scripted.tab.evaluate(FIGURES)
    tab.evaluate(FOLD)
    assert tab.inner_text("body") == before
    _in_twice_as_large_type(visit, before)
    visit.told()


def _loses_nothing(visit: Visit, state: str) -> None:
    visit.note(f"sideways, {state}", max(0, visit.tab.evaluate(SIDEWAYS)))
    visit.note(f"off the screen, {state}", visit.tab.evaluate(LOST))
    visit.note(f"overlapping, {state}", visit.tab.evaluate(OVERLAPS))


def _in_twice_as_large_type(visit: Visit, words: str) -> None:
    visit.tab.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    size = visit.tab.evaluate("() => getComputedStyle(document.querySelector('main p')).fontSize")
    assert float(size.removesuffix("px")) >= 30
    assert visit.tab.inner_text("body") == words
    visit.tab.evaluate(OPEN)
    _loses_nothing(visit, "in twice as large type")


def _in_the_pages_ink(visit: Visit) -> None:
    """The words of charts and the marks of both diseases, in both themes."""
    papers = []
    for scheme in SCHEMES:
        visit.tab.emulate_media(color_scheme=scheme)
        said = visit.tab.evaluate(COLOURS)
        papers.append(_light(said["paper"]))
        charts = READ_IN_THE_DARK if scheme == "dark" else DRAWING
        visit.note(f"pale words of charts, {scheme}", pale(visit.tab, charts))
        visit.note(f"pale words, {scheme}", _contrast(said["ink"], said["paper"]) < 7)
        visit.note(f"pale marks, {scheme}", [one for one in said["marks"] if _contrast(one, said["paper"]) < 3])
    visit.note("light and dark do not differ", not papers[0] > 0.9 > 0.1 > papers[1])
    visit.tab.emulate_media(color_scheme="light")


@pytest.mark.parametrize("width", WIDTHS)
def test_runs_of_a_model_stand_side_by_side_where_there_is_room(width: int, visit: Visit) -> None:
    visit.opens("mechanism", width=width)
    for runs in visit.tab.locator(".runs").all():
        lefts = runs.evaluate("runs => [...runs.children].map(run => run.offsetLeft)")
        assert len(lefts) > 4
        assert len(set(lefts)) == (2 if width > 1000 else 1)


def test_the_first_screen_answers_and_begins_to_compare_in_the_colours_of_both_diseases(visit: Visit) -> None:
    for width in (390, 1280):
        visit.opens("index", width=width)
        for words in ("and one does not turn into the other", PAGES["overview"].charts_shown[0].figure().title):
            box = visit.tab.get_by_text(words).last.bounding_box()
            assert box, words
            assert box["y"] + box["height"] <= 900
    said = visit.tab.evaluate(COLOURS)
    assert len(said["marks"]) == 2
    assert said["words"]


# ---------------------------------------------------------------- colours


def _light(colour: str) -> float:
    """The luminance of ``rgb(r, g, b)`` as WCAG reckons it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


# ---------------------------------------------------------------- keyboard


@pytest.mark.parametrize("name", NAMES)
def test_a_keyboard_skips_to_the_text_and_the_picture_of_the_preview_opens(name: str, visit: Visit) -> None:
    visit.opens(name, width=1280)
    visit.tab.keyboard.press("Tab")
    link = visit.tab.locator(":focus")
    assert link.inner_text() == "Skip to the text"
    box = link.bounding_box()
    assert box
    assert box["x"] >= 0
    visit.tab.keyboard.press("Enter")
    expect(visit.tab).to_have_url(f"{visit.address(name)}#main")
    visit.tab.keyboard.press("Tab")
    assert visit.tab.evaluate("document.activeElement.closest('main') !== null")
    picture = visit.tab.locator('meta[property="og:image"]').get_attribute("content") or ""
    assert urlsplit(picture).netloc == urlsplit(visit.shelf).netloc
    visit.tab.goto(picture)
    assert visit.tab.locator("img").evaluate("img => [img.naturalWidth, img.naturalHeight]") == [1200, 630]


# The pages are made alike: one that has every kind of what a keyboard reaches stands for the long ones.
REACHED = ["index", "chart-symptoms"]
REACHED_TOO = ["mechanism", "length-of-life", "claims", "words"]


@pytest.mark.parametrize("name", [*REACHED, *(pytest.param(name, marks=pytest.mark.sweep) for name in REACHED_TOO)])
def test_a_keyboard_opens_every_fold_and_reaches_every_link_in_order(name: str, visit: Visit) -> None:
    visit.opens(name, width=1280)
    for summary in visit.tab.locator("summary").all():
        summary.focus()
        visit.tab.keyboard.press("Enter")
    folds = visit.tab.evaluate("() => [...document.querySelectorAll('details')].filter(fold => !fold.open).length")
    assert folds == 0
    stops = visit.tab.evaluate(REACHABLE)
    visit.tab.locator(".skip").focus()
    reached = [visit.tab.evaluate(FOCUSED)]
    for _ in stops[1:]:
        visit.tab.keyboard.press("Tab")
        reached.append(visit.tab.evaluate(FOCUSED))
    assert [stops[stop] for stop in reached] == stops
    assert reached == list(range(len(stops)))


@pytest.mark.parametrize("name", ["mechanism", "figures"])
def test_a_keyboard_moves_a_wide_table(name: str, visit: Visit) -> None:
    visit.opens(name)
    visit.tab.evaluate(OPEN)
    wider = "() => [...document.querySelectorAll('.wide')].findIndex(box => box.scrollWidth > box.clientWidth + 40)"
    box = visit.tab.locator(".wide").nth(visit.tab.evaluate(wider))
    box.focus()
    visit.tab.keyboard.press("ArrowRight")
    visit.tab.wait_for_timeout(400)
    assert box.evaluate("box => box.scrollLeft") > 0


# ---------------------------------------------------------------- paper

# A page less its margins of 15 mm, in CSS pixels: 96 to an inch.
PAPERS = {"A4": (180 / 25.4 * 96, 267 / 25.4 * 96), "Letter": (8.5 * 96 - 30 / 25.4 * 96, 11 * 96 - 30 / 25.4 * 96)}
SIZES = {"A4": (595, 842), "Letter": (612, 792)}
# How much of a page a chart takes with its heading, which must stand on the same page.
PRINTED = """() => [...document.querySelectorAll('figure')].map(figure => {
    const [head, drawn] = [figure.querySelector('figcaption'), figure.querySelector('.drawing')];
    const [above, below] = [head, drawn].map(one => one.getBoundingClientRect());
    return { id: figure.id, apart: getComputedStyle(drawn).breakInside, after: getComputedStyle(head).breakAfter,
             height: below.bottom - above.top, width: below.width } })"""
PRINTED_LINKS = """() => [...document.querySelectorAll('.references a')].map(
    link => [link.innerText, link.href])"""


@pytest.mark.parametrize("name", NAMES)
def test_on_paper_a_chart_stays_whole_beneath_its_heading_and_a_reference_says_where_it_is(
    name: str, visit: Visit
) -> None:
    visit.opens(name, "dark", 1280, "print")
    visit.tab.evaluate(OPEN)
    for words, href in visit.tab.evaluate(PRINTED_LINKS):
        if not re.fullmatch(r"PMID \d+", words) and unquote(words.removeprefix("doi:")) not in unquote(href):
            visit.note("a reference", (words, href))
    visit.tab.evaluate(FOLD)
    for paper, (wide, high) in PAPERS.items():
        visit.tab.set_viewport_size({"width": int(wide), "height": int(high)})
        for figure in visit.tab.evaluate(PRINTED):
            visit.note(
                f"torn apart, {paper}", (figure["apart"], figure["after"]) != ("avoid", "avoid") and figure["id"]
            )
            visit.note(f"too large, {paper}", (figure["height"] > high or figure["width"] > wide) and figure["id"])
        visit.note(f"cut off, {paper}", cut_off(visit.tab, CARD))
    assert visit.tab.locator("nav:visible, .skip:visible, .take:visible").count() == 0
    said = visit.tab.evaluate(COLOURS)
    assert said["ink"] == "rgb(0, 0, 0)"
    assert _light(said["paper"]) == pytest.approx(1)
    assert said["ink"] in said["words"] or not said["words"]
    assert pale(visit.tab, DRAWING) == []
    visit.told()


@pytest.mark.parametrize("paper", SIZES)
def test_it_prints_on_both_papers(paper: str, visit: Visit) -> None:
    visit.opens("index", width=1280)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", visit.tab.pdf(format=paper))
    assert len(boxes) > 1
    for box in boxes:
        assert [float(side) for side in box] == pytest.approx(SIZES[paper], abs=1.5)
