"""What means MS and what means ALS, everywhere: words, colours, marks; and the charts' common look."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import altair as alt
from altair.utils.schemapi import disable_debug_mode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PIL import Image


@dataclass(frozen=True)
class Condition:
    """One of the two diseases, or neither: its key in the tables, its name, colour and mark."""

    key: str
    name: str
    colour: str
    shape: str


# Altair checks each part of a chart as it is made, while a reader waits; the tests hold all charts to the schema.
disable_debug_mode()

MS: Final = Condition("MS", "multiple sclerosis", "#D55E00", "circle")
ALS: Final = Condition("ALS", "amyotrophic lateral sclerosis", "#0072B2", "square")
CONDITIONS: Final = (MS, ALS)
NEUTRAL: Final = "#767676"
# In the tables, what was measured in people without either disease stands under "both".
HEALTHY: Final = Condition("both", "neither disease", NEUTRAL, "diamond")
MARKED: Final = (*CONDITIONS, HEALTHY)
WIDER_THAN_ALS: Final = "MND"

VERDICTS: Final[Mapping[str, tuple[str, str]]] = {
    "holds": ("#117733", "circle"),
    "holds with detail": ("#44AA99", "square"),
    "disputed": ("#AA7700", "diamond"),
    "outdated": ("#AA4499", "triangle-up"),
    "not supported": ("#882255", "cross"),
}

GLYPHS: Final[Mapping[str, str]] = {
    "circle": "\N{BLACK CIRCLE}",
    "square": "\N{BLACK SQUARE}",
    "diamond": "\N{BLACK DIAMOND}",
    "triangle-up": "\N{BLACK UP-POINTING TRIANGLE}",
    "cross": "\N{HEAVY GREEK CROSS}",
}

MARK_SIZE: Final = 130
FONT_SIZE: Final = 14
ROW_STEP: Final = 27
AXIS_ROOM: Final = 78
AXIS_TITLE_WIDTH: Final = 32
NUMBER_FORMAT: Final = ",.10~g"
INK: Final = "#262730"
TEXT: Final = "currentColor"


def colour() -> alt.Color:
    """The encoding that gives each disease its colour; needs a field ``condition``."""
    scale = alt.Scale(domain=[c.key for c in MARKED], range=[c.colour for c in MARKED])
    return alt.Color("condition:N", scale=scale, legend=None)


def shape() -> alt.Shape:
    """The encoding that gives each disease its mark; needs a field ``condition``."""
    scale = alt.Scale(domain=[c.key for c in MARKED], range=[c.shape for c in MARKED])
    return alt.Shape("condition:N", scale=scale, legend=None)


def axis(title: str, values: Sequence[float] | None = None, **options: Any) -> alt.Axis:
    """A numeric axis in the page's own ink: its title with unit, few ticks, a faint grid.

    Colours and sizes are said on the axis itself, because Streamlit's chart theme overrides a
    chart's common configuration. Numbers stand as they are: left alone, Vega rounds them to the
    step it finds fitting, and 0.5 becomes 1.
    """
    lines = textwrap.wrap(title, AXIS_TITLE_WIDTH)
    numbers = {} if "labelExpr" in options else {"format": NUMBER_FORMAT}
    ticks = {"values": list(values)} if values else {"tickCount": 4}
    return alt.Axis(
        title=lines if len(lines) > 1 else title,
        titleFontWeight="normal",
        titlePadding=10,
        gridOpacity=0.4,
        labelColor=TEXT,
        titleColor=TEXT,
        labelFontSize=FONT_SIZE,
        titleFontSize=FONT_SIZE,
        **{**ticks, **numbers, "grid": True, "domain": False, **options},
    )


def words(chart: alt.Chart, **placing: Any) -> alt.Chart:
    """Words in a drawing: readable size, in the colour of the page's text (light or dark)."""
    drawn: alt.Chart = chart.mark_text(**{"baseline": "middle", "fontSize": FONT_SIZE, "color": TEXT, **placing})
    return drawn


def finished(chart: alt.LayerChart | alt.FacetChart, rows: int, row_height: int = ROW_STEP) -> dict[str, Any]:
    """A chart as a finished Vega-Lite specification, as wide as its card, ``rows`` rows high."""
    # Unchecked and sized by hand here, where a reader waits: Altair would copy the chart twice more.
    # The tests hold every chart to the schema of Vega-Lite.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    # The height is that of the whole picture: an axis takes its room off it (`AXIS_ROOM`). So it is in Streamlit, which
    # fits a chart that says nothing; SVG, previews and the static edition need to be told.
    config = {**spec["config"], "autosize": {"type": "fit", "contains": "padding"}}
    return {**spec, "width": "container", "height": max(rows, 2) * row_height + AXIS_ROOM, "config": config}


def icon() -> Image.Image:
    """The site's sign for the browser tab: the round mark of MS beside the square mark of ALS."""
    from PIL import Image, ImageDraw

    sign = Image.new("RGBA", (64, 64))
    brush = ImageDraw.Draw(sign)
    brush.ellipse((2, 18, 30, 46), fill=MS.colour)
    brush.rectangle((35, 18, 61, 46), fill=ALS.colour)
    return sign


def paper() -> dict[str, Any]:
    """The Vega config of a chart on its own (SVG): dark ink on white, a common font."""
    return {
        "background": "white",
        "font": "Helvetica, Arial, sans-serif",
        "title": {"color": INK, "fontSize": FONT_SIZE + 2},
        # Vega draws a frame around a chart unless told otherwise.
        "view": {"stroke": None},
        "padding": 12,
    }
