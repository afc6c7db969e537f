"""Relapses in MS: rates in trials by year of report, and around pregnancy."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import with_scope
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import columns, over_time
from sidebyside.charts.forms.columns import Column
from sidebyside.charts.forms.interval_rows import Axis, Row, chart, open_marks
from sidebyside.charts.forms.over_time import Plane
from sidebyside.charts.plotted import FactRow, rows_with_facts, used_sources
from sidebyside.content.chart_text import Case, ChartText, chart_text, decide
from sidebyside.data.formatting import for_reading, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.data.facts import Fact

PLACEBO = "placebo"
TREATED = "treated"
OVER_TIME = "placebo"
WITH_PLACEBO = "with-placebo"
TWO_MEDICINES = "two-medicines"
VIEWS = (OVER_TIME, WITH_PLACEBO, TWO_MEDICINES)
# One axis for all choices, so that a mark means the same when the reader changes the view.
RATES = (0, 0.5, 1, 1.5)
ROOM_OF_YEARS = 1


@dataclass(frozen=True, eq=False)
class _Mark(Row):
    """A row whose mark is a ring where the group got a placebo."""

    ring: bool = False


def relapse_rates(rates: pd.DataFrame, facts: Mapping[str, Fact], *, view: str) -> Figure:
    """Relapses in a year per person, by group of a randomised trial, oldest report first.

    ``view`` is one of `VIEWS`: the placebo group of each trial, or the groups of each trial side by side.
    """
    arms = _arms(rates, facts, view)
    text = _text(arms, view)
    return Figure.of_text(
        text,
        build_spec=lambda: _spec(arms, view, text.axis),
        table=_arm_table(arms),
        source_ids=used_sources(arm.fact for arm in arms),
        details=("Note",),
    )


def _text(arms: list[FactRow], view: str) -> ChartText:
    """The words of a view; what its groups were given decides which hold."""
    first, last = arms[0].fact, arms[-1].fact
    return chart_text(
        "relapse-rates",
        view,
        _fall(arms) if view == OVER_TIME else _within(arms),
        decide("medicines", placebos=view != TWO_MEDICINES),
        decide("alone", compared=view != OVER_TIME),
        first_period=first.period,
        last_period=last.period,
        rows=_in_words(arms, view),
    )


def _spec(arms: list[FactRow], view: str, title: str) -> dict[str, Any]:
    """The marks of a view, those of placebo groups open; one group of each trial alone is a line over the years."""
    if view == OVER_TIME:
        return _over_years(arms, title)
    return open_marks(chart(_marks(arms, view), Axis(title, ticks=RATES)), "datum.ring")


def _over_years(arms: list[FactRow], title: str) -> dict[str, Any]:
    """A line from report to report, with an open mark and its number at each."""
    years = [int(arm.row["report_year"]) for arm in arms]
    ends = (min(years) - ROOM_OF_YEARS, max(years) + ROOM_OF_YEARS)
    plane = Plane(
        ends, years, chart_text("relapse-rates")["year"], (0, RATES[-1]), RATES, title, "format(datum.value, 'd')"
    )
    rows = [
        {"x": year, "value": arm.fact.value, "words": for_reading(arm.fact.value), "trial": arm.row["trial"]}
        for year, arm in zip(years, arms, strict=True)
    ]
    base = alt.Chart(pd.DataFrame(rows))
    marks = base.mark_point(size=theme.MARK_SIZE, strokeWidth=2.5, opacity=1, shape=theme.MS.shape)
    said = [alt.Tooltip("trial:N", title=" "), alt.Tooltip("words:N", title=" ")]
    marks = marks.encode(x=plane.across(), y=plane.up("value"), tooltip=said)
    words = theme.words(base, dy=-16, fontWeight="bold").encode(
        x=plane.across(), y=plane.up("value"), text=alt.Text("words:N")
    )
    line = over_time.line(base, plane, "value", theme.MS, opacity=0.5)
    return over_time.finished([line, theme.in_colour_of(marks, theme.MS), words])


def _arms(rates: pd.DataFrame, facts: Mapping[str, Fact], view: str) -> list[FactRow]:
    """The groups of one view, oldest report first, those of one report together in the table's order."""
    by_year = rates.sort_values("report_year", kind="stable")
    with_placebo = by_year["trial"].isin(by_year.loc[by_year["arm"] == PLACEBO, "trial"])
    chosen = {
        OVER_TIME: by_year[by_year["arm"] == PLACEBO].drop_duplicates("trial"),
        WITH_PLACEBO: by_year[with_placebo],
        TWO_MEDICINES: by_year[~with_placebo],
    }[view]
    return rows_with_facts(chosen, facts)


def _reports(arms: list[FactRow]) -> dict[tuple[str, int], list[FactRow]]:
    """The groups of each trial, and of each of its reports: only these may be held against each other."""
    reports: dict[tuple[str, int], list[FactRow]] = {}
    for arm in arms:
        reports.setdefault((arm.row["trial"], arm.row["report_year"]), []).append(arm)
    return reports


