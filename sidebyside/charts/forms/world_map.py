"""A map of the world with marks whose areas are as the numbers, and the same places by their distance from the equator.

Marks, not painted countries: most figures are of a region or of a part of the people.
"""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import pandas as pd

from sidebyside.charts import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROJECTION: Final = "equalEarth"
# The area of the largest mark in square pixels where the map is so wide; marks are smaller on a narrower one.
LARGEST: Final = 1400
FULL_WIDTH: Final = 640
UNIT: Final = f"max(0.62, min(1.2, width / {FULL_WIDTH}))"
# A square's size is its area for Vega, a circle's that of the square around it.
AROUND: Final = {"circle": 1.2732, "square": 1.0, "diamond": 2.0}
# Below the first width (pixels) only some places are named, in smaller letters; below the second those of MS alone.
NARROW: Final = 480
TINY: Final = 280
SMALL_FONT: Final = 12
MAP_HEIGHT: Final = "max(165, min(430, width * 0.5))"
DISTANCE_HEIGHT: Final = "max(290, min(430, width * 0.7))"
# Where words stand: across and down, as parts of a mark's radius; and their alignment.
SIDES: Final = {
    "left": (-1, 0, "right"),
    "right": (1, 0, "left"),
    "above": (0, -1, "center"),
    "below": (0, 1, "center"),
}


@dataclass(frozen=True, eq=False)
class Spot:
    """A figure at its place: what is said of it, where it lies, its number or both ends, and where its name stands."""

    condition: str
    place: str
    said: str
    latitude: float
    longitude: float
    value: float
    high: float
    side: str = ""
    phone: bool = False


