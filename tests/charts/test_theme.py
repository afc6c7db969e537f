"""Colours that can be told apart and read, in both themes."""

from __future__ import annotations

import itertools
import tomllib
from typing import Any

import altair as alt
import pytest

from sidebyside.charts import theme
from tests.conftest import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
SCHEMES = ("light", "dark")
# The words of the two diseases, and small print, by the framework's names for their colours.
NAMED = ("orange", "blue", "gray")


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ink", ["textColor", "linkColor", "primaryColor"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_words_and_widgets_are_readable(scheme: str, ink: str, ground: str) -> None:
    colours = CONFIG["theme"][scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", NAMED)
def test_coloured_words_are_readable_on_every_ground(scheme: str, name: str) -> None:
    colours = CONFIG["theme"][scheme]
    grounds = {colours[ground] for ground in colours if ground.endswith(f"{name}BackgroundColor")}
    grounds |= {colours["backgroundColor"], colours["secondaryBackgroundColor"]}
    ink = colours[f"{name}TextColor"]
    assert {ground: contrast(ink, ground) for ground in grounds if contrast(ink, ground) < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_charts_and_words_name_a_disease_in_one_colour_that_stands_out(scheme: str) -> None:
    colours = CONFIG["theme"][scheme]
    marks = dict(zip((condition.key for condition in theme.MARKED), colours["chartCategoricalColors"], strict=True))
    assert marks == {"MS": colours["orangeColor"], "ALS": colours["blueColor"], "both": colours["grayColor"]}
    grounds = (colours["backgroundColor"], colours["secondaryBackgroundColor"])
    assert min(contrast(mark, ground) for mark in marks.values() for ground in grounds) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("place", range(len(theme.MARKED)))
def test_marks_stand_out_from_the_page(scheme: str, place: int) -> None:
    colours = CONFIG["theme"][scheme]
    assert contrast(colours["chartCategoricalColors"][place], colours["backgroundColor"]) >= 3
    # What has no scale, such as a line of reference, has one colour in both.
    assert contrast(theme.NEUTRAL, colours["backgroundColor"]) >= 3


def test_drawings_without_a_theme_have_the_colours_of_the_light_one() -> None:
    assert theme.LIGHT_RANGE["category"] == CONFIG["theme"]["light"]["chartCategoricalColors"]
    assert theme.paper()["range"] == theme.LIGHT_RANGE
    assert "range" not in str(theme.colour().to_dict())
    one: Any = theme.in_colour_of(alt.Chart().mark_line(), theme.ALS).to_dict()
    assert one["transform"] == [{"calculate": "'ALS'", "as": "condition"}]
    assert one["encoding"]["color"]["scale"] == {"domain": ["MS", "ALS", "both"]}


def test_the_diseases_differ_in_colour_and_in_shape() -> None:
    assert (theme.MS.colour, theme.MS.shape) == ("#D55E00", "circle")
    assert (theme.ALS.colour, theme.ALS.shape) == ("#0072B2", "square")


def test_verdicts_differ_in_colour_and_in_shape() -> None:
    for (_, one), (_, other) in itertools.combinations(theme.VERDICTS.items(), 2):
        assert one[0] != other[0]
        assert one[1] != other[1]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_verdict_bars_stand_out_from_the_page(scheme: str) -> None:
    ground = CONFIG["theme"][scheme]["backgroundColor"]
    weak = {v: round(contrast(c, ground), 2) for v, (c, _) in theme.VERDICTS.items() if contrast(c, ground) < 2}
    assert weak == {}


def test_usage_statistics_are_off() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False


def test_words_and_marks_of_the_dark_theme_are_printed_in_the_colours_of_the_light_one() -> None:
    printed = (ROOT / "sidebyside" / "web" / "head" / "print.css").read_text(encoding="utf-8")
    dark, light = CONFIG["theme"]["dark"], CONFIG["theme"]["light"]
    for name in ("orangeTextColor", "blueTextColor", "grayTextColor"):
        red, green, blue = bytes.fromhex(dark[name].removeprefix("#"))
        rule = f'.stMarkdownColoredText[style*="rgb({red}, {green}, {blue})"] {{\n    color: {light[name].lower()} !'
        assert rule in printed, name
    for name in ("orangeColor", "blueColor", "orangeBackgroundColor", "blueBackgroundColor"):
        for what in ("fill", "stroke"):
            rule = f'.stApp svg [{what}="{dark[name]}" i] {{\n    {what}: {light[name].lower()} !important'
            assert rule in printed, name
