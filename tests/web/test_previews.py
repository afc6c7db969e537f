"""The pictures that previews of a page show."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from sidebyside.layouts import page_list
from sidebyside.layouts.pages import PAGES
from sidebyside.site import share, svg
from sidebyside.web import previews

if TYPE_CHECKING:
    import pytest


def test_a_preview_shows_the_first_finding_of_its_page() -> None:
    picture = share.finding("course")
    assert picture == svg.preview_png(PAGES["course"].charts_shown[0].figure())
    with Image.open(io.BytesIO(picture)) as opened:
        assert opened.size == previews.PICTURE_SIZE


def test_nothing_about_length_of_life_is_in_a_preview() -> None:
    assert PAGES[page_list.LENGTH_OF_LIFE].charts_on_request
    assert share.finding(page_list.LENGTH_OF_LIFE) == b""


def test_a_chart_that_cannot_be_drawn_leaves_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_figure: object) -> bytes:
        raise ValueError

    share._drawn.forget()
    monkeypatch.setattr(svg, "preview_png", broken)
    assert previews._finding("course") == b""
