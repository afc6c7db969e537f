"""MS over the years: how disability spreads, and a hundred people by year."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside import theme
from sidebyside.chart_text import chart_text, decide
from sidebyside.charts.definition import Choice, Recipe
from sidebyside.charts.figure import Figure
from sidebyside.data.formatting import number, rounded
from sidebyside.data.reading import records
from sidebyside.figures import traces
from sidebyside.figures.crowd import CROWD, rings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidebyside.chart_text import ChartText
    from sidebyside.data.sources import Source

TABLES: Mapping[str, str] = {"updated": "msss-updated-2017", "older": "msss-original-2005"}
TITLE_YEAR: Final = 15
START_YEAR: Final = 10
A_ROW: Final = 10
WORDS_ROOM: Final = 0.9
FAN_ROWS: Final = 15
FAN_YEARS: Final = (1.0, 10.0, 20.0, 30.0)
# From the top of the drawing down.
QUANTILES: Final = ("p90", "p75", "p50", "p25", "p10")
SCORE_TABLE: Final = "Score table"
# How full the marks of a group are: the fuller, the less a person can walk.
DEPTHS: Final = (0.0, 0.3, 0.6, 1.0)


def _of(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of one score table, by year."""
    return frame[frame["table_id"] == TABLES[table]].sort_values("years")


def _sources(frame: pd.DataFrame, scale: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*frame["source_id"], *frame["copy_source_id"], *scale["source_id"]]))


def _score_table(chart: str, frame: pd.DataFrame, sources: Mapping[str, Source]) -> str:
    row = frame.iloc[0]
    source, copy = (sources[row[column]].label for column in ("source_id", "copy_source_id"))
    return chart_text(chart, source=source, copy=copy)["score-table"]


def _at_year(chart: str, year: int, **values: str) -> ChartText:
    """The words of one year of a chart."""
    return chart_text(chart, decide("years", one_year=year == 1), year=str(year), **values)


# ---------------------------------------------------------------- the spread of disability


def edss_fan(quantiles: pd.DataFrame, scale: pd.DataFrame, sources: Mapping[str, Source], *, table: str) -> Figure:
    """Disability in MS (EDSS, 0 to 10) by years since MS began: median, middle half, middle eight tenths.

    ``table`` is a key of `TABLES`: the score table that the quantiles are worked out from.
    """
    rows, steps = _of(quantiles, table), _named_steps(scale)
    text = chart_text("edss-fan", table, **_fan_values(rows))
    return Figure.of_text(
        text,
        draw=lambda: _fan_chart(rows, steps, text),
        table=_fan_table(rows, text, _score_table("edss-fan", rows, sources)),
        source_ids=_sources(rows, scale),
        details=(text["column-p25"], text["column-p75"], SCORE_TABLE),
        terms=tuple((_step_words(step), f"{step['plain']}.") for step in steps),
    )


def _named_steps(scale: pd.DataFrame) -> list[dict[str, Any]]:
    return records(scale[scale["short"] != ""].sort_values("edss"))


def _step_words(step: Mapping[str, Any]) -> str:
    return f"{number(step['edss'])}: {step['short']}"


def _fan_values(rows: pd.DataFrame) -> dict[str, str]:
    """What the words of the spread name: its ends at the year of the title, and some years in words."""
    (row,) = records(rows[rows["years"] == TITLE_YEAR])
    low, high, top = (number(row[key]) for key in ("p25", "p75", "p90"))
    told = (_fan_said(row) for row in records(rows[rows["years"].isin(FAN_YEARS)]))
    return {"year": str(TITLE_YEAR), "low": low, "high": high, "top": top, "rows": "; ".join(told)}


def _fan_said(row: Mapping[str, Any]) -> str:
    names = {"p50": "half", "p25": "low", "p75": "high", "p10": "bottom", "p90": "top"}
    values = {name: number(row[key]) for key, name in names.items()}
    return _at_year("edss-fan", row["years"], **values)["at-year"]


