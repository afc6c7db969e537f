"""What a reader types fits the texts that it was meant for, typing errors and all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebyside.content import matching
from sidebyside.content.matching import Field

NAMES = ("Muscle twitching", "Tiredness", "Foot drop", "Wheelchair", "Women and men", "L'hermitte's sign", "Fibre")
INDEX = matching.Index([[Field(name, 1.0, name=True)] for name in NAMES])


def best(query: str) -> str:
    """The name that fits best; nothing where none fits."""
    scores = INDEX.scores(query)
    return NAMES[int(scores.argmax())] if scores.max() > 0 else ""


@pytest.mark.quick
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("twitching", "Muscle twitching"),
        ("twitches", "Muscle twitching"),
        ("twi", "Muscle twitching"),
        ("twiching", "Muscle twitching"),
        ("TWITCHING!", "Muscle twitching"),
        ("tierdness", "Tiredness"),
        ("tired", "Tiredness"),
        ("footdrop", "Foot drop"),
        ("drop foot", "Foot drop"),
        ("wheel chair", "Wheelchair"),
        ("wheelchiar", "Wheelchair"),
        ("who are the women", "Women and men"),
        ("L\N{RIGHT SINGLE QUOTATION MARK}Hermitte", "L'hermitte's sign"),
        ("fiber", "Fibre"),
        ("zebra", ""),
        ("fort", ""),
        ("twitchy", "Muscle twitching"),
        ("tw", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_a_query_fits_what_was_meant(query: str, name: str) -> None:
    assert best(query) == name


def test_what_was_typed_whole_fits_wholly_and_a_typing_error_less() -> None:
    whole, mistyped = INDEX.scores("tiredness").max(), INDEX.scores("tirednes").max()
    assert whole == 1
    assert 0.5 < mistyped < whole


def test_a_short_name_that_is_all_said_comes_before_a_long_one() -> None:
    index = matching.Index([[Field("Pain in the chest at night", 1.0, name=True)], [Field("Pain", 1.0, name=True)]])
    long, short = index.scores("pain")
    assert long < short


def test_a_name_counts_more_than_a_text_and_a_rare_word_more_than_a_common_one() -> None:
    texts = [[Field("heat", 0.5)], [Field("heat", 1.0, name=True)], [Field("rare", 0.5)], [Field("heat", 0.5)]]
    text, name, _, _ = matching.Index(texts).scores("heat")
    assert text < name
    common, _, rare, _ = matching.Index(texts).scores("heat rare")
    assert common < rare


@given(st.text(max_size=300))
def test_anything_can_be_asked(query: str) -> None:
    scores = INDEX.scores(query)
    assert ((scores >= 0) & (scores <= 1)).all()


def test_an_index_of_nothing_finds_nothing() -> None:
    assert matching.Index([]).scores("twitching").size == 0
