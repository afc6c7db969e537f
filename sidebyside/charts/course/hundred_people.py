"""Disability over the years: of a hundred people with MS, how many walk, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.course import edss_tables
from sidebyside.charts.course.edss_tables import CHOICE, FAN_YEARS, SCORE_TABLE, at_year, of, score_table
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import over_time
from sidebyside.charts.forms.over_time import Plane
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import number, rounded
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

START_YEAR: Final = 10
WHOLE: Final = 100
# How full the colour of a group is: the fuller, the less a person can walk.
DEPTHS: Final = (0.13, 0.34, 0.6, 0.92)


def hundred_people(shares: pd.DataFrame, scale: pd.DataFrame, sources: Mapping[str, Source], *, table: str) -> Figure:
    """A hundred people with MS by walking ability at each year since MS began.

    ``table`` is a key of `edss_tables.TABLES`: the score table that the shares (%) are worked out from.
    """
    rows = of(shares, table)
    grouped = _grouped(rows, scale)
    counts = grouped.apply(_counted, axis=1, result_type="expand").set_axis(grouped.columns, axis=1)
    text = chart_text(
        "hundred-people",
        table,
        before=str(sources[rows["source_id"].iloc[0]].year),
        **_crowd_values(counts),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _areas(grouped, text),
        table=_crowd_table(grouped, counts, text.heading, score_table("hundred-people", rows, sources)),
        source_ids=edss_tables.sources(rows, scale),
        details=(*_heads(grouped)[1:-1], SCORE_TABLE),
        terms=_groups_explained(scale),
    )


def _groups(scale: pd.DataFrame) -> list[str]:
    """The groups from few limits to many."""
    return list(dict.fromkeys(scale.sort_values("edss")["group"]))


def _grouped(rows: pd.DataFrame, scale: pd.DataFrame) -> pd.DataFrame:
    """Percent of people in each group (columns) at each year (index)."""
    group_of = dict(zip(scale["edss"], scale["group"], strict=True))
    summed = rows.assign(group=rows["edss"].map(group_of)).groupby(["years", "group"])["share_percent"].sum()
    return summed.unstack(fill_value=0)[_groups(scale)]


def _counted(percent: pd.Series[float]) -> list[int]:
    """Shares as people of a hundred by largest remainder, so that they always sum to a hundred."""
    exact = percent.to_numpy() / percent.sum() * WHOLE
    whole = np.floor(exact).astype(int)
    # Stable: of two equal remainders the first group gets the person, on every machine.
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: WHOLE - whole.sum()]] += 1
    return [int(count) for count in whole]


def _crowd_values(counts: pd.DataFrame) -> dict[str, str]:
    """What the words of a hundred people name: the groups at the year of the title, and some years in words."""
    free = str(counts.loc[START_YEAR].iloc[0])
    lines = (
        at_year("hundred-people", year, groups=", ".join(_counts_in_words(counts, year)))["at-year"]
        for year in map(int, FAN_YEARS)
    )
    return {"year": str(START_YEAR), "free": free, "rows": "; ".join(lines)}


def _counts_in_words(counts: pd.DataFrame, year: int) -> list[str]:
    """Each group with how many of a hundred people are in it at that year."""
    return [f"{count} {group}" for group, count in counts.loc[year].items()]


def _heads(percent: pd.DataFrame) -> list[str]:
    """The groups as columns of the table."""
    named = (f"{group[0].upper()}{group[1:]}" for group in map(str, percent))
    return [chart_text("hundred-people", group=group)["group-column"] for group in named]


def _crowd_table(percent: pd.DataFrame, counts: pd.DataFrame, years: str, score_table: str) -> pd.DataFrame:
    heads = _heads(percent)
    rows = zip(percent.index, percent.to_numpy().tolist(), counts.to_numpy().tolist(), strict=True)
    return pd.DataFrame(
        {years: str(year)}
        | {head: f"{n} ({rounded(share, 1)}%)" for head, n, share in zip(heads, people, shares, strict=True)}
        | {SCORE_TABLE: score_table}
        | {
            f"{str(group).replace(' ', '_')}_percent": round(share, 1)
            for group, share in zip(percent, shares, strict=True)
        }
        for year, shares, people in rows
    )


def _groups_explained(scale: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Each group with its steps of the scale, and what the first of them means."""
    explained = []
    for group in _groups(scale):
        steps = records(scale[scale["group"] == group].sort_values("edss"))
        first, last = (number(steps[at]["edss"]) for at in (0, -1))
        text = chart_text("hundred-people", first=first, last=last, step=steps[0]["plain"].lower())
        explained.append((group, text["group-meaning"]))
    return tuple(explained)


def _areas(percent: pd.DataFrame, text: ChartText) -> dict[str, Any]:
    """The groups as areas on each other: from few limits at the bottom to many at the top."""
    whole = percent.set_axis(percent.index.astype(int)).div(percent.sum(axis=1).to_numpy(), axis=0) * WHOLE
    first, last = int(whole.index.min()), int(whole.index.max())
    plane = Plane((first, last), FAN_YEARS, text.axis, (0, WHOLE), (0, 25, 50, 75, WHOLE), text["vertical-axis"])
    return over_time.stacked_area(whole, DEPTHS, plane, theme.MS, last - 1)


HUNDRED_PEOPLE = ChartDefinition("hundred-people", hundred_people, ("edss_shares", "edss_scale", "sources"), CHOICE)
