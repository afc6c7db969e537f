"""What in a table breaks its contract, and what frictionless, the referee, says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sidebyside.data import contract, validation
from sidebyside.data.disk import CONTRACT
from sidebyside.data.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from frictionless import Error as FrictionlessError

    from sidebyside.data.reading import Grid

# Frictionless counts faults up to here: of what comes after, nobody knows.
FAULTS_COUNTED = 1000


def header_faults(name: str, header: list[str]) -> Iterator[Fault]:
    """What is wrong with the columns of a table."""
    expected = [field["name"] for field in contract.fields(name)]
    for column in expected:
        if column not in header:
            yield Fault(f"{name}.csv", 1, column, "the column is missing", "")
    for column in header:
        if column not in expected:
            yield Fault(f"{name}.csv", 1, column, "the contract has no such column", "")
    if sorted(header) == sorted(expected) and header != expected:
        yield Fault(f"{name}.csv", 1, "", "the columns are not in the contract's order", "")


def contract_faults(name: str, text: str, grid: Grid) -> Iterator[Fault]:
    """What in a table breaks its contract; frictionless is asked only where it does not plainly hold."""
    described = _described(name)
    if not grid.rows:
        yield Fault(f"{name}.csv", None, "", "the table has no rows", "")
    elif unheld := validation.unheld(described):
        yield from (Fault(CONTRACT, None, name, "asks what is not held here", part) for part in unheld)
    else:
        for found in validation.findings(described["schema"], text, grid.rows)[:FAULTS_COUNTED]:
            row = grid.lines[found.row] if found.row < len(grid.lines) else None
            yield Fault(f"{name}.csv", row, ", ".join(found.columns), found.rule, found.value)


def _described(name: str) -> dict[str, Any]:
    # Foreign keys are held below against tables already in memory, where frictionless would read them anew.
    described = contract.resource(name)
    schema = {key: value for key, value in described["schema"].items() if key != "foreignKeys"}
    return {**described, "schema": schema}


def frictionless_faults(home: Path, name: str, lines: tuple[int, ...]) -> Iterator[Fault]:
    """What frictionless finds in a table."""
    # Here, and not above: pages do without it.
    from frictionless import Resource

    report = Resource.from_descriptor(_described(name), basepath=str(home)).validate()
    for error in (error for task in report.tasks for error in task.errors):
        yield _from_frictionless(name, error, lines)


def _from_frictionless(name: str, error: FrictionlessError, lines: tuple[int, ...]) -> Fault:
    position = getattr(error, "row_number", None)
    row = lines[position - 2] if position and position - 2 < len(lines) else None
    columns = [getattr(error, "field_name", "") or ""]
    if error.type == "primary-key":
        columns = list(contract.resource(name)["schema"]["primaryKey"])
    cells = dict(zip((field["name"] for field in contract.fields(name)), getattr(error, "cells", []), strict=False))
    value = ", ".join(str(cells.get(column) or "") for column in columns)
    return Fault(f"{name}.csv", row, ", ".join(columns), _rule(error), value)


def _rule(error: FrictionlessError) -> str:
    """The broken rule in words an editor of the table understands."""
    known = {
        "primary-key": validation.REPEATED[0],
        "unique-error": validation.REPEATED[1],
        "missing-cell": validation.CELLS_AMISS[0],
        "extra-cell": validation.CELLS_AMISS[1],
        "blank-row": validation.BLANK,
        "incorrect-label": "the header does not fit the contract",
    }
    if error.type == "type-error":
        kind = re.search(r'type is "([a-z]+)', error.note)
        return validation.must_be(kind.group(1)) if kind else "has the wrong type"
    if error.type == "constraint-error":
        limit = re.search(r'constraint "(\w+)" is "(.*)"', error.note)
        return validation.must_keep(limit.group(1), limit.group(2)) if limit else error.note
    return known.get(error.type, error.note)
