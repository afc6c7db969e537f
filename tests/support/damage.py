"""Ways in which a table gets damaged, each as a function on the file, with what must then be said."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Damage:
    """One way to damage a table; ``said`` must stand in a fault, ``row`` is the line it must name."""

    name: str
    table: str
    do: Callable[[Path], None]
    said: str
    row: int | None = None
    column: str = ""


def _rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def _write(path: Path, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def line(path: Path, record: int) -> int:
    """The editor's line on which a record starts (0 is the header)."""
    reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    start = 1
    for number, _ in enumerate(reader):
        if number == record:
            return start
        start = reader.line_num + 1
    raise IndexError(record)


def cell(column: str, value: str, record: int = 1) -> Callable[[Path], None]:
    """Put a value into one cell."""

    def do(path: Path) -> None:
        rows = _rows(path)
        rows[record][rows[0].index(column)] = value
        _write(path, rows)

    return do


def drop(column: str) -> Callable[[Path], None]:
    """Drop a column."""

    def do(path: Path) -> None:
        rows = _rows(path)
        at = rows[0].index(column)
        _write(path, [row[:at] + row[at + 1 :] for row in rows])

    return do


def rename(column: str) -> Callable[[Path], None]:
    """Rename a column."""

    def do(path: Path) -> None:
        rows = _rows(path)
        rows[0][rows[0].index(column)] = f"{column}_new"
        _write(path, rows)

    return do


def remove(path: Path) -> None:
    """Remove the file."""
    path.unlink()


def empty(path: Path) -> None:
    """Empty the file."""
    path.write_bytes(b"")


def only_header(path: Path) -> None:
    """Keep nothing but the header."""
    _write(path, _rows(path)[:1])


def repeat(path: Path) -> None:
    """Repeat the first row of data at the end."""
    rows = _rows(path)
    _write(path, [*rows, rows[1]])


def lose_row(path: Path) -> None:
    """Lose the first row of data."""
    rows = _rows(path)
    _write(path, [rows[0], *rows[2:]])


def _without(path: Path, word: str) -> None:
    """Lose every row that holds this word in a cell."""
    _write(path, [row for row in _rows(path) if word not in row])


def latin1(path: Path) -> None:
    """Save the file as Latin-1, with an accent in its first row of data."""
    rows = _rows(path)
    rows[1][-1] += "\u00e9"
    _write(path, rows)
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", errors="replace"))


def open_quote(path: Path) -> None:
    """Open a quotation mark in the first row of data and never close it."""
    head, rest = path.read_text(encoding="utf-8").split("\n", 1)
    first, more = rest.split(",", 1)
    path.write_text(f'{head}\n{first},"{more.replace(chr(34), "")}', encoding="utf-8")


