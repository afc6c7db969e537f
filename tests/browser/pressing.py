"""Pressing all that can be pressed on a page, and taking each file that it gives."""

from __future__ import annotations

import contextlib
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError, expect

from sidebyside.data import contract
from tests.browser.reader import CHART, MAIN, Reader
from tests.data.test_spreadsheet import held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Download, Locator, Page

SAVED = '[data-testid="stDownloadButton"] button'


# ---------------------------------------------------------------- buttons


def press_all(reader: Reader, folder: Path) -> None:
    """Press what is no download of ours: each chart's own menu once a page, arrows, lists, toggles, copies, helps."""
    tab = reader.tab
    if tab.locator(CHART).count():
        _menu_of_a_chart(reader, folder)
    for arrow in tab.locator('[data-testid="stNumberInputStepUp"]').all():
        arrow.click()
        reader.rests()
    for toggle in tab.get_by_text("Show these rows as text to copy").all():
        toggle.click()
        reader.rests()
    choose_of_lists(reader)
    for copy in tab.get_by_role("button", name="Copy to clipboard").all():
        copy.hover()
        copy.click()
    for helped in tab.locator('[data-testid="stTooltipHoverTarget"][role="button"]').all():
        helped.hover()
    tab.get_by_role("button", name="Main menu").click()
    expect(tab.get_by_role("menu")).to_be_visible()
    tab.keyboard.press("Escape")


def choose_of_lists(reader: Reader) -> None:
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


def take_all(reader: Reader, folder: Path, within: str = MAIN) -> list[str]:
    """The names of the files that every button for one gives; each is held to what its kind promises."""
    files = []
    for button in reader.tab.locator(within).locator(SAVED).all():
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
