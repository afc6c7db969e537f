"""The static edition in Chromium: for eyes and for a keyboard, light and dark, on a phone, in large type, on paper."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from benchmarks.bench import files_served
from sidebyside import edition
from tests.browser.conftest import cut_off, violations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

# The pages of their own that hold most: many views, both simulations, the tallest chart, and one about length of life.
CHARTS = ("chart-symptoms", "chart-nerve-fibre", "chart-muscle-model", "chart-where", "chart-ages-at-death")
NAMES = (*edition.TITLES, *CHARTS)
SCHEMES = ("light", "dark")
WIDTHS = (320, 1280)
DRAWING = ".drawing svg"
OPEN = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
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
    """A page in the browser, and what it said and asked for."""

    tab: Page
    address: str
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the edition, made once, behind a server of plain files."""
    folder = tmp_path_factory.mktemp("edition") / "site"
    folder.mkdir()
    with files_served(folder) as port:
        address = f"http://127.0.0.1:{port}"
        assert edition.main(["--address", address, "--folder", str(folder)]) == 0
        yield address


def _screen(width: int) -> ViewportSize:
    return {"width": width, "height": 900}


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, shelf: str) -> Iterator[Visit]:
    """Open ``(name, scheme, width, whether scripts may run)``."""
    name, scheme, width, scripts = request.param
    context = browser.new_context(color_scheme=scheme, java_script_enabled=scripts, viewport=_screen(width))
    context.set_default_timeout(10_000)
    seen = Visit(context.new_page(), f"{shelf}/{name}.html")
    seen.tab.on("console", lambda message: seen.errors.append(message.text))
    seen.tab.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.tab.on("request", lambda asked: seen.asked.append(asked.url))
    seen.tab.goto(seen.address)
    yield seen
    context.close()


def _visits(
    names: tuple[str, ...], schemes: tuple[str, ...] = ("light",), widths: tuple[int, ...] = (320,)
) -> pytest.MarkDecorator:
    cases = [(*case, False) for case in itertools.product(names, schemes, widths)]
    return pytest.mark.parametrize("visit", cases, indirect=True, ids=_named)


def _named(case: tuple[str, str, int, bool]) -> str:
    return "-".join(map(str, case[:3]))


# ---------------------------------------------------------------- on a screen

# Every page in every way; of the charts' own pages, which are made alike, two ways.
LOOKED_AT = [(*case, True) for case in itertools.product(edition.TITLES, SCHEMES, WIDTHS)]
LOOKED_AT += [(name, scheme, width, True) for name in CHARTS for scheme, width in zip(SCHEMES, WIDTHS, strict=True)]


@pytest.mark.parametrize("visit", LOOKED_AT, indirect=True, ids=_named)
def test_a_page_is_clean_folded_and_unfolded(visit: Visit) -> None:
    """Axe is a script itself: this one test lets scripts run."""
    assert violations(visit.tab) == []
    visit.tab.evaluate(OPEN)
    assert violations(visit.tab) == []
    assert visit.errors == []
    assert visit.asked == [visit.address]


@_visits(NAMES)
def test_a_page_is_the_same_without_scripts(visit: Visit, browser: Browser) -> None:
    scripted = browser.new_page(viewport=visit.tab.viewport_size)
    scripted.goto(visit.address)
    for tab in (visit.tab, scripted):
        tab.evaluate(OPEN)
    assert visit.tab.inner_text("body") == scripted.inner_text("body")
    assert visit.tab.evaluate(FIGURES) == scripted.evaluate(FIGURES)
    assert visit.errors == []
    assert visit.asked == [visit.address]
    scripted.context.close()


@_visits(NAMES, widths=WIDTHS)
def test_nothing_is_cut_off_or_leaves_the_screen(visit: Visit) -> None:
    for _ in ("folded", "unfolded"):
        assert visit.tab.evaluate(SIDEWAYS) <= 0
        assert visit.tab.evaluate(LOST) == []
        assert visit.tab.evaluate(OVERLAPS) == []
        assert cut_off(visit.tab, DRAWING) == []
        visit.tab.evaluate(OPEN)


@_visits(NAMES)
def test_twice_as_large_type_loses_nothing_on_a_phone(visit: Visit) -> None:
    before = visit.tab.inner_text("body")
    visit.tab.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    size = visit.tab.evaluate("() => getComputedStyle(document.querySelector('main p')).fontSize")
    assert float(size.removesuffix("px")) >= 30
    assert visit.tab.inner_text("body") == before
    visit.tab.evaluate(OPEN)
    assert visit.tab.evaluate(SIDEWAYS) <= 0
    assert visit.tab.evaluate(LOST) == []
    assert visit.tab.evaluate(OVERLAPS) == []


@_visits(("mechanism",), widths=WIDTHS)
def test_runs_of_a_model_stand_side_by_side_where_there_is_room(visit: Visit) -> None:
    columns = 2 if visit.tab.evaluate("innerWidth") > 1000 else 1
    for runs in visit.tab.locator(".runs").all():
        lefts = runs.evaluate("runs => [...runs.children].map(run => run.offsetLeft)")
        assert len(lefts) > 4
        assert len(set(lefts)) == columns


