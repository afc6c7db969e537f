"""MS over the years: how disability spreads, and a hundred people by year."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import REPORTED, number, rounded
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe, traces
from sidebyside.figures.crowd import CROWD, rings
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidebyside.evidence import Source

TABLES: Mapping[str, tuple[str, str]] = {
    "updated": ("msss-updated-2017", "Updated table (2017)"),
    "older": ("msss-original-2005", "Older table, from clinics (2005)"),
}
TITLE_YEAR: Final = 15
START_YEAR: Final = 10
A_ROW: Final = 10
WORDS_ROOM: Final = 0.9
FAN_ROWS: Final = 15
FAN_YEARS: Final = (1.0, 10.0, 20.0, 30.0)
QUANTILES: Mapping[str, str] = {
    "p90": "1 in 10 above",
    "p75": "1 in 4 above",
    "p50": "half above",
    "p25": "1 in 4 below",
    "p10": "1 in 10 below",
}
# How full the marks of a group are: the fuller, the less a person can walk.
DEPTHS: Final = (0.0, 0.3, 0.6, 1.0)
CAVEATS: Final = (
    "Different people stand at each year, and each was scored once. Nobody was followed along the years.",
    "A picture of how far people differ, not a forecast. It cannot tell where one person will be.",
    "The people were seen in clinics and registers. People who have died are not in it, and the later years are likely "
    "to show more limits than people with MS as a whole have.",
    "Each year is pooled with its neighbours. The first and the last two years rest on few people.",
    "The papers print scores, not shares. The shares are worked out from the scores here; they come in half steps of "
    "the scale, so they are close, not exact.",
)
CAVEAT_OF: Mapping[str, str] = {
    "updated": (
        "We take the updated table to come from registers in Sweden, Canada and the United Kingdom; the package that "
        "carries it does not say so outright. Its years may be one ahead."
    ),
    "older": "The older table is from clinics, from earlier times, and its people had more limits.",
}


def _of(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of one score table, by year."""
    return frame[frame["table_id"] == TABLES[table][0]].sort_values("years")


def _sources(frame: pd.DataFrame, scale: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*frame["source_id"], *frame["copy_source_id"], *scale["source_id"]]))


def _score_table(frame: pd.DataFrame, sources: Mapping[str, Source]) -> str:
    row = frame.iloc[0]
    copy = sources[row["copy_source_id"]].label
    return f"worked out from {sources[row['source_id']].label}, {REPORTED} {copy}"


def _years(count: int) -> str:
    return "year" if count == 1 else "years"


# ---------------------------------------------------------------- the spread of disability


def edss_fan(quantiles: pd.DataFrame, scale: pd.DataFrame, sources: Mapping[str, Source], *, table: str) -> Figure:
    """Disability in MS (EDSS, 0 to 10) by years since MS began: median, middle half, middle eight tenths.

    ``table`` is a key of `TABLES`: the score table that the quantiles are worked out from.
    """
    rows, steps = _of(quantiles, table), _named_steps(scale)
    return Figure(
        id="edss-fan",
        title=_fan_title(rows),
        draw=lambda: _fan_chart(rows, steps),
        table=_fan_table(rows, sources),
        alt=_fan_said(rows),
        how_to_read=(
            "The height is the score on the Expanded Disability Status Scale (EDSS): the higher, the more limits. The "
            "thick line is the middle: half of the people stand above it, half below. The dark band holds the middle "
            "half, the pale one all but the lowest and the highest tenth. A wide band means that people differ a lot."
        ),
        caveats=(*CAVEATS, CAVEAT_OF[table]),
        source_ids=_sources(rows, scale),
        details=("EDSS, 1 in 4 at or below", "EDSS, 3 in 4 at or below", "Score table"),
        terms=tuple((_step_words(step), f"{step['plain']}.") for step in steps),
    )


def _named_steps(scale: pd.DataFrame) -> list[dict[str, Any]]:
    return records(scale[scale["short"] != ""].sort_values("edss"))


def _step_words(step: Mapping[str, Any]) -> str:
    return f"{number(step['edss'])}: {step['short']}"


def _fan_title(rows: pd.DataFrame) -> str:
    (row,) = records(rows[rows["years"] == TITLE_YEAR])
    low, high, top = (number(row[key]) for key in ("p25", "p75", "p90"))
    return (
        f"{TITLE_YEAR} years into MS, people in these records differ widely: the middle half stand between EDSS {low} "
        f"and {high}, up to 1 in 10 above {top}"
    )


def _fan_said(rows: pd.DataFrame) -> str:
    said = [
        f"after {row['years']} {_years(row['years'])}, half stand at {number(row['p50'])} or lower, the middle half "
        f"between {number(row['p25'])} and {number(row['p75'])}, and all but a tenth at either end between "
        f"{number(row['p10'])} and {number(row['p90'])}"
        for row in records(rows[rows["years"].isin(FAN_YEARS)])
    ]
    return f"EDSS of people with MS: {'; '.join(said)}."


def _fan_table(rows: pd.DataFrame, sources: Mapping[str, Source]) -> pd.DataFrame:
    heads = {
        "p10": "EDSS, 1 in 10 at or below",
        "p25": "EDSS, 1 in 4 at or below",
        "p50": "EDSS, half at or below",
        "p75": "EDSS, 3 in 4 at or below",
        "p90": "EDSS, 9 in 10 at or below",
    }
    said = _score_table(rows, sources)
    return pd.DataFrame(
        {"Years since MS began": str(row["years"])}
        | {head: number(row[key]) for key, head in heads.items()}
        | {"Score table": said}
        for row in records(rows)
    )


