"""Studies of MS and ALS in the same people, and why each may mislead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.content import listing, text
from sidebyside.data import interface, package
from sidebyside.data.cache import cached

if TYPE_CHECKING:
    from sidebyside.content.listing import Rows
    from sidebyside.content.text import Section


@dataclass(frozen=True)
class Study:
    """A study of MS and ALS in the same people: what was found, and why it may mislead."""

    id: str
    place: str
    kind: str
    direction: str
    people: Section
    found: Section
    caution: Section
    source_id: str

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The study itself and what its row cites."""
        said = (self.people, self.found, self.caution)
        return tuple(dict.fromkeys((self.source_id, *(found for part in said for found in part.source_ids))))

    @property
    def where(self) -> str:
        """The study, where, and what was looked at, as Markdown."""
        return f"{text.cite_all([self.source_id])}, {text.escape(self.place)} ({self.kind})"

    @property
    def said(self) -> str:
        """All that is told of it, as Markdown."""
        summary = interface.words(
            "study-told", people=self.people.body, found=self.found.body, caution=self.caution.body
        )
        return f"{text.cite_all([self.source_id])}. {summary}"


@cached("shared_studies", *text.NEEDS)
def studies() -> Rows[Study]:
    """Studies of whether people with MS get ALS more often.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return listing.make_rows(("shared_studies",), package.ordered("shared_studies"), _study)


def studies_heads() -> tuple[str, str]:
    """The headings over the table of studies: which study, and what it found."""
    return interface.words("studies-head", "what"), interface.words("studies-head", "direction")


def _study(row: dict[str, Any]) -> Study:
    people, found, caution = (
        listing.filled("shared_studies", row, column) for column in ("people", "found", "caution")
    )
    id_, place, kind, direction = (row[column] for column in ("study_id", "place", "kind", "direction"))
    return Study(id_, place, kind, direction, people, found, caution, row["source_id"])
