"""Figures on length of life with MS, and on causes of death in both diseases: only for those who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sidebyside import evidence, theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import PlottedFact, plotted, reach, scoped, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, Row, chart, ratio_axis

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact


PAIRS = "pairs"
GENERAL = "general"
DETAILS = ("Interval", "What was measured", "Who was studied", "When", "Note")
AGE_TICKS = (0, 20, 40, 60, 80)
RATIO_TICKS = (1, 2, 4)
RATIO_FLOOR = 0.9
NOT_ONE_PERSON = "These figures are about groups, studied years ago. They cannot tell how long one person will live."
NOT_ON_ONE_LADDER = (
    "The studies counted different people in different ways. Compare within a study, not between studies."
)

LIVES: Mapping[str, str] = {
    PAIRS: "Beside people in general",
    "groups": "Women, men and kinds of MS",
    "others": "Other places",
}
ONSETS: Mapping[str, str] = {
    PAIRS: "Beside people in general",
    "kinds": "By kind of MS, and in all",
    "groups": "Women, men and age at the start",
}
ERAS: Mapping[str, str] = {"excess": "Deaths beyond the expected", "ratio": "As a multiple of the expected"}


def ms_life(plots: pd.DataFrame, facts: Mapping[str, Fact], *, which: str) -> Figure:
    """Ages that people with MS reach, in years, beside people in general where one study gives both.

    ``which`` is a key of `LIVES`. Each row keeps its own measure: life expectancy, survival from
    birth and age at death are not the same.
    """
    rows = plotted(plots, facts, "ms-life", which)
    ms, others = _parts(rows)
    reached = (
        f"Median age at death with MS: {reach(ms)} years, by study"
        if which == "others"
        else f"In these studies, half of the people with MS lived to {reach(ms)} years of age or longer"
    )
    return Figure(
        id="ms-life",
        title=f"{reached}; of people in general, to {reach(others)}" if others else reached,
        draw=lambda: chart(_marks(rows), Axis(title="age in years", ticks=AGE_TICKS)),
        table=_table(rows),
        alt=f"Ages in years. {_said(rows)}.",
        how_to_read=(
            "Each mark is an age that half of a group reached or passed. The longer the line, the older. Round: people "
            "with MS. Diamond: people in general, called others, from the same study."
            if others
            else "Each mark is an age that half of a group with MS reached or passed. The longer the line, the older."
        ),
        caveats=(
            NOT_ONE_PERSON,
            NOT_ON_ONE_LADDER,
            "Such ages are worked out while many people of the study are still alive, so they are estimates.",
            *_overlap(rows),
        ),
        source_ids=_used(rows),
        details=DETAILS,
    )


def ms_gap(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Years by which lives with MS are shorter than those of others, as each source counts them."""
    rows = plotted(plots, facts, "ms-gap")
    drawn = [row._replace(label=f"{row.label} ({row.fact.source.year})") for row in rows]
    return Figure(
        id="ms-gap",
        title=f"Lives with MS were {reach([row.fact for row in rows])} years shorter, by study and way of counting",
        draw=lambda: chart(_marks(drawn), Axis(title="years less than people in general")),
        table=_table(drawn),
        alt=f"Years less than people in general. {_said(drawn)}.",
        how_to_read=(
            "Each mark is one study's figure for the years between people with MS and people in general. A line "
            "without a mark is a span given as it stands. Oldest paper first; the year is that of the paper."
        ),
        caveats=(
            NOT_ONE_PERSON,
            "The studies count different things, so the marks show no trend over time.",
            "Years lost from the start of MS are not the same as the gap between the ages reached.",
        ),
        source_ids=_used(rows),
        details=DETAILS,
    )


