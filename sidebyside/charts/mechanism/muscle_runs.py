"""Runs of the motor pool that its charts share, in words and months."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from sidebyside.charts.plotted import plotted, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import DECIMALS, number, rounded
from sidebyside.models import motor_pool
from sidebyside.models.motor_pool import Loss
from sidebyside.models.parameters import OURS, parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import Case, ChartText
    from sidebyside.data.facts import Fact
    from sidebyside.models.motor_pool import Course

HALF: Final = 0.5
PACES: Final = "muscle-course"
# In ``chart_texts``: the words that all charts of the simulation share.
MODEL: Final = "muscle-model"


def of_100(share: float) -> str:
    """A share as so many of 100, in words."""
    return rounded(100 * share, 0)


def percent(share: float) -> str:
    """A share as a percentage, in words."""
    return f"{of_100(share)}%"


def sources(facts: Mapping[str, Fact], plots: pd.DataFrame) -> tuple[str, ...]:
    """The sources of a run: of its parameters, of the paces beside it, of what is disputed."""
    of_parameters = [p.source for model in (motor_pool.Pool, Loss) for p in parameters(model) if p.source != OURS]
    published = used_sources(row.fact for row in plotted(plots, facts, PACES))
    return tuple(dict.fromkeys([*of_parameters, *published, *DISPUTED]))


# What the caveats on silent loss and on nerve speed rest on.
DISPUTED: Final = ("aggarwal-2002", "cornblath-1992")


def at_month(run: Course, month: int) -> int:
    """Where a month stands in a run: the sample nearest to it."""
    return int(np.argmin(np.abs(run.months - month)))


def whole_months(run: Course) -> range:
    """The whole months of a run, from its start."""
    return range(math.floor(run.months[-1]) + 1)


def halved(run: Course, share: np.ndarray[Any, Any]) -> int | None:
    """The first whole month at which a share is down to half."""
    return next((m for m in whole_months(run) if share[at_month(run, m)] <= HALF), None)


def what_happened(run: Course) -> ChartText:
    """When half the motor neurons were lost and when half the response: the words of the drawing of this run.

    Raises:
        DataError: (when a part is asked for) see `ChartText`.
    """
    outcome, values = losses_of_run(run)
    half, (grows, growth) = halved(run, run.neurons_left), growth_of_units(run)
    meanwhile = math.nan if half is None else float(run.response[at_month(run, half)])
    return chart_text("muscle", outcome, grows, **values, **growth, meanwhile=of_100(meanwhile))


def losses_of_run(run: Course) -> tuple[Case, dict[str, str]]:
    """Whether and when half the neurons and half the response were lost, and what is left of both at the end."""
    neurons, response = halved(run, run.neurons_left), halved(run, run.response)
    outcome = decide(
        "together",
        kept=neurons is None,
        answers=response is None,
        later=neurons is not None and response is not None and response > neurons,
    )
    return outcome, {
        "left": of_100(run.neurons_left[-1]),
        "response": of_100(run.response[-1]),
        "last": number(whole_months(run)[-1]),
        "half": number(math.nan if neurons is None else neurons),
        "half_response": number(math.nan if response is None else response),
    }


def growth_of_units(run: Course) -> tuple[Case, dict[str, str]]:
    """Whether the units that are left grow, to how many times their size, and by which month."""
    month, size = _largest(run)
    return decide("as_large", grows=size > 1), {"size": number(size), "largest": number(month)}


def run_table(run: Course) -> pd.DataFrame:
    """A run month by month."""
    text = chart_text(MODEL)
    neurons, response, units = (text[f"heading-{name}"] for name in ("neurons", "response", "size"))
    month_heading, none_left = text.heading, text["none-left"]
    # Worked out from all fibres whenever they are asked for.
    neurons_left, answer, growth = run.neurons_left, run.response, run.growth
    rows = []
    for month in whole_months(run):
        at = at_month(run, month)
        size = growth[at]
        rows.append(
            {
                month_heading: str(month),
                neurons: percent(neurons_left[at]),
                response: percent(answer[at]),
                units: none_left if math.isnan(size) else rounded(size, 1),
                "neurons_left_percent": round(100 * float(neurons_left[at]), DECIMALS),
                "response_percent": round(100 * float(answer[at]), DECIMALS),
                "unit_size": round(float(size), DECIMALS),
            }
        )
    return pd.DataFrame(rows)


def _largest(run: Course) -> tuple[int, float]:
    """The month in which the units left are largest, and how many times their own size that is."""
    growth = run.growth
    sizes = {month: round(float(growth[at_month(run, month)]), 1) for month in whole_months(run)}
    return max(((m, size) for m, size in sizes.items() if not math.isnan(size)), key=lambda found: found[1])
