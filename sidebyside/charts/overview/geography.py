"""Figures of places: how many are told and how many live with MS and ALS, on a map and by distance from the equator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.fact_tables import with_scope
from sidebyside.charts.figure import Figure
from sidebyside.charts.forms.world_map import Spot, distance_chart, map_chart
from sidebyside.charts.plotted import rows_with_facts, used_sources
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data import formatting
from sidebyside.data.formatting import for_reading, number
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sidebyside.data.facts import Fact

MEASURES = ("prevalence", "incidence")
PREVALENCE = MEASURES[0]
YEAR = re.compile(r"(?:1[89]|20)\d\d")
# Where numbers stand on the scale of people living with it, of 100,000.
TICKS = (1, 3, 10, 30, 100, 300)
# From this rank correlation on, places farther from the equator are said to have more people with MS.
RISES = 0.3


class Place(NamedTuple):
    """A figure of one place: its row of ``countries``, the figure, its row of ``places``."""

    row: Mapping[str, Any]
    fact: Fact
    where: Mapping[str, Any]


def by_country(
    countries: pd.DataFrame, places: pd.DataFrame, land: pd.DataFrame, facts: Mapping[str, Fact], *, measure: str
) -> Figure:
    """Estimates of both diseases from single countries and regions, on a map: a mark's area is as its number.

    ``measure`` is ``prevalence`` or ``incidence``. Each estimate is one published figure; scope, years and ways of
    counting differ, so they are not joined, shaded or averaged.
    """
    rows = _rows(countries, places, facts, measure)
    listed = [place for places in rows.values() for place in places]
    ms, als = (_ends(place.fact for place in rows[c.key] if not _wider(place.fact)) for c in theme.CONDITIONS)
    text = chart_text(
        "where",
        measure,
        ms=f"{_whole(ms[0])} to {_whole(ms[-1])}",
        als=f"{_whole(als[0])} to {_whole(als[-1])}",
        ms_high=_whole(ms[-1]),
        als_high=_whole(als[-1]),
        rows=_in_words(rows),
    )
    rings = [_ring(row["outline"]) for row in records(land)]
    return Figure.of_text(
        text,
        build_spec=lambda: map_chart(rings, [_spot(place, "map_side") for place in listed], text.axis),
        table=_table(listed, text.heading),
        source_ids=used_sources(place.fact for place in listed),
        details=("Who was counted", "Note"),
    )


def by_distance(countries: pd.DataFrame, places: pd.DataFrame, facts: Mapping[str, Fact]) -> Figure:
    """People living with either disease in single places, by how far these lie from the equator."""
    rows = _rows(countries, places, facts, PREVALENCE)
    listed = [place for places in rows.values() for place in places]
    text = chart_text("where-equator", decide("mixed", rises=_rises(rows[theme.MS.key])), rows=_in_words(rows))
    spots = [_spot(place, "distance_side") for place in listed]
    titles = (text["distance-axis"], text.axis)
    return Figure.of_text(
        text,
        build_spec=lambda: distance_chart(spots, titles, TICKS, text.axis),
        table=_table(listed, text.heading),
        source_ids=used_sources(place.fact for place in listed),
        details=("Who was counted", "Note"),
    )


def _rises(places: Sequence[Place]) -> bool:
    """Whether MS is commoner in places farther from the equator, by ranks."""
    away = pd.Series([abs(float(place.where["latitude"])) for place in places]).rank()
    return away.corr(pd.Series([_height(place.fact) for place in places]).rank()) > RISES


def _ring(polygon: str) -> list[tuple[float, float]]:
    """The points of an outline, longitude first."""
    pairs = (point.split(" ") for point in polygon.removeprefix("POLYGON ((").removesuffix("))").split(", "))
    return [(float(longitude), float(latitude)) for longitude, latitude in pairs]


def _spot(place: Place, side: str) -> Spot:
    """A figure as it is drawn; its side is where its name stands, empty where there is no room."""
    ends, name = place.fact.ends, place.row["place"].split(",")[0]
    kind = theme.WIDER_THAN_ALS if _wider(place.fact) else place.fact.condition
    said = f"{kind} {' to '.join(map(for_reading, ends))}"
    at = (float(place.where["latitude"]), float(place.where["longitude"]))
    phone = place.row["map_phone"] == "yes"
    return Spot(place.fact.condition, name, said, *at, ends[0], ends[-1], place.row[side], phone=phone)


def _ends(facts: Iterable[Fact]) -> list[float]:
    return sorted(end for fact in facts for end in fact.ends)


def _whole(value: float) -> str:
    """A number as a title has it, without decimals."""
    return number(round(value))


def _wider(fact: Fact) -> bool:
    """Whether a figure counts all motor neuron diseases."""
    return theme.WIDER_THAN_ALS in fact.measure


def _rows(
    countries: pd.DataFrame, places: pd.DataFrame, facts: Mapping[str, Fact], measure: str
) -> dict[str, list[Place]]:
    lie = {row["place"]: row for row in records(places)}
    found = rows_with_facts(countries[countries["measure"] == measure], facts)
    chosen = [Place(each.row, each.fact, lie[each.row["place"]]) for each in found]
    ordered = sorted(chosen, key=lambda place: -_height(place.fact))
    return {c.key: [place for place in ordered if place.fact.condition == c.key] for c in theme.CONDITIONS}


def _height(fact: Fact) -> float:
    return sum(fact.ends) / len(fact.ends)


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


def _in_words(rows: Mapping[str, list[Place]]) -> str:
    return " ".join(
        f"{key}: {', '.join(f'{_name(place.row, place.fact)} {_short(place.fact)}' for place in places)}."
        for key, places in rows.items()
    )


def _table(rows: list[Place], heading: str) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            heading: _name(place.row, place.fact),
            "Disease": place.fact.condition,
            "Figure": place.fact.figure,
            "Interval": place.fact.bounds or "none given",
            "Years": _years(place.fact.period) or formatting.NOT_KNOWN,
            "Degrees from the equator": _degrees(place.where),
            "Source": place.fact.attribution,
            "Who was counted": place.fact.population,
            "Note": " ".join(filter(None, (place.fact.note, place.where["remark"]))),
            **place.fact.raw,
        }
        for place in rows
    )
    return with_scope(table, [place.fact for place in rows])


def _degrees(where: Mapping[str, Any]) -> str:
    latitude = float(where["latitude"])
    return f"{number(abs(latitude))} {'south' if latitude < 0 else 'north'}"


BY_COUNTRY = ChartDefinition(
    "where", by_country, ("countries", "places", "land", "facts"), Options("measure", MEASURES)
)
BY_DISTANCE = ChartDefinition("where-equator", by_distance, ("countries", "places", "facts"))