def ms_eras(plots: pd.DataFrame, facts: Mapping[str, Fact], *, measure: str) -> Figure:
    """Deaths in the first 15 years of MS against those expected, by the decade in which MS began.

    ``measure`` is a key of `ERAS`: excess deaths per 1,000 person-years, or a ratio without unit.
    """
    rows = plotted(plots, facts, "ms-eras", measure)
    first, last = (row.fact for row in (rows[0], rows[-1]))
    way = "has narrowed" if last.value < first.value else "has not narrowed"
    how = (
        f"from {number(first.value)} to {number(last.value)} extra deaths per 1,000 person-years"
        if measure == "excess"
        else f"from {number(first.value)} to {number(last.value)} times the expected deaths"
    )
    axis = (
        Axis(title="extra per 1,000 person-years")
        if measure == "excess"
        else ratio_axis("deaths for each one expected", RATIO_TICKS, RATIO_FLOOR)
    )
    return Figure(
        id="ms-eras",
        title=f"In Denmark the gap {way}: {how} in the first 15 years of MS",
        draw=lambda: chart(_marks(rows), axis),
        table=_table(rows),
        alt=f"Denmark, first 15 years of MS. {_said(rows)}.",
        how_to_read=_eras_read(measure),
        caveats=(
            "The fall began decades before medicines against MS, so they are not the whole reason.",
            "Fewer people with very severe MS in the later groups may have played a large part.",
            NOT_ONE_PERSON,
        ),
        source_ids=_used(rows),
        details=DETAILS,
    )


def _eras_read(measure: str) -> str:
    if measure == "excess":
        return (
            "Each mark counts the deaths beyond those expected in people of the same age and sex, among a thousand "
            "people followed for a year. The thin line is the interval."
        )
    return (
        "Each mark says how many deaths there were for each one expected in people of the same age and sex. At the "
        "line, there would be no difference. The thin line is the interval."
    )


def ms_from_onset(plots: pd.DataFrame, facts: Mapping[str, Fact], *, which: str) -> Figure:
    """Median years lived from the start of MS, with people in general over the same span where given.

    ``which`` is a key of `ONSETS`.
    """
    rows = plotted(plots, facts, "ms-from-onset", which)
    ms, others = _parts(rows)
    lived = f"In older records, half of a group lived {reach(ms)} years or longer from the start of MS"
    return Figure(
        id="ms-from-onset",
        title=f"{lived}; people in general, {reach(others)}" if others else lived,
        draw=lambda: chart(_marks(rows), Axis(title="years from the start of MS")),
        table=_table(rows),
        alt=f"Median years from the start of MS. {_said(rows)}.",
        how_to_read=(
            "Each mark is one group: half of it lived that many years or longer, counted from the first signs of MS. "
            + ("Diamond: people in general, called others, over the same span." if others else "Round: people with MS.")
        ),
        caveats=(NOT_ONE_PERSON, NOT_ON_ONE_LADDER, *_onset_caveats(which), *_overlap(rows)),
        source_ids=_used(rows),
        details=DETAILS,
    )


def _onset_caveats(which: str) -> tuple[str, ...]:
    return {
        PAIRS: ("Most people in these groups fell ill long before today's medicines.",),
        "kinds": ("In British Columbia, the age people reached was similar in both kinds of MS.",),
        "groups": ("Someone who is older at the start has fewer years ahead, with or without MS.",),
    }[which]


def causes_of_death(plots: pd.DataFrame, facts: Mapping[str, Fact], *, disease: str) -> Figure:
    """Shares of deaths by cause in ALS (one study), or put down to MS itself (by study).

    ``disease`` is a key of a `theme.Condition`. The two sides answer different questions and are
    never drawn together.
    """
    rows = plotted(plots, facts, "causes-of-death", disease)
    title, read, caveats = _als_causes(rows) if disease == theme.ALS.key else _ms_causes(rows)
    return Figure(
        id="causes-of-death",
        title=title,
        draw=lambda: chart(_marks(rows), Axis(title=f"% of deaths of people with {disease}", ticks=PERCENT_TICKS)),
        table=_table(rows),
        alt=f"Shares of deaths of people with {disease}. {_said(rows)}.",
        how_to_read=read,
        caveats=(*caveats, NOT_ONE_PERSON),
        source_ids=_used(rows),
        details=DETAILS,
    )


