"""The figure of places: how many are told and how many live with MS and ALS, from country to country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import with_scope
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.interval_rows import Axis, Row, chart
from sidebyside.charts.plotted import FactRow, range_text, rows_with_facts, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data import formatting
from sidebyside.data.formatting import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sidebyside.data.facts import Fact

MEASURES = ("prevalence", "incidence")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
STEP = 22
TICKS = (0.2, 1, 5, 20, 100, 300)


def by_country(countries: pd.DataFrame, facts: Mapping[str, Fact], *, measure: str) -> Figure:
    """Estimates of both diseases from single countries and regions, on a logarithmic axis.

    ``measure`` is ``prevalence`` or ``incidence``. Each estimate is one published figure; scope, years
    and ways of counting differ, so they are listed by disease and not joined, shaded or averaged.
    """
    rows = _rows(countries, facts, measure)
    als = [place.fact for place in rows[theme.ALS.key] if not _wider(place.fact)]
    wider = [place.fact for place in rows[theme.ALS.key] if _wider(place.fact)]
    text = chart_text(
        "where",
        measure,
        decide("als_alone", wider=bool(wider)),
        ms=_span(place.fact for place in rows[theme.MS.key]),
        als=_span(als),
        mnd=range_text(wider) if wider else "",
        rows=_in_words(rows),
    )
    listed = [place for places in rows.values() for place in places]
    return Figure.of_text(
        text,
        build_spec=lambda: chart(_marks(rows), Axis(title=text.axis, log=True, stems=False, ticks=TICKS, step=STEP)),
        table=_table(listed, text.heading),
        source_ids=used_sources(place.fact for place in listed),
        details=("Who was counted", "Note"),
    )


def _wider(fact: Fact) -> bool:
    """Whether a figure counts all motor neuron diseases."""
    return theme.WIDER_THAN_ALS in fact.measure


def _rows(countries: pd.DataFrame, facts: Mapping[str, Fact], measure: str) -> dict[str, list[FactRow]]:
    chosen = rows_with_facts(countries[countries["measure"] == measure], facts)
    ordered = sorted(chosen, key=lambda place: -_height(place.fact))
    return {c.key: [place for place in ordered if place.fact.condition == c.key] for c in theme.CONDITIONS}


def _height(fact: Fact) -> float:
    return sum(fact.ends) / len(fact.ends)


def _span(facts: Iterable[Fact]) -> str:
    ends = [end for fact in facts for end in fact.ends]
    return f"{number(min(ends))} to {number(max(ends))}"


def _short(fact: Fact) -> str:
    """The bare figure: one number, or its two ends."""
    return " to ".join(number(end) for end in fact.ends)


def _years(period: str) -> str:
    """The first and last year of a period: ``2008`` of ``31 Dec 2008``, ``1995 to 1997`` of ``1995-1997``."""
    found = sorted(set(YEAR.findall(period)))
    if "published" in period:
        return f"to {found[-1]}" if found else ""
    return "" if not found else found[0] if len(found) == 1 else f"{found[0]}\N{EN DASH}{found[-1]}"


def _name(row: Mapping[str, str], fact: Fact) -> str:
    return f"{row['place']} ({theme.WIDER_THAN_ALS})" if _wider(fact) else row["place"]


def _marks(rows: Mapping[str, list[FactRow]]) -> list[Row]:
    drawn: list[Row] = []
    for place in (place for places in rows.values() for place in places):
        fact = place.fact
        words = f"{fact.condition}: {_name(place.row, fact)}"
        drawn.append(Row(", ".join(filter(None, (words, _years(fact.period))))))
        drawn.append(Row(_short(fact), fact.condition, fact.value, fact.low, fact.high))
    return drawn


def _in_words(rows: Mapping[str, list[FactRow]]) -> str:
    return " ".join(
        f"{key}: {', '.join(f'{_name(place.row, place.fact)} {_short(place.fact)}' for place in places)}."
        for key, places in rows.items()
    )


def _table(rows: list[FactRow], heading: str) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            heading: _name(place.row, place.fact),
            "Disease": place.fact.condition,
            "Figure": place.fact.figure,
            "Interval": place.fact.bounds or "none given",
            "Years": _years(place.fact.period) or formatting.NOT_KNOWN,
            "Source": place.fact.attribution,
            "Who was counted": place.fact.population,
            "Note": place.fact.note,
            **place.fact.raw,
        }
        for place in rows
    )
    return with_scope(table, [place.fact for place in rows])


BY_COUNTRY = ChartDefinition("where", by_country, ("countries", "facts"), Options("measure", MEASURES))
