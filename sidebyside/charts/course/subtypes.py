"""The kinds of MS, on two lists."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sidebyside.charts import theme
from sidebyside.charts.definition import ChartDefinition
from sidebyside.charts.figure import Figure
from sidebyside.content.chart_text import chart_text
from sidebyside.data.contract import LIST_SEPARATOR
from sidebyside.data.reading import records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.content.chart_text import ChartText
    from sidebyside.data.sources import Source

    Kind = dict[str, Any]

LISTS = ("list_1996", "list_2013")
IN_WORDS = ("no", "one", "two", "three", "four", "five", "six")
# Three columns in units of one column; a name in a box is broken so that it fits a phone.
COLUMN_GAP = 0.04
NAME_WIDTH = 12
ABSENT_WIDTH = 11
BOX_HEIGHT = 74
BOX_GAP = 4
HEADS = 0.6
# Slices of the box of one range: so many, each a little darker, that no step is seen between them.
SLIDES = 24
PALEST, DARKEST = 0.08, 0.5
LINE = 17


def ms_kinds(kinds: pd.DataFrame, sources: Mapping[str, Source]) -> Figure:
    """The kinds of MS on the lists of 1996 and 2013, and the newer view of MS as one range.

    No quantities: each kind is a box in the column of each list that names it. Sources are those of the kinds.
    """
    shown = records(kinds.sort_values("position"))
    boxes = [kind for kind in shown if kind["role"] == "kind"]
    text = _kinds_text(boxes)
    return Figure.of_text(
        text,
        build_spec=lambda: _columns(boxes, text),
        table=_kinds_table(shown, sources, text),
        source_ids=dict.fromkeys(source for kind in shown for source in _source_ids(kind)),
        details=("What it means", "Note", "Sources"),
        terms=tuple((str(kind["name"]), f"{kind['meaning']}.") for kind in shown),
    )


def _kinds_text(boxes: list[Kind]) -> ChartText:
    early, late = ({kind["kind_id"] for kind in boxes if kind[column] == "yes"} for column in LISTS)
    named = {column: ", ".join(kind["name"] for kind in boxes if kind[column] == "yes") for column in LISTS}
    return chart_text("ms-kinds", early=IN_WORDS[len(early)], still=IN_WORDS[len(early & late)], **named)


def _source_ids(kind: Kind) -> list[str]:
    return str(kind["source_ids"]).split(LIST_SEPARATOR)


def _kinds_table(shown: list[Kind], sources: Mapping[str, Source], text: ChartText) -> pd.DataFrame:
    return pd.DataFrame(
        {
            text.heading: kind["name"],
            **{text[column]: kind[column] for column in LISTS},
            "What it means": kind["meaning"],
            "Note": kind["note"],
            "Sources": "; ".join(sources[source_id].label for source_id in _source_ids(kind)),
        }
        for kind in shown
    )


def _columns(boxes: list[Kind], text: ChartText) -> dict[str, Any]:
    """Two columns of boxes, one a list, and a third box as high as both, whose shade changes without a step."""
    cells = [
        _cell(text[f"absent_{column}"], column, place, row, kind)
        for place, column in enumerate(LISTS)
        for row, kind in enumerate(boxes)
    ]
    heads = [{"left": float(place), "text": text[part]} for place, part in enumerate([*LISTS, "newer-view"])]
    layers = _kinds_layers(pd.DataFrame(cells), pd.DataFrame(heads), len(boxes), text["one-range"])
    drawn = theme.finished(layers, len(boxes) + 1, 1)
    return {**drawn, "height": (len(boxes) + HEADS) * BOX_HEIGHT}


def _cell(absent: str, column: str, place: int, row: int, kind: Kind) -> dict[str, Any]:
    """One box: where it stands, and its name, or ``absent`` where the list does not have it."""
    listed = kind[column] == "yes"
    text, width = (kind["name"].removesuffix(" MS"), NAME_WIDTH) if listed else (absent, ABSENT_WIDTH)
    return {
        "left": float(place),
        "right": place + 1 - COLUMN_GAP,
        "top": float(row),
        "bottom": row + 1 - BOX_GAP / BOX_HEIGHT,
        "text": "\n".join(textwrap.wrap(text, width)),
        "lines": len(textwrap.wrap(text, width)),
        "listed": listed,
    }


def _kinds_layers(cells: pd.DataFrame, heads: pd.DataFrame, rows: int, view: str) -> alt.LayerChart | alt.FacetChart:
    boxes = alt.Chart(cells).encode(x=_across("left"), x2="right", y=_down("top", rows), y2="bottom")
    named, absent = (f"{sign}datum.listed" for sign in ("", "!"))
    wide = (1 - COLUMN_GAP) / SLIDES
    slices = [
        {
            "left": 2 + n * wide,
            "right": 2 + (n + 1) * wide,
            "top": 0.0,
            "bottom": rows - BOX_GAP / BOX_HEIGHT,
            "part": n,
        }
        for n in range(SLIDES)
    ]
    shade = alt.Opacity("part:Q", scale=alt.Scale(domain=[0, SLIDES - 1], range=[PALEST, DARKEST]), legend=None)
    slide = theme.in_colour_of(alt.Chart(pd.DataFrame(slices)).mark_rect(aria=False), theme.MS)
    listed = boxes.transform_filter(named).mark_rect(fillOpacity=0.15, strokeWidth=1.5, cornerRadius=4)
    title = theme.words(alt.Chart(heads), align="left", fontWeight="bold")
    return alt.layer(
        slide.encode(x=_across("left"), x2="right", y=_down("top", rows), y2="bottom", opacity=shade),
        theme.in_colour_of(listed, theme.MS, "fill", "stroke"),
        boxes.transform_filter(absent).mark_rect(
            fillOpacity=0, stroke=theme.NEUTRAL, strokeDash=[4, 4], cornerRadius=4
        ),
        *(_written(cells, lines, rows) for lines in sorted(set(cells["lines"]))),
        _view_words(view, rows),
        title.encode(x=_across("left"), y=alt.YDatum(-HEADS / 2), text="text:N"),
    )


def _written(cells: pd.DataFrame, lines: int, rows: int) -> alt.Chart:
    """The words of boxes with this many lines, in the middle of their height."""
    # One layer for each number of lines: Vega places the first line of a text, so its offset depends on the others.
    base = alt.Chart(cells).transform_filter(f"datum.lines == {lines}").encode(x=_across("left"), y=_down("top", rows))
    first = (BOX_HEIGHT - BOX_GAP - (lines - 1) * LINE) / 2
    return theme.words(base, align="left", dx=6, dy=first, lineBreak="\n", lineHeight=LINE).encode(text="text:N")


def _view_words(view: str, rows: int) -> alt.Chart:
    words = pd.DataFrame([{"left": 2.0, "top": rows / 2, "text": "\n".join(textwrap.wrap(view, NAME_WIDTH))}])
    base = alt.Chart(words).encode(x=_across("left"), y=_down("top", rows), text="text:N")
    return theme.words(base, align="left", dx=6, fontWeight="bold", lineBreak="\n", lineHeight=LINE)


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 3], nice=False))


def _down(field: str, rows: int) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[rows, -HEADS], nice=False))


MS_KINDS = ChartDefinition("ms-kinds", ms_kinds, ("ms_kinds", "sources"))
