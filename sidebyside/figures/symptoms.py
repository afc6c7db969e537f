"""Figures of symptoms: what people with both diseases notice, and MS early and late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sidebyside import theme
from sidebyside.evidence import REPORTED, number, span
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, facts_table, plotted, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, Row, chart
from sidebyside.tables import SHARE_UNIT, records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact, Source

ALIKE = "alike"
ONSET = "first-signs"
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
SHORT_METHOD: Mapping[str, str] = {"examination or doctor's record": "doctors' notes", "self-report": "own report"}
YEARS_ILL: Mapping[str, str] = {"early": "under 2 years", "late": "over 15 years"}
BODY_SYSTEMS: Mapping[str, tuple[str, ...]] = {
    "movement": ("movement",),
    "speech-swallowing-breathing": ("speech and swallowing", "breathing"),
    "sensation-vision": ("sensation", "vision"),
    "bladder-bowel": ("bladder and bowel",),
    "fatigue-pain": ("fatigue and pain",),
    "thinking-mood": ("thinking and mood",),
}


def symptoms(table: pd.DataFrame, words: pd.DataFrame, sources: Mapping[str, Source], *, group: str) -> Figure:
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
            "Each mark is the share of people with the symptom in one study or review; the words above it or the "
            "table say how it was found. A thin line is the interval that the source gives."
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
        terms=_defined(shown, words),
    )


def _defined(shown: pd.DataFrame, words: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Each symptom shown with its plain definition, in the order of the chart."""
    plain = dict(zip(words["symptom"], words["plain"], strict=True))
    return tuple((symptom, plain[symptom]) for symptom in dict.fromkeys(shown["symptom"]))


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
            drawn.append(Row(f"{condition.key}: {row['symptom']} ({METHOD_WORDS[row['method']]})"))
            drawn.append(_mark(row, f"{number(row['percent'])}%"))
    return drawn


def _symptom_title(shown: pd.DataFrame, group: str) -> str:
    if group == ALIKE:
        names = list(dict.fromkeys(shown["symptom"]))
        low, high = number(shown["percent"].min()), number(shown["percent"].max())
        listed = f"{', '.join(names[:-1])} and {names[-1]}".capitalize()
        return f"{listed} are common in both diseases: {low}% to {high}% of people studied"
    if group == ONSET:
        first = records(shown.drop_duplicates("condition"))
        said = [
            f"{r['symptom']} in {r['condition']} ({number(r['percent'])}%, {SHORT_METHOD[r['method']]})" for r in first
        ]
        return f"First signs noted most: {', '.join(said)}"
    most = shown.sort_values("percent", ascending=False).drop_duplicates("condition")
    top = {row["condition"]: row["symptom"] for row in records(most)}
    if len(set(top.values())) == 1:
        return f"{SYMPTOM_GROUPS[group]}: counted most often in both diseases, {top[theme.MS.key]}"
    said = [f"{top[c.key]} in {c.key}" for c in theme.CONDITIONS if c.key in top]
    return f"{SYMPTOM_GROUPS[group]}: counted most often, {' and '.join(said)}"


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
            "Among": row["among"],
            "Who": row["population"],
            "Source": (f"{REPORTED} " if row["checked"] == "secondary" else "") + sources[row["source_id"]].label,
            "Note": row["note"],
            "value": row["percent"],
            "low": row["low"],
            "high": row["high"],
            "unit": SHARE_UNIT,
        }
        for row in records(shown)
    )


def ms_over_years(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Five symptoms of MS in people ill for less than 2 years and in others ill for more than 15."""
    early, late = (plotted(plots, facts, "ms-over-years", panel) for panel in YEARS_ILL)
    pairs = [(first.label, first.fact, last.fact) for first, last in zip(early, late, strict=True)]
    widest = max(pairs, key=lambda pair: pair[2].value - pair[1].value)
    more = "more common" if all(last.value > first.value for _, first, last in pairs) else "not all more common"
    said = [f"{label} {number(first.value)}% and {number(last.value)}%" for label, first, last in pairs]
    return Figure(
        id="ms-over-years",
        title=(
            f"In a German MS register, five symptoms were {more} in people who had had it longer, above all "
            f"{widest[0].lower()} ({number(widest[1].value)}% and {number(widest[2].value)}%)"
        ),
        draw=lambda: chart(_over_years(pairs), Axis(title="% of people with MS", ticks=PERCENT_TICKS)),
        table=facts_table([row for pair in zip(early, late, strict=True) for row in pair], "Symptom", with_group=True),
        alt=f"Share of people with MS ill for less than 2 years and for more than 15 years: {'; '.join(said)}.",
        how_to_read=(
            "Two marks for each symptom: above, people who had been ill for less than 2 years; below, people who had "
            "been ill for more than 15 years."
        ),
        caveats=(
            "These are different people, seen once. Nobody was followed from the first group into the second.",
            "Many people in the second group fell ill before today's medicines.",
            "The records are from 2005 to 2008. A newer report of this register gives no such shares in its summary.",
            "A share among people at one time is not the chance that one person will have the symptom.",
        ),
        source_ids=used_sources(row.fact for row in [*early, *late]),
        details=DETAILS,
    )


def _over_years(pairs: list[tuple[str, Fact, Fact]]) -> list[Row]:
    drawn: list[Row] = []
    for label, *both in pairs:
        drawn.append(Row(label))
        for fact, words in zip(both, YEARS_ILL.values(), strict=True):
            drawn.append(Row(f"{words}: {number(fact.value)}%", fact.condition, fact.value, fact.low, fact.high))
    return drawn


SYMPTOMS = Recipe(
    "symptoms",
    symptoms,
    ("symptoms", "symptom_words", "sources"),
    Choice("group", tuple(SYMPTOM_GROUPS)),
)
MS_OVER_YEARS = Recipe("ms-over-years", ms_over_years, ("plots", "facts"))
