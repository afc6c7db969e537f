"""Addresses of the first edition lead to where things stand now."""

from __future__ import annotations

import pytest

from sidebyside.data import package
from sidebyside.layouts import moved
from sidebyside.layouts.pages import PAGES

ONCE = ("overview", "mechanism", "course", "evidence")


def test_every_former_place_is_listed_with_the_page_that_has_it_now() -> None:
    rows = package.numbered_rows("moved")
    assert {row["page"] for row in rows} == set(ONCE)
    for page in ONCE:
        assert moved.places(page) == {row["anchor"]: row["place"] for row in rows if row["page"] == page}
    assert moved.places("overview")["finding-out"] == "finding-out#finding-out"
    assert moved.places("numbers") == {}


@pytest.mark.parametrize(
    ("page", "key", "now"),
    [
        ("overview", "symptoms-group", "symptoms"),
        ("overview", "differences-topic", "compare"),
        ("overview", "tests-words", "finding-out"),
        ("overview", "help-country", "help"),
        ("mechanism", "nerve-fibre-preset", "fibre"),
        ("mechanism", "nerve-fibre-internodes", "fibre"),
        ("evidence", "term", "words"),
        ("evidence", "claim", "claims"),
        ("evidence", "source", "sources"),
        ("evidence", "figures-words", "figures"),
        ("evidence", "sheet-paper", "evidence"),
        # Nobody's key, or of a chart that the page shows itself.
        ("overview", "x", "overview"),
        ("overview", "\0", "overview"),
        ("overview", "q", "overview"),
    ],
)
def test_an_option_of_a_former_address_leads_to_the_page_that_has_it(page: str, key: str, now: str) -> None:
    assert moved.page_of_keys(page, ("embed", key)) == now


def test_a_hub_keeps_the_options_of_the_charts_that_it_shows() -> None:
    shown = [
        (page, chart.key)
        for page, layout in PAGES.items()
        for chart in layout.charts_shown
        if chart.options is not None
    ]
    assert any(page in ONCE for page, _ in shown)
    for page, key in shown:
        assert moved.page_of_keys(page, (key,)) == page
