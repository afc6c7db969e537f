"""Length of life with ALS: by form, by place, shares living after some years, and what is linked with more time.

Every figure drawn here carries the choice of length of life, so these charts wait until a reader asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.chart_text import chart_text, decide, options
from sidebyside.charts.definition import Choice, Recipe
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import Axis, figure_in_rows, figure_of, ratio_axis, value_of
from sidebyside.charts.plotted import PlottedFact, plotted, reach, used_sources
from sidebyside.data.formatting import number
from sidebyside.figures.crowd import CROWD, rings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.chart_text import Case
    from sidebyside.data.facts import Fact


MONTHS_TICKS = (0, 12, 24, 36, 48, 60, 72)
FEW_PERCENT = (0, 10, 20)
PERCENT_TICKS = (0, 50, 100)
A_ROW = 20
CROWD_STEP = 18
PERSON_SIZE = 120
A_GROUP = CROWD // A_ROW + 2
LIVING = (0.0, 1.0)
SLOW = ("Flail",)

FORMS = ("london", "melbourne", "osaka")
ONSET, DIAGNOSIS = "onset", "diagnosis"
PLACES = (ONSET, DIAGNOSIS)
ALIVE = (DIAGNOSIS, ONSET)
STRENGTHS = ("trials", "compared")
MONTHS, RATIO, MASK = "months", "ratio", "mask"
MEASURES = (MONTHS, RATIO, MASK)
MEASURE_TICKS: Mapping[str, tuple[float, ...]] = {
    MONTHS: (0, 6, 12, 18),
    RATIO: (0.5, 0.75, 1),
    MASK: (0, 12, 24),
}
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


def _said(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}: {row.fact.text}" for row in rows)


def _notes(rows: list[PlottedFact]) -> dict[str, str]:
    """The notes of `NOTES`, each led by what it speaks of, by the name that texts have for it."""
    return {NOTES[row.fact.fact_id]: _note(row) for row in rows if row.fact.fact_id in NOTES}


def _note(row: PlottedFact) -> str:
    note = row.fact.note
    return f"{row.label.split(': ')[-1].rstrip('*')}: {note[0].lower()}{note[1:].rstrip('.')}."


def _numbered(moments: list[tuple[str, str]]) -> dict[str, str]:
    """Shares or counts and their moments as values for a text: ``living_1`` after ``when_1``, and so on."""
    named: dict[str, str] = {}
    for n, (when, living) in enumerate(moments, start=1):
        named |= {f"when_{n}": when, f"living_{n}": living}
    return named


# ---------------------------------------------------------------- by form


def als_by_form(plots: pd.DataFrame, facts: Mapping[str, Fact], *, clinic: str) -> Figure:
    """Median survival in months by form of ALS, the people of one clinic a time.

    ``clinic`` is one of `FORMS`. London and Melbourne count from the first symptoms; the source for Osaka does not
    say from when.
    """
    rows = plotted(plots, facts, "als-by-form", clinic)
    slow = [row.fact for row in rows if row.label.startswith(SLOW)]
    rest = [row.fact for row in rows if not row.label.startswith(SLOW)]
    text = chart_text(
        "als-by-form",
        clinic,
        _slower(slow, rest),
        place=chart_text("als-by-form", clinic)["place"],
        clinic=options("als-by-form")[clinic],
        others=reach(rest),
        rows=_said(rows),
        **({"slow": reach(slow)} if slow else {}),
    )
    return figure_in_rows(text, rows, Axis(text.axis, ticks=MONTHS_TICKS))


def _slower(slow: list[Fact], rest: list[Fact]) -> Case:
    """Whether a clinic names forms that long stay in the arms or legs, and whether they all run slower."""
    slower = bool(slow) and min(fact.value for fact in slow) > max(fact.value for fact in rest)
    return decide("no_flail", slower=slower, not_all_slower=bool(slow))


# ---------------------------------------------------------------- by place


def als_by_place(plots: pd.DataFrame, facts: Mapping[str, Fact], *, start: str) -> Figure:
    """Median survival in months by population, from the first symptoms or from the diagnosis, never both.

    ``start`` is one of `PLACES`. Only medians that their sources print in months.
    """
    rows = plotted(plots, facts, "als-by-place", start)
    text = chart_text(
        "als-by-place",
        start,
        decide("one_end", two_ends=any("tracheostomy" in row.fact.counted_to for row in rows)),
        spread=reach(row.fact for row in rows),
        rows=_said(rows),
        **_notes(rows),
    )
    return figure_in_rows(text, rows, Axis(text.axis, ticks=_month_ticks(rows)))


def _month_ticks(rows: list[PlottedFact]) -> tuple[float, ...]:
    longest = max(end for row in rows for end in (*row.fact.ends, row.fact.high) if end == end)
    return tuple(tick for tick in MONTHS_TICKS if tick < longest + 12)


# ---------------------------------------------------------------- shares living after some years


def als_alive(plots: pd.DataFrame, facts: Mapping[str, Fact], *, start: str) -> Figure:
    """Share of people with ALS living after some years (%), from the diagnosis or from the first symptoms.

    ``start`` is one of `ALIVE`.
    """
    rows = plotted(plots, facts, "als-alive", start)
    text = chart_text("als-alive", start, **_living(rows, start), rows=_said(rows), **_notes(rows))
    return figure_in_rows(text, rows, Axis(text.axis, ticks=PERCENT_TICKS))


def _living(rows: list[PlottedFact], start: str) -> dict[str, str]:
    """The shares that a title names: of one register, year by year, or of all groups after five years."""
    if start == DIAGNOSIS:
        same = [row for row in rows if row.fact.fact_id.endswith("lombardy-2002")]
        return _numbered([(row.label.split(":")[0], number(row.fact.value)) for row in same])
    return {"later": reach(row.fact for row in rows if row.label.startswith("5 years"))}


# ---------------------------------------------------------------- a hundred people


def hundred_als(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """A hundred people with ALS of one register, and how many were living some years after the diagnosis."""
    rows = plotted(plots, facts, "hundred-als")
    counts = [(row.label, round(row.fact.value)) for row in rows]
    text = chart_text(
        "hundred-als",
        people=str(CROWD),
        **_numbered([(when, str(count)) for when, count in counts]),
        note=rows[-1].fact.note.rstrip("."),
    )
    table = facts_table(rows, text.heading)
    table.insert(2, text["were-living"], [str(count) for _, count in counts])
    return Figure.of_text(
        text,
        draw=lambda: _crowds(counts),
        table=table,
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _crowds(counts: list[tuple[str, int]]) -> dict[str, Any]:
    """Each moment as words over five rows of twenty people."""
    lines = len(counts) * A_GROUP
    x = alt.X("column:Q", scale=alt.Scale(domain=[-0.8, A_ROW - 0.2], nice=False), axis=None)
    y = alt.Y("row:Q", scale=alt.Scale(domain=[lines - 0.8, -0.8], nice=False), axis=None)
    people = alt.Chart(pd.DataFrame(_people(counts)))
    heads = [
        {"column": 0, "row": n * A_GROUP + 0.2, "words": _moment(when, count)} for n, (when, count) in enumerate(counts)
    ]
    words = theme.words(alt.Chart(pd.DataFrame(heads)), align="left", dx=-6, fontWeight="bold")
    marks = rings(people, PERSON_SIZE, theme.ALS, LIVING).encode(x=x, y=y)
    return theme.finished(alt.layer(marks, words.encode(x=x, y=y, text=alt.Text("words:N"))), lines, CROWD_STEP)


def _moment(when: str, count: int) -> str:
    return chart_text("hundred-als", when=when, living=str(count))["moment"]


def _people(counts: list[tuple[str, int]]) -> list[dict[str, Any]]:
    return [
        {
            "column": person % A_ROW,
            "row": n * A_GROUP + 1 + person // A_ROW,
            "level": int(person < count),
            "condition": theme.ALS.key,
        }
        for n, (_, count) in enumerate(counts)
        for person in range(CROWD)
    ]


# ---------------------------------------------------------------- long survivors


def long_survivors(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of people living longer than ten years (%), as three sources give it."""
    rows = plotted(plots, facts, "long-survivors")
    share = reach(row.fact for row in rows)
    text = chart_text("long-survivors", _unnamed(rows), share=share, rows=_said(rows))
    return figure_in_rows(text, rows, Axis(text.axis, ticks=FEW_PERCENT))


