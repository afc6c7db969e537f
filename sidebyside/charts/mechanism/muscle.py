"""A muscle that loses its nerve cells: its motor units, month by month."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import numpy as np
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms import scrubber
from sidebyside.charts.mechanism import muscle_course
from sidebyside.charts.mechanism.muscle_runs import (
    MODEL,
    at_month,
    halved,
    of_100,
    run_table,
    sources,
    what_happened,
    whole_months,
)
from sidebyside.charts.simulation import Control, Simulation
from sidebyside.data.reading import records
from sidebyside.models.motor_pool import HEALTHY_POOL, Loss, simulate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.facts import Fact
    from sidebyside.models.motor_pool import Course

A_ROW: Final = 12
LARGEST_MARK: Final = 640
# About half way through the run of the first preset.
START_MONTH: Final = 16


def muscle(loss: Loss, plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Each motor unit as a mark whose area is its fibres: it swells as it takes over fibres, then goes out."""
    run = simulate(loss)
    text = what_happened(run)
    return Figure.of_text(
        text,
        build_spec=lambda: _units_chart(run, text),
        table=run_table(run),
        source_ids=sources(facts, plots),
        static_values={scrubber.NOW: halved(run, run.neurons_left) or START_MONTH},
    )


def _units_chart(run: Course, text: ChartText) -> dict[str, Any]:
    months = list(whole_months(run))
    fibres = run.fibres[[at_month(run, m) for m in months]].T
    largest = float(run.sizes.max() * run.loss.largest_growth)
    count = np.arange(len(fibres))
    units = pd.DataFrame({"column": count % A_ROW, "row": count // A_ROW})
    # Letters hold the root, the side of a mark: of the sizes themselves, the smallest unit (a five-hundredth of the
    # largest) would be rounded to 0, and stand there as lost.
    units["trace"] = scrubber.encode(np.sqrt(fibres / largest), 0, 1)
    data: dict[str, list[dict[str, Any]]] = {"units": records(units), "said": _counts_by_month(run, months, text)}
    return scrubber.fill_template(_units_template(months[-1], text["time"]), data)


def _counts_by_month(run: Course, months: list[int], text: ChartText) -> list[dict[str, Any]]:
    """Two lines of words for each month."""
    at = [at_month(run, month) for month in months]
    neurons, response = (
        text.each(part, [{"share": of_100(share[n])} for n in at])
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
    base = alt.Chart(alt.NamedData("units")).transform_calculate(
        radius=scrubber.decode_expression("datum.trace", scrubber.NOW)
    )
    alive = base.transform_calculate(area=f"{LARGEST_MARK} * datum.radius * datum.radius")
    look: dict[str, Any] = {"aria": False, "shape": theme.ALS.shape, "color": theme.ALS.colour, "opacity": 0.85}
    marks = alive.transform_filter("datum.radius > 0").mark_point(filled=True, **look)
    lost = theme.words(base.transform_filter("datum.radius == 0"), aria=False, opacity=0.5, fontSize=11)
    gone = lost.encode(text=alt.TextValue("\N{MULTIPLICATION SIGN}"))
    said = alt.Chart(alt.NamedData("said")).transform_filter(f"datum.month == {scrubber.NOW}")
    lines = said.transform_calculate(row="datum.line * 0.9 - 2.1", column="-0.5")
    layers = [
        marks.encode(x=x, y=y, size=alt.Size("area:Q", scale=None)),
        gone.encode(x=x, y=y),
        theme.words(lines, align="left", fontWeight="bold").encode(x=x, y=y, text=alt.Text("words:N")),
    ]
    return theme.finished(alt.layer(*layers).add_params(*scrubber.slider(time, START_MONTH, months, 1)), last + 2)


MUSCLE = Simulation(
    id=MODEL,
    presets={
        "measured": Loss(),
        "fast": Loss(rate=0.088),
        "slow": Loss(rate=0.012),
        "alone": Loss(largest_growth=1),
        "large-first": Loss(large_first=0.5),
        "healthy": Loss(rate=0),
    },
    controls=(
        Control("rate", scale=100),
        Control("exponential"),
        Control("largest_growth"),
        Control("large_first"),
        Control("adoption"),
        Control("atrophy"),
    ),
    custom=Loss(),
    figures=(muscle, muscle_course.course, muscle_course.unit_size),
    needs=("plots", "facts"),
)
