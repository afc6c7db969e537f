"""Every page once in Chromium: what opens is opened, what can be pressed is pressed, and each link is followed."""

from __future__ import annotations

import contextlib
import io
import json
import re
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import TimeoutError, expect

from sidebyside import hosting, interface, prose, tables
from sidebyside.outlines import Asked, pages
from tests.browser.conftest import serving
from tests.test_cells import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Download, Locator, Page

MAIN = '[data-testid="stMain"]'
FOLDED = f"{MAIN} details:not([open]) > summary"
SWITCHES = f'{MAIN} [data-testid="stButtonGroup"]'
SAVED = f'{MAIN} [data-testid="stDownloadButton"] button'
RESTING = """() => document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"
PLACES = "() => [...document.querySelectorAll('[id]')].map(node => node.id)"
AT_A_TIME = 5


@dataclass
class Walk:
    """What was met on all pages: links with the page they stand on, places by page, files, and what is wrong."""

    site: str
    links: dict[str, str] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard without a static edition beside it: that one is held file by file when it is written."""
    none = {hosting.EDITION_VARIABLE: str(tmp_path_factory.mktemp("none"))}
    with serving(tmp_path_factory.mktemp("everything") / "log", **none) as address:
        yield address


def test_everything_can_be_pressed_and_each_link_leads_somewhere(site: str, browser: Browser, tmp_path: Path) -> None:
    walk = Walk(site)
    for name in hosting.PAGES:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab = context.new_page()
        _listen(tab, walk, name)
        tab.goto(f"{site}/{'' if name == hosting.FIRST else name}")
        expect(tab.get_by_text("It is not medical advice")).to_be_visible(timeout=60_000)
        _rest(tab)
        if any(isinstance(part, Asked) for part in pages.PAGES[name].parts):
            tab.get_by_text(interface.words("show-life")).first.click()
            expect(tab.get_by_role("switch", name=interface.words("show-life"))).to_be_checked()
            _rest(tab)
        _opened(tab)
        charts = len(pages.PAGES[name].shown) + len(pages.PAGES[name].asked_for)
        charts += sum(len(lab.figures) for lab in pages.PAGES[name].labs)
        expect(tab.locator(SWITCHES)).to_have_count(charts, timeout=30_000)
        _pressed(tab, walk, tmp_path)
        for view in ("Table", "About"):
            _switched(tab, view)
            _met(tab, walk, name)
        _taken(tab, walk, tmp_path)
        context.close()
    _followed(walk)
    assert "\n".join(walk.faults) == ""
    twice = {file for file in walk.files if walk.files.count(file) > 1}
    assert twice == set()
    assert {file.rpartition(".")[2] for file in walk.files} == set(KINDS)


def _listen(tab: Page, walk: Walk, name: str) -> None:
    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            walk.faults.append(f"{name}: {message.text}")

    tab.on("console", hear)
    tab.on("pageerror", lambda error: walk.faults.append(f"{name}: {error}"))


def _rest(tab: Page) -> None:
    tab.wait_for_timeout(150)
    tab.wait_for_function(RESTING, timeout=60_000)


def _opened(tab: Page) -> None:
    """Open whatever is folded, and what is folded within."""
    while tab.locator(FOLDED).count():
        for fold in tab.locator(FOLDED).all()[:AT_A_TIME][::-1]:
            fold.click()
        _rest(tab)


def _switched(tab: Page, view: str) -> None:
    for switch in tab.locator(SWITCHES).all():
        choice = switch.get_by_role("radio", name=view, exact=True)
        choice.click()
        expect(choice).to_have_attribute("aria-checked", "true", timeout=20_000)
    _rest(tab)


def _met(tab: Page, walk: Walk, name: str) -> None:
    """Remember the links; an error that is shown is a fault."""
    for link in tab.evaluate(LINKS):
        walk.links.setdefault(link, name)
    walk.places.setdefault(name, set()).update(tab.evaluate(PLACES))
    shown = tab.locator('[data-testid="stException"]').all_inner_texts()
    shown += tab.get_by_text(re.compile("We cannot show|went wrong")).all_inner_texts()
    walk.faults.extend(f"{name}: {words}" for words in shown)


# ---------------------------------------------------------------- buttons


def _pressed(tab: Page, walk: Walk, folder: Path) -> None:
    """Press what is no download of ours: each chart's own menu once a page, arrows, lists, toggles, copies, helps."""
    _menu_of_a_chart(tab, walk, folder)
    for arrow in tab.locator('[data-testid="stNumberInputStepUp"]').all():
        arrow.click()
        _rest(tab)
    for toggle in tab.get_by_text("Show these rows as text to copy").all():
        toggle.click()
        _rest(tab)
    for picker in tab.locator('[data-testid="stSelectbox"]').all():
        box = picker.get_by_role("combobox")
        if not box.input_value():
            _first_of(box, tab)
            expect(box).not_to_have_value("")
            _rest(tab)
    _opened(tab)
    for copy in tab.get_by_role("button", name="Copy to clipboard").all():
        copy.hover()
        copy.click()
    for helped in tab.locator('[data-testid="stTooltipHoverTarget"][role="button"]').all():
        helped.hover()
    tab.get_by_role("button", name="Main menu").click()
    expect(tab.get_by_role("menu")).to_be_visible()
    tab.keyboard.press("Escape")


