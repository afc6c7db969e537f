"""Length of life with ALS: by form, by place, shares living after some years, and what is linked with more time.

Every figure drawn here carries the choice of length of life, so these charts wait until a reader asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.crowd import CROWD, rings
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, figure_of, headed, plotted, reach, used_sources
from sidebyside.figures.rows import Axis, chart, ratio_axis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact


MONTHS_TICKS = (0, 12, 24, 36, 48, 60, 72)
FEW_PERCENT = (0, 10, 20)
PERCENT_TICKS = (0, 50, 100)
RATIO_TICKS = (0.5, 0.75, 1)
A_ROW = 20
CROWD_STEP = 18
PERSON_SIZE = 120
A_GROUP = CROWD // A_ROW + 2
LIVING = (0.0, 1.0)
SLOW = ("Flail",)
HOW_MANY = ("none", "one", "two", "three")

FROM_ONSET = "months from the first symptoms; half lived longer"
FROM_DIAGNOSIS = "months from the diagnosis; half lived longer"
FORMS: Mapping[str, tuple[str, str]] = {
    "london": ("A clinic in London", FROM_ONSET),
    "melbourne": ("A clinic in Melbourne", FROM_ONSET),
    "osaka": ("A study in Osaka", "months; half lived longer (start of the count not stated)"),
}
PLACES: Mapping[str, tuple[str, str, str]] = {
    "onset": ("From the first symptoms", FROM_ONSET, "Counted from the first symptoms"),
    "diagnosis": ("From the diagnosis", FROM_DIAGNOSIS, "Counted from the diagnosis"),
}
ALIVE: Mapping[str, tuple[str, str]] = {
    "diagnosis": ("From the diagnosis", "% of people living, counted from the diagnosis"),
    "onset": ("From the first symptoms", "% of people living, counted from the first symptoms"),
}
OTHER_ILLNESS = (
    "In Lombardy, 25 of 483 people proved later to have another illness, and many more of them were living. So the "
    "shares of those living are too high for ALS alone."
)
TRIALS, COMPARED = "trials", "compared"
STRENGTHS: Mapping[str, str] = {TRIALS: "Randomised trials", COMPARED: "Not randomised"}
MEASURES: Mapping[str, tuple[str, Axis]] = {
    "months": ("Months gained", Axis("more months lived, at the median", ticks=(0, 6, 12, 18))),
    "ratio": ("Hazard ratio", ratio_axis("hazard ratio; left of the line, people lived longer", RATIO_TICKS)),
    "mask": (
        "A breathing mask",
        Axis("months from the first symptoms; half lived longer without a tracheostomy", ticks=(0, 12, 24)),
    ),
}

GROUPS_ONLY = "These are groups of people. None of these numbers can tell how long one person will live."
MEDIAN = "A median is the middle of a group: half lived longer than it, half did not."
OTHER_TIMES = "The groups come from different years and countries. Care differs, and has changed since."


def _said(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}: {row.fact.text}" for row in rows)


def _notes(rows: list[PlottedFact], *fact_ids: str) -> tuple[str, ...]:
    """The notes of figures that must be read before the chart, each once, led by what they speak of."""
    found = {
        row.fact.note: row.label.split(": ")[-1].rstrip("*") for row in reversed(rows) if row.fact.fact_id in fact_ids
    }
    return tuple(f"{label}: {note[0].lower()}{note[1:].rstrip('.')}." for note, label in reversed(found.items()))


# ---------------------------------------------------------------- by form


def als_by_form(plots: pd.DataFrame, facts: Mapping[str, Fact], *, clinic: str) -> Figure:
    """Median survival in months by form of ALS, the people of one clinic a time.

    ``clinic`` is a key of `FORMS`. London and Melbourne count from the first symptoms; the source for Osaka does not
    say from when.
    """
    rows = plotted(plots, facts, "als-by-form", clinic)
    return Figure(
        id="als-by-form",
        title=_form_title(rows, clinic),
        draw=lambda: chart(headed(rows, figure_of), Axis(FORMS[clinic][1], ticks=MONTHS_TICKS)),
        table=facts_table(rows, "Form"),
        alt=f"{FORMS[clinic][0]}, median length of life with ALS. {_said(rows)}.",
        how_to_read=f"Each mark is one form of ALS. {MEDIAN} The further right, the slower the form runs.",
        caveats=(
            GROUPS_ONLY,
            "Within each form people differ a lot. The sources give no interval, so none is drawn.",
            *_form_caveats(clinic),
            "People seen at one clinic or hospital may not be like people with ALS as a whole.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _form_caveats(clinic: str) -> tuple[str, ...]:
    if clinic == "osaka":
        return ("The paper does not say from when it counts, so its months cannot be set beside those of the clinics.",)
    return (
        "The flail forms are defined by staying in the arms or legs for a time. So slow courses are partly what the "
        "name means.",
    )


def _form_title(rows: list[PlottedFact], clinic: str) -> str:
    slow = [row.fact for row in rows if row.label.startswith(SLOW)]
    rest = [row.fact for row in rows if not row.label.startswith(SLOW)]
    place = clinic.title()
    if not slow:
        return f"{place}: half of the people lived longer than {reach(rest)} months, depending on where ALS began"
    slower = min(fact.value for fact in slow) > max(fact.value for fact in rest)
    found = "run slower" if slower else "do not all run slower"
    return (
        f"{place}: forms that long stay in the arms or legs {found} (median {reach(slow)} months, others {reach(rest)})"
    )


# ---------------------------------------------------------------- by place


def als_by_place(plots: pd.DataFrame, facts: Mapping[str, Fact], *, start: str) -> Figure:
    """Median survival in months by population, from the first symptoms or from the diagnosis, never both.

    ``start`` is a key of `PLACES`. Only medians that their sources print in months.
    """
    rows = plotted(plots, facts, "als-by-place", start)
    words, axis, counted = PLACES[start]
    spread = reach([row.fact for row in rows])
    return Figure(
        id="als-by-place",
        title=f"{words}, half lived longer than {spread} months, by study{_other_end(rows)}",
        draw=lambda: chart(headed(rows, figure_of), Axis(axis, ticks=_month_ticks(rows))),
        table=facts_table(rows, "Where"),
        alt=f"Median length of life with ALS in months. {counted}. {_said(rows)}.",
        how_to_read=(
            f"Each mark is one group of people. {MEDIAN} A line without a mark is a range across studies. A thin line "
            "through a mark is the interval that the source gives."
        ),
        caveats=(
            GROUPS_ONLY,
            "Two starts of the clock: the first symptoms come months before the diagnosis. Never compare one chart "
            "with the other.",
            OTHER_TIMES,
            *_place_caveats(start),
            *_notes(rows, "surv-median-onset-lombardy", "surv-median-dx-lombardy", "surv-median-onset-peking-2021"),
            "Left out: studies that print days, years or averages, and one that does not say from when it counts.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _other_end(rows: list[PlottedFact]) -> str:
    return " and by what ends the count" if any("tracheostomy" in row.fact.counted_to for row in rows) else ""


def _month_ticks(rows: list[PlottedFact]) -> tuple[float, ...]:
    longest = max(end for row in rows for end in (*row.fact.ends, row.fact.high) if end == end)
    return tuple(tick for tick in MONTHS_TICKS if tick < longest + 12)


def _place_caveats(start: str) -> tuple[str, ...]:
    if start == "diagnosis":
        return ()
    return (
        "* These two count until death or a breathing tube in the windpipe (tracheostomy), whichever came first.",
        "Northern Europe and Central Asia are the shortest and the longest of the regions in one review.",
    )


# ---------------------------------------------------------------- shares living after some years


def als_alive(plots: pd.DataFrame, facts: Mapping[str, Fact], *, start: str) -> Figure:
    """Share of people with ALS living after some years (%), from the diagnosis or from the first symptoms.

    ``start`` is a key of `ALIVE`.
    """
    rows = plotted(plots, facts, "als-alive", start)
    return Figure(
        id="als-alive",
        title=_alive_title(rows, start),
        draw=lambda: chart(headed(rows, figure_of), Axis(ALIVE[start][1], ticks=PERCENT_TICKS)),
        table=facts_table(rows, "When and who"),
        alt=f"Share of people with ALS who were living. {ALIVE[start][0]}, after {_said(rows)}.",
        how_to_read=(
            "Each mark is the share of one group that was living after that many years. The longer the bar, the more "
            "people. Groups stand in the order of the years."
        ),
        caveats=(
            GROUPS_ONLY,
            OTHER_TIMES,
            *(f"* {note}" for note in _notes(rows, "surv-3y-dx-korea", "surv-3y-onset-korea")),
            *_alive_caveats(start),
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _alive_title(rows: list[PlottedFact], start: str) -> str:
    if start == "diagnosis":
        same = [(row.label.split(":")[0], row.fact) for row in rows if row.fact.fact_id.endswith("lombardy-2002")]
        said = [f"{number(fact.value)}% after {years}" for years, fact in same]
        first = said[0].replace("% after", "% were living")
        return f"In Lombardy, {first} after the diagnosis, {', '.join(said[1:])}"
    later = [row.fact for row in rows if row.label.startswith("5 years")]
    return f"5 years after the first symptoms, {reach(later)}% of people were living, by form and place"


def _alive_caveats(start: str) -> tuple[str, ...]:
    if start == "diagnosis":
        return (
            "The people of Lombardy in 1998 are very probably part of its group of 1998 to 2002: one place, not two.",
            OTHER_ILLNESS,
        )
    return ("** Olmsted County: only people without a breathing tube in the windpipe (tracheostomy) are counted.",)


# ---------------------------------------------------------------- a hundred people


def hundred_als(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """A hundred people with ALS of one register, and how many were living some years after the diagnosis."""
    rows = plotted(plots, facts, "hundred-als")
    counts = [(row.label, round(row.fact.value)) for row in rows]
    table = facts_table(rows, "After the diagnosis")
    table.insert(2, f"Were living (of {CROWD})", [str(count) for _, count in counts])
    said = [f"{count} after {label}" for label, count in counts]
    first = said[0].replace(" after", " were living after")
    return Figure(
        id="hundred-als",
        title=f"In one register, of {CROWD} people told of ALS, {', '.join([first, *said[1:]])}",
        draw=lambda: _crowds(counts),
        table=table,
        alt=f"Of {CROWD} people told that they have ALS, counted from the diagnosis, {', '.join(said)} were living.",
        how_to_read=(
            "Each mark is one of a hundred people. A full mark is a person who was living, an empty one a person who "
            "had died. The same hundred people stand in all three drawings, in rows of twenty."
        ),
        caveats=(
            GROUPS_ONLY,
            "One register in northern Italy, people diagnosed more than twenty years ago. Other places and times "
            "differ.",
            "Shares are rounded to whole people.",
            f"In this register, {rows[-1].fact.note.rstrip('.')}.",
        ),
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
        {"column": 0, "row": n * A_GROUP + 0.2, "words": f"After {label}: {count} were living"}
        for n, (label, count) in enumerate(counts)
    ]
    words = theme.words(alt.Chart(pd.DataFrame(heads)), align="left", dx=-6, fontWeight="bold")
    marks = rings(people, PERSON_SIZE, theme.ALS, LIVING).encode(x=x, y=y)
    return theme.finished(alt.layer(marks, words.encode(x=x, y=y, text=alt.Text("words:N"))), lines, CROWD_STEP)


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
    share = reach([row.fact for row in rows])
    return Figure(
        id="long-survivors",
        title=(
            f"{share}% of people with ALS or a related disease lived longer than 10 years; {HOW_MANY[_unnamed(rows)]} "
            "sources do not say from when"
        ),
        draw=lambda: chart(headed(rows, figure_of), Axis("% of people living longer than 10 years", ticks=FEW_PERCENT)),
        table=facts_table(rows, "Who was counted"),
        alt=f"Share of people living longer than 10 years. {_said(rows)}.",
        how_to_read=(
            "Each mark is the share in one source. A line without a mark is a range: the review found studies from one "
            "end to the other."
        ),
        caveats=(
            GROUPS_ONLY,
            "The sources do not agree, and we do not choose between them. Only the register says that it counts from "
            "the diagnosis.",
            "The London clinic counts any motor neurone disease, which is wider than ALS.",
            OTHER_ILLNESS,
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _unnamed(rows: list[PlottedFact]) -> int:
    """How many of the sources do not say from when they count."""
    return sum("does not name" in row.fact.counted_from for row in rows)


# ---------------------------------------------------------------- what is linked with longer life


def what_changes_als(plots: pd.DataFrame, facts: Mapping[str, Fact], *, measure: str) -> Figure:
    """What is linked with longer life in ALS, randomised trials first, then groups that were compared.

    ``measure`` is a key of `MEASURES`; measures in different units never share an axis.
    """
    parts = {key: plotted(plots, facts, "what-changes-als", f"{measure}-{key}", needed=False) for key in STRENGTHS}
    rows = [row._replace(label=f"{STRENGTHS[key]}: {row.label}") for key in STRENGTHS for row in parts[key]]
    words, axis = MEASURES[measure]
    return Figure(
        id="what-changes-als",
        title=_CHANGE_TITLES[measure](parts[TRIALS], parts[COMPARED]),
        draw=lambda: chart(headed(rows, lambda fact: number(fact.value) if axis.log else fact.figure), axis),
        table=facts_table(rows, "What"),
        alt=f"{words}. {_said(rows)}.",
        how_to_read=_CHANGE_READING[measure],
        caveats=(
            GROUPS_ONLY,
            "In a randomised trial chance decides who gets a treatment. Where groups are only compared, they may have "
            "differed from the start.",
            "The rows come from different studies. Which one is longest does not say what helps most.",
            *_change_caveats(measure),
            *_notes(rows, "mdc-gain-ireland", "mdc-hr-ireland", "niv-cohort-with", "riluzole-realworld"),
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _change_caveats(measure: str) -> tuple[str, ...]:
    if measure == "mask":
        return ("People had to live long enough to start a mask. That alone makes the time with it look longer.",)
    return ("The riluzole trials counted to death or a breathing tube in the windpipe (tracheostomy).",)


def _ratio_title(trials: list[PlottedFact], compared: list[PlottedFact]) -> str:
    drug, team = trials[0].fact, compared[0].fact
    lower = "linked with longer life" if max(drug.value, team.value) < 1 else "not both linked with longer life"
    return (
        f"Riluzole in trials (hazard ratio {number(drug.value)}) and team clinics in a comparison "
        f"({number(team.value)}): {lower}"
    )


def _months_title(trials: list[PlottedFact], compared: list[PlottedFact]) -> str:
    drug = trials[0].fact
    more = min(end for row in compared for end in row.fact.ends) > drug.value
    rest = "some comparisons say more, but prove less" if more else "comparisons do not all say more"
    return f"Riluzole in trials: {number(drug.value)} months more at the median; {rest}"


def _mask_title(_trials: list[PlottedFact], compared: list[PlottedFact]) -> str:
    with_mask, without = (row.fact for row in compared)
    longer = "lived longer" if with_mask.value > without.value else "did not live longer"
    return (
        f"One clinic: people who used a breathing mask {longer} (median {number(with_mask.value)} months, without "
        f"{number(without.value)})"
    )


_CHANGE_TITLES = {"ratio": _ratio_title, "months": _months_title, "mask": _mask_title}
_CHANGE_READING: Mapping[str, str] = {
    "months": (
        "Each mark says how many months longer the middle person of one group lived than that of the other. A line "
        "without a mark is a range across studies."
    ),
    "ratio": (
        "A hazard ratio compares how often people die in two groups. One means no difference; below one, people in the "
        "first group lived longer. A thin line shows the 95% confidence interval; where it reaches one, there may be "
        "no difference."
    ),
    "mask": f"Each mark is one group of people at the same clinic, with and without the mask. {MEDIAN}",
}

_NEEDS = ("plots", "facts")


def _values(words: Mapping[str, tuple[Any, ...]]) -> dict[str, str]:
    return {key: value[0] for key, value in words.items()}


ALS_BY_FORM = Recipe("als-by-form", als_by_form, _NEEDS, Choice("clinic", tuple(FORMS)))
ALS_BY_PLACE = Recipe("als-by-place", als_by_place, _NEEDS, Choice("start", tuple(PLACES)))
ALS_ALIVE = Recipe("als-alive", als_alive, _NEEDS, Choice("start", tuple(ALIVE)))
HUNDRED_ALS = Recipe("hundred-als", hundred_als, _NEEDS)
LONG_SURVIVORS = Recipe("long-survivors", long_survivors, _NEEDS)
WHAT_CHANGES = Recipe("what-changes-als", what_changes_als, _NEEDS, Choice("measure", tuple(MEASURES)))
LENGTHS = (ALS_BY_FORM, ALS_BY_PLACE, HUNDRED_ALS, ALS_ALIVE, LONG_SURVIVORS)
RECIPES = (*LENGTHS, WHAT_CHANGES)
