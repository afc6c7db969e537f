"""What comes out of a printer: light whatever the theme, whole, and no title parted from what it heads."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import expect

from sidebyside.charts.course import relapses
from sidebyside.layouts import page_list, pages
from tests.browser.conftest import PLAIN, REQUIRED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

LAST_WORDS = "It is not medical advice"
PATHS = {name: "" if name == page_list.FIRST else name for name in page_list.PAGES}
# The pages are made alike: a hub, a long sub-page and one of lists stand for the others, of which the sweep takes each.
USUAL = {page_list.FIRST, pages.page_of_chart(relapses.RELAPSE_RATES.id), pages.page_of_list("organisations")}
# Words that are printed, and how dark: coloured marks that stand for words are not words.
PALE_WORDS = """() => [...document.querySelectorAll('[data-testid="stMain"] *, main *')].filter(one => {
    const words = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const marked = one.closest('style, script, [aria-hidden="true"]:not(svg, svg *), [style*="color"]:not(svg, svg *)');
    if (!words || marked || !one.checkVisibility()) return false;
    const said = getComputedStyle(one), colour = one.closest('svg') ? said.fill : said.color;
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 130;
}).map(one => one.textContent.trim().slice(0, 60))"""
UNSEEN = """() => [...document.querySelectorAll('main details:not(nav *)')].filter(fold => [...fold.children].some(
    one => !one.checkVisibility({contentVisibilityAuto: true}) || !one.getBoundingClientRect().height)).length"""
HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3')].map(one => one.textContent.trim().replace(/\\s+/g, ' '))"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab of a reader whose system is dark."""
    with browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


def _opened(tab: Page, address: str) -> None:
    tab.goto(address)
    expect(tab.get_by_text(LAST_WORDS)).to_be_visible(timeout=30_000)
    tab.wait_for_timeout(1500)


def _poppler(name: str) -> str:
    program = shutil.which(name)
    if program is None and not REQUIRED:
        pytest.skip(f"no {name} found")
    assert program, f"browser tests are required, but there is no {name}"
    return program


def _printed(tab: Page, folder: Path) -> tuple[list[str], Sequence[Image.Image]]:
    """The words and the pictures of each sheet."""
    tab.pdf(path=folder / "print.pdf", format="A4", print_background=True)
    words = subprocess.check_output([_poppler("pdftotext"), "-layout", folder / "print.pdf", "-"], text=True)
    subprocess.run([_poppler("pdftoppm"), "-r", "20", "-png", folder / "print.pdf", folder / "sheet"], check=True)
    pictures = [Image.open(io.BytesIO(path.read_bytes())) for path in sorted(folder.glob("sheet*.png"))]
    return words.split("\f")[:-1], pictures


def _flowing(folder: Path) -> str:
    """The words of what `_printed` made, in the order in which they stand in the page."""
    return subprocess.check_output([_poppler("pdftotext"), "-raw", folder / "print.pdf", "-"], text=True)


def _is_light(picture: Image.Image) -> bool:
    """White at its corners, and white or nearly so in most of the rest."""
    grey = picture.convert("L")
    wide, high = grey.width - 1, grey.height - 1
    corners = [grey.getpixel(at) for at in ((0, 0), (wide, 0), (0, high), (wide, high))]
    return corners == [255] * 4 and sum(grey.histogram()[200:]) > 0.6 * grey.width * grey.height


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _lonely(sheets: list[str], headings: list[str]) -> list[str]:
    """Headings that end a sheet."""
    known = [_one_line(heading) for heading in headings if heading]
    ends = [_one_line(sheet)[-200:] for sheet in sheets[:-1]]
    return [heading for heading in known for end in ends if len(heading) > 8 and end.endswith(heading)]


@pytest.mark.parametrize(
    "name", [name if name in USUAL else pytest.param(name, marks=pytest.mark.sweep) for name in PATHS]
)
def test_the_dashboard_prints_light_and_whole_and_names_the_static_page(
    name: str, under: str, tab: Page, tmp_path: Path
) -> None:
    _opened(tab, f"{under}/{PATHS[name]}")
    paper = tab.locator(".st-key-on-paper")
    expect(paper).to_be_hidden()
    headings = tab.evaluate(HEADINGS)
    sheets, pictures = _printed(tab, tmp_path)
    # A short page is a sheet or two: that nothing is cut off, its sections and its last words tell.
    assert len(sheets) == len(pictures) > 0
    assert all(map(_is_light, pictures))
    said = _one_line(" ".join(sheets))
    assert LAST_WORDS in said
    # A heading beside its text may take two lines, between which the layout of the sheet puts other words.
    flowing = "".join(_flowing(tmp_path).split())
    for section in (heading for heading in headings if len(heading) < 60):
        assert section in said or "".join(section.split()) in flowing, section
    assert f"{PLAIN}/{'index' if name == page_list.FIRST else name}.html" in said.replace(" ", "")
    assert _lonely(sheets, headings) == []
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate(PALE_WORDS) == []
    expect(paper).to_be_visible()
    noise = (
        '[data-testid="stHeader"], [data-testid="stPopover"], [role="radio"][aria-checked="false"], summary, '
        '[data-testid="stCheckbox"], p > a[href^="#"]'
    )
    assert tab.locator(noise).filter(visible=True).count() == 0
    if pages.PAGES[name].charts_shown:
        assert tab.locator("svg.marks").filter(visible=True).count() > 0


def test_without_a_static_page_the_paper_says_how_to_unfold(site: str, tab: Page) -> None:
    _opened(tab, f"{site}/course")
    tab.emulate_media(media="print")
    expect(tab.locator(".st-key-on-paper")).to_contain_text("open the charts")


def test_a_chart_that_fits_a_sheet_is_not_cut_in_two(under: str, tab: Page) -> None:
    _opened(tab, f"{under}/{pages.page_of_chart(relapses.RELAPSE_RATES.id)}")
    tab.emulate_media(media="print")
    for kept in ('[class*="st-key-card-"]', "[data-testid=stVegaLiteChart]"):
        inside = tab.locator(f"[data-testid=stMain] {kept}").evaluate_all(
            "all => all.map(e => getComputedStyle(e).breakInside)"
        )
        assert set(inside) == {"avoid"}, kept
    heads = tab.locator("[data-testid=stHeading]").evaluate_all(
        "all => all.map(e => getComputedStyle(e.parentElement).breakAfter)"
    )
    assert set(heads) == {"avoid"}


@pytest.mark.parametrize("name", ["course", "sources", "length-of-life"])
def test_the_static_page_prints_light_whole_and_unfolded(name: str, shelf: str, tab: Page, tmp_path: Path) -> None:
    tab.goto(f"{shelf}/{name}.html")
    headings = tab.evaluate(HEADINGS)
    folded = [one.text_content() or "" for one in tab.locator("details dd, details li, details p").all()]
    sheets, pictures = _printed(tab, tmp_path)
    assert all(map(_is_light, pictures))
    said = re.sub(r"\W", "", " ".join(sheets))
    assert len(folded) > 50
    unseen = [words for words in folded if len(words) < 60 and re.sub(r"\W", "", words) not in said]
    assert unseen == []
    assert _lonely(sheets, headings) == []
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate(UNSEEN) == 0
    assert tab.evaluate(PALE_WORDS) == []
