"""What stands side by side on a wide page, and one below the other on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.reader import Reader

CARDS = ("edss-fan", "als-pace")


def test_cards_side_by_side_are_of_one_height_and_below_each_other_on_a_phone(newcomer: Reader) -> None:
    newcomer.goes("course", 1280)
    first, second = (newcomer.tab.locator(f".st-key-card-{name}").bounding_box() for name in CARDS)
    assert first
    assert second
    assert (round(first["y"]), round(first["height"])) == (round(second["y"]), round(second["height"]))
    newcomer.widens(390)
    first, second = (newcomer.tab.locator(f".st-key-card-{name}").bounding_box() for name in CARDS)
    assert first
    assert second
    assert second["y"] > first["y"] + first["height"]
    newcomer.told()
