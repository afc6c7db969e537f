"""What doctors can measure: evoked responses, nerve conduction, neurofilament, oligoclonal bands, on one sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import small_multiples
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, Row
from sidebyside.charts.forms.small_multiples import Panel
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import for_reading, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

ID = "measures"
OF_SO_MANY = re.compile(r"of (\d+) (\w+)")
HALF = 50


class Scale(NamedTuple):
    """Where the axis of a test has its numbers, and where it starts."""

    ticks: tuple[float, ...] = PERCENT_TICKS
    start: float = 0.0


VISUAL_TIME, NERVE_SPEED = "visual-time", "nerve-speed"
# For MS muscles were counted, for ALS people: never on one axis.
TESTS: Mapping[str, Scale] = {
    VISUAL_TIME: Scale((80, 90, 100, 110), 80),
    "visual-late": Scale(),
    "central-ms": Scale(),
    "central-als": Scale(),
    NERVE_SPEED: Scale(),
    "neurofilament": Scale((0, 0.5, 1, 1.5)),
    "oligoclonal-bands": Scale(),
}


def measures(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Seven tests as small charts of one sheet, each with its own axis: in MS, in ALS, in people with neither.

    Columns of the table: test and group, disease, figure, interval, whom it counts, source, note; raw numbers.

    Raises:
        DataError: a row or a text of the chart is damaged.
    """
    rows = {test: plotted(plots, facts, ID, test) for test in TESTS}
    text = _text(rows)
    return Figure.of_text(
        text,
        build_spec=lambda: small_multiples.chart([_panel(test, rows[test], text) for test in TESTS]),
        table=_table(rows, text),
        source_ids=used_sources(row.fact for test in rows.values() for row in test),
        details=DETAILS,
    )


def _text(rows: Mapping[str, list[PlottedFact]]) -> ChartText:
    """The words: that a signal is late, and that nerves keep their speed, is said only where the figures say it."""
    times = {row.fact.condition: row.fact.value for row in rows[VISUAL_TIME]}
    healthy = max(row.fact.value for row in rows[VISUAL_TIME] if row.fact.condition == theme.HEALTHY.key)
    slow = max(row.fact.high for row in rows[NERVE_SPEED])
    headings = chart_text(ID)
    said = (f"{headings[f'panel-{test}']}: {_listed(each)}" for test, each in rows.items())
    late = decide("in-time", late=times[theme.MS.key] > healthy)
    return chart_text(ID, late, decide("slow", kept=slow < HALF), rows=". ".join(said))


def _listed(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}: {_figure_of(row.fact)}" for row in rows)


def _figure_of(fact: Fact) -> str:
    """The figure in words; a count out of so many with its share first: ``96% (49 of 51 patients)``."""
    return f"{number(_percent(fact))}% ({fact.figure})" if OF_SO_MANY.fullmatch(fact.unit) else fact.figure


def _percent(fact: Fact) -> float:
    """The share in whole percent where the figure is a count out of so many, else the figure itself."""
    counted = OF_SO_MANY.fullmatch(fact.unit)
    return round(100 * fact.value / int(counted[1])) if counted else fact.value


def _panel(test: str, rows: list[PlottedFact], text: ChartText) -> Panel:
    ticks, start = TESTS[test]
    drawn = [each for row in rows for each in (Row(row.label), _mark(row.fact))]
    return Panel(text[f"panel-{test}"], drawn, Axis(text[f"axis-{test}"], ticks=ticks, start=start))


def _mark(fact: Fact) -> Row:
    said = f"{for_reading(_percent(fact))}%" if OF_SO_MANY.fullmatch(fact.unit) else fact.brief
    return Row(said, fact.condition, _percent(fact), fact.low, fact.high)


def _table(rows: Mapping[str, list[PlottedFact]], text: ChartText) -> pd.DataFrame:
    lined = [row._replace(label=f"{text[f'panel-{test}']}: {row.label}") for test, each in rows.items() for row in each]
    table = facts_table(lined, text.heading).replace({"Disease": {theme.HEALTHY.key: theme.HEALTHY.name}})
    return table.assign(Figure=[_figure_of(row.fact) for row in lined])


MEASURES = ChartDefinition(ID, measures, ("plots", "facts"))
