"""Where MS and ALS do their damage: a drawing of the nervous system from coordinates."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition, Options
from sidebyside.charts.figure import Figure
from sidebyside.content.chart_text import chart_text
from sidebyside.data.contract import LIST_SEPARATOR
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sidebyside.charts.theme import Condition
    from sidebyside.data.sources import Source

DISEASES = tuple(c.key for c in theme.CONDITIONS)
DAMAGED, PARTLY, SPARED = "damaged", "partly", "spared"
STATES: Mapping[str, str] = {DAMAGED: "can be damaged", PARTLY: "partly affected", SPARED: "mostly spared"}
WORDS_LEFT = 112
WORDS_WIDTH = 20
# From this width (pixels) on, there is room for what a part is; below it stand its words alone, wrapped.
WIDE = 560
LINE = 17
GAP = 7
MARGIN = 4
TO_MIDDLE_OF_LINE = 7
# Layers share their scales unless told otherwise: all pens would then draw with the strokes of the first.
APART: Final = "independent"
Curve = Literal["cardinal", "cardinal-closed"]


@dataclass(frozen=True)
class Pen:
    """How shapes of one kind are drawn: stroke in pixels, dashes and filling, each by state as in `STATES`."""

    widths: tuple[float, float, float]
    dashes: tuple[int, int]
    curve: Curve
    filling: tuple[float, float, float] = (0, 0, 0)


PERSON: Mapping[str, Curve] = {"outline": "cardinal-closed", "face": "cardinal"}
PENS: Mapping[str, Pen] = {
    "band": Pen((11, 5, 1.5), (6, 4), "cardinal-closed"),
    "area": Pen((2.5, 2.5, 1), (4, 3), "cardinal-closed", (0.4, 0.08, 0.08)),
    "line": Pen((4, 4, 2), (5, 4), "cardinal"),
}


def where_the_damage_is(
    shapes: pd.DataFrame, parts: pd.DataFrame, sources: Mapping[str, Source], *, disease: str
) -> Figure:
    """A person's nervous system with the parts that one disease damages; ``disease`` is one of `DISEASES`.

    The state of each part (damaged, partly affected, mostly spared) is shown by colour, by stroke and in words.
    """
    condition = next(c for c in theme.CONDITIONS if c.key == disease)
    shown = _of_disease(parts, condition)
    text = chart_text(
        "where-the-damage-is",
        disease=condition.key,
        findings=_findings(shown),
        count=str(len(shown)),
        states=_states(shown),
    )
    return Figure.of_text(
        text,
        build_spec=lambda: _drawing(shapes, shown, condition),
        table=_table(parts, sources, text.heading),
        source_ids=_source_ids(parts),
        details=("What it is", "Sources"),
    )


def _of_disease(parts: pd.DataFrame, condition: Condition) -> pd.DataFrame:
    """The parts in the order of their names, with ``state`` and ``words`` of this disease."""
    side = f"{condition.key.lower()}_"
    return parts.rename(columns={f"{side}state": "state", f"{side}words": "words"}).sort_values("position")


def _findings(parts: pd.DataFrame) -> str:
    """What is damaged and what is spared, by place or by task: whichever divides the parts more clearly."""
    column = max(("place", "task"), key=lambda name: len(_clear(parts, name)))
    clear = _clear(parts, column)
    said = []
    for state in STATES:
        names = list(dict.fromkeys(clear.loc[clear["state"] == state, column]))
        clause = chart_text("where-the-damage-is", names=_joined(names, " and "))
        said += [clause[f"finding-{state}"]] if names else []
    return _joined(said, ", and ")


def _clear(parts: pd.DataFrame, column: str) -> pd.DataFrame:
    """The parts that stand in a group of one state: only of such a group can the title say something."""
    alike = parts.groupby(column)["state"].transform("nunique") == 1
    return parts[alike & (parts[column] != "")]


def _joined(words: Sequence[str], last: str) -> str:
    return last.join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _states(parts: pd.DataFrame) -> str:
    said = []
    for state, words in STATES.items():
        named = [f"{row['name'].lower()} ({row['words']})" for row in records(parts[parts["state"] == state])]
        said += [f"{words.capitalize()} ({len(named)}): {', '.join(named)}."] if named else []
    return " ".join(said)


def _table(parts: pd.DataFrame, sources: Mapping[str, Source], what: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            what: row["name"],
            "What it is": row["what"],
            **{f"In {c.key}": _in_words(row, c.key.lower()) for c in theme.CONDITIONS},
            "Sources": " ".join(f"{c.key}: {_cited(row, c.key.lower(), sources)}." for c in theme.CONDITIONS),
        }
        for row in records(parts.sort_values("position"))
    )


def _in_words(row: Mapping[str, str], side: str) -> str:
    return f"{STATES[row[f'{side}_state']].capitalize()}: {row[f'{side}_words']}."


def _ids(row: Mapping[str, str], side: str) -> list[str]:
    return row[f"{side}_source_ids"].split(LIST_SEPARATOR)


def _cited(row: Mapping[str, str], side: str, sources: Mapping[str, Source]) -> str:
    return ", ".join(sources[source_id].label for source_id in _ids(row, side))


def _source_ids(parts: pd.DataFrame) -> tuple[str, ...]:
    rows = records(parts.sort_values("position"))
    return tuple(dict.fromkeys(i for row in rows for c in theme.CONDITIONS for i in _ids(row, c.key.lower())))


# ---------------------------------------------------------------- the drawing


def _drawing(shapes: pd.DataFrame, parts: pd.DataFrame, condition: Condition) -> dict[str, Any]:
    """One unit of the table is one pixel whatever the width, so that a person is never stretched."""
    drawn = shapes.merge(parts[["part_id", "state"]], on="part_id", how="left").fillna({"state": ""})
    labels = _labels(parts, float(shapes["y"].max()))
    layers = [_person(_of_kind(drawn, kind), curve) for kind, curve in PERSON.items()]
    layers += [_strokes(_of_kind(drawn, kind), pen, condition) for kind, pen in PENS.items()]
    layers += [_cells(_of_kind(drawn, "cell"), condition), *_named(labels, condition)]
    height = max(shapes["y"].max(), labels["bottom"].max()) + 4 * MARGIN
    drawing = alt.layer(*layers).resolve_scale(strokeWidth=APART, strokeDash=APART, fillOpacity=APART)
    return {**theme.finished(drawing, 0), "height": int(height)}


def _of_kind(shapes: pd.DataFrame, kind: str) -> pd.DataFrame:
    return shapes.loc[shapes["kind"] == kind, ["shape_id", "position", "x", "y", "state"]]


def _labels(parts: pd.DataFrame, height: float) -> pd.DataFrame:
    """Names and words from top to bottom along the person, wrapped for a phone and for a wide page."""
    said = parts["state"].map(STATES).str.capitalize() + ": " + parts["words"]
    narrow = said.map(_wrapped)
    lines = narrow.str.count("\n") + 2
    apart = max(GAP, (height - LINE * lines.sum()) / max(len(parts) - 1, 1))
    bottom = (LINE * lines + apart).cumsum() - apart
    columns = ["part_id", "name", "state", "anchor_x", "anchor_y"]
    return parts[columns].assign(
        narrow=narrow, wide=said + "\n" + parts["what"], left=WORDS_LEFT, bottom=bottom, top=bottom - LINE * lines
    )


def _wrapped(words: str) -> str:
    """The state on a line of its own: it is what a reader looks for."""
    state, rest = words.split(": ", 1)
    return "\n".join([f"{state}:", *textwrap.wrap(rest, WORDS_WIDTH)])


def _person(shapes: pd.DataFrame, curve: Curve) -> alt.Chart:
    outline = alt.Chart(shapes).mark_line(
        color=theme.NEUTRAL, strokeWidth=1, opacity=0.5, interpolate=curve, aria=False
    )
    return _joined_up(outline)


def _strokes(shapes: pd.DataFrame, pen: Pen, condition: Condition) -> alt.Chart:
    dash = alt.StrokeDash("state:N", scale=_by_state([[1, 0], list(pen.dashes), [1, 0]]), legend=None)
    width = alt.StrokeWidth("state:N", scale=_by_state(pen.widths), legend=None)
    drawn = _joined_up(alt.Chart(shapes).mark_line(interpolate=pen.curve, strokeJoin="round", aria=False))
    drawn = drawn.encode(stroke=_stroke(condition), strokeDash=dash, strokeWidth=width)
    if not any(pen.filling):
        return drawn
    density = alt.FillOpacity("state:N", scale=_by_state(pen.filling), legend=None)
    return drawn.encode(fill=alt.Fill("state:N", scale=_colours(condition), legend=None), fillOpacity=density)


def _joined_up(lines: alt.Chart) -> alt.Chart:
    joined: alt.Chart = lines.encode(
        x=_x("x"), y=_y("y"), detail=alt.Detail("shape_id:N"), order=alt.Order("position:Q")
    )
    return joined


def _cells(shapes: pd.DataFrame, condition: Condition) -> alt.Chart:
    dots: alt.Chart = alt.Chart(shapes).mark_point(size=90, opacity=1, fill="white", strokeWidth=3, aria=False)
    return dots.encode(x=_x("x"), y=_y("y"), stroke=_stroke(condition))


def _named(labels: pd.DataFrame, condition: Condition) -> list[alt.Chart]:
    """Each name with its words, and a thin line to the part they speak of."""
    base = alt.Chart(labels)
    lines = base.transform_calculate(end=f"datum.left - {MARGIN}", middle=f"datum.top + {TO_MIDDLE_OF_LINE}")
    leaders = lines.mark_rule(color=theme.NEUTRAL, strokeWidth=0.75, aria=False).encode(
        x=_x("anchor_x"), y=_y("anchor_y"), x2=alt.X2("end:Q"), y2=alt.Y2("middle:Q")
    )
    ends = base.mark_point(shape=condition.shape, size=36, opacity=1, fill="white", strokeWidth=2, aria=False)
    placed = base.encode(x=_x("left"), y=_y("top"))
    names = theme.words(placed, align="left", baseline="top", fontWeight="bold")
    text = alt.ExprRef(f"width < {WIDE} ? datum.narrow : datum.wide")
    words = theme.words(placed, align="left", baseline="top", dy=LINE, lineHeight=LINE, lineBreak="\n", text=text)
    dots = ends.encode(x=_x("anchor_x"), y=_y("anchor_y"), stroke=_stroke(condition))
    return [leaders, dots, names.encode(text=alt.Text("name:N")), words]


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=_PIXELS)


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=_PIXELS)


def _stroke(condition: Condition) -> alt.Stroke:
    return alt.Stroke("state:N", scale=_colours(condition), legend=None)


def _colours(condition: Condition) -> alt.Scale:
    return _by_state((condition.colour, condition.colour, theme.NEUTRAL))


def _by_state(values: Iterable[str | float | Sequence[float]]) -> alt.Scale:
    return alt.Scale(type="ordinal", domain=list(STATES), range=list(values))


_PIXELS = alt.Scale(domain=[0, 1], range=[MARGIN, MARGIN + 1], nice=False, zero=False)

WHERE_THE_DAMAGE_IS = ChartDefinition(
    "where-the-damage-is",
    where_the_damage_is,
    ("nerve_map", "nerve_parts", "sources"),
    Options("disease", DISEASES),
)
