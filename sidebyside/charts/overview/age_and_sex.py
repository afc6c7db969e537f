"""Figures of a life: age when the diseases begin, women and men, and ages at death long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import Axis, Row, chart, figure_in_rows
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import number
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact
    from sidebyside.data.sources import Source

# How far the axis reaches beyond the longest bar: its number stands at its end.
WORDS_ROOM = 1.5
AGES = (0, 20, 40, 60, 80)
RATIO_TICKS = (1 / 2, 1, 2, 4)
RATIO_FLOOR = 0.36
RATIO_LABELS = 'datum.value > 1 ? datum.value + " women" : datum.value == 1 ? "equal" : round(1 / datum.value) + " men"'
RATIOS = ("both", "ms-time-place", "age")
SEXES = ("both", "women", "men")


def age_at_start(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Age at onset or diagnosis of both diseases, with the spread where the source gives one."""
    rows = plotted(plots, facts, "age-at-start")
    ages = {kind: _years([row.fact for row in rows if _kind(row.fact) == kind]) for kind in _KINDS}
    ms, als, mnd = (ages[kind] for kind in _KINDS)
    text = chart_text("age-at-start", ms=ms, als=als, mnd=mnd, rows=_in_words(rows, [row.fact.text for row in rows]))
    return figure_in_rows(text, rows, Axis(title=text.axis, ticks=AGES, stems=False), with_condition=True)


_KINDS = (theme.MS.key, theme.ALS.key, theme.WIDER_THAN_ALS)


def _kind(fact: Fact) -> str:
    """Which disease a figure counts; all motor neuron diseases together are one of their own."""
    return theme.WIDER_THAN_ALS if theme.WIDER_THAN_ALS in fact.measure else fact.condition


def _in_words(rows: Sequence[PlottedFact], figures: Sequence[str]) -> str:
    """Rows in words with their disease: ``MS, first sign: 32 years; ALS, diagnosis: 65 years``."""
    return "; ".join(f"{row.fact.condition}, {row.label}: {figure}" for row, figure in zip(rows, figures, strict=True))


def _years(facts: list[Fact]) -> str:
    ends = [end for fact in facts for end in fact.ends]
    return _reach(ends)


def _reach(values: list[float]) -> str:
    """From the smallest to the largest: ``20 to 41.6``, or one number where they agree."""
    low, high = number(min(values)), number(max(values))
    return low if low == high else f"{low} to {high}"


def sex_ratio(plots: pd.DataFrame, facts: Mapping[str, Fact], *, which: str) -> Figure:
    """Women and men: ratios as their sources print them, on one axis with "equal" in the middle.

    ``which`` is one of `RATIOS`. A ratio of men per woman is drawn left of the middle, a ratio of
    women per man right of it.
    """
    rows = plotted(plots, facts, "sex-ratio", which)
    text = _ratio_text(rows, which)
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_ratio_marks(rows), _ratio_axis(text.axis)),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _ratio_axis(title: str) -> Axis:
    return Axis(title=title, log=True, reference=1, ticks=RATIO_TICKS, labels=RATIO_LABELS, floor=RATIO_FLOOR)


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


def _ratio_text(rows: list[PlottedFact], which: str) -> ChartText:
    """The words of the chart for one choice, with the ratios that its title names."""
    said = _in_words(rows, [_ratio_words(row.fact) for row in rows])
    values = {row.fact.fact_id: row.fact.value for row in rows}
    if which == "both":
        ms, als = (_reach([r.fact.value for r in rows if r.fact.condition == c.key]) for c in theme.CONDITIONS)
        return chart_text("sex-ratio", which, rows=said, ms=ms, als=als)
    if which == "age":
        young, old = (number(values[fact_id]) for fact_id in ("als-sex-ratio-young", "als-sex-ratio-old"))
        return chart_text("sex-ratio", which, rows=said, young=young, old=old)
    early, late = (number(values[f"ms-denmark-sex-ratio-{year}"]) for year in (1950, 2005))
    return chart_text("sex-ratio", which, rows=said, early=early, late=late)


