"""A muscle that loses its motor neurons: its units as marks, and what is left of it month by month."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside import theme
from sidebyside.chart_text import chart_text, decide
from sidebyside.charts.figure import Figure
from sidebyside.charts.plotted import PlottedFact, plotted, used_sources
from sidebyside.data.formatting import DECIMALS, number, rounded
from sidebyside.data.reading import records
from sidebyside.figures import traces
from sidebyside.figures.labs import Dial, Lab
from sidebyside.models import OURS, motor_pool, parameters
from sidebyside.models.motor_pool import HEALTHY_POOL, Course, Loss, most_neurons_spared, simulate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.chart_text import Case, ChartText
    from sidebyside.data.facts import Fact

A_ROW: Final = 12
LARGEST_MARK: Final = 640
HALF: Final = 0.5
PACES: Final = "muscle-course"
# About half way through the run of the first preset.
START_MONTH: Final = 16
CLEAR_GAP: Final = 0.02
# In ``chart_texts``: the words that all charts of the simulation share.
MODEL: Final = "muscle-model"


def _of_100(share: float) -> str:
    return rounded(100 * share, 0)


def _percent(share: float) -> str:
    return f"{_of_100(share)}%"


def _sources(facts: Mapping[str, Fact], plots: pd.DataFrame) -> tuple[str, ...]:
    told = [p.source for model in (motor_pool.Pool, Loss) for p in parameters(model) if p.source != OURS]
    published = used_sources(row.fact for row in plotted(plots, facts, PACES))
    return tuple(dict.fromkeys([*told, *published, *DISPUTED]))


# What the caveats on silent loss and on nerve speed rest on.
DISPUTED: Final = ("aggarwal-2002", "cornblath-1992")


def _at(run: Course, month: int) -> int:
    return int(np.argmin(np.abs(run.months - month)))


def _whole_months(run: Course) -> range:
    return range(math.floor(run.months[-1]) + 1)


def _halved(run: Course, share: np.ndarray[Any, Any]) -> int | None:
    """The first whole month at which a share is down to half."""
    return next((m for m in _whole_months(run) if share[_at(run, m)] <= HALF), None)


def what_happened(run: Course) -> ChartText:
    """When half the motor neurons were lost and when half the response: the words of the drawing of this run.

    Raises:
        DataError: (when a part is asked for) see `ChartText`.
    """
    outcome, values = _losses(run)
    half, (grows, growth) = _halved(run, run.neurons_left), _growth(run)
    meanwhile = math.nan if half is None else float(run.response[_at(run, half)])
    return chart_text("muscle", outcome, grows, **values, **growth, meanwhile=_of_100(meanwhile))


def _losses(run: Course) -> tuple[Case, dict[str, str]]:
    """Whether and when half the neurons and half the response were lost, and what is left of both at the end."""
    neurons, response = _halved(run, run.neurons_left), _halved(run, run.response)
    outcome = decide(
        "together",
        kept=neurons is None,
        answers=response is None,
        later=neurons is not None and response is not None and response > neurons,
    )
    return outcome, {
        "left": _of_100(run.neurons_left[-1]),
        "response": _of_100(run.response[-1]),
        "last": number(_whole_months(run)[-1]),
        "half": number(math.nan if neurons is None else neurons),
        "half_response": number(math.nan if response is None else response),
    }


def _growth(run: Course) -> tuple[Case, dict[str, str]]:
    """Whether the units that are left grow, to how many times their size, and by which month."""
    month, size = _largest(run)
    return decide("as_large", grows=size > 1), {"size": number(size), "largest": number(month)}


# ---------------------------------------------------------------- the units as marks


def muscle(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Each motor unit as a mark whose area is its fibres: it swells as it takes over fibres, then goes out."""
    run = simulate(loss)
    text = what_happened(run)
    return Figure.of_text(
        text,
        draw=lambda: _units_chart(run, text),
        table=_table(run),
        source_ids=_sources(facts, plots),
        still={traces.NOW: _halved(run, run.neurons_left) or START_MONTH},
    )


