"""The figure of the way to a diagnosis: how long it takes until ALS is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.evidence import number
from sidebyside.figure import Figure
from sidebyside.figures import Recipe
from sidebyside.figures.drawn import DETAILS, facts_table, headed, plotted, used_sources
from sidebyside.figures.rows import Axis, chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sidebyside.evidence import Fact

MONTHS = (0, 6, 12, 18, 24)
FIRST_WRONG, FIRST_RIGHT = "delay-misdiagnosed", "delay-not-misdiagnosed"


def time_to_diagnosis(plots: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """Months from the first sign of ALS to its diagnosis, by clinic, and what a wrong first name costs."""
    rows = plotted(plots, facts, "time-to-diagnosis")
    months = [row.fact.value for row in rows if row.fact.fact_id not in (FIRST_WRONG, FIRST_RIGHT)]
    said = [f"{row.label} {number(row.fact.value)}" for row in rows]
    wrong, right = number(facts[FIRST_WRONG].value), number(facts[FIRST_RIGHT].value)
    return Figure(
        id="time-to-diagnosis",
        title=(
            f"ALS is often named about a year after the first sign: half waited {number(min(months))} to "
            f"{number(max(months))} months or longer, mostly at special clinics"
        ),
        draw=lambda: chart(
            headed(rows, _months), Axis(title="months from the first sign to the diagnosis", ticks=MONTHS)
        ),
        table=facts_table(rows, "Where"),
        alt=(
            f"Median months from first sign to diagnosis of ALS: {'; '.join(said)}. With another diagnosis first it "
            f"took {wrong} months, otherwise {right}."
        ),
        how_to_read=(
            "Each mark is a group of people with ALS: half of them had their diagnosis by then, half had to wait "
            "longer. A thin line shows how the waits spread, where the source says so."
        ),
        caveats=(
            "Most of these are special clinics, looking back. People who never reached such a clinic are not counted.",
            "For MS we found no comparable figure: its long waits are counted as a share of people, in the text above.",
        ),
        source_ids=used_sources(row.fact for row in rows),
        details=DETAILS,
    )


def _months(fact: Fact) -> str:
    return f"{number(fact.value)} months"


TIME_TO_DIAGNOSIS = Recipe("time-to-diagnosis", time_to_diagnosis, ("plots", "facts"))
