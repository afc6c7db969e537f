"""Still pictures: small, and yet the same picture."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import vl_convert
from PIL import Image

from sidebyside.charts import theme
from sidebyside.charts.overview import counts
from sidebyside.layouts import pages
from sidebyside.site import svg

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure
    from sidebyside.charts.simulation import Simulation

DEFINITIONS = [
    definition for layout in pages.PAGES.values() for definition in (*layout.charts, *layout.charts_on_request)
]
# A chart's options are drawn alike: the last of them stands for all.
CASES = [(definition, definition.option_keys[-1]) for definition in DEFINITIONS]
SIMULATIONS = [simulation for layout in pages.PAGES.values() for simulation in layout.simulations]
RUNS = [(simulation, preset) for simulation in SIMULATIONS for preset in simulation.presets]
RUNS_COMPARED = [(simulation, list(simulation.presets)[-1]) for simulation in SIMULATIONS]
SPOT = 4
BARELY = 0.13


def _whole(figure: Figure) -> str:
    """The drawing as Vega leaves it."""
    spec = figure.static_spec()
    view = {"stroke": None, **spec["config"].get("view", {})}
    look = {"background": None, "font": svg.FONT, "padding": svg.PADDING, "range": theme.LIGHT_RANGE}
    config = {**spec["config"], **look, "view": view}
    return str(vl_convert.vegalite_to_svg({**spec, "width": svg.WIDTH, "config": config}))


def _alone(drawing: str) -> str:
    """The small drawing with what its page says of it."""
    said = f'xmlns="http://www.w3.org/2000/svg" font-family="{svg.FONT}" font-size="{theme.FONT_SIZE}px"'
    inked = re.sub(r"<text(?![^>]* fill=)", f'<text fill="{theme.INK}"', drawing.replace("<svg", f"<svg {said}", 1))
    return inked.replace(theme.TEXT, theme.INK)


def _pixels(svg: str) -> NDArray[np.float64]:
    picture = Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=1))).convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    return np.asarray(Image.alpha_composite(white, picture).convert("L"), dtype=float) / 255


def _differ(drawing: str, whole: str) -> float:
    """The largest difference between two spots of a few pixels, from 0 (the same) to 1 (black for white)."""
    ours, theirs = _pixels(_alone(drawing)), _pixels(whole.replace(theme.TEXT, theme.INK))
    assert ours.shape == theirs.shape
    high, wide = (length // SPOT * SPOT for length in ours.shape)
    spots = (ours - theirs)[:high, :wide].reshape(high // SPOT, SPOT, wide // SPOT, SPOT).mean(axis=(1, 3))
    return float(np.abs(spots).max())


@pytest.mark.parametrize(("definition", "option"), CASES, ids=lambda case: getattr(case, "id", case))
def test_a_drawing_is_the_chart_as_vega_drew_it_in_half_the_weight(
    definition: ChartDefinition, option: str | None
) -> None:
    figure = definition.figure(option)
    drawing, whole = svg.inline_svg(figure), _whole(figure)
    assert _differ(drawing, whole) < BARELY
    texts = list(ET.fromstring(drawing).iter("text"))
    said = [text.text for text in ET.fromstring(whole).iter("{http://www.w3.org/2000/svg}text")]
    assert [text.text for text in texts] == said
    assert not {text.get("fill") for text in texts} & {theme.INK, "black", "#000", theme.TEXT}, "a page colours them"
    assert len(drawing) < 0.8 * len(whole)
    assert "aria-" not in drawing
    assert "role=" not in drawing


@pytest.mark.parametrize(("simulation", "preset"), RUNS_COMPARED, ids=lambda case: getattr(case, "id", case))
def test_a_run_looks_as_vega_drew_it(simulation: Simulation[object], preset: str) -> None:
    for figure in simulation.run(simulation.settings(preset, {})):
        assert _differ(svg.inline_svg(figure), _whole(figure)) < BARELY


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.id)
def test_the_svg_is_a_picture_with_title_and_words(definition: ChartDefinition) -> None:
    figure = definition.figure()
    picture = figure.svg(theme.paper())
    assert picture.startswith("<svg")
    assert figure.title.split(" ")[0] in picture
    assert "currentColor" in picture or "fill" in picture
    assert "http://" not in picture.replace("http://www.w3.org", "")
    frames = re.findall(r'<path class="background"[^>]*>', picture)
    assert frames
    assert not any("stroke=" in frame for frame in frames), "no frame around a chart"


def test_what_can_be_moved_stands_where_it_says_most() -> None:
    runs = {
        preset: simulation.run(simulation.settings(preset, {}))[0]
        for simulation, preset in RUNS
        if simulation.id == "nerve-fibre"
    }
    for figure in runs.values():
        ((words, moment),) = svg.slider_values(figure)
        assert words == "Time in milliseconds"
        assert float(moment) == pytest.approx(figure.static_values["at"])
        told = "stopped" if "stops at" in figure.title else "arrived at"
        assert told in svg.inline_svg(figure)
    assert svg.slider_values(counts.OF_100000.figure()) == ()


def test_a_picture_for_previews_has_their_size_and_is_no_blank() -> None:
    picture = Image.open(io.BytesIO(svg.preview_png(counts.OF_100000.figure())))
    assert (picture.format, picture.size) == ("PNG", svg.PICTURE_SIZE)
    colours = {colour for _, colour in picture.getcolors(maxcolors=1_000_000) or []}
    assert {(0xD5, 0x5E, 0x00), (0x00, 0x72, 0xB2)} <= colours
