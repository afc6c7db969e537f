"""Figures on length of life with MS, and on causes of death in both diseases: only for those who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import with_scope
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import share_bars
from sidebyside.charts.forms.interval_rows import Axis, Row, chart, ratio_axis
from sidebyside.charts.forms.share_bars import Bar, Part
from sidebyside.charts.plotted import PlottedFact, plotted, range_text, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data import formatting
from sidebyside.data.formatting import for_reading, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import Case, ChartText
    from sidebyside.data.facts import Fact


PAIRS = "pairs"
GENERAL = "general"
DETAILS = ("Interval", "What was measured", "Who was studied", "When", "Note")
AGE_TICKS = (0, 20, 40, 60, 80)
RATIO_TICKS = (1, 2, 4)
RATIO_FLOOR = 0.9
LIVES = (PAIRS, "groups", "others")
ONSETS = (PAIRS, "kinds", "groups")
EXCESS = "excess"
ERAS = (EXCESS, "ratio")


def ms_life(plots: pd.DataFrame, facts: Mapping[str, Fact], *, which: str) -> Figure:
    """Ages that people with MS reach, in years, beside people in general where one study gives both.

    ``which`` is one of `LIVES`. Each row keeps its own measure: life expectancy, survival from
    birth and age at death are not the same.
    """
    rows = plotted(plots, facts, "ms-life", which)
    text = chart_text("ms-life", which, _paired(rows), _overlap(rows), **_reaches(rows), rows=_in_words(rows))
    return _figure(text, rows, Axis(title=text.axis, ticks=AGE_TICKS))


def ms_gap(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Years by which lives with MS are shorter than those of others, as each source counts them."""
    rows = plotted(plots, facts, "ms-gap")
    drawn = [row._replace(label=f"{row.label} ({row.fact.source.year})") for row in rows]
    text = chart_text("ms-gap", reach=range_text((row.fact for row in rows), for_reading), rows=_in_words(drawn))
    return _figure(text, drawn, Axis(title=text.axis))


def ms_eras(plots: pd.DataFrame, facts: Mapping[str, Fact], *, measure: str) -> Figure:
    """Deaths in the first 15 years of MS against those expected, by the decade in which MS began.

    ``measure`` is one of `ERAS`: excess deaths per 1,000 person-years, or a ratio without unit.
    """
    rows = plotted(plots, facts, "ms-eras", measure)
    first, last = (row.fact for row in (rows[0], rows[-1]))
    text = chart_text(
        "ms-eras",
        measure,
        decide("not-narrowed", narrowed=last.value < first.value),
        rows=_in_words(rows),
    )
    axis = Axis(title=text.axis) if measure == EXCESS else ratio_axis(text.axis, RATIO_TICKS, RATIO_FLOOR)
    return _figure(text, rows, axis)


def ms_from_onset(plots: pd.DataFrame, facts: Mapping[str, Fact], *, which: str) -> Figure:
    """Median years lived from the start of MS, with people in general over the same span where given.

    ``which`` is one of `ONSETS`.
    """
    rows = plotted(plots, facts, "ms-from-onset", which)
    text = chart_text("ms-from-onset", which, _paired(rows), _overlap(rows), **_reaches(rows), rows=_in_words(rows))
    return _figure(text, rows, Axis(title=text.axis))