def _unnamed(rows: list[PlottedFact]) -> Case:
    """How many of the sources do not say from when they count."""
    unnamed = sum("does not name" in row.fact.counted_from for row in rows)
    return decide("all_named", one=unnamed == 1, two=unnamed == 2, three=unnamed == 3)


# ---------------------------------------------------------------- what is linked with longer life


def what_changes_als(plots: pd.DataFrame, facts: Mapping[str, Fact], *, measure: str) -> Figure:
    """What is linked with longer life in ALS, randomised trials first, then groups that were compared.

    ``measure`` is one of `MEASURES`; measures in different units never share an axis.
    """
    trials, compared = (
        plotted(plots, facts, "what-changes-als", f"{measure}-{key}", needed=False) for key in STRENGTHS
    )
    named = chart_text("what-changes-als")
    rows = [
        row._replace(label=f"{named[key]}: {row.label}")
        for key, part in zip(STRENGTHS, (trials, compared), strict=True)
        for row in part
    ]
    found, values = _FOUND[measure](trials, compared)
    text = chart_text(
        "what-changes-als",
        measure,
        found,
        decide("no_trials", trials=bool(trials)),
        measure=options("what-changes-als")[measure],
        rows=_said(rows),
        **values,
        **_notes(rows),
    )
    ticks = MEASURE_TICKS[measure]
    axis = ratio_axis(text.axis, ticks) if measure == RATIO else Axis(text.axis, ticks=ticks)
    return figure_in_rows(text, rows, axis, value_of if measure == RATIO else figure_of)


