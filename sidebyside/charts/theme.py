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
ROW_STEP: Final = 28
# What an axis with a title of one line takes below the plot, and each further line.
AXIS_ROOM: Final = 60
AXIS_LINE: Final = 17
AXIS_TITLE_WIDTH: Final = 32
# Streamlit would add 20 pixels below each drawing.
PADDING: Final = {"left": 2, "right": 2, "top": 5, "bottom": 5}
# The three colours of marks by their place in the domain, where no theme of the dashboard gives them: in the static
# edition, on the sheet, in previews and in files. `.streamlit/config.toml` names the same for the light theme.
LIGHT_RANGE: Final[Mapping[str, list[str]]] = {"category": [MS.colour, ALS.colour, NEUTRAL]}
NUMBER_FORMAT: Final = ",.10~g"
# The parameter that lets the height of a drawing follow its width: Vega-Lite takes no expression as a height.
HEIGHT: Final = "height"
INK: Final = "#262730"
TEXT: Final = "currentColor"


def _colours() -> alt.Scale:
    """The diseases in the order of the theme's ``chartCategoricalColors``: no range, so that each theme has its own."""
    return alt.Scale(domain=[c.key for c in MARKED])


def colour() -> alt.Color:
    """The encoding that gives each disease its colour in either theme; needs a field ``condition``."""
    return alt.Color("condition:N", scale=_colours(), legend=None)


def in_colour_of(chart: alt.Chart, condition: Condition, *channels: str) -> alt.Chart:
    """A drawing of one disease alone, in its colour in either theme; ``channels`` beside or instead of ``color``."""
    kinds = {"color": alt.Color, "fill": alt.Fill, "stroke": alt.Stroke}
    look: dict[str, Any] = {"scale": _colours(), "legend": None}
    own: dict[str, Any] = {each: kinds[each]("condition:N", **look) for each in channels or ("color",)}
    drawn: alt.Chart = chart.transform_calculate(condition=f"'{condition.key}'").encode(**own)
    return drawn


def shape() -> alt.Shape:
    """The encoding that gives each disease its mark; needs a field ``condition``."""
    scale = alt.Scale(domain=[c.key for c in MARKED], range=[c.shape for c in MARKED])
    return alt.Shape("condition:N", scale=scale, legend=None)


def axis(title: str, values: Sequence[float] | None = None, **options: Any) -> alt.Axis:
    """A numeric axis in the page's own ink: its title with unit, few ticks, a faint grid.

    Colours, sizes and distances are said on the axis itself, because Streamlit's chart theme overrides a
    chart's common configuration. Numbers stand as they are: left alone, Vega rounds them to the
    step it finds fitting, and 0.5 becomes 1.
    """
    lines = title_lines(title)
    numbers = {} if "labelExpr" in options else {"format": NUMBER_FORMAT}
    ticks = {"values": list(values)} if values else {"tickCount": 4}
    look = {"titleFontWeight": "normal", "titlePadding": 8, "labelPadding": 6, "ticks": False, "gridOpacity": 0.4}
    look |= {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE}
    said = lines if len(lines) > 1 else title
    return alt.Axis(title=said, **{**look, **ticks, **numbers, "grid": True, "domain": False, **options})


def title_lines(title: str) -> list[str]:
    """The title of an axis in lines that a phone holds."""
    return textwrap.wrap(title, AXIS_TITLE_WIDTH)


def axis_room(title: str) -> int:
    """How much of a drawing's height the numbers and the title of its horizontal axis take."""
    return AXIS_ROOM + AXIS_LINE * (len(title_lines(title)) - 1)


def words(chart: alt.Chart, **placing: Any) -> alt.Chart:
    """Words in a drawing: readable size, in the colour of the page's text (light or dark)."""
    drawn: alt.Chart = chart.mark_text(**{"baseline": "middle", "fontSize": FONT_SIZE, "color": TEXT, **placing})
    return drawn


def finished(
    chart: alt.LayerChart | alt.FacetChart, rows: int, row_height: int = ROW_STEP, *, height: str = ""
) -> dict[str, Any]:
    """A chart as a finished Vega-Lite specification, as wide as its card.

    Its height is that of ``rows`` rows and an axis, or follows its width by ``height``, an expression of Vega that
    names ``width``: as in ``max(170, min(370, width * 0.52))``. Either is the height of the whole picture.
    """
    # Unchecked and sized by hand here, where a reader waits: Altair would copy the chart twice more.
    # The tests hold every chart to the schema of Vega-Lite.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    # The height is that of the whole picture: an axis takes its room off it (`AXIS_ROOM`). So it is in Streamlit, which
    # fits a chart that says nothing; SVG, previews and the static edition need to be told.
    config = {**spec["config"], "autosize": {"type": "fit", "contains": "padding"}}
    size = {"width": "container", "height": max(rows, 2) * row_height + AXIS_ROOM, "padding": PADDING}
    follows = [{"name": HEIGHT, "expr": height}] if height else []
    params = {"params": [*spec.get("params", ()), *follows]} if height or "params" in spec else {}
    return {**spec, **size, **params, "config": config}


def icon() -> Image.Image:
    """The site's sign for the browser tab: the round mark of MS beside the square mark of ALS."""
    from PIL import Image, ImageDraw

    sign = Image.new("RGBA", (64, 64))
    brush = ImageDraw.Draw(sign)
    brush.ellipse((2, 18, 30, 46), fill=MS.colour)
    brush.rectangle((35, 18, 61, 46), fill=ALS.colour)
    return sign


def logo() -> str:
    """The site's sign as an SVG picture: both marks and both names, legible in the light and in the dark."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="150" height="32" viewBox="0 0 150 32">'
        f'<circle cx="12" cy="16" r="9" fill="{MS.colour}"/><path d="M24 7h18v18H24z" fill="{ALS.colour}"/>'
        f'<text x="52" y="22" font-family="sans-serif" font-size="17" font-weight="600" fill="{NEUTRAL}">'
        f"{MS.key} | {ALS.key}</text></svg>"
    )


def named(condition: Condition) -> str:
    """A disease's mark and name in its colour, as Markdown of the dashboard."""
    colour = {MS.key: "orange", ALS.key: "blue"}.get(condition.key, "gray")
    return f":{colour}[{GLYPHS[condition.shape]} {condition.key}]"


def paper() -> dict[str, Any]:
    """The Vega config of a chart on its own (SVG): dark ink on white, a common font."""
    return {
        "background": "white",
        "range": dict(LIGHT_RANGE),
        "font": "Helvetica, Arial, sans-serif",
        "title": {"color": INK, "fontSize": FONT_SIZE + 2},
        # Vega draws a frame around a chart unless told otherwise.
        "view": {"stroke": None},
        "padding": 12,
    }
