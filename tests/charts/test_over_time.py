"""Drawings over time: of one height, with their words in the plot, side by side at the top of a page."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest
import vl_convert

from sidebyside.charts import theme
from sidebyside.charts.course import disability, hundred_people, progression
from sidebyside.charts.forms import over_time
from sidebyside.charts.plotted import plotted
from sidebyside.data.facts import facts
from sidebyside.data.package import load

if TYPE_CHECKING:
    from sidebyside.charts.definition import ChartDefinition

pytestmark = pytest.mark.quick
SIDE_BY_SIDE = (disability.EDSS_FAN, progression.ALS_PACE, hundred_people.HUNDRED_PEOPLE)


def _height(definition: ChartDefinition, width: int) -> float:
    spec = definition.figure().static_spec()
    svg = str(vl_convert.vegalite_to_svg({**spec, "width": width, "padding": theme.PADDING}))
    found = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)
    assert found
    return float(found[1])


@pytest.mark.parametrize("width", [320, 580])
def test_two_side_by_side_have_one_height(width: int) -> None:
    heights = {round(_height(definition, width)) for definition in SIDE_BY_SIDE}
    assert max(heights) - min(heights) <= 2
    assert 255 <= min(heights) <= 345


@pytest.mark.parametrize("definition", SIDE_BY_SIDE, ids=lambda each: each.id)
def test_words_stand_in_the_plot_and_colours_come_from_the_theme(definition: ChartDefinition) -> None:
    spec = definition.figure().chart
    texts = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert len(texts) >= 3
    assert not any(condition.colour in str(spec) for condition in theme.CONDITIONS)
    assert all(layer["mark"]["fontSize"] >= 12 for layer in texts)
    full = [layer for layer in texts if layer["mark"]["color"] == over_time.ON_FULL_COLOUR]
    assert len(full) == (definition is hundred_people.HUNDRED_PEOPLE)


def test_the_title_of_the_pace_says_hardly_any_only_where_it_is_so() -> None:
    plots, known = load("plots"), facts()
    assert progression.als_pace(plots, known).title.startswith("Some people with ALS lose hardly any points a month")
    fact = plotted(plots, known, "als-pace")[0].fact
    faster = {**known, fact.fact_id: dataclasses.replace(fact, low=0.5)}
    assert progression.als_pace(plots, faster).title == "People with ALS lose 0.5 to 2 points a month"
