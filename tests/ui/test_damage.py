"""Damage of every kind in every column of every table: the check names it; the rest stands.

What a reader sees of it on a page is in `tests/ui/test_faults.py`.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from sidebyside.content.chart_text import chart_text
from sidebyside.data import check as data_check
from sidebyside.data import contract
from sidebyside.data import package as data_package
from sidebyside.data.faults import DataError, Fault
from sidebyside.site import check
from tests.data.test_validation import both_say
from tests.support import damage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Field = Mapping[str, Any]
    Rule = Callable[[str, Field], bool]


def _limits(field: Field) -> Mapping[str, Any]:
    limits: Mapping[str, Any] = field.get("constraints", {})
    return limits


def _leads(table: str, field: Field) -> bool:
    keys = [key["fields"][0] for key in contract.resource(table)["schema"].get("foreignKeys", [])]
    return field["name"] in keys or "references" in field


def _is_key(table: str, field: Field) -> bool:
    return contract.resource(table)["schema"]["primaryKey"] == [field["name"]] or bool(_limits(field).get("unique"))


def _free_words(table: str, field: Field) -> bool:
    return field["type"] == "string" and not {"enum", "pattern"} & set(_limits(field)) and not _leads(table, field)


class Kind(NamedTuple):
    """A kind of damage: in which columns it can be; and the cell then, from the column and its first cell."""

    may_be: Rule
    cell: Callable[[Field, str], str]


KINDS: Mapping[str, Kind] = {
    "empty": Kind(lambda _, f: bool(_limits(f).get("required")), lambda *_: ""),
    "of another type": Kind(lambda _, f: f["type"] != "string", lambda *_: "many"),
    "too large": Kind(
        lambda _, f: f["type"] in ("number", "integer"),
        lambda f, _: str(_limits(f)["maximum"] + 1) if "maximum" in _limits(f) else "9000000000000",
    ),
    "too small": Kind(lambda _, f: "minimum" in _limits(f), lambda f, _: str(_limits(f)["minimum"] - 1)),
    "endless": Kind(lambda _, f: f["type"] == "number", lambda *_: "INF"),
    "no word of the list": Kind(lambda _, f: "enum" in _limits(f), lambda *_: "purple"),
    "against the pattern": Kind(lambda _, f: "pattern" in _limits(f), lambda *_: "?!"),
    "too long": Kind(lambda _, f: "maxLength" in _limits(f), lambda f, _: "x" * (_limits(f)["maxLength"] + 1)),
    "leads nowhere": Kind(_leads, lambda *_: "nobody-1900"),
    "said twice": Kind(_is_key, lambda _, same: same),
    "an unknown figure": Kind(lambda _, f: bool(f.get("marks")), lambda *_: "Now {no-such-figure}."),
    "an unknown source": Kind(lambda _, f: bool(f.get("marks")), lambda *_: "Now [@nobody-1900]."),
    "an unknown word": Kind(lambda _, f: bool(f.get("marks")), lambda *_: "Now [[unheard of]]."),
    "a mark without end": Kind(_free_words, lambda *_: "Now [[Myelin"),
    "a mark without beginning": Kind(_free_words, lambda *_: "Now ms-bc-incidence}"),
}


def _rounds(kind: Kind) -> Iterator[list[tuple[str, int, Field]]]:
    """Every column that can have this damage, each in a row of its own; in rounds, where a table has few rows."""
    waiting = {
        name: [field for field in contract.fields(name) if kind.may_be(name, field)] for name in contract.names()
    }
    while any(waiting.values()):
        here: list[tuple[str, int, Field]] = []
        for name, columns in waiting.items():
            room = len(data_package.load(name)) - 1
            here += [(name, record, field) for record, field in enumerate(columns[:room], 2)]
            waiting[name] = columns[room:]
        yield here


@pytest.mark.parametrize("name", KINDS)
def test_the_check_names_file_row_and_column_of_every_damaged_cell(name: str, package: Path) -> None:
    kind = KINDS[name]
    whole = {path.name: path.read_bytes() for path in package.glob("*.csv")}
    for here in _rounds(kind):
        wanted = set()
        for table, record, field in here:
            path = package / f"{table}.csv"
            with path.open(encoding="utf-8", newline="") as opened:
                first = next(iter(csv.DictReader(opened)))
            damage.cell(field["name"], kind.cell(field, first[field["name"]]), record)(path)
        for table, record, field in here:
            wanted.add((f"{table}.csv", damage.line(package / f"{table}.csv", record), field["name"]))
        found = {(fault.file, fault.row, column) for fault in data_check.check() for column in fault.column.split(", ")}
        assert wanted - found == set()
        for table in {table for table, _, _ in here}:
            ours, referees = both_say(table)
            assert ours == referees
        for file, content in whole.items():
            (package / file).write_bytes(content)


def test_the_table_names_every_damage_to_its_file(package: Path) -> None:
    for table in contract.names():
        path = package / f"{table}.csv"
        whole = path.read_bytes()
        for column in (field["name"] for field in contract.fields(table)):
            for do in (damage.drop(column), damage.rename(column)):
                do(path)
                assert ("the column is missing", 1, column) in {(f.rule, f.row, f.column) for f in _faults(table)}
                path.write_bytes(whole)
        for do, said in damage.TO_A_FILE.items():
            do(path)
            assert any(said in fault.rule and fault.file == path.name for fault in _faults(table)), (table, said)
            path.write_bytes(whole)


def _faults(table: str) -> tuple[Fault, ...]:
    with pytest.raises(DataError) as caught:
        data_package.load(table)
    return caught.value.faults


# What no contract can say, and what is seen only where texts and charts are made.
ASTRAY = [
    ("plots", "chart", "cut-axon", "no chart draws such a panel"),
    ("plots", "panel", "elsewhere", "no chart draws such a panel"),
    ("explainers", "section", "nowhere", "no page shows this section"),
    ("claims", "section", "nowhere", "the page has no such section"),
    ("glance", "more", "overview#nowhere", "leads to no place of a page"),
    ("differences", "more", "course#nowhere", "leads to no place of a page"),
]


def test_the_check_makes_all_once_and_finds_what_raises_what_is_never_shown_and_what_leads_nowhere(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidebyside.charts.mechanism.repair._many", lambda fact: fact.no_such_part)
    for record, (table, column, value, _) in enumerate(ASTRAY, 1):
        damage.cell(column, value, record)(package / f"{table}.csv")
    found = {(fault.file, fault.row, fault.rule) for fault in check.faults()}
    for record, (table, _, _, said) in enumerate(ASTRAY, 1):
        path = package / f"{table}.csv"
        assert (path.name, damage.line(path, record), said) in found
    said = "the chart cut-axons cannot be made: AttributeError"
    assert ("plots.csv, facts.csv", None, said) in found


def test_the_check_finds_a_word_that_is_explained_by_itself(package: Path) -> None:
    path = package / "glossary.csv"
    terms = data_package.load("glossary")["term"].tolist()
    for record, other in ((1, terms[1]), (2, terms[0])):
        damage.cell("plain", f"See [[{other}]].", record)(path)
    circle = [fault for fault in data_check.check() if "in a circle" in fault.rule]
    assert [fault.value for fault in circle] == terms[:2]
    assert {fault.column for fault in circle} == {"plain"}


def test_a_damaged_row_leaves_the_others(package: Path) -> None:
    path = package / "facts.csv"
    count = len(data_package.sound("facts"))
    damage.cell("value", "many", 3)(path)
    assert len(data_package.sound("facts")) == count - 1
    (lost,) = data_package.lost("facts")
    assert (lost.line, lost.faults[0].column) == (damage.line(path, 3), "value")
    # Nobody can say which of two rows of one name is right: both are left out.
    damage.repeat(path)
    assert len(data_package.sound("facts")) == count - 2
    # A row that swallows what follows takes the table down: nobody can say how far it reaches.
    damage.open_quote(path)
    with pytest.raises(DataError, match="too few cells"):
        data_package.sound("facts")


# Words of charts: a typo in any of them is named with its row.
MISWRITTEN = [
    ("title", "In {=lowest}% only", "text", "the chart offers no value of this name"),
    ("axis", "percent {", "text", "a mark is not closed or not known"),
    ("caveat", "See [@nobody-1900].", "text", "sources.csv has no nobody-1900"),
]


def test_the_check_names_a_slip_in_the_words_of_a_chart(package: Path) -> None:
    rows = data_package.numbered_rows("chart_texts")
    for part, text, _, _ in MISWRITTEN:
        number = next(n for n, row in enumerate(rows, 1) if (row["chart"], row["part"]) == ("still-mild", part))
        damage.cell("text", text, number)(package / "chart_texts.csv")
    other = next(n for n, row in enumerate(rows, 1) if (row["chart"], row["case"]) == ("still-mild", "rises"))
    damage.cell("case", "rise", other)(package / "chart_texts.csv")
    said = {
        (fault.column, fault.rule[:24]) for fault in check.faults() if fault.file == "chart_texts.csv" and fault.row
    }
    assert {(column, rule[:24]) for _, _, column, rule in MISWRITTEN} <= said
    assert ("case", "the chart has no such ca") in said


def test_the_check_names_an_option_without_its_words(package: Path) -> None:
    rows = data_package.numbered_rows("chart_options")
    number = next(n for n, row in enumerate(rows, 1) if row["chart"] == "relapse-rates")
    damage.cell("option", "nothing", number)(package / "chart_options.csv")
    assert any("must have the options" in fault.rule for fault in check.faults())


def test_words_at_every_mark_are_those_of_one_mark(package: Path) -> None:
    text = chart_text("fibre-arrivals")
    values = [{"fibre": "A", "mm": "1", "ms": "2"}, {"fibre": "B", "mm": "3", "ms": "4"}]
    one_by_one = [chart_text("fibre-arrivals", **each)["node"] for each in values]
    assert text.each("node", values) == one_by_one
    assert text.each("node", []) == []
    rows = data_package.numbered_rows("chart_texts")
    number = next(n for n, row in enumerate(rows, 1) if (row["chart"], row["part"]) == ("fibre-arrivals", "node"))
    damage.cell("text", "{=fibre}, {=nobody}", number)(package / "chart_texts.csv")
    with pytest.raises(DataError, match="no value nobody is offered here"):
        text.each("node", values)


def test_the_check_names_a_preset_and_a_control_without_their_words(package: Path) -> None:
    rows = data_package.numbered_rows("chart_options")
    preset = next(n for n, row in enumerate(rows, 1) if row["chart"] == "nerve-fibre")
    damage.cell("option", "nothing", preset)(package / "chart_options.csv")
    rows = data_package.numbered_rows("chart_texts")
    control = next(n for n, row in enumerate(rows, 1) if (row["chart"], row["part"]) == ("muscle-model", "dial-rate"))
    damage.cell("part", "dial-pace", control)(package / "chart_texts.csv")
    said = " ".join(fault.rule for fault in check.faults())
    assert "must have the options bare, adapted" in said
    assert "the chart muscle-model needs its dial-rate" in said


@pytest.mark.parametrize(
    ("column", "rule"), [("page", "there is no such page, but overview"), ("section", "stands now")]
)
def test_a_section_of_no_page_is_named_by_the_check(
    column: str, rule: str, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage.cell(column, "attic", 4)(package / "explainers.csv")
    monkeypatch.setattr(check, "_charts", tuple)
    row = damage.line(package / "explainers.csv", 4)
    assert any(
        (fault.file, fault.row, fault.column) == ("explainers.csv", row, column) and fault.rule.startswith(rule)
        for fault in check.faults()
    )