def cut(path: Path) -> None:
    """Lose half of the last line."""
    text = path.read_text(encoding="utf-8").rstrip("\n")
    last = text.rsplit("\n", 1)[1]
    path.write_text(text[: -(len(last) // 2 or 1)], encoding="utf-8")


def nul(path: Path) -> None:
    """Put a character into the file that is none."""
    path.write_bytes(path.read_bytes().rstrip(b"\n") + b"\0\n")


# What any file can suffer, and what must then be said.
TO_A_FILE: dict[Callable[[Path], None], str] = {
    remove: "missing",
    empty: "empty",
    only_header: "no rows",
    repeat: "repeats",
    latin1: "UTF-8",
    cut: "cut short",
    nul: "NUL",
}

DAMAGES = [
    Damage("quote not closed", "facts", open_quote, "too few cells", 2),
    Damage("quote not closed", "sources", open_quote, "too few cells", 2),
    Damage("quote not closed", "plots", open_quote, "too few cells"),
    Damage("text in a number", "facts", cell("value", "many"), "must be a number", 2, "value"),
    Damage("infinite number", "facts", cell("value", "INF"), "finite", 2, "value"),
    Damage("low above high", "facts", lambda path: (cell("low", "9")(path), cell("high", "1")(path), None)[-1],
           "must not be above high", 2, "low"),
    Damage("unknown source", "facts", cell("source_id", "nobody-1900"), "does not exist", 2, "source_id"),
    Damage("recalled figure", "facts", cell("checked", "recalled"), "enum", 2, "checked"),
    Damage("percent of 140", "symptoms", cell("percent", "140"), "maximum 100", 2, "percent"),
    Damage("text in a percent", "symptoms", cell("percent", "half"), "must be a number", 2, "percent"),
    Damage("unknown source", "symptoms", cell("source_id", "nobody-1900"), "does not exist", 2, "source_id"),
    Damage("unreviewed row in a chart", "symptoms", cell("reviewed", ""), "a row in a chart needs it", 2, "reviewed"),
    Damage("unknown source in a list", "claims", cell("source_ids", "nobody-1900"), "does not exist", 2),
    Damage("unknown source in a list", "differences", cell("source_ids", "nobody-1900"), "does not exist", 2),
    Damage("unknown source", "glossary", cell("source_id", "nobody-1900"), "does not exist", 2, "source_id"),
    Damage("unknown figure", "plots", cell("fact_id", "no-such-figure"), "does not exist", 2, "fact_id"),
    Damage("unknown figure", "milestones", cell("fact_id", "no-such-figure"), "does not exist", 2, "fact_id"),
    Damage("unknown symptom", "symptoms", cell("symptom", "hiccups"), "does not exist", 2, "symptom"),
    Damage("unknown figure", "countries", cell("fact_id", "no-such-figure"), "does not exist", 2, "fact_id"),
    Damage("unreviewed figure", "countries", cell("fact_id", "ms-isfahan-adult-onset-age"), "have been reviewed", 2),
    Damage("a band lost", "deaths_by_age", lose_row, "ages 0 to 18 once each"),
    Damage("a step of a year lost", "edss_shares", lose_row, "must have the years 1 to 30, all alike"),
    Damage("a year lost", "edss_quantiles", lose_row, "must have the years 1 to 30, all alike"),
    Damage("a share too many", "edss_shares", cell("share_percent", "99"), "year 1 must sum to 100", 2),
    Damage("deaths below nought", "deaths_by_age", cell("deaths", "-1"), "minimum 0", 2, "deaths"),
    Damage("unknown source in a list", "help_signs", cell("source_ids", "nobody-1900"), "does not exist", 2),
    Damage("an address that is none", "helplines", cell("url", "javascript:alert(1)"), "must keep pattern", 2, "url"),
    Damage("a number that is none", "helplines", cell("phone", "call us"), "must keep pattern", 2, "phone"),
    Damage("a place of loss left out", "care_places", lambda path: _without(path, "causes-of-death"),
           "length-of-life#causes-of-death tells of loss, and has no words of care", 2, "section"),
    Damage("a section of another page", "care_places", cell("page", "evidence"), "evidence has no such section", 2),
    Damage("neither section nor chart", "care_places", cell("section", ""), "either a section or a chart", 2),
    Damage("unknown words", "care_places", cell("tells", "joy"), "does not exist", 2, "tells"),
    Damage("the words for all lost", "care_words", lambda path: _without(path, "always"), "needs the row always"),
    Damage("nobody who listens", "helplines", lambda path: _without(path, "anyone"), "needs a line that listens"),
    Damage("unknown verdict", "shared_studies", cell("direction", "certain"), "enum", 2, "direction"),
    Damage("year as text", "sources", cell("year", "last year"), "must be a integer", 2, "year"),
    Damage("temperature as text", "block_temperature", cell("block_temperature_c", "hot"), "must be a number", 2),
    Damage("temperature out of range", "block_temperature", cell("block_temperature_c", "700"), "maximum 60", 2),
    Damage("unknown state", "nerve_parts", cell("als_state", "gone"), "enum", 2, "als_state"),
    Damage("unknown source in a list", "nerve_parts", cell("ms_source_ids", "nobody-1900"), "does not exist", 2),
    Damage("unknown part", "nerve_map", cell("part_id", "tail"), "does not exist", 2, "part_id"),
    Damage("a point off the drawing", "nerve_map", cell("x", "400"), "maximum 112", 2, "x"),
    Damage("a place that lies nowhere", "countries", cell("place", "Atlantis"), "does not exist", 2, "place"),
    Damage("a place off the world", "places", cell("latitude", "91"), "maximum 90", 2, "latitude"),
    Damage("an outline that is none", "land", cell("outline", "((1 2, 3 4))"), "must keep pattern", 2, "outline"),
    Damage("a name of no part", "nerve_tags", cell("part_id", "tail"), "does not exist", 2, "part_id"),
    Damage("a medicine withdrawn without its year", "treatments", cell("status", "withdrawn"), "needs the year", 2),
    Damage("unknown source in a list", "treatments", cell("source_ids", "nobody-1900"), "does not exist", 2),
    Damage("unknown choice", "explainers", cell("choice", "attic"), "enum", 2, "choice"),
]  # fmt: skip
