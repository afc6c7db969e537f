"""What the pages list in words: pairs of MS and ALS, verdicts on the article, studies, signs, organisations.

Each function reads its table, fills the marks in and keeps the result until a table changes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sidebyside import interface, prose
from sidebyside.data import contract, formatting, package, sources
from sidebyside.data.cache import cached
from sidebyside.data.downloads import csv_text
from sidebyside.data.faults import DataError, Fault
from sidebyside.models import OURS, axon, motor_pool, parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sidebyside.prose import Section

LOG = logging.getLogger(__name__)
URGENCY_WORDS: Mapping[str, str] = interface.cases("urgency", "emergency", "soon", "routine")
HELP_PAGE = "overview"


T = TypeVar("T")


class Rows(tuple[T, ...]):
    """The rows of a list that can be shown; ``faults`` say why others cannot."""

    faults: tuple[Fault, ...] = ()


class Cited(Protocol):
    """Anything that cites sources."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """What it cites, in the order of first use."""


class Said(Protocol):
    """Anything that is told in one line."""

    @property
    def said(self) -> str:
        """The line, as Markdown."""


@dataclass(frozen=True)
class Pair:
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
        return f"{prose.cite_all([self.source_id])}, {prose.escape(self.place)} ({self.kind})"

    @property
    def said(self) -> str:
        """All that is told of it, as Markdown."""
        told = interface.words("study-told", people=self.people.body, found=self.found.body, caution=self.caution.body)
        return f"{prose.cite_all([self.source_id])}. {told}"


@dataclass(frozen=True)
class Sign:
    """A sign for which guidance advises to see someone: whom it concerns, why, how soon."""

    id: str
    condition: str
    sign: str
    why: str
    urgency: str
    source_ids: tuple[str, ...]

    @property
    def whom(self) -> str:
        """Whom it concerns, as the start of a sentence; empty where it concerns anyone."""
        if self.condition == "anyone":
            return ""
        return f"{interface.words('sign-for', condition=self.condition.removeprefix('known '))} "

    @property
    def said(self) -> str:
        """The sign, whom it concerns and why, as Markdown."""
        return f"{self.whom}**{prose.escape(self.sign)}.** {prose.escape(self.why)} ({prose.cite_all(self.source_ids)})"


@dataclass(frozen=True)
class Organisation:
    """An organisation that informs and helps, with its own address.

    ``phone`` is its number as it is dialled in its country and ``hours`` when it answers; empty where its own pages
    did not show them. ``sms`` is the number for text messages, since ALS can take speech; empty where we know none.
    ``condition`` is a disease, or "anyone" for a line that listens to everyone.
    """

    name: str
    country: str
    condition: str
    offers: str
    phone: str
    hours: str
    sms: str
    url: str
    source_ids: tuple[str, ...]

    @property
    def dial(self) -> str:
        """Its number as a link that dials, as Markdown; empty where we know none."""
        number, _, extension = self.phone.partition(", ext. ")
        dialled = number.replace(" ", "") + (f";ext={extension}" if extension else "")
        return f"[{self.phone}](tel:{dialled})" if self.phone else ""

    @property
    def reached(self) -> str:
        """Its telephone number and when it answers, as words; empty where we know none."""
        return ", ".join(filter(None, (self.phone, self.hours)))

    @property
    def texted(self) -> str:
        """Where text messages go, as a sentence; empty where we know of no such number."""
        return interface.words("text-messages", number=self.sms) if self.sms else ""

    @property
    def said(self) -> str:
        """Where it is, its name with its address, its number and what it offers, as Markdown."""
        named = f"{prose.escape(self.country)}: [{prose.escape(self.name)}]({self.url})"
        called = ", ".join(filter(None, (self.dial, prose.escape(self.hours))))
        number = f" {interface.words('telephone', called=called)}" if called else ""
        text = f" {self.texted}" if self.sms else ""
        return f"{named}.{number}{text} {prose.escape(self.offers)} ({prose.cite_all(self.source_ids)})"


def each(names: Sequence[str], rows: Iterable[Mapping[str, Any]], made: Callable[[Any], T]) -> Rows[T]:
    """What can be made of the rows of some tables; a row with a fault, whatever it is, takes no other one down."""
    faults = [fault for name in names for row in package.lost(name) for fault in row.faults]
    kept: list[T] = []
    for row in rows:
        try:
            kept.append(made(row))
        except DataError as error:
            faults += error.faults
        except Exception as error:
            LOG.exception("%s, row %s cannot be shown", ", ".join(names), row["line"])
            faults.append(Fault(f"{', '.join(names)}.csv", row["line"], "", "cannot be shown", str(error)))
    found = Rows(kept)
    found.faults = tuple(dict.fromkeys(faults))
    return found


def like(known: Rows[T], rows: Iterable[T]) -> Rows[T]:
    """Some of the rows of a list, or all in another order, with the faults of the list."""
    found = Rows(rows)
    found.faults = known.faults
    return found


@cached("glance", *prose.NEEDS)
def glance() -> Rows[Pair]:
    """The answer in a few pairs.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return _pairs("glance", "", "question", "")


