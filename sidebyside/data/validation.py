"""Does a table hold its contract? Every fault of a cell or row, as frictionless words and orders them.

Pages rest on this alone: frictionless would take a good part of the time in which a server starts. It stays the
referee: the check of the whole package lets it read every table again, and tests hold that both say the same. What a
contract asks beyond what is held here is named (`unheld`), and nothing is taken for sound under it.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

TABLE = {
    "type": "table",
    "scheme": "file",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {"delimiter": ","},
}
SCHEMA = {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "missingValues": [""]}
WORDS = ("name", "title", "description")
OURS = ("unit", "marks", "references", "translated")
NAME = re.compile(r"[a-z0-9_]+")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# So many lines does frictionless look at to guess whether spaces after a comma count.
LINES_GUESSED_FROM = 100
REPEATED = ("repeats the key of an earlier row", "must be unique: it repeats an earlier row")
CELLS_AMISS = ("the row has too few cells", "the row has too many cells")
BLANK = "the row is blank"

Value = str | int | Decimal | date
Limits = dict[str, Any]


class Finding(NamedTuple):
    """A broken rule: in which row (0 is the first below the header), in which columns, and what stands there."""

    row: int
    columns: tuple[str, ...]
    rule: str
    value: str


class Reading(NamedTuple):
    """What a cell says (None where it is empty or of another type), and the rules that it breaks."""

    value: Value | None
    rules: tuple[str, ...] = ()


def must_be(kind: str) -> str:
    """The rule that a cell of another type breaks."""
    return f"must be a {kind}"


def must_keep(constraint: str, limit: object) -> str:
    """The rule that a cell breaks which does not keep a constraint of its column."""
    return f"must keep {constraint} {limit}"


def findings(schema: Mapping[str, Any], text: str, rows: Sequence[Sequence[str]]) -> list[Finding]:
    """The broken rules of a table, row by row, in the order in which frictionless reports them.

    ``schema`` is one that is held here (`unheld`), ``rows`` are those of ``text`` below the header. Foreign keys are
    not looked at.
    """
    spared = _without_spaces(text, rows)
    # What holds only without its spaces would stand on a page with them.
    return list(_findings(schema, spared)) or (list(_findings(schema, rows)) if spared is not rows else [])


def read(kind: str, cell: str) -> Value | None:
    """What a cell of a column of this type says; None where it is empty or of another type."""
    return _READERS[kind](cell) if cell else None


# ---------------------------------------------------------------- is it a contract that is held here?


def unheld(described: Mapping[str, Any]) -> tuple[str, ...]:
    """What a resource descriptor asks that is not held here; none where all is.

    Foreign keys are among it: whoever holds them apart leaves them out.
    """
    try:
        return tuple(_unheld(described))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return (f"{type(error).__name__}: {error}",)


def _unheld(described: Mapping[str, Any]) -> Iterator[str]:
    schema, expected = described["schema"], {**TABLE, "path": f"{described['name']}.csv"}
    yield from _differing(_without(described, (*WORDS, "schema")), expected, "")
    yield from _unworded(described, "")
    yield from _differing(_without(schema, ("fields", "primaryKey")), SCHEMA, "schema.")
    names = [field["name"] for field in schema["fields"]]
    keys = schema["primaryKey"]
    if len(set(names)) < len(names):
        yield "two columns of one name"
    if type(keys) is not list or not set() < set(keys) <= set(names):
        yield f"primaryKey {keys}"
    for field in schema["fields"]:
        yield from _unheld_of(field)


def _unheld_of(field: Mapping[str, Any]) -> Iterator[str]:
    known = _LIMITS.get(field["type"], {})
    yield from _unworded(field, f"{field['name']}.")
    if not known:
        yield f"{field['name']}: type {field['type']}"
    yield from (f"{field['name']}: {key}" for key in sorted(set(field) - {*WORDS, *OURS, "type", "constraints"}))
    for rule, limit in field.get("constraints", {}).items():
        if rule not in known or not known[rule](limit):
            yield f"{field['name']}: {rule} {limit}"


def _differing(found: Mapping[str, Any], expected: Mapping[str, Any], where: str) -> Iterator[str]:
    for key in dict.fromkeys((*expected, *found)):
        if key not in found or key not in expected or found[key] != expected[key]:
            yield f"{where}{key} {found.get(key, 'is missing')}"


def _unworded(described: Mapping[str, Any], where: str) -> Iterator[str]:
    if not NAME.fullmatch(described["name"]):
        yield f"{where}name {described['name']}"
    yield from (f"{where}{word}" for word in WORDS if not isinstance(described.get(word, ""), str))


def _without(described: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in described.items() if key not in keys}


def _yes(limit: object) -> bool:
    return limit is True


def _whole(limit: object) -> bool:
    return type(limit) is int


def _number(limit: object) -> bool:
    return type(limit) is int or (type(limit) is float and math.isfinite(limit))


def _pattern(limit: object) -> bool:
    try:
        return isinstance(limit, str) and "\n" not in limit and re.compile(f"^{limit}$") is not None
    except re.error:
        return False


def _words(limit: object) -> bool:
    return type(limit) is list and all(isinstance(word, str) for word in limit)


_ANY: dict[str, Callable[[object], bool]] = {"required": _yes, "unique": _yes}
_LIMITS = {
    "string": {**_ANY, "pattern": _pattern, "enum": _words, "maxLength": _whole},
    "integer": {**_ANY, "minimum": _whole, "maximum": _whole},
    "number": {**_ANY, "minimum": _number, "maximum": _number},
    "date": _ANY,
}

# ---------------------------------------------------------------- do the rows hold it?


def _without_spaces(text: str, rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows as frictionless reads them: it guesses from the first lines whether spaces after a comma count."""
    if not any(cell.startswith(" ") for row in rows for cell in row):
        return rows
    sample = "".join(itertools.islice(io.StringIO(text, newline=""), LINES_GUESSED_FROM))
    try:
        skipped = csv.Sniffer().sniff(sample, ",").skipinitialspace
    except csv.Error:
        skipped = False
    return list(csv.reader(io.StringIO(text, newline=""), skipinitialspace=True))[1:] if skipped else rows


