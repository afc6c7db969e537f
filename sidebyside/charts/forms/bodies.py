"""Two people from the side, back to back, with the parts that each disease damages: MS left, ALS right.

One unit of the drawing's table is a fixed share of a pixel whatever the width, so that a person is never stretched;
all stands about the middle of the chart.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import altair as alt
import pandas as pd

from sidebyside.charts import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sidebyside.charts.theme import Condition

DAMAGED, PARTLY, SPARED = "damaged", "partly", "spared"
STATES: Final = (DAMAGED, PARTLY, SPARED)
# Pixels to a unit of the table, and from the middle of the chart to each back.
SCALE: Final = 0.6
BACK: Final = 8
# Where the names begin, from the middle; over the heads stand the names of the diseases.
NAMES: Final = 80
TOP: Final = 30
HEADS: Final = -17
BOTTOM: Final = 16
LINE: Final = 15
# Below the first width (pixels) names are wrapped, from the second on words stand under them, and below the third all
# is drawn smaller.
NARROW: Final = 400
WIDE: Final = 600
TINY: Final = 300
SMALLER: Final = 0.72
TINY_LINE: Final = 13
NAME_WIDTH: Final = 12
# Layers share their scales unless told otherwise: all pens would then draw with the strokes of the first.
APART: Final = "independent"
Curve = Literal["cardinal", "cardinal-closed"]


class Tag(NamedTuple):
    """A name beside a body: whose body, the part's state, words, more for a wide chart, where its line ends (units)."""

    side: str
    state: str
    words: str
    more: str
    x: float
    y: float


@dataclass(frozen=True)
class Pen:
    """How shapes of one kind are drawn: stroke in pixels, dashes and filling, each by state as in `STATES`."""

    widths: tuple[float, float, float]
    dashes: tuple[int, int]
    curve: Curve
    filling: tuple[float, float, float] = (0, 0, 0)


PERSON: Final[Mapping[str, Curve]] = {"outline": "cardinal-closed", "face": "cardinal"}
PENS: Final[Mapping[str, Pen]] = {
    "band": Pen((7, 3.5, 1), (4, 3), "cardinal-closed"),
    "area": Pen((2, 1.6, 1), (4, 3), "cardinal-closed", (0.4, 0.08, 0.05)),
    "line": Pen((3, 2.4, 1), (4, 3), "cardinal"),
}


def chart(
    shapes: pd.DataFrame, states: Mapping[str, Mapping[str, str]], tags: Sequence[Tag], apart: int
) -> dict[str, Any]:
    """The finished Vega-Lite specification.

    Args:
        shapes: points to be joined: ``shape_id``, ``part_id`` (none: the person), ``kind``, ``position``, ``x``, ``y``.
        states: by disease, the state of each part, one of `STATES`.
        tags: the names beside each body, from the top.
        apart: pixels from one name to the next at least.
    """
    drawn = pd.concat([_side(shapes, condition, states[condition.key]) for condition in theme.CONDITIONS])
    names = _placed(tags, apart)
    layers = [_person(_of_kind(drawn, kind), curve) for kind, curve in PERSON.items()]
    layers += [_strokes(_of_kind(drawn, kind), pen) for kind, pen in PENS.items()]
    layers += [_cells(_of_kind(drawn, "cell")), *_named(names), _heads()]
    drawing = alt.layer(*layers).resolve_scale(strokeWidth=APART, strokeDash=APART, fillOpacity=APART)
    height = max(float(shapes["y"].max()) * SCALE, float(names["to"].max()) + LINE)
    heights = [int(TOP + height * scale + BOTTOM) for scale in (SMALLER, 1)]
    follows = f"width < {TINY} ? {heights[0]} : {heights[1]}"
    return {**theme.finished(drawing, 0, height=follows), "height": heights[1]}


def _sign(condition: str) -> int:
    """MS stands left of the middle and looks to the left, ALS right."""
    return -1 if condition == theme.MS.key else 1


