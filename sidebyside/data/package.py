"""The tables of the data package, checked.

``load("facts")`` gives a DataFrame that holds every rule of the contract, or raises a `DataError` that names file, row,
column, rule and value; ``sound("facts")`` gives the rows that hold.
"""

from __future__ import annotations

import csv
import itertools
from typing import TYPE_CHECKING, Any, NoReturn

import pandas as pd

from sidebyside.data import cache, contract, contract_faults, disk, reading, rules, translations, validation
from sidebyside.data.cache import cached
from sidebyside.data.contract_faults import FAULTS_COUNTED
from sidebyside.data.faults import Checked, DataError, Fault, Lost
from sidebyside.data.reading import UNREADABLE, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidebyside.data.reading import Grid


def refuse_lost(name: str) -> None:
    """Say what is wrong with a table of which a row is damaged.

    Raises:
        DataError: there is such a row.
    """
    if faults := [fault for row in lost(name) for fault in row.faults]:
        raise DataError(faults)


def load(name: str) -> pd.DataFrame:
    """One table, checked.

    Text columns are ``str`` (missing is ``""``), numbers ``float64`` (missing is NaN), whole
    numbers ``Int64`` (missing is NA), dates ISO text. The frame is shared: do not change it.

    Raises:
        DataError: the table, or one it refers to, breaks the contract.
    """
    checked = state(name)
    if checked.faults:
        raise DataError(checked.faults)
    return _spoken(name)


def sound(name: str) -> pd.DataFrame:
    """The rows of a table that hold, as `load` gives them; for whoever needs one row and can do without another.

    ``attrs["lost"]`` of the frame holds the others, where there are any (see `lost`).

    Raises:
        DataError: no row can be trusted: the file is missing or cannot be read, or its columns are others.
    """
    checked = state(name)
    if checked.whole:
        raise DataError(checked.whole)
    return _spoken(name)


def lost(name: str) -> tuple[Lost, ...]:
    """The rows of a table that break a rule."""
    return state(name).lost


def refuse_absent(name: str, column: str, value: str) -> NoReturn:
    """Say why a table has no sound row with this value in this column: what is wrong with it, or that there is none.

    Raises:
        DataError: always.
    """
    rows = lost(name)
    damaged = [fault for row in rows if row.cells.get(column) == value for fault in row.faults]
    # A row that lost its very name may be the one that is asked for.
    damaged = damaged or [fault for row in rows for fault in row.faults if column in fault.column.split(", ")]
    raise DataError(damaged or [Fault(f"{name}.csv", None, column, "there is no such row", value)])


def line_of(name: str, position: int) -> int:
    """The editor's line number of the row at ``position`` (0 is the first row of data that holds)."""
    return state(name).lines[position]


def numbered_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a table that hold, each with its editor's line number as ``line``; see `sound`.

    Raises:
        DataError: no row can be trusted.
    """
    return records(sound(name).assign(line=state(name).lines))


def ordered(name: str) -> list[dict[str, Any]]:
    """The rows of `numbered_rows` by their position."""
    return sorted(numbered_rows(name), key=lambda row: int(row["position"]))


@cached(needs=cache.of_table, size=64)
def _spoken(name: str) -> pd.DataFrame:
    """The rows of a table that hold, in the language of this host."""
    return translations.translated(name, state(name).frame, disk.language())


@cached(needs=cache.of_table, size=64)
def state(name: str) -> Checked:
    """A table as it was found: the rows that hold, and all faults."""
    home = disk.folder()
    below = {link: state(link) for link in contract.links(name)}
    for checked in below.values():
        if checked.whole:
            return _untrusted(checked.whole)
    text, faults = reading.text(home / f"{name}.csv")
    if faults:
        return _untrusted(faults)
    try:
        found = reading.grid(text)
    except csv.Error as error:
        return _untrusted((Fault(f"{name}.csv", None, "", UNREADABLE, str(error)),))
    faults = tuple(contract_faults.header_faults(name, found.header)) or tuple(
        contract_faults.contract_faults(name, text, found)
    )
    if _no_row_is_safe(faults, text, found.lines):
        return _untrusted(tuple(dict.fromkeys(faults)), found.lines)
    return _parted(name, found, faults, below)


def _untrusted(faults: tuple[Fault, ...], lines: tuple[int, ...] = ()) -> Checked:
    return Checked(pd.DataFrame(), lines, faults, whole=faults)


def _no_row_is_safe(faults: tuple[Fault, ...], text: str, lines: tuple[int, ...]) -> bool:
    """Whether a fault may reach beyond its row: into a column, or down to where a quotation mark is closed."""
    if any(fault.row is None or fault.row == 1 for fault in faults) or len(faults) >= FAULTS_COUNTED:
        return True
    ends = dict(zip(lines, (*lines[1:], text.count("\n") + 1), strict=True))
    return any(fault.rule in validation.CELLS_AMISS and ends[fault.row or 1] - (fault.row or 0) > 1 for fault in faults)


def _parted(name: str, grid: Grid, faults: tuple[Fault, ...], below: Mapping[str, Checked]) -> Checked:
    """The rows that hold, and those that do not."""
    header, lines = grid.header, grid.lines
    found = dict(zip(lines, grid.rows, strict=True))
    broken = _broken(faults, header, found)
    kept = tuple(line for line in lines if line not in broken)
    frame = reading.frame(name, [found[line] for line in kept])
    faults = tuple(dict.fromkeys((*faults, *rules.told(name, kept, rules.breaches(name, frame, below)))))
    broken = _broken(faults, header, found)
    holds = [line not in broken for line in kept]
    if not any(holds):
        return _untrusted(faults, lines)
    of_all = rules.told(name, kept, rules.breaches_of_all(name, frame, below))
    lost = tuple(_lost(n, header, found, broken) for n in sorted(broken))
    if lost:
        frame = frame[holds].reset_index(drop=True)
        frame.attrs["lost"] = lost
    return Checked(frame, tuple(itertools.compress(kept, holds)), tuple(dict.fromkeys((*faults, *of_all))), lost)


def _lost(line: int, header: list[str], rows: Mapping[int, list[str]], broken: Mapping[int, tuple[Fault, ...]]) -> Lost:
    def cells(n: int) -> dict[str, str]:
        return dict(zip(header, rows[n], strict=False))

    above = [n for n in rows if n < line and n not in broken][-1:]
    below = [n for n in rows if n > line and n not in broken][:1]
    return Lost(line, cells(line), tuple(map(cells, (*above, *below))), broken[line])


def _broken(faults: Iterable[Fault], header: list[str], rows: Mapping[int, list[str]]) -> dict[int, tuple[Fault, ...]]:
    """The faults of each broken row by its line; where a row repeats another, nobody can say which of both is right."""
    broken: dict[int, tuple[Fault, ...]] = {}
    for fault in faults:
        lines = [fault.row or 0]
        if fault.rule in validation.REPEATED:
            at = [header.index(column) for column in fault.column.split(", ")]
            lines = [n for n, row in rows.items() if [row[k] for k in at] == [rows[lines[0]][k] for k in at]]
        for line in lines:
            broken[line] = (*broken.get(line, ()), fault)
    return broken