@_visits(("index",), widths=(390, 1280))
def test_the_first_screen_answers_and_begins_to_compare(visit: Visit) -> None:
    for words in ("and one does not turn into the other", "At a glance"):
        box = visit.tab.get_by_text(words).last.bounding_box()
        assert box, words
        assert box["y"] + box["height"] <= 900


# ---------------------------------------------------------------- colours


def _light(colour: str) -> float:
    """The luminance of ``rgb(r, g, b)`` as WCAG reckons it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@_visits(("index", "mechanism", "course", "survival", "evidence", *CHARTS), SCHEMES)
def test_words_in_charts_have_the_pages_ink(visit: Visit) -> None:
    said = visit.tab.evaluate(COLOURS)
    assert said["words"] == [said["ink"]]
    assert _contrast(said["ink"], said["paper"]) >= 7


@_visits(("index",), SCHEMES)
def test_marks_of_both_diseases_are_seen_in_light_and_dark(visit: Visit) -> None:
    said = visit.tab.evaluate(COLOURS)
    assert len(said["marks"]) == 2
    assert min(_contrast(mark, said["paper"]) for mark in said["marks"]) >= 3


def test_light_and_dark_differ(browser: Browser, shelf: str) -> None:
    tab = browser.new_page(color_scheme="light")
    tab.goto(f"{shelf}/index.html")
    light = tab.evaluate(COLOURS)
    tab.emulate_media(color_scheme="dark")
    dark = tab.evaluate(COLOURS)
    tab.context.close()
    assert _light(light["paper"]) > 0.9 > 0.1 > _light(dark["paper"])
    assert _light(dark["words"][0]) > _light(light["words"][0])


# ---------------------------------------------------------------- keyboard


@_visits(NAMES, widths=(1280,))
def test_a_keyboard_skips_to_the_text(visit: Visit) -> None:
    visit.tab.keyboard.press("Tab")
    link = visit.tab.locator(":focus")
    assert link.inner_text() == "Skip to the text"
    box = link.bounding_box()
    assert box
    assert box["x"] >= 0
    visit.tab.keyboard.press("Enter")
    expect(visit.tab).to_have_url(f"{visit.address}#main")
    visit.tab.keyboard.press("Tab")
    assert visit.tab.evaluate("document.activeElement.closest('main') !== null")


@_visits(("index", "mechanism", "survival", "claims", "glossary", "chart-symptoms"), widths=(1280,))
def test_a_keyboard_opens_every_fold_and_reaches_every_link_in_order(visit: Visit) -> None:
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


@_visits(("mechanism", "figures"))
def test_a_keyboard_moves_a_wide_table(visit: Visit) -> None:
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


@pytest.mark.parametrize("paper", PAPERS)
@_visits(("index", "mechanism", "course", "survival", "chart-where"), ("dark",), (1280,))
def test_on_paper_a_chart_stays_whole_beneath_its_heading(visit: Visit, paper: str) -> None:
    wide, high = PAPERS[paper]
    visit.tab.set_viewport_size({"width": int(wide), "height": int(high)})
    visit.tab.emulate_media(media="print")
    for figure in visit.tab.evaluate(PRINTED):
        assert (figure["apart"], figure["after"]) == ("avoid", "avoid"), figure["id"]
        assert figure["height"] <= high, figure["id"]
        assert figure["width"] <= wide, figure["id"]
    assert cut_off(visit.tab, DRAWING) == []
    assert visit.tab.locator("nav:visible, .skip:visible, .take:visible").count() == 0
    said = visit.tab.evaluate(COLOURS)
    assert said["ink"] == "rgb(0, 0, 0)"
    assert _light(said["paper"]) == pytest.approx(1)
    assert said["words"] == [said["ink"]]


@pytest.mark.parametrize("paper", SIZES)
@_visits(("index", "course"), widths=(1280,))
def test_it_prints_on_both_papers(visit: Visit, paper: str) -> None:
    printed = visit.tab.pdf(format=paper)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(boxes) > 1
    for box in boxes:
        assert [float(side) for side in box] == pytest.approx(SIZES[paper], abs=1.5)


@_visits(tuple(edition.TITLES), widths=(1280,))
def test_on_paper_a_reference_says_where_it_is(visit: Visit) -> None:
    visit.tab.evaluate(OPEN)
    visit.tab.emulate_media(media="print")
    for words, href in visit.tab.evaluate(PRINTED_LINKS):
        numbered = re.fullmatch(r"PMID \d+", words)
        assert numbered or unquote(words.removeprefix("doi:")) in unquote(href), (words, href)


# ---------------------------------------------------------------- previews


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_of_a_preview_opens(name: str, browser: Browser, shelf: str) -> None:
    tab = browser.new_page()
    tab.goto(f"{shelf}/{name}.html")
    picture = tab.locator('meta[property="og:image"]').get_attribute("content") or ""
    assert urlsplit(picture).netloc == urlsplit(shelf).netloc
    tab.goto(picture)
    assert tab.locator("img").evaluate("img => [img.naturalWidth, img.naturalHeight]") == [1200, 630]
    tab.context.close()
