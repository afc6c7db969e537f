"""A muscle that loses its motor neurons: its units as marks, and what is left of it month by month."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside import theme
from sidebyside.evidence import DECIMALS, number, rounded
from sidebyside.figure import Figure
from sidebyside.figures import traces
from sidebyside.figures.drawn import PlottedFact, plotted, used_sources
from sidebyside.figures.labs import Dial, Lab, simulated
from sidebyside.models import OURS, motor_pool, parameters
from sidebyside.models.motor_pool import HEALTHY_POOL, Course, Loss, most_neurons_spared, simulate
from sidebyside.tables import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.evidence import Fact

A_ROW: Final = 12
LARGEST_MARK: Final = 640
HALF: Final = 0.5
PACES: Final = "muscle-course"
# About half way through the run of the first preset.
START_MONTH: Final = 16
CLEAR_GAP: Final = 0.02
NEURONS: Final = "motor neurons left"
RESPONSE: Final = "muscle response (CMAP)"
CAVEATS: Final = (
    "One muscle in a computer model, and its lower motor neurons only. Upper motor neurons, breathing and treatment "
    "are not in it.",
    "How fast neurons are lost differs widely between people and between muscles. Nobody can read a course of their "
    "own from this.",
    "Whether neurons are lost long before anyone notices is disputed: people who carry a changed SOD1 gene kept normal "
    "counts until months before they grew weak.",
    "How fast fibres are taken over, how long they can wait, and whether large units go first are our choices.",
    "How fast a nerve conducts is not in the model: in ALS it stays near normal.",
)


def _percent(share: float) -> str:
    return f"{rounded(100 * share, 0)}%"


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


def what_happened(run: Course) -> str:
    """When half the motor neurons were lost and when half the response, in a sentence computed from the run."""
    neurons, response = _halved(run, run.neurons_left), _halved(run, run.response)
    last = _whole_months(run)[-1]
    if neurons is None:
        left = f"{_percent(run.neurons_left[-1])} of the motor neurons are left in month {last}"
        return f"{left}; the muscle answers at {_percent(run.response[-1])}"
    lost = f"Half the motor neurons are lost by month {neurons}"
    if response is None:
        return f"{lost}, yet the muscle still answers at {_percent(run.response[-1])} in month {last}"
    later = ", half the muscle response only" if response > neurons else ", and half the muscle response is gone"
    return f"{lost}{later} by month {response}"


def _meanwhile(run: Course) -> str:
    """How much of the response is left when half the neurons are lost."""
    neurons = _halved(run, run.neurons_left)
    if neurons is None:
        return ""
    return f" When half are lost, the muscle still answers at {_percent(run.response[_at(run, neurons)])}."


# ---------------------------------------------------------------- the units as marks


def muscle(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Each motor unit as a mark whose area is its fibres: it swells as it takes over fibres, then goes out."""
    run = simulate(loss)
    return Figure(
        id="muscle",
        title=simulated(what_happened(run)),
        draw=lambda: _units_chart(run),
        still={traces.NOW: _halved(run, run.neurons_left) or START_MONTH},
        table=_table(run),
        alt=f"{what_happened(run)}.{_meanwhile(run)} {_grown(run)}.",
        how_to_read=(
            "Each square is one motor neuron with the muscle fibres it drives: the larger the square, the more fibres. "
            "Move the month below the drawing. When a neuron is lost, its square turns into a small cross, and squares "
            "that are left grow, because they take over its fibres. Nothing moves unless you move it."
        ),
        caveats=CAVEATS,
        source_ids=_sources(facts, plots),
    )


