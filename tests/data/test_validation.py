"""What is said of a table is what frictionless says: the same rules, of the same cells, in the same order."""

from __future__ import annotations

import copy
import csv
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Resource
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sidebyside.data import check, contract, contract_faults, disk, reading, validation
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.package import load, sound, state
from sidebyside.data.validation import Finding
from tests.conftest import ROOT
from tests.support.damage import cell, repeat

FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "[a-z](-[0-9])?"}},
    {"name": "kind", "type": "string", "constraints": {"enum": ["round", "square"]}},
    {"name": "words", "type": "string", "constraints": {"required": True, "maxLength": 8}},
    {"name": "year", "type": "integer", "constraints": {"required": True, "minimum": 1800, "maximum": 2100}},
    {"name": "count", "type": "integer", "constraints": {"unique": True}},
    {"name": "share", "type": "number", "constraints": {"minimum": 0, "maximum": 99.5}},
    {"name": "day", "type": "date", "constraints": {}},
]
DESCRIBED: dict[str, Any] = {
    **validation.TABLE,
    "name": "some",
    "path": "some.csv",
    "schema": {**validation.SCHEMA, "fields": FIELDS, "primaryKey": ["kind", "share"]},
}
ROWS = [
    [field["name"] for field in FIELDS],
    ["a", "round", "one, two", "1999", "1", "0.5", "2026-11-22"],
    ["x-1", "square", "-", "2000", "", "", ""],
    ["c", "", 'a "b"\nc', "2000", "-3", "99.5", "2024-02-29"],
]
ODD = [
    "", " ", "a", " a", "x-1", "x-12", "a\n", "round", "square ", "0", "00", "01", "1", "1.0", "1e0", "+1",
    "-0", " 1", "1_0", "\N{ARABIC-INDIC DIGIT ONE}", "1799", "1800", "2100", "2101", "99.50", "99.51",
    "99.5000000000000000001", ".5", "5.", "nan", "inf", "2026-02-29", "2026-1-2", "20260102", "0000-01-01",
    "123456789", "12345678", "\r", "\u2028", "\ufeff",
]  # fmt: skip


NO_HEADER = Finding(-1, (), "no header", "")


def _text(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _found(described: dict[str, Any], text: str) -> list[Finding]:
    """What is said of a table."""
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    return validation.findings(described["schema"], text, rows)


def both_say(table: str) -> tuple[list[Fault], list[Fault]]:
    """What is said of a table of the package here, and by frictionless."""
    text, _ = reading.text(disk.folder() / f"{table}.csv")
    grid = reading.grid(text)
    referees = contract_faults.frictionless_faults(disk.folder(), table, grid.lines)
    return list(contract_faults.contract_faults(table, text, grid)), list(referees)


def _referee_says(described: dict[str, Any], text: str) -> list[Finding]:
    """What frictionless says of it, in our words."""
    fields, keys = described["schema"]["fields"], described["schema"]["primaryKey"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "some.csv").write_text(text, encoding="utf-8", newline="")
        report = Resource.from_descriptor(copy.deepcopy(described), basepath=folder).validate()
    said = []
    error: Any
    for error in (error for task in report.tasks for error in task.errors):
        if not hasattr(error, "cells"):
            return [NO_HEADER]
        cells = dict(zip((field["name"] for field in fields), error.cells, strict=False))
        columns = tuple(keys) if error.type == "primary-key" else (getattr(error, "field_name", "") or "",)
        value = ", ".join(cells.get(column, "") for column in columns)
        said.append(Finding(error.row_number - 2, columns, contract_faults._rule(error), value))
    return said


def _same(described: dict[str, Any], text: str) -> list[Finding]:
    """What both say. In two cases ours says more, never less.

    Frictionless lets pass what holds only without its spaces, and takes another row for the header where many are
    short.
    """
    ours, referees = _found(described, text), _referee_says(described, text)
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    spaced = any(cell.startswith(" ") for row in rows for cell in row)
    assert ours == referees or (spaced and not referees) or (ours and referees == [NO_HEADER])
    return ours


def test_a_good_table_holds() -> None:
    assert _same(DESCRIBED, _text(ROWS)) == []


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 6), st.sampled_from(ODD) | st.text("a1-. ,\"'\n;", max_size=4)),
        min_size=1,
        max_size=3,
    )
)
@example([(2, 1, "round"), (2, 5, "0.50")])
@example([(1, 1, ""), (1, 5, "")])
@example([(3, 1, ""), (3, 5, ""), (2, 1, "")])
@example([(3, 0, "a"), (3, 1, "round"), (3, 2, "nine long"), (3, 3, "1"), (3, 5, "0.5"), (3, 6, "today")])
@example([(1, 4, "7"), (2, 4, "7"), (3, 4, "7"), (3, 3, "many")])
@example([(3, 5, "nan"), (2, 5, "nan"), (1, 5, "Infinity")])
@example([(2, column, "") for column in range(7)])
def test_it_says_of_cells_what_frictionless_says(changes: list[tuple[int, int, str]]) -> None:
    rows = [list(row) for row in ROWS]
    for row, column, value in changes:
        rows[row][column] = value
    if rows[0] == ROWS[0]:
        _same(DESCRIBED, _text(rows))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.integers(len(_text(ROWS[:1])), len(_text(ROWS))),
    st.integers(0, 4),
    st.sampled_from(["", "\n", '"', ",", "'", " ", "\r", "\n\n", ",,", ',"']),
)
@example(len(_text(ROWS)), 0, "\n")
@example(len(_text(ROWS)), 0, "a\n")
@example(len(_text(ROWS[:2])), 0, "\n")
@example(_text(ROWS).index(",,\n"), 0, ",")
def test_it_says_of_rows_what_frictionless_says(start: int, lost: int, put: str) -> None:
    whole = _text(ROWS)
    text = whole[:start] + put + whole[start + lost :]
    if list(csv.reader(io.StringIO(text, newline="")))[1:]:
        _same(DESCRIBED, text)


