"""The first look at a table never says yes where frictionless would say no, and says yes to every table of ours."""

from __future__ import annotations

import copy
import csv
import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from frictionless import Resource
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sidebyside import firstlook, tables
from tests.conftest import ROOT
from tests.damage import cell

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
    **firstlook.TABLE,
    "name": "some",
    "path": "some.csv",
    "schema": {**firstlook.SCHEMA, "fields": FIELDS, "primaryKey": ["kind", "share"]},
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


def _text(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _frictionless_holds(described: dict[str, Any], text: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "some.csv").write_text(text, encoding="utf-8", newline="")
        return bool(Resource.from_descriptor(copy.deepcopy(described), basepath=folder).validate().valid)


def test_a_good_table_plainly_holds() -> None:
    assert firstlook.plainly_holds(DESCRIBED, _text(ROWS))
    assert _frictionless_holds(DESCRIBED, _text(ROWS))


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
def test_it_says_yes_to_nothing_that_frictionless_refuses(changes: list[tuple[int, int, str]]) -> None:
    rows = [list(row) for row in ROWS]
    for row, column, value in changes:
        rows[row][column] = value
    if firstlook.plainly_holds(DESCRIBED, _text(rows)):
        assert _frictionless_holds(DESCRIBED, _text(rows))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.integers(0, len(_text(ROWS))), st.integers(0, 4), st.sampled_from(["", "\n", '"', ",", "'", " ", "\r", "\n\n"])
)
@example(len(_text(ROWS)), 0, "\n")
@example(_text(ROWS).index(",,\n"), 0, ",")
def test_it_says_yes_to_no_text_that_frictionless_refuses(start: int, lost: int, put: str) -> None:
    whole = _text(ROWS)
    text = whole[:start] + put + whole[start + lost :]
    if firstlook.plainly_holds(DESCRIBED, text):
        assert _frictionless_holds(DESCRIBED, text)


@pytest.mark.parametrize(
    ("column", "bad"),
    [
        ("id", ""), ("id", "c"), ("id", "B"), ("id", "x-12"), ("kind", "oval"), ("words", "nine long"), ("year", ""),
        ("year", "1799"), ("year", "2101"), ("year", "1999.5"), ("year", "last"), ("count", "-3"), ("share", "-0.1"),
        ("share", "99.51"), ("share", "99.500000000000001"), ("share", "half"), ("share", "nan"),
        ("day", "2026-02-29"), ("day", "today"),
        ("day", "20260102"),
    ],
)  # fmt: skip
def test_a_cell_that_breaks_a_rule_is_seen(column: str, bad: str) -> None:
    rows = [list(row) for row in ROWS]
    rows[1][ROWS[0].index(column)] = bad
    assert not firstlook.plainly_holds(DESCRIBED, _text(rows))
    assert not _frictionless_holds(DESCRIBED, _text(rows))


def test_spaces_that_frictionless_would_leave_out_are_left_to_it() -> None:
    text = _text([ROWS[0], [*ROWS[1][:2], "MARK", *ROWS[1][3:]], [*ROWS[2][:2], " ", *ROWS[2][3:]]])
    spaced = text.replace("MARK", ' "one"')
    assert not firstlook.plainly_holds(DESCRIBED, spaced)
    assert not _frictionless_holds(DESCRIBED, spaced)


def test_two_columns_of_one_name_are_left_to_frictionless() -> None:
    described = copy.deepcopy(DESCRIBED)
    described["schema"]["fields"][2]["name"] = "day"
    rows = [["id", "kind", "day", *ROWS[0][3:]], *ROWS[1:]]
    assert not firstlook.plainly_holds(described, _text(rows))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema", "fields", 0, "constraints", "minLength"), 3),
        (("schema", "fields", 0, "constraints", "required"), "yes"),
        (("schema", "fields", 0, "constraints", "pattern"), "("),
        (("schema", "fields", 0, "constraints", "pattern"), 7),
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
def test_a_contract_it_does_not_know_is_left_to_frictionless(path: tuple[str | int, ...], value: object) -> None:
    described = copy.deepcopy(DESCRIBED)
    *above, last = path
    inner: Any = described
    for step in above:
        inner = inner[step]
    inner[last] = value
    assert not firstlook.plainly_holds(described, _text(ROWS))


def test_the_tables_are_loaded_without_frictionless() -> None:
    code = (
        "import sys; from sidebyside import tables; [tables.load(name) for name in tables.names()]; "
        "print('frictionless' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_check_of_the_whole_package_asks_frictionless_too(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firstlook, "plainly_holds", lambda *_: True)
    cell("verdict", "certain")(package / "claims.csv")
    assert [(fault.row, fault.column) for fault in tables.check()] == [(2, "verdict")]
