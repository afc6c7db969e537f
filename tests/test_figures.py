"""Every figure, for every choice: chart, table, alt text and title say the same as the data."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from typing import TYPE_CHECKING, Any

import altair as alt
import pytest

from sidebyside import evidence, tables, theme
from sidebyside.figures import course, drawn, life, mechanism, numbers, overview, places, rows, symptoms
from sidebyside.figures import evidence as evidence_page
from sidebyside.tables import DataError, records

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sidebyside.figure import Figure
    from sidebyside.figures import Recipe

RECIPES = (
    *overview.RECIPES,
    *overview.ASKED_FOR,
    *mechanism.RECIPES,
    *course.RECIPES,
    *evidence_page.RECIPES,
)
CASES: list[tuple[Recipe, str | None]] = [
    (recipe, option) for recipe in RECIPES for option in (recipe.choice.values if recipe.choice else [None])
]
NAMES = [f"{recipe.id}-{option}" for recipe, option in CASES]
NUMBER = re.compile(r"(?<![A-Za-z\d.*-])\d[\d,]*(?:\.\d+)?")
# Numbers in alt texts that are not figures: the body's temperature, the share a range holds, ages in labels.
VALUES = ("value", "low", "high", "block_temperature_c", "claims", "deaths")
TERMS = {"37", "95", "100", "100,000", "1"}


def _numbers(text: str) -> set[str]:
    return {found.rstrip(",") for found in NUMBER.findall(text)} - TERMS


def _table_text(figure: Figure) -> str:
    return " ".join(str(value) for row in figure.table.itertuples(index=False) for value in row)


def _data(spec: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    return list(spec["datasets"].values())


@pytest.fixture(params=CASES, ids=NAMES)
def figure(request: pytest.FixtureRequest) -> Figure:
    recipe, option = request.param
    made: Figure = recipe.figure(option)
    return made


def test_the_alt_text_states_numbers_of_the_table(figure: Figure) -> None:
    said = _numbers(figure.alt)
    assert said
    shown = _numbers(_table_text(figure)) | _derived(figure)
    assert said <= shown, said - shown


def test_the_title_states_numbers_of_the_table(figure: Figure) -> None:
    shown = _numbers(_table_text(figure)) | _derived(figure)
    assert _numbers(figure.title) <= shown, _numbers(figure.title) - shown


def _derived(figure: Figure) -> set[str]:
    """Numbers that follow from the table by counting or dividing, worked out here a second time."""
    if figure.id == "verdicts":
        counts = dict(zip(figure.table["Verdict"], map(int, figure.table["Claims"]), strict=True))
        return {str(sum(counts.values())), str(counts["holds"] + counts["holds with detail"])}
    if figure.id == "risk-factors":
        als = figure.table[figure.table["Disease"] == "ALS"]
        raised = [low for low in als["Interval"] if float(low.split("interval ")[1].split(" to ")[0]) > 1]
        return {str(len(raised)), "2", "02"}
    if figure.id == "new-living-deaths":
        living = figure.table[figure.table["What"] == "People living with it"]["Figure"]
        ms, als_side = (_people(text) for text in living)
        return {f"{ms:,.10g}", f"{round(ms / als_side, 1)}"}
    if figure.id == "of-100000":
        return {str(round(_people(text))) for text in figure.table["Figure"]}
    if figure.id == "ages-at-death":
        return {"1979", "1984"}
    if figure.id == "disagreements":
        return {"2040", "2015"}
    if figure.id == "ms-milestones":
        return set(map(str, range(2, 8)))
    return set()


def _people(text: str) -> float:
    value = float(NUMBER.findall(text)[0].replace(",", ""))
    return value * 1e6 if "million" in text else value


def test_the_chart_is_valid_vega_lite(figure: Figure) -> None:
    assert alt.LayerChart.from_dict(dict(figure.chart)).to_dict(validate=True)["layer"]


def test_the_chart_holds_no_number_that_browsers_refuse(figure: Figure) -> None:
    assert json.dumps(figure.chart, allow_nan=False)


def test_each_mark_of_the_chart_is_a_row_of_the_table(figure: Figure) -> None:
    shown = _numbers(_table_text(figure)) | _derived(figure)
    marks = [
        row[key]
        for data in _data(figure.chart)
        for row in data
        for key in VALUES
        if isinstance(row.get(key), int | float) and not math.isnan(row[key])
    ]
    assert marks or figure.id == "of-100000"
    for value in marks:
        assert _as_printed(figure, value) & (shown | TERMS | {"0"}), value


def _as_printed(figure: Figure, value: float) -> set[str]:
    """A drawn number as its source prints it: men per woman are drawn as their inverse."""
    inverse = {evidence.number(round(1 / value, 10))} if figure.id == "sex-ratio" else set()
    return {evidence.number(value)} | inverse


def test_each_figure_of_the_table_is_drawn(figure: Figure) -> None:
    if figure.id == "of-100000":
        people = [row["condition"] for data in _data(figure.chart) for row in data if row["condition"]]
        counted = [str(people.count(condition.key)) for condition in theme.CONDITIONS]
        assert counted == [str(round(_people(text))) for text in figure.table["Figure"]]
        return
    drawn_values = {
        printed
        for data in _data(figure.chart)
        for row in data
        for key in VALUES
        if isinstance(row.get(key), int | float)
        for printed in _as_printed(figure, float(row[key]))
    }
    column = next(
        c
        for c in (
            "Figure",
            "Share of people",
            "Years (median)",
            "Claims",
            "Signal stops above (\N{DEGREE SIGN}C)",
            "Deaths from MS",
        )
        if c in figure.table
    )
    wanted = [text for text in figure.table[column] if "above" not in text]
    if figure.id == "block-temperature":
        wanted = [
            t
            for t, state in zip(wanted, figure.table["State of the stretch"], strict=False)
            if state.startswith("bare")
        ]
    for text in wanted:
        assert evidence.number(_people(text)) in drawn_values, text


def test_every_row_names_its_source(figure: Figure) -> None:
    assert figure.source_ids
    labels = {source.label for source in evidence.citations(figure.source_ids)}
    if "Source" in figure.table:
        named = {
            text.removeprefix("as reported by ").removeprefix("our simulation, after ")
            for text in figure.table["Source"]
        }
        assert named == labels


def test_a_figure_reads_in_five_seconds(figure: Figure) -> None:
    assert len(figure.title) <= 130
    assert figure.how_to_read.endswith(".")
    assert figure.caveats


def test_colour_and_shape_are_the_diseases_own(figure: Figure) -> None:
    for condition in theme.CONDITIONS:
        encoded = str(figure.chart)
        if f"'condition': '{condition.key}'" in encoded:
            assert condition.colour in encoded
            assert condition.shape in encoded or "'type': 'bar'" in encoded


def test_no_number_of_an_axis_is_rounded_away(figure: Figure) -> None:
    axes = [encoding["axis"] for layer in figure.chart["layer"] for encoding in layer["encoding"].values()
            if isinstance(encoding, dict) and isinstance(encoding.get("axis"), dict)]  # fmt: skip
    numeric = [axis for axis in axes if "values" in axis or "tickCount" in axis]
    assert numeric or figure.id == "of-100000"
    for axis in numeric:
        assert axis.get("format") == theme.NUMBER_FORMAT or "labelExpr" in axis


def test_every_mark_is_named_in_words_beside_it(figure: Figure) -> None:
    texts = [layer for layer in figure.chart["layer"] if layer["mark"]["type"] == "text"]
    assert texts


def test_no_heading_is_wider_than_a_phone(figure: Figure) -> None:
    for data in _data(figure.chart):
        for row in data:
            if "words" in row and "condition" not in row and "at" not in row and "claims" not in row:
                assert len(row["words"]) <= rows.HEADING_WIDTH


def test_the_csv_carries_sources_licence_and_date(figure: Figure) -> None:
    cited = [source.citation for source in evidence.citations(figure.source_ids)]
    text = figure.csv(cited, ("MS and ALS, side by side, data of 2026-11-22", "CC BY 4.0"))
    lead = [line for line in text.splitlines() if line.startswith("# ")]
    assert f"# {figure.title}" in lead
    assert all(any(" ".join(citation.split()) in line for line in lead) for citation in cited)
    assert any("2026-11-22" in line for line in lead)
    body = list(csv.reader(io.StringIO("\n".join(line for line in text.splitlines() if not line.startswith("# ")))))
    assert body[0] == list(figure.table.columns)
    assert len(body) == len(figure.table) + 1


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.id)
def test_the_svg_is_a_picture_with_title_and_words(recipe: Recipe) -> None:
    figure = recipe.figure()
    picture = figure.svg(theme.paper())
    assert picture.startswith("<svg")
    assert figure.title.split(" ")[0] in picture
    assert "currentColor" in picture or "fill" in picture
    assert "http://" not in picture.replace("http://www.w3.org", "")


def test_ids_are_kebab_case_and_unique() -> None:
    ids = [recipe.id for recipe in RECIPES]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]+", made) for made in ids)
    assert all(recipe.figure(option).id == recipe.id for recipe, option in CASES)


@pytest.mark.parametrize("recipe", [r for r in RECIPES if r.choice], ids=lambda r: r.id)
def test_an_unknown_option_gives_the_default(recipe: Recipe) -> None:
    assert recipe.choice
    assert recipe.figure("\0garbage").title == recipe.figure(recipe.choice.default).title


def test_both_pairs_of_sources_support_one_title() -> None:
    titles = {overview.NEW_LIVING_DEATHS.figure(pair).title for pair in numbers.CARD_PAIRS}
    assert titles == {"MS and ALS: new cases are nearly as common, people living with it are not"}


def test_motor_neuron_disease_is_said_to_be_wider_than_als() -> None:
    figure = overview.NEW_LIVING_DEATHS.figure("counts")
    assert any("wider than ALS" in caveat for caveat in figure.caveats)
    assert "ALS and other MND" in figure.alt


def test_only_symptoms_measured_alike_stand_in_pairs() -> None:
    alike = overview.SYMPTOMS.figure(symptoms.ALIKE)
    assert set(alike.table["Symptom"]) == {"pain", "depression", "thinking or memory problems"}
    for group in symptoms.SYMPTOM_GROUPS:
        if group != symptoms.ALIKE:
            conditions = list(overview.SYMPTOMS.figure(group).table["Disease"])
            assert conditions == sorted(conditions, reverse=True), "two lists, never pairs"


def test_second_hand_symptoms_are_said_to_be_so() -> None:
    figure = overview.SYMPTOMS.figure("speech-swallowing-breathing")
    assert any(caveat.startswith("As reported by") and "shortness of breath" in caveat for caveat in figure.caveats)
    assert any(text.startswith("as reported by") for text in figure.table["Source"])


def test_every_preferred_symptom_can_be_seen() -> None:
    shown = {
        (row["Symptom"], row["Disease"], row["Share of people"])
        for group in symptoms.SYMPTOM_GROUPS
        for row in records(overview.SYMPTOMS.figure(group).table)
    }
    table = tables.load("symptoms")
    preferred = table[(table["preferred"] == "yes") & table["percent"].notna()]
    assert {(r["symptom"], r["condition"], f"{evidence.number(r['percent'])}%") for r in records(preferred)} == shown


def test_every_milestone_can_be_seen() -> None:
    shown = sum(len(course.MS_MILESTONES.figure(step).table) for step in course.STEPS)
    assert shown == len(tables.load("milestones"))


def test_points_without_interval_have_no_whisker() -> None:
    figure = mechanism.RISK_FACTORS.figure("MS")
    by_label = {row["Risk factor"]: row["Interval"] for row in records(figure.table)}
    assert by_label["Epstein-Barr virus (caught it or not)"] == "none given"
    assert by_label["Gene variant HLA-A*02"] == "none given"


def test_the_simulation_says_it_is_one() -> None:
    figure = mechanism.BLOCK_TEMPERATURE.figure()
    assert figure.title.startswith("Simulation:")
    assert any("not a measurement in a person" in caveat for caveat in figure.caveats)
    assert all(text.startswith("our simulation") for text in figure.table["Source"])


def test_block_temperature_equals_the_reference_results() -> None:
    bare = mechanism.BLOCK_TEMPERATURE.figure().table
    fresh = bare[bare["State of the stretch"] == "bare"]
    assert list(fresh["Signal stops above (\N{DEGREE SIGN}C)"]) == ["42.5", "37.05", "35.54", "34.73", "34.28"]


def test_a_second_hand_figure_says_so_in_the_table() -> None:
    second_hand = next(f for f in evidence.facts().values() if f.checked == "secondary")
    table = drawn.facts_table([("x", second_hand, "")], "What")
    assert table["Source"].iloc[0].startswith("as reported by ")


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.id)
def test_a_damaged_table_stops_the_figure(recipe: Recipe, package: Path) -> None:
    name = recipe.needs[0]
    (package / f"{name}.csv").write_bytes(b"")
    with pytest.raises(DataError, match=f"{name}.csv: the file is empty"):
        recipe.figure()


@pytest.mark.parametrize("sex", life.SEXES)
def test_ages_stand_from_young_to_old_and_sum_to_the_file(sex: str) -> None:
    figure = overview.AGES_AT_DEATH.figure(sex)
    deaths = tables.load("deaths_by_age")
    chosen = deaths if sex == "both" else deaths[deaths["sex"] == sex]
    for column, condition in (("Deaths from MS", "MS"), ("Deaths from motor neurone disease", "ALS")):
        shown = sum(int(text.replace(",", "")) for text in figure.table[column])
        assert shown == chosen.loc[chosen["condition"] == condition, "deaths"].sum()
    ages = list(figure.table["Age at death"])
    starts = [0 if age.startswith("under") else int(re.findall(r"\d+", age)[0]) for age in ages]
    assert starts == sorted(starts)
    assert [layer["encoding"]["y"]["sort"] for layer in figure.chart["layer"]] == [ages] * 3


def test_men_per_woman_stand_left_of_equal_and_women_per_man_right() -> None:
    for which in life.RATIOS:
        for data in _data(overview.SEX_RATIO.figure(which).chart):
            for row in data:
                if row["condition"]:
                    assert (row["value"] > 1) is (row["words"].split()[1] in ("women", "girls"))


def test_where_sources_disagree_every_answer_is_shown() -> None:
    for question in numbers.QUESTIONS:
        assert len(overview.DISAGREEMENTS.figure(question).table) >= 2
    asked = set(numbers.QUESTIONS)
    assert asked == {"ms-in-the-us", "mnd-in-england", "familial-als", "ms-black-americans", "als-to-come"}


def test_places_are_never_joined_or_averaged_and_name_their_years() -> None:
    for measure in places.MEASURES:
        figure = overview.WHERE.figure(measure)
        assert {layer["mark"]["type"] for layer in figure.chart["layer"]} <= {"text", "rule", "point"}
        wanted = tables.load("countries")
        assert len(figure.table) == (wanted["measure"] == measure).sum()
        assert set(figure.table["Disease"]) == {"MS", "ALS"}


def test_symptoms_come_with_their_definitions() -> None:
    for group in symptoms.SYMPTOM_GROUPS:
        figure = overview.SYMPTOMS.figure(group)
        assert [term for term, _ in figure.terms] == list(dict.fromkeys(figure.table["Symptom"]))
        assert all(plain.endswith(".") for _, plain in figure.terms)