def _ratios(trials: list[PlottedFact], compared: list[PlottedFact]) -> tuple[Case, dict[str, str]]:
    drug, team = trials[0].fact.value, compared[0].fact.value
    found = decide("not_both_longer", both_longer=max(drug, team) < 1)
    return found, {"drug": number(drug), "clinics": number(team)}


def _months(trials: list[PlottedFact], compared: list[PlottedFact]) -> tuple[Case, dict[str, str]]:
    drug = trials[0].fact.value
    more = min(end for row in compared for end in row.fact.ends) > drug
    return decide("not_all_more", more=more), {"drug": number(drug)}


def _masks(_trials: list[PlottedFact], compared: list[PlottedFact]) -> tuple[Case, dict[str, str]]:
    with_mask, without = (row.fact.value for row in compared)
    found = decide("not_longer", longer=with_mask > without)
    return found, {"masked": number(with_mask), "without": number(without)}


_FOUND = {RATIO: _ratios, MONTHS: _months, MASK: _masks}
_NEEDS = ("plots", "facts")


ALS_BY_FORM = Recipe("als-by-form", als_by_form, _NEEDS, Choice("clinic", FORMS))
ALS_BY_PLACE = Recipe("als-by-place", als_by_place, _NEEDS, Choice("start", PLACES))
ALS_ALIVE = Recipe("als-alive", als_alive, _NEEDS, Choice("start", ALIVE))
HUNDRED_ALS = Recipe("hundred-als", hundred_als, _NEEDS)
LONG_SURVIVORS = Recipe("long-survivors", long_survivors, _NEEDS)
WHAT_CHANGES = Recipe("what-changes-als", what_changes_als, _NEEDS, Choice("measure", MEASURES))
LENGTHS = (ALS_BY_FORM, ALS_BY_PLACE, HUNDRED_ALS, ALS_ALIVE, LONG_SURVIVORS)
RECIPES = (*LENGTHS, WHAT_CHANGES)
