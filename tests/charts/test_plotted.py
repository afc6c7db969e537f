"""Rows of ``plots`` are found by ids and panels: their words can change, or be of another language."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING, Any

import pytest

from sidebyside.layouts.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidebyside.charts.figure import Figure

pytestmark = pytest.mark.quick
DRAWN = [
    (definition, option)
    for page in PAGES.values()
    for definition in (*page.charts, *page.charts_on_request)
    if "plots" in definition.needs
    for option in definition.option_keys
]
NUMBER = re.compile(r"(?<!\w)\d[\d,.]*")


def _turned(label: str) -> str:
    """Other letters; signs and numbers stay where they were."""
    return codecs.encode(label, "rot13")


def _bare(label: str) -> str:
    """One word, with no sign that a label could be parted at."""
    return "W" + "".join(chr(ord("a") + int(digit)) for digit in str(int.from_bytes(label.encode(), "big")))[:12]


def _relabel(path: Path, words: Callable[[str], str]) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    said = io.StringIO()
    table = csv.DictWriter(said, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows({**row, "label": words(row["label"])} for row in rows)
    path.write_text(said.getvalue(), encoding="utf-8")


def _marks(figure: Figure) -> list[list[Any]]:
    """What is drawn, without words."""
    data = [row for rows in figure.chart["datasets"].values() for row in rows]
    return [[each for each in row.values() if isinstance(each, int | float)] for row in data if row.get("condition")]


def _numbers(figure: Figure) -> list[list[str]]:
    told = (figure.title, figure.alt, *figure.caveats, *figure.table.iloc[:, 0].map(str))
    return [NUMBER.findall(text) for text in told]


@pytest.mark.slow
def test_other_labels_take_no_other_rows(package: Path) -> None:
    before = [definition.figure(option) for definition, option in DRAWN]
    _relabel(package / "plots.csv", _turned)
    for (definition, option), known in zip(DRAWN, before, strict=True):
        now = definition.figure(option)
        assert _numbers(now) == _numbers(known), (definition.id, option)
        assert _marks(now) == _marks(known), (definition.id, option)
        assert now.raw.equals(known.raw), (definition.id, option)


@pytest.mark.slow
def test_no_chart_needs_a_sign_in_its_labels(package: Path) -> None:
    before = [definition.figure(option) for definition, option in DRAWN]
    _relabel(package / "plots.csv", _bare)
    for (definition, option), known in zip(DRAWN, before, strict=True):
        now = definition.figure(option)
        assert len(_marks(now)) == len(_marks(known)), (definition.id, option)
        assert now.raw.equals(known.raw), (definition.id, option)
