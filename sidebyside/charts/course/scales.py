"""ALS step by step: King's stages, milestones of daily life, and the questions of the ALSFRS-R."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import grid
from sidebyside.charts.forms.grid import Cell, Column
from sidebyside.charts.forms.interval_rows import Axis, Row, chart, figure_in_rows
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.content.chart_text import ChartText, chart_text, decide
from sidebyside.data.contract import LIST_SEPARATOR
from sidebyside.data.formatting import REPORTED, for_reading, number
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from sidebyside.data.facts import Fact
    from sidebyside.data.sources import Source

Stages = Mapping[str, Mapping[str, PlottedFact]]
TRIALS, REGISTER = "trials", "register"
STUDIES = (TRIALS, REGISTER)
COURSE_TICKS = (0, 50, 100)
COURSE_LABELS = (
    "datum.value == 0 ? ['0%', 'first symptom'] : datum.value == 100 ? ['100%', 'whole course'] : datum.value + '%'"
)
# Kinder words than those of the data, which say it in full; readers who ask for stages need not meet these.
OPEN_WORDS: Mapping[str, str] = {
    "who had died": "whose course was complete",
    "100 = death": "100 = the whole course",
}
MONTHS = (0, 6, 12, 18, 24, 30)
WALKING = "milestone-walking-aid"
BEST, LOWEST = "Score 4 (best)", "Score 0 (lowest)"


def als_stages(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """When King's stages are reached, in trial data and in a register (% of the whole course, medians)."""
    stages = _by_stage(plots, facts)
    rows = [row for found in stages.values() for row in found.values()]
    text = _stages_text(stages)
    axis = Axis(text.axis, stems=False, ticks=COURSE_TICKS, labels=COURSE_LABELS)
    table = facts_table(rows, text.heading).drop(columns="Disease")
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_stage_rows(stages), axis),
        table=table.assign(**{column: table[column].map(_open) for column in DETAILS}),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _by_stage(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Stages:
    """The stages in order, each (a group of the figures) with its row by study."""
    stages: dict[str, dict[str, PlottedFact]] = {}
    for study in STUDIES:
        for row in plotted(plots, facts, "als-stages", study):
            stages.setdefault(row.fact.group, {})[study] = row
    return stages


def _name(found: Mapping[str, PlottedFact]) -> str:
    """A stage as rows say it; all studies say it alike."""
    return next(iter(found.values())).label


def _stages_text(stages: Stages) -> ChartText:
    """The words for the stages on which two studies agree best and least."""
    both = {stage: found for stage, found in stages.items() if len(found) > 1}
    gaps = {stage: abs(found[TRIALS].fact.value - found[REGISTER].fact.value) for stage, found in both.items()}
    close, far = min(gaps, key=lambda stage: gaps[stage]), max(gaps, key=lambda stage: gaps[stage])
    return chart_text(
        "als-stages",
        decide("partly", agree=gaps[far] == 0, differ=gaps[close] > 0),
        close=_short(both[close]),
        agreed=for_reading(both[close][TRIALS].fact.value),
        rows=_stages_in_words(stages),
    )


def _short(found: Mapping[str, PlottedFact]) -> str:
    """A stage as it stands inside a sentence, without what it means."""
    return _name(found).partition(":")[0].lower()


def _stage_rows(stages: Stages) -> list[Row]:
    drawn: list[Row] = []
    for found in stages.values():
        drawn.append(Row(_name(found)))
        for study, row in found.items():
            fact = row.fact
            drawn.append(Row(fact.brief, fact.condition, fact.value, fact.low, fact.high, study))
    return drawn


def _stages_in_words(stages: Stages) -> str:
    return "; ".join(
        f"{_name(found)}, {' and '.join(f'{number(row.fact.value)}% ({study})' for study, row in found.items())}"
        for found in stages.values()
    )


def _open(text: str) -> str:
    """A cell of the table in kinder words."""
    for said, instead in OPEN_WORDS.items():
        text = text.replace(said, instead)
    return text


def daily_life(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Milestones of daily life with ALS, soonest first (mean months since the first symptom, one survey)."""
    rows = sorted(plotted(plots, facts, "als-daily-life"), key=lambda row: row.fact.value)
    means = {row.fact.fact_id: row.fact.value for row in rows}
    text = chart_text(
        "als-daily-life",
        walking_aid=for_reading(means[WALKING]),
        rows="; ".join(f"{row.label}: {number(row.fact.value)}" for row in rows),
    )
    return figure_in_rows(
        text,
        rows,
        Axis(text.axis, ticks=MONTHS),
        table=facts_table(rows, text.heading).drop(columns=["Disease", "Interval"]),
    )


def alsfrs_items(items: pd.DataFrame, sources: Mapping[str, Source]) -> Figure:
    """The questions of the ALSFRS-R by area of daily life, with what the best and the lowest score mean."""
    questions = records(items.sort_values("position"))
    areas = list(dict.fromkeys(row["domain"] for row in questions))
    named = {area: str(chart_text("alsfrs-items")[area.replace(" ", "-")]) for area in areas}
    text = chart_text(
        "alsfrs-items", questions=str(len(questions)), areas=str(len(areas)), rows=_questions_in_words(questions, named)
    )
    return Figure.of_text(
        text,
        build_spec=lambda: grid.chart(_columns(questions, named)),
        table=_items_table(questions, named, sources, text.heading),
        source_ids=_item_sources(questions),
        details=("Area", LOWEST, "Medical word", "Source"),
    )


def _items_table(
    questions: list[dict[str, Any]], areas: Mapping[str, str], sources: Mapping[str, Source], question: str
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            question: f"{row['position']}. {row['item'].split(' (')[0]}",
            BEST: row["best"],
            LOWEST: row["lowest"],
            "Area": areas[row["domain"]],
            "Medical word": row["item"].partition(" (")[2].rstrip(")"),
            "Source": _attributed(row, sources),
        }
        for row in questions
    )


def _attributed(row: Mapping[str, str], sources: Mapping[str, Source]) -> str:
    label = "; ".join(sources[source_id].label for source_id in row["source_ids"].split(LIST_SEPARATOR))
    return f"{REPORTED} {label}" if row["checked"] == "secondary" else label


def _item_sources(questions: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for row in questions for one in row["source_ids"].split(LIST_SEPARATOR)))


def _questions_in_words(questions: list[dict[str, Any]], areas: Mapping[str, str]) -> str:
    return ". ".join(
        f"{areas[domain]}: {', '.join(row['item'] for row in rows)}"
        for domain, rows in itertools.groupby(questions, lambda row: row["domain"])
    )


def _columns(questions: list[dict[str, Any]], areas: Mapping[str, str]) -> list[Column]:
    """A column for each area: its questions, and below each what is best. The medical words stand in the table."""
    return [
        Column(areas[domain], tuple(map(_cell, rows)))
        for domain, rows in itertools.groupby(questions, lambda row: row["domain"])
    ]


def _cell(row: Mapping[str, Any]) -> Cell:
    best = f"{row['best'][0].lower()}{row['best'][1:]}"
    return Cell(f"{row['position']}. {row['item'].split(' (')[0]}", f"best: {best}")


ALS_STAGES = ChartDefinition("als-stages", als_stages, ("plots", "facts"))
DAILY_LIFE = ChartDefinition("als-daily-life", daily_life, ("plots", "facts"))
ALSFRS_ITEMS = ChartDefinition("alsfrs-items", alsfrs_items, ("alsfrs_items", "sources"))
