"""Pairs of MS and ALS: the answer at a glance, the differences, the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.content import listing, text
from sidebyside.data import contract, interface, package, sources, translations
from sidebyside.data.cache import cached
from sidebyside.data.downloads import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidebyside.content.listing import Rows
    from sidebyside.content.text import Section


@dataclass(frozen=True)
class Comparison:
    """One thing said of both diseases.

    Attributes:
        id: stable id of the row.
        topic: the topic it can be filtered by, empty where there is none.
        heading: what is asked or compared.
        lead: a sentence before the two sides, or empty.
        ms: the side of MS, with its marks filled in.
        als: the side of ALS, with its marks filled in.
        note: what a reader must know to read it rightly, or empty.
        more: page and anchor that say more (``course#path-of-ms``), or empty.
        choice: the reader's choice it waits for, or empty.
        said: both sides as they are read aloud, MS first.
        words: everything it says, in lower case, for a search.
    """

    id: str
    topic: str
    heading: str
    lead: str
    ms: Section
    als: Section
    note: str
    more: str
    choice: str
    said: tuple[str, str]
    words: str

    @property
    def source_ids(self) -> tuple[str, ...]:
        """What both sides cite, in the order of first use."""
        return tuple(dict.fromkeys((*self.ms.source_ids, *self.als.source_ids)))

    @property
    def terms(self) -> tuple[tuple[str, str], ...]:
        """The glossary terms of both sides with their plain definitions."""
        return tuple(dict((*self.ms.terms, *self.als.terms)).items())


@cached("glance", *text.NEEDS)
def glance() -> Rows[Comparison]:
    """The answer in a few comparisons.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return _rows("glance", "", "question", "")


@cached("differences", *text.NEEDS)
def differences() -> Rows[Comparison]:
    """What sets the two diseases apart and what they share, feature by feature.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return _rows("differences", "topic", "feature", "")


@cached("diagnostic_tests", *text.NEEDS)
def tests() -> Rows[Comparison]:
    """The tests that doctors use, what each looks for, and what it shows.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return _rows("diagnostic_tests", "kind", "test", "looks_for")


def topics(rows: Iterable[Comparison]) -> tuple[str, ...]:
    """The topics of these comparisons, each once, in their order."""
    return tuple(dict.fromkeys(row.topic for row in rows))


def search(rows: Iterable[Comparison], topic: str | None, words: str) -> list[Comparison]:
    """The comparisons of a topic (None: of all) that hold every one of these words, any case, anywhere."""
    wanted = words.casefold().split()
    return [row for row in rows if topic in (None, row.topic) and all(word in row.words for word in wanted)]


def as_csv(comparisons: Iterable[Comparison], credit: Sequence[str]) -> str:
    """Comparisons as CSV text under comment lines: what, MS, ALS, note, sources as whole references."""
    rows = (
        (row.heading, *row.said, row.note, " ".join(s.citation for s in sources.citations(row.source_ids)))
        for row in comparisons
    )
    return csv_text(credit, ("What", "MS", "ALS", "Note", "Sources"), rows)


def as_text(rows: Iterable[Comparison]) -> str:
    """Comparisons as plain text to paste: what, MS, ALS and the sources' short names."""
    return "\n\n".join(f"{row.heading}\nMS: {row.said[0]}\nALS: {row.said[1]}\n{_sources_of(row)}" for row in rows)


def _sources_of(row: Comparison) -> str:
    labels = ", ".join(source.label for source in sources.citations(row.source_ids))
    return interface.words("sources-of-pair", labels=labels)


def _rows(name: str, topic: str, heading: str, lead: str) -> Rows[Comparison]:
    return listing.make_rows((name,), package.ordered(name), lambda row: _comparison(name, row, topic, heading, lead))


def _comparison(name: str, row: dict[str, Any], topic: str, heading: str, lead: str) -> Comparison:
    sides = {side: listing.filled(name, row, side) for side in ("ms", "als")}
    said = (text.plain(row["ms"]), text.plain(row["als"]))
    return Comparison(
        id=row[contract.resource(name)["schema"]["primaryKey"][0]],
        topic=row.get(topic, ""),
        heading=translations.spoken(row[heading], row),
        lead=row.get(lead, ""),
        **sides,
        note=row.get("note", ""),
        more=row.get("more", ""),
        choice=row.get("choice", ""),
        said=said,
        words=" ".join((row[heading], row.get(lead, ""), *said, row.get("note", ""))).casefold(),
    )
