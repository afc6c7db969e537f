"""What is known of causes: head injury, body weight, genes, heritability, and the vein theory tested."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from sidebyside import theme
from sidebyside.chart_text import chart_text, decide, options
from sidebyside.charts.definition import Choice, Recipe
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import (
    NO_DIFFERENCE,
    PERCENT_TICKS,
    Axis,
    Row,
    chart,
    figure_in_rows,
    figure_of,
    headed,
    ratio_axis,
    value_of,
)
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.data.formatting import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from sidebyside.chart_text import ChartText
    from sidebyside.data.facts import Fact


PERCENT = 100.0
# Shares of two groups this close, in percentage points, are said to be about alike.
ALIKE = 5.0

WEIGHT = (theme.MS.key, theme.ALS.key)
FOUR_GENES = ("all-italy", "familial-china")
GENE_SETS = (*FOUR_GENES, "c9orf72", "any-gene")
IN_FAMILY, NOT_IN_FAMILY = "In the family", "Not in the family"
ESTIMATES, TWINS = "estimates", "ms-twins"
LINES = {"SE": "standard error", "95% CI": "confidence interval"}
STUDIES = ("pooled", "left-out", "blinded")
TESTS: Mapping[str, tuple[str, ...]] = {
    "catheter": ("catheter-criteria", "catheter-narrowing"),
    "ultrasound": ("ultrasound-italy-large", "ultrasound-italy-small", "ultrasound-canada"),
}
WITH_MS = "people with MS"


def head_injury(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Odds ratio of ALS after a head injury, by the time between the injury and ALS (meta-analyses)."""
    timed = plotted(plots, facts, "head-injury", "by-time")
    rows = plotted(plots, facts, "head-injury", "any") + timed
    values = [row.fact.value for row in timed]
    near, far = (row.label.lower().removesuffix(" als") for row in (timed[0], timed[-1]))
    text = chart_text(
        "head-injury",
        decide("uneven", fades=values == sorted(values, reverse=True)),
        near=near,
        far=far,
        near_ratio=value_of(timed[0].fact),
        far_ratio=value_of(timed[-1].fact),
        rows=_said(rows),
    )
    return figure_in_rows(text, rows, ratio_axis(text.axis, (1, 2, 4)), value_of)