def _fall(arms: list[FactRow]) -> Case:
    values = [arm.fact.value for arm in arms]
    return decide("mixed", falls=all(later < earlier for earlier, later in itertools.pairwise(values)))


def _within(arms: list[FactRow]) -> Case:
    """In how many trials the group on the medicine tested had fewer relapses."""
    lower = [
        tested.fact.value < other.fact.value
        for group in _reports(arms).values()
        for tested in group
        for other in group
        if tested.row["arm"] == TREATED != other.row["arm"]
    ]
    return decide("none", all=all(lower), some=any(lower))


def _heading(row: Mapping[str, Any], group: list[FactRow], view: str, *, again: bool) -> str:
    """What stands over a report: its year and the medicine tested, or the trial's name."""
    if view != WITH_PLACEBO:
        return f"{row['report_year']}: {row['trial']} trial"
    tested = next(arm.row["treatment"] for arm in group if arm.row["arm"] == TREATED)
    year, medicine = str(row["report_year"]), tested.split(", ")[0]
    return _again(year, medicine) if again else f"{year}: {medicine}"


def _again(year: str, medicine: str) -> str:
    return chart_text("relapse-rates", year=year, medicine=medicine)["report-again"]


def _name(row: Mapping[str, Any], view: str) -> str:
    """What the group got, as short as its heading allows."""
    if view != WITH_PLACEBO or row["arm"] == PLACEBO:
        return str(row["treatment"])
    return str(row["treatment"]).partition(", ")[2] or "medicine"


def _marks(arms: list[FactRow], view: str) -> list[Row]:
    drawn: list[Row] = []
    seen: set[str] = set()
    for (trial, _), group in _reports(arms).items():
        drawn.append(Row(_heading(group[0].row, group, view, again=trial in seen)))
        seen.add(trial)
        for arm in group:
            fact, ring = arm.fact, arm.row["arm"] == PLACEBO
            words = f"{_name(arm.row, view)}: {number(fact.value)}"
            drawn.append(_Mark(words, fact.condition, fact.value, fact.low, fact.high, ring=ring))
    return drawn


def _in_words(arms: list[FactRow], view: str) -> str:
    drawn = _marks(arms, view)
    parts = [f"; {row.words}" if row.condition else f". {row.words}" for row in drawn]
    return "".join(parts).removeprefix(". ").replace("trial;", "trial,")


def _arm_table(arms: list[FactRow]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Trial": arm.row["trial"],
            "Reported": arm.fact.period,
            "Group": arm.row["treatment"],
            "Figure": arm.fact.figure,
            "Interval": arm.fact.bounds or "none given",
            "Source": arm.fact.attribution,
            "Note": arm.fact.note,
            **arm.fact.raw,
        }
        for arm in arms
    )
    return with_scope(table, [arm.fact for arm in arms])


def pregnancy(periods: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Mean relapses in a year per woman with MS, from the year before pregnancy to three months after birth.

    The standard deviation stands in the table only: it tells how women differ, not how sure the mean is.
    """
    rows = rows_with_facts(periods.sort_values("position"), facts)
    text = _pregnancy_text(rows)
    return Figure.of_text(
        text,
        build_spec=lambda: _stretches(rows, text),
        table=_pregnancy_table(rows, text["spread-heading"]),
        source_ids=used_sources(arm.fact for arm in rows),
        details=("Who was studied", "When", "Note"),
    )


def _stretches(rows: list[FactRow], text: ChartText) -> dict[str, Any]:
    """A column for each stretch of time, and birth before the first that comes after it."""
    shown = [
        Column(_capital(arm.row["period"]), arm.fact.condition, arm.fact.value, for_reading(arm.fact.value))
        for arm in rows
    ]
    after = next(n for n, arm in enumerate(rows) if text["birth"] in arm.row["period"])
    return columns.chart(shown, text.axis, RATES, (after, text["birth"]))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _pregnancy_text(rows: list[FactRow]) -> ChartText:
    rarest = min(rows, key=lambda arm: arm.fact.value)
    return chart_text(
        "pregnancy-relapses",
        rarest_period=rarest.row["period"],
        period=rows[0].fact.period,
        rows="; ".join(f"{_capital(arm.row['period'])}: {arm.fact.figure}" for arm in rows),
    )


def _pregnancy_table(rows: list[FactRow], spread: str) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Period": arm.row["period"],
            "Figure": arm.fact.figure,
            "Who was studied": arm.fact.population,
            "When": arm.fact.period,
            spread: number(arm.row["sd"]),
            "Source": arm.fact.attribution,
            "Note": arm.fact.note,
            **arm.fact.raw,
            "standard_deviation": arm.row["sd"],
        }
        for arm in rows
    )
    return with_scope(table, [arm.fact for arm in rows])


RELAPSE_RATES = ChartDefinition("relapse-rates", relapse_rates, ("relapse_rates", "facts"), Options("view", VIEWS))
PREGNANCY_RELAPSES = ChartDefinition("pregnancy-relapses", pregnancy, ("pregnancy_relapses", "facts"))