def _units_chart(run: Course) -> dict[str, Any]:
    months = list(_whole_months(run))
    fibres = run.fibres[[_at(run, m) for m in months]].T
    largest = float(run.sizes.max() * run.loss.largest_growth)
    count = np.arange(len(fibres))
    units = pd.DataFrame({"column": count % A_ROW, "row": count // A_ROW})
    units["trace"] = traces.written(np.sqrt(fibres / largest), 0, 1)
    data: dict[str, list[dict[str, Any]]] = {"units": records(units), "said": _said(run, months)}
    return traces.filled(_units_template(months[-1]), data)


def _said(run: Course, months: list[int]) -> list[dict[str, Any]]:
    """Two lines of words for each month."""
    rows = []
    for month in months:
        at = _at(run, month)
        rows.append({"month": month, "line": 0, "words": f"{NEURONS}: {_percent(run.neurons_left[at])}"})
        rows.append({"month": month, "line": 1, "words": f"{RESPONSE}: {_percent(run.response[at])}"})
    return rows


@functools.cache
def _units_template(months: int) -> dict[str, Any]:
    """The drawing of all units over so many months, before it has data."""
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
    return theme.finished(alt.layer(*layers).add_params(*traces.scrubbed("Month", START_MONTH, months, 1)), last + 2)


def _table(run: Course) -> pd.DataFrame:
    rows = []
    for month in _whole_months(run):
        at = _at(run, month)
        size = run.growth[at]
        rows.append(
            {
                "Month": str(month),
                "Motor neurons left": _percent(run.neurons_left[at]),
                "Muscle response (CMAP)": _percent(run.response[at]),
                "Size of the units left (times their own at the start)": "none left"
                if math.isnan(size)
                else rounded(size, 1),
                "neurons_left_percent": round(100 * float(run.neurons_left[at]), DECIMALS),
                "response_percent": round(100 * float(run.response[at]), DECIMALS),
                "unit_size": round(float(size), DECIMALS),
            }
        )
    return pd.DataFrame(rows)


# ---------------------------------------------------------------- what is left, month by month


def course(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Motor neurons and muscle response over the months, beside the pace that studies measured."""
    run = simulate(loss)
    paces = plotted(plots, facts, PACES)
    published = "; ".join(f"{row.label}: {number(abs(row.fact.value))}% a month" for row in paces)
    return Figure(
        id="muscle-course",
        title=simulated(_course_title(run)),
        draw=lambda: _course_chart(run, paces),
        table=_course_table(run, paces),
        alt=f"{what_happened(run)}. Measured in people with ALS ({published}).",
        how_to_read=(
            "Each line starts at the healthy muscle and shows what is left of it. The thick line counts motor neurons; "
            "the dashed one is the muscle's answer, which doctors measure as the compound muscle action potential "
            "(CMAP). The thin grey lines start at the same point and fall as fast as studies found in people with ALS, "
            "by two ways of estimating motor units: MUNE and MUNIX."
        ),
        caveats=(
            *CAVEATS,
            "The studies do not say what their monthly percentages are of. We draw them as shares of a healthy muscle.",
            f"With time enough, a pool could lose {_percent(most_neurons_spared(loss.largest_growth))} of its neurons "
            "before fibres stay without one. This is arithmetic on our growth limit, not a threshold in people.",
        ),
        source_ids=_sources(facts, plots),
    )


def _course_title(run: Course) -> str:
    if run.neurons_left[-1] == 1:
        return "Where no neuron is lost, the muscle answers as before"
    if float(np.mean(run.response - run.neurons_left)) > CLEAR_GAP:
        return "Other neurons fill in: the muscle's response falls later than its motor neurons"
    return "With hardly anyone to fill in, the muscle's response falls with its motor neurons"


def _course_table(run: Course, paces: list[PlottedFact]) -> pd.DataFrame:
    table = _table(run)
    for row in paces:
        falls = [max(0.0, 1 + row.fact.value / 100 * month) for month in _whole_months(run)]
        table[f"{row.label}: {number(abs(row.fact.value))}% a month"] = [_percent(share) for share in falls]
        table[f"{row.fact.fact_id.replace('-', '_')}_percent"] = [round(100 * share, DECIMALS) for share in falls]
    return table


def _months(last: int) -> alt.X:
    """The axis of months, from the start of the run to its last whole month."""
    scale = alt.Scale(domain=[0, last * 1.02], nice=False)
    return alt.X("month:Q", scale=scale, axis=theme.axis("months", [float(m) for m in range(0, last + 1, 6)]))


def _course_chart(run: Course, paces: list[PlottedFact]) -> dict[str, Any]:
    last = _whole_months(run)[-1]
    x = _months(last)
    y = alt.Y(
        "left:Q",
        scale=alt.Scale(domain=[0, 142], nice=False),
        axis=theme.axis("% of the healthy muscle", [0.0, 25.0, 50.0, 75.0, 100.0]),
    )
    layers: list[alt.Chart] = []
    for row in paces:
        layers += _pace(row.label.split(" (")[0], row.fact, last, x, y)
    layers += [
        _line(run.months, run.neurons_left, x, y, strokeWidth=4),
        _line(run.months, run.response, x, y, strokeWidth=3, strokeDash=[7, 4]),
        _key(x, y),
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


def _key(x: alt.X, y: alt.Y) -> alt.Chart:
    """Which line is which, above them: beside steep lines a phone leaves no room for words."""
    lines = [f"thick: {NEURONS}", "dashed: response (CMAP)"]
    said = pd.DataFrame({"month": [0.0, 0.0], "left": [134.0, 119.0], "words": lines})
    return theme.words(alt.Chart(said), align="left", dx=4).encode(x=x, y=y, text=alt.Text("words:N"))


# ---------------------------------------------------------------- how the units grow


def unit_size(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """How many times their own size at the start the units left have grown to, over the months."""
    run = simulate(loss)
    return Figure(
        id="unit-size",
        title=simulated(_grown(run)),
        draw=lambda: _size_chart(run),
        table=_table(run),
        alt=_sizes_said(run),
        how_to_read=(
            "One is the size at the start. The line rises while the neurons that are left take over fibres, and ends "
            "when none is left. The dashed line is the largest size that the model allows one unit."
        ),
        caveats=CAVEATS,
        source_ids=_sources(facts, plots),
    )


def _largest(run: Course) -> tuple[int, float]:
    """The month in which the units left are largest, and how many times their own size that is."""
    sizes = {month: round(float(run.growth[_at(run, month)]), 1) for month in _whole_months(run)}
    return max(((m, size) for m, size in sizes.items() if not math.isnan(size)), key=lambda found: found[1])


def _grown(run: Course) -> str:
    month, size = _largest(run)
    if size <= 1:
        return "The motor units that are left do not grow"
    return f"The motor units that are left grow, to {number(size)} times their size by month {month}"


def _sizes_said(run: Course) -> str:
    month, size = _largest(run)
    if size <= 1:
        return f"{_grown(run)}: they stay as large as at the start, through month {_whole_months(run)[-1]}."
    return f"{_grown(run)}: from {number(1)} at the start to {number(size)} in month {month}."


def _size_chart(run: Course) -> dict[str, Any]:
    every = slice(None, None, 5)
    frame = pd.DataFrame({"month": run.months[every].round(2), "times": run.growth[every].round(2)}).dropna()
    last, limit = _whole_months(run)[-1], run.loss.largest_growth
    x = _months(last)
    y = alt.Y(
        "times:Q",
        scale=alt.Scale(domain=[0, limit * 1.2 + 0.3], nice=False),
        axis=theme.axis("size of a unit (times)"),
    )
    rule = alt.Chart(pd.DataFrame({"month": [0.0], "times": [limit], "words": ["the model's limit"]}))
    layers = [
        rule.mark_rule(color=theme.NEUTRAL, strokeDash=[5, 4]).encode(y=y),
        theme.words(rule, align="left", dx=6, dy=-10).encode(x=x, y=y, text=alt.Text("words:N")),
        alt.Chart(frame).mark_line(color=theme.ALS.colour, strokeWidth=3).encode(x=x, y=y),
    ]
    return theme.finished(alt.layer(*layers), 7)


MUSCLE = Lab(
    id="muscle-model",
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
