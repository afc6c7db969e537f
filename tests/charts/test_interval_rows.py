"""Rows with names in a gutter: what the specification encodes, and how it is laid out on a phone and on a page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import vl_convert

from sidebyside.charts import theme
from sidebyside.charts.forms import gutter, interval_rows
from sidebyside.charts.forms.interval_rows import PERCENT_TICKS, Axis, Row, chart, ratio_axis
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.quick
AXIS = Axis("% of people", ticks=PERCENT_TICKS)
PAIR = [Row("Pain"), Row("MS: 63%", "MS", 63, 55, 70), Row("ALS: 20%", "ALS", 20), Row("Sight"), Row("30%", "MS", 30)]
LONG = [Row("More vitamin D in blood, in white people"), Row("45%, withdrawn in 2018", "MS", 60)]
WIDTHS = (300, 460, 1200)


def _rows(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    (data,) = spec["datasets"].values()
    return list(data)


def _marks(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [row for row in _rows(spec) if row["condition"]]


def _drawn(spec: Mapping[str, Any], width: int) -> str:
    config = {**spec["config"], "range": theme.LIGHT_RANGE, "font": "sans-serif"}
    return str(vl_convert.vegalite_to_svg({**spec, "width": width, "config": config}))


def _size(svg: str) -> tuple[float, float]:
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found
    return float(found[1]), float(found[2])


def _across(svg: str, colour: str) -> list[float]:
    """Where marks of a colour stand, from the left edge of the plot."""
    found = re.findall(rf'translate\(([\d.]+),[\d.]+\)" d="[^"]*" fill="{colour}"', svg)
    return [float(x) for x in found]


def test_both_diseases_of_one_name_share_a_row_and_a_line_runs_between_them() -> None:
    spec = chart(PAIR, AXIS)
    ms, als, alone = _marks(spec)
    names = [row for row in _rows(spec) if not row["condition"]]
    assert [row["name0"] for row in names] == ["Pain", "Sight"]
    assert ms["y0"] == als["y0"] == names[0]["y0"] < names[1]["y0"] == alone["y0"]
    assert (als["other"], ms["other"], alone["other"]) == (63, None, None)
    assert (als["left"], ms["left"], alone["left"]) == (True, False, False)
    assert [row["words"] for row in (ms, als, alone)] == ["MS 63%", "ALS 20%", "MS 30%"]


def test_marks_that_would_cover_each_other_stand_apart_in_height() -> None:
    ms, als = _marks(chart([Row("Pain"), Row("63%", "MS", 63), Row("60%", "ALS", 60)], AXIS))
    assert als["y0"] > ms["y0"]


def test_one_disease_twice_under_a_heading_has_a_row_each() -> None:
    rows = _rows(chart([Row("1993"), Row("placebo: 1.3", "MS", 1.3), Row("medicine: 0.8", "MS", 0.8)], Axis("rate")))
    assert [row["heading"] for row in rows if not row["condition"]] == [True, False, False]
    assert [row["name0"] for row in rows if not row["condition"]] == ["1993", "Placebo", "Medicine"]
    assert [row["words"] for row in rows if row["condition"]] == ["1.3", "0.8"]
    assert len({row["y0"] for row in rows}) == 3


def test_words_too_long_to_stand_between_two_marks_part_them() -> None:
    long = [Row("New cases"), Row("MS: 59,000", "MS", 59), Row("ALS and other MND: 64,000", "ALS", 64)]
    assert [row["name0"] for row in _rows(chart(long, AXIS)) if not row["condition"]] == [
        "New cases",
        "MS",
        "ALS and other MND",
    ]


def test_a_disease_is_named_beside_its_mark_only_where_there_are_two_and_no_name_says_it() -> None:
    one = chart([Row("MS: pain"), Row("63%", "MS", 63)], AXIS)
    assert [row["words"] for row in _marks(one)] == ["63%"]
    assert _rows(one)[0]["name0"] == "Pain"
    named = [Row("First attack"), Row("69%", "MS", 69), Row("ALS, one group"), Row("4%", "ALS", 4)]
    assert [row["words"] for row in _marks(chart(named, AXIS))] == ["69%", "4%"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_gutter_leaves_most_of_the_drawing_to_marks_and_words(width: int) -> None:
    svg = _drawn(chart([*PAIR, *LONG], AXIS), width)
    at = _across(svg, theme.MS.colour)
    names = min(gutter.GUTTER, width * gutter.GUTTER_SHARE)
    assert len(at) == 3
    assert min(at) > names - gutter.GAP
    assert (width - names) / width >= 0.55
    # Words stand right of the last mark, and inside the drawing.
    letters = max(
        map(len, interval_rows.broken("45%, withdrawn in 2018") if width < 560 else ["45%, withdrawn in 2018"])
    )
    assert max(at) + gutter.BESIDE + letters * gutter.WORD_LETTER <= width + 1


def test_a_row_takes_28_pixels_on_a_page_and_36_on_a_phone() -> None:
    rows = [row for name in "abcdefghij" for row in (Row(name), Row("5%", "MS", 5))]
    spec = chart(rows, AXIS)
    heights = {width: _size(_drawn(spec, width))[1] for width in WIDTHS}
    room = theme.axis_room(AXIS.title)
    assert heights == {300: 360 + room, 460: 360 + room, 1200: 280 + room}
    (height,) = (parameter for parameter in spec["params"] if parameter["name"] == theme.HEIGHT)
    assert "width < " in height["expr"]


def test_a_long_name_is_broken_where_the_gutter_is_narrow_and_makes_its_own_row_higher() -> None:
    name = next(row for row in _rows(chart(LONG, AXIS)) if not row["condition"])
    assert name["name0"].count("\n") == 2
    assert name["name3"].count("\n") == 1
    assert all(len(line) <= gutter.WIDTHS[0].letters for line in name["name0"].split("\n"))
    assert "vitamin D" in name["name0"].replace("\n", " "), "no word is broken"


def test_a_stem_is_drawn_only_where_it_is_asked_for() -> None:
    def stems(axis: Axis) -> list[dict[str, Any]]:
        return [layer for layer in chart(PAIR, axis)["layer"] if layer["encoding"].get("x2") == {"datum": 0}]

    assert stems(AXIS) == []
    assert len(stems(Axis("% of people", stems=True))) == 1


def test_words_never_stand_on_the_line_of_reference() -> None:
    (mark,) = _marks(chart([Row("a"), Row("0.8", "ALS", 0.8, 0.7, 0.9)], ratio_axis("times as likely", (0.5, 1, 2))))
    assert mark["end"] == 1


def test_colours_come_from_the_theme_and_the_light_pair_where_there_is_none() -> None:
    spec = chart(PAIR, AXIS)
    assert theme.MS.colour not in json.dumps(spec)
    svg = _drawn(spec, 340)
    assert theme.MS.colour in svg
    assert theme.ALS.colour in svg
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert f"chartCategoricalColors = {json.dumps(theme.LIGHT_RANGE['category'])}" in config