def map_chart(rings: Iterable[Sequence[tuple[float, float]]], spots: Sequence[Spot], unit: str) -> dict[str, Any]:
    """The map as a finished Vega-Lite specification; ``unit`` says what is counted, for those who point at a mark.

    A figure that is given as a span has a mark for either end.
    """
    frame = _map_frame(spots)
    marks = _spots(frame, unit).encode(longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"))
    names = _map_names(frame).encode(longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"))
    layers = [each.project(type=PROJECTION) for each in (_ground(), marks, names)]
    spec = theme.finished(alt.layer(*layers), 0, height=MAP_HEIGHT)
    # The outline is no table: it stands in its layer, where what travels as tables leaves it alone.
    spec["datasets"].pop(spec["layer"][0]["data"]["name"])
    spec["layer"][0]["data"] = {"values": [_feature(rings)]}
    return spec


def distance_chart(spots: Sequence[Spot], titles: tuple[str, str], ticks: Sequence[float], unit: str) -> dict[str, Any]:
    """The same places by distance from the equator (degrees) and by their number on a logarithmic scale.

    ``titles`` are those of both axes. A span is drawn as a line between its ends.
    """
    frame = pd.DataFrame([{**asdict(spot), "distance": abs(spot.latitude)} for spot in spots])
    near = 10 * int(frame["distance"].min() / 10)
    far = frame["distance"].max() + 9
    degrees = alt.Scale(domain=[near, far], nice=False, zero=False)
    tens = [each for each in range(near, 91, 10) if each < far]
    x = alt.X("distance:Q", scale=degrees, axis=theme.axis(titles[0], tens))
    scale = alt.Scale(type="log", domain=[ticks[0] * 0.8, ticks[-1] * 1.7], nice=False)
    y = alt.Y("value:Q", scale=scale, axis=theme.axis(titles[1], ticks))
    base = alt.Chart().encode(x=x, y=y, color=theme.colour())
    spans = base.transform_filter("datum.high > datum.value").mark_rule(strokeWidth=3, aria=False)
    known = base.transform_filter("!(datum.high > datum.value)").mark_point(
        filled=True, size=theme.MARK_SIZE, opacity=0.9
    )
    layers = [
        spans.encode(y2=alt.Y2("high:Q"), tooltip=_tips(unit)),
        known.encode(shape=theme.shape(), tooltip=_tips(unit)),
        *_distance_names(x, y),
    ]
    return theme.finished(alt.layer(*layers, data=frame), 0, height=DISTANCE_HEIGHT)


def _map_frame(spots: Sequence[Spot]) -> pd.DataFrame:
    """A row for each mark, the largest first, so that it does not hide others: ``size`` is as Vega counts it."""
    most = max(spot.high for spot in spots)
    shapes = {condition.key: AROUND[condition.shape] for condition in theme.MARKED}
    rows = []
    for spot in spots:
        across, down, align = SIDES.get(spot.side, (0, 0, "center"))
        for end in sorted({spot.value, spot.high}, reverse=True):
            area = end / most * LARGEST
            named = {**asdict(spot), "value": end, "label": f"{spot.place}: {spot.said}" if spot.side else ""}
            named |= {"across": across, "down": down, "align": align, "size": round(area * shapes[spot.condition], 2)}
            rows.append(named | {"label": named["label"] if end == spot.high else ""})
    frame = pd.DataFrame(rows).drop(columns=["high", "side"])
    return frame.sort_values("size", ascending=False, kind="stable").reset_index(drop=True)


def _ground() -> alt.Chart:
    """The land, in a quiet grey that suits both themes."""
    ground = alt.Chart().mark_geoshape(fillOpacity=0.22, stroke=None, aria=False)
    drawn: alt.Chart = ground.encode(fill=alt.value(theme.NEUTRAL))
    return drawn


def _feature(rings: Iterable[Sequence[tuple[float, float]]]) -> dict[str, Any]:
    geometry = {"type": "MultiPolygon", "coordinates": [[_clockwise(list(ring))] for ring in rings]}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _clockwise(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """An outline as d3 wants it: what runs the other way would be all the world but this."""
    turned = sum((after[0] - at[0]) * (after[1] + at[1]) for at, after in itertools.pairwise(ring))
    return ring if turned > 0 else ring[::-1]


def _spots(frame: pd.DataFrame, unit: str) -> alt.Chart:
    marks = alt.Chart(frame).transform_calculate(area=f"datum.size * pow({UNIT}, 2)")
    size = alt.Size("area:Q", scale=None, legend=None)
    scale = theme.colour()["scale"]
    ink: dict[str, Any] = {"fill": alt.Fill("condition:N", scale=scale, legend=None)}
    ink["stroke"] = alt.Stroke("condition:N", scale=scale, legend=None)
    # A small mark that lies on a large one keeps its own colour.
    density = alt.ExprRef(f"datum.condition == '{theme.MS.key}' ? 0.65 : 0.9")
    spots = marks.mark_point(fillOpacity=density, strokeWidth=1, opacity=1)
    drawn: alt.Chart = spots.encode(**ink, shape=theme.shape(), size=size, tooltip=_tips(unit))
    return drawn


def _tips(unit: str) -> list[alt.Tooltip]:
    return [alt.Tooltip("place:N", title=" "), alt.Tooltip("said:N", title=unit)]


def _map_names(frame: pd.DataFrame) -> alt.Chart:
    """Names beside their marks, as far off as the mark is wide; on a phone only where there is room."""
    radius = f"(sqrt(datum.size) / 2 * {UNIT} + 4)"
    away = {
        "dx": alt.ExprRef(f"datum.across * {radius}"),
        "dy": alt.ExprRef(f"datum.down * ({radius} + 5)"),
        "align": alt.ExprRef("datum.align"),
    }
    few = f"datum.phone && (width >= {TINY} || datum.condition == '{theme.MS.key}')"
    # Unseen words would take room, and the map would make way for them.
    shown = alt.ExprRef(f"width >= {NARROW} || {few} ? datum.label : ''")
    size = alt.ExprRef(f"width < {NARROW} ? {SMALL_FONT} : {theme.FONT_SIZE - 1}")
    named = alt.Chart(frame).transform_filter("datum.label != ''")
    look: dict[str, Any] = {**away, "fontSize": size, "text": shown, "fontWeight": "bold", "aria": False}
    return theme.words(named, **look)


def _distance_names(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    layers = []
    for side, (across, down, align) in SIDES.items():
        named = alt.Chart().transform_filter(f"datum.side == '{side}'")
        words = theme.words(named, dx=9 * across, dy=15 * down, align=align, fontSize=theme.FONT_SIZE - 1, aria=False)
        layers.append(words.encode(x=x, y=y, text=alt.Text("place:N")))
    return layers