def _fan_chart(rows: pd.DataFrame, steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    last = int(rows["years"].max())
    x = alt.X(
        "years:Q",
        scale=alt.Scale(domain=[1, 1 + (last - 1) * (1 + WORDS_ROOM)], nice=False),
        axis=theme.axis("years since MS began", FAN_YEARS),
    )
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0, 10], nice=False),
        axis=theme.axis("EDSS (more limits upwards)", [0.0, 2.0, 4.0, 6.0, 8.0, 10.0], grid=False),
    )
    base = alt.Chart(_fan_data(rows))
    layers = [_band(base, "low", "high", 0.2, x, y), _band(base, "inner_low", "inner_high", 0.38, x, y)]
    layers += _steps(steps, last, x, y)
    line = base.mark_line(color=theme.MS.colour, strokeWidth=4, aria=False)
    layers += [line.encode(x=x, y=y), _ends(rows[rows["years"] == last], x, y)]
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


def _ends(last: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """What each edge means, right of the last year."""
    (row,) = records(last)
    ends = [{"years": int(row["years"]), "edge": row[key], "words": words} for key, words in QUANTILES.items()]
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
    era = f"records from before {sources[rows['source_id'].iloc[0]].year}"
    return Figure(
        id="hundred-people",
        title=_crowd_title(counts, era),
        draw=lambda: _crowd_chart(counts),
        table=_crowd_table(grouped, counts, _score_table(rows, sources)),
        alt=_crowd_said(counts, era),
        how_to_read=(
            "Each mark is one of a hundred people with MS, seen at that year. An empty ring walks without limits; the "
            "fuller the mark, the less a person can walk. Move the year below the drawing. Nothing moves unless you "
            "move it."
        ),
        caveats=(*CAVEATS, CAVEAT_OF[table], "The four groups are ours, made from the steps of the scale."),
        source_ids=_sources(rows, scale),
        details=(*_heads(grouped)[1:-1], "Score table"),
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


def _crowd_title(counts: pd.DataFrame, era: str) -> str:
    free, _, aid, chair = counts.loc[START_YEAR]
    return (
        f"In {era}, {free} of {CROWD} people walked without limits {START_YEAR} years into MS, {aid} with an aid; "
        f"{chair} used a wheelchair or bed"
    )


def _crowd_said(counts: pd.DataFrame, era: str) -> str:
    said = [
        f"after {year} {_years(year)}, {', '.join(f'{count} {group}' for group, count in counts.loc[year].items())}"
        for year in map(int, FAN_YEARS)
    ]
    return f"Of {CROWD} people with MS at each year, in {era}: {'; '.join(said)}."


def _heads(percent: pd.DataFrame) -> list[str]:
    """The groups as columns of the table."""
    return [f"{group[0].upper()}{group[1:]} (of {CROWD})" for group in map(str, percent)]


def _crowd_table(percent: pd.DataFrame, counts: pd.DataFrame, score_table: str) -> pd.DataFrame:
    heads = _heads(percent)
    rows = zip(percent.index, percent.to_numpy().tolist(), counts.to_numpy().tolist(), strict=True)
    return pd.DataFrame(
        {"Years since MS began": str(year)}
        | {head: f"{n} ({rounded(share, 1)}%)" for head, n, share in zip(heads, people, shares, strict=True)}
        | {"Score table": score_table}
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
        explained.append((group, f"EDSS {first} to {last}. The first of these steps: {steps[0]['plain'].lower()}."))
    return tuple(explained)


def _crowd_chart(counts: pd.DataFrame) -> dict[str, Any]:
    person = np.arange(CROWD)
    # The n-th person belongs to the first group whose running total is above n.
    groups = (person[:, None, None] >= counts.to_numpy().cumsum(axis=1)[None]).sum(axis=2)
    people = pd.DataFrame({"column": person % A_ROW, "row": person // A_ROW, "condition": theme.MS.key})
    people["trace"] = traces.written(groups.astype(float), 0, len(DEPTHS) - 1)
    data = {"people": records(people), "said": _lines(counts)}
    return traces.filled(_crowd_template(int(counts.index.min()), int(counts.index.max())), data)


def _lines(counts: pd.DataFrame) -> list[dict[str, Any]]:
    """The words for each year: the year, then each group with its count."""
    rows: list[dict[str, Any]] = []
    for year, row in zip(counts.index.astype(int), records(counts), strict=True):
        head = f"{year} {_years(year)} since MS began"
        rows.append({"year": year, "line": 0, "level": -1, "words": head})
        rows += [
            {"year": year, "line": n + 1, "level": n, "words": f"{count} {group}"}
            for n, (group, count) in enumerate(row.items())
        ]
    return rows


@functools.cache
def _crowd_template(first: int, last: int) -> dict[str, Any]:
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
    slider = traces.scrubbed("Years since MS began", START_YEAR, last, 1, first)
    return theme.finished(alt.layer(*layers).add_params(*slider), rows - 1)


def _heading(said: alt.Chart) -> alt.Chart:
    return theme.words(said.transform_filter("datum.level < 0"), align="left", dx=-6, fontWeight="bold")


_CHOICE: Final = Choice("table", tuple(TABLES))
EDSS_FAN = Recipe("edss-fan", edss_fan, ("edss_quantiles", "edss_scale", "sources"), _CHOICE)
HUNDRED_PEOPLE = Recipe("hundred-people", hundred_people, ("edss_shares", "edss_scale", "sources"), _CHOICE)
RECIPES: tuple[Recipe, ...] = (EDSS_FAN, HUNDRED_PEOPLE)
