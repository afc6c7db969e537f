"""What a reader takes away as CSV opens alike in a spreadsheet and in pandas."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebyside.charts.figure import RAW
from sidebyside.data import spreadsheet
from sidebyside.data.downloads import csv_text

pytestmark = pytest.mark.quick
MISREAD = ("10-14", "01-04", "1/2", "2010-11", "Nov 2020", "may 5", "2:1", "3.4.2010", "=1+1", "+x", "-x", "@x", "\t=x")
SHOWN_AS_IT_IS = (
    "10 to 14",
    "85+",
    "under 1",
    "1998-2002",
    "2026-11-30",
    "31 Dec 2008",
    "May",
    "3.5",
    "\u22120.5",
    "x=1",
)
A_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")


def held(text: str) -> pd.DataFrame:
    """The table of a file of ours as pandas opens it, held to all that we say of such files."""
    raw = text.encode()
    assert raw.startswith(b"\xef\xbb\xbf"), "a spreadsheet would not know that this is UTF-8"
    lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    lead = [line for line in lines if line.startswith("#")]
    assert lines[: len(lead)] == lead
    assert not [line for line in lead if '"' in line or re.search(",[=+@-]", line)]
    body = "".join(lines[len(lead) :])
    assert "#" not in body
    assert csv.Sniffer().sniff(body[:5_000], delimiters=",;\t").delimiter == ","
    columns, *rows = csv.reader(io.StringIO(body, newline=""), strict=True)
    assert {len(row) for row in rows} <= {len(columns)}
    # As it stands, nothing has to be kept from being read as a formula or a date: that is for what nobody foresaw.
    odd = [cell for row in rows for cell in row if spreadsheet.misread(cell) or cell.startswith("'=")]
    assert [cell for cell in odd if not A_NUMBER.fullmatch(cell)] == []
    opened = pd.read_csv(io.BytesIO(raw), comment="#")
    assert list(opened.columns) == columns
    same = pd.read_csv(io.BytesIO(raw), comment="#", dtype=str, keep_default_na=False)
    assert same.to_numpy().tolist() == rows
    for column in columns:
        if RAW.fullmatch(column) and column != "unit":
            assert pd.api.types.is_numeric_dtype(opened[column]), column
    return opened


def test_words_that_a_spreadsheet_would_not_show_as_they_stand_are_known() -> None:
    assert [words for words in (*MISREAD, *SHOWN_AS_IT_IS) if spreadsheet.misread(words)] == list(MISREAD)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *((words, f"'{words}") for words in MISREAD),
        *((words, words) for words in SHOWN_AS_IT_IS if words != "\u22120.5"),
        ("\u22120.5", "-0.5"),
        (-0.5, "-0.5"),
        (1234.0, "1234"),
        (0.1 + 0.2, "0.3"),
        (12, "12"),
        (float("nan"), ""),
        (float("inf"), ""),
        (None, ""),
        ("1,234.5", "1234.5"),
        ("1, 2", "1, 2"),
        ("-8.6", "-8.6"),
        ("\u22128.6%", "\u22128.6%"),
        ("Case #1", "Case no. 1"),
        ("See https://example.org/a?b#c, seen", "See https://example.org/a?b, seen"),
    ],
)
def test_a_cell_is_written_as_a_spreadsheet_and_pandas_read_it(cell: object, written: str) -> None:
    assert spreadsheet.written(cell) == written


@given(st.lists(st.text(max_size=30), min_size=2, max_size=2), st.text(max_size=60), st.floats())
def test_whatever_stands_in_a_cell_the_file_opens_and_runs_nothing(said: list[str], lead: str, number: float) -> None:
    text = csv_text([lead, "x,=1"], ["A", "B", "value"], [[*said, number], ["a", "b", 1]])
    opened = pd.read_csv(io.BytesIO(text.encode("utf-8", "replace")), comment="#", skip_blank_lines=False)
    assert list(opened.columns) == ["A", "B", "value"]
    for row in csv.reader(io.StringIO(text[text.index("A,B,value") :], newline="")):
        assert not [cell for cell in row if spreadsheet.misread(cell) and not A_NUMBER.fullmatch(cell)]
