"""Figures of a life: age when the diseases begin, women and men, and ages at death long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import age_ruler, diverging, slope
from sidebyside.charts.forms.age_ruler import Mark
from sidebyside.charts.forms.diverging import Ratio
from sidebyside.charts.forms.slope import Slope
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.content.chart_text import chart_text
from sidebyside.data.formatting import for_reading, number, span_for_reading
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact
    from sidebyside.data.sources import Source

# How far the axis reaches beyond the longest bar: its number stands at its end.
WORDS_ROOM = 1.3
RATIO_TICKS = (1 / 2, 2)
OVER_TIME = "ms-time-place"
RATIOS = ("both", OVER_TIME, "age")
SEXES = ("both", "women", "men")


def age_at_start(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Age at onset or diagnosis of both diseases, with the spread where the source gives one."""
    rows = plotted(plots, facts, "age-at-start")
    ms, als = (_reach([row.fact for row in rows if _kind(row.fact) == c.key]) for c in theme.CONDITIONS)
    text = chart_text("age-at-start", ms=ms, als=als, rows=_in_words(rows, [row.fact.text for row in rows]))
    return Figure.of_text(
        text,
        build_spec=lambda: age_ruler.chart([_age(row) for row in rows], text.axis),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _age(row: PlottedFact) -> Mark:
    fact = row.fact
    words = f"{row.label} {fact.brief}" if fact.condition == theme.ALS.key else f"{fact.brief} {row.label}"
    wider = _kind(fact) == theme.WIDER_THAN_ALS
    return Mark(fact.condition, words, fact.value, fact.low, fact.high, open=wider)


def _kind(fact: Fact) -> str:
    """Which disease a figure counts; all motor neuron diseases together are one of their own."""
    return theme.WIDER_THAN_ALS if theme.WIDER_THAN_ALS in fact.measure else fact.condition


def _in_words(rows: Sequence[PlottedFact], figures: Sequence[str]) -> str:
    """Rows in words with their disease: ``MS, first sign: 32 years; ALS, diagnosis: 65 years``."""
    return "; ".join(f"{row.fact.condition}, {row.label}: {figure}" for row, figure in zip(rows, figures, strict=True))


def _reach(facts: Sequence[Fact]) -> str:
    """From the smallest to the largest number, rounded for reading: ``20 to 42``."""
    ends = [end for fact in facts for end in fact.ends]
    return span_for_reading(min(ends), max(ends))


def sex_ratio(plots: pd.DataFrame, facts: Mapping[str, Fact], *, which: str) -> Figure:
    """Women and men: ratios as their sources print them, as bars from a line at "equal", or from earlier to later.

    ``which`` is one of `RATIOS`. A ratio of men per woman is drawn left of the line, a ratio of
    women per man right of it.
    """
    rows = plotted(plots, facts, "sex-ratio", which)
    text = _ratio_text(rows, which)
    drawn = _over_time if which == OVER_TIME else _bars
    return Figure.of_text(
        text,
        build_spec=lambda: drawn(rows, text),
        table=facts_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _bars(rows: Sequence[PlottedFact], text: ChartText) -> dict[str, Any]:
    return diverging.chart(
        [_ratio(row) for row in rows], text.axis, RATIO_TICKS, (text["more-men"], text["more-women"])
    )


def _over_time(rows: Sequence[PlottedFact], text: ChartText) -> dict[str, Any]:
    """Pairs of rows, the earlier before the later, as lines from one to the other."""
    pairs = zip(rows[::2], rows[1::2], strict=True)
    slopes = [
        Slope(
            _before_comma(first.label),
            first.fact.condition,
            (first.fact.value, last.fact.value),
            (for_reading(first.fact.value), for_reading(last.fact.value)),
        )
        for first, last in pairs
    ]
    return slope.chart(slopes, (text["earlier"], text["later"]), start=diverging.EQUAL)


def _before_comma(label: str) -> str:
    """Where a row was counted; what follows says when."""
    return label.split(", ", maxsplit=1)[0]


def _women_per_man(fact: Fact, value: float) -> float:
    return 1 / value if fact.unit.startswith(("men", "boys")) else value


def _ratio_words(fact: Fact) -> str:
    many, one = ("men", "woman") if fact.unit.startswith("men") else ("women", "man")
    if fact.unit.startswith("girls"):
        many, one = "girls", "boy"
    return f"{number(fact.value)} {many} per {one}"


def _ratio(row: PlottedFact) -> Ratio:
    fact = row.fact
    low, high = sorted(_women_per_man(fact, end) for end in (fact.low, fact.high))
    name, value = f"{fact.condition}: {row.label}", _women_per_man(fact, fact.value)
    return Ratio(name, fact.condition, for_reading(fact.value), value, low, high)


def _ratio_text(rows: Sequence[PlottedFact], which: str) -> ChartText:
    """The words of the chart for one choice, with the ratios that its title names."""
    said = _in_words(rows, [_ratio_words(row.fact) for row in rows])
    values = {row.fact.fact_id: row.fact.value for row in rows}
    if which == "both":
        ms, als = (_reach([row.fact for row in rows if row.fact.condition == c.key]) for c in theme.CONDITIONS)
        return chart_text("sex-ratio", which, rows=said, ms=ms, als=als)
    if which == "age":
        young, old = (for_reading(values[fact_id]) for fact_id in ("als-sex-ratio-young", "als-sex-ratio-old"))
        return chart_text("sex-ratio", which, rows=said, young=young, old=old)
    early, late = (for_reading(values[f"ms-denmark-sex-ratio-{year}"]) for year in (1950, 2005))
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
        title=None,
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