def weight(plots: pd.DataFrame, facts: Mapping[str, Fact], *, disease: str) -> Figure:
    """Overweight and later MS or ALS, each on its own axis; ``disease`` is one of `WEIGHT`.

    Hazard, odds or rate ratios, as each row says. The two were weighed at different ages: never one chart.
    """
    rows = plotted(plots, facts, "weight", disease)
    lined = [row._replace(label=f"{row.label} ({row.fact.unit})") for row in rows]
    text = _weight_text(disease, rows)
    return Figure.of_text(
        text,
        draw=lambda: chart(headed(lined, value_of), _weight_axis(disease, text.axis)),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _weight_text(disease: str, rows: list[PlottedFact]) -> ChartText:
    """The words of the chart on weight; every interval beyond one makes the link clear."""
    if disease == theme.MS.key:
        clear = decide("unclear", clear=all(row.fact.low > NO_DIFFERENCE for row in rows))
        both, women = (
            _between((row.fact.value for row in rows if (row.fact.group == "women") is only), "")
            for only in (False, True)
        )
        return chart_text("weight", disease, clear, rows=_said(rows), both_sexes=both, women=women)
    clear = decide("unclear", clear=all(row.fact.high < NO_DIFFERENCE for row in rows))
    return chart_text("weight", disease, clear, rows=_said(rows), ratios=_between((row.fact.value for row in rows), ""))


def _weight_axis(disease: str, title: str) -> Axis:
    if disease == theme.MS.key:
        return ratio_axis(title, (1, 2, 4), floor=0.9)
    return ratio_axis(title, (0.6, 0.8, 1))


def gene_shares(plots: pd.DataFrame, facts: Mapping[str, Fact], *, group: str) -> Figure:
    """Percent of people with ALS in whom a gene change was found; ``group`` is one of `GENE_SETS`.

    Each group of people is a choice of its own: familial ALS and all ALS are never set side by side
    as if they were one thing. The share with none of four genes is worked out here.
    """
    rows = plotted(plots, facts, "gene-shares", group)
    rows += [_rest(rows)] if group in FOUR_GENES else []
    text = _gene_text(group, rows)
    return figure_in_rows(text, rows, Axis(title=text.axis, ticks=PERCENT_TICKS))


def _rest(rows: list[PlottedFact]) -> PlottedFact:
    """The share of people with none of the genes: what the others leave of a hundred."""
    text = chart_text("gene-shares")
    left = round(PERCENT - sum(row.fact.value for row in rows), 1)
    measure = "share with none of these"
    rest = replace(rows[0].fact, measure=measure, value=left, low=math.nan, high=math.nan, note=text["rest-note"])
    return PlottedFact(text["rest"], rest)


def _gene_text(group: str, rows: list[PlottedFact]) -> ChartText:
    four = decide("any-number", four=group in FOUR_GENES)
    values = {"label": options("gene-shares")[group], "rows": _said(rows)}
    if group in FOUR_GENES:
        most, none = max(rows[:-1], key=lambda row: row.fact.value), rows[-1].fact.figure
        values |= {"most": most.label, "most_figure": most.fact.figure, "none": none}
    else:
        values |= {"others": _between(_shares(rows, NOT_IN_FAMILY))}
    if group == "any-gene":
        values |= {"family": _between(_shares(rows, IN_FAMILY))}
    return chart_text("gene-shares", group, four, **values)


def _shares(rows: list[PlottedFact], label: str) -> list[float]:
    return [row.fact.value for row in rows if row.label.startswith(label)]


def heritability(plots: pd.DataFrame, facts: Mapping[str, Fact], *, show: str) -> Figure:
    """Heritability of both diseases in percent, or how often a twin of a person with MS has it too.

    ``show`` is `ESTIMATES` or `TWINS`.
    """
    rows = plotted(plots, facts, "heritability", show)
    both = show == ESTIMATES
    words = figure_of if both else _with_kind
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
        rows=_said(rows, with_condition=True),
        ms=ms.figure,
        ms_low=number(ms.low),
        ms_high=number(ms.high),
        als=als.figure,
        als_low=number(als.low),
        als_high=number(als.high),
    )


def _twins_text(rows: list[PlottedFact]) -> ChartText:
    identical, fraternal = (_between(_shares(rows, kind)) for kind in ("Identical", "Fraternal"))
    label = options("heritability")[TWINS]
    return chart_text("heritability", TWINS, label=label, rows=_said(rows), identical=identical, fraternal=fraternal)