def causes_of_death(plots: pd.DataFrame, facts: Mapping[str, Fact], *, disease: str) -> Figure:
    """Shares of deaths by cause in ALS (one study), or put down to MS itself (by study).

    ``disease`` is a key of a `theme.Condition`. The two sides answer different questions and are
    never drawn together.
    """
    rows = plotted(plots, facts, "causes-of-death", disease)
    text = chart_text(
        "causes-of-death", disease, _overlap(rows), disease=disease, **_shares(rows, disease), rows=_in_words(rows)
    )
    bars = [Bar(row.label, (Part(row.fact.value, row.fact.condition),)) for row in rows]
    return Figure.of_text(
        text,
        build_spec=lambda: share_bars.chart(bars, text.axis),
        table=_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _shares(rows: list[PlottedFact], disease: str) -> dict[str, str]:
    """The shares of deaths that a title names: of two causes in ALS, the lowest and the highest in MS."""
    if disease == theme.ALS.key:
        shares = {row.fact.fact_id: for_reading(row.fact.value) for row in rows}
        return {"breathing": shares["death-respiratory-france"], "choking": shares["death-choking-france"]}
    values = [row.fact.value for row in rows]
    return {"low": for_reading(min(values)), "high": for_reading(max(values))}


def _figure(text: ChartText, rows: list[PlottedFact], axis: Axis) -> Figure:
    """A figure in the form that all charts here share: `_marks` on one axis, and `_table`."""
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_marks(rows), axis),
        table=_table(rows, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _general(fact: Fact) -> bool:
    """Whether a figure is about people in general, as the group in its study with which MS is compared."""
    return GENERAL in fact.group


def _who(fact: Fact) -> str:
    return "others" if _general(fact) else fact.condition


def _about(fact: Fact) -> str:
    """The figure as it stands beside its mark, with the source's own "about"."""
    bare = number(fact.value) if fact.ends == (fact.value,) else formatting.span(fact.low, fact.high)
    return f"{'about ' if fact.note.startswith('about') else ''}{bare}{'%' if fact.unit.startswith('%') else ''}"


def _reaches(rows: list[PlottedFact]) -> dict[str, str]:
    """From the lowest to the highest figure of people with MS."""
    return {"ms": range_text((row.fact for row in rows if not _general(row.fact)), for_reading)}


def _paired(rows: list[PlottedFact]) -> Case:
    """Whether people in general stand beside people with MS."""
    return decide("alone", paired=any(_general(row.fact) for row in rows))


def _marks(rows: list[PlottedFact]) -> list[Row]:
    """A heading for each label, its figure below; where one study gives both, people in general below that."""
    drawn: list[Row] = []
    paired = any(_general(row.fact) for row in rows)
    for shown in rows:
        drawn += [Row(shown.label)] if shown.label not in [row.words for row in drawn] else []
        words = f"{_who(shown.fact)}: {_about(shown.fact)}" if paired else _about(shown.fact)
        key = theme.HEALTHY.key if _general(shown.fact) else shown.fact.condition
        drawn.append(Row(words, key, shown.fact.value, shown.fact.low, shown.fact.high))
    return drawn


def _in_words(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}, {_who(row.fact)}: {_about(row.fact)}" for row in rows)


def _table(rows: list[PlottedFact], what: str) -> pd.DataFrame:
    """What is drawn, with each study's own measure; a remark of ours stands in place of the figure's note."""
    table = pd.DataFrame(
        {
            what: row.label.removeprefix("\N{EN DASH} "),
            "Who": "people in general" if _general(row.fact) else f"people with {row.fact.condition}",
            "Figure": row.fact.figure,
            "Source": row.fact.attribution,
            "Interval": row.fact.bounds or "none given",
            "What was measured": f"{row.fact.measure} ({row.fact.group})",
            "Who was studied": row.fact.population or formatting.NOT_KNOWN,
            "When": row.fact.period or formatting.NOT_KNOWN,
            "Note": row.remark or row.fact.note,
            **row.fact.raw,
        }
        for row in rows
    )
    return with_scope(table, [row.fact for row in rows])


def _overlap(rows: list[PlottedFact]) -> Case:
    """Whether studies of one place share people, which must be said."""
    places = {row.fact.source.source_id for row in rows if "western Norway" in row.fact.population}
    return decide("apart", overlap=len(places) > 1)


MS_LIFE = ChartDefinition("ms-life", ms_life, ("plots", "facts"), Options("which", LIVES))
MS_GAP = ChartDefinition("ms-gap", ms_gap, ("plots", "facts"))
MS_ERAS = ChartDefinition("ms-eras", ms_eras, ("plots", "facts"), Options("measure", ERAS))
MS_FROM_ONSET = ChartDefinition("ms-from-onset", ms_from_onset, ("plots", "facts"), Options("which", ONSETS))
CAUSES_OF_DEATH = ChartDefinition(
    "causes-of-death",
    causes_of_death,
    ("plots", "facts"),
    Options("disease", tuple(c.key for c in reversed(theme.CONDITIONS))),
)
DEFINITIONS = (MS_LIFE, MS_FROM_ONSET, MS_GAP, MS_ERAS, CAUSES_OF_DEATH)