@pytest.mark.parametrize(
    ("column", "bad", "rule"),
    [
        ("id", "", "must keep required True"), ("id", "c", validation.REPEATED[1]), ("id", "B", "must keep pattern"),
        ("id", "x-12", "must keep pattern"), ("kind", "oval", "must keep enum ['round', 'square']"),
        ("words", "nine long", "must keep maxLength 8"), ("year", "", "must keep required True"),
        ("year", "1799", "must keep minimum 1800"), ("year", "2101", "must keep maximum 2100"),
        ("year", "1999.5", "must be a integer"), ("year", "last", "must be a integer"),
        ("count", "-3", validation.REPEATED[1]), ("share", "-0.1", "must keep minimum 0"),
        ("share", "99.51", "must keep maximum 99.5"), ("share", "99.500000000000001", "must keep maximum 99.5"),
        ("share", "half", "must be a number"), ("share", "nan", "must keep minimum 0"),
        ("day", "2026-02-29", "must be a date"), ("day", "today", "must be a date"),
        ("day", "20260102", "must be a date"),
    ],
)  # fmt: skip
def test_a_cell_that_breaks_a_rule_is_said(column: str, bad: str, rule: str) -> None:
    rows = [list(row) for row in ROWS]
    rows[1][ROWS[0].index(column)] = bad
    found = _same(DESCRIBED, _text(rows))
    assert rule in found[0].rule
    assert found[0].columns == (column,)


def test_a_repeated_key_is_said_with_all_its_columns() -> None:
    rows = [*ROWS, ["d", "round", "more", "2001", "", "0.50", ""]]
    (found,) = _same(DESCRIBED, _text(rows))
    assert found == Finding(3, ("kind", "share"), validation.REPEATED[0], "round, 0.50")


def test_spaces_that_frictionless_leaves_out_are_left_out_and_what_holds_only_so_is_refused() -> None:
    text = _text([ROWS[0], [*ROWS[1][:2], "MARK", *ROWS[1][3:]], [*ROWS[2][:2], " ", *ROWS[2][3:]]])
    assert "must keep required True" in _same(DESCRIBED, text.replace("MARK", ' "one"'))[0].rule
    text = _text([ROWS[0], ["a", "MARK", "one", *ROWS[1][3:]], ROWS[2]]).replace("MARK", ' "round"')
    assert _referee_says(DESCRIBED, text) == []
    assert [found.value for found in _found(DESCRIBED, text)] == [' "round"']


def test_a_mark_of_byte_order_is_no_part_of_a_table(package: Path) -> None:
    path = package / "sources.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load("sources"))
    cell("year", "last year")(path)
    ours, referees = both_say("sources")
    assert ours == referees == list(state("sources").faults) != []


