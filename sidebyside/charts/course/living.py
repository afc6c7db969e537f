"""Figures of living with MS or ALS: one sheet on work, mood, thinking and energy, and the kinds of change in ALS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import share_bars, small_multiples
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, figure_text, with_headings
from sidebyside.charts.forms.small_multiples import Panel
from sidebyside.charts.plotted import PlottedFact, as_text, plotted, used_sources
from sidebyside.content.chart_text import chart_text
from sidebyside.data import facts
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.formatting import for_reading
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.data.facts import Fact


WORK, MOOD, THINKING, FATIGUE = PANELS = ("work", "mood", "thinking", "fatigue")
# Rows of ``symptoms`` that stand beside those of ``plots``: the symptom, the disease, and how it is named here.
DEPRESSION = ("depression", theme.ALS, "depression")
ANXIETY = ("anxiety", theme.ALS, "anxiety")
THINKING_ON_TESTS = ("thinking or memory problems", theme.MS, "formal tests, pooled studies")
YEARS_ON = re.compile(r"(\d+) years")


def living(plots: pd.DataFrame, facts: Mapping[str, Fact], symptoms: pd.DataFrame) -> Figure:
    """Work, mood, thinking and tiredness in MS and ALS, each as a small chart of shares of people, in percent.

    ALS stands beside MS only where ``symptoms`` says that both were measured alike.
    """
    panels = _panels(plots, facts, symptoms)
    named = chart_text("living")
    first = panels[WORK][0].fact
    text = chart_text(
        "living",
        share=for_reading(first.value),
        years=_years_on(first),
        **{panel: as_text(rows, with_condition=panel != WORK) for panel, rows in panels.items()},
    )
    axis = Axis(text.axis, ticks=PERCENT_TICKS)
    listed = [
        row._replace(label=f"{named[f'panel-{panel}']}: {row.label}") for panel, rows in panels.items() for row in rows
    ]
    return Figure.of_text(
        text,
        build_spec=lambda: small_multiples.chart(
            [
                Panel(named[f"panel-{panel}"], with_headings(rows, figure_text, with_condition=True), axis)
                for panel, rows in panels.items()
            ]
        ),
        table=facts_table(listed, text.heading),
        source_ids=used_sources(row.fact for row in listed),
        details=DETAILS,
    )


def _panels(plots: pd.DataFrame, facts: Mapping[str, Fact], symptoms: pd.DataFrame) -> dict[str, list[PlottedFact]]:
    """The rows of each small chart, in order."""
    low, afraid = (plotted(plots, facts, "living", panel) for panel in ("depression", "anxiety"))
    return {
        WORK: [row for panel in ("in-work", "retired", "capacity") for row in plotted(plots, facts, "living", panel)],
        MOOD: [*low, *_alike(symptoms, *DEPRESSION), *afraid, *_alike(symptoms, *ANXIETY)],
        THINKING: [*_alike(symptoms, *THINKING_ON_TESTS), *plotted(plots, facts, "living", "thinking")],
        FATIGUE: plotted(plots, facts, "living", "fatigue"),
    }


def _years_on(fact: Fact) -> str:
    """After how many years a share was counted, as its measure says."""
    if found := YEARS_ON.search(fact.measure):
        return found[1]
    raise DataError([Fault("facts.csv", None, "measure", "must say after how many years", fact.measure)])


def _alike(symptoms: pd.DataFrame, symptom: str, condition: theme.Condition, label: str) -> list[PlottedFact]:
    """The row of ``symptoms`` that may stand in a pair across the diseases, if there is one."""
    chosen = symptoms[(symptoms["symptom"] == symptom) & (symptoms["condition"] == condition.key)]
    chosen = chosen[(chosen["alike"] == "yes") & (chosen["preferred"] == "yes")]
    return [PlottedFact(label, facts.figure(row["symptom_id"])) for row in records(chosen)]


def thinking(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """The kinds of change in thinking and behaviour in ALS, most common first, in percent of one register."""
    rows = sorted(plotted(plots, facts, "thinking"), key=lambda row: -row.fact.value)
    most = rows[0]
    text = chart_text("thinking", most=most.label.lower(), share=most.fact.brief, rows=as_text(rows))
    return share_bars.figure_of_shares(text, rows)


LIVING = ChartDefinition("living", living, ("plots", "facts", "symptoms"))
KINDS_OF_CHANGE = ChartDefinition("thinking", thinking, ("plots", "facts"))
