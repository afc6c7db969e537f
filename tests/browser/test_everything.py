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

from sidebyside.content import text
from sidebyside.data import contract
from sidebyside.layouts import page_list
from tests.browser.reader import MAIN, Reader
from tests.data.test_spreadsheet import held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Download, Locator, Page

SAVED = f'{MAIN} [data-testid="stDownloadButton"] button'
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"
PLACES = "() => [...document.querySelectorAll('[id]')].map(node => node.id)"


@dataclass
class Walk:
    """What was met on all pages: links with the page they stand on, and places by page."""

    links: dict[str, str] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)


@pytest.mark.parametrize("name", page_list.PAGES)
def test_all_that_can_be_pressed_is_pressed_and_each_file_taken(name: str, newcomer: Reader, tmp_path: Path) -> None:
    with newcomer.noting():
        newcomer.goes(name, 1280)
        newcomer.opens_all()
        _pressed(newcomer, tmp_path)
        newcomer.look("all pressed")
        newcomer.switches("About")
        files = _taken(newcomer, tmp_path)
        newcomer.look("all taken")
        twice = {file for file in files if files.count(file) > 1}
        assert twice == set()
        wanted = set(KINDS) if name == "evidence" else {"csv", "svg"}
        assert wanted - {file.rpartition(".")[2] for file in files} == set()


def test_each_link_leads_somewhere(newcomer: Reader) -> None:
    walk = Walk()
    with newcomer.noting():
        for name in page_list.PAGES:
            newcomer.goes(name, 1280)
            newcomer.opens_all()
            _chosen(newcomer)
            for view in ("Table", "About"):
                newcomer.switches(view)
                for link in newcomer.tab.evaluate(LINKS):
                    walk.links.setdefault(link, name)
                walk.places.setdefault(name, set()).update(newcomer.tab.evaluate(PLACES))
        _followed(walk, newcomer)


# ---------------------------------------------------------------- buttons


def _pressed(reader: Reader, folder: Path) -> None:
    """Press what is no download of ours: each chart's own menu once a page, arrows, lists, toggles, copies, helps."""
    tab = reader.tab
    _menu_of_a_chart(reader, folder)
    for arrow in tab.locator('[data-testid="stNumberInputStepUp"]').all():
        arrow.click()
        reader.rests()
    for toggle in tab.get_by_text("Show these rows as text to copy").all():
        toggle.click()
        reader.rests()
    _chosen(reader)
    for copy in tab.get_by_role("button", name="Copy to clipboard").all():
        copy.hover()
        copy.click()
    for helped in tab.locator('[data-testid="stTooltipHoverTarget"][role="button"]').all():
        helped.hover()
    tab.get_by_role("button", name="Main menu").click()
    expect(tab.get_by_role("menu")).to_be_visible()
    tab.keyboard.press("Escape")


def _chosen(reader: Reader) -> None:
    """Choose the first of each list that nothing is chosen of."""
    tab = reader.tab
    for picker in tab.locator('[data-testid="stSelectbox"]').all():
        box = picker.get_by_role("combobox")
        if not box.input_value():
            _first_of(box, tab)
            expect(box).not_to_have_value("")
            reader.rests()
    reader.opens_all()


def _first_of(box: Locator, tab: Page) -> None:
    """Choose the first of a list. What is drawn anew closes a list that is open; a reader opens it once more."""
    for _ in range(5):
        box.press("ArrowDown")
        with contextlib.suppress(TimeoutError):
            tab.get_by_role("option").first.wait_for(timeout=4_000)
            box.press("Enter")
            return
    pytest.fail("a list does not open")


def _menu_of_a_chart(reader: Reader, folder: Path) -> None:
    """The framework's own buttons; they float over the chart, and may stand under the page's head."""
    tab = reader.tab
    chart = tab.locator('[data-testid="stFullScreenFrame"]').first
    _float(chart, "Copy Vega-Lite spec")
    with tab.expect_download() as begun:
        _float(chart, "Download as PNG")
    begun.value.save_as(folder / "chart.png")
    if not (folder / "chart.png").read_bytes().startswith(b"\x89PNG"):
        reader.note("a chart's own picture", ["is no picture"])
    _float(chart, "Show data")
    expect(chart.locator('[data-testid="stDataFrame"]')).to_be_visible()
    _float(chart, "Show chart")
    expect(chart.locator("svg.marks")).to_be_visible()
    _float(chart, "Fullscreen")
    tab.keyboard.press("Escape")
    reader.rests()


def _float(chart: Locator, name: str) -> None:
    chart.get_by_role("button", name=re.compile(name)).first.dispatch_event("click")


# ---------------------------------------------------------------- downloads


def _taken(reader: Reader, folder: Path) -> list[str]:
    """The names of the files that every button for one gives; each is held to what its kind promises."""
    files = []
    for button in reader.tab.locator(SAVED).all():
        with reader.tab.expect_response(re.compile("/media/")) as answered, contextlib.suppress(TimeoutError):
            with reader.tab.expect_download(timeout=8_000) as begun:
                button.click()
            files.append(_hold(begun.value, reader, folder))
            continue
        # After some twenty files Chromium keeps one back now and then, though the answer came. No reader takes so many.
        assert answered.value.status == 200
        assert "attachment" in answered.value.headers["content-disposition"]
        with reader.tab.expect_download(timeout=30_000) as begun:
            button.click()
        files.append(_hold(begun.value, reader, folder))
    return files


def _hold(taken: Download, reader: Reader, folder: Path) -> str:
    name = taken.suggested_filename
    taken.save_as(folder / name)
    content = (folder / name).read_bytes()
    try:
        assert name.startswith("ms-and-als-")
        assert len(content) > 100
        KINDS[name.rpartition(".")[2]](content)
    except Exception as error:
        reader.note(name, [repr(error)])
    return name


def _is_page(content: bytes) -> None:
    assert content.lower().startswith(b"<!doctype html>")
    assert b"<script" not in content
    assert b"</html>" in content


def _is_picture(content: bytes) -> None:
    assert ET.fromstring(content).tag.endswith("svg")


def _is_package(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert {f"{name}.csv" for name in contract.names()} < set(package.namelist())


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


def _followed(walk: Walk, reader: Reader) -> None:
    """Each address of ours answers and has the place that the link names; any other is one that a browser can open."""
    answers: dict[str, int] = {}
    for link, page in walk.links.items():
        address, place = urldefrag(link)
        parts = urlsplit(address)
        if parts.scheme == "tel" and re.fullmatch(r"\+?[\d-]+(;ext=\d+)?", parts.path):
            continue
        if not link.startswith(f"{reader.site}/"):
            if parts.scheme not in ("https", "http") or not re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", parts.netloc):
                reader.note(f"on {page}", [f"{link} is no address"])
            continue
        if address not in answers:
            answers[address] = _asked(address)
        if answers[address] != 200:
            reader.note(f"on {page}", [f"{link} answers {answers[address]}"])
        there = walk.places.get(parts.path.strip("/") or page_list.FIRST, set())
        # An address of the first edition ends in a chart's id alone; it is led on to the chart.
        if place and not {unquote(place), text.anchor(unquote(place))} & there:
            reader.note(f"on {page}", [f"{link} names no place of its page"])


def _asked(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
