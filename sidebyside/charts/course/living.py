"""Figures of living with MS or ALS: work, mood and thinking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, figure_in_rows
from sidebyside.charts.plotted import PlottedFact, as_text, plotted
from sidebyside.content.chart_text import chart_text
from sidebyside.data import facts
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.formatting import number
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.data.facts import Fact


IN_WORK = "in-work"
RETIRED = "retired"
CAPACITY = "capacity"
WORK_VIEWS = (IN_WORK, CAPACITY)
DEPRESSION = "depression"
ANXIETY = "anxiety"
LISTS = "lists"
KINDS = "kinds"
THINKING_VIEWS = (LISTS, KINDS)
THINKING_ON_TESTS = "thinking or memory problems"
YEARS_ON = re.compile(r"(\d+) years")


def work(plots: pd.DataFrame, facts: Mapping[str, Fact], *, view: str) -> Figure:
    """Share of people with MS in work, retired early, or with work capacity, in percent; no figure for ALS."""
    main = plotted(plots, facts, "work", view)
    rows = [*main, *(plotted(plots, facts, "work", RETIRED) if view == IN_WORK else [])]
    shares = [row.fact.value for row in main]
    later = ", ".join(_later(row) for row in main) if view == IN_WORK else ""
    text = chart_text("work", view, later=later, low=number(min(shares)), high=number(max(shares)), rows=as_text(rows))
    return figure_in_rows(text, rows, _percent(text.axis, stems=view == CAPACITY))


def _later(row: PlottedFact) -> str:
    """The share some years on, as the title lists it."""
    return chart_text("work", figure=row.fact.figure, years=_years_on(row.fact))["later"]


def _years_on(fact: Fact) -> str:
    """After how many years a share was counted, as its measure says."""
    if found := YEARS_ON.search(fact.measure):
        return found[1]
    raise DataError([Fault("facts.csv", None, "measure", "must say after how many years", fact.measure)])


def mood(plots: pd.DataFrame, facts: Mapping[str, Fact], symptoms: pd.DataFrame) -> Figure:
    """Depression in MS and ALS and anxiety in MS, each pooled over studies, in percent.

    ALS stands beside MS only where ``symptoms`` says that both were measured alike.
    """
    low = [*plotted(plots, facts, "mood", DEPRESSION), *_alike(symptoms, DEPRESSION, theme.ALS, "depression")]
    rows = [*low, *plotted(plots, facts, "mood", ANXIETY), *_alike(symptoms, ANXIETY, theme.ALS, "anxiety")]
    shares = [row.fact.value for row in low]
    text = chart_text(
        "mood", low=number(min(shares)), high=number(max(shares)), rows=as_text(rows, with_condition=True)
    )
    return figure_in_rows(text, rows, _percent(text.axis), with_condition=True)


def _alike(symptoms: pd.DataFrame, symptom: str, condition: theme.Condition, label: str) -> list[PlottedFact]:
    """The row of ``symptoms`` that may stand in a pair across the diseases, if there is one."""
    chosen = symptoms[(symptoms["symptom"] == symptom) & (symptoms["condition"] == condition.key)]
    chosen = chosen[(chosen["alike"] == "yes") & (chosen["preferred"] == "yes")]
    return [PlottedFact(label, facts.figure(row["symptom_id"])) for row in records(chosen)]


def thinking(plots: pd.DataFrame, facts: Mapping[str, Fact], symptoms: pd.DataFrame, *, view: str) -> Figure:
    """Changes in thinking: MS and ALS in two lists by method, or the kinds of change in ALS, in percent."""
    return _lists(plots, facts, symptoms) if view == LISTS else _kinds(plots, facts)


def _lists(plots: pd.DataFrame, facts: Mapping[str, Fact], symptoms: pd.DataFrame) -> Figure:
    tested = _alike(symptoms, THINKING_ON_TESTS, theme.MS, "formal tests, pooled studies")
    rows = [*tested, *plotted(plots, facts, "thinking", LISTS)]
    text = chart_text("thinking", LISTS, rows=as_text(rows, with_condition=True))
    return figure_in_rows(text, rows, _percent(text.axis, stems=False), with_condition=True)


def _kinds(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    rows = sorted(plotted(plots, facts, "thinking", KINDS), key=lambda row: -row.fact.value)
    most = rows[0]
    text = chart_text("thinking", KINDS, most=most.label.lower(), most_figure=most.fact.figure, rows=as_text(rows))
    return figure_in_rows(text, rows, _percent(text.axis))


def _percent(title: str, *, stems: bool = True) -> Axis:
    return Axis(title, stems=stems, ticks=PERCENT_TICKS)


WORK = ChartDefinition("work", work, ("plots", "facts"), Options("view", WORK_VIEWS))
MOOD = ChartDefinition("mood", mood, ("plots", "facts", "symptoms"))
THINKING = ChartDefinition("thinking", thinking, ("plots", "facts", "symptoms"), Options("view", THINKING_VIEWS))
