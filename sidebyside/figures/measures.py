"""What doctors can measure: evoked responses, nerve conduction, neurofilament, oligoclonal bands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sidebyside import theme
from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Choice, Recipe
from sidebyside.figures.drawn import DETAILS, PlottedFact, facts_table, headed, plotted, used_sources
from sidebyside.figures.rows import PERCENT_TICKS, Axis, Row, chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.evidence import Fact

OF_SO_MANY = re.compile(r"of (\d+) (\w+)")
TIME, LATE = "time", "late"
VISUAL: Mapping[str, str] = {TIME: "How long the signal takes", LATE: "How many had a late signal"}
P100_START = 80
P100_TICKS = (80, 90, 100, 110)
CENTRAL: Mapping[str, str] = {theme.MS.key: "MS", theme.ALS.key: "ALS"}
HALF = 50
EFFECT_TICKS = (0, 0.5, 1, 1.5)
NOT_ALONE = "No test alone makes the diagnosis, and a normal result does not rule the illness out."


def _figure_of(fact: Fact) -> str:
    """The figure in words; a count out of so many with its share first: ``96% (49 of 51 patients)``."""
    return f"{number(_percent(fact))}% ({fact.figure})" if OF_SO_MANY.fullmatch(fact.unit) else fact.figure


def _percent(fact: Fact) -> float:
    """The share in whole percent where the figure is a count out of so many, else the figure itself."""
    counted = OF_SO_MANY.fullmatch(fact.unit)
    return round(100 * fact.value / int(counted[1])) if counted else fact.value


def _shares(rows: list[PlottedFact]) -> list[Row]:
    """Each share as a heading and a mark below it, on one axis in percent."""
    drawn: list[Row] = []
    for row in rows:
        counted = OF_SO_MANY.fullmatch(row.fact.unit)
        of = f" ({number(row.fact.value)} of {counted[1]})" if counted else ""
        drawn += [Row(row.label), Row(f"{number(_percent(row.fact))}%{of}", row.fact.condition, _percent(row.fact))]
    return drawn


def _table(rows: list[PlottedFact], what: str) -> pd.DataFrame:
    table = facts_table(rows, what).replace({"Disease": {theme.HEALTHY.key: theme.HEALTHY.name}})
    return table.assign(Figure=[_figure_of(row.fact) for row in rows])


def _listed(rows: list[PlottedFact]) -> str:
    return "; ".join(f"{row.label}: {_figure_of(row.fact)}" for row in rows)


def _ends(rows: list[PlottedFact]) -> str:
    """The smallest and the largest figure: ``94.6 to 98.79``."""
    ends = [end for row in rows for end in row.fact.ends]
    return f"{number(min(ends))} to {number(max(ends))}"


def visual_evoked(plots: pd.DataFrame, facts: Mapping[str, Fact], *, show: str) -> Figure:
    """The visual evoked potential in MS: its P100 latency in ms, or the share of people with a late one.

    ``show`` is a key of `VISUAL`. The latency stands beside that of healthy people.
    """
    rows = plotted(plots, facts, "visual-evoked", show)
    return (_visual_time if show == TIME else _visual_late)(rows)


def _visual_time(rows: list[PlottedFact]) -> Figure:
    healthy = [row for row in rows if row.fact.condition == theme.HEALTHY.key]
    ms = next(row.fact for row in rows if row.fact.condition == theme.MS.key)
    later = "came later" if ms.value > max(row.fact.value for row in healthy) else "did not come later"
    return Figure(
        id="visual-evoked",
        title=(
            f"The signal from the eye {later} in MS, even in eyes never inflamed ({number(ms.value)} ms), than in "
            f"healthy people ({_ends(healthy)} ms)"
        ),
        draw=lambda: chart(headed(rows, _figure_of), _P100_AXIS),
        table=_table(rows, "Who"),
        alt=f"Average P100 latency of the visual evoked potential. {_listed(rows)}.",
        how_to_read=(
            "A person looks at a checkerboard that flips, and the brain answers. P100 is the main peak of the answer, "
            "about a hundred milliseconds (ms) later; a thousand ms are one second. The further right, the later. A "
            "thin line is the spread that the source prints without naming its kind."
        ),
        caveats=(
            "The groups were tested in different places. Machines and settings change the result, so each clinic needs "
            "its own normal values.",
            "The people with MS had never had an inflamed eye nerve. Their spread is not given, so no line is drawn.",
            "The axis does not start at zero. The differences are small parts of a second.",
            f"We have no such figure for ALS. {NOT_ALONE}",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


_P100_AXIS = Axis(title="P100 latency (ms)", stems=False, start=P100_START, ticks=P100_TICKS)


def _visual_late(rows: list[PlottedFact]) -> Figure:
    low, high = sorted(number(_percent(row.fact)) for row in rows)
    return Figure(
        id="visual-evoked",
        title=f"In two studies, the signal from the eye was late in {low}% and {high}% of people thought to have MS",
        draw=lambda: chart(_shares(rows), Axis(title="% of people with a late signal", ticks=PERCENT_TICKS)),
        table=_table(rows, "Who"),
        alt=f"People whose visual evoked potential was late in one or both eyes. {_listed(rows)}.",
        how_to_read="Each mark is one study: the share of people whose answer was late in one eye or in both.",
        caveats=(
            "Each study drew its own line for what is late and showed its own pattern. We show both, never a mean.",
            "A late signal is not proof of MS: in one study, some people who did not meet the criteria for MS had one "
            "too (see the note below the table).",
            f"We have no such figure for ALS. {NOT_ALONE}",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def central_conduction(plots: pd.DataFrame, facts: Mapping[str, Fact], *, disease: str) -> Figure:
    """How often the path from brain to muscle is slow (central motor conduction time), in percent.

    ``disease`` is a key of `CENTRAL`. For MS muscles were counted, for ALS people: never on one axis.
    """
    rows = plotted(plots, facts, "central-conduction", disease)
    measured = _CENTRAL_AXIS[disease]
    return Figure(
        id="central-conduction",
        title=_central_title(rows, disease),
        draw=lambda: chart(_shares(rows), Axis(title=measured, ticks=PERCENT_TICKS)),
        table=_table(rows, "What was tested"),
        alt=f"Central motor conduction time, {measured}. {_listed(rows)}.",
        how_to_read=(
            "A short magnetic pulse at the head makes a muscle twitch. Doctors time the signal on its way through the "
            "brain and the spinal cord: the central motor conduction time. Each mark is one study: the share in which "
            "that time was longer than normal, or not normal."
        ),
        caveats=(*_CENTRAL_CAVEATS[disease], "For MS, muscles were counted, for ALS people: do not compare the two."),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


_CENTRAL_AXIS: Mapping[str, str] = {
    theme.MS.key: "% of muscles with a slow path",
    theme.ALS.key: "% of people with a path that was slow or not normal",
}
_CENTRAL_CAVEATS: Mapping[str, tuple[str, ...]] = {
    theme.MS.key: (
        "One study of few people, all with relapsing MS and in a calm phase. They could all walk.",
        "A slow path is often not felt: these muscles were not weak.",
    ),
    theme.ALS.key: (
        "The studies tested different muscles and chose different people. We show both answers, never a mean.",
        "The larger share counts only people with signs of upper motor neuron damage, and not all of them had ALS "
        "itself: some had a related form.",
        NOT_ALONE,
    ),
}


def _central_title(rows: list[PlottedFact], disease: str) -> str:
    if disease == theme.MS.key:
        fact = rows[0].fact
        return f"In relapsing MS, the path from brain to muscle was slow even to {fact.figure} of normal strength"
    low, high = sorted(row.fact.value for row in rows)
    said = f"{number(low)}% or {number(high)}%"
    return f"Is the path from brain to muscle slow in ALS? Studies of different people differ: {said}"


def nerve_speed(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """How many people with ALS have slow nerves in arms and legs, motor and sensory (%, range over nerves)."""
    rows = plotted(plots, facts, "nerve-speed")
    most = max(row.fact.high for row in rows)
    keep = "nerves of arms and legs mostly keep their speed" if most < HALF else "nerves can slow down"
    return Figure(
        id="nerve-speed",
        title=f"In a study of ALS, {keep}: no nerve tested was slow in more than {number(most)}% of people",
        draw=lambda: chart(
            headed(rows, _figure_of), Axis(title="% of people with ALS whose nerve was slow", ticks=PERCENT_TICKS)
        ),
        table=_people(_table(rows, "Slow signals in")),
        alt=f"People with ALS in whom a nerve was slow, from the lowest to the highest nerve. {_listed(rows)}.",
        how_to_read=(
            "A small pulse on the skin starts a signal, and the test times it along the nerve. Each thin line goes "
            "from the nerve that was slow in the fewest people to the one that was slow in the most."
        ),
        caveats=(
            "The shares are counted nerve by nerve. How many people had any slow nerve is not given.",
            "This is about speed. Other parts of the test change much more often in ALS: in the same study, a late "
            "answer at the far end of a motor nerve was common (see the note below the table).",
            "The study is of one group of people, with no healthy group in what we could read.",
            "MS harms the brain and the spinal cord, not these nerves, so it is not drawn here.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _people(table: pd.DataFrame) -> pd.DataFrame:
    """The table with what its shares are of, and without the intervals that its source does not give."""
    return table.assign(Figure=[text.replace("%", " of 100 people") for text in table["Figure"]]).drop(
        columns="Interval"
    )


def neurofilament(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Neurofilament light in MS and in ALS against each study's own comparison group (standard deviations)."""
    rows = plotted(plots, facts, "neurofilament")
    raised = (
        "is higher" if all(row.fact.value > 0 and not row.fact.low <= 0 for row in rows) else "is not always higher"
    )
    return Figure(
        id="neurofilament",
        title=(
            f"In pooled studies, neurofilament, a mark of hurt nerve fibres, {raised} in both diseases, in blood and "
            "in spinal fluid"
        ),
        draw=lambda: chart(
            headed(rows, lambda fact: number(fact.value), with_condition=True),
            Axis(title="difference in standard deviations (0 is none)", ticks=EFFECT_TICKS),
        ),
        table=_table(rows, "What was compared"),
        alt="Difference in standard deviations. " + _compared(rows),
        how_to_read=(
            "Controls are the people they were compared with. Zero means no difference. The unit, one standard "
            "deviation, measures how much people differ anyway. A thin line is the interval, if the source gives one."
        ),
        caveats=(
            "The comparison groups differ from row to row, and so do the studies: this does not compare MS with ALS.",
            "A raised level cannot tell which illness it is: the authors on ALS say that it is not specific to ALS.",
            f"For ALS, the summary gives no interval and no number of people. {NOT_ALONE}",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _compared(rows: list[PlottedFact]) -> str:
    said = [f"{row.fact.condition}, {row.label}: {number(row.fact.value)}" for row in rows]
    return f"{'; '.join(said)}."


def oligoclonal_bands(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """People with oligoclonal bands in spinal fluid: after a first attack, in MS and in ALS (%)."""
    rows = plotted(plots, facts, "oligoclonal-bands")
    values = {c.key: [row.fact for row in rows if row.fact.condition == c.key] for c in theme.CONDITIONS}
    first = "cis-ocb"
    ms = [PlottedFact("", fact) for fact in values[theme.MS.key] if fact.fact_id != first]
    (als,) = values[theme.ALS.key]
    return Figure(
        id="oligoclonal-bands",
        title=(
            f"Oligoclonal bands: found in {_ends(ms)}% of people with MS, in {als.figure} of one group with ALS in "
            "Italy"
        ),
        draw=lambda: chart(headed(rows, _figure_of), Axis(title="% of people with bands", ticks=PERCENT_TICKS)),
        table=_table(rows, "Who"),
        alt=f"People with oligoclonal bands in their spinal fluid. {_listed(rows)}.",
        how_to_read=(
            "Bands are traces of immune proteins made inside the nervous system. Each mark is one study or pooled "
            "analysis: the share of people in whom they were found."
        ),
        caveats=(
            "Some people with MS have no bands, and some people with ALS have them: bands do not prove MS, and to have "
            "none does not rule it out.",
            "A first attack does not always become MS.",
            "The studies took different people. We have no figure for healthy people and no interval.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


VISUAL_EVOKED = Recipe("visual-evoked", visual_evoked, ("plots", "facts"), Choice("show", tuple(VISUAL)))
CENTRAL_CONDUCTION = Recipe(
    "central-conduction", central_conduction, ("plots", "facts"), Choice("disease", tuple(CENTRAL))
)
NERVE_SPEED = Recipe("nerve-speed", nerve_speed, ("plots", "facts"))
NEUROFILAMENT = Recipe("neurofilament", neurofilament, ("plots", "facts"))
OLIGOCLONAL_BANDS = Recipe("oligoclonal-bands", oligoclonal_bands, ("plots", "facts"))