def _findings(schema: Mapping[str, Any], rows: Sequence[Sequence[str]]) -> Iterator[Finding]:
    columns = {field["name"]: _Column(field) for field in schema["fields"]}
    unique: dict[str, set[Value]] = {name: set() for name, column in columns.items() if column.unique}
    keys: tuple[str, ...] = tuple(schema["primaryKey"])
    known: set[tuple[Value | None, ...]] = set()
    for number, cells in enumerate(rows):
        row = _Row(columns, cells)
        for name, values in unique.items():
            value = row.value(name)
            if value in values:
                row.told().append(((name,), REPEATED[1]))
            if value is not None:
                values.add(value)
        key = tuple(map(row.value, keys))
        if key in known or set(key) == {None}:
            row.told().append((keys, REPEATED[0]))
        known.add(key)
        for broken, rule in row.told():
            yield Finding(number, broken, rule, ", ".join(map(row.cell, broken)))


class _Column:
    """A column: what its cells say, each different one judged once, for most columns say few different things."""

    def __init__(self, field: Mapping[str, Any]) -> None:
        limits: Limits = field.get("constraints", {})
        self.kind, self.unique = field["type"], "unique" in limits
        wanted = [rule for rule in _CHECKS if rule in limits]
        self.checks = [(must_keep(rule, limits[rule]), _CHECKS[rule](limits[rule])) for rule in wanted]
        self.known: dict[str | None, Reading] = {}

    def read(self, cell: str | None) -> Reading:
        found = self.known.get(cell)
        if found is None:
            found = self.judged(cell)
            # What is no number ("nan") is not even equal to itself.
            if found.value == found.value:
                self.known[cell] = found
        return found

    def judged(self, cell: str | None) -> Reading:
        value = read(self.kind, cell) if cell else None
        if cell and value is None:
            return Reading(None, (must_be(self.kind),))
        return Reading(value, tuple(rule for rule, keeps in self.checks if not keeps(value)))


class _Row:
    """A row whose cells are read as they are asked for, since the faults of those read first are told first."""

    def __init__(self, columns: Mapping[str, _Column], cells: Sequence[str]) -> None:
        self.columns = columns
        self.cells = dict(zip(columns, cells, strict=False))
        self.extra = len(cells) - len(columns)
        self.readings: dict[str, Reading] = {}
        self.faults: list[tuple[tuple[str, ...], str]] = []
        self.whole = False

    def cell(self, name: str) -> str:
        return self.cells.get(name, "")

    def value(self, name: str) -> Value | None:
        if name not in self.readings:
            found = self.readings[name] = self.columns[name].read(self.cells.get(name))
            self.faults += [((name,), rule) for rule in found.rules]
        return self.readings[name].value

    def told(self) -> list[tuple[tuple[str, ...], str]]:
        """All faults of its cells; what is added stands behind them."""
        if not self.whole:
            self.whole = True
            for name in self.columns:
                self.value(name)
            self.faults += [(("",), CELLS_AMISS[1])] * self.extra
            self.faults += [((name,), CELLS_AMISS[0]) for name in self.columns if name not in self.cells]
            if not any(self.cells.values()):
                self.faults = [(("",), BLANK)]
        return self.faults


# In the order in which frictionless asks. Which of these is asked of which kind of value is settled by _LIMITS.
_CHECKS: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
    "required": lambda _: lambda value: value is not None,
    "maxLength": lambda most: lambda value: value is None or len(value) <= most,
    "pattern": lambda pattern: lambda value: value is None or re.match(f"^{pattern}$", value) is not None,
    "minimum": lambda least: lambda value: value is None or (value == value and value >= Decimal(str(least))),
    "maximum": lambda most: lambda value: value is None or (value == value and value <= Decimal(str(most))),
    "enum": lambda words: lambda value: value is None or value in words,
}


def _integer(cell: str) -> int | None:
    try:
        return int(cell)
    except ValueError:
        return None


def _decimal(cell: str) -> Decimal | None:
    try:
        found = Decimal(cell.strip())
    except InvalidOperation:
        return None
    return None if found.is_snan() else found


def _date(cell: str) -> date | None:
    try:
        # The second is slow, and takes months and days of one digit too.
        return date.fromisoformat(cell) if DAY.fullmatch(cell) else datetime.strptime(cell, "%Y-%m-%d").date()
    except ValueError:
        return None


_READERS: dict[str, Callable[[str], Value | None]] = {
    "string": str,
    "integer": _integer,
    "number": _decimal,
    "date": _date,
}
