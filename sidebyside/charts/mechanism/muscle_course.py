"""A muscle that loses its nerve cells: strength and units over the months, and how big units grow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.figure import Figure
from sidebyside.charts.mechanism.muscle_runs import (
    PACES,
    growth_of_units,
    losses_of_run,
    of_100,
    percent,
    run_table,
    sources,
    whole_months,
)
from sidebyside.charts.plotted import plotted
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import DECIMALS, number
from sidebyside.models.motor_pool import most_neurons_spared, simulate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.charts.plotted import PlottedFact
    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact
    from sidebyside.models.motor_pool import Course, Loss

CLEAR_GAP: Final = 0.02


def course(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Motor neurons and muscle response over the months, beside the pace that studies measured."""
    run = simulate(loss)
    paces = plotted(plots, facts, PACES)
    names = _pace_names(paces)
    text = _course_text(run, names)
    return Figure.of_text(
        text,
        build_spec=lambda: _course_chart(run, paces, text),
        table=_course_table(run, paces, names),
        source_ids=sources(facts, plots),
    )


def _pace_names(paces: list[PlottedFact]) -> list[str]:
    """What each study measured, with its pace."""
    values = [{"label": row.label, "pace": number(abs(row.fact.value))} for row in paces]
    return chart_text("muscle-course").each("pace", values)


def _course_text(run: Course, paces: list[str]) -> ChartText:
    outcome, values = losses_of_run(run)
    gap = float(np.mean(run.response - run.neurons_left))
    return chart_text(
        "muscle-course",
        outcome,
        decide("in_step", none_lost=run.neurons_left[-1] == 1, fills_in=gap > CLEAR_GAP),
        **values,
        paces="; ".join(paces),
        spared=of_100(most_neurons_spared(run.loss.largest_growth)),
    )


def _course_table(run: Course, paces: list[PlottedFact], names: list[str]) -> pd.DataFrame:
    table = run_table(run)
    for row, name in zip(paces, names, strict=True):
        falls = [max(0.0, 1 + row.fact.value / 100 * month) for month in whole_months(run)]
        table[name] = [percent(share) for share in falls]
        table[f"{row.fact.fact_id.replace('-', '_')}_percent"] = [round(100 * share, DECIMALS) for share in falls]
    return table


def _months(last: int, words: str) -> alt.X:
    """The axis of months, from the start of the run to its last whole month."""
    scale = alt.Scale(domain=[0, last * 1.02], nice=False)
    return alt.X("month:Q", scale=scale, axis=theme.axis(words, [float(m) for m in range(0, last + 1, 6)]))


def _course_chart(run: Course, paces: list[PlottedFact], text: ChartText) -> dict[str, Any]:
    last = whole_months(run)[-1]
    x = _months(last, text.axis)
    y = alt.Y(
        "left:Q",
        # Above 100% stand the two lines of `_key`.
        scale=alt.Scale(domain=[0, 142], nice=False),
        axis=theme.axis(text["vertical-axis"], [0.0, 25.0, 50.0, 75.0, 100.0]),
    )
    layers: list[alt.Chart] = []
    for row in paces:
        layers += _pace(row.label.split(" (")[0], row.fact, last, x, y)
    layers += [
        _line(run.months, run.neurons_left, x, y, strokeWidth=4),
        _line(run.months, run.response, x, y, strokeWidth=3, strokeDash=[7, 4]),
        _key([text["key-neurons"], text["key-response"]], x, y),
    ]
    return theme.finished(alt.layer(*layers), 9)


def _pace(label: str, fact: Fact, last: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A straight fall as fast as a study measured, with its name beside it."""
    until = min(float(last), -100 / fact.value)
    line = pd.DataFrame({"month": [0.0, until], "left": [100.0, 100 + fact.value * until]})
    at = until if until < last else 0.6 * last
    foot = pd.DataFrame({"month": [at], "left": [100 + fact.value * at], "words": [label]})
    placing = {"align": "left", "dx": 4, "dy": -9} if until < last else {"align": "right", "dx": -6, "dy": 12}
    named = theme.words(alt.Chart(foot), fontSize=12, **placing)
    return [
        alt.Chart(line).mark_line(color=theme.NEUTRAL, strokeWidth=1.5).encode(x=x, y=y),
        named.encode(x=x, y=y, text=alt.Text("words:N")),
    ]


def _line(months: np.ndarray[Any, Any], share: np.ndarray[Any, Any], x: alt.X, y: alt.Y, **look: Any) -> alt.Chart:
    every = slice(None, None, 5)
    frame = pd.DataFrame({"month": months[every].round(2), "left": (100 * share[every]).round(1)})
    drawn: alt.Chart = alt.Chart(frame).mark_line(color=theme.ALS.colour, **look).encode(x=x, y=y)
    return drawn


def _key(lines: list[str], x: alt.X, y: alt.Y) -> alt.Chart:
    """Which line is which, above them: beside steep lines a phone leaves no room for words."""
    said = pd.DataFrame({"month": [0.0, 0.0], "left": [134.0, 119.0], "words": lines})
    return theme.words(alt.Chart(said), align="left", dx=4).encode(x=x, y=y, text=alt.Text("words:N"))


def unit_size(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """How many times their own size at the start the units left have grown to, over the months."""
    run = simulate(loss)
    grows, values = growth_of_units(run)
    text = chart_text("unit-size", grows, **values, last=number(whole_months(run)[-1]))
    return Figure.of_text(
        text,
        build_spec=lambda: _size_chart(run, text),
        table=run_table(run),
        source_ids=sources(facts, plots),
    )


def _size_chart(run: Course, text: ChartText) -> dict[str, Any]:
    every = slice(None, None, 5)
    frame = pd.DataFrame({"month": run.months[every].round(2), "times": run.growth[every].round(2)}).dropna()
    last, limit = whole_months(run)[-1], run.loss.largest_growth
    x = _months(last, text.axis)
    y = alt.Y(
        "times:Q",
        scale=alt.Scale(domain=[0, limit * 1.2 + 0.3], nice=False),
        axis=theme.axis(text["vertical-axis"]),
    )
    rule = alt.Chart(pd.DataFrame({"month": [0.0], "times": [limit], "words": [text["limit"]]}))
    layers = [
        rule.mark_rule(color=theme.NEUTRAL, strokeDash=[5, 4]).encode(y=y),
        theme.words(rule, align="left", dx=6, dy=-10).encode(x=x, y=y, text=alt.Text("words:N")),
        alt.Chart(frame).mark_line(color=theme.ALS.colour, strokeWidth=3).encode(x=x, y=y),
    ]
    return theme.finished(alt.layer(*layers), 7)
