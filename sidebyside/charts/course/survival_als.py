"""How long people lived with ALS, by form and by place; the list of all charts about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.charts.course.survival_als_changes import WHAT_CHANGES
from sidebyside.charts.course.survival_als_shares import ALS_ALIVE, HUNDRED_ALS, LONG_SURVIVORS
from sidebyside.charts.course.survival_shared import DIAGNOSIS, NEEDS, ONSET, as_text, notes
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.forms.interval_rows import Axis, figure_in_rows
from sidebyside.charts.plotted import plotted, range_text
from sidebyside.content.chart_text import chart_text, decide, options
from sidebyside.data.formatting import for_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.charts.figure import Figure
    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import Case
    from sidebyside.data.facts import Fact

MONTHS_TICKS = (0, 12, 24, 36, 48, 60, 72)
# How the groups begin whose form of ALS long stays in the arms or legs.
SLOW = "flail"

FORMS = ("london", "melbourne", "osaka")
PLACES = (ONSET, DIAGNOSIS)


def als_by_form(plots: pd.DataFrame, facts: Mapping[str, Fact], *, clinic: str) -> Figure:
    """Median survival in months by form of ALS, the people of one clinic a time.

    ``clinic`` is one of `FORMS`. London and Melbourne count from the first symptoms; the source for Osaka does not
    say from when.
    """
    rows = plotted(plots, facts, "als-by-form", clinic)
    slow = [row.fact for row in rows if row.fact.group.startswith(SLOW)]
    rest = [row.fact for row in rows if not row.fact.group.startswith(SLOW)]
    text = chart_text(
        "als-by-form",
        clinic,
        _slower(slow, rest),
        place=chart_text("als-by-form", clinic)["place"],
        clinic=options("als-by-form")[clinic],
        rows=as_text(rows),
        **({} if slow else {"others": range_text(rest, for_reading)}),
    )
    return figure_in_rows(text, rows, Axis(text.axis, ticks=MONTHS_TICKS))


def _slower(slow: list[Fact], rest: list[Fact]) -> Case:
    """Whether a clinic names forms that long stay in the arms or legs, and whether they all run slower."""
    slower = bool(slow) and min(fact.value for fact in slow) > max(fact.value for fact in rest)
    return decide("no_flail", slower=slower, not_all_slower=bool(slow))


def als_by_place(plots: pd.DataFrame, facts: Mapping[str, Fact], *, start: str) -> Figure:
    """Median survival in months by population, from the first symptoms or from the diagnosis, never both.

    ``start`` is one of `PLACES`. Only medians that their sources print in months.
    """
    rows = plotted(plots, facts, "als-by-place", start)
    text = chart_text(
        "als-by-place",
        start,
        spread=range_text((row.fact for row in rows), for_reading),
        rows=as_text(rows),
        **notes(rows),
    )
    return figure_in_rows(text, rows, Axis(text.axis, ticks=_month_ticks(rows)))


def _month_ticks(rows: list[PlottedFact]) -> tuple[float, ...]:
    longest = max(end for row in rows for end in (*row.fact.ends, row.fact.high) if end == end)
    return tuple(tick for tick in MONTHS_TICKS if tick < longest + 12)


ALS_BY_FORM = ChartDefinition("als-by-form", als_by_form, NEEDS, Options("clinic", FORMS))
ALS_BY_PLACE = ChartDefinition("als-by-place", als_by_place, NEEDS, Options("start", PLACES))
LENGTHS = (ALS_BY_FORM, ALS_BY_PLACE, HUNDRED_ALS, ALS_ALIVE, LONG_SURVIVORS)
DEFINITIONS = (*LENGTHS, WHAT_CHANGES)
