"""CSV files read: their text, the lines of their rows, and a frame of typed columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from sidebyside.data import contract, validation
from sidebyside.data.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

UNREADABLE = "cannot be read as a table: perhaps a quotation mark is not closed"
DTYPES = {"number": "float64", "integer": "Int64"}
WIDEST = 2**63 - 1


# A quotation mark that is not closed makes one cell of all that follows. Python's own limit is lower than a table here
# is long, and frictionless raises it once it has run: what is said of such a table must not depend on that.
csv.field_size_limit(2**31 - 1)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as mappings from column name to value."""
    return [{str(column): value for column, value in row.items()} for row in frame.to_dict("records")]


def text(path: Path) -> tuple[str, tuple[Fault, ...]]:
    """The text of a CSV file; or no text, and what keeps it from being read."""

    def fault(row: int | None, rule: str) -> tuple[str, tuple[Fault, ...]]:
        return "", (Fault(path.name, row, "", rule, ""),)

    try:
        raw = path.read_bytes()
    except OSError:
        return fault(None, "the file is missing or cannot be read")
    if not raw.strip():
        return fault(None, "the file is empty")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return fault(raw[: error.start].count(b"\n") + 1, "must be UTF-8 text")
    if not text.endswith("\n"):
        return fault(text.count("\n") + 1, "the last line is cut short: no end of line")
    if "\0" in text:
        return fault(text[: text.index("\0")].count("\n") + 1, "holds a NUL character")
    return text, ()


class Grid(NamedTuple):
    """A table as its file holds it: cells of text, each row with its editor's line."""

    header: list[str]
    rows: list[list[str]]
    lines: tuple[int, ...]


def grid(text: str) -> Grid:
    """The text of a CSV file as cells, each row with the line in which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader)
    rows, lines = [], [reader.line_num + 1]
    for row in reader:
        rows.append(row)
        lines.append(reader.line_num + 1)
    return Grid(header, rows, tuple(lines[:-1]))


def frame(name: str, rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Rows that hold the contract, as numbers, whole numbers and text."""
    kinds = {field["name"]: field["type"] for field in contract.fields(name)}
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    named = zip(kinds.items(), columns, strict=True)
    return pd.DataFrame({column: _series(kind, cells) for (column, kind), cells in named})


def _series(kind: str, cells: Sequence[str]) -> pd.Series[Any]:
    if kind not in DTYPES:
        return pd.Series(cells, dtype="str")
    numbers = {cell: _number(kind, cell) for cell in set(cells)}
    return pd.Series([numbers[cell] for cell in cells], dtype=DTYPES[kind])


def _number(kind: str, cell: str) -> float | int | None:
    read: Any = validation.read(kind, cell)
    if read is None:
        return None
    # A whole number that no column has room for is cut off; it is absurd either way, and refused as that.
    return float(read) if kind == "number" else max(-WIDEST, min(WIDEST, read))
