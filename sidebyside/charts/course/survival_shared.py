"""What the charts about length of life with ALS share: words, and the notes of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.charts.plotted import PlottedFact

ONSET, DIAGNOSIS = "onset", "diagnosis"
# Figures whose notes must be read before the chart, and what its texts call them.
NOTES: Mapping[str, str] = {
    "surv-median-onset-lombardy": "lombardy",
    "surv-median-dx-lombardy": "lombardy",
    "surv-median-onset-peking-2021": "beijing",
    "surv-3y-dx-korea": "korea",
    "surv-3y-onset-korea": "korea",
    "riluzole-realworld": "everyday",
    "mdc-gain-ireland": "team",
    "mdc-hr-ireland": "team",
    "niv-cohort-with": "with_mask",
}


def as_text(rows: list[PlottedFact]) -> str:
    """Rows in words with their intervals, for an alternative text."""
    return "; ".join(f"{row.label}: {row.fact.text}" for row in rows)


def notes(rows: list[PlottedFact]) -> dict[str, str]:
    """The notes of `NOTES`, each led by what it speaks of, by the name that texts have for it."""
    return {NOTES[row.fact.fact_id]: _note(row) for row in rows if row.fact.fact_id in NOTES}


def _note(row: PlottedFact) -> str:
    note = row.fact.note
    return f"{row.label.split(': ')[-1].rstrip('*')}: {note[0].lower()}{note[1:].rstrip('.')}."


NEEDS = ("plots", "facts")