@cached("differences", *prose.NEEDS)
def differences() -> Rows[Pair]:
    """What sets the two diseases apart and what they share, feature by feature.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return _pairs("differences", "topic", "feature", "")


@cached("diagnostic_tests", *prose.NEEDS)
def tests() -> Rows[Pair]:
    """The tests that doctors use, what each looks for, and what it shows.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return _pairs("diagnostic_tests", "kind", "test", "looks_for")


def topics(pairs: Iterable[Pair]) -> tuple[str, ...]:
    """The topics of these pairs, each once, in their order."""
    return tuple(dict.fromkeys(pair.topic for pair in pairs))


def search(pairs: Iterable[Pair], topic: str | None, words: str) -> list[Pair]:
    """The pairs of a topic (None: of all) that hold every one of these words, any case, anywhere."""
    wanted = words.casefold().split()
    return [pair for pair in pairs if topic in (None, pair.topic) and all(word in pair.words for word in wanted)]


def as_csv(pairs: Iterable[Pair], credit: Sequence[str]) -> str:
    """Pairs as CSV text under comment lines: what, MS, ALS, note, sources as whole references."""
    rows = (
        (pair.heading, *pair.said, pair.note, " ".join(s.citation for s in sources.citations(pair.source_ids)))
        for pair in pairs
    )
    return csv_text(credit, ("What", "MS", "ALS", "Note", "Sources"), rows)


def as_text(pairs: Iterable[Pair]) -> str:
    """Pairs as plain text to paste: what, MS, ALS and the sources' short names."""
    return "\n\n".join(
        f"{pair.heading}\nMS: {pair.said[0]}\nALS: {pair.said[1]}\n{_sources_of(pair)}" for pair in pairs
    )


def _sources_of(pair: Pair) -> str:
    labels = ", ".join(source.label for source in sources.citations(pair.source_ids))
    return interface.words("sources-of-pair", labels=labels)


def check_organisations() -> str:
    """What a reader should do before relying on the list of organisations."""
    return interface.words("check-organisations")


@cached("claims", *prose.NEEDS, size=128)
def verdicts(page: str, section: str) -> Rows[Verdict]:
    """The article's claims that one section of a page answers, in the order of the article.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    known = board()
    return like(known, [row for row in known if (row.page, row.section) == (page, section)])


@cached("claims", *prose.NEEDS)
def board() -> Rows[Verdict]:
    """All claims of the article, in its order.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return each(("claims",), package.ordered("claims"), _verdict)


@cached("shared_studies", *prose.NEEDS)
def studies() -> Rows[Study]:
    """Studies of whether people with MS get ALS more often.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return each(("shared_studies",), package.ordered("shared_studies"), _study)


def studies_heads() -> tuple[str, str]:
    """The headings over the table of studies: which study, and what it found."""
    return interface.words("studies-head", "what"), interface.words("studies-head", "direction")


@cached("help_signs", *prose.NEEDS)
def signs() -> Rows[Sign]:
    """Signs for which guidance advises to see someone, the most urgent first.

    Raises:
        DataError: ``help_signs.csv`` breaks its contract.
    """
    found = each(("help_signs",), package.ordered("help_signs"), _sign)
    return like(found, sorted(found, key=lambda sign: list(URGENCY_WORDS).index(sign.urgency)))


@cached("helplines", *prose.NEEDS)
def organisations() -> Rows[Organisation]:
    """Organisations that inform and help, in the order of the table.

    Raises:
        DataError: ``helplines.csv`` breaks its contract.
    """
    return each(("helplines",), package.lined("helplines"), _organisation)


def crisis_lines() -> tuple[Organisation, ...]:
    """Lines where someone listens to anyone who can't go on, in the order of the table.

    Raises:
        DataError: ``helplines.csv`` breaks its contract.
    """
    return tuple(row for row in organisations() if row.condition == contract.ANYONE)


@cached("care_places", size=16)
def cared_for(page: str) -> Mapping[str, str]:
    """The sections and charts of a page, by id, that tell of loss, and what each tells of: a key of ``care_words``.

    Raises:
        DataError: a table breaks its contract.
    """
    return {row["section"] or row["chart"]: row["tells"] for row in package.lined("care_places") if row["page"] == page}


def refuse_lost(name: str) -> None:
    """Say what is wrong with a table of which a row is damaged.

    Raises:
        DataError: there is such a row.
    """
    if faults := [fault for row in package.lost(name) for fault in row.faults]:
        raise DataError(faults)


@cached("care_words", "helplines", *prose.NEEDS, size=32)
def care(tells: str, page: str) -> Section:
    """The words of care beside a place of a page that tells of this, with whom to call now.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    lines = " \N{MIDDLE DOT} ".join(
        f"{prose.escape(row.country)} {row.dial}" if row.phone else f"[{prose.escape(row.name)}]({row.url})"
        for row in crisis_lines()
    )
    all_help = f"[{interface.words('all-who-help')}]({'' if page == HELP_PAGE else HELP_PAGE}#help)"
    said = prose.fill(" ".join(_care_words(tells, contract.ALWAYS)))
    return replace(said, body=f"{said.body} {lines}. {all_help}.")


