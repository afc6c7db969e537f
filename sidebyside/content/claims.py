"""The claims of the article that this began from, each with today's verdict and the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.content import listing, text
from sidebyside.data import package, sources, translations
from sidebyside.data.cache import cached

if TYPE_CHECKING:
    from sidebyside.content.listing import Rows
    from sidebyside.content.text import Section


@dataclass(frozen=True)
class Verdict:
    """A claim of the article with today's verdict and the evidence, marks filled in.

    ``page`` and ``section`` say where it is answered; ``year`` is that of the newest evidence, or empty.
    """

    id: str
    claim: str
    verdict: str
    evidence: Section
    choice: str
    page: str
    section: str
    year: str

    @property
    def source_ids(self) -> tuple[str, ...]:
        """What the evidence cites, in the order of first use."""
        return self.evidence.source_ids


@cached("claims", *text.NEEDS, size=128)
def verdicts(page: str, section: str) -> Rows[Verdict]:
    """The article's claims that one section of a page answers, in the order of the article.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    known = all_verdicts()
    return listing.with_faults_of(known, [row for row in known if (row.page, row.section) == (page, section)])


@cached("claims", *text.NEEDS)
def all_verdicts() -> Rows[Verdict]:
    """All claims of the article, in its order.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return listing.make_rows(("claims",), package.ordered("claims"), _verdict)


def _verdict(row: dict[str, Any]) -> Verdict:
    text = listing.filled("claims", row, "evidence")
    cited = sources.citations(text.source_ids)
    year = max((source.year for source in cited), default="")
    return Verdict(
        row["claim_id"],
        translations.spoken(row["claim"], row),
        row["verdict"],
        text,
        row["choice"],
        row["page"],
        row["section"],
        year,
    )