def _als_causes(rows: list[PlottedFact]) -> tuple[str, str, tuple[str, ...]]:
    shares = {row.fact.fact_id: f"{number(row.fact.value)}%" for row in rows}
    breathing, choking = shares["death-respiratory-france"], shares["death-choking-france"]
    return (
        f"ALS: in a French study, {breathing} of deaths were due to breathing failure; choking was rare, at {choking}",
        "Each mark is a share of all deaths in one study. Rows that begin with a dash are parts of the first row.",
        (
            "The parts shown do not add up to the whole of the first row: not all of its parts are shown.",
            "One study from one country, published years ago. Care for breathing differs from place to place.",
        ),
    )


def _ms_causes(rows: list[PlottedFact]) -> tuple[str, str, tuple[str, ...]]:
    shares = [row.fact.value for row in rows]
    return (
        f"MS: {number(min(shares))}% to {number(max(shares))}% of deaths were put down to MS itself, by study",
        "Each mark is the share of deaths that one study put down to MS. The rest were not.",
        (
            "Who decides, and from which papers, differs. Some studies read death certificates.",
            "The share is of people who died, not of everyone with MS.",
            *_overlap(rows),
        ),
    )


def _general(fact: Fact) -> bool:
    """Whether a figure is about people in general, as the group in its study with which MS is compared."""
    return GENERAL in fact.group


def _who(fact: Fact) -> str:
    return "others" if _general(fact) else fact.condition


def _about(fact: Fact) -> str:
    """The figure as it stands beside its mark, with the source's own "about"."""
    bare = number(fact.value) if fact.ends == (fact.value,) else evidence.span(fact.low, fact.high)
    return f"{'about ' if fact.note.startswith('about') else ''}{bare}{'%' if fact.unit.startswith('%') else ''}"


def _parts(rows: list[PlottedFact]) -> tuple[list[Fact], list[Fact]]:
    """The figures of people with MS, and those of people in general."""
    facts = [row.fact for row in rows]
    return [fact for fact in facts if not _general(fact)], [fact for fact in facts if _general(fact)]


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


def _said(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}, {_who(row.fact)}: {_about(row.fact)}" for row in rows)


def _table(rows: list[PlottedFact]) -> pd.DataFrame:
    """What is drawn, with each study's own measure; a remark of ours stands in place of the figure's note."""
    table = pd.DataFrame(
        {
            "What": row.label.removeprefix("\N{EN DASH} "),
            "Who": "people in general" if _general(row.fact) else f"people with {row.fact.condition}",
            "Figure": row.fact.figure,
            "Source": row.fact.attribution,
            "Interval": row.fact.bounds or "none given",
            "What was measured": f"{row.fact.measure} ({row.fact.group})",
            "Who was studied": row.fact.population or evidence.NOT_KNOWN,
            "When": row.fact.period or evidence.NOT_KNOWN,
            "Note": row.remark or row.fact.note,
            **row.fact.raw,
        }
        for row in rows
    )
    return scoped(table, [row.fact for row in rows])


def _overlap(rows: list[PlottedFact]) -> tuple[str, ...]:
    """What must be said where studies of one place share people."""
    places = {row.fact.source.source_id for row in rows if "western Norway" in row.fact.population}
    return ("The studies from western Norway share many of the same people.",) if len(places) > 1 else ()


def _used(rows: list[PlottedFact]) -> tuple[str, ...]:
    return used_sources(row.fact for row in rows)


MS_LIFE = Recipe("ms-life", ms_life, ("plots", "facts"), Choice("which", tuple(LIVES)))
MS_GAP = Recipe("ms-gap", ms_gap, ("plots", "facts"))
MS_ERAS = Recipe("ms-eras", ms_eras, ("plots", "facts"), Choice("measure", tuple(ERAS)))
MS_FROM_ONSET = Recipe("ms-from-onset", ms_from_onset, ("plots", "facts"), Choice("which", tuple(ONSETS)))
CAUSES_OF_DEATH = Recipe(
    "causes-of-death",
    causes_of_death,
    ("plots", "facts"),
    Choice("disease", tuple(c.key for c in reversed(theme.CONDITIONS))),
)
RECIPES = (MS_LIFE, MS_FROM_ONSET, MS_GAP, MS_ERAS, CAUSES_OF_DEATH)