def _side(shapes: pd.DataFrame, condition: Condition, states: Mapping[str, str]) -> pd.DataFrame:
    """One body in pixels from the middle; what is spared bears the mark of neither disease."""
    state = shapes["part_id"].map(states).fillna("")
    ink = pd.Series(condition.key, shapes.index).where(state.isin((DAMAGED, PARTLY)), theme.HEALTHY.key)
    return shapes.assign(
        shape_id=f"{condition.key} " + shapes["shape_id"],
        state=state,
        condition=ink,
        x=(_sign(condition.key) * (shapes["x"] * SCALE + BACK)).round(1),
        y=(shapes["y"] * SCALE).round(1),
    )


def _placed(tags: Sequence[Tag], apart: int) -> pd.DataFrame:
    """The names in pixels: ``x`` and ``y`` of the part; ``at`` and ``to`` of the words, as near as there is room."""
    rows: list[dict[str, Any]] = []
    last: dict[str, float] = {}
    for tag in tags:
        y = tag.y * SCALE
        to = last[tag.side] = max(y, last.get(tag.side, -apart) + apart)
        x = _sign(tag.side) * (tag.x * SCALE + BACK)
        place = {"x": round(x, 1), "y": round(y, 1), "at": _sign(tag.side) * NAMES, "to": round(to, 1)}
        ink = theme.HEALTHY.key if tag.state == SPARED else tag.side
        lines = "\n".join(textwrap.wrap(tag.words, NAME_WIDTH))
        said = {"side": tag.side, "condition": ink, "name": tag.words, "lines": lines, "more": tag.more}
        rows.append({**said, **place})
    return pd.DataFrame(rows)


def _of_kind(shapes: pd.DataFrame, kind: str) -> pd.DataFrame:
    return shapes.loc[shapes["kind"] == kind, ["shape_id", "position", "x", "y", "state", "condition"]]


def _person(shapes: pd.DataFrame, curve: Curve) -> alt.Chart:
    look: dict[str, Any] = {"color": theme.NEUTRAL, "strokeWidth": 1.1, "opacity": 0.6, "aria": False}
    return _joined_up(alt.Chart(shapes[["shape_id", "position", "x", "y"]]).mark_line(interpolate=curve, **look))


def _strokes(shapes: pd.DataFrame, pen: Pen) -> alt.Chart:
    dash = alt.StrokeDash("state:N", scale=_by_state([[1, 0], list(pen.dashes), [1, 0]]), legend=None)
    width = alt.StrokeWidth("state:N", scale=_by_state(pen.widths), legend=None)
    drawn = _joined_up(alt.Chart(shapes).mark_line(interpolate=pen.curve, strokeJoin="round", aria=False))
    drawn = drawn.encode(stroke=_stroke(), strokeDash=dash, strokeWidth=width)
    if not any(pen.filling):
        return drawn
    density = alt.FillOpacity("state:N", scale=_by_state(pen.filling), legend=None)
    return drawn.encode(fill=alt.Fill("condition:N", scale=_colours(), legend=None), fillOpacity=density)


def _joined_up(lines: alt.Chart) -> alt.Chart:
    joined: alt.Chart = lines.encode(
        x=_x("x"), y=_y("y"), detail=alt.Detail("shape_id:N"), order=alt.Order("position:Q")
    )
    return joined


def _cells(shapes: pd.DataFrame) -> alt.Chart:
    """The bodies of nerve cells: full in the colour of the disease, small and grey where they are spared."""
    size = alt.Size("state:N", scale=_by_state((70, 70, 20)), legend=None)
    dots: alt.Chart = alt.Chart(shapes).mark_point(filled=True, opacity=1, aria=False)
    return dots.encode(x=_x("x"), y=_y("y"), color=theme.colour(), size=size)


