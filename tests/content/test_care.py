"""Words of care: wherever loss, mood, thinking, breathing or length of life is told, help is named as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from sidebyside.content import care, help
from sidebyside.content import text as content_text
from sidebyside.data import contract, package
from sidebyside.layouts import page_list, pages
from sidebyside.layouts.blocks import SURVIVAL, TIME, ChartBlock, ColumnsBlock, OnRequest, SectionBlock
from sidebyside.site import handout
from sidebyside.site.page_builder import FILES
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sidebyside.layouts.blocks import Block

SECONDS = 120
# The places, as a reader finds them: a new one that tells of loss is added here and to the table.
PLACES = {
    "compare": ["side-by-side"],
    "help": ["help"],
    "muscle": ["breathing", "more-than-movement"],
    "course": ["no-two-people"],
    "course-ms": ["years-ms"],
    "course-als": ["path-of-als"],
    "length-of-life": [
        "als-steps",
        "time",
        "time-als",
        "als-stages",
        "time-ms",
        "causes-of-death",
        "deaths-in-a-year",
        "ages-at-death",
        "what-changes-time",
    ],
    "living": ["living-with-it", "living", "thinking"],
}


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, OnRequest):
            yield from _blocks(block.blocks)
        if isinstance(block, ColumnsBlock):
            yield from _blocks(tuple(below for column in block.columns for below in column))


def _standing(page: str) -> list[str]:
    """Sections and charts of a page by their ids, in their order."""
    named = _blocks(pages.PAGES[page].blocks)
    return [
        block.name if isinstance(block, SectionBlock) else block.definition.id
        for block in named
        if isinstance(block, SectionBlock | ChartBlock)
    ]


def _lines(app: AppTest) -> list[str]:
    return [element.value for element in app.markdown]


def _open(page: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    if page != page_list.FIRST:
        app.run().switch_page(page_list.script(page))
    return app.run()


def test_the_places_are_those_of_the_table_and_stand_on_their_pages() -> None:
    for page in pages.PAGES:
        places = PLACES.get(page, [])
        assert set(care.care_places(page)) == set(places), page
        assert set(places) <= set(_standing(page)), page


def test_every_part_about_length_of_life_has_its_words() -> None:
    for page, layout in pages.PAGES.items():
        cared = set(care.care_places(page))
        waiting = {name for name, _, choice in content_text.sections_of(page) if choice == SURVIVAL}
        assert waiting <= cared, page
        # A chart stands below its section, or has words of its own.
        lone = [block.definition.id for block in layout.blocks_on_request if isinstance(block, ChartBlock)]
        if not any(isinstance(block, SectionBlock) for block in layout.blocks_on_request):
            assert set(lone) <= cared, page


def test_the_words_are_kind_name_help_and_hold_every_number() -> None:
    lines = help.crisis_lines()
    assert {"United Kingdom", "Ireland", "United States", "Canada", "Australia", "New Zealand", "Worldwide"} <= {
        line.country for line in lines
    }
    assert [line.name for line in lines if not line.phone] == ["Find a Helpline"]
    for tells in package.load("care_words")["tells"]:
        if tells == contract.ALWAYS:
            continue
        said = care.care(tells, "course").body
        assert "If you think of ending your life" in said
        assert "(help#organisations)" in said
        assert "(#organisations)" in care.care(tells, "help").body
        assert all((line.dial or line.url) in said for line in lines)
        assert not re.search(r"\bmust\b|\bfatal\b|\bterminal\b|victim|suffer", said)


def test_a_number_dials_what_is_shown() -> None:
    called = [row for row in help.organisations() if row.phone]
    assert len(called) > 10
    for row in called:
        shown, _, values = row.dial.removeprefix("[").removesuffix(")").partition("](tel:")
        assert shown == row.phone
        assert re.sub(r"\D", "", shown) == re.sub(r"\D", "", values), row.name


def test_who_cannot_speak_finds_a_number_for_text_messages() -> None:
    """In each country with a line to call, on the page as on the sheet."""
    lines = [line for line in help.crisis_lines() if line.phone]
    assert [line.name for line in lines if not line.sms] == []
    paper = handout.handout((handout.NAMED[handout.WHERE],), "A4", "made", life=False)
    for line in lines:
        assert f" Text messages: {line.sms}." in line.said
        assert f"Text messages: {line.sms}." in paper


@pytest.mark.parametrize("page", PLACES)
def test_each_place_of_the_dashboard_says_its_words(page: str) -> None:
    """Unasked, and with length of life switched on: once for each kind, by the first of its places."""
    layout, told = pages.PAGES[page], care.care_places(page)
    app = _open(page)
    asked = any(isinstance(block, OnRequest) for block in layout.blocks)
    for life in (False, True) if asked else (False,):
        if life:
            app.toggle(key="toggle-survival").set_value(True).run()
        assert not app.exception
        lines = _lines(app)
        shown = [
            block
            for block in _blocks(layout.blocks if life else layout.open_blocks)
            if not isinstance(block, OnRequest)
        ]
        places = [
            block.name if isinstance(block, SectionBlock) else getattr(getattr(block, "definition", None), "id", "")
            for block in shown
        ]
        wanted = [told[place] for place in places if place in told] + [TIME] * asked
        said = [line for line in lines if "If you think of ending your life" in line]
        # Once a page for each kind of loss, where that is first told of.
        words = [care.care(tells, page).body for tells in dict.fromkeys(wanted)]
        assert sorted(said) == sorted(words)
        sections = {name for name, _, _ in content_text.sections_of(page)}
        bodies = {
            place: content_text.section(page, place).body for place in places if place in told if place in sections
        }
        for place, body in bodies.items():
            at, care_at = lines.index(body), lines.index(care.care(told[place], page).body)
            assert care_at <= at + 1, place
            if told[place] != TIME and not set(places) & set(told) - set(bodies):
                first = min(lines.index(b) for p, b in bodies.items() if told[p] == told[place])
                assert care_at == first + 1, place


def test_each_place_of_the_static_edition_says_its_words(built: Mapping[str, bytes]) -> None:
    for page, places in PLACES.items():
        for place in places:
            text = built[f"{FILES[page]}.html"].decode()
            section = place in {name for name, _, _ in content_text.sections_of(page)}
            start = text.index(f'id="{place if section else content_text.anchor(place)}"')
            end = text.find("<h2", start + 1)
            first = re.search(r'<p class="care">(.*?)</p>', text[start : end if end > 0 else None], re.DOTALL)
            assert first, place
            assert "If you think of ending your life" in first.group(1)
            assert f'href="{"" if page == "help" else "help.html"}#organisations"' in first.group(1)
            assert all(
                f"tel:{line.phone.replace(' ', '')}" in first.group(1) for line in help.crisis_lines() if line.phone
            )


def test_where_length_of_life_waits_the_edition_says_the_words_too(built: Mapping[str, bytes]) -> None:
    for page, layout in pages.PAGES.items():
        if layout.blocks_on_request:
            text = built[f"{FILES[page]}.html"].decode()
            assert text.index("If you think of ending your life") < text.index("<h2")


@pytest.mark.parametrize("paper", handout.PAPERS)
@pytest.mark.parametrize("chosen", [(), handout.default()])
def test_the_sheet_names_help_whatever_was_ticked(chosen: tuple[str, ...], paper: str) -> None:
    page = handout.handout(chosen, paper, "made", life=False)
    assert "If you think of ending your life" in page
    for line in help.crisis_lines():
        assert f"{line.country}: {line.phone or line.url}" in page
