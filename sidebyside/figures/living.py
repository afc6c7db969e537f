"""Figures of living with MS or ALS: work, mood, thinking and energy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sidebyside import evidence, theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, figure_of, headed, plotted, said, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, chart
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from sidebyside.evidence import Fact


IN_WORK = "in-work"
RETIRED = "retired"
CAPACITY = "capacity"
WORK_VIEWS: Mapping[str, str] = {IN_WORK: "Who is in work", CAPACITY: "Work in mild and in advanced MS"}
DEPRESSION = "depression"
ANXIETY = "anxiety"
LISTS = "lists"
KINDS = "kinds"
THINKING_VIEWS: Mapping[str, str] = {LISTS: "Both, by how it was found", KINDS: "ALS: kinds of change"}
THINKING_ON_TESTS = "thinking or memory problems"
YEARS_ON = re.compile(r"(\d+) years")
NOT_ONE_PERSON = "A share among people at one time is not the chance that one person will be affected."


def work(plots: pd.DataFrame, facts: Mapping[str, Fact], *, view: str) -> Figure:
    """Share of people with MS in work, retired early, or with work capacity, in percent; no figure for ALS."""
    main = plotted(plots, facts, "work", view)
    rows = [*main, *(plotted(plots, facts, "work", RETIRED) if view == IN_WORK else [])]
    return Figure(
        id="work",
        title=_work_title(main, view),
        draw=lambda: chart(headed(rows, figure_of), _percent("% of people with MS", stems=view == CAPACITY)),
        table=facts_table(rows, "What was asked"),
        alt=f"Work in MS. {said(rows)}.",
        how_to_read=(
            "Each row asks a different question of a different group, so the rows cannot be added up. A mark is one "
            "share; a line without a mark is the range that the source gives."
            if view == IN_WORK
            else "Each mark is the share of people of working age who were able to work, at one end of the scale."
        ),
        caveats=(
            "Jobs, benefits and medicines differ between countries and years. Whether someone works depends on "
            "these as well as on MS."
            if view == IN_WORK
            else "Different people were asked at one time. Nobody was followed from mild to advanced MS.",
            "These are people's own answers. Those who answer a survey may not stand for all.",
            "These data hold no share for ALS that means the same.",
            NOT_ONE_PERSON,
        ),
        source_ids=_sources(rows),
        details=DETAILS,
    )


def _work_title(rows: list[PlottedFact], view: str) -> str:
    shares = sorted(row.fact.value for row in rows)
    if view == IN_WORK:
        later = [f"{row.fact.figure} some {YEARS_ON.findall(row.label)[0]} years on" for row in rows]
        return f"Many people with MS go on working: {', '.join(later)}, in groups that differ"
    return (
        f"In a survey, work capacity in MS ran from {number(shares[-1])}% in the mildest to {number(shares[0])}% in "
        "the most advanced MS"
    )


def mood(plots: pd.DataFrame, facts: Mapping[str, Fact], symptoms: pd.DataFrame) -> Figure:
    """Depression in MS and ALS and anxiety in MS, each pooled over studies, in percent.

    ALS stands beside MS only where ``symptoms`` says that both were measured alike.
    """
    low = [*plotted(plots, facts, "mood", DEPRESSION), *_alike(symptoms, DEPRESSION, theme.ALS, "depression")]
    rows = [*low, *plotted(plots, facts, "mood", ANXIETY), *_alike(symptoms, ANXIETY, theme.ALS, "anxiety")]
    shares = [row.fact.value for row in low]
    return Figure(
        id="mood",
        title=f"Depression is common in both MS and ALS: {_ends(shares)} of people in pooled studies",
        draw=lambda: chart(headed(rows, figure_of, with_condition=True), _percent("% of people")),
        table=facts_table(rows, "What was counted"),
        alt=f"Mood, studies pooled. {_said_of_both(rows)}.",
        how_to_read="Each mark pools many studies. A thin line is the interval that the source gives.",
        caveats=(
            "The studies mix low mood found by a questionnaire with illness found by a doctor, and they differ widely.",
            "These data hold no share for anxiety in ALS that was measured in a like way.",
            "Anyone who feels low or afraid can tell a doctor or a nurse.",
            NOT_ONE_PERSON,
        ),
        source_ids=_sources(rows),
        details=DETAILS,
    )


def _alike(symptoms: pd.DataFrame, symptom: str, condition: theme.Condition, label: str) -> list[PlottedFact]:
    """The row of ``symptoms`` that may stand in a pair across the diseases, if there is one."""
    chosen = symptoms[(symptoms["symptom"] == symptom) & (symptoms["condition"] == condition.key)]
    chosen = chosen[(chosen["alike"] == "yes") & (chosen["preferred"] == "yes")]
    return [PlottedFact(label, evidence.figure(row["symptom_id"])) for row in records(chosen)]


def thinking(plots: pd.DataFrame, facts: Mapping[str, Fact], symptoms: pd.DataFrame, *, view: str) -> Figure:
    """Changes in thinking: MS and ALS in two lists by method, or the kinds of change in ALS, in percent."""
    return _lists(plots, facts, symptoms) if view == LISTS else _kinds(plots, facts)


def _lists(plots: pd.DataFrame, facts: Mapping[str, Fact], symptoms: pd.DataFrame) -> Figure:
    tested = _alike(symptoms, THINKING_ON_TESTS, theme.MS, "formal tests, pooled studies")
    rows = [*tested, *plotted(plots, facts, "thinking", LISTS)]
    return Figure(
        id="thinking",
        title="Thinking can change in MS and in ALS; how many people it touches depends on how one looks",
        draw=lambda: chart(headed(rows, figure_of, with_condition=True), _percent("% of people", stems=False)),
        table=facts_table(rows, "How it was found"),
        alt=f"Share of people with changes in thinking, by how they were found. {_said_of_both(rows)}.",
        how_to_read=(
            "Two lists, MS first, then ALS. Each row names how the changes were found. A line without a mark is a "
            "range over studies."
        ),
        caveats=(
            "The two lists must not be compared row by row: tests, doctors' judgement and people's own answers give "
            "different shares.",
            "The changes range from mild to severe. On such tests, some people without "
            "either disease show changes too.",
            "The row on dementia counts everyone with new ALS; the row above it leaves people with dementia out. They "
            "must not be added.",
            NOT_ONE_PERSON,
        ),
        source_ids=_sources(rows),
        details=DETAILS,
    )


def _kinds(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    rows = sorted(plotted(plots, facts, "thinking", KINDS), key=lambda row: -row.fact.value)
    most = rows[0]
    return Figure(
        id="thinking",
        title=f"Thinking and behaviour in ALS, one register: {most.label.lower()} in {most.fact.figure} of people",
        draw=lambda: chart(headed(rows, figure_of), _percent("% of people with ALS")),
        table=facts_table(rows, "What was found"),
        alt=f"Share of people with ALS by what tests found, most common first. {said(rows)}.",
        how_to_read="Each person is counted in one row only. The most common result comes first.",
        caveats=(
            "People were tested once, at different points of the illness. Changes were more common in people whose "
            "ALS was further on.",
            "One register in one part of Italy; other studies and other tests give other shares.",
            NOT_ONE_PERSON,
        ),
        source_ids=_sources(rows),
        details=DETAILS,
    )


def fatigue(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Share of people with MS who have fatigue, by way of asking, in percent."""
    rows = plotted(plots, facts, "fatigue")
    return Figure(
        id="fatigue",
        title=f"Fatigue in MS: {_ends(end for row in rows for end in row.fact.ends)}, depending on who asks and how",
        draw=lambda: chart(headed(rows, figure_of), _percent("% of people with MS", stems=False)),
        table=facts_table(rows, "How it was found"),
        alt=f"Share of people with MS who have fatigue. {said(rows)}.",
        how_to_read=(
            "Fatigue is a deep tiredness. A mark is one share; a line without a mark is the range from the lowest "
            "study to the highest."
        ),
        caveats=(
            "Studies use different questionnaires, and this changes the answer most of all.",
            "The chart counts who has fatigue. It does not show how strong it is.",
            NOT_ONE_PERSON,
        ),
        source_ids=_sources(rows),
        details=DETAILS,
    )


def _percent(title: str, *, stems: bool = True) -> Axis:
    return Axis(title, stems=stems, ticks=PERCENT_TICKS)


def _ends(shares: Iterable[float]) -> str:
    low, *_, high = sorted(shares)
    return f"{number(low)}% to {number(high)}%"


def _said_of_both(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.fact.condition}, {row.label}: {row.fact.figure}" for row in rows)


def _sources(rows: list[PlottedFact]) -> tuple[str, ...]:
    return used_sources(row.fact for row in rows)


WORK = Recipe("work", work, ("plots", "facts"), Choice("view", tuple(WORK_VIEWS)))
MOOD = Recipe("mood", mood, ("plots", "facts", "symptoms"))
THINKING = Recipe("thinking", thinking, ("plots", "facts", "symptoms"), Choice("view", tuple(THINKING_VIEWS)))
FATIGUE = Recipe("fatigue", fatigue, ("plots", "facts"))