def _fan_table(rows: pd.DataFrame, text: ChartText, score_table: str) -> pd.DataFrame:
    heads = {key: text[f"column-{key}"] for key in reversed(QUANTILES)}
    years = text.heading
    return pd.DataFrame(
        {years: str(row["years"])}
        | {head: number(row[key]) for key, head in heads.items()}
        | {SCORE_TABLE: score_table}
        for row in records(rows)
    )


def _fan_chart(rows: pd.DataFrame, steps: Sequence[Mapping[str, Any]], text: ChartText) -> dict[str, Any]:
    last = int(rows["years"].max())
    x = alt.X(
        "years:Q",
        scale=alt.Scale(domain=[1, 1 + (last - 1) * (1 + WORDS_ROOM)], nice=False),
        axis=theme.axis(text.axis, FAN_YEARS),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0, 10], nice=False),
        axis=theme.axis(text["vertical-axis"], [0.0, 2.0, 4.0, 6.0, 8.0, 10.0], grid=False),
    )
    base = alt.Chart(_fan_data(rows))
    layers = [_band(base, "low", "high", 0.2, x, y), _band(base, "inner_low", "inner_high", 0.38, x, y)]
    layers += _steps(steps, last, x, y)
    line = base.mark_line(color=theme.MS.colour, strokeWidth=4, aria=False)
    layers += [line.encode(x=x, y=y), _ends(rows[rows["years"] == last], text, x, y)]
    return theme.finished(alt.layer(*layers), FAN_ROWS)


def _fan_data(rows: pd.DataFrame) -> pd.DataFrame:
    names = {"p50": "value", "p10": "low", "p90": "high", "p25": "inner_low", "p75": "inner_high"}
    drawn = rows[["years", *names]].rename(columns=names)
    return drawn.assign(years=drawn["years"].astype(int))


def _band(base: alt.Chart, low: str, high: str, depth: float, x: alt.X, y: alt.Y) -> alt.Chart:
    band = base.mark_area(color=theme.MS.colour, opacity=depth, aria=False)
    drawn: alt.Chart = band.encode(x=x, y=alt.Y(f"{low}:Q", scale=y["scale"]), y2=alt.Y2(f"{high}:Q"))
    return drawn