def ages_at_death(deaths: pd.DataFrame, sources: Mapping[str, Source], *, sex: str) -> Figure:
    """Deaths by five-year age band, MS beside motor neurone disease, England and Wales 1979 to 1984.

    ``sex`` is one of `SEXES`. Counts of underlying causes, summed over the years of the file.
    """
    bands = _bands(deaths, sex)
    years = f"{deaths['year'].min()} to {deaths['year'].max()}"
    peaks = [str(bands.loc[bands[c.key] == bands[c.key].max(), "age_group"].iloc[0]) for c in theme.CONDITIONS]
    text = chart_text("ages-at-death", sex, years=years, ms=peaks[0], mnd=peaks[1], rows=_deaths_in_words(bands))
    return Figure.of_text(
        text,
        build_spec=lambda: _mirror(bands, text),
        table=_death_table(bands, sources[deaths["source_id"].iloc[0]].label, text),
        source_ids=tuple(dict.fromkeys(deaths["source_id"])),
    )


def _bands(deaths: pd.DataFrame, sex: str) -> pd.DataFrame:
    """Columns ``age_group``, ``MS`` and ``ALS``, youngest band first, without the bands in which nobody died."""
    chosen = deaths if sex == "both" else deaths[deaths["sex"] == sex]
    summed = chosen.pivot_table(index=["age_order", "age_group"], columns="condition", values="deaths", aggfunc="sum")
    bands = summed.reset_index().sort_values("age_order").reset_index(drop=True)
    return bands[(bands["MS"] + bands["ALS"]).cumsum() > 0].reset_index(drop=True)


def _deaths_in_words(bands: pd.DataFrame) -> str:
    return "; ".join(f"{row['age_group']}: {number(row['MS'])} and {number(row['ALS'])}" for row in records(bands))


def _death_table(bands: pd.DataFrame, source: str, text: ChartText) -> pd.DataFrame:
    age, ms, mnd = text.heading, text["deaths-ms"], text["deaths-mnd"]
    return pd.DataFrame(
        {age: row["age_group"], ms: number(row["MS"]), mnd: number(row["ALS"]), "Source": source}
        for row in records(bands)
    )


def _mirror(bands: pd.DataFrame, text: ChartText) -> dict[str, Any]:
    """Bars back to back with one axis; the number stands at the end of each bar, the age left of all."""
    long = bands.melt(id_vars=["age_group"], value_vars=["MS", "ALS"], var_name="condition")
    long["deaths"] = long["value"].astype(int)
    long["side"] = long["deaths"].where(long["condition"] == theme.ALS.key, -long["deaths"])
    biggest = int(long["deaths"].max())
    scale = alt.Scale(domain=[-biggest * WORDS_ROOM, biggest * WORDS_ROOM], nice=False)
    step = 10 ** (len(str(biggest)) - 1)
    ticks = [sign * tick for tick in range(0, biggest + 1, step) for sign in (-1, 1)]
    axis = theme.axis(text.axis, ticks, labelExpr="format(abs(datum.value), ',')")
    ages = alt.Axis(
        title=text["vertical-axis"],
        labelFontSize=theme.FONT_SIZE,
        labelColor=theme.TEXT,
        titleColor=theme.TEXT,
        ticks=False,
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


AGE_AT_START = ChartDefinition("age-at-start", age_at_start, ("plots", "facts"))
SEX_RATIO = ChartDefinition(
    "sex-ratio",
    sex_ratio,
    ("plots", "facts"),
    Options("which", RATIOS),
)
AGES_AT_DEATH = ChartDefinition(
    "ages-at-death",
    ages_at_death,
    ("deaths_by_age", "sources"),
    Options("sex", SEXES),
)
