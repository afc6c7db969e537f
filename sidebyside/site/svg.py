"""Charts as still pictures: small SVG inside a page, in the page's own ink, and PNG for previews."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from sidebyside.charts import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.charts.figure import Figure

# As wide as a card on a phone, where every chart was made to be read; larger screens enlarge it.
WIDTH: Final = 340
PICTURE_SIZE: Final = (1200, 630)
PADDING: Final = 5
FONT: Final = "sans-serif"
_NAMESPACE: Final = "http://www.w3.org/2000/svg"
# What is so unless something else is said, or what a page's own style says (`.drawing`).
_NEEDLESS: Final[Mapping[str, str]] = {
    "opacity": "1",
    "font-family": FONT,
    "font-size": f"{theme.FONT_SIZE}px",
    "font-weight": "normal",
    "transform": "translate(0,0)",
    "stroke-width": "1",
    "x2": "0",
    "y2": "0",
}
_FOR_MACHINES: Final = ("role", "class", "pointer-events", "stroke-miterlimit")
_STROKES: Final = ("stroke-width", "stroke-dasharray", "stroke-opacity")
_INHERITED: Final = ("fill", "stroke", "stroke-width", "stroke-opacity", "fill-opacity", "text-anchor")
_NUMBER: Final = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_MOVED: Final = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
# Vega's marks stand about their own middle: a round one in two arcs, others begun at a corner and drawn from there.
_ROUND: Final = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
_CORNERED: Final = re.compile(r"M([-\d.]+),([-\d.]+)([a-zZ\d.,\s-]*)")
_GEOMETRY: Final = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r")


def slider_values(figure: Figure) -> tuple[tuple[str, str], ...]:
    """What a reader could move in the chart, and where the still picture has it: pairs of words and number."""
    bound = [parameter for parameter in figure.static_spec().get("params", ()) if "bind" in parameter]
    return tuple((parameter["bind"]["name"].strip(), f"{parameter['value']:g}") for parameter in bound)


def inline_svg(figure: Figure) -> str:
    """The chart as an SVG element to stand inside a page: text in the page's colour, no background, no words for it.

    The page names and describes it, says ``.drawing`` (font, size, fill of text) and may enlarge it.
    """
    import vl_convert

    spec = figure.static_spec()
    view = {"stroke": None, **spec["config"].get("view", {})}
    look = {"background": None, "font": FONT, "padding": PADDING, "range": theme.LIGHT_RANGE}
    config = {**spec["config"], **look, "view": view}
    return _slim(vl_convert.vegalite_to_svg({**spec, "width": WIDTH, "config": config}))


def preview_png(figure: Figure) -> bytes:
    """The chart under its title as a PNG picture of `PICTURE_SIZE` pixels, for previews of a page."""
    import vl_convert
    from PIL import ImageOps
    from PIL.PngImagePlugin import PngImageFile

    # Twice as large as it is laid out, and then made smaller: 1,440 pixels wide for a picture of 1,200.
    drawn = vl_convert.vegalite_to_png(figure.print_spec(theme.paper()), scale=2)
    fitted = ImageOps.pad(PngImageFile(io.BytesIO(drawn)).convert("RGB"), PICTURE_SIZE, color="white")
    out = io.BytesIO()
    fitted.save(out, "PNG", optimize=True)
    return out.getvalue()


# ---------------------------------------------------------------- a small SVG


def _slim(svg: str) -> str:
    root = ET.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
        _spare(element)
    _gather(root)
    root.attrib = {"viewBox": root.attrib["viewBox"]}
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _spare(element: ET.Element) -> None:
    """Take away what is for machines, or is so anyway; round what places things."""
    said = element.attrib
    kept = {k: v for k, v in said.items() if k not in _FOR_MACHINES and not k.startswith("aria-")}
    kept = {k: v for k, v in kept.items() if _NEEDLESS.get(k) != v}
    if "stroke" not in kept:
        kept = {k: v for k, v in kept.items() if k not in _STROKES}
    if element.tag == "text" and kept.get("fill") == theme.TEXT:
        del kept["fill"]
    if element.tag == "path" and (moved := _MOVED.fullmatch(kept.get("transform", ""))):
        _put(element, kept, float(moved[1]), float(moved[2]))
    element.attrib = {k: _NUMBER.sub(_rounded, v) if k in _GEOMETRY else v for k, v in kept.items()}


def _put(path: ET.Element, said: dict[str, str], x: float, y: float) -> None:
    """A mark at its place, where it was drawn elsewhere and moved."""
    if circle := _ROUND.fullmatch(said["d"]):
        path.tag = "circle"
        said |= {"cx": str(x), "cy": str(y), "r": circle[1]}
        del said["d"], said["transform"]
    elif cornered := _CORNERED.fullmatch(said["d"]):
        said["d"] = f"M{float(cornered[1]) + x},{float(cornered[2]) + y}{cornered[3]}"
        del said["transform"]


def _rounded(number: re.Match[str]) -> str:
    # A tenth of a pixel where the drawing is as wide as a phone.
    return f"{round(float(number[0]), 1):g}"


def _gather(element: ET.Element) -> None:
    """Take out what draws nothing, groups that only wrap, and say once what all of a group share."""
    for child in list(element):
        _gather(child)
        if _draws_nothing(child):
            element.remove(child)
        elif child.tag == "g" and not child.attrib:
            place = list(element).index(child)
            element[place : place + 1] = list(child)
    _join(element)
    if element.tag == "g":
        _share(element)


def _join(element: ET.Element) -> None:
    """Paths next to each other that look the same, as one path: marks of ours do not lie upon each other."""
    for before, path in zip(list(element), list(element)[1:], strict=False):
        if before.tag == path.tag == "path" and _looks(before) == _looks(path):
            path.set("d", before.attrib["d"] + path.attrib["d"])
            element.remove(before)


def _looks(path: ET.Element) -> dict[str, str]:
    return {name: value for name, value in path.attrib.items() if name != "d"}


def _draws_nothing(element: ET.Element) -> bool:
    if element.tag == "g":
        return not len(element)
    hidden = element.get("display") == "none" or element.get("d") == ""
    return hidden or (element.tag == "path" and not {"fill", "stroke"} & set(element.attrib))


def _share(group: ET.Element) -> None:
    # A text without a fill takes the page's: what its group says must not come in between.
    written = any(child.tag == "text" for child in group)
    for name in _INHERITED if not written else ("text-anchor",):
        values = {child.get(name) for child in group}
        if len(values) == 1 and len(group) > 1 and (value := values.pop()) is not None:
            group.set(name, value)
            for child in group:
                del child.attrib[name]