def _first_of(box: Locator, tab: Page) -> None:
    """Choose the first of a list. What is drawn anew closes a list that is open; a reader opens it once more."""
    for _ in range(5):
        box.press("ArrowDown")
        with contextlib.suppress(TimeoutError):
            tab.get_by_role("option").first.wait_for(timeout=4_000)
            box.press("Enter")
            return
    pytest.fail("a list does not open")


def _menu_of_a_chart(tab: Page, walk: Walk, folder: Path) -> None:
    """The framework's own buttons; they float over the chart, and may stand under the page's head."""
    chart = tab.locator('[data-testid="stFullScreenFrame"]').first
    _float(chart, "Copy Vega-Lite spec")
    with tab.expect_download() as begun:
        _float(chart, "Download as PNG")
    begun.value.save_as(folder / "chart.png")
    if not (folder / "chart.png").read_bytes().startswith(b"\x89PNG"):
        walk.faults.append("a chart's own picture is no picture")
    _float(chart, "Show data")
    expect(chart.locator('[data-testid="stDataFrame"]')).to_be_visible()
    _float(chart, "Show chart")
    expect(chart.locator("svg.marks")).to_be_visible()
    _float(chart, "Fullscreen")
    tab.keyboard.press("Escape")
    _rest(tab)


def _float(chart: Locator, name: str) -> None:
    chart.get_by_role("button", name=re.compile(name)).first.dispatch_event("click")


# ---------------------------------------------------------------- downloads


def _taken(tab: Page, walk: Walk, folder: Path) -> None:
    for button in tab.locator(SAVED).all():
        with tab.expect_response(re.compile("/media/")) as answered, contextlib.suppress(TimeoutError):
            with tab.expect_download(timeout=8_000) as begun:
                button.click()
            _hold(begun.value, walk, folder)
            continue
        # After some twenty files Chromium keeps one back now and then, though the answer came. No reader takes so many.
        assert answered.value.status == 200
        assert "attachment" in answered.value.headers["content-disposition"]
        with tab.expect_download(timeout=30_000) as begun:
            button.click()
        _hold(begun.value, walk, folder)


def _hold(taken: Download, walk: Walk, folder: Path) -> None:
    name = taken.suggested_filename
    walk.files.append(name)
    taken.save_as(folder / name)
    content = (folder / name).read_bytes()
    try:
        assert name.startswith("ms-and-als-")
        assert len(content) > 100
        KINDS[name.rpartition(".")[2]](content)
    except Exception as error:
        walk.faults.append(f"{name}: {error!r}")


def _is_page(content: bytes) -> None:
    assert content.lower().startswith(b"<!doctype html>")
    assert b"<script" not in content
    assert b"</html>" in content


def _is_picture(content: bytes) -> None:
    assert ET.fromstring(content).tag.endswith("svg")


def _is_package(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert {f"{name}.csv" for name in tables.names()} < set(package.namelist())


KINDS: dict[str, Callable[[bytes], Any]] = {
    "csv": lambda content: held(content.decode()),
    "svg": _is_picture,
    "html": _is_page,
    "zip": _is_package,
    "jsonld": lambda content: json.loads(content)["@type"],
    "json": lambda content: json.loads(content)[0]["id"],
    "bib": lambda content: re.fullmatch(r"@\w+\{.*\}\s*", content.decode(), re.DOTALL).end(),  # type: ignore[union-attr]
    "ris": lambda content: re.fullmatch(r"TY  - .*ER  - \s*", content.decode(), re.DOTALL).end(),  # type: ignore[union-attr]
}


# ---------------------------------------------------------------- links


def _followed(walk: Walk) -> None:
    """Each address of ours answers and has the place that the link names; any other is one that a browser can open."""
    answers: dict[str, int] = {}
    for link, page in walk.links.items():
        address, place = urldefrag(link)
        parts = urlsplit(address)
        if parts.scheme == "tel" and re.fullmatch(r"\+?[\d-]+(;ext=\d+)?", parts.path):
            continue
        if not link.startswith(f"{walk.site}/"):
            if parts.scheme not in ("https", "http") or not re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", parts.netloc):
                walk.faults.append(f"{page}: {link} is no address")
            continue
        if address not in answers:
            answers[address] = _asked(address)
        if answers[address] != 200:
            walk.faults.append(f"{page}: {link} answers {answers[address]}")
        there = walk.places.get(parts.path.strip("/") or hosting.FIRST, set())
        # An address of the first edition ends in a chart's id alone; it is led on to the chart.
        if place and not {unquote(place), prose.place(unquote(place))} & there:
            walk.faults.append(f"{page}: {link} names no place of its page")


def _asked(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
