"""The words of the interface: every one has its row, a slip is named by the check, and no damage takes a page down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidebyside.content import text
from sidebyside.data import interface, package
from sidebyside.data.fallbacks import FALLBACKS
from sidebyside.site import check
from tests.support import damage
from tests.ui.test_faults import FOOTER, said
from tests.ui.test_pages import PAGES, run, titles, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_FALLBACKS = 10


def number(key: str, case: str = "") -> int:
    """The row of these words in the table, counted from 1."""
    rows = package.numbered_rows("interface")
    return next(n for n, row in enumerate(rows, 1) if (row["key"], row["case"]) == (key, case))


def put(package: Path, key: str, text: str, case: str = "") -> int:
    """Put a text into the row of these words; the line it stands on."""
    path, record = package / "interface.csv", number(key, case)
    damage.cell("text", text, record)(path)
    return damage.line(path, record)


@pytest.mark.quick
def test_every_word_asked_for_is_there_and_every_one_there_is_asked_for() -> None:
    assert [str(fault) for fault in check.interface_faults()] == []
    assert len(list(interface.requests())) > len(package.load("interface")) / 2


@pytest.mark.quick
def test_there_are_few_fallbacks_and_each_is_what_the_table_says() -> None:
    assert len(FALLBACKS) <= MOST_FALLBACKS
    assert {key: interface.row(key)["text"] for key in FALLBACKS} == dict(FALLBACKS)


@pytest.mark.quick
def test_the_check_names_a_slip_in_the_words_of_the_interface(package: Path) -> None:
    hole = put(package, "more-faults", "and {=cuont} more")
    source = put(package, "keep-in-mind", "Mind [@walton-2020]")
    path = package / "interface.csv"
    renamed = number("open-changes")
    damage.cell("key", "open-chnages", renamed)(path)
    other_case = number("found", "claims")
    damage.cell("case", "clams", other_case)(path)
    found = {(fault.file, fault.row, fault.column, fault.rule, fault.value) for fault in check.interface_faults()}
    assert {
        ("interface.csv", hole, "text", "no value of this name is offered here, but count", "{=cuont}"),
        ("interface.csv", source, "text", "only values are filled in here", "[@walton-2020]"),
        ("interface.csv", damage.line(path, renamed), "key, case", "nobody asks for these words", "open-chnages"),
    } < found
    requested_in_vain = {(file, rule, value) for file, row, _, rule, value in found if file.endswith(".py") and row}
    assert ("ui/evidence_browser.py", "interface.csv has no such words", "open-changes") in requested_in_vain
    offered = "offers a value that no text of more-faults uses"
    assert ("ui/common.py", offered, "count") in requested_in_vain


@pytest.mark.quick
def test_the_check_names_a_parameter_of_a_simulation_without_words(package: Path) -> None:
    damage.cell("case", "Axon node", number("parameter", "Axon node_length"))(package / "interface.csv")
    found = {(fault.file, fault.rule, fault.value) for fault in check.interface_faults()}
    rule = "a parameter of a simulation has no words"
    assert ("interface.csv", rule, "parameter, Axon node_length") in found


@pytest.mark.quick
@pytest.mark.slow
def test_the_check_of_the_package_holds_the_words_of_the_interface(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = put(package, "more-faults", "and {=cuont} more")
    monkeypatch.setattr(check, "_charts", tuple)
    assert ("interface.csv", line) in {(fault.file, fault.row) for fault in check.faults()}


@pytest.mark.quick
def test_where_the_code_asks_in_vain_is_found_in_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "interface.words(key)\n"
        "interface.words('no-such-words')\n"
        "interface.words('take-references', 'many' if few else 'two', count=1)\n"
        "text.worded('found-an-error', **values)\n"
        "interface.cases('reading', 'Chart', 'Drawing')\n"
    )
    monkeypatch.setattr(interface, "_of_package", lambda: [("new.py", code)])
    found = {(fault.row, fault.rule) for fault in check.interface_faults() if fault.file == "new.py"}
    assert found == {
        (1, "the key of words must be typed where they are asked for"),
        (2, "interface.csv has no such words"),
        (3, "interface.csv has no such case of these words"),
        (4, "offers a value that no text of found-an-error uses"),
        (5, "interface.csv has no such case of these words"),
    }


@pytest.mark.quick
def test_marks_of_figures_sources_and_terms_are_filled_in_where_text_runs(package: Path) -> None:
    put(package, "plain-page", "See {ms-global-prevalence-2020:value}, [[Myelin|coat]] and [@walton-2020] {=address}")
    told = text.worded("plain-page", address="there")
    assert told == f"See 35.9, **coat** and ({text.cite_all(['walton-2020'])}) there"


@pytest.mark.quick
def test_words_that_are_lost_are_told_by_their_key_and_values(package: Path) -> None:
    put(package, "more-faults", "and {=cuont} more")
    put(package, "plain-page", "See {no-such-figure} {=address}")
    put(package, "keep-in-mind", "")
    put(package, "reading", "", "Table")
    put(package, "table-damaged", "We {=cannot}.")
    assert interface.words("more-faults", count=3) == "more faults: 3"
    assert text.worded("plain-page", address="there") == "plain page: there"
    assert interface.words("keep-in-mind") == "keep in mind"
    assert interface.cases("reading", "Chart", "Table")["Table"] == "Table"
    assert interface.words("table-damaged", what="it") == "We cannot show it, because a table of ours is damaged:"


@pytest.mark.parametrize("do", [*damage.TO_A_FILE, damage.drop("text"), damage.open_quote], ids=lambda do: do.__name__)
def test_a_damaged_table_of_words_takes_no_page_down(do: Callable[[Path], None], package: Path) -> None:
    do(package / "interface.csv")
    app = run("overview")
    assert not app.exception
    assert titles(app) == [definition.figure().title for definition in PAGES["overview"]]
    (error,) = app.error
    assert error.value.startswith("We cannot show ")
    assert "interface.csv" in error.value
    assert FOOTER in words(app)


@pytest.mark.parametrize("page", sorted(set(PAGES) - {"overview"}))
def test_every_page_stands_without_the_table_of_words(page: str, package: Path) -> None:
    damage.remove(package / "interface.csv")
    app = run(page)
    assert not app.exception
    assert titles(app) == [definition.figure().title for definition in PAGES[page]]
    assert said(app).count("interface.csv") == 1
    assert FOOTER in words(app)