def ccsvi_odds(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Odds ratio of the vein signs called CCSVI, with MS against without: from all studies to blinded ones."""
    pooled, fewer, blinded = (plotted(plots, facts, "ccsvi-odds", panel) for panel in STUDIES)
    rows = pooled + fewer + blinded
    text = chart_text(
        "ccsvi-odds",
        decide("unlinked", linked=_linked(pooled)),
        decide("unconfirmed", confirmed=_linked(blinded)),
        pooled=_between((row.fact.value for row in pooled), ""),
        blinded=_between((row.fact.value for row in blinded), ""),
        rows=_said(rows),
    )
    return figure_in_rows(text, rows, ratio_axis(text.axis, (1, 10, 50)), value_of)


def _linked(rows: list[PlottedFact]) -> bool:
    """Whether any interval lies above no difference."""
    return any(row.fact.low > NO_DIFFERENCE for row in rows)


def ccsvi_prevalence(plots: pd.DataFrame, facts: Mapping[str, Fact], *, test: str) -> Figure:
    """Percent of people with and without MS in whom vein signs were found; ``test`` is a key of `TESTS`."""
    headings = chart_text("ccsvi-prevalence")
    parts = {str(headings[panel]): plotted(plots, facts, "ccsvi-prevalence", panel) for panel in TESTS[test]}
    rows = [row._replace(label=f"{heading}, {row.label}") for heading, part in parts.items() for row in part]
    facts_shown = [row.fact for row in rows]
    text = _prevalence_text(test, parts)
    return Figure.of_text(
        text,
        draw=lambda: chart(_groups(parts), Axis(title=text.axis, ticks=PERCENT_TICKS)),
        table=facts_table(rows, text.heading).assign(Disease=[_marked(fact).name for fact in facts_shown]),
        source_ids=used_sources(facts_shown),
        details=DETAILS,
    )


def _prevalence_text(test: str, parts: Mapping[str, list[PlottedFact]]) -> ChartText:
    pairs = [(_only(part, with_ms=True), _only(part, with_ms=False)) for part in parts.values()]
    ms, healthy = pairs[-1]
    return chart_text(
        "ccsvi-prevalence",
        test,
        decide("unlike", alike=all(abs(ill.value - other.value) <= ALIKE for ill, other in pairs)),
        label=options("ccsvi-prevalence")[test],
        rows=". ".join(f"{heading}, {_said(part)}" for heading, part in parts.items()),
        ms=ms.figure,
        healthy=healthy.figure,
    )


def _only(part: list[PlottedFact], *, with_ms: bool) -> Fact:
    """The figure for people with MS, or for people without it who are no relatives."""
    wanted = WITH_MS if with_ms else "controls"
    return next(row.fact for row in part if row.fact.group.endswith(wanted))


def _marked(fact: Fact) -> theme.Condition:
    return theme.MS if fact.group == WITH_MS else theme.HEALTHY


def _groups(parts: Mapping[str, list[PlottedFact]]) -> list[Row]:
    """Under each test its groups of people; who does not have MS bears the mark of neither disease."""
    drawn: list[Row] = []
    for heading, part in parts.items():
        drawn.append(Row(heading))
        drawn += [Row(f"{row.label}: {row.fact.figure}", _marked(row.fact).key, row.fact.value) for row in part]
    return drawn


def _between(values: Iterable[float], unit: str = "%") -> str:
    """The smallest and the largest of some numbers, in words: ``5% to 21.1%``."""
    found = sorted(values)
    low, high = (f"{number(end)}{unit}" for end in (found[0], found[-1]))
    return low if low == high else f"{low} to {high}"


def _said(rows: list[PlottedFact], *, with_condition: bool = False) -> str:
    """Rows in words, with their intervals; a row without one is said to have none where others have one."""
    none = ", no interval" if any(row.fact.bounds for row in rows) else ""
    who = [f"{row.fact.condition}, {row.label}" if with_condition else row.label for row in rows]
    parts = [f"{one}: {row.fact.text}{'' if row.fact.bounds else none}" for one, row in zip(who, rows, strict=True)]
    return "; ".join(parts)


HEAD_INJURY = Recipe("head-injury", head_injury, ("plots", "facts"))
BODY_WEIGHT = Recipe("weight", weight, ("plots", "facts"), Choice("disease", WEIGHT))
GENE_SHARES = Recipe(
    "gene-shares",
    gene_shares,
    ("plots", "facts"),
    Choice("group", GENE_SETS),
)
INHERITED = Recipe(
    "heritability",
    heritability,
    ("plots", "facts"),
    Choice("show", (ESTIMATES, TWINS)),
)
CCSVI_ODDS = Recipe("ccsvi-odds", ccsvi_odds, ("plots", "facts"))
CCSVI_PREVALENCE = Recipe(
    "ccsvi-prevalence",
    ccsvi_prevalence,
    ("plots", "facts"),
    Choice("test", tuple(TESTS)),
)
