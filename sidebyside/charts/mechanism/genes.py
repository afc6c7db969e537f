"""Genes: how often they are found in ALS, and how much of either disease is inherited."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.forms import share_bars
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, figure_in_rows, figure_text
from sidebyside.charts.mechanism.cause_words import as_text
from sidebyside.charts.plotted import PlottedFact, plotted
from sidebyside.content.chart_text import chart_text, decide, options

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

PERCENT = 100.0
FOUR_GENES = ("all-italy", "familial-china")
GENE_SETS = (*FOUR_GENES, "c9orf72", "any-gene")
# How the group of a figure begins, or what stands in it.
FAMILIAL, SPORADIC = "familial ALS", "sporadic ALS"
IDENTICAL = "identical"
ESTIMATES, TWINS = "estimates", "ms-twins"
LINES = {"SE": "standard error", "95% CI": "confidence interval"}


def gene_shares(plots: pd.DataFrame, facts: Mapping[str, Fact], *, group: str) -> Figure:
    """Percent of people with ALS in whom a gene change was found; ``group`` is one of `GENE_SETS`.

    Each group of people is a choice of its own: familial ALS and all ALS are never set side by side
    as if they were one thing. The share with none of four genes is worked out here.
    """
    rows = plotted(plots, facts, "gene-shares", group)
    rows += [_rest(rows)] if group in FOUR_GENES else []
    text = _gene_text(group, rows)
    return share_bars.figure_of_shares(text, rows)


def _rest(rows: list[PlottedFact]) -> PlottedFact:
    """The share of people with none of the genes: what the others leave of a hundred."""
    text = chart_text("gene-shares")
    left = round(PERCENT - sum(row.fact.value for row in rows), 1)
    measure = "share with none of these"
    rest = replace(rows[0].fact, measure=measure, value=left, low=math.nan, high=math.nan, note=text["rest-note"])
    return PlottedFact(text["rest"], rest)


def _gene_text(group: str, rows: list[PlottedFact]) -> ChartText:
    four = decide("any-number", four=group in FOUR_GENES)
    values = {"label": options("gene-shares")[group], "rows": as_text(rows)}
    if group in FOUR_GENES:
        most = max(rows[:-1], key=lambda row: row.fact.value)
        values |= {"most": most.label, "none": rows[-1].fact.brief}
    if group != "any-gene":
        return chart_text("gene-shares", group, four, **values)
    apart = min(_shares(rows, FAMILIAL)) > max(_shares(rows, SPORADIC))
    return chart_text("gene-shares", group, four, decide("alike", family=apart), **values)


def _shares(rows: list[PlottedFact], people: str) -> list[float]:
    """The figures of the groups that consist of such people."""
    return [row.fact.value for row in rows if people in row.fact.group]


def heritability(plots: pd.DataFrame, facts: Mapping[str, Fact], *, show: str) -> Figure:
    """Heritability of both diseases in percent, or how often a twin of a person with MS has it too.

    ``show`` is `ESTIMATES` or `TWINS`.
    """
    rows = plotted(plots, facts, "heritability", show)
    both = show == ESTIMATES
    words = figure_text if both else _with_kind
    text = _estimates_text(rows) if both else _twins_text(rows)
    return figure_in_rows(
        text, rows, Axis(title=text.axis, ticks=PERCENT_TICKS, stems=not both), words, with_condition=both
    )


def _with_kind(fact: Fact) -> str:
    """A figure with what its line stands for, where the lines of a chart are not of one kind."""
    return f"{fact.figure}, {LINES[fact.interval]}"


def _estimates_text(rows: list[PlottedFact]) -> ChartText:
    ms, als = rows[0].fact, rows[1].fact
    return chart_text(
        "heritability",
        ESTIMATES,
        decide("unlike", alike=als.low <= ms.value <= als.high),
        label=options("heritability")[ESTIMATES],
        rows=as_text(rows, with_condition=True),
        ms=ms.brief,
        als=als.brief,
    )


def _twins_text(rows: list[PlottedFact]) -> ChartText:
    spared = decide("many", spared=max(_shares(rows, IDENTICAL)) < PERCENT / 2)
    return chart_text("heritability", TWINS, spared, label=options("heritability")[TWINS], rows=as_text(rows))


GENE_SHARES = ChartDefinition(
    "gene-shares",
    gene_shares,
    ("plots", "facts"),
    Options("group", GENE_SETS),
)
INHERITED = ChartDefinition(
    "heritability",
    heritability,
    ("plots", "facts"),
    Options("show", (ESTIMATES, TWINS)),
)
