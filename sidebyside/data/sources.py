"""Sources as objects: short citation, whole reference, link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from sidebyside.data import package
from sidebyside.data.cache import cached
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LABEL_WORDS = 5


@dataclass(frozen=True)
class Source:
    """One source; what is unknown is empty. Fields as in ``sources.csv``."""

    source_id: str
    authors: str
    year: str
    title: str
    container: str
    doi: str
    pmid: str
    url: str
    kind: str
    licence: str

    @property
    def label(self) -> str:
        """Short citation: ``Walton et al. 2020``."""
        return f"{self._who} {self.year}".strip()

    @property
    def _who(self) -> str:
        people = self.authors.split(" (")[0]
        if not people:
            words = (self.title or self.source_id).strip("[]").split(" ")
            more = "\N{HORIZONTAL ELLIPSIS}" if len(words) > LABEL_WORDS else ""
            return f"\N{LEFT DOUBLE QUOTATION MARK}{' '.join(words[:LABEL_WORDS])}{more}\N{RIGHT DOUBLE QUOTATION MARK}"
        if people.count(",") > 1 and " and " not in people:
            return f"{people.split(',')[0].rsplit(' ', 1)[0]} et al."
        return people

    @property
    def link(self) -> str:
        """Address of the source, or of its row on the evidence page where it has none."""
        return self.url or f"sources?source={quote(self.source_id)}#sources"

    @property
    def named(self) -> str:
        """Who, when, what and in which journal, as one line of text; unknown parts are said to be unknown."""
        year = f"({self.year or 'year not known'})"
        parts = [self.authors or "Authors not known", year, self.title or "[title not known]", self.container]
        return " ".join(part if part.endswith(("?", "!")) else f"{part.rstrip('.')}." for part in parts if part)

    @property
    def where(self) -> str:
        """Where it can be found, as one word: its DOI, its number in PubMed, its address, or nothing."""
        return f"doi:{self.doi}" if self.doi else f"PMID {self.pmid}" if self.pmid else self.url

    @property
    def citation(self) -> str:
        """The whole reference as one line of text: `named` and `where`."""
        return f"{self.named} {self.where.rstrip('.')}." if self.where else self.named


@cached("sources")
def sources() -> Mapping[str, Source]:
    """All sources by id; asked for one that is damaged, the mapping raises a DataError that says what is wrong.

    Raises:
        DataError: no row of ``sources.csv`` can be trusted.
    """
    frame = package.sound("sources")
    years = ["" if year != year else str(year) for year in frame["year"].astype(object).where(frame["year"].notna())]
    rows = records(frame.assign(year=years))
    return _Sources((row["source_id"], Source(**row)) for row in rows)


class _Sources(dict[str, Source]):
    """Sources by id; one that is damaged says what is wrong with it."""

    def __missing__(self, source_id: str) -> Source:
        package.refuse_absent("sources", "source_id", source_id)


def citations(source_ids: Iterable[str]) -> list[Source]:
    """The sources of these ids, each once, in the order of first use."""
    known = sources()
    return [known[source_id] for source_id in dict.fromkeys(source_ids)]


def search(found: Iterable[Source], words: str) -> list[Source]:
    """The sources that hold every one of these words (any case, anywhere), in alphabetical order."""
    wanted = words.casefold().split()
    kept = [s for s in found if all(word in _words(s) for word in wanted)]
    return sorted(kept, key=lambda s: s.label.casefold().lstrip("\N{LEFT DOUBLE QUOTATION MARK}"))


def _words(source: Source) -> str:
    return " ".join((source.authors, source.year, source.title, source.container, source.kind, source.doi)).casefold()
