"""The data package: it holds its contract, and says exactly where a damaged copy does not."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from sidebyside.data import cache, check, contract, disk, mark_faults, marks
from sidebyside.data.cache import cached
from sidebyside.data.faults import DataError
from sidebyside.data.package import load
from sidebyside.models import motor_pool, nerve_fibre
from sidebyside.models.parameters import OURS, parameters
from tests.conftest import ROOT
from tests.data.test_validation import both_say
from tests.support.damage import DAMAGES, Damage, cell, line, open_quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.quick


def test_the_whole_package_holds() -> None:
    assert check.check() == ()


def test_every_csv_is_in_the_contract() -> None:
    assert {f"{name}.csv" for name in contract.names()} == {p.name for p in disk.DEFAULT_FOLDER.glob("*.csv")}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: f"{d.table}-{d.name}")
def test_a_damaged_table_says_where(damage: Damage, package: Path) -> None:
    path = package / f"{damage.table}.csv"
    damage.do(path)
    with pytest.raises(DataError) as caught:
        load(damage.table)
    faults = [f for f in caught.value.faults if damage.said in f.rule]
    assert faults, f"not said: {damage.said}; said: {caught.value}"
    assert faults[0].file == path.name
    assert damage.row in (None, faults[0].row)
    assert damage.column in ("", faults[0].column) or any(f.column == damage.column for f in faults)
    ours, referees = both_say(damage.table)
    assert ours == referees


def test_a_cell_without_end_is_said(package: Path) -> None:
    open_quote(package / "plots.csv")
    usual = csv.field_size_limit(1000)
    try:
        with pytest.raises(DataError, match=r"plots.csv: cannot be read as a table"):
            load("plots")
    finally:
        csv.field_size_limit(usual)


def test_a_percentage_above_100_is_refused_in_facts(package: Path) -> None:
    record = next(n for n, unit in enumerate(load("facts")["unit"], 1) if unit == "%")
    path = package / "facts.csv"
    cell("value", "140", record)(path)
    with pytest.raises(DataError, match=rf"facts.csv, row {line(path, record)}, column value: a percentage"):
        load("facts")


def test_the_row_is_the_editors_line_even_below_a_text_of_many_lines(package: Path) -> None:
    path = package / "explainers.csv"
    many = next(n for n, body in enumerate(load("explainers")["body"], 1) if "\n" in body)
    record = many + 1
    cell("choice", "attic", record)(path)
    with pytest.raises(DataError) as caught:
        load("explainers")
    fault = caught.value.faults[0]
    assert fault.row == line(path, record) > record + 1
    assert ",attic," in path.read_text(encoding="utf-8").splitlines()[fault.row - 1]


def test_a_table_falls_with_the_table_it_refers_to(package: Path) -> None:
    (package / "sources.csv").unlink()
    with pytest.raises(DataError, match=r"sources.csv: the file is missing"):
        load("milestones")
    assert len(load("explainers"))


def test_a_time_without_its_start_is_refused(package: Path) -> None:
    ids = list(load("facts")["fact_id"])
    for fact_id in ("surv-median-dx-newjersey", "als-5y-bulbar", "milestone-wheelchair"):
        kept = (package / "facts.csv").read_bytes()
        cell("counted_from", "", ids.index(fact_id) + 1)(package / "facts.csv")
        with pytest.raises(DataError, match=r"column counted_from: a time, or a share after a time, needs"):
            load("facts")
        (package / "facts.csv").write_bytes(kept)


def test_a_length_of_life_without_its_end_is_refused(package: Path) -> None:
    ids = list(load("facts")["fact_id"])
    for fact_id in ("niv-cohort-without", "surv-median-dx-newjersey"):
        kept = (package / "facts.csv").read_bytes()
        cell("counted_to", "", ids.index(fact_id) + 1)(package / "facts.csv")
        with pytest.raises(DataError, match=r"column counted_to: a length of life needs"):
            load("facts")
        (package / "facts.csv").write_bytes(kept)


def test_an_unreviewed_figure_is_refused_in_a_chart(package: Path) -> None:
    frame = load("facts")
    waiting = frame.loc[frame["reviewed"] == "", "fact_id"].iloc[0]
    cell("fact_id", waiting)(package / "plots.csv")
    with pytest.raises(DataError, match=r"must have been reviewed"):
        load("plots")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{no-such-figure}", "has such a figure"),
        ("{ms-global-count-2020:price}", "has no part price"),
        ("{ms-global-count-2020:low}", "has no low"),
        ("[@nobody-1900]", "has no nobody-1900"),
        ("[[Nonsense]]", "no such term"),
        ("{ms-global-count-2020", "not closed"),
        ("[[Myelin", "not closed"),
    ],
)
def test_a_mark_that_leads_nowhere_is_named(text: str, said: str) -> None:
    faults = mark_faults.unknown_marks(text)
    assert any(said in rule for _, rule in faults), faults


def test_an_unreviewed_figure_is_refused_in_a_sentence() -> None:
    frame = load("facts")
    waiting = frame.loc[frame["reviewed"] == "", "fact_id"].iloc[0]
    assert mark_faults.unknown_marks(f"{{{waiting}}}") == [(f"{{{waiting}}}", "the figure has not been reviewed")]


def test_a_damaged_contract_is_said(package: Path) -> None:
    (package / disk.CONTRACT).write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"datapackage.json: is not a data package"):
        load("facts")


def test_a_mended_table_is_read_again(edit: Callable[[str, Callable[[str], str]], None]) -> None:
    edit("plots", lambda text: text.replace("New cases in a year", "New"))
    assert "New" in set(load("plots")["label"])


def _counting(size: int = 4) -> tuple[cache.Cached[[str], int], list[str]]:
    """A kept function that says how many rows a table has, and which it was made for so far."""
    made: list[str] = []

    @cached(needs=lambda name: (name,), size=size)
    def rows(name: str) -> int:
        """How many rows."""
        made.append(name)
        return len(load(name))

    return rows, made


def test_what_was_made_of_a_table_is_kept_until_it_or_one_it_refers_to_changes(package: Path) -> None:
    rows, made = _counting()
    assert rows.__doc__ == "How many rows."
    assert [rows("milestones"), rows("milestones")] == [len(load("milestones"))] * 2
    cell("plain", "Other words.")(package / "glossary.csv")
    rows("milestones")
    assert made == ["milestones"]
    cell("authors", "Somebody else")(package / "sources.csv")
    rows("milestones")
    assert made == ["milestones"] * 2
    rows.forget()
    rows("milestones")
    assert made == ["milestones"] * 3


def test_no_more_is_kept_than_the_size_and_the_least_asked_for_goes(package: Path) -> None:
    rows, made = _counting(size=2)
    for name in ("sources", "glossary", "sources", "facts", "sources", "glossary"):
        rows(name)
    assert made == ["sources", "glossary", "facts", "glossary"]


def test_a_damaged_tables_error_is_not_kept(package: Path) -> None:
    rows, made = _counting()
    path = package / "sources.csv"
    whole = path.read_bytes()
    path.unlink()
    for _ in range(2):
        with pytest.raises(DataError, match=r"sources.csv: the file is missing"):
            rows("sources")
    path.write_bytes(whole)
    assert rows("sources") == len(load("sources"))
    assert len(made) == 3


def test_two_data_folders_are_kept_apart(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, made = _counting()
    rows("sources")
    monkeypatch.delenv("SIDEBYSIDE_DATA")
    rows("sources")
    assert len(made) == 2


def test_who_asks_for_the_same_at_once_waits_for_one_making_of_it() -> None:
    made: list[str] = []
    begun = threading.Barrier(4)

    @cached("sources")
    def slow() -> object:
        time.sleep(0.05)
        made.append("once")
        return object()

    def ask(_: int) -> object:
        begun.wait()
        return slow()

    with ThreadPoolExecutor(4) as readers:
        assert len(set(readers.map(ask, range(4)))) == len(made) == 1


def test_all_that_is_asked_at_one_moment_is_of_that_moment(package: Path) -> None:
    with disk.at_one_moment():
        before = contract.version("sources")
        cell("authors", "Somebody else")(package / "sources.csv")
        (package / "glossary.csv").unlink()
        with disk.at_one_moment():
            assert contract.version("sources") == before
    with disk.at_one_moment():
        assert contract.version("sources") == contract.version("sources") != before
        inside = [contract.version(name) for name in contract.names()]
    assert [contract.version(name) for name in contract.names()] == inside


def test_a_look_at_a_folder_that_is_not_there_says_that_the_contract_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIDEBYSIDE_DATA", str(tmp_path / "nowhere"))
    with disk.at_one_moment(), pytest.raises(DataError, match=r"datapackage.json: the file is missing"):
        load("facts")


def _run(package: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sidebyside.data.check"],
        cwd=ROOT,
        env={**os.environ, "SIDEBYSIDE_DATA": str(package)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_command_counts_what_holds(package: Path) -> None:
    done = _run(package)
    rows = sum(len(load(name)) for name in contract.names())
    assert (done.returncode, done.stdout.split("\n")[0]) == (
        0,
        f"{len(contract.names())} tables, {rows:,} rows: all hold",
    )


@pytest.mark.slow
def test_the_command_says_each_fault_on_a_line_and_fails(package: Path) -> None:
    cell("block_temperature_c", "140")(package / "block_temperature.csv")
    cell("body", "A mark {no-such-figure}.", 2)(package / "explainers.csv")
    done = _run(package)
    assert done.returncode == 1
    said = 'block_temperature.csv, row 2, column block_temperature_c: must keep maximum 60 ("140")'
    assert said in done.stdout
    assert "explainers.csv, row 3, column body: neither facts.csv nor symptoms.csv" in done.stdout
    assert "all hold" not in done.stdout


def test_words_that_a_spreadsheet_would_not_show_as_they_stand_are_faults(package: Path) -> None:
    cell("population", "10-14")(package / "facts.csv")
    (said,) = [str(fault) for fault in check.check()]
    assert said.startswith("facts.csv, row 2, column population: a spreadsheet would make")


def test_each_column_has_a_meaning() -> None:
    package = json.loads((disk.DEFAULT_FOLDER / disk.CONTRACT).read_text(encoding="utf-8"))
    silent = [
        (table["name"], field["name"])
        for table in package["resources"]
        for field in table["schema"]["fields"]
        if not field["description"]
    ]
    assert silent == []
    assert package["licenses"]


def test_each_column_of_the_contract_stands_on_a_line() -> None:
    path = disk.DEFAULT_FOLDER / disk.CONTRACT
    text = path.read_text(encoding="utf-8")
    assert text == contract.contract_text(json.loads(text)), "run `make contract`"
    lines = [line.strip().removesuffix(",") for line in text.splitlines()]
    columns = [field for name in contract.names() for field in contract.fields(name)]
    assert [json.loads(line) for line in lines if line.startswith('{"name": ') and '"type": ' in line] == columns


def test_laying_out_the_contract_changes_nothing_that_it_says(package: Path) -> None:
    path = package / disk.CONTRACT
    whole, said = path.read_bytes(), json.loads(path.read_bytes())
    path.write_text(json.dumps(said, indent=4), encoding="utf-8")
    contract.format_contract()
    assert path.read_bytes() == whole
    odd = {
        "name": '\N{GREEK SMALL LETTER ALPHA}\n"',
        "fields": [[], {}, {"deep": [{"a": None}]}],
        "none": [],
        "in": [[1.5]],
    }
    assert json.loads(contract.contract_text(odd)) == odd


def test_no_source_is_an_orphan() -> None:
    models = (nerve_fibre.Axon, nerve_fibre.Damage, motor_pool.Pool, motor_pool.Loss)
    used = {p.source for model in models for p in parameters(model)} - {OURS}
    for name, field in ((t, field) for t in contract.names() if t != "sources" for field in contract.fields(t)):
        cells = load(name)[field["name"]]
        if field["name"] == "source_id" or field.get("references", "").startswith("sources."):
            used |= {item for cell in cells for item in cell.split(";")}
        if field.get("marks"):
            for token in marks.parse(" ".join(cells)):
                used |= set(token.source_ids) if isinstance(token, marks.Citation) else set()
    assert set(load("sources")["source_id"]) == used


def test_no_address_is_a_bare_number() -> None:
    assert not load("sources")["url"].str.contains(r"https?://\d+\.\d+\.\d+\.\d+").any()


def test_what_the_notes_forbid_is_not_here() -> None:
    forbidden = {
        "als-denmark-incidence", "als-denmark-incidence-ratio", "both-etemadifar-or", "als-c9-fals-eur-zou",
        "als-lead-gunnarsson", "ms-latitude-2019", "wales-20y-low-start-edss6", "norway-smr-1997-2012",
        "ontario-40y", "spms-share-ucsf", "both-jellinger-cases", "ms-als-case-reports",
    }  # fmt: skip
    ids = set(load("facts")["fact_id"])
    assert not forbidden & ids
    assert not [fact_id for fact_id in ids if fact_id.startswith(("gap-", "encals-group"))]


def test_a_figure_stands_once() -> None:
    frame = load("facts")
    same = ["source_id", "condition", "measure", "group", "value", "low", "high", "unit", "population", "period"]
    assert frame[frame.duplicated(same, keep=False)]["fact_id"].tolist() == []


def test_the_deaths_are_all_that_the_file_holds() -> None:
    deaths = load("deaths_by_age")
    assert deaths["deaths"].sum() == 9_809
    assert len(deaths) == 2 * 6 * 2 * 19
