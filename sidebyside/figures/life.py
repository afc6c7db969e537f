"""Figures of a life: age when the diseases begin, women and men, and ages at death long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, headed, plotted, used_sources
from sidebyside.figures.rows import Axis, Row, chart
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact, Source

# How far the axis reaches beyond the longest bar: its number stands at its end.
WORDS_ROOM = 1.5
AGES = (0, 20, 40, 60, 80)
RATIO_TICKS = (1 / 2, 1, 2, 4)
RATIO_FLOOR = 0.36
RATIO_LABELS = 'datum.value > 1 ? datum.value + " women" : datum.value == 1 ? "equal" : round(1 / datum.value) + " men"'
RATIOS: Mapping[str, str] = {
    "both": "Both diseases",
    "ms-time-place": "MS over time and by place",
    "age": "By age",
}
SEXES: Mapping[str, tuple[str, str]] = {
    "both": ("Women and men", ""),
    "women": ("Women", " of women"),
    "men": ("Men", " of men"),
}
ENGLAND = "England"
ENGLAND_WALES = f"{ENGLAND} and Wales"


def age_at_start(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Age at onset or diagnosis of both diseases, with the spread where the source gives one."""
    rows = plotted(plots, facts, "age-at-start")
    ages = {kind: _years([row.fact for row in rows if _kind(row.fact) == kind]) for kind in _KINDS}
    ms, als, mnd = (ages[kind] for kind in _KINDS)
    return Figure(
        id="age-at-start",
        title=(
            f"On average, MS begins or is found at {ms} years of age, ALS at {als}, any motor neurone disease "
            f"({ENGLAND}) at {mnd}"
        ),
        draw=lambda: chart(
            headed(rows, lambda fact: fact.figure, with_condition=True),
            Axis(title="age in years", ticks=AGES, stems=False),
        ),
        table=facts_table(rows, "What"),
        alt="Age in years. " + "; ".join(f"{row.fact.condition}, {row.label}: {row.fact.text}" for row in rows) + ".",
        how_to_read=(
            "Each mark is the average age of one group of people. A thin line shows how far people in that group "
            "spread around it: from the youngest to the oldest where the words say so, else one standard deviation "
            "either side. A line without a mark is a span given as it stands."
        ),
        caveats=(
            "Age at the first sign and age at the diagnosis are not the same; each row says which it is.",
            "An average hides how much people differ. Both diseases can begin earlier or later than all of these.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


_KINDS = (theme.MS.key, theme.ALS.key, theme.WIDER_THAN_ALS)


def _kind(fact: Fact) -> str:
    """Which disease a figure counts; all motor neuron diseases together are one of their own."""
    return theme.WIDER_THAN_ALS if theme.WIDER_THAN_ALS in fact.measure else fact.condition


def _years(facts: list[Fact]) -> str:
    ends = [end for fact in facts for end in fact.ends]
    return _reach(ends)


def _reach(values: list[float]) -> str:
    """From the smallest to the largest: ``20 to 41.6``, or one number where they agree."""
    low, high = number(min(values)), number(max(values))
    return low if low == high else f"{low} to {high}"


def sex_ratio(plots: pd.DataFrame, facts: Mapping[str, Fact], *, which: str) -> Figure:
    """Women and men: ratios as their sources print them, on one axis with "equal" in the middle.

    ``which`` is a key of `RATIOS`. A ratio of men per woman is drawn left of the middle, a ratio of
    women per man right of it.
    """
    rows = plotted(plots, facts, "sex-ratio", which)
    said = [f"{row.label}: {_ratio_words(row.fact)}" for row in rows]
    return Figure(
        id="sex-ratio",
        title=_ratio_title(rows, which),
        draw=lambda: chart(_ratio_marks(rows), _RATIO_AXIS),
        table=facts_table(rows, "Who"),
        alt=f"{'; '.join(f'{row.fact.condition}, {text}' for text, row in zip(said, rows, strict=True))}.",
        how_to_read=(
            "The line in the middle stands for as many women as men. Right of it there are more women, left of it more "
            "men. The axis counts how many there are for each one of the others."
        ),
        caveats=(
            "Some figures count everyone who lives with the disease, others new cases, others by year of birth: the "
            "table says which.",
            "Where the source gives no interval, none is drawn.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


_RATIO_AXIS = Axis(
    title="how many, for each one of the other sex",
    log=True,
    reference=1,
    ticks=RATIO_TICKS,
    labels=RATIO_LABELS,
    floor=RATIO_FLOOR,
)


def _women_per_man(fact: Fact, value: float) -> float:
    return 1 / value if fact.unit.startswith(("men", "boys")) else value


def _ratio_words(fact: Fact) -> str:
    many, one = ("men", "woman") if fact.unit.startswith("men") else ("women", "man")
    if fact.unit.startswith("girls"):
        many, one = "girls", "boy"
    return f"{number(fact.value)} {many} per {one}"


def _ratio_marks(rows: list[PlottedFact]) -> list[Row]:
    drawn: list[Row] = []
    for row in rows:
        fact = row.fact
        low, high = sorted(_women_per_man(fact, end) for end in (fact.low, fact.high))
        drawn.append(Row(f"{fact.condition}: {row.label}"))
        drawn.append(
            Row(_ratio_words(fact).split(" per ")[0], fact.condition, _women_per_man(fact, fact.value), low, high)
        )
    return drawn


def _ratio_title(rows: list[PlottedFact], which: str) -> str:
    values = {row.fact.fact_id: row.fact.value for row in rows}
    if which == "both":
        ms, als = ([row.fact.value for row in rows if row.fact.condition == c.key] for c in theme.CONDITIONS)
        return f"More women than men have MS ({_reach(ms)} to one); more men than women get ALS ({_reach(als)} to one)"
    if which == "age":
        young, old = values["als-sex-ratio-young"], values["als-sex-ratio-old"]
        return (
            f"In one English ALS register, men outnumbered women {number(young)} to one below the age of 51 and "
            f"{number(old)} to one later"
        )
    early, late = values["ms-denmark-sex-ratio-1950"], values["ms-denmark-sex-ratio-2005"]
    return f"In Denmark, women with MS outnumbered men {number(early)} to one in 1950 and {number(late)} to one in 2005"


def ages_at_death(deaths: pd.DataFrame, sources: Mapping[str, Source], *, sex: str) -> Figure:
    """Deaths by five-year age band, MS beside motor neurone disease, England and Wales 1979 to 1984.

    ``sex`` is a key of `SEXES`. Counts of underlying causes, summed over the years of the file.
    """
    bands = _bands(deaths, sex)
    years = f"{deaths['year'].min()} to {deaths['year'].max()}"
    peaks = {c.key: str(bands.loc[bands[c.key] == bands[c.key].max(), "age_group"].iloc[0]) for c in theme.CONDITIONS}
    who = SEXES[sex][1]
    return Figure(
        id="ages-at-death",
        title=(
            f"Deaths{who} from MS were most frequent at {peaks['MS']}, from motor neurone disease at "
            f"{peaks['ALS']} ({ENGLAND_WALES}, {years})"
        ),
        draw=lambda: _mirror(bands),
        table=_death_table(bands, sources[deaths["source_id"].iloc[0]].label),
        alt=_deaths_said(bands, years, who),
        how_to_read=(
            "Each bar counts the deaths in one band of five years of age: MS to the left, motor neurone disease "
            "(MND) to the right. The longer the bar, the more deaths in that band."
        ),
        caveats=(
            "These records are more than forty years old. Care has changed since.",
            "They are counts of deaths, not chances: there are more people in some bands than in others.",
            "Only the main cause on the death certificate is counted. Many people with MS die of something else.",
            "Motor neurone disease is wider than ALS.",
            "Adapted from data from the Office for National Statistics licensed under the Open Government Licence.",
        ),
        source_ids=tuple(dict.fromkeys(deaths["source_id"])),
    )


def _bands(deaths: pd.DataFrame, sex: str) -> pd.DataFrame:
    """Columns ``age_group``, ``MS`` and ``ALS``, youngest band first, without the bands in which nobody died."""
    chosen = deaths if sex == "both" else deaths[deaths["sex"] == sex]
    summed = chosen.pivot_table(index=["age_order", "age_group"], columns="condition", values="deaths", aggfunc="sum")
    bands = summed.reset_index().sort_values("age_order").reset_index(drop=True)
    return bands[(bands["MS"] + bands["ALS"]).cumsum() > 0].reset_index(drop=True)


def _deaths_said(bands: pd.DataFrame, years: str, who: str) -> str:
    said = [f"{row['age_group']}: {number(row['MS'])} and {number(row['ALS'])}" for row in records(bands)]
    return f"Deaths{who}, {years}, by age, from MS and from motor neurone disease: {'; '.join(said)}."


def _death_table(bands: pd.DataFrame, source: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Age at death": row["age_group"],
            "Deaths from MS": number(row["MS"]),
            "Deaths from motor neurone disease": number(row["ALS"]),
            "Source": source,
        }
        for row in records(bands)
    )


def _mirror(bands: pd.DataFrame) -> dict[str, Any]:
    """Bars back to back with one axis; the number stands at the end of each bar, the age left of all."""
    long = bands.melt(id_vars=["age_group"], value_vars=["MS", "ALS"], var_name="condition")
    long["deaths"] = long["value"].astype(int)
    long["side"] = long["deaths"].where(long["condition"] == theme.ALS.key, -long["deaths"])
    biggest = int(long["deaths"].max())
    scale = alt.Scale(domain=[-biggest * WORDS_ROOM, biggest * WORDS_ROOM], nice=False)
    step = 10 ** (len(str(biggest)) - 1)
    ticks = [sign * tick for tick in range(0, biggest + 1, step) for sign in (-1, 1)]
    axis = theme.axis("MS left, MND right", ticks, labelExpr="format(abs(datum.value), ',')")
    ages = alt.Axis(
        title="age", labelFontSize=theme.FONT_SIZE, labelColor=theme.TEXT, titleColor=theme.TEXT, ticks=False
    )
    base = alt.Chart().encode(
        y=alt.Y("age_group:N", sort=list(bands["age_group"]), axis=ages),
        x=alt.X("side:Q", scale=scale, axis=axis),
    )
    bars = base.mark_bar(height=16).encode(color=theme.colour(), tooltip=["age_group:N", "condition:N", "deaths:Q"])
    left = theme.words(base.transform_filter("datum.condition == 'MS'"), align="right", dx=-5)
    right = theme.words(base.transform_filter("datum.condition == 'ALS'"), align="left", dx=5)
    said = [words.encode(text=alt.Text("deaths:Q", format=",")) for words in (left, right)]
    drawn = long[["age_group", "condition", "deaths", "side"]]
    return theme.finished(alt.layer(bars, *said, data=drawn), len(bands), row_height=22)


AGE_AT_START = Recipe("age-at-start", age_at_start, ("plots", "facts"))
SEX_RATIO = Recipe(
    "sex-ratio",
    sex_ratio,
    ("plots", "facts"),
    Choice("which", tuple(RATIOS)),
)
AGES_AT_DEATH = Recipe(
    "ages-at-death",
    ages_at_death,
    ("deaths_by_age", "sources"),
    Choice("sex", tuple(SEXES)),
)
