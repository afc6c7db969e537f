"""What may be wrong with a table: faults with file, row, column and rule, and rows that are lost to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd


class Fault(NamedTuple):
    """One broken rule: where it is, which rule, and the value that breaks it.

    ``row`` is the line number an editor shows (1 is the header), or None for a whole file.
    """

    file: str
    row: int | None
    column: str
    rule: str
    value: str

    def __str__(self) -> str:
        """The fault as one line: ``facts.csv, row 7, column value: must be a number ("ten")``."""
        place = [self.file]
        place += [f"row {self.row}"] if self.row else []
        place += [f"column {self.column}"] if self.column else []
        shown = f' ("{self.value[:80]}")' if self.value else ""
        return f"{', '.join(place)}: {self.rule}{shown}"


class DataError(Exception):
    """A table breaks its contract; ``faults`` says where and how."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults and say them, one a line."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Lost(NamedTuple):
    """A row that breaks a rule: its line, its cells and those of its neighbours in the file, and what is wrong."""

    line: int
    cells: Mapping[str, str]
    beside: tuple[Mapping[str, str], ...]
    faults: tuple[Fault, ...]


class Checked(NamedTuple):
    """A table as it was found: the rows that hold with their lines, all faults, and the rows that do not hold.

    ``whole`` are the faults after which no row can be trusted, such as a column that is missing.
    """

    frame: pd.DataFrame
    lines: tuple[int, ...]
    faults: tuple[Fault, ...]
    lost: tuple[Lost, ...] = ()
    whole: tuple[Fault, ...] = ()
