"""What doctors can measure: evoked responses, nerve conduction, neurofilament, oligoclonal bands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, Row, chart, figure_in_rows, value_of
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact

OF_SO_MANY = re.compile(r"of (\d+) (\w+)")
TIME, LATE = "time", "late"
VISUAL = (TIME, LATE)
P100_START = 80
P100_TICKS = (80, 90, 100, 110)
CENTRAL = (theme.MS.key, theme.ALS.key)
HALF = 50
EFFECT_TICKS = (0, 0.5, 1, 1.5)


def _figure_of(fact: Fact) -> str:
    """The figure in words; a count out of so many with its share first: ``96% (49 of 51 patients)``."""
    return f"{number(_percent(fact))}% ({fact.figure})" if OF_SO_MANY.fullmatch(fact.unit) else fact.figure


def _percent(fact: Fact) -> float:
    """The share in whole percent where the figure is a count out of so many, else the figure itself."""
    counted = OF_SO_MANY.fullmatch(fact.unit)
    return round(100 * fact.value / int(counted[1])) if counted else fact.value


def _shares(rows: list[PlottedFact]) -> list[Row]:
    """Each share as a heading and a mark below it, on one axis in percent."""
    drawn: list[Row] = []
    for row in rows:
        counted = OF_SO_MANY.fullmatch(row.fact.unit)
        of = f" ({number(row.fact.value)} of {counted[1]})" if counted else ""
        drawn += [Row(row.label), Row(f"{number(_percent(row.fact))}%{of}", row.fact.condition, _percent(row.fact))]
    return drawn


def _table(rows: list[PlottedFact], what: str) -> pd.DataFrame:
    table = facts_table(rows, what).replace({"Disease": {theme.HEALTHY.key: theme.HEALTHY.name}})
    return table.assign(Figure=[_figure_of(row.fact) for row in rows])


def _listed(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}: {_figure_of(row.fact)}" for row in rows)


def _ends(rows: list[PlottedFact]) -> str:
    """The smallest and the largest figure: ``94.6 to 98.79``."""
    ends = [end for row in rows for end in row.fact.ends]
    return f"{number(min(ends))} to {number(max(ends))}"


def visual_evoked(plots: pd.DataFrame, facts: Mapping[str, Fact], *, show: str) -> Figure:
    """The visual evoked potential in MS: its P100 latency in ms, or the share of people with a late one.

    ``show`` is one of `VISUAL`. The latency stands beside that of healthy people.
    """
    rows = plotted(plots, facts, "visual-evoked", show)
    return (_visual_time if show == TIME else _visual_late)(rows)


def _visual_time(rows: list[PlottedFact]) -> Figure:
    healthy = [row for row in rows if row.fact.condition == theme.HEALTHY.key]
    ms = next(row.fact for row in rows if row.fact.condition == theme.MS.key)
    text = chart_text(
        "visual-evoked",
        TIME,
        decide("not-later", later=ms.value > max(row.fact.value for row in healthy)),
        ms=number(ms.value),
        healthy=_ends(healthy),
        rows=_listed(rows),
    )
    return figure_in_rows(
        text,
        rows,
        Axis(text.axis, stems=False, start=P100_START, ticks=P100_TICKS),
        _figure_of,
        table=_table(rows, text.heading),
    )


def _visual_late(rows: list[PlottedFact]) -> Figure:
    low, high = sorted(number(_percent(row.fact)) for row in rows)
    text = chart_text("visual-evoked", LATE, low=low, high=high, rows=_listed(rows))
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_shares(rows), Axis(text.axis, ticks=PERCENT_TICKS)),
        table=_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def central_conduction(plots: pd.DataFrame, facts: Mapping[str, Fact], *, disease: str) -> Figure:
    """How often the path from brain to muscle is slow (central motor conduction time), in percent.

    ``disease`` is one of `CENTRAL`. For MS muscles were counted, for ALS people: never on one axis.
    """
    rows = plotted(plots, facts, "central-conduction", disease)
    text = _central_text(rows, disease)
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_shares(rows), Axis(text.axis, ticks=PERCENT_TICKS)),
        table=_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _central_text(rows: list[PlottedFact], disease: str) -> ChartText:
    if disease == theme.MS.key:
        return chart_text("central-conduction", disease, figure=rows[0].fact.figure, rows=_listed(rows))
    low, high = (number(value) for value in sorted(row.fact.value for row in rows))
    return chart_text("central-conduction", disease, low=low, high=high, rows=_listed(rows))


def nerve_speed(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """How many people with ALS have slow nerves in arms and legs, motor and sensory (%, range over nerves)."""
    rows = plotted(plots, facts, "nerve-speed")
    most = max(row.fact.high for row in rows)
    text = chart_text("nerve-speed", decide("slow", keep=most < HALF), most=number(most), rows=_listed(rows))
    return figure_in_rows(
        text, rows, Axis(text.axis, ticks=PERCENT_TICKS), _figure_of, table=_people(_table(rows, text.heading))
    )


def _people(table: pd.DataFrame) -> pd.DataFrame:
    """The table with what its shares are of, and without the intervals that its source does not give."""
    return table.assign(Figure=[text.replace("%", " of 100 people") for text in table["Figure"]]).drop(
        columns="Interval"
    )


def neurofilament(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Neurofilament light in MS and in ALS against each study's own comparison group (standard deviations)."""
    rows = plotted(plots, facts, "neurofilament")
    raised = all(row.fact.value > 0 and not row.fact.low <= 0 for row in rows)
    text = chart_text("neurofilament", decide("not-all", raised=raised), rows=_compared(rows))
    return figure_in_rows(
        text, rows, Axis(text.axis, ticks=EFFECT_TICKS), value_of, with_condition=True, table=_table(rows, text.heading)
    )


def _compared(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.fact.condition}, {row.label}: {number(row.fact.value)}" for row in rows)


def oligoclonal_bands(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """People with oligoclonal bands in spinal fluid: after a first attack, in MS and in ALS (%)."""
    rows = plotted(plots, facts, "oligoclonal-bands")
    values = {c.key: [row.fact for row in rows if row.fact.condition == c.key] for c in theme.CONDITIONS}
    first = "cis-ocb"
    ms = [PlottedFact("", fact) for fact in values[theme.MS.key] if fact.fact_id != first]
    (als,) = values[theme.ALS.key]
    text = chart_text("oligoclonal-bands", ms=_ends(ms), als=als.figure, rows=_listed(rows))
    return figure_in_rows(
        text, rows, Axis(text.axis, ticks=PERCENT_TICKS), _figure_of, table=_table(rows, text.heading)
    )


VISUAL_EVOKED = ChartDefinition("visual-evoked", visual_evoked, ("plots", "facts"), Options("show", VISUAL))
CENTRAL_CONDUCTION = ChartDefinition(
    "central-conduction", central_conduction, ("plots", "facts"), Options("disease", CENTRAL)
)
NERVE_SPEED = ChartDefinition("nerve-speed", nerve_speed, ("plots", "facts"))
NEUROFILAMENT = ChartDefinition("neurofilament", neurofilament, ("plots", "facts"))
OLIGOCLONAL_BANDS = ChartDefinition("oligoclonal-bands", oligoclonal_bands, ("plots", "facts"))
