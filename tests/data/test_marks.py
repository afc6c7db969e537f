"""The grammar of marks: what is typed is kept, and every mark is told apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sidebyside.data import marks


@given(st.text("ab{}[]|@=:;- ", max_size=40))
def test_the_tokens_of_a_text_are_the_text(text: str) -> None:
    typed = [token.text if isinstance(token, marks.Words) else token.typed for token in marks.parse(text)]
    assert "".join(typed) == text


def test_each_mark_is_told_apart() -> None:
    text = "Of {ms-count} or {ms-count:low}, {=spread} [@a-2001; @b-2002] [[Myelin|the coat]] [[Axon]] {open"
    assert [token for token in marks.parse(text) if not isinstance(token, marks.Words)] == [
        marks.FactMark("ms-count", "", "{ms-count}"),
        marks.FactMark("ms-count", "low", "{ms-count:low}"),
        marks.ValueMark("spread", "{=spread}"),
        marks.Citation(("a-2001", "b-2002"), "[@a-2001; @b-2002]"),
        marks.TermMark("Myelin", "the coat", "[[Myelin|the coat]]"),
        marks.TermMark("Axon", "Axon", "[[Axon]]"),
        marks.Stray("{"),
    ]


def test_what_is_typed_between_marks() -> None:
    assert marks.without_marks("About {ms-count} people [@a-2001] with [[Myelin|the coat]].") == "About  people  with ."