def _units_chart(run: Course, text: ChartText) -> dict[str, Any]:
    months = list(_whole_months(run))
    fibres = run.fibres[[_at(run, m) for m in months]].T
    largest = float(run.sizes.max() * run.loss.largest_growth)
    count = np.arange(len(fibres))
    units = pd.DataFrame({"column": count % A_ROW, "row": count // A_ROW})
    units["trace"] = traces.written(np.sqrt(fibres / largest), 0, 1)
    data: dict[str, list[dict[str, Any]]] = {"units": records(units), "said": _said(run, months, text)}
    return traces.filled(_units_template(months[-1], text["time"]), data)


def _said(run: Course, months: list[int], text: ChartText) -> list[dict[str, Any]]:
    """Two lines of words for each month."""
    at = [_at(run, month) for month in months]
    neurons, response = (
        text.each(part, [{"share": _of_100(share[n])} for n in at])
        for part, share in (("neurons-left", run.neurons_left), ("response-left", run.response))
    )
    return [
        {"month": month, "line": line, "words": words}
        for month, *both in zip(months, neurons, response, strict=True)
        for line, words in enumerate(both)
    ]


@functools.cache
def _units_template(months: int, time: str) -> dict[str, Any]:
    """The drawing of all units over so many months, before it has data; in the words of its slider."""
    last = (HEALTHY_POOL.neurons - 1) // A_ROW
    height: dict[str, Any] = {"scale": alt.Scale(domain=[last + 0.6, -2.4], nice=False), "axis": None}
    x = alt.X("column:Q", scale=alt.Scale(domain=[-0.6, A_ROW - 0.4], nice=False), axis=None)
    y = alt.Y("row:Q", **height)
    base = alt.Chart(alt.NamedData("units")).transform_calculate(radius=traces.read("datum.trace", traces.NOW))
    alive = base.transform_calculate(area=f"{LARGEST_MARK} * datum.radius * datum.radius")
    look: dict[str, Any] = {"aria": False, "shape": theme.ALS.shape, "color": theme.ALS.colour, "opacity": 0.85}
    marks = alive.transform_filter("datum.radius > 0").mark_point(filled=True, **look)
    lost = theme.words(base.transform_filter("datum.radius == 0"), aria=False, opacity=0.5, fontSize=11)
    gone = lost.encode(text=alt.TextValue("\N{MULTIPLICATION SIGN}"))
    said = alt.Chart(alt.NamedData("said")).transform_filter(f"datum.month == {traces.NOW}")
    lines = said.transform_calculate(row="datum.line * 0.9 - 2.1", column="-0.5")
    layers = [
        marks.encode(x=x, y=y, size=alt.Size("area:Q", scale=None)),
        gone.encode(x=x, y=y),
        theme.words(lines, align="left", fontWeight="bold").encode(x=x, y=y, text=alt.Text("words:N")),
    ]
    return theme.finished(alt.layer(*layers).add_params(*traces.scrubbed(time, START_MONTH, months, 1)), last + 2)


def _table(run: Course) -> pd.DataFrame:
    text = chart_text(MODEL)
    neurons, response, units = (text[f"heading-{name}"] for name in ("neurons", "response", "size"))
    month_heading, none_left = text.heading, text["none-left"]
    # Worked out from all fibres whenever they are asked for.
    neurons_left, answer, growth = run.neurons_left, run.response, run.growth
    rows = []
    for month in _whole_months(run):
        at = _at(run, month)
        size = growth[at]
        rows.append(
            {
                month_heading: str(month),
                neurons: _percent(neurons_left[at]),
                response: _percent(answer[at]),
                units: none_left if math.isnan(size) else rounded(size, 1),
                "neurons_left_percent": round(100 * float(neurons_left[at]), DECIMALS),
                "response_percent": round(100 * float(answer[at]), DECIMALS),
                "unit_size": round(float(size), DECIMALS),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------- what is left, month by month


def course(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Motor neurons and muscle response over the months, beside the pace that studies measured."""
    run = simulate(loss)
    paces = plotted(plots, facts, PACES)
    names = _pace_names(paces)
    text = _course_text(run, names)
    return Figure.of_text(
        text,
        draw=lambda: _course_chart(run, paces, text),
        table=_course_table(run, paces, names),
        source_ids=_sources(facts, plots),
    )


def _pace_names(paces: list[PlottedFact]) -> list[str]:
    """What each study measured, with its pace."""
    values = [{"label": row.label, "pace": number(abs(row.fact.value))} for row in paces]
    return chart_text("muscle-course").each("pace", values)


def _course_text(run: Course, paces: list[str]) -> ChartText:
    outcome, values = _losses(run)
    gap = float(np.mean(run.response - run.neurons_left))
    return chart_text(
        "muscle-course",
        outcome,
        decide("in_step", none_lost=run.neurons_left[-1] == 1, fills_in=gap > CLEAR_GAP),
        **values,
        paces="; ".join(paces),
        spared=_of_100(most_neurons_spared(run.loss.largest_growth)),
    )


def _course_table(run: Course, paces: list[PlottedFact], names: list[str]) -> pd.DataFrame:
    table = _table(run)
    for row, name in zip(paces, names, strict=True):
        falls = [max(0.0, 1 + row.fact.value / 100 * month) for month in _whole_months(run)]
        table[name] = [_percent(share) for share in falls]
        table[f"{row.fact.fact_id.replace('-', '_')}_percent"] = [round(100 * share, DECIMALS) for share in falls]
    return table


def _months(last: int, words: str) -> alt.X:
    """The axis of months, from the start of the run to its last whole month."""
    scale = alt.Scale(domain=[0, last * 1.02], nice=False)
    return alt.X("month:Q", scale=scale, axis=theme.axis(words, [float(m) for m in range(0, last + 1, 6)]))


def _course_chart(run: Course, paces: list[PlottedFact], text: ChartText) -> dict[str, Any]:
    last = _whole_months(run)[-1]
    x = _months(last, text.axis)
    y = alt.Y(
        "left:Q",
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


# ---------------------------------------------------------------- how the units grow


def unit_size(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """How many times their own size at the start the units left have grown to, over the months."""
    run = simulate(loss)
    grows, values = _growth(run)
    text = chart_text("unit-size", grows, **values, last=number(_whole_months(run)[-1]))
    return Figure.of_text(
        text,
        draw=lambda: _size_chart(run, text),
        table=_table(run),
        source_ids=_sources(facts, plots),
    )


def _largest(run: Course) -> tuple[int, float]:
    """The month in which the units left are largest, and how many times their own size that is."""
    growth = run.growth
    sizes = {month: round(float(growth[_at(run, month)]), 1) for month in _whole_months(run)}
    return max(((m, size) for m, size in sizes.items() if not math.isnan(size)), key=lambda found: found[1])


def _size_chart(run: Course, text: ChartText) -> dict[str, Any]:
    every = slice(None, None, 5)
    frame = pd.DataFrame({"month": run.months[every].round(2), "times": run.growth[every].round(2)}).dropna()
    last, limit = _whole_months(run)[-1], run.loss.largest_growth
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


MUSCLE = Lab(
    id=MODEL,
    presets={
        "measured": Loss(),
        "fast": Loss(rate=0.088),
        "slow": Loss(rate=0.012),
        "alone": Loss(largest_growth=1),
        "large-first": Loss(large_first=0.5),
        "healthy": Loss(rate=0),
    },
    dials=(
        Dial("rate", scale=100),
        Dial("exponential"),
        Dial("largest_growth"),
        Dial("large_first"),
        Dial("adoption"),
        Dial("atrophy"),
    ),
    own=Loss(),
    figures=(muscle, course, unit_size),
    needs=("plots", "facts"),
    folded=("unit-size",),
)
