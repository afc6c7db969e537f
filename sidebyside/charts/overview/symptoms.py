"""Figures of symptoms: what people with both diseases notice, and MS early and late."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import slope
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, Row, chart
from sidebyside.charts.forms.slope import Slope
from sidebyside.charts.plotted import plotted, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import REPORTED, for_reading, number, span
from sidebyside.data.reading import records
from sidebyside.data.rules import SHARE_UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact
    from sidebyside.data.sources import Source

ALIKE = "alike"
# Where the largest share of a disease lies below so many of 100 people, few have any of these symptoms.
FEW = 20
ONSET = "first-signs"
NO_LETTERS = re.compile("[^a-z]+")
YEARS_ILL = ("early", "late")
BODY_SYSTEMS: Mapping[str, tuple[str, ...]] = {
    "movement": ("movement",),
    "speech-swallowing-breathing": ("speech and swallowing", "breathing"),
    "sensation-vision": ("sensation", "vision"),
    "bladder-bowel": ("bladder and bowel",),
    "fatigue-pain": ("fatigue and pain",),
    "thinking-mood": ("thinking and mood",),
}
SYMPTOM_GROUPS = (ALIKE, ONSET, *BODY_SYSTEMS)


def symptoms(table: pd.DataFrame, words: pd.DataFrame, sources: Mapping[str, Source], *, group: str) -> Figure:
    """Symptoms of both diseases with the way each was found; ``group`` is a key of `SYMPTOM_GROUPS`.

    Only the symptoms that were measured alike stand in pairs. All others stand in two lists, one a
    disease, each with its method, because different ways of asking give different shares.
    """
    shown = _shown(table, group)
    text = _text(shown, sources, group)
    drawn = _paired(shown) if group == ALIKE else _listed(shown)
    return Figure.of_text(
        text,
        build_spec=lambda: chart(drawn, Axis(title=text.axis, ticks=PERCENT_TICKS)),
        table=_symptom_table(shown, sources, text.heading),
        source_ids=tuple(dict.fromkeys(shown["source_id"])),
        details=("Who", "Note"),
        terms=_defined(shown, words),
    )


def _text(shown: pd.DataFrame, sources: Mapping[str, Source], group: str) -> ChartText:
    top = _most_often(shown)
    reported = _second_hand(shown, sources)
    return chart_text(
        "symptoms",
        group,
        None if group == ALIKE else "lists",
        "by_system" if group in BODY_SYSTEMS else None,
        decide(
            "apart",
            only_ms=theme.ALS.key not in top,
            only_als=theme.MS.key not in top,
            same=len(set(top.values())) == 1,
            few_als=_largest(shown, theme.ALS) < FEW,
        ),
        decide("first_hand", second_hand=bool(reported)),
        **_title_values(shown, group),
        ms_rows=_in_words(shown, theme.MS),
        als_rows=_in_words(shown, theme.ALS),
        reported=reported,
    )


def _defined(shown: pd.DataFrame, words: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Each symptom shown with its plain definition, in the order of the chart."""
    plain = dict(zip(words["symptom"], words["plain"], strict=True))
    return tuple((symptom, plain[symptom]) for symptom in dict.fromkeys(shown["symptom"]))


def _second_hand(shown: pd.DataFrame, sources: Mapping[str, Source]) -> str:
    """Which symptoms we have from a page that cites their source; a sentence for each source."""
    rows = records(shown[shown["checked"] == "secondary"])
    named: dict[str, list[str]] = {}
    for row in rows:
        named.setdefault(sources[row["source_id"]].label, []).append(row["symptom"])
    return " ".join(
        chart_text("symptoms", source=label, symptoms=", ".join(each))["second-hand"] for label, each in named.items()
    )


def _shown(table: pd.DataFrame, group: str) -> pd.DataFrame:
    chosen = table[(table["preferred"] == "yes") & table["percent"].notna()]
    if group == ALIKE:
        return chosen[chosen["alike"] == "yes"]
    onset = chosen["stage"] == "at onset"
    wanted = onset if group == ONSET else ~onset & chosen["body_system"].isin(BODY_SYSTEMS[group])
    return chosen[wanted].sort_values(["condition", "percent"], ascending=False)


