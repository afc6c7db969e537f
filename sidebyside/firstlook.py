"""A first look at a table: does it plainly hold its contract?

Frictionless would take a good part of the time in which a server starts. This look takes a tenth of that, and can only
say yes or "not plainly": whatever it does not know, in a table or in its contract, is left to frictionless, which
judges and words every fault.
"""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

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
OURS = ("unit", "marks", "references")
WHOLE = re.compile(r"-?[0-9]{1,15}")
NAME = re.compile(r"[a-z0-9_]+")
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Value = str | int | Decimal | date
Limits = dict[str, Any]


def plainly_holds(described: Mapping[str, Any], text: str) -> bool:
    """Whether a table's text holds its resource descriptor without any doubt.

    Foreign keys are not looked at: a descriptor that has them is one this look does not know.
    """
    try:
        return _table_known(described) and _holds(described["schema"], text)
    except (ValueError, TypeError, KeyError, AttributeError, re.error, csv.Error):
        return False


# ---------------------------------------------------------------- is it a contract this look knows?


def _table_known(described: Mapping[str, Any]) -> bool:
    path = {"path": f"{described['name']}.csv"}
    return (
        _worded(described)
        and _without(described, (*WORDS, "schema")) == {**TABLE, **path}
        and _schema_known(described["schema"])
    )


def _schema_known(schema: Mapping[str, Any]) -> bool:
    names = [field["name"] for field in schema["fields"]]
    return (
        _without(schema, ("fields", "primaryKey")) == SCHEMA
        and len(set(names)) == len(names)
        and type(schema["primaryKey"]) is list
        and set() < set(schema["primaryKey"]) <= set(names)
        and all(map(_field_known, schema["fields"]))
    )


def _field_known(field: Mapping[str, Any]) -> bool:
    rules = _RULES[field["type"]]
    limits: Limits = field.get("constraints", {})
    return (
        _worded(field)
        and set(field) <= {*WORDS, *OURS, "type", "constraints"}
        and all(rules[rule](limit) for rule, limit in limits.items())
    )


def _worded(described: Mapping[str, Any]) -> bool:
    named = NAME.fullmatch(described["name"]) is not None
    return named and all(isinstance(described.get(word, ""), str) for word in WORDS)


def _without(described: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: value for key, value in described.items() if key not in keys}


def _yes(limit: object) -> bool:
    return limit is True


def _whole(limit: object) -> bool:
    return type(limit) is int


def _number(limit: object) -> bool:
    return type(limit) is int or (type(limit) is float and math.isfinite(limit))


def _pattern(limit: object) -> bool:
    return isinstance(limit, str)


def _words(limit: object) -> bool:
    return type(limit) is list and all(isinstance(word, str) for word in limit)


_ANY: dict[str, Callable[[object], bool]] = {"required": _yes, "unique": _yes}
_RULES = {
    "string": {**_ANY, "pattern": _pattern, "enum": _words, "maxLength": _whole},
    "integer": {**_ANY, "minimum": _whole, "maximum": _whole},
    "number": {**_ANY, "minimum": _number, "maximum": _number},
    "date": _ANY,
}


# ---------------------------------------------------------------- do the rows hold it?


def _holds(schema: Mapping[str, Any], text: str) -> bool:
    fields, keys = schema["fields"], schema["primaryKey"]
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    if header != [field["name"] for field in fields] or {len(row) for row in rows} != {len(fields)}:
        return False
    read = dict(zip(header, map(_column, fields, zip(*rows, strict=True)), strict=True))
    return None not in read.values() and _keys_differ([read[key] for key in keys])


def _keys_differ(columns: Sequence[Sequence[Value | None] | None]) -> bool:
    rows = list(zip(*(column or () for column in columns), strict=True))
    return len(set(rows)) == len(rows) and all(any(cell is not None for cell in row) for row in rows)


def _column(field: Mapping[str, Any], cells: Sequence[str]) -> Sequence[Value | None] | None:
    """The values of a column (None is an empty cell), or None where not all of them plainly hold."""
    limits: Limits = field.get("constraints", {})
    # Most columns say few different things: each is judged once.
    read = {cell: _READERS[field["type"]](cell) for cell in set(cells) if cell}
    if not all(_keeps(value, limits) for value in read.values()):
        return None
    values = [read.get(cell) for cell in cells]
    return values if all(_column_keeps(values, limits)) else None


def _column_keeps(values: Sequence[Value | None], limits: Limits) -> Iterator[bool]:
    if "required" in limits:
        yield None not in values
    if "unique" in limits:
        given = [value for value in values if value is not None]
        yield len(set(given)) == len(given)


def _keeps(value: Value, limits: Limits) -> bool:
    return all(_CHECKS[rule](value, limit) for rule, limit in limits.items() if rule in _CHECKS)


# Any: which of these is asked of which kind of value is settled by _RULES.
_CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "pattern": lambda value, limit: re.match(f"^{limit}$", value) is not None,
    "enum": lambda value, limit: value in limit,
    "maxLength": lambda value, limit: len(value) <= limit,
    "minimum": lambda value, limit: value >= Decimal(str(limit)),
    "maximum": lambda value, limit: value <= Decimal(str(limit)),
}


def _text(cell: str) -> str:
    # Frictionless guesses from the first lines whether spaces after a comma count.
    if cell.startswith(" "):
        raise ValueError(cell)
    return cell


def _matched(pattern: re.Pattern[str], cell: str) -> str:
    if not pattern.fullmatch(cell):
        raise ValueError(cell)
    return cell


_READERS: dict[str, Callable[[str], Value]] = {
    "string": _text,
    "integer": lambda cell: int(_matched(WHOLE, cell)),
    "number": lambda cell: Decimal(_matched(NUMBER, cell)),
    "date": lambda cell: date.fromisoformat(_matched(DAY, cell)),
}
