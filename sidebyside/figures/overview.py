"""Figures of the overview page: how many people, and what they notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sidebyside import theme
from sidebyside.evidence import REPORTED, number, span
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, facts_table, plotted, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, Row, chart
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact, Source

ALIKE = "alike"
ONSET = "first-signs"
CARD_PAIRS: Mapping[str, str] = {
    "counts": "Number of people (one worldwide model)",
    "rates": "Of every 100,000 people (surveys and pooled studies)",
}
SYMPTOM_GROUPS: Mapping[str, str] = {
    ALIKE: "Measured alike in both",
    ONSET: "First signs",
    "movement": "Movement",
    "speech-swallowing-breathing": "Speech, swallowing, breathing",
    "sensation-vision": "Feeling and sight",
    "bladder-bowel": "Bladder and bowel",
    "fatigue-pain": "Tiredness and pain",
    "thinking-mood": "Thinking and mood",
}
METHOD_WORDS: Mapping[str, str] = {
    "self-report": "people's own report",
    "questionnaire cut-off": "questionnaire",
    "examination or doctor's record": "doctors' records",
    "instrument or formal test": "formal test",
    "pooled studies": "pooled studies",
    "review or guidance": "a review",
}
BODY_SYSTEMS: Mapping[str, tuple[str, ...]] = {
    "movement": ("movement",),
    "speech-swallowing-breathing": ("speech and swallowing", "breathing"),
    "sensation-vision": ("sensation", "vision"),
    "bladder-bowel": ("bladder and bowel",),
    "fatigue-pain": ("fatigue and pain",),
    "thinking-mood": ("thinking and mood",),
}


def _name(fact: Fact) -> str:
    wider = "motor neuron diseases" in fact.measure
    return f"{fact.condition} and other {theme.WIDER_THAN_ALS}" if wider else fact.condition


def _rows(rows: list[tuple[str, Fact, str]]) -> list[Row]:
    drawn: list[Row] = []
    for label, fact, _remark in rows:
        if label not in [row.words for row in drawn]:
            drawn.append(Row(label))
        value, low, high = map(fact.scaled, (fact.value, fact.low, fact.high))
        drawn.append(Row(f"{_name(fact)}: {number(value)}", fact.condition, value, low, high))
    return drawn


def _said(rows: list[tuple[str, Fact, str]]) -> str:
    parts = [row.words if row.condition else f". {row.words}:" for row in _rows(rows)]
    return " ".join(parts).removeprefix(". ").replace(" .", ".").replace(" ALS", ", ALS")


def _ratio(rows: list[tuple[str, Fact, str]], label: str) -> tuple[Fact, Fact, float]:
    pair = {fact.condition: fact for words, fact, _ in rows if words == label}
    ms, als = pair[theme.MS.key], pair[theme.ALS.key]
    return ms, als, ms.scaled(ms.value) / als.scaled(als.value)


def new_living_deaths(plots: pd.DataFrame, facts: Mapping[str, Fact], *, pair: str) -> Figure:
    """New cases in a year, people living with it and (in one pair of sources) deaths, MS beside ALS.

    ``pair`` is a key of `CARD_PAIRS`. Counts come from the Global Burden of Disease model of 2019,
    where the ALS side is all motor neuron diseases; rates from the Atlas of MS and a meta-analysis.
    """
    rows = plotted(plots, facts, "new-living-deaths", pair)
    _, _, new_ratio = _ratio(rows, "New cases in a year")
    ms, _, living_ratio = _ratio(rows, "People living with it")
    close = "nearly as common" if 2 / 3 <= new_ratio <= 3 / 2 else "not as common"
    tail = ", people living with it are not" if living_ratio > 2 else ""
    unit = ms.plain_unit if pair == "counts" else "of every 100,000 people"
    return Figure(
        id="new-living-deaths",
        title=f"MS and ALS: new cases are {close}{tail}",
        draw=lambda: chart(_rows(rows), Axis(title=unit)),
        table=facts_table(rows, "What"),
        alt=f"{_said(rows)} ({unit}). About {number(round(living_ratio, 1))} times as many people live with MS.",
        how_to_read=(
            "Each mark is one figure; its length from the left is its size. A thin line shows the interval that the "
            "source gives. MS is the round mark, ALS the square one. MND is motor neuron disease."
        ),
        caveats=_burden_caveats(pair),
        source_ids=used_sources(fact for _, fact, _ in rows),
        details=DETAILS,
    )


def _burden_caveats(pair: str) -> tuple[str, ...]:
    both = "The two pairs of sources were made in different ways. Both show the same picture, with different sizes."
    if pair == "counts":
        return (
            "The square marks count all motor neuron diseases, which is wider than ALS.",
            "These are estimates of one worldwide model. Rounds of the model must not be read as a trend.",
            both,
        )
    return (
        "This pair of sources gives no deaths, so none are drawn.",
        "The studies come mostly from some parts of the world and differ widely from country to country.",
        both,
    )


def symptoms(table: pd.DataFrame, sources: Mapping[str, Source], *, group: str) -> Figure:
    """Symptoms of both diseases with the way each was found; ``group`` is a key of `SYMPTOM_GROUPS`.

    Only the symptoms that were measured alike stand in pairs. All others stand in two lists, one a
    disease, each with its method, because different ways of asking give different shares.
    """
    shown = _shown(table, group)
    paired = group == ALIKE
    return Figure(
        id="symptoms",
        title=_symptom_title(shown, group),
        draw=lambda: chart(
            _paired(shown) if paired else _listed(shown), Axis(title="% of people", ticks=PERCENT_TICKS)
        ),
        table=_symptom_table(shown, sources),
        alt=_symptom_alt(shown),
        how_to_read=(
            "Each mark is the share of people with the symptom in one study or review; the words beside it say how it "
            "was found. A thin line is the interval that the source gives."
        ),
        caveats=(
            "How one asks changes the answer: a questionnaire, a doctor's record and a test give different shares. "
            + (
                "Here both diseases were measured alike enough to compare."
                if paired
                else "So these two lists must not be compared row by row."
            ),
            "A share among people at one time is not the chance that one person will have the symptom.",
            *_second_hand(shown, sources),
        ),
        source_ids=tuple(dict.fromkeys(shown["source_id"])),
        details=("Who", "Note"),
    )


def _second_hand(shown: pd.DataFrame, sources: Mapping[str, Source]) -> list[str]:
    rows = records(shown[shown["checked"] == "secondary"])
    labels = dict.fromkeys(sources[row["source_id"]].label for row in rows)
    return [
        f"{REPORTED.capitalize()} {label}, read on another page: "
        f"{', '.join(row['symptom'] for row in rows if sources[row['source_id']].label == label)}."
        for label in labels
    ]


def _shown(table: pd.DataFrame, group: str) -> pd.DataFrame:
    chosen = table[(table["preferred"] == "yes") & table["percent"].notna()]
    if group == ALIKE:
        return chosen[chosen["alike"] == "yes"]
    onset = chosen["stage"] == "at onset"
    wanted = onset if group == ONSET else ~onset & chosen["body_system"].isin(BODY_SYSTEMS[group])
    return chosen[wanted].sort_values(["condition", "percent"], ascending=False)


def _mark(row: dict[str, str], words: str) -> Row:
    return Row(words, row["condition"], float(row["percent"]), float(row["low"]), float(row["high"]))


def _paired(shown: pd.DataFrame) -> list[Row]:
    drawn: list[Row] = []
    for symptom, pair in shown.groupby("symptom", sort=False):
        drawn.append(Row(f"{symptom}".capitalize()))
        ordered = sorted(records(pair), key=lambda r: r["condition"] != theme.MS.key)
        drawn += [_mark(r, f"{r['condition']}: {number(r['percent'])}%") for r in ordered]
    return drawn


def _listed(shown: pd.DataFrame) -> list[Row]:
    drawn: list[Row] = []
    for condition in theme.CONDITIONS:
        rows = records(shown[shown["condition"] == condition.key])
        for row in rows:
            drawn.append(Row(f"{condition.key}: {row['symptom']}"))
            drawn.append(_mark(row, f"{number(row['percent'])}%, {METHOD_WORDS[row['method']]}"))
    return drawn


def _symptom_title(shown: pd.DataFrame, group: str) -> str:
    if group == ALIKE:
        names = list(dict.fromkeys(shown["symptom"]))
        low, high = number(shown["percent"].min()), number(shown["percent"].max())
        listed = f"{', '.join(names[:-1])} and {names[-1]}".capitalize()
        return f"{listed} are common in both diseases: {low}% to {high}% of people"
    if group == ONSET:
        first = records(shown.drop_duplicates("condition"))
        said = [f"in {r['condition']} most often {r['symptom']} ({number(r['percent'])}%)" for r in first]
        return f"First signs differ: {', '.join(said)}"
    most = shown.sort_values("percent", ascending=False).drop_duplicates("condition")
    top = {row["condition"]: row["symptom"] for row in records(most)}
    said = [f"{top[c.key]} in {c.key}" for c in theme.CONDITIONS if c.key in top]
    return f"{SYMPTOM_GROUPS[group]}: most often counted were {', and '.join(said)}"


def _symptom_alt(shown: pd.DataFrame) -> str:
    parts = []
    for condition in theme.CONDITIONS:
        rows = records(shown[shown["condition"] == condition.key])
        said = [f"{r['symptom']} {number(r['percent'])}% ({r['method']})" for r in rows]
        parts += [f"{condition.key}: {', '.join(said)}."] if said else [f"{condition.key}: no figure."]
    return " ".join(parts)


def _symptom_table(shown: pd.DataFrame, sources: Mapping[str, Source]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Symptom": row["symptom"],
            "Disease": row["condition"],
            "Share of people": f"{number(row['percent'])}%",
            "Interval": span(row["low"], row["high"], row["interval"]) or "none given",
            "How it was found": row["method"],
            "Who": row["population"],
            "Source": (f"{REPORTED} " if row["checked"] == "secondary" else "") + sources[row["source_id"]].label,
            "Note": row["note"],
        }
        for row in records(shown)
    )


NEW_LIVING_DEATHS = Recipe(
    "new-living-deaths", new_living_deaths, ("plots", "facts"), Choice("pair", "Show", CARD_PAIRS)
)
SYMPTOMS = Recipe("symptoms", symptoms, ("symptoms", "sources"), Choice("group", "Which symptoms", SYMPTOM_GROUPS))
RECIPES = (NEW_LIVING_DEATHS, SYMPTOMS)