def _named(names: pd.DataFrame) -> list[alt.Chart]:
    """Each name, a thin line to its part, and a dot where the line ends; on a wide chart more words under the name."""
    base = alt.Chart(names)
    rules = base.mark_rule(color=theme.NEUTRAL, strokeWidth=0.8, aria=False)
    lines = rules.encode(x=_x("x"), y=_y("y"), x2=alt.X2("at:Q"), y2=alt.Y2("to:Q"))
    ends = base.mark_point(size=30, opacity=1, fill="white", strokeWidth=1.8, aria=False)
    dots = ends.encode(x=_x("x"), y=_y("y"), stroke=_stroke(), shape=theme.shape())
    return [lines, dots, *(side for condition in theme.CONDITIONS for side in _words(base, names, condition))]


def _words(base: alt.Chart, names: pd.DataFrame, condition: Condition) -> list[alt.Chart]:
    """The names of one side; where they come with more words, they stand over them in bold."""
    side = base.transform_filter(f"datum.side == '{condition.key}'").encode(x=_x("at"), y=_y("to"))
    right: dict[str, Any] = {"align": "right", "dx": -4} if condition is theme.MS else {"align": "left", "dx": 4}
    look = {**right, "lineHeight": alt.ExprRef(f"width < {TINY} ? {TINY_LINE} : {LINE}"), "lineBreak": "\n"}
    size = alt.ExprRef(f"width < {TINY} ? 12 : {theme.FONT_SIZE}")
    lines = alt.ExprRef(f"width < {NARROW} ? datum.lines : datum.name")
    if not names["more"].any():
        return [theme.words(side, text=lines, **{**look, "fontSize": size})]
    weight = alt.ExprRef(f"width < {WIDE} ? 'normal' : 'bold'")
    bold: dict[str, Any] = {"fontWeight": weight, "dy": alt.ExprRef(f"width < {WIDE} ? 0 : {-LINE / 2}")}
    # Words that are not shown must be none: unseen ones would take room, and the drawing would make way for them.
    more = alt.ExprRef(f"width < {WIDE} ? '' : datum.more")
    under = theme.words(side, dy=LINE / 2 + 1, text=more, **look)
    return [theme.words(side, text=lines, **{**look, **bold, "fontSize": size}), under]


def _heads() -> alt.Chart:
    """The names of the diseases over the bodies, each with its mark."""
    rows = [
        {
            "condition": c.key,
            "x": _sign(c.key) * (60 * SCALE + BACK),
            "y": HEADS,
            "head": f"{theme.GLYPHS[c.shape]} {c.key}",
        }
        for c in theme.CONDITIONS
    ]
    heads = theme.words(alt.Chart(pd.DataFrame(rows)), fontSize=theme.FONT_SIZE + 5, fontWeight="bold")
    drawn: alt.Chart = heads.encode(x=_x("x"), y=_y("y"), text=alt.Text("head:N"), color=theme.colour())
    return drawn


def _x(field: str) -> alt.X:
    unit = f"(width < {TINY} ? {SMALLER} : 1)"
    ends: list[Any] = [{"expr": "width / 2"}, {"expr": f"width / 2 + {unit}"}]
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=ends, nice=False, zero=False))


def _y(field: str) -> alt.Y:
    ends: list[Any] = [TOP, {"expr": f"{TOP} + (width < {TINY} ? {SMALLER} : 1)"}]
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=ends, nice=False, zero=False))


def _stroke() -> alt.Stroke:
    return alt.Stroke("condition:N", scale=_colours(), legend=None)


def _colours() -> alt.Scale:
    """The colours of the diseases as everywhere (`theme.colour`), for lines and fillings."""
    scale: alt.Scale = theme.colour()["scale"]
    return scale


def _by_state(values: Iterable[str | float | Sequence[float]]) -> alt.Scale:
    return alt.Scale(type="ordinal", domain=list(STATES), range=list(values))
