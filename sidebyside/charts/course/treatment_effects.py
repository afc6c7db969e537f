"""Treatments: what trials found."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import DETAILS, facts_table
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import forest
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, Row, open_marks
from sidebyside.charts.plotted import plotted, used_sources
from sidebyside.content.chart_text import chart_text, decide, options
from sidebyside.data.formatting import INTERVALS, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import Case, ChartText
    from sidebyside.data.facts import Fact


@dataclass(frozen=True)
class _View:
    """One question to the trials: rows of one unit, each panel with one comparator.

    ``panels`` leads from a panel of ``plots.csv`` to the part of ``chart_texts`` with the words for its comparator;
    ``outcome`` is the case of the texts on what was measured.
    """

    outcome: str
    panels: Mapping[str, str]
    axis: Callable[[str], Axis]
    none: float = 0
    less_is_better: bool = False

    def worked(self, fact: Fact) -> bool:
        """Whether the trial found a gain that its interval, if there is one, does not reach back from."""
        ends = [end for end in (fact.value, fact.low, fact.high) if not math.isnan(end)]
        return all(end < self.none if self.less_is_better else end > self.none for end in ends)


PLACEBO, REBIF, AVONEX, TERIFLUNOMIDE = "placebo", "rebif", "avonex", "teriflunomide"
RELAPSES, WORSENING, POINTS = "relapses", "lasting_worsening", "points"
BOTH_TRIALS = 2
USUAL = "95% CI"
NOT_MET = "Goal not met."
_percent = functools.partial(forest.difference_axis, ticks=PERCENT_TICKS, start=0)
VIEWS: Mapping[str, _View] = {
    "placebo": _View(RELAPSES, {"relapses-placebo": PLACEBO}, _percent),
    "interferon": _View(RELAPSES, {"relapses-rebif": REBIF, "relapses-avonex": AVONEX}, _percent),
    "teriflunomide": _View(RELAPSES, {"relapses-teriflunomide": TERIFLUNOMIDE}, _percent),
    "worsening": _View(
        WORSENING,
        {"worsening-placebo": PLACEBO, "worsening-rebif": REBIF},
        functools.partial(forest.ratio_axis, ticks=(0.5, 0.75, 1)),
        none=1,
        less_is_better=True,
    ),
    "worsening-percent": _View(WORSENING, {"percent-placebo": PLACEBO}, _percent),
    "als": _View(
        POINTS,
        {"als-placebo": PLACEBO},
        functools.partial(forest.difference_axis, ticks=(-3, 0, 3, 6), start=-4),
    ),
}


@dataclass(frozen=True, eq=False)
class _Mark(Row):
    """A row whose mark is a ring where the trial did not meet its goal."""

    ring: bool = False


def treatment_effects(plots: pd.DataFrame, facts: Mapping[str, Fact], *, view: str) -> Figure:
    """What randomised trials of medicines found against one comparator, in one unit, oldest report first.

    ``view`` is a key of `VIEWS`.
    """
    chosen = VIEWS[view]
    named = chart_text("treatment-effects", view)
    panels: Mapping[str, list[PlottedFact]] = {
        named[comparator]: _by_year(plotted(plots, facts, "treatment-effects", panel))
        for panel, comparator in chosen.panels.items()
    }
    rows = [row for panel in panels.values() for row in panel]
    wider = _wider_lines(rows)
    good = sum(_met(row, chosen) for row in rows)
    text = chart_text(
        "treatment-effects",
        view,
        chosen.outcome,
        _how_many(good, len(rows)),
        decide("usual_lines", wider_lines=bool(wider)),
        disease=rows[0].fact.condition,
        good=str(good),
        trials=str(len(rows)),
        view=options("treatment-effects")[view],
        panels=" ".join(_panel_in_words(words, panel) for words, panel in panels.items()),
        wider=wider,
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _forest(panels, chosen, text),
        table=_effects_table(panels, text.heading),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _forest(panels: Mapping[str, list[PlottedFact]], chosen: _View, text: ChartText) -> dict[str, Any]:
    """The trials read against the line of no effect; what is better lies left of it where less is better."""
    axis = chosen.axis(text.axis)
    sides = (text["better"], text["worse"]) if chosen.less_is_better else (text["worse"], text["better"])
    # Where the axis begins at no effect, nothing can lie left of it.
    left = "" if axis.reference == axis.start else sides[0]
    return open_marks(forest.chart(_effect_marks(panels), axis, left, sides[1]), "datum.ring")


def _by_year(rows: list[PlottedFact]) -> list[PlottedFact]:
    return sorted(rows, key=lambda row: int(row.fact.source.year))


def _met(row: PlottedFact, chosen: _View) -> bool:
    """Whether a trial reached its goal: by the word of its report, and by its figures."""
    return row.remark != NOT_MET and chosen.worked(row.fact)


def _how_many(good: int, trials: int) -> Case:
    """In how many of the trials shown a gain was clear."""
    whole = good == trials
    return decide("some", both=whole and good == BOTH_TRIALS, all=whole, none=good == 0)


def _beside(fact: Fact, remark: str) -> str:
    """A figure as it is printed, and what must be known with it."""
    return _remarked(number(fact.value) + ("%" if fact.unit.startswith("%") else ""), remark)


def _remarked(words: str, remark: str) -> str:
    return f"{words}, {remark[:1].lower()}{remark[1:].rstrip('.')}" if remark else words


def _wider_lines(rows: list[PlottedFact]) -> str:
    """What lines mean that are not the usual interval."""
    others = [row for row in rows if row.fact.interval not in ("", USUAL)]
    return " ".join(
        chart_text("treatment-effects", medicine=row.label, interval=INTERVALS[row.fact.interval])["wider-line"]
        for row in others
    )


def _heading(label: str, fact: Fact) -> str:
    return f"{label}, {fact.source.year}"


def _short(comparator: str) -> str:
    """A comparator as a phone has room for: the brand, where one is given."""
    return comparator.rstrip(")").rpartition("(")[2]


def _compared(comparator: str) -> str:
    return chart_text("treatment-effects", comparator=_short(comparator))["compared"]


def _effect_marks(panels: Mapping[str, list[PlottedFact]]) -> list[Row]:
    drawn: list[Row] = []
    for words, rows in panels.items():
        drawn += [Row(_compared(words))] if len(panels) > 1 else []
        for row in rows:
            fact, ring = row.fact, row.remark == NOT_MET
            drawn.append(Row(_remarked(_heading(row.label, fact), row.remark)))
            drawn.append(_Mark(fact.brief, fact.condition, fact.value, fact.low, fact.high, ring=ring))
    return drawn


def _panel_in_words(words: str, rows: list[PlottedFact]) -> str:
    said = "; ".join(f"{_heading(row.label, row.fact)}: {_beside(row.fact, row.remark)}" for row in rows)
    return chart_text("treatment-effects", comparator=words, rows=said)["panel"]


def _effects_table(panels: Mapping[str, list[PlottedFact]], what: str) -> pd.DataFrame:
    """The figures as a table, each with its year of report and its comparator."""
    listed = [(words, row) for words, rows in panels.items() for row in rows]
    headed = [row._replace(label=_heading(row.label, row.fact)) for _, row in listed]
    table = facts_table(headed, what).drop(columns="Disease")
    table.insert(1, "Compared with", [words for words, _ in listed])
    return table


TREATMENT_EFFECTS = ChartDefinition(
    "treatment-effects",
    treatment_effects,
    ("plots", "facts"),
    Options("view", tuple(VIEWS)),
)
