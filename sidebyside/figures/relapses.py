"""Relapses in MS: rates in trials by year of report, and around pregnancy."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import FactRow, rows_with_facts, scoped, used_sources
from sidebyside.figures.rows import Axis, Row, chart, open_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact

PLACEBO = "placebo"
TREATED = "treated"
OVER_TIME = "placebo"
WITH_PLACEBO = "with-placebo"
TWO_MEDICINES = "two-medicines"
VIEWS: Mapping[str, str] = {
    OVER_TIME: "Placebo groups over the years",
    WITH_PLACEBO: "Placebo beside medicine, trial by trial",
    TWO_MEDICINES: "Two medicines, trial by trial",
}
# One axis for all choices, so that a mark means the same when the reader changes the view.
RATES = (0, 0.5, 1, 1.5)


@dataclass(frozen=True, eq=False)
class _Mark(Row):
    """A row whose mark is a ring where the group got a placebo."""

    ring: bool = False


def relapse_rates(rates: pd.DataFrame, facts: Mapping[str, Fact], *, view: str) -> Figure:
    """Relapses in a year per person, by group of a randomised trial, oldest report first.

    ``view`` is a key of `VIEWS`: the placebo group of each trial, or the groups of each trial side by side.
    """
    arms = _arms(rates, facts, view)
    return Figure(
        id="relapse-rates",
        title=_fall(arms) if view == OVER_TIME else _within(arms, view),
        draw=lambda: _drawn(arms, view),
        table=_arm_table(arms),
        alt=f"Relapses in a year per person. {_said(arms, view)}.",
        how_to_read=_how_to_read(view),
        caveats=_caveats(view),
        source_ids=used_sources(arm.fact for arm in arms),
        details=("Note",),
    )


def _drawn(arms: list[FactRow], view: str) -> dict[str, Any]:
    """The marks of a view, those of placebo groups open."""
    axis = Axis(title="relapses in a year per person", ticks=RATES)
    return open_marks(chart(_marks(arms, view), axis), "datum.ring")


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


def _fall(arms: list[FactRow]) -> str:
    values = [arm.fact.value for arm in arms]
    (first, last) = (f"{number(arm.fact.value)} relapses a year in {arm.fact.period}" for arm in (arms[0], arms[-1]))
    if all(later < earlier for earlier, later in itertools.pairwise(values)):
        return f"In placebo groups, relapses fell from trial to trial: {first}, {last}"
    return f"In placebo groups, relapses did not fall from each trial to the next: {first}, {last}"


def _within(arms: list[FactRow], view: str) -> str:
    lower = [
        tested.fact.value < other.fact.value
        for group in _reports(arms).values()
        for tested in group
        for other in group
        if tested.row["arm"] == TREATED != other.row["arm"]
    ]
    where = "In each of these trials" if all(lower) else "In some of these trials, but not in all" if any(lower) else ""
    many = f"{where}, people" if where else "In none of these trials, people"
    if view == WITH_PLACEBO:
        return f"{many} on a medicine had fewer relapses than people on placebo"
    return f"{many} on the medicine being tested had fewer relapses than people on the other one"


def _heading(row: Mapping[str, Any], group: list[FactRow], view: str, *, again: bool) -> str:
    """What stands over a report: its year and the medicine tested, or the trial's name."""
    if view != WITH_PLACEBO:
        return f"{row['report_year']}: {row['trial']} trial"
    tested = next(arm.row["treatment"] for arm in group if arm.row["arm"] == TREATED)
    return f"{row['report_year']}: {tested.split(', ')[0]}{', same trial after more years' if again else ''}"


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


def _said(arms: list[FactRow], view: str) -> str:
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
    return scoped(table, [arm.fact for arm in arms])


def _how_to_read(view: str) -> str:
    if view == OVER_TIME:
        return (
            "Each ring is the placebo group of one trial, oldest first. The further left, the fewer relapses in a year."
        )
    if view == WITH_PLACEBO:
        return (
            "Rings are groups on placebo, filled marks are groups on a medicine. Compare only marks under one heading. "
            "A thin line is the interval, where the source gives one."
        )
    return "Each heading is one trial, and each mark is one of its groups. Compare only marks under one heading."


def _caveats(view: str) -> tuple[str, ...]:
    changed = (
        "People who join newer trials have had fewer relapses before and are older. So the trials cannot be compared, "
        "and fewer relapses need not mean milder MS."
    )
    no_rank = "This chart cannot rank medicines: only the groups within one trial were alike at its start."
    few = "These are the trials whose figures we could read twice, not all trials there are."
    maker = "For the natalizumab trial, a review gives slightly higher rates for both groups than its maker does."
    return {
        OVER_TIME: (changed, maker, few),
        WITH_PLACEBO: (no_rank, changed, maker, few),
        TWO_MEDICINES: (no_rank, few),
    }[view]


def pregnancy(periods: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Mean relapses in a year per woman with MS, from the year before pregnancy to three months after birth.

    The standard deviation stands in the table only: it tells how women differ, not how sure the mean is.
    """
    rows = rows_with_facts(periods.sort_values("position"), facts)
    drawn = [
        mark
        for arm in rows
        for mark in (Row(_capital(arm.row["period"])), Row(number(arm.fact.value), arm.fact.condition, arm.fact.value))
    ]
    return Figure(
        id="pregnancy-relapses",
        title=_pregnancy_title(rows),
        draw=lambda: chart(drawn, Axis(title="relapses per woman, counted as for a whole year", ticks=RATES)),
        table=_pregnancy_table(rows),
        alt=(
            f"One study, {rows[0].fact.period}. "
            + "; ".join(f"{_capital(arm.row['period'])}: {arm.fact.figure}" for arm in rows)
            + "."
        ),
        how_to_read=(
            "Each mark is the average of one stretch of time, in order. Stretches of three months are counted as if "
            "they lasted a year, so that all five can be compared."
        ),
        caveats=(
            "Women differed a lot: the table gives the spread around each average. It is not a margin of error.",
            "After these months, the rate went back to what it was before the pregnancy.",
            "One study of the 1990s in Europe. It tells about a group, not about one pregnancy.",
            "If you would like a child: talk with your team before you stop birth control, and do not stop a medicine "
            "alone.",
        ),
        source_ids=used_sources(arm.fact for arm in rows),
        details=("Who was studied", "When", "Note"),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _pregnancy_title(rows: list[FactRow]) -> str:
    by_rate = sorted(rows, key=lambda arm: arm.fact.value)
    least, most = by_rate[0], by_rate[-1]
    return (
        f"In one study, relapses were rarest in the {least.row['period']} ({number(least.fact.value)} a year), most "
        f"frequent in the {most.row['period']} ({number(most.fact.value)})"
    )


def _pregnancy_table(rows: list[FactRow]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Period": arm.row["period"],
            "Figure": arm.fact.figure,
            "Who was studied": arm.fact.population,
            "When": arm.fact.period,
            "Spread between women (standard deviation)": number(arm.row["sd"]),
            "Source": arm.fact.attribution,
            "Note": arm.fact.note,
            **arm.fact.raw,
            "standard_deviation": arm.row["sd"],
        }
        for arm in rows
    )
    return scoped(table, [arm.fact for arm in rows])


RELAPSE_RATES = Recipe("relapse-rates", relapse_rates, ("relapse_rates", "facts"), Choice("view", tuple(VIEWS)))
PREGNANCY_RELAPSES = Recipe("pregnancy-relapses", pregnancy, ("pregnancy_relapses", "facts"))
