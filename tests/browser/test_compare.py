"""The differences of MS and ALS: side by side at every width, one topic at a time, each with a link of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from sidebyside.content import comparisons
from sidebyside.layouts import finder
from tests.browser.looking import violations
from tests.browser.reader import PATIENCE, SCHEMES

if TYPE_CHECKING:
    from tests.browser.reader import Reader

LIST = ".st-key-list-differences"
# Where the two sides of each row begin, and how wide they are.
SIDES = """list => [...list.querySelectorAll('[data-testid="stMarkdownContainer"] p')]
    .filter(one => /^[●■] (MS|ALS) ./.test(one.textContent)).map(one => {
        const at = one.getBoundingClientRect();
        return [one.textContent[0], Math.round(at.left), Math.round(at.top)] })"""


def _row() -> comparisons.Comparison:
    """A row that does not stand in the first topic."""
    known = comparisons.differences()
    return next(row for row in known if row.topic != known[0].topic and not row.choice)


def test_both_sides_stand_beside_each_other_at_every_width_and_break_no_rule(newcomer: Reader) -> None:
    page = finder.list_address("differences").partition("#")[0]
    for scheme, width in zip((*SCHEMES, *SCHEMES), (1280, 320, 390, 1280), strict=True):
        newcomer.tab.emulate_media(color_scheme=scheme)
        newcomer.goes(page, width, "?differences-topic=all")
        expect(newcomer.tab.locator(LIST).get_by_text(re.compile(r"^(\d+) of \1 shown"))).to_be_visible(
            timeout=PATIENCE
        )
        sides = newcomer.tab.locator(LIST).evaluate(SIDES)
        assert len(sides) == 2 * len([row for row in comparisons.differences() if not row.choice])
        for (ms, left, top), (als, right, level) in zip(sides[::2], sides[1::2], strict=True):
            assert (ms, als) == ("●", "■")
            assert left < right
            assert top == level
        newcomer.note(f"{scheme}, {width} px", violations(newcomer.tab, within=LIST))
    newcomer.told()


def test_a_link_leads_to_its_row_and_back_to_the_topic_that_was_left(newcomer: Reader) -> None:
    row = _row()
    page, _, _ = finder.list_address("differences").partition("#")
    newcomer.goes(page, 390, f"?difference={row.id}#difference-{row.id}")
    heading = newcomer.tab.locator(f"#difference-{row.id}")
    expect(heading).to_be_in_viewport(timeout=PATIENCE)
    other = comparisons.differences()[0]
    topics = newcomer.tab.locator(LIST).get_by_role("radiogroup").first
    topics.get_by_text(other.topic.capitalize(), exact=True).click()
    expect(newcomer.tab.locator(f"#difference-{other.id}")).to_be_visible(timeout=PATIENCE)
    expect(heading).to_have_count(0)
    assert f"differences-topic={other.topic.replace(' ', '-')}" in newcomer.tab.url
    newcomer.tab.go_back()
    expect(heading).to_be_visible(timeout=PATIENCE)
    newcomer.told()
