"""The take-away sheet in Chromium: on paper and on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sidebyside.site import handout
from tests.browser.looking import violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

A_PAGE = re.compile(rb"/Type\s*/Page\b")
SIZES = {"A4": (595, 842), "Letter": (612, 792)}


@pytest.mark.parametrize("paper", handout.PAPERS)
def test_the_usual_sheet_is_one_page_of_paper(paper: str, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_text(handout.handout(handout.default(), paper, "made", life=False), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    printed = tab.pdf(prefer_css_page_size=True)
    tab.close()
    assert len(A_PAGE.findall(printed)) == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert box
    assert [round(float(side)) for side in box.groups()] == pytest.approx(SIZES[paper], abs=1)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_whole_sheet_is_clean_on_a_screen(width: int, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    path.write_text(handout.handout(handout.sections(life=True), "A4", "made", life=True), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
    assert violations(tab) == []
    assert asked == [path.as_uri()]
    context.close()
