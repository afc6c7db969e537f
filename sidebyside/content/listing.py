"""What lists in words share: the rows that can be shown, with the faults of the others.

Each list reads its table, fills the marks in and keeps the result until a table changes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sidebyside.content import text
from sidebyside.data import contract, package
from sidebyside.data.faults import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sidebyside.content.text import Section

LOG = logging.getLogger(__name__)

T = TypeVar("T")


class Rows(tuple[T, ...]):
    """The rows of a list that can be shown; ``faults`` say why others cannot."""

    faults: tuple[Fault, ...] = ()


class Cited(Protocol):
    """Anything that cites sources."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """What it cites, in the order of first use."""


class OneLine(Protocol):
    """Anything that is told in one line."""

    @property
    def said(self) -> str:
        """The line, as Markdown."""


def make_rows(names: Sequence[str], rows: Iterable[Mapping[str, Any]], made: Callable[[Any], T]) -> Rows[T]:
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


def with_faults_of(known: Rows[T], rows: Iterable[T]) -> Rows[T]:
    """Some of the rows of a list, or all in another order, with the faults of the list."""
    found = Rows(rows)
    found.faults = known.faults
    return found


def filled(name: str, row: dict[str, Any], column: str) -> Section:
    """One cell of a row with its marks filled in; marks that lead nowhere are refused."""
    text.refuse_unknown_marks(name, row, column)
    return text.fill(row[column], row)


def ids(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the sources that a row names."""
    return tuple(str(row["source_ids"]).split(contract.LIST_SEPARATOR))