def care_on_paper() -> str:
    """The words of care with all crisis lines, as plain text for a printed sheet.

    Raises:
        DataError: a table breaks its contract.
    """
    said = " ".join(prose.plain(text) for text in _care_words("mood", contract.ALWAYS))
    lines = [f"{row.country}: {row.phone or row.url}" for row in crisis_lines()]
    return f"{said} {'; '.join(lines)}."


# ---------------------------------------------------------------- parts


def _care_words(*tells: str) -> list[str]:
    words = {row["tells"]: row["words"] for row in package.lined("care_words")}
    for key in tells:
        if key not in words:
            package.refuse_absent("care_words", "tells", key)
    return [words[key] for key in tells]


def _filled(name: str, row: dict[str, Any], column: str) -> Section:
    prose.refuse_unknown_marks(name, row, column)
    return prose.fill(row[column])


def _ids(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row["source_ids"]).split(contract.LIST_SEPARATOR))


def _pairs(name: str, topic: str, heading: str, lead: str) -> Rows[Pair]:
    return each((name,), package.ordered(name), lambda row: _pair(name, row, topic, heading, lead))


def _pair(name: str, row: dict[str, Any], topic: str, heading: str, lead: str) -> Pair:
    sides = {side: _filled(name, row, side) for side in ("ms", "als")}
    said = (prose.plain(row["ms"]), prose.plain(row["als"]))
    return Pair(
        id=row[contract.resource(name)["schema"]["primaryKey"][0]],
        topic=row.get(topic, ""),
        heading=row[heading],
        lead=row.get(lead, ""),
        **sides,
        note=row.get("note", ""),
        more=row.get("more", ""),
        choice=row.get("choice", ""),
        said=said,
        words=" ".join((row[heading], row.get(lead, ""), *said, row.get("note", ""))).casefold(),
    )


def _verdict(row: dict[str, Any]) -> Verdict:
    text = _filled("claims", row, "evidence")
    cited = sources.citations(text.source_ids)
    year = max((source.year for source in cited), default="")
    return Verdict(
        row["claim_id"], row["claim"], row["verdict"], text, row["choice"], row["page"], row["section"], year
    )


def _sign(row: Mapping[str, Any]) -> Sign:
    return Sign(row["sign_id"], row["condition"], row["sign"], row["why"], row["urgency"], _ids(row))


def _organisation(row: Mapping[str, Any]) -> Organisation:
    told = ("country", "condition", "offers", "phone", "hours", "sms", "url")
    return Organisation(name=row["organisation"], **{column: row[column] for column in told}, source_ids=_ids(row))


def _study(row: dict[str, Any]) -> Study:
    people, found, caution = (_filled("shared_studies", row, column) for column in ("people", "found", "caution"))
    id_, place, kind, direction = (row[column] for column in ("study_id", "place", "kind", "direction"))
    return Study(id_, place, kind, direction, people, found, caution, row["source_id"])


@dataclass(frozen=True)
class Setting:
    """A parameter of a simulation, as readers see it; ``source`` is None for a choice of ours."""

    model: str
    says: str
    symbol: str
    value: str
    source: sources.Source | None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The source of the value, if it is not ours."""
        return (self.source.source_id,) if self.source else ()

    @property
    def said(self) -> str:
        """The parameter with its value and source, as Markdown."""
        symbol = f" ({prose.escape(self.symbol)})" if self.symbol else ""
        source = prose.cite(self.source) if self.source else interface.words("our-choice")
        return f"{prose.escape(self.says)}{symbol}: {prose.escape(self.value)}; {source}"


# By the case of ``simulated`` that names them.
MODELS: dict[str, tuple[type, ...]] = {
    "fibre": (axon.Axon, axon.Damage),
    "muscle": (motor_pool.Pool, motor_pool.Loss),
}


# Units of parameters that take more words than one.
UNITS = interface.cases("parameter-unit", "of a node", "a month")


def settings() -> Rows[Setting]:
    """Every parameter of both simulations with its value, unit and source.

    Raises:
        DataError: the table of sources breaks its contract.
    """
    known = sources.sources()
    return Rows(
        Setting(
            model=interface.words("simulated", name),
            says=interface.words("parameter", f"{model.__name__} {told.name}"),
            symbol=told.symbol,
            value=formatting.with_unit(formatting.number(told.value), UNITS.get(told.unit, told.unit)),
            source=None if told.source == OURS else known[told.source],
        )
        for name, models in MODELS.items()
        for model in models
        for told in parameters(model)
    )