def test_numbers_that_no_column_has_room_for_are_refused(package: Path) -> None:
    cell("year", "9" * 30)(package / "sources.csv")
    cell("value", "1e400")(package / "facts.csv")
    assert {fault.rule for fault in state("sources").faults} == {"must keep maximum 2100"}
    cell("year", "1999")(package / "sources.csv")
    with pytest.raises(DataError, match=r"column value: must be a finite number"):
        load("facts")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema", "fields", 0, "constraints", "minLength"), 3),
        (("schema", "fields", 0, "constraints", "required"), "yes"),
        (("schema", "fields", 0, "constraints", "pattern"), "("),
        (("schema", "fields", 0, "constraints", "pattern"), 7),
        (("schema", "fields", 0, "constraints", "pattern"), "a\nb"),
        (("schema", "fields", 1, "constraints", "enum"), "round square"),
        (("schema", "fields", 2, "constraints", "maxLength"), "8"),
        (("schema", "fields", 2, "format"), "uri"),
        (("schema", "fields", 2, "type"), "text"),
        (("schema", "fields", 2, "title"), 3),
        (("schema", "fields", 2, "missingValues"), ["", "-"]),
        (("schema", "fields", 3, "constraints", "minimum"), 1800.5),
        (("schema", "fields", 3, "constraints", "exclusiveMinimum"), 1999),
        (("schema", "fields", 5, "constraints", "maximum"), float("nan")),
        (("schema", "fields", 5, "decimalChar"), ","),
        (("schema", "fields", 6, "constraints", "minimum"), "2025-01-01"),
        (("schema", "missingValues"), ["", "round"]),
        (("schema", "primaryKey"), "kind"),
        (("schema", "primaryKey"), ["lost"]),
        (("schema", "primaryKey"), []),
        (("schema", "uniqueKeys"), [["year"]]),
        (("schema", "fieldsMatch"), "subset"),
        (("schema", "fields"), {}),
        (("schema",), "elsewhere.json"),
        (("dialect", "quoteChar"), "'"),
        (("encoding",), "latin-1"),
        (("hash",), "0" * 32),
        (("path",), "other.csv"),
    ],
)
def test_what_a_contract_asks_that_is_not_held_is_named(path: tuple[str | int, ...], value: object) -> None:
    described = copy.deepcopy(DESCRIBED)
    *above, last = path
    inner: Any = described
    for step in above:
        inner = inner[step]
    inner[last] = value
    (said, *_) = validation.unheld(described)
    assert str(path[-1]) in said or "primaryKey" in said or "Error" in said


def test_our_contract_asks_nothing_that_is_not_held() -> None:
    assert [validation.unheld(contract_faults._described(name)) for name in contract.names()] == [()] * len(
        contract.names()
    )


def test_two_columns_of_one_name_are_not_held() -> None:
    described = copy.deepcopy(DESCRIBED)
    described["schema"]["fields"][2]["name"] = "day"
    assert validation.unheld(described) == ("two columns of one name",)


def test_under_a_contract_that_asks_more_than_is_held_no_row_is_taken_for_sound(package: Path) -> None:
    described = json.loads((package / disk.CONTRACT).read_text(encoding="utf-8"))
    fields = next(table["schema"]["fields"] for table in described["resources"] if table["name"] == "claims")
    fields[0].setdefault("constraints", {})["minLength"] = 3
    (package / disk.CONTRACT).write_text(json.dumps(described), encoding="utf-8")
    said = f'datapackage.json, column claims: asks what is not held here ("{fields[0]["name"]}: minLength 3")'
    assert [str(fault) for fault in check.check()] == [said]
    with pytest.raises(DataError, match="asks what is not held here"):
        sound("claims")


@pytest.mark.parametrize("damaged", [False, True])
def test_the_tables_are_loaded_without_frictionless(damaged: bool, package: Path) -> None:
    if damaged:
        for name in contract.names():
            repeat(package / f"{name}.csv")
            cell(contract.fields(name)[0]["name"], "")(package / f"{name}.csv")
    code = (
        "import sys; from sidebyside.data import contract, package; "
        "faults = [package.state(name).faults for name in contract.names()]; "
        "print(sum(map(bool, faults))); print('frictionless' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"{len(contract.names()) if damaged else 0}\nFalse\n"


def test_the_check_of_the_whole_package_asks_frictionless_too(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "findings", lambda *_: [])
    cell("verdict", "certain")(package / "claims.csv")
    assert [(fault.row, fault.column) for fault in check.check()] == [(2, "verdict")]
