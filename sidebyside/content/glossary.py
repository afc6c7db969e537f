"""Words explained: plainly, with their source, and as specialists say them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidebyside.content import listing, text
from sidebyside.data import package
from sidebyside.data.cache import cached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.listing import Rows


@dataclass(frozen=True)
class Term:
    """A word explained: plainly, with its source, and as specialists say it; both as Markdown."""

    term: str
    plain: str
    technical: str
    words: str

    @property
    def letter(self) -> str:
        """The letter it stands under."""
        return self.term[0].upper()

    @property
    def anchor(self) -> str:
        """Its address on the evidence page."""
        return anchor(self.term)


def anchor(term: str) -> str:
    """The address of a word explained within its page."""
    return f"term-{'-'.join(''.join(c if c.isalnum() else ' ' for c in term).lower().split())}"


def glossary(words: str = "") -> Rows[Term]:
    """The terms that hold every one of these words, in alphabetical order.

    Raises:
        DataError: a table breaks its contract.
    """
    wanted, known = words.casefold().split(), _glossary()
    return listing.with_faults_of(known, [term for term in known if all(word in term.words for word in wanted)])


@cached(*text.NEEDS)
def _glossary() -> Rows[Term]:
    rows = sorted(package.numbered_rows("glossary"), key=lambda row: str(row["term"]).casefold())
    return listing.make_rows(("glossary",), rows, _term)


def _term(row: Mapping[str, str]) -> Term:
    for column in ("plain", "technical"):
        text.refuse_unknown_marks("glossary", row, column)
    spoken = " ".join((row["term"], text.plain(row["plain"]), text.plain(row["technical"]))).casefold()
    return Term(row["term"], text.definition(row["term"]), text.fill(row["technical"], row).body, spoken)
