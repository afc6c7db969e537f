"""Relapses in MS: rates in trials by year of report, and around pregnancy."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import scoped, used_sources
from sidebyside.figures.rows import Axis, Row, chart, open_marks
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact

    Arm = tuple[dict[str, Any], Fact]

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
        source_ids=used_sources(fact for _, fact in arms),
        details=("Note",),
    )


def _drawn(arms: list[Arm], view: str) -> dict[str, Any]:
    """The marks of a view, those of placebo groups open."""
    axis = Axis(title="relapses in a year per person", ticks=RATES)
    return open_marks(chart(_marks(arms, view), axis), "datum.ring")


def _arms(rates: pd.DataFrame, facts: Mapping[str, Fact], view: str) -> list[Arm]:
    """The groups of one view, oldest report first, those of one report together in the table's order."""
    by_year = rates.sort_values("report_year", kind="stable")
    with_placebo = by_year["trial"].isin(by_year.loc[by_year["arm"] == PLACEBO, "trial"])
    chosen = {
        OVER_TIME: by_year[by_year["arm"] == PLACEBO].drop_duplicates("trial"),
        WITH_PLACEBO: by_year[with_placebo],
        TWO_MEDICINES: by_year[~with_placebo],
    }[view]
    return [(row, facts[row["fact_id"]]) for row in records(chosen)]


def _reports(arms: list[Arm]) -> dict[tuple[str, int], list[Arm]]:
    """The groups of each trial, and of each of its reports: only these may be held against each other."""
    reports: dict[tuple[str, int], list[Arm]] = {}
    for arm in arms:
        reports.setdefault((arm[0]["trial"], arm[0]["report_year"]), []).append(arm)
    return reports


def _fall(arms: list[Arm]) -> str:
    values = [fact.value for _, fact in arms]
    (first, last) = (f"{number(fact.value)} relapses a year in {fact.period}" for _, fact in (arms[0], arms[-1]))
    if all(later < earlier for earlier, later in itertools.pairwise(values)):
        return f"In placebo groups, relapses fell from trial to trial: {first}, {last}"
    return f"In placebo groups, relapses did not fall from each trial to the next: {first}, {last}"


def _within(arms: list[Arm], view: str) -> str:
    lower = [
        fact.value < other.value
        for group in _reports(arms).values()
        for row, fact in group
        for beside, other in group
        if row["arm"] == TREATED != beside["arm"]
    ]
    where = "In each of these trials" if all(lower) else "In some of these trials, but not in all" if any(lower) else ""
    many = f"{where}, people" if where else "In none of these trials, people"
    if view == WITH_PLACEBO:
        return f"{many} on a medicine had fewer relapses than people on placebo"
    return f"{many} on the medicine being tested had fewer relapses than people on the other one"


def _heading(row: Mapping[str, Any], group: list[Arm], view: str, *, again: bool) -> str:
    """What stands over a report: its year and the medicine tested, or the trial's name."""
    if view != WITH_PLACEBO:
        return f"{row['report_year']}: {row['trial']} trial"
    tested = next(beside["treatment"] for beside, _ in group if beside["arm"] == TREATED)
    return f"{row['report_year']}: {tested.split(', ')[0]}{', same trial after more years' if again else ''}"


def _name(row: Mapping[str, Any], view: str) -> str:
    """What the group got, as short as its heading allows."""
    if view != WITH_PLACEBO or row["arm"] == PLACEBO:
        return str(row["treatment"])
    return str(row["treatment"]).partition(", ")[2] or "medicine"


def _marks(arms: list[Arm], view: str) -> list[Row]:
    drawn: list[Row] = []
    seen: set[str] = set()
    for (trial, _), group in _reports(arms).items():
        drawn.append(Row(_heading(group[0][0], group, view, again=trial in seen)))
        seen.add(trial)
        for row, fact in group:
            words = f"{_name(row, view)}: {number(fact.value)}"
            ring = row["arm"] == PLACEBO
            drawn.append(_Mark(words, fact.condition, fact.value, fact.low, fact.high, ring=ring))
    return drawn


def _said(arms: list[Arm], view: str) -> str:
    drawn = _marks(arms, view)
    parts = [f"; {row.words}" if row.condition else f". {row.words}" for row in drawn]
    return "".join(parts).removeprefix(". ").replace("trial;", "trial,")


def _arm_table(arms: list[Arm]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Trial": row["trial"],
            "Reported": fact.period,
            "Group": row["treatment"],
            "Figure": fact.figure,
            "Interval": fact.bounds or "none given",
            "Source": fact.attribution,
            "Note": fact.note,
            **fact.raw,
        }
        for row, fact in arms
    )
    return scoped(table, [fact for _, fact in arms])


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
    rows = [(row, facts[row["fact_id"]]) for row in records(periods.sort_values("position"))]
    drawn = [
        mark
        for row, fact in rows
        for mark in (Row(_capital(row["period"])), Row(number(fact.value), fact.condition, fact.value))
    ]
    return Figure(
        id="pregnancy-relapses",
        title=_pregnancy_title(rows),
        draw=lambda: chart(drawn, Axis(title="relapses per woman, counted as for a whole year", ticks=RATES)),
        table=_pregnancy_table(rows),
        alt=(
            f"One study, {rows[0][1].period}. "
            + "; ".join(f"{_capital(row['period'])}: {fact.figure}" for row, fact in rows)
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
        source_ids=used_sources(fact for _, fact in rows),
        details=("Who was studied", "When", "Note"),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _pregnancy_title(rows: list[Arm]) -> str:
    by_rate = sorted(rows, key=lambda row: row[1].value)
    (least, low), (most, high) = by_rate[0], by_rate[-1]
    return (
        f"In one study, relapses were rarest in the {least['period']} ({number(low.value)} a year), most "
        f"frequent in the {most['period']} ({number(high.value)})"
    )


def _pregnancy_table(rows: list[Arm]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Period": row["period"],
            "Figure": fact.figure,
            "Who was studied": fact.population,
            "When": fact.period,
            "Spread between women (standard deviation)": number(row["sd"]),
            "Source": fact.attribution,
            "Note": fact.note,
            **fact.raw,
            "standard_deviation": row["sd"],
        }
        for row, fact in rows
    )
    return scoped(table, [fact for _, fact in rows])


RELAPSE_RATES = Recipe("relapse-rates", relapse_rates, ("relapse_rates", "facts"), Choice("view", "Show", VIEWS))
PREGNANCY_RELAPSES = Recipe("pregnancy-relapses", pregnancy, ("pregnancy_relapses", "facts"))
