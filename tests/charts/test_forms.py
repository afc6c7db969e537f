"""The forms that charts share: what each encodes, whatever its rows say."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import vl_convert
from altair.vegalite.v6.schema import core
from hypothesis import given
from hypothesis import strategies as st

from sidebyside.charts import theme
from sidebyside.charts.forms import columns, forest, gutter, share_bars, slope, small_multiples, timeline
from sidebyside.charts.forms.columns import Column
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, Row
from sidebyside.charts.forms.share_bars import Bar, Part
from sidebyside.charts.forms.slope import Slope
from sidebyside.charts.forms.small_multiples import Panel
from sidebyside.charts.forms.timeline import Event, Lane

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.quick
VEGA_LITE = jsonschema.Draft7Validator(core.load_schema())
PLACES = [
    Bar("Survey", (Part(72, "ALS"), Part(22.1, "ALS", 1), Part(5.9, "ALS", 2))),
    Bar("Beijing", (Part(75.1, "ALS"),)),
]
KEY = ("arm or leg", "mouth or throat", "trunk")
SYMPTOMS = [
    Slope("Stiff muscles", "MS", (20.4, 78), ("20%", "78%")),
    Slope("Bladder", "MS", (20, 77.5), ("20%", "78%")),
]
EFFECTS = [Row("Fingolimod"), Row("0.7", "MS", 0.7, 0.5, 0.96)]
RATIOS = forest.ratio_axis("hazard ratio", (0.5, 1))
LANES = [
    Lane("MS", tuple(Event(1990 + n, f"medicine number {n}", "MS") for n in range(30))),
    Lane("ALS", (Event(1995, "riluzole", "ALS"), Event(2022, "Relyvrio", "ALS", 2024))),
]
PERCENT = Axis("% of people", ticks=PERCENT_TICKS)
PANELS = [
    Panel("Mood", [Row("Depression"), Row("31%", "MS", 30.5, 26, 35), Row("34%", "ALS", 34)], PERCENT),
    Panel("Work", [Row("In work"), Row("68%", "MS", 68), Row("Retired"), Row("45%", "MS", 45)], PERCENT),
    Panel("Eye", [Row("Healthy"), Row("95 ms", "both", 94.6)], Axis("latency", start=80, ticks=(80, 100))),
]
STRETCHES = [
    Column(name, "MS", value, str(value)) for name, value in (("before", 0.7), ("during", 0.2), ("after", 1.2))
]
FORMS: dict[str, Mapping[str, Any]] = {
    "share bars": share_bars.chart(PLACES, "% of people", KEY),
    "slope": slope.chart(SYMPTOMS, ["early", "late"]),
    "columns": columns.chart(STRETCHES, "relapses", (0, 0.5, 1), (2, "birth")),
    "small multiples": small_multiples.chart(PANELS),
    "timeline": timeline.chart(LANES, "year", (1990, 2027), (2000, 2010, 2020)),
    "forest": forest.chart(EFFECTS, RATIOS, "less worsening", "more"),
}


def _rows(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [row for data in spec["datasets"].values() for row in data]


def _drawn(spec: Mapping[str, Any], width: int) -> str:
    config = {**spec["config"], "range": theme.LIGHT_RANGE, "font": "sans-serif"}
    return str(vl_convert.vegalite_to_svg({**spec, "width": width, "config": config}))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_valid_takes_its_colours_from_the_theme_and_its_height_from_its_width(form: str) -> None:
    spec = FORMS[form]
    assert [error.message for error in VEGA_LITE.iter_errors(dict(spec))] == []
    assert not any(condition.colour in str(spec) for condition in theme.CONDITIONS)
    assert [parameter["name"] for parameter in spec["params"]] == [theme.HEIGHT]
    sizes = {
        float(size) for width in (300, 1200) for size in re.findall(r'font-size="([\d.]+)px"', _drawn(spec, width))
    }
    assert min(sizes) >= 12
    for width in (300, 1200):
        assert any(condition.colour in _drawn(spec, width) for condition in theme.CONDITIONS)


def test_parts_of_a_bar_follow_each_other_and_the_key_names_them_in_their_look() -> None:
    rows = _rows(FORMS["share bars"])
    parts = [row for row in rows if row.get("role") == "part"]
    assert [(row["start"], row["end"]) for row in parts] == [(0, 72), (72, 94.1), (94.1, 100)]
    key = [row for row in rows if row.get("role") == "key"]
    assert [row["depth"] for row in key] == [row["depth"] for row in parts]
    assert [row["name0"] for row in rows if row.get("name0")][: len(KEY)] == list(KEY)
    assert [row["words"] for row in rows if row.get("role") == "alone"] == ["75%"]


def test_a_slope_runs_from_stage_to_stage_and_words_never_cover_each_other() -> None:
    rows = _rows(FORMS["slope"])
    marks = [row for row in rows if "condition" in row]
    assert [(row["stage"], row["value"]) for row in marks] == [(0, 20.4), (1, 78), (0, 20), (1, 77.5)]
    assert all((a["at"] < b["at"]) == (a["value"] > b["value"]) for a, b in itertools.combinations(marks, 2))
    ends = [row for row in rows if "broken" in row]
    for stage in (0, 1):
        heights = sorted(row["at"] for row in ends if row["stage"] == stage)
        assert heights[1] - heights[0] >= slope.APART
    assert {row["words"] for row in ends if row["stage"] == 1} == {"78% Stiff muscles", "78% Bladder"}


@given(st.lists(st.tuples(st.floats(0, 300), st.integers(1, 3)), min_size=1, max_size=12))
def test_words_moved_apart_keep_their_order_and_their_distance(found: list[tuple[float, int]]) -> None:
    heights, lines = zip(*sorted(found), strict=True)
    spread = slope.spread(heights, lines)
    for (one, other), count in zip(itertools.pairwise(spread), lines, strict=False):
        assert other - one >= slope.APART * count - 1e-6


def test_what_lies_on_each_side_of_no_effect_is_said_above_the_rows() -> None:
    svg = _drawn(FORMS["forest"], 560)
    said = {
        words: float(x) for x, words in re.findall(r"translate\(([\d.]+),[\d.]+\)[^>]*>(less worsening|more)<", svg)
    }
    assert said["less worsening"] < said["more"]
    rule = [layer for layer in FORMS["forest"]["layer"] if layer["encoding"].get("x", {}).get("datum") == 1]
    assert rule
    assert forest.chart(EFFECTS, RATIOS) == forest.chart(EFFECTS, RATIOS, "", "")


def test_events_of_a_lane_stand_in_as_few_rows_as_the_width_needs_and_never_on_each_other() -> None:
    rows = [row for row in _rows(FORMS["timeline"]) if row["condition"] == "MS"]
    lines = [len({row[f"y{k}"] for row in rows}) for k in range(len(gutter.WIDTHS))]
    assert lines == sorted(lines, reverse=True)
    assert lines[-1] < len(rows)
    for k, width in enumerate(timeline.NARROWEST):
        spans: dict[float, list[tuple[float, float]]] = {}
        for row in rows:
            x = timeline.EDGE + (row["value"] - 1990) / 37 * (width - 2 * timeline.EDGE)
            long = max(map(len, row[f"name{k}"].split("\n"))) * gutter.NAME_LETTER
            spans.setdefault(row[f"y{k}"], []).append((x - long, x) if row[f"left{k}"] else (x, x + long))
        for found in spans.values():
            assert all(one[1] < other[0] for one, other in itertools.pairwise(sorted(found)))


def test_what_ended_is_hollow_and_a_line_runs_to_its_end() -> None:
    spec = FORMS["timeline"]
    (marks,) = (layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    assert marks["encoding"]["fillOpacity"] == {"condition": {"test": "isValid(datum.high)", "value": 0}, "value": 1}
    assert [row["high"] for row in _rows(spec) if row["condition"] == "ALS"] == [None, 2024]
    assert any(layer["encoding"].get("x2", {}).get("field") == "high" for layer in spec["layer"])


def test_small_charts_stand_below_each_other_on_a_phone_and_two_beside_each_other_on_a_page() -> None:
    rows = _rows(FORMS["small multiples"])
    heads = [row for row in rows if row["role"] == "heading"]
    assert [row["words"] for row in heads] == ["Mood", "Work", "Eye"]
    assert [row["column0"] for row in heads] == [0, 0, 0]
    assert [row["column3"] for row in heads] == [0, 1, 0]
    assert heads[0]["y0"] < heads[1]["y0"] < heads[2]["y0"]
    assert heads[0]["y3"] == heads[1]["y3"] < heads[2]["y3"]


def test_each_small_chart_has_its_own_axis_and_marks_stand_on_it() -> None:
    svg = _drawn(FORMS["small multiples"], 1000)
    numbers = [float(x) for x in re.findall(r"translate\(([\d.]+),[\d.]+\)[^>]*>(?:80|100)<", svg)]
    marks = [row for row in _rows(FORMS["small multiples"]) if row["role"] == "mark"]
    assert [row["value_share"] for row in marks] == [0.305, 0.34, 0.68, 0.45, 0.73]
    assert len(numbers) == 4, "100 on three axes, 80 on one"


def test_columns_stand_in_their_order_and_an_event_between_two_of_them() -> None:
    rows = _rows(FORMS["columns"])
    assert [(row["place"], row["value"]) for row in rows if "value" in row] == [(0.5, 0.7), (1.5, 0.2), (2.5, 1.2)]
    assert [row["place"] for row in rows if row.get("event") == "birth"] == [2]
    svg = _drawn(FORMS["columns"], 300)
    said = [words for words in re.findall(r">([^<>]+)</text>", svg) if words in ("before", "during", "after", "birth")]
    assert sorted(said) == ["after", "before", "birth", "during"]
