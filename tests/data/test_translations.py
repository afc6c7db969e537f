"""Words in another language: shown where a folder has them, English elsewhere, and nothing else than words."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from sidebyside.content import chart_text, text
from sidebyside.data import check, contract, disk, interface, marks, to_translate, translations
from sidebyside.data import package as tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

pytestmark = pytest.mark.quick

# Invented, so that nobody takes it for a translation of ours (RFC 5646 keeps qaa to qtz for such uses).
LANGUAGE = "qaa"


def write(folder: Path, name: str, row: Mapping[str, str], **words: str) -> Path:
    """The translation of one row: some cells in other words, the others empty."""
    frame = tables.state(name).frame
    made = next(each for each in translations.template(name, frame) if row.items() <= each.items())
    cells = {column: words.get(column, cell if column not in words_of(name) else "") for column, cell in made.items()}
    path = folder / disk.translation(f"{name}.csv", LANGUAGE)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(cells), lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(cells)
    return path


def words_of(name: str) -> tuple[str, ...]:
    """The columns of a table that can be translated."""
    return contract.translated(name)


def marks_of_section() -> str:
    """The marks of the section that is translated here: a translation holds them all."""
    (body,) = tables.load("explainers").query("page == 'history' and section == 'two-names'")["body"]
    return " ".join(token.typed for token in marks.parse(body) if not isinstance(token, marks.Words))


SECTION = {"page": "history", "section": "two-names"}
HOW_TO_READ = {"chart": "mild-or-severe", "part": "how_to_read", "case": ""}


@pytest.fixture
def translated(package: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with one section and one chart's text in another language, and a host that asks for it."""
    write(package, "explainers", SECTION, heading="Sa du", body=f"Sa du nomi. {marks_of_section()}")
    write(package, "chart_texts", HOW_TO_READ, text="Kom leza.")
    monkeypatch.setenv(disk.LANGUAGE_VARIABLE, LANGUAGE)
    return package


def test_a_section_and_a_text_are_shown_in_the_language_and_all_else_in_english(translated: Path) -> None:
    spoken = translations.language_of
    section, other = text.section("history", "two-names"), text.section("history", "history")
    assert (section.heading, spoken(section.heading)) == ("Sa du", LANGUAGE)
    assert section.body.startswith("Sa du nomi. **Sclerosis**")
    assert spoken(section.body) == LANGUAGE
    assert len(section.source_ids) > 1
    assert (other.heading, spoken(other.heading)) == ("A history of two names", "en")
    told = chart_text.chart_text("mild-or-severe", low="1", high="2", rows="")
    how, title = told[chart_text.HOW_TO_READ], told[chart_text.TITLE]
    assert (how, spoken(how)) == ("Kom leza.", LANGUAGE)
    assert spoken(title) == "en"
    assert check.check() == ()
    assert check.stale() == {LANGUAGE: 0}


def test_without_the_setting_all_is_english(translated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(disk.LANGUAGE_VARIABLE)
    assert text.section("history", "two-names").heading == "Two names that sound alike"


@pytest.mark.parametrize("asked", ["xx", "../..", "en/../..", "QAA", "qaa/", "a" * 99, "<b>"])
def test_a_language_without_a_folder_is_english(asked: str, translated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(disk.LANGUAGE_VARIABLE, asked)
    assert disk.language() == "en"
    assert text.section("history", "two-names").heading == "Two names that sound alike"


def test_words_whose_english_has_changed_are_english_till_somebody_looks(
    translated: Path, edit: Callable[[str, Callable[[str], str]], None]
) -> None:
    edit("explainers", lambda table: table.replace("Two names that sound alike", "Two names alike"))
    assert text.section("history", "two-names").heading == "Two names alike"
    assert check.check() == ()
    assert check.stale() == {LANGUAGE: 1}


def test_a_translation_changes_at_once_on_a_running_server(translated: Path) -> None:
    assert text.section("history", "two-names").heading == "Sa du"
    path = translated / disk.translation("explainers.csv", LANGUAGE)
    path.write_text(path.read_text(encoding="utf-8").replace("Sa du,", "Sa du lo,"), encoding="utf-8")
    assert text.section("history", "two-names").heading == "Sa du lo"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda table: table.replace("[[Sclerosis]] ", ""), "row 2, column body: must hold the marks"),
        (lambda table: table.replace("two-names", "three-names"), "row 2: there is no such row to translate"),
        (lambda table: table.replace("source_hash", "hash"), "row 1, column source_hash: the column is missing"),
        (lambda table: table.replace("heading", "position"), "row 1, column position: is no column of a translation"),
        (lambda table: table + table.splitlines()[1] + "\n", "row 3: the row is translated already"),
        (lambda table: table.rstrip("\n"), "the last line is cut short"),
        (lambda table: table.replace("Sa du,", '"Sa du,'), "row 2: the row has too few cells"),
        (lambda table: table.replace("Sa du,", "Sa du,,"), "row 2: the row has too many cells"),
        (lambda _: "", "the file is empty"),
    ],
)
@pytest.mark.slow
def test_what_does_not_hold_is_english_and_told(change: Callable[[str], str], told: str, translated: Path) -> None:
    path = translated / disk.translation("explainers.csv", LANGUAGE)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    assert any(told in str(fault) and f"{LANGUAGE}/explainers.csv" in str(fault) for fault in check.check())
    assert text.section("history", "two-names").heading in ("Two names that sound alike", "Sa du")
    assert text.section("history", "history").heading == "A history of two names"


@pytest.mark.slow
def test_a_file_of_no_table_is_told(translated: Path) -> None:
    (translated / disk.translation("facts.csv", LANGUAGE)).write_text("fact_id,source_hash\n", encoding="utf-8")
    (fault,) = check.check()
    assert str(fault) == f"i18n/{LANGUAGE}/facts.csv: is the translation of no table with words to translate"


@pytest.mark.slow
def test_what_the_command_writes_is_a_translation_that_says_the_same(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [name for name in contract.names() if contract.translated(name)]
    assert {"explainers", "chart_texts", "interface", "glossary", "claims"} < set(names)
    for name in names:
        assert to_translate.main(LANGUAGE, name) == 0
    monkeypatch.setenv(disk.LANGUAGE_VARIABLE, LANGUAGE)
    assert list(check.translation_faults()) == []
    for name in names:
        columns = list(tables.state(name).frame.columns)
        assert tables.load(name)[columns].equals(tables.state(name).frame)
        assert set(tables.load(name)[translations.LANG]) == {LANGUAGE}


@pytest.mark.parametrize(
    ("language", "name", "why"),
    [
        (LANGUAGE, "facts", "facts has no words to translate"),
        (LANGUAGE, "no-such-table", "there is no such table"),
        ("../..", "explainers", "no language to translate into"),
        ("en", "explainers", "no language to translate into"),
        (LANGUAGE, "explainers", "is there already"),
    ],
)
def test_the_command_refuses_what_it_cannot_write(
    language: str, name: str, why: str, translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(translated.rglob("*"))
    assert to_translate.main(language, name) == 1
    assert why in capsys.readouterr().err
    assert sorted(translated.rglob("*")) == before
    assert text.section("history", "two-names").heading == "Sa du"


def test_words_of_the_interface_know_their_language_with_their_marks_filled_in_too(translated: Path) -> None:
    write(translated, "interface", {"key": "no-advice"}, text="No leda.")
    for told in (interface.words("no-advice"), text.worded("no-advice")):
        assert (told, translations.language_of(told)) == ("No leda.", LANGUAGE)
    assert translations.language_of(text.worded("found-an-error")) == disk.ENGLISH
