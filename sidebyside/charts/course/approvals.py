"""Treatments: when each was approved, and where it was withdrawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import timeline
from sidebyside.charts.forms.timeline import Event, Lane
from sidebyside.content.chart_text import chart_text, decide, options
from sidebyside.data.contract import LIST_SEPARATOR
from sidebyside.data.formatting import REPORTED
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

    Drug = dict[str, Any]


@dataclass(frozen=True)
class _Place:
    """Where medicines are approved: the columns with first year and last year."""

    year: str
    end: str


PLACES: Mapping[str, _Place] = {
    "us": _Place("year_us", "withdrawn_year"),
    "eu": _Place("year_eu", "eu_end_year"),
}
BOTH = "both"
WITHDRAWN = "withdrawn"
# Whose medicines stand first.
GROUPS = (*(condition.key for condition in theme.CONDITIONS), BOTH)
DECADES = (1990.0, 2000.0, 2010.0, 2020.0)
# The axis begins before the first approval (1993), and ends after the last.
TIME = (1991.0, 2027.0)


def approvals(treatments: pd.DataFrame, sources: Mapping[str, Source], *, place: str) -> Figure:
    """Years of first approval of each medicine in one place, and of its withdrawal, by disease.

    ``place`` is a key of `PLACES`. Sources are those of the medicines.
    """
    where = PLACES[place]
    shown = _approved(treatments, where)
    missing = _missing(treatments, where)
    text = chart_text(
        "approvals",
        decide("all_shown", some_missing=bool(missing)),
        place=options("approvals")[place],
        **_counted(shown),
        missing=missing,
        medicines=" ".join(words for group in GROUPS if (words := _medicines_in_words(shown, where, group))),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _timeline(shown, where, text.axis),
        table=_approvals_table(text, shown, sources, where),
        source_ids=dict.fromkeys(source for drug in shown for source in _sources(drug)),
        details=("Disease", *_columns(text), "Sources", "Note"),
    )


def _approved(treatments: pd.DataFrame, where: _Place) -> list[Drug]:
    """The medicines approved there: MS, ALS, then both, each by year."""
    rows = records(treatments[treatments[where.year].notna()])
    return sorted(rows, key=lambda row: (GROUPS.index(row["condition"]), row[where.year], row["position"]))


def _counted(shown: list[Drug]) -> dict[str, str]:
    """How many medicines act on each disease."""
    ms, als = (sum(drug["condition"] == condition.key for drug in shown) for condition in theme.CONDITIONS)
    return {"ms": str(ms), "als": str(als)}


def _ended(drug: Drug, where: _Place) -> bool:
    return not pd.isna(drug[where.end])


def _until(drug: Drug, where: _Place, what: str) -> str:
    """What is said of a medicine, and when the approval ended if it did."""
    if not _ended(drug, where):
        return what
    how = decide("until", withdrawn=drug["status"] == WITHDRAWN)
    return chart_text("approvals", how, what=what, end=str(drug[where.end]))["ended"]


def _named(drug: Drug, where: _Place) -> str:
    """The name, and when the approval ended."""
    return _until(drug, where, str(drug["short"]))


def _disease(condition: str) -> str:
    return chart_text("approvals")["both"] if condition == BOTH else condition


def _medicines_in_words(shown: list[Drug], where: _Place, group: str) -> str:
    drugs = [f"{drug[where.year]} {_named(drug, where)}" for drug in shown if drug["condition"] == group]
    return f"{_disease(group)}: {'; '.join(drugs)}." if drugs else ""


def _missing(treatments: pd.DataFrame, where: _Place) -> str:
    """Medicines of the list without a year there, so that an absence is not taken for an oversight."""
    others = treatments[treatments[where.year].isna() & (treatments["status"] != "procedure")]
    return ", ".join(others["short"])


def _sources(drug: Drug) -> list[str]:
    return str(drug["source_ids"]).split(LIST_SEPARATOR)


def _columns(text: ChartText) -> tuple[str, str, str]:
    """The headings over whom a medicine is for, how it works and how it is given."""
    return text["for-whom"], text["how-it-works"], text["how-given"]


def _approvals_table(text: ChartText, shown: list[Drug], sources: Mapping[str, Source], where: _Place) -> pd.DataFrame:
    year = text.heading
    for_whom, how_it_works, how_given = _columns(text)
    return pd.DataFrame(
        {
            year: _until(drug, where, str(drug[where.year])),
            "Disease": _disease(drug["condition"]),
            "Medicine": f"{drug['name']} ({drug['brand']})",
            for_whom: drug["for_whom"],
            how_it_works: drug["how_it_works"],
            how_given: drug["route"],
            "Sources": _sources_in_words(drug, sources),
            "Note": drug["note"],
            "year": drug[where.year],
            "until": drug[where.end],
        }
        for drug in shown
    )


def _sources_in_words(drug: Drug, sources: Mapping[str, Source]) -> str:
    labels = "; ".join(sources[source_id].label for source_id in _sources(drug))
    return f"{REPORTED} {labels}" if drug["checked"] == "secondary" else labels


def _timeline(shown: list[Drug], where: _Place, title: str) -> dict[str, Any]:
    """A lane of medicines for each disease; one whose approval ended is hollow, with a line to that year."""
    by_group = {group: [drug for drug in shown if drug["condition"] == group] for group in GROUPS}
    lanes = [
        Lane(_disease(group), tuple(_event(drug, where) for drug in drugs))
        for group, drugs in by_group.items()
        if drugs
    ]
    return timeline.chart(lanes, title, TIME, DECADES, "format(datum.value, 'd')")


def _event(drug: Drug, where: _Place) -> Event:
    year, named = int(drug[where.year]), _named(drug, where)
    end = int(drug[where.end]) if _ended(drug, where) else math.nan
    return Event(year, named, drug["condition"], end, f"{named}: {year}")


APPROVALS = ChartDefinition(
    "approvals",
    approvals,
    ("treatments", "sources"),
    Options("place", tuple(PLACES)),
)
