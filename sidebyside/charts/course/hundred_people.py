"""Disability over the years: a hundred people, year by year."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.course import edss_tables
from sidebyside.charts.course.edss_tables import CHOICE, FAN_YEARS, SCORE_TABLE, at_year, of, score_table
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import scrubber
from sidebyside.charts.forms.people import CROWD, people_marks
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import number, rounded
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.data.sources import Source

START_YEAR: Final = 10
A_ROW: Final = 10
# How full the marks of a group are: the fuller, the less a person can walk.
DEPTHS: Final = (0.0, 0.3, 0.6, 1.0)


def hundred_people(shares: pd.DataFrame, scale: pd.DataFrame, sources: Mapping[str, Source], *, table: str) -> Figure:
    """A hundred people with MS by walking ability at each year since MS began, scrubbed in the browser.

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
        build_spec=lambda: _crowd_chart(counts, text["slider"]),
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
    exact = percent.to_numpy() / percent.sum() * CROWD
    whole = np.floor(exact).astype(int)
    # Stable: of two equal remainders the first group gets the person, on every machine.
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: CROWD - whole.sum()]] += 1
    return [int(count) for count in whole]


def _crowd_values(counts: pd.DataFrame) -> dict[str, str]:
    """What the words of a hundred people name: the groups at the year of the title, and some years in words."""
    free, _, aid, chair = map(str, counts.loc[START_YEAR])
    lines = (
        at_year("hundred-people", year, groups=", ".join(_counts_in_words(counts, year)))["at-year"]
        for year in map(int, FAN_YEARS)
    )
    return {"year": str(START_YEAR), "free": free, "aid": aid, "chair": chair, "rows": "; ".join(lines)}


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


def _crowd_chart(counts: pd.DataFrame, slider: str) -> dict[str, Any]:
    person = np.arange(CROWD)
    # The n-th person belongs to the first group whose running total is above n.
    groups = (person[:, None, None] >= counts.to_numpy().cumsum(axis=1)[None]).sum(axis=2)
    people = pd.DataFrame({"column": person % A_ROW, "row": person // A_ROW, "condition": theme.MS.key})
    people["trace"] = scrubber.encode(groups.astype(float), 0, len(DEPTHS) - 1)
    data = {"people": records(people), "said": _lines(counts)}
    return scrubber.fill_template(_crowd_template(int(counts.index.min()), int(counts.index.max()), slider), data)


def _lines(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """The words for each year: the year, then each group with its count."""
    rows: list[dict[str, Any]] = []
    for year in map(int, counts.index):
        head = at_year("hundred-people", year)["since"]
        rows.append({"year": year, "line": 0, "level": -1, "words": head})
        said = _counts_in_words(counts, year)
        rows += [{"year": year, "line": n + 1, "level": n, "words": words} for n, words in enumerate(said)]
    return rows


@functools.cache
def _crowd_template(first: int, last: int, slider_name: str) -> dict[str, Any]:
    """The drawing of a hundred people over these years, before it has data."""
    lines = len(DEPTHS) + 1
    rows = CROWD // A_ROW + lines
    x = alt.X("column:Q", scale=alt.Scale(domain=[-0.7, A_ROW - 0.3], nice=False), axis=None)
    y = alt.Y("row:Q", scale=alt.Scale(domain=[CROWD // A_ROW - 0.4, -lines - 0.9], nice=False), axis=None)
    at = f"({scrubber.NOW} - {first})"
    people = alt.Chart(alt.NamedData("people")).transform_calculate(
        level=f"round({scrubber.decode_expression('datum.trace', at)} * {len(DEPTHS) - 1})"
    )
    said = alt.Chart(alt.NamedData("said")).transform_filter(f"datum.year == {scrubber.NOW}")
    said = said.transform_calculate(row=f"datum.line - {lines + 0.4}", column="0")
    samples = said.transform_filter("datum.level >= 0")
    text = alt.Text("words:N")
    layers = [
        people_marks(people, 210, theme.MS, DEPTHS).encode(x=x, y=y),
        people_marks(samples, theme.MARK_SIZE, theme.MS, DEPTHS).encode(x=x, y=y),
        theme.words(samples, align="left", dx=14).encode(x=x, y=y, text=text),
        _heading(said).encode(x=x, y=y, text=text),
    ]
    slider = scrubber.slider(slider_name, START_YEAR, last, 1, first)
    return theme.finished(alt.layer(*layers).add_params(*slider), rows - 1)


def _heading(said: alt.Chart) -> alt.Chart:
    return theme.words(said.transform_filter("datum.level < 0"), align="left", dx=-6, fontWeight="bold")


HUNDRED_PEOPLE = ChartDefinition("hundred-people", hundred_people, ("edss_shares", "edss_scale", "sources"), CHOICE)
