"""One measure across all the sources that give it, as a reader looked it up."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import Axis, Row, chart, ratio_axis
from sidebyside.charts.plotted import PlottedFact, range_text, used_sources
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import RATIOS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidebyside.data.facts import Fact

RATIO_TICKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)


def across_sources(words: str, facts: Sequence[Fact]) -> Figure:
    """One measure with a mark and an interval for each figure, in the order given; ``words`` names the measure.

    All figures must have the same unit.

    Raises:
        DataError: a text is missing or damaged.
    """
    rows = [PlottedFact(_who(fact), fact) for fact in facts]
    text = chart_text(
        "across-sources",
        measure=words,
        reach=range_text(facts),
        count=str(len(used_sources(facts))),
        rows="; ".join(f"{_who(fact)} {fact.text}" for fact in facts),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_rows(facts), _axis(facts)),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(facts),
        details=DETAILS,
    )


def _who(fact: Fact) -> str:
    return ", ".join(filter(None, (fact.source.label, fact.period, fact.among)))


def _rows(facts: Sequence[Fact]) -> list[Row]:
    drawn: list[Row] = []
    for fact in facts:
        drawn.append(Row(_who(fact)))
        drawn.append(Row(fact.brief, fact.condition, fact.value, fact.low, fact.high))
    return drawn


def _axis(facts: Sequence[Fact]) -> Axis:
    unit = facts[0].unit
    known = [end for fact in facts for end in (fact.value, fact.low, fact.high) if not math.isnan(end)]
    low, high = min(known), max(known)
    if unit in RATIOS and low > 0:
        ticks = tuple(tick for tick in RATIO_TICKS if low / 2 <= tick <= high * 2)
        return ratio_axis(unit, ticks or (1.0,), low)
    return Axis(unit, stems=low >= 0, start=min(0.0, low))
