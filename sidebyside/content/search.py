"""Every figure to look up: a search over all that was read twice, sorted so that what disagrees stands together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sidebyside.content import listing, text
from sidebyside.data import facts, interface, package
from sidebyside.data.cache import cached
from sidebyside.data.downloads import csv_text
from sidebyside.data.formatting import SCOPE, scope_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sidebyside.content.listing import Rows
    from sidebyside.data.facts import Fact
    from sidebyside.data.sources import Source

ANY = ""
NEEDS = ("facts", "symptoms")
DISEASES: Mapping[str, str] = interface.cases("disease-named", "MS", "ALS", "both")
EVERYONE = ("", "all", "MS, all")
READ: Mapping[str, str] = interface.cases("read-where", "seen", "secondary")
KINDS: Mapping[str, str] = interface.cases(
    "source-kind-told",
    "cohort",
    "registry",
    "review",
    "meta-analysis",
    "statement",
    "case series",
    "trial",
    "modelling",
    "guideline",
    "dataset",
)


class Query(NamedTuple):
    """What a reader looks for; an empty part asks for nothing."""

    words: str = ANY
    condition: str = ANY
    topic: str = ANY
    kind: str = ANY
    read: str = ANY
    since: int | None = None
    until: int | None = None


class Measure(NamedTuple):
    """What several sources measured alike: disease, measure, in whom, from where to where they count, unit."""

    condition: str
    measure: str
    group: str
    counted: str
    unit: str

    @property
    def words(self) -> str:
        """The measure as a reader sees it: ``ALS: age at onset, mean, men (years)``."""
        group = "" if self.group in EVERYONE else f", {self.group}"
        # Many measures say it themselves: "median survival from onset".
        counted = f", {self.counted}" if self.counted and " from " not in self.measure else ""
        return f"{self.condition}: {self.measure}{group}{counted} ({self.unit})"


def figures(*, life: bool) -> Rows[Fact]:
    """All figures that were read twice, by topic, measure, disease, group and year; ``life``: with length of life.

    Raises:
        DataError: a table of figures, or ``sources.csv``, breaks its contract.
    """
    known = _figures()
    return known if life else listing.with_faults_of(known, [fact for fact in known if not fact.choice])


def waiting() -> int:
    """How many figures of the data package wait for their second reading, and so are not shown.

    Raises:
        DataError: a table of figures, or ``sources.csv``, breaks its contract.
    """
    return sum(len(package.sound(name)) for name in NEEDS) - len(figures(life=True))


def search(query: Query, *, life: bool) -> list[Fact]:
    """The figures that fit every part of the query; words in any case and order, anywhere in the row.

    Raises:
        DataError: a table of figures, or ``sources.csv``, breaks its contract.
    """
    wanted = query.words.casefold().split()
    spoken = _spoken()
    return [
        fact for fact in figures(life=life) if _fits(fact, query) and all(w in spoken[fact.fact_id] for w in wanted)
    ]


def measures(found: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Measures that more than one source gives, in words, each with its figures, the oldest source first."""
    grouped: dict[Measure, list[Fact]] = {}
    for fact in found:
        same = Measure(fact.condition, fact.measure, fact.group, counted(fact), fact.unit)
        grouped.setdefault(same, []).append(fact)
    several = {
        measure.words: sorted(facts, key=lambda fact: fact.source.year)
        for measure, facts in grouped.items()
        if len({fact.source.source_id for fact in facts}) > 1
    }
    return dict(sorted(several.items()))


def topics(found: Iterable[Fact]) -> list[str]:
    """The topics of these figures, in alphabetical order."""
    return sorted({fact.topic for fact in found}, key=str.casefold)


def of_source(source_id: str, *, life: bool) -> list[Fact]:
    """The figures taken from one source.

    Raises:
        DataError: a table of figures, or ``sources.csv``, breaks its contract.
    """
    return [fact for fact in figures(life=life) if fact.source.source_id == source_id]


def counted(fact: Fact) -> str:
    """From where to where a figure counts, in words; nothing where it counts no time."""
    return scope_words("", fact.counted_from, fact.counted_to)


def whom(fact: Fact) -> str:
    """For whom a figure holds, how it counts, where and when: what no list may leave out. As Markdown."""
    scope = scope_words(fact.among, fact.counted_from, fact.counted_to)
    return text.escape("; ".join(filter(None, (scope, fact.population, fact.period))))


def measured(fact: Fact) -> str:
    """In which disease, what was measured, and in whom, as Markdown."""
    group = "" if fact.group in EVERYONE else f", {fact.group}"
    return text.escape(f"{DISEASES[fact.condition]}: {fact.measure}{group}")


def details(fact: Fact) -> str:
    """Who was studied, when, and what to know of a figure, with its id, as Markdown."""
    known = {
        "among": fact.among,
        "counting": counted(fact),
        "who": fact.population,
        "when": fact.period,
        "note": fact.note,
        "id": fact.fact_id,
    }
    said = "; ".join(f"{name}: {text.escape(words)}" for name, words in known.items() if words)
    return f"**{measured(fact)}, {text.escape(fact.figure)}**: {said}"


def as_csv(found: Iterable[Fact], credit: Sequence[str]) -> str:
    """Figures as CSV text under comment lines, each with its whole reference."""
    heads = (
        "Id",
        "Disease",
        "Measure",
        "Group",
        "Figure",
        "Interval",
        "Who was studied",
        *SCOPE,
        "When",
        "Note",
        "Read",
    )
    rows = ((*_cells(fact), READ[fact.checked], fact.source.citation, *fact.raw.values()) for fact in found)
    return csv_text(credit, (*heads, "Source", *facts.RAW), rows)


def _cells(fact: Fact) -> tuple[str, ...]:
    what = (fact.fact_id, fact.condition, fact.measure, fact.group, fact.figure, fact.bounds)
    scope = (fact.population, fact.among, fact.counted_from, fact.counted_to)
    return (*what, *scope, fact.period, fact.note)


@cached(*NEEDS)
def _figures() -> Rows[Fact]:
    read = [row for name in NEEDS for row in package.numbered_rows(name) if row["reviewed"]]
    known = listing.make_rows(NEEDS, read, lambda row: facts.figure(row.get("fact_id") or row["symptom_id"]))
    return listing.with_faults_of(known, sorted(known, key=_order))


def _order(fact: Fact) -> tuple[str, ...]:
    return (fact.topic.casefold(), fact.measure, fact.condition, fact.group, fact.source.year)


@cached(*NEEDS)
def _spoken() -> Mapping[str, str]:
    return {fact.fact_id: _words(fact) for fact in _figures()}


def _words(fact: Fact) -> str:
    what = (fact.topic, fact.condition, fact.measure, fact.group, fact.text)
    said = (*what, fact.population, fact.among, counted(fact), fact.period, fact.note)
    return " ".join((*said, fact.source.authors, fact.source.year, fact.source.title, fact.fact_id)).casefold()


def _fits(fact: Fact, query: Query) -> bool:
    return (
        query.condition in (ANY, fact.condition)
        and query.topic in (ANY, fact.topic)
        and query.kind in (ANY, fact.source.kind)
        and query.read in (ANY, fact.checked)
        and _in_years(fact.source, query)
    )


def _in_years(source: Source, query: Query) -> bool:
    """Whether the source is of these years; one without a year is left out only where years are asked for."""
    if query.since is None and query.until is None:
        return True
    return bool(source.year) and (query.since or 0) <= int(source.year) <= (query.until or 9999)
