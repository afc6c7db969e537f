"""Narrowed veins (CCSVI): a cause of MS that was claimed and not found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import forest
from sidebyside.charts.forms.interval_rows import (
    NO_DIFFERENCE,
    PERCENT_TICKS,
    Axis,
    Row,
    chart,
    value_of,
    with_headings,
)
from sidebyside.charts.mechanism.cause_words import as_text
from sidebyside.charts.plotted import plotted, used_sources
from sidebyside.content.chart_text import chart_text, decide, options

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

# Shares of two groups this close, in percentage points, are said to be about alike.
ALIKE = 5.0
STUDIES = ("pooled", "left-out", "blinded")
TESTS: Mapping[str, tuple[str, ...]] = {
    "catheter": ("catheter-criteria", "catheter-narrowing"),
    "ultrasound": ("ultrasound-italy-large", "ultrasound-italy-small", "ultrasound-canada"),
}
WITH_MS = "people with MS"


def ccsvi_odds(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Odds ratio of the vein signs called CCSVI, with MS against without: from all studies to blinded ones."""
    pooled, fewer, blinded = (plotted(plots, facts, "ccsvi-odds", panel) for panel in STUDIES)
    rows = pooled + fewer + blinded
    text = chart_text(
        "ccsvi-odds",
        decide("unlinked", linked=_linked(pooled)),
        decide("unconfirmed", confirmed=_linked(blinded)),
        rows=as_text(rows),
    )
    groups = {str(text["group-together"]): pooled + fewer, str(text["group-blinded"]): blinded}
    return Figure.of_text(
        text,
        build_spec=lambda: _forest(groups, text),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _forest(groups: Mapping[str, list[PlottedFact]], text: ChartText) -> dict[str, Any]:
    """The studies under the heading of their group, about the line of no difference."""
    drawn = [each for name, rows in groups.items() for each in (Row(name), *with_headings(rows, value_of))]
    return forest.chart(drawn, forest.ratio_axis(text.axis, (1, 10, 50)), text["side-less"], text["side-more"])


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
        build_spec=lambda: chart(_groups(parts), Axis(title=text.axis, ticks=PERCENT_TICKS)),
        table=facts_table(rows, text.heading).assign(Disease=[_marked(fact).name for fact in facts_shown]),
        source_ids=used_sources(facts_shown),
        details=DETAILS,
    )


def _prevalence_text(test: str, parts: Mapping[str, list[PlottedFact]]) -> ChartText:
    pairs = [(_only(part, with_ms=True), _only(part, with_ms=False)) for part in parts.values()]
    return chart_text(
        "ccsvi-prevalence",
        test,
        decide("unlike", alike=all(abs(ill.value - other.value) <= ALIKE for ill, other in pairs)),
        label=options("ccsvi-prevalence")[test],
        rows=". ".join(f"{heading}, {as_text(part)}" for heading, part in parts.items()),
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


CCSVI_ODDS = ChartDefinition("ccsvi-odds", ccsvi_odds, ("plots", "facts"))
CCSVI_PREVALENCE = ChartDefinition(
    "ccsvi-prevalence",
    ccsvi_prevalence,
    ("plots", "facts"),
    Options("test", tuple(TESTS)),
)
