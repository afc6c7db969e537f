"""Words in another language: ``data/i18n/<language>/<table>.csv``, where a host asks for it (`disk.language`).

A row has the key of the row that it translates, `HASH`, and any of the columns that the contract marks as
``translated``. An empty cell, a row that is not there, and one whose English words have changed since are shown in
English. A translation holds the marks of the English words and no others: figures and sources stay those of the tables.
"""

from __future__ import annotations

import csv
import hashlib
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from sidebyside.data import contract, disk, marks, reading
from sidebyside.data.faults import Fault
from sidebyside.data.validation import CELLS_AMISS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from sidebyside.data.reading import Grid

LOG = logging.getLogger(__name__)
HASH = "source_hash"
# The column, beside those of the table, that says in which language a row's words stand.
LANG = "lang"
HASH_LENGTH = 12


class Spoken(str):
    """Words that know their language; joined or cut they are common text again."""

    lang: str = disk.ENGLISH


def spoken(words: str, row: Mapping[str, Any]) -> str:
    """Words of a row of a table in the language of that row."""
    language = row.get(LANG, disk.ENGLISH)
    if language == disk.ENGLISH:
        return words
    said = Spoken(words)
    said.lang = language
    return said


def language_of(words: str) -> str:
    """The language of words: English, where they do not say another."""
    return words.lang if isinstance(words, Spoken) else disk.ENGLISH


class Translations(NamedTuple):
    """What a folder says of one table.

    Attributes:
        rows: the cells of each row that holds, by the key of the row that it translates; only those to be shown.
        faults: what is wrong with the others.
        stale: how many were made of English words that have changed since.
    """

    rows: Mapping[tuple[str, ...], Mapping[str, str]]
    faults: tuple[Fault, ...]
    stale: int


def source_hash(words: Sequence[str]) -> str:
    """What the English words of a row come to: another one as soon as one of them changes."""
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:HASH_LENGTH]


def translated(name: str, frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """A table with the words of a language where it has them; its column `LANG` says of each row whether it has.

    Nothing is raised: what does not hold is shown in English, and the log says so.
    """
    columns = contract.translated(name)
    if language == disk.ENGLISH or not columns or frame.empty:
        return frame
    found = read(name, frame, language)
    for fault in found.faults:
        LOG.error("Shown in English: %s", fault)
    keys = list(_keys(name, frame))
    shown = frame.copy()
    for column in columns:
        shown[column] = [
            found.rows.get(key, {}).get(column) or text for key, text in zip(keys, frame[column], strict=True)
        ]
    shown[LANG] = [language if key in found.rows else disk.ENGLISH for key in keys]
    return shown


def read(name: str, frame: pd.DataFrame, language: str) -> Translations:
    """What a language's folder says of a table, whose English rows are ``frame``."""
    file = disk.translation(f"{name}.csv", language)
    path = disk.folder() / file
    if not path.is_file():
        return Translations({}, (), 0)
    text, faults = reading.text(path)
    if faults:
        return Translations({}, tuple(fault._replace(file=file) for fault in faults), 0)
    try:
        grid = reading.grid(text)
    except csv.Error as error:
        return Translations({}, (Fault(file, None, "", reading.UNREADABLE, str(error)),), 0)
    if found := tuple(_header_faults(name, file, grid.header)):
        return Translations({}, found, 0)
    return _examined(name, file, grid, frame)


def template(name: str, frame: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table to be translated: their keys, `HASH`, and the English words of each column to translate."""
    key, columns = contract.primary_key(name), contract.translated(name)
    if not columns:
        return []
    return [
        dict(zip(key, at, strict=True)) | {HASH: source_hash(words)} | dict(zip(columns, words, strict=True))
        for at, words in zip(_keys(name, frame), _words(name, frame), strict=True)
    ]


def _header_faults(name: str, file: str, header: Sequence[str]) -> Iterator[Fault]:
    needed, columns = (*contract.primary_key(name), HASH), contract.translated(name)
    for column in needed:
        if column not in header:
            yield Fault(file, 1, column, "the column is missing", "")
    for column in header:
        if column not in (*needed, *columns) or list(header).count(column) > 1:
            yield Fault(file, 1, column, "is no column of a translation of this table, or stands there twice", "")


def _examined(name: str, file: str, grid: Grid, frame: pd.DataFrame) -> Translations:
    columns = contract.translated(name)
    english = dict(zip(_keys(name, frame), _words(name, frame), strict=True))
    rows: dict[tuple[str, ...], Mapping[str, str]] = {}
    faults: list[Fault] = []
    stale = 0
    for line, typed in zip(grid.lines, grid.rows, strict=True):
        if len(typed) != len(grid.header):
            faults.append(Fault(file, line, "", CELLS_AMISS[len(typed) > len(grid.header)], ""))
            continue
        cells = dict(zip(grid.header, typed, strict=True))
        key = tuple(cells.get(column, "") for column in contract.primary_key(name))
        wrong = tuple(_row_faults(file, line, key, cells, english, rows, columns))
        faults += wrong
        if wrong:
            continue
        if cells[HASH] != source_hash(english[key]):
            stale += 1
        else:
            rows[key] = {column: cells.get(column, "") for column in columns}
    return Translations(rows, tuple(faults), stale)


def _row_faults(
    file: str,
    line: int,
    key: tuple[str, ...],
    cells: Mapping[str, str],
    english: Mapping[tuple[str, ...], Sequence[str]],
    before: Mapping[tuple[str, ...], object],
    columns: Sequence[str],
) -> Iterator[Fault]:
    if key not in english:
        yield Fault(file, line, "", "there is no such row to translate", ", ".join(key))
        return
    if key in before:
        yield Fault(file, line, "", "the row is translated already", ", ".join(key))
    if cells.get(HASH) != source_hash(english[key]):
        # Its marks were those of other words.
        return
    for column, words in zip(columns, english[key], strict=True):
        said = cells.get(column, "")
        if said and _marks(said) != _marks(words):
            yield Fault(file, line, column, "must hold the marks of the English words, each as often", said)


def _marks(text: str) -> list[str]:
    """The marks of a text in any order; a term may be shown in other words."""
    found = []
    for token in marks.parse(text):
        if isinstance(token, marks.TermMark):
            found.append(f"[[{token.term}]]")
        elif not isinstance(token, marks.Words):
            found.append(token.typed)
    return sorted(found)


def _keys(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    return zip(*(map(str, frame[column]) for column in contract.primary_key(name)), strict=True)


def _words(name: str, frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    return zip(*(map(str, frame[column]) for column in contract.translated(name)), strict=True)
