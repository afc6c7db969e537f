"""The measure of a page's shape counts what a reader sees, and tells each budget that is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import shapes
from benchmarks.shapes import HUB, SUB_PAGE, Shape

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HELD = Shape(height=4000, chart=300.0, words=900, links=50, early=10, sideways=0)
# What Streamlit's pages are made of, as far as it is measured: a page of 3,000 pixels.
PAGE = """<body style="margin:0"><div data-testid="stApp" data-test-script-state="notRunning">
<div data-testid="stMain" style="height:800px;overflow:auto;position:relative">
<h1 style="margin:0;height:100px">Two words <span data-testid="stHeaderActionElements"><a href="#h">x</a></span></h1>
<h3>Head</h3><hr data-testid="stHeadingDivider">
<p style="height:200px"><a href="/a">One link</a> and it's 0.5 of <a href="/b" style="display:none">hidden words</a></p>
<details><summary>Fold</summary><p>nobody sees this</p></details>
<div data-testid="stVegaLiteChart" style="position:absolute;top:500px;height:100px">
<svg class="marks"><text>many words of a chart</text></svg></div>
<p style="position:absolute;top:2900px;height:100px;margin:0"><a href="/late">Far below</a></p>
<hr style="position:absolute;top:2990px"><p>the footer has <a href="/f">words</a> too</p></div></div></body>"""


def test_what_is_seen_is_counted_but_for_charts_and_the_footer(browser: Browser) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.set_content(PAGE)
    shape = shapes.measure(tab)
    tab.close()
    # Two words, Head, One link and it's 0.5 of, Fold, Far below.
    assert shape == Shape(height=3000, chart=500, words=12, links=2, early=1, sideways=0)


def test_a_page_within_its_budget_misses_nothing() -> None:
    assert shapes.missed((HELD, HELD), HUB) == []
    assert shapes.missed((Shape(4000, None, 900, 50, 10, 0),) * 2, SUB_PAGE) == []


@pytest.mark.parametrize(
    ("wide", "narrow", "said"),
    [
        (Shape(4201, 300, 900, 50, 10, 0), HELD, "height at 1280"),
        (HELD, Shape(8501, 300, 900, 50, 10, 0), "height at 390"),
        (Shape(4000, 361, 900, 50, 10, 0), HELD, "first chart at 1280"),
        (HELD, Shape(4000, 501, 900, 50, 10, 0), "first chart at 390"),
        (Shape(4000, 300, 1001, 50, 10, 0), HELD, "words"),
        (Shape(4000, 300, 900, 61, 10, 0), HELD, "links: 61"),
        (Shape(4000, 300, 900, 50, 13, 0), HELD, "links on the first screen"),
        (HELD, Shape(4000, 300, 900, 50, 10, 5), "sideways at 390"),
    ],
)
def test_each_budget_that_is_missed_is_told(wide: Shape, narrow: Shape, said: str) -> None:
    (missed,) = shapes.missed((wide, narrow), HUB)
    assert missed.startswith(said)


def test_a_sub_page_may_be_longer_than_a_hub() -> None:
    assert shapes.budget("overview") == HUB
    assert shapes.budget("compare") == SUB_PAGE
