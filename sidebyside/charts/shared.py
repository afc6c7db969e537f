"""Charts in a shared form: rows stand in ``plots``, words in ``chart_texts``, how they are drawn in ``charts``.

Such a chart needs no Python of its own. Its texts can name what any row of figures has (`standard_values`), and hold
for what the figures do in their order (``rises``, ``falls`` or ``mixed``), for the reader's option, or always.
"""

from __future__ import annotations

import functools
import itertools
import math
from typing import TYPE_CHECKING, Any

from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.forms import share_bars
from sidebyside.charts.forms.interval_rows import NO_DIFFERENCE, Axis, figure_in_rows, figure_text, value_of
from sidebyside.charts.plotted import as_text, plotted, range_text
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data import package
from sidebyside.data.contract import LIST_SEPARATOR
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.formatting import for_reading, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.data.facts import Fact

TABLE = "charts"
YES = "yes"
SHARE_BARS = "share-bars"


def shared(chart_id: str, option: str = "", *options: str) -> ChartDefinition:
    """A chart in a shared form, with the name of its option and the option's values where it has any.

    The panels of its rows in ``plots`` are the values of its option.
    """
    draw = functools.partial(_shared, chart_id)
    return ChartDefinition(chart_id, draw, ("plots", "facts", TABLE), Options(option, options) if options else None)


def _shared(chart_id: str, plots: pd.DataFrame, facts: Mapping[str, Fact], _charts: object, **option: str) -> Figure:
    """The figure of one chart, whatever its option is called."""
    panel = next(iter(option.values()), "")
    form = _form(chart_id, panel)
    rows = plotted(plots, facts, chart_id, panel)
    if form["sorted"] == YES:
        rows = sorted(rows, key=lambda row: row.fact.ends[0])
    with_condition = form["with_condition"] == YES
    words = value_of if form["bare"] == YES else figure_text
    text = chart_text(chart_id, panel, _direction(rows), **standard_values(rows))
    if form["form"] == SHARE_BARS:
        return share_bars.figure_of_shares(text, rows)
    return figure_in_rows(text, rows, _axis(form, text.axis), words, with_condition=with_condition)


def standard_values(rows: Sequence[PlottedFact]) -> dict[str, str]:
    """What the texts of any chart of figures may name.

    ``rows`` every row in words, ``rows_with_disease`` the same with the disease of each; ``low``, ``high`` and
    ``reach`` the smallest and largest value, and both; ``first`` and ``last`` the values of these rows.
    With ``_rounded`` at its end, each of these four is rounded for reading: for titles.
    """
    ends = [end for row in rows for end in row.fact.ends if not math.isnan(end)]
    return {
        "rows": as_text(rows),
        "rows_with_disease": as_text(rows, with_condition=True),
        "low": number(min(ends)),
        "high": number(max(ends)),
        "reach": range_text(row.fact for row in rows),
        "first": number(rows[0].fact.value),
        "last": number(rows[-1].fact.value),
        "low_rounded": for_reading(min(ends)),
        "high_rounded": for_reading(max(ends)),
        "first_rounded": for_reading(rows[0].fact.value),
        "last_rounded": for_reading(rows[-1].fact.value),
    }


def _direction(rows: Sequence[PlottedFact]) -> str:
    values = [row.fact.value for row in rows]
    pairs = list(itertools.pairwise(values))
    rises, falls = (bool(pairs) and all(sign * a < sign * b for a, b in pairs) for sign in (1, -1))
    return decide("mixed", rises=rises, falls=falls)


def _form(chart_id: str, panel: str) -> Mapping[str, Any]:
    """How a chart is drawn: its row for this option, or its row for all.

    Raises:
        DataError: ``charts`` has no such row, or it is damaged.
    """
    rows: dict[str, Mapping[str, Any]] = {
        r["option"]: r for r in package.numbered_rows(TABLE) if r["chart"] == chart_id
    }
    if panel not in rows and "" not in rows:
        package.refuse_absent(TABLE, "chart", chart_id)
    return rows[panel] if panel in rows else rows[""]


def _axis(form: Mapping[str, Any], title: str) -> Axis:
    ratio = form["scale"] == "ratio"
    return Axis(
        title,
        log=ratio,
        stems=form["stems"] == YES and not ratio,
        reference=NO_DIFFERENCE if ratio else None,
        ticks=_numbers(form),
        floor=math.inf if math.isnan(form["floor"]) else form["floor"],
    )


def _numbers(form: Mapping[str, Any]) -> tuple[float, ...]:
    try:
        found = [float(each) for each in str(form["ticks"]).split(LIST_SEPARATOR) if each]
    except ValueError:
        rule = "must be numbers with semicolons between"
        raise DataError([Fault(f"{TABLE}.csv", form["line"], "ticks", rule, form["ticks"])]) from None
    return tuple(int(each) if each.is_integer() else each for each in found)