def _mark(row: Mapping[str, Any], words: str, label: str = "") -> Row:
    return Row(words, row["condition"], float(row["percent"]), float(row["low"]), float(row["high"]), label=label)


def _paired(shown: pd.DataFrame) -> list[Row]:
    drawn: list[Row] = []
    for symptom, pair in shown.groupby("symptom", sort=False):
        drawn.append(Row(f"{symptom}".capitalize()))
        ordered = sorted(records(pair), key=lambda r: r["condition"] != theme.MS.key)
        drawn += [_mark(r, f"{r['condition']}: {_share(r)}") for r in ordered]
    return drawn


def _listed(shown: pd.DataFrame) -> list[Row]:
    """Two lists, one a disease, each by the way in which symptoms were found: only those of one way compare."""
    drawn: list[Row] = []
    for condition in theme.CONDITIONS:
        own = shown[shown["condition"] == condition.key]
        for _, alike in own.groupby("method", sort=False):
            rows = records(alike)
            found = f"{condition.key}, {_method(rows[0])}"
            alone = len(rows) == 1
            drawn.append(Row(f"{found}: {rows[0]['symptom']}" if alone else found))
            drawn += [_mark(row, _share(row), "" if alone else row["symptom"]) for row in rows]
    return drawn


def _share(row: Mapping[str, Any]) -> str:
    return f"{for_reading(row['percent'])}%"


def _method(row: Mapping[str, str]) -> str:
    """How a symptom was found, in a few words."""
    return chart_text("symptoms")[NO_LETTERS.sub("-", row["method"])]


def _most_often(shown: pd.DataFrame) -> dict[str, str]:
    """The symptom counted most often in each disease that has any here."""
    most = shown.sort_values("percent", ascending=False).drop_duplicates("condition")
    return {row["condition"]: row["symptom"] for row in records(most)}


def _largest(shown: pd.DataFrame, condition: theme.Condition) -> float:
    """The largest share in one disease; none is as large as all."""
    return float(shown.loc[shown["condition"] == condition.key, "percent"].max())


def _title_values(shown: pd.DataFrame, group: str) -> dict[str, str]:
    if group == ALIKE:
        names = list(dict.fromkeys(shown["symptom"]))
        return {"symptoms": f"{', '.join(names[:-1])} and {names[-1]}".capitalize()}
    top = _most_often(shown)
    ms, als = (top.get(condition.key, "") for condition in theme.CONDITIONS)
    return {"ms": ms, "als": als}


def _in_words(shown: pd.DataFrame, condition: theme.Condition) -> str:
    rows = records(shown[shown["condition"] == condition.key])
    return ", ".join(f"{row['symptom']} {number(row['percent'])}% ({row['method']})" for row in rows)


def _symptom_table(shown: pd.DataFrame, sources: Mapping[str, Source], heading: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            heading: row["symptom"],
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
    pairs = [Change(first.label, first.fact, last.fact) for first, last in zip(early, late, strict=True)]
    text = chart_text(
        "ms-over-years",
        decide("not_all", all_more=all(pair.late.value > pair.early.value for pair in pairs)),
        rows="; ".join(f"{pair.symptom} {pair.early.figure} and {pair.late.figure}" for pair in pairs),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: slope.chart([_slope(pair) for pair in pairs], [text[part] for part in YEARS_ILL]),
        table=facts_table(
            [row for pair in zip(early, late, strict=True) for row in pair], text.heading, with_group=True
        ),
        source_ids=used_sources(row.fact for row in [*early, *late]),
        details=DETAILS,
    )


class Change(NamedTuple):
    """A symptom with its share of people early and late."""

    symptom: str
    early: Fact
    late: Fact


def _slope(pair: Change) -> Slope:
    values = (pair.early.value, pair.late.value)
    return Slope(pair.symptom, pair.early.condition, values, (pair.early.brief, pair.late.brief))


SYMPTOMS = ChartDefinition(
    "symptoms", symptoms, ("symptoms", "symptom_words", "sources"), Options("group", SYMPTOM_GROUPS)
)
MS_OVER_YEARS = ChartDefinition("ms-over-years", ms_over_years, ("plots", "facts"))
