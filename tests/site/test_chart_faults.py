"""What charts say against their tables, and titles that are too long, are named by the whole check."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from sidebyside.charts.figure import Figure
from sidebyside.content import exemptions
from sidebyside.site import chart_faults, check
from tests.support.damage import cell

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.quick
# So many titles were too long when the rule came: 119. None is now.
MOST_LONG_TITLES = 0


def _say(package: Path, words: str, *key: str) -> None:
    """Put words into one row of ``chart_texts``: its chart, case, part and position are the key."""
    path = package / "chart_texts.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    (record,) = (number for number, row in enumerate(rows) if row[:4] == list(key))
    cell("text", words, record)(path)


@pytest.mark.slow
def test_the_check_names_chart_and_option_of_what_its_table_lacks_and_of_long_titles(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = exemptions.entries
    listed = {"als-plateaus": 7}
    monkeypatch.setattr(
        exemptions, "entries", lambda name: listed if name == chart_faults.LONG_TITLES else entries(name)
    )
    _say(package, "{=living}% of 987 people after {=when}", "als-alive", "diagnosis", "title", "1")
    _say(package, "Of 986 people, after {=rows}.", "als-alive", "onset", "alt", "1")
    _say(package, f"{{=spread}} months{' or so' * 12}", "als-by-place", "diagnosis", "title", "1")
    _say(package, "Flat stretches happen in ALS", "als-plateaus", "", "title", "1")
    found = check.faults()
    said = {fault.rule.split(" says a ")[0].split(" must have ")[0]: fault.value for fault in found}
    assert said["the title of the chart als-alive/diagnosis"] == "987"
    assert said["the alternative text of the chart als-alive/onset"] == "986"
    assert said["the title of the chart als-by-place/diagnosis"].endswith("or so")
    named = [(fault.row, fault.value) for fault in found if fault.file == chart_faults.LONG_TITLES]
    assert named == [(listed["als-plateaus"], "als-plateaus")]


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("Of 100 people, 5% to 10% had it in 1996", ["5"]),
        ("3 in 10, 5 of 100,000 and 7 per 1,000", ["3", "5", "7"]),
        ("C9orf72 in 2.3%, EDSS 6 after 20 years", ["2.3", "6", "20"]),
        ("a signal in 1.24 ms, of 36.5% and of 73.9", ["1.24", "36.5", "73.9"]),
        ("from 16,583 people in 2015 to 18,500 in 2040", ["16,583", "18,500"]),
    ],
)
def test_what_counts_as_a_number_of_a_title(title: str, numbers: list[str]) -> None:
    assert chart_faults.counted(title) == numbers
    assert chart_faults.too_long(title) == (len(numbers) > chart_faults.MOST_NUMBERS)


def _figure(title: str) -> Figure:
    table = pd.DataFrame({"Figure": ["30.5% of people", "1,890,000 people", "odds ratio 0.343"]})
    return Figure("made", title, dict, table, "", "", (), ())


@pytest.mark.parametrize("title", ["31% of them", "1,900,000 people", "30.5% of them", "odds 0.34"])
def test_a_number_rounded_for_reading_is_that_of_its_table(title: str) -> None:
    assert list(chart_faults.unfounded(_figure(title))) == []


@pytest.mark.parametrize("title", ["30% of them", "1,890,001 people", "2,000,000 people", "odds 0.3", "odds 0.35"])
def test_a_number_rounded_in_another_way_is_a_fault(title: str) -> None:
    (fault,) = chart_faults.unfounded(_figure(title))
    assert fault.value in title


def test_a_title_of_seventy_letters_is_short() -> None:
    assert not chart_faults.too_long("a" * 70)
    assert chart_faults.too_long("a" * 71)


def test_the_list_of_long_titles_only_shrinks() -> None:
    assert len(exemptions.entries(chart_faults.LONG_TITLES)) <= MOST_LONG_TITLES


def test_of_a_chart_that_could_not_be_drawn_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exemptions, "entries", lambda _: {"a/b": 1, "fibre/time": 2, "gone": 3, "short": 4})
    titles: chart_faults.Titles = {"a/b": None, "fibre": None, "short": "Short", "long": "long " * 20}
    said = [(fault.file, fault.row) for fault in chart_faults.long_titles(titles)]
    assert said == [("chart_texts.csv", None), (chart_faults.LONG_TITLES, 3), (chart_faults.LONG_TITLES, 4)]
