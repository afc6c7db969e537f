"""Figures and their values as objects, each with its source: rows of ``facts`` and of ``symptoms``."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.data import contract, formatting, package, sources
from sidebyside.data.cache import cached
from sidebyside.data.formatting import REPORTED
from sidebyside.data.reading import records
from sidebyside.data.rules import SHARE_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidebyside.data.sources import Source

SCALES = {"million people": ("people", 1e6), "thousand deaths per year": ("deaths per year", 1e3)}
RAW = ("value", "low", "high", "unit")


class Incomparable:
    """What may hold an empty number (NaN), which equals nothing: comparing it whole means something else each time.

    Python 3.13 changed what ``==`` of such dataclasses says. Compare what is meant: an id, or the words.
    """

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        """Refuse: there is no right answer."""
        words = f"a {type(self).__name__} may hold empty numbers: compare what is meant, such as its id or its words"
        raise TypeError(words)


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
        main = formatting.span(self.low, self.high) if math.isnan(self.value) else formatting.number(self.value)
        return formatting.with_unit(main, self.unit)

    @property
    def brief(self) -> str:
        """The figure beside a mark: rounded for reading, of its unit the % alone: ``36%``, ``20 to 48``."""
        if self.unit == formatting.YEAR_UNIT:
            return self.figure
        value = formatting.for_reading(self.value)
        main = formatting.span_for_reading(self.low, self.high) if math.isnan(self.value) else value
        return f"{main}%" if self.unit.startswith("%") else main

    @property
    def bounds(self) -> str:
        """The interval in words, empty where there is none or where it is the figure itself."""
        return "" if math.isnan(self.value) else formatting.span(self.low, self.high, self.interval)

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
    return Fact(source=sources.sources()[row["source_id"]], **{k: v for k, v in row.items() if k != "source_id"})


def figure_row(figure_id: str) -> Mapping[str, Any] | None:
    """The row behind a figure mark: of ``facts``, or else of ``symptoms`` in the same columns.

    Raises:
        DataError: the table that has to be asked breaks the contract.
    """
    found = fact_rows().get(figure_id)
    return found if found is not None else _symptoms_by_id().get(figure_id)


@cached("facts")
def fact_rows() -> Mapping[str, Mapping[str, Any]]:
    """The rows of ``facts`` by their id.

    Raises:
        DataError: ``facts.csv``, or a table it refers to, breaks its contract.
    """
    return {row["fact_id"]: row for row in records(package.sound("facts"))}


@cached("symptoms")
def _symptoms_by_id() -> Mapping[str, Mapping[str, Any]]:
    columns = {"symptom_id": "fact_id", "symptom": "measure", "stage": "group", "percent": "value"}
    frame = (
        package.sound("symptoms")
        .rename(columns=columns)
        .assign(unit=SHARE_UNIT, topic="symptoms", choice="", counted_from="", counted_to="")
    )
    wanted = [field["name"] for field in contract.fields("facts")]
    return {row["fact_id"]: row for row in records(frame[wanted])}