def _steps(steps: Sequence[Mapping[str, Any]], last: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Some steps of the scale as lines with their words, above the line and left, where the bands are low."""
    named = [{"step": s["edss"], "words": _step_words(s), "years": 1, "last": last} for s in steps]
    base = alt.Chart(pd.DataFrame(named))
    height = alt.Y("step:Q", scale=y["scale"])
    rule = base.mark_rule(color=theme.TEXT, opacity=0.55, strokeDash=[5, 4], aria=False)
    words = theme.words(base, align="left", baseline="bottom", dx=5, dy=-3)
    across = alt.X("years:Q", scale=x["scale"])
    return [
        rule.encode(x=across, x2=alt.X2("last:Q"), y=height),
        words.encode(x=across, y=height, text=alt.Text("words:N")),
    ]


def _ends(last: pd.DataFrame, text: ChartText, x: alt.X, y: alt.Y) -> alt.Chart:
    """What each edge means, right of the last year."""
    (row,) = records(last)
    ends = [{"years": int(row["years"]), "edge": row[key], "words": text[f"edge-{key}"]} for key in QUANTILES]
    return theme.words(alt.Chart(pd.DataFrame(ends)), align="left", dx=7).encode(
        x=alt.X("years:Q", scale=x["scale"]), y=alt.Y("edge:Q", scale=y["scale"]), text=alt.Text("words:N")
    )


# ---------------------------------------------------------------- a hundred people


def hundred_people(shares: pd.DataFrame, scale: pd.DataFrame, sources: Mapping[str, Source], *, table: str) -> Figure:
    """A hundred people with MS by walking ability at each year since MS began, scrubbed in the browser.

    ``table`` is a key of `TABLES`: the score table that the shares (%) are worked out from.
    """
    rows = _of(shares, table)
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
        draw=lambda: _crowd_chart(counts, text["slider"]),
        table=_crowd_table(grouped, counts, text.heading, _score_table("hundred-people", rows, sources)),
        source_ids=_sources(rows, scale),
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
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: CROWD - whole.sum()]] += 1
    return [int(count) for count in whole]


def _crowd_values(counts: pd.DataFrame) -> dict[str, str]:
    """What the words of a hundred people name: the groups at the year of the title, and some years in words."""
    free, _, aid, chair = map(str, counts.loc[START_YEAR])
    told = (
        _at_year("hundred-people", year, groups=", ".join(_counts_said(counts, year)))["at-year"]
        for year in map(int, FAN_YEARS)
    )
    return {"year": str(START_YEAR), "free": free, "aid": aid, "chair": chair, "rows": "; ".join(told)}


def _counts_said(counts: pd.DataFrame, year: int) -> list[str]:
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
    people["trace"] = traces.written(groups.astype(float), 0, len(DEPTHS) - 1)
    data = {"people": records(people), "said": _lines(counts)}
    return traces.filled(_crowd_template(int(counts.index.min()), int(counts.index.max()), slider), data)


def _lines(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """The words for each year: the year, then each group with its count."""
    rows: list[dict[str, Any]] = []
    for year in map(int, counts.index):
        head = _at_year("hundred-people", year)["since"]
        rows.append({"year": year, "line": 0, "level": -1, "words": head})
        said = _counts_said(counts, year)
        rows += [{"year": year, "line": n + 1, "level": n, "words": words} for n, words in enumerate(said)]
    return rows


@functools.cache
def _crowd_template(first: int, last: int, slider_name: str) -> dict[str, Any]:
    """The drawing of a hundred people over these years, before it has data."""
    lines = len(DEPTHS) + 1
    rows = CROWD // A_ROW + lines
    x = alt.X("column:Q", scale=alt.Scale(domain=[-0.7, A_ROW - 0.3], nice=False), axis=None)
    y = alt.Y("row:Q", scale=alt.Scale(domain=[CROWD // A_ROW - 0.4, -lines - 0.9], nice=False), axis=None)
    at = f"({traces.NOW} - {first})"
    people = alt.Chart(alt.NamedData("people")).transform_calculate(
        level=f"round({traces.read('datum.trace', at)} * {len(DEPTHS) - 1})"
    )
    said = alt.Chart(alt.NamedData("said")).transform_filter(f"datum.year == {traces.NOW}")
    said = said.transform_calculate(row=f"datum.line - {lines + 0.4}", column="0")
    samples = said.transform_filter("datum.level >= 0")
    text = alt.Text("words:N")
    layers = [
        rings(people, 210, theme.MS, DEPTHS).encode(x=x, y=y),
        rings(samples, theme.MARK_SIZE, theme.MS, DEPTHS).encode(x=x, y=y),
        theme.words(samples, align="left", dx=14).encode(x=x, y=y, text=text),
        _heading(said).encode(x=x, y=y, text=text),
    ]
    slider = traces.scrubbed(slider_name, START_YEAR, last, 1, first)
    return theme.finished(alt.layer(*layers).add_params(*slider), rows - 1)


def _heading(said: alt.Chart) -> alt.Chart:
    return theme.words(said.transform_filter("datum.level < 0"), align="left", dx=-6, fontWeight="bold")


_CHOICE: Final = Choice("table", tuple(TABLES))
EDSS_FAN = Recipe("edss-fan", edss_fan, ("edss_quantiles", "edss_scale", "sources"), _CHOICE)
HUNDRED_PEOPLE = Recipe("hundred-people", hundred_people, ("edss_shares", "edss_scale", "sources"), _CHOICE)
RECIPES: tuple[Recipe, ...] = (EDSS_FAN, HUNDRED_PEOPLE)
