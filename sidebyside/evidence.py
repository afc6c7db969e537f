"""Sources and figures as objects: values with unit and interval in words, citations, references."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sidebyside import interface
from sidebyside.data import package, rules
from sidebyside.data.cache import cached
from sidebyside.data.facts import fact_rows, figure_row
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Iterable

REPORTED = "as reported by"
NOT_KNOWN = "not known"
INTERVALS = interface.cases(
    "interval", "95% CI", "99% CI", "95% UI", "range", "IQR", "SD", "SE", "range of 95% of people"
)
RATIOS = frozenset(
    {
        "ratio",
        "odds ratio",
        "adjusted odds ratio",
        "hazard ratio",
        "relative risk",
        "risk ratio",
        "rate ratio",
        "standardised incidence ratio",
        "standardised mortality ratio",
        "standardised morbidity ratio",
        "correlation",
        "slope",
        "kappa",
        "c statistic",
        "positive predictive value",
    }
)
SCALES = {"million people": ("people", 1e6), "thousand deaths per year": ("deaths per year", 1e3)}
YEAR_UNIT = "year"
RAW = ("value", "low", "high", "unit")
LABEL_WORDS = 5
# How many decimals a number of ours means.
DECIMALS = 2


def number(value: float) -> str:
    """A number as readers see it: thousands apart, no needless zeros, a true minus sign.

    An empty number (NaN) is the word "not known", never 0.
    """
    if math.isnan(value):
        return NOT_KNOWN
    return f"{value:,.10g}".replace("-", "\N{MINUS SIGN}")


def rounded(value: float, decimals: int = DECIMALS) -> str:
    """A number of ours, with more digits than it means, as readers see it."""
    return number(round(value, decimals))


def span(low: float, high: float, interval: str = "") -> str:
    """Two ends in words, led by what kind of interval they are: ``95% confidence interval 1 to 2``."""
    if math.isnan(low) and math.isnan(high):
        return ""
    ends = (
        f"below {number(high)}"
        if math.isnan(low)
        else f"above {number(low)}"
        if math.isnan(high)
        else f"{number(low)} to {number(high)}"
    )
    return f"{INTERVALS.get(interval, interval)} {ends}".strip()


def with_unit(text: str, unit: str) -> str:
    """A number in words with its unit: ``35.9 per 100,000 people``, ``20%``, ``odds ratio 1.5``, ``1 month``."""
    if unit == YEAR_UNIT or not unit:
        return text.replace(",", "")
    if unit in RATIOS:
        return f"{unit} {text}"
    if text == "1" and unit in rules.TIME_UNITS:
        return f"{text} {unit.removesuffix('s')}"
    return f"{text}{unit}" if unit.startswith("%") else f"{text} {unit}"


class Incomparable:
    """What may hold an empty number (NaN), which equals nothing: comparing it whole means something else each time.

    Python 3.13 changed what ``==`` of such dataclasses says. Compare what is meant: an id, or the words.
    """

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        """Refuse: there is no right answer."""
        words = f"a {type(self).__name__} may hold empty numbers: compare what is meant, such as its id or its words"
        raise TypeError(words)


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
        return self.url or f"evidence?source={quote(self.source_id)}#sources"

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


@dataclass(frozen=True, eq=False)
class Fact(Incomparable):
    """One figure with its source. Fields as in ``facts.csv``; missing numbers are NaN."""

    fact_id: str
    topic: str
    condition: str
    measure: str
    group: str
    value: float
    low: float
    high: float
    interval: str
    unit: str
    population: str
    among: str
    counted_from: str
    counted_to: str
    period: str
    source: Source
    checked: str
    reviewed: str
    choice: str
    note: str

    @property
    def figure(self) -> str:
        """The figure with its unit, in words: ``2.8 million people``, ``2 to 5 times``, ``below 1%``."""
        main = span(self.low, self.high) if math.isnan(self.value) else number(self.value)
        return with_unit(main, self.unit)

    @property
    def bounds(self) -> str:
        """The interval in words, empty where there is none or where it is the figure itself."""
        return "" if math.isnan(self.value) else span(self.low, self.high, self.interval)

    @property
    def text(self) -> str:
        """Figure and interval: ``4.42 per 100,000 people (95% confidence interval 3.92 to 4.96)``."""
        return f"{self.figure} ({self.bounds})" if self.bounds else self.figure

    @property
    def ends(self) -> tuple[float, ...]:
        """The value, or the two ends of a span that has no value."""
        return (self.low, self.high) if math.isnan(self.value) else (self.value,)

    @property
    def attribution(self) -> str:
        """The source's short name, led by "as reported by" where the figure was read second-hand."""
        return f"{REPORTED} {self.source.label}" if self.checked == "secondary" else self.source.label

    @property
    def raw(self) -> dict[str, float | str]:
        """Value, low, high and unit as the source prints them, for programs: columns of a file that is taken away."""
        return dict(zip(RAW, (self.value, self.low, self.high, self.unit), strict=True))

    @property
    def plain_unit(self) -> str:
        """The unit without its scale: ``people`` for ``million people``."""
        return SCALES.get(self.unit, (self.unit, 1.0))[0]

    def scaled(self, number_in_unit: float) -> float:
        """A number of this figure in its plain unit: 2.8 million people is 2,800,000 people."""
        return number_in_unit * SCALES.get(self.unit, (self.unit, 1.0))[1]


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


@cached("facts")
def facts() -> Mapping[str, Fact]:
    """All figures by id, each with its source; asked for one that is damaged, the mapping raises a DataError.

    Raises:
        DataError: no row of ``facts.csv`` or ``sources.csv`` can be trusted.
    """
    return _Facts(fact_rows())


class _Facts(Mapping[str, Fact]):
    """Figures by id, each made when it is first asked for: a page needs a few of many.

    One that is damaged says what is wrong with it; the others can be had.
    """

    def __init__(self, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self._rows = rows
        self._made: dict[str, Fact] = {}

    def __getitem__(self, fact_id: str) -> Fact:
        if fact_id not in self._made:
            if fact_id not in self._rows:
                package.refuse_absent("facts", "fact_id", fact_id)
            self._made[fact_id] = _fact(self._rows[fact_id])
        return self._made[fact_id]

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def figure(figure_id: str) -> Fact:
    """The figure a mark means: a row of ``facts``, or a symptom's share from ``symptoms``.

    Raises:
        DataError: a table breaks its contract, or there is no such figure.
    """
    if figure_id in fact_rows():
        return facts()[figure_id]
    row = figure_row(figure_id)
    if row is None:
        package.refuse_absent("facts", "fact_id", figure_id)
    return _fact(row)


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(source=sources()[row["source_id"]], **{k: v for k, v in row.items() if k != "source_id"})


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
