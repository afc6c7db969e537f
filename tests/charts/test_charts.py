"""Every figure, for every choice: chart, table, alt text and title say the same as the data."""

from __future__ import annotations

import ast
import dataclasses
import itertools
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import numpy as np
import pandas as pd
import pytest
from altair.vegalite.schema import core

from sidebyside.charts import definition as chart_definition
from sidebyside.charts import fact_tables, plotted, theme
from sidebyside.charts.course import (
    approvals,
    disability,
    first_years,
    history,
    hundred_people,
    living,
    progression,
    relapses,
    scales,
    severity,
    subtypes,
    survival_als,
    survival_als_changes,
    survival_als_shares,
    survival_ms,
    treatment_effects,
)
from sidebyside.charts.course.edss_tables import TABLES
from sidebyside.charts.evidence import claims as verdict_strip
from sidebyside.charts.forms import bodies, gutter, scrubber
from sidebyside.charts.mechanism import (
    body_map,
    ccsvi,
    fibre_arrivals,
    genes,
    head_and_weight,
    measures,
    model_checks,
    muscle,
    muscle_runs,
    nerve_fibre,
    repair,
    risk_factors,
    temperature,
)
from sidebyside.charts.mechanism.fibre_runs import what_happened
from sidebyside.charts.overview import age_and_sex, counts, geography, symptoms
from sidebyside.charts.shared import shared
from sidebyside.charts.simulation import CUSTOM, Simulation
from sidebyside.content import chart_text
from sidebyside.data import facts as data_facts
from sidebyside.data import formatting, marks
from sidebyside.data import sources as data_sources
from sidebyside.data.faults import DataError
from sidebyside.data.formatting import SCOPE
from sidebyside.data.package import load
from sidebyside.data.reading import records
from sidebyside.layouts import pages
from sidebyside.models import motor_pool
from sidebyside.models.motor_pool import Loss
from sidebyside.models.nerve_fibre import HEALTHY_AXON, Damage, simulate
from sidebyside.models.published_checks import CHECKS, ours
from sidebyside.site import chart_faults
from tests.data.test_spreadsheet import held
from tests.support.damage import cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure

pytestmark = pytest.mark.quick
SIMULATIONS = pages.PAGES["mechanism"].simulations
DEFINITIONS = tuple(
    definition for charts in pages.PAGES.values() for definition in (*charts.charts, *charts.charts_on_request)
)
CASES: list[tuple[ChartDefinition, str | None]] = [
    (definition, option) for definition in DEFINITIONS for option in definition.option_keys
]
# Settings that are no preset: both ends of every control, and what would be odd in a nerve or a muscle.
ODD = [
    {"internodes": 18, "wraps": 0, "channels": 0.05, "temperature_c": 40.0},
    {"internodes": 18, "wraps": 0, "channels": 0.0, "temperature_c": 40.0},
    {"internodes": 1, "wraps": 7, "repaired": 1, "repair_wraps": 5, "temperature_c": 35.0},
    {"internodes": 18, "wraps": 1, "temperature_c": 40.0},
    {"rate": 0.0, "largest_growth": 8.0},
    {"rate": 0.1, "largest_growth": 1.0, "large_first": 0.5, "exponential": 1},
]


@dataclass(frozen=True)
class Run:
    """One figure of a simulation for one of its settings."""

    simulation: Simulation[Any]
    number: int
    preset: str
    values: Mapping[str, float]

    def figure(self, _option: str | None = None) -> Figure:
        """The figure, as a chart definition gives it."""
        return self.simulation.run(self.simulation.settings(self.preset, self.values))[self.number]


RUNS = [
    Run(simulation, number, preset, values)
    for simulation in SIMULATIONS
    for preset, values in [*((preset, {}) for preset in simulation.presets), *((CUSTOM, odd) for odd in ODD)]
    if set(values) <= set(simulation.bounds)
    for number in range(len(simulation.figures))
]
ALL: list[tuple[ChartDefinition | Run, str | None]] = [*CASES, *((made, None) for made in RUNS)]
NAMES = [f"{definition.id}-{option}" for definition, option in CASES]
NAMES += [f"{run.simulation.id}-{run.number}-{run.preset}-{n}" for n, run in enumerate(RUNS)]
PRINTED = re.compile(r"(\u2212?\d[\d,]*(?:\.\d+)?)%?( \([\d.]+%\))?")
VALUES = ("value", "low", "high", "low_value", "high_value", "block_temperature_c", "claims", "deaths")
# One is counted, one is a sketch: their own tests hold them.
WITHOUT_AXIS = {
    "history",
    "of-100000",
    "verdicts",
    "where",
    "what-is-attacked",
    "where-the-damage-is",
    "muscle",
    "hundred-people",
    "hundred-als",
    "alsfrs-items",
    "ms-kinds",
    "approvals",
}
# What these draw from a model's run is held against the run itself, further below.
SIMULATED = {"fibre", "fibre-arrivals", "warmth-speed", "muscle", "muscle-course", "unit-size", "model-checks"}


BODIES = (body_map.WHAT_IS_ATTACKED, body_map.WHERE_THE_DAMAGE_IS)


def _data(spec: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    return list(spec["datasets"].values())


RULES: list[Callable[[Figure], None]] = []


def rule(holds: Callable[[Figure], None]) -> Callable[[Figure], None]:
    """Hold every figure against this."""
    RULES.append(holds)
    return holds


@pytest.mark.parametrize(("made", "option"), ALL, ids=NAMES)
def test_a_figure_holds_every_rule(made: ChartDefinition | Run, option: str | None) -> None:
    """A figure is drawn up once; all rules that it breaks are told, each with its traceback."""
    figure, broken = made.figure(option), []
    for holds in RULES:
        try:
            holds(figure)
        except Exception as fault:
            broken.append(fault)
    if broken:
        raise ExceptionGroup(figure.title, broken)


# Altair's own check walks its whole tree of classes, ten times as long; the schema is the same.
VEGA_LITE = jsonschema.Draft7Validator(core.load_schema())


@rule
def title_and_alt_text_state_numbers_of_the_table(figure: Figure) -> None:
    """The whole check holds this too, for all that can be drawn without a reader's settings of a simulation."""
    assert chart_faults.numbers(figure.alt)
    assert list(chart_faults.unfounded(figure)) == []


class _Scoped(dict[str, "data_facts.Fact"]):
    """Every figure with whom and what it counts: all alike, each its own, or only some of them."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, fact_id: str) -> data_facts.Fact:
        fact = data_facts.facts()[fact_id]
        if self._kind == "some" and sum(map(ord, fact_id)) % 2:
            return dataclasses.replace(fact, among="", counted_from="", counted_to="")
        own = "nowhere" if self._kind == "alike" else fact_id
        start, end = f"the start of {own}", f"the end of {own}"
        return dataclasses.replace(fact, among=f"people of {own}", counted_from=start, counted_to=end)


SCOPED = [(definition, option) for definition, option in CASES if "facts" in definition.needs]


@pytest.mark.slow
def test_no_figure_leaves_out_whom_and_what_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("alike", "own", "some"):
        monkeypatch.setattr(chart_definition, "facts", lambda kind=kind: _Scoped(kind))
        for each, option in SCOPED:
            made = each.figure(option)
            cells = {cell for name in SCOPE for cell in made.table.get(name, [])}
            assert kind == "some" or len(cells) >= len(SCOPE), (each.id, "its table has no such columns")
            assert all(isinstance(cell, str) and cell in made.alt for cell in cells), (each.id, option)
            if kind == "alike" and "" not in cells:
                written = "".join(made.csv([], []).splitlines()[:2])
                pictured = str(made.print_spec({})["title"]).replace("', '", " ")
                assert all(cell in text for cell in cells for text in (made.headline, written, pictured)), each.id


@rule
def whom_and_what_a_figure_counts_is_said_in_title_or_alt(figure: Figure) -> None:
    for name in set(SCOPE) & set(figure.table.columns):
        cells = set(figure.table[name])
        assert all(cell.casefold() in figure.alt.casefold() for cell in cells), (name, cells)
        if len(cells) == 1:
            assert cells.pop().casefold() in figure.headline.casefold(), name


@rule
def the_chart_is_valid_vega_lite(figure: Figure) -> None:
    assert figure.chart["layer"]
    assert [error.message for error in VEGA_LITE.iter_errors(dict(figure.chart))] == []


@rule
def the_chart_holds_no_number_that_browsers_refuse(figure: Figure) -> None:
    assert json.dumps(figure.chart, allow_nan=False)


@rule
def each_mark_of_the_chart_is_a_row_of_the_table(figure: Figure) -> None:
    if figure.id in SIMULATED:
        return
    shown = chart_faults.numbers(chart_faults.table_text(figure)) | chart_faults.derived(figure)
    marks = [
        row[key]
        for data in _data(figure.chart)
        for row in data
        for key in VALUES
        if isinstance(row.get(key), int | float) and not math.isnan(row[key])
    ]
    assert marks or figure.id in WITHOUT_AXIS
    for value in marks:
        assert _as_printed(figure, value) & (shown | chart_faults.TERMS | {"0"}), value


def _as_printed(figure: Figure, value: float) -> set[str]:
    """A drawn number as its source prints it: men per woman are drawn as their inverse, signs are no digits."""
    inverse = {formatting.number(round(1 / value, 10))} if figure.id == "sex-ratio" else set()
    signless = {formatting.number(abs(value))} if figure.id == "treatment-effects" else set()
    years = {f"{value:.0f}"} if figure.id == "approvals" else set()
    return {formatting.number(value)} | inverse | signless | years


@rule
def each_figure_of_the_table_is_drawn(figure: Figure) -> None:
    if figure.id == "of-100000":
        people = [row["condition"] for data in _data(figure.chart) for row in data if "person" in row]
        counted = [str(people.count(condition.key)) for condition in theme.CONDITIONS]
        (ends,) = (data for data in _data(figure.chart) if "count" in data[0])
        assert {row["name"]: str(row["count"]) for row in ends} == dict(
            zip(figure.table["Disease"], counted, strict=True)
        )
        assert counted == [str(round(chart_faults.people(text))) for text in figure.table["Figure"]]
        return
    if figure.id in WITHOUT_AXIS | SIMULATED:
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
            "EDSS, half at or below",
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
        assert formatting.number(chart_faults.people(text)) in drawn_values, text


@rule
def every_row_names_its_source(figure: Figure) -> None:
    """The sources listed are those of the rows and those that the words cite, each of them and no other."""
    assert figure.source_ids
    labels = {source.label for source in data_sources.citations(figure.source_ids)}
    if "Source" in figure.table:
        named = {
            text.removeprefix("as reported by ").removeprefix("our simulation, after ")
            for text in figure.table["Source"]
        }
        told = (getattr(words, "source_ids", ()) for words in (figure.how_to_read, *figure.caveats))
        cited = {source.label for ids in told for source in data_sources.citations(ids)}
        assert named | cited == labels


@rule
def a_figure_reads_in_five_seconds(figure: Figure) -> None:
    assert len(figure.title) <= 130
    assert figure.how_to_read.endswith(".")
    assert figure.caveats


@rule
def colour_and_shape_are_the_diseases_own(figure: Figure) -> None:
    """The theme gives the colours, light or dark, by their place in the domain: a scale that had a range would not."""
    encoded = str(figure.chart)
    domain = [condition.key for condition in theme.MARKED]
    scales = [value["scale"] for layer in figure.chart["layer"] for name, value in layer.get("encoding", {}).items()
              if name in ("color", "fill", "stroke") and value.get("scale")]  # fmt: skip
    of_diseases = [scale for scale in scales if set(scale.get("domain", ())) & set(domain)]
    assert all(scale == {"domain": domain} for scale in of_diseases), of_diseases
    for condition in theme.CONDITIONS:
        if f"'condition': '{condition.key}'" in encoded:
            assert of_diseases or condition.colour in encoded
            assert condition.shape in encoded or "'type': 'bar'" in encoded


@rule
def no_number_of_an_axis_is_rounded_away(figure: Figure) -> None:
    axes = [encoding["axis"] for layer in figure.chart["layer"] for encoding in layer["encoding"].values()
            if isinstance(encoding, dict) and isinstance(encoding.get("axis"), dict)]  # fmt: skip
    numeric = [axis for axis in axes if "values" in axis or "tickCount" in axis]
    # A sheet of small charts writes the numbers of its axes itself.
    written = [row["words"] for data in _data(figure.chart) for row in data if row.get("role") == "number"]
    assert all(formatting.number(float(words.replace(",", ""))) == words for words in written)
    # A slope says each of its numbers at the end of a line.
    assert numeric or written or figure.id in WITHOUT_AXIS or _dataset(figure, "stage", "value")
    for axis in numeric:
        assert axis.get("format") == theme.NUMBER_FORMAT or "labelExpr" in axis


@rule
def every_mark_is_named_in_words_beside_it(figure: Figure) -> None:
    texts = [layer for layer in figure.chart["layer"] if layer["mark"]["type"] == "text"]
    assert texts


@rule
def no_heading_is_wider_than_a_phone(figure: Figure) -> None:
    for data in _data(figure.chart):
        for row in data:
            if (
                "words" in row
                and "condition" not in row
                and "at" not in row
                and "claims" not in row
                and "ms" not in row
            ):
                assert len(row["words"]) <= gutter.HEADING_WIDTH


@rule
def the_csv_carries_sources_licence_and_date(figure: Figure) -> None:
    cited = [source.citation for source in data_sources.citations(figure.source_ids)]
    text = figure.csv(cited, ("MS and ALS, side by side, data of 2026-11-22", "CC BY 4.0")).removeprefix("\ufeff")
    lead = [line for line in text.splitlines() if line.startswith("# ")]
    assert f"# {figure.title}" in lead
    assert all(any(" ".join(citation.split()) in line for line in lead) for citation in cited)
    assert any("2026-11-22" in line for line in lead)


@rule
def the_csv_opens_in_a_spreadsheet_and_in_pandas_and_its_numbers_are_numbers(figure: Figure) -> None:
    opened = held(figure.csv(["Someone (2020). #1 of a kind. https://example.org/a#b"], ('a, "b"',)))
    assert list(opened.columns) == [*figure.table.columns, *figure.raw.columns]
    assert len(opened) == len(figure.table)
    numeric = opened.select_dtypes("number")
    for words, row in zip(records(figure.table), records(opened), strict=True):
        known = [float(row[str(column)]) for column in numeric if not pd.isna(row[str(column)])]
        for column, shown in words.items():
            # A number alone, a percentage, or people of a hundred: a program finds it as a number. Years are words.
            if (printed := PRINTED.fullmatch(shown)) and column not in ("When", "Years"):
                said = float(chart_faults.plain(printed[1]).replace(",", ""))
                room = 1 if printed[2] else 0.501 if shown.endswith("%") else 0.051
                assert any(abs(said - number) <= room for number in known), (column, shown, known)
        if "Figure" in words:
            ends = [row["value"]] if not pd.isna(row["value"]) else [row["low"], row["high"]]
            assert all(formatting.number(end) in words["Figure"] for end in ends if not pd.isna(end))


@rule
def a_table_of_figures_ends_with_their_raw_numbers(figure: Figure) -> None:
    if "Interval" in figure.table or "Figure" in figure.table:
        assert list(figure.raw.columns)[: len(data_facts.RAW)] == list(data_facts.RAW)
        assert figure.raw[["value", "low", "high"]].notna().any(axis=1).all()


def test_ids_are_kebab_case_and_unique() -> None:
    ids = [definition.id for definition in DEFINITIONS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]+", made) for made in ids)
    assert all(definition.figure(option).id == definition.id for definition, option in CASES)


@pytest.mark.parametrize("definition", [r for r in DEFINITIONS if r.options], ids=lambda r: r.id)
def test_an_unknown_option_gives_the_default(definition: ChartDefinition) -> None:
    assert definition.options
    assert definition.figure("\0garbage").title == definition.figure(definition.options.default).title


def test_both_pairs_of_sources_say_the_same_and_whom_each_counts() -> None:
    titles = {pair: counts.NEW_LIVING_DEATHS.figure(pair).title for pair in counts.CARD_PAIRS}
    assert {title.split(" are ")[1] for title in titles.values()} == {"close; far more people live with MS"}
    assert "MND" in titles["counts"], "the model counts more than ALS"
    assert "ALS" not in titles["counts"]
    assert "MND" not in titles["rates"]


def test_one_count_of_ms_in_the_united_states_is_about_twice_the_other() -> None:
    shown = plotted.plotted(load("plots"), data_facts.facts(), "disagreements", "ms-in-the-us")
    first, last = (row.fact.value for row in shown)
    assert "twice as high" in counts.DISAGREEMENTS.figure("ms-in-the-us").title
    assert 1.8 < first / last < 2.2


def test_each_claim_is_a_mark_on_the_line_of_its_verdict() -> None:
    figure, table = verdict_strip.VERDICTS.figure(), load("claims")
    drawn = [(row["condition"], row["claim"], row["y0"]) for row in _data(figure.chart)[0] if row.get("claim")]
    assert sorted((verdict, claim) for verdict, claim, _ in drawn) == sorted(
        zip(table["verdict"], table["claim"], strict=True)
    )
    lines = {verdict: {y for each, _, y in drawn if each == verdict} for verdict in theme.VERDICTS}
    assert all(len(ys) == 1 for ys in lines.values())
    assert len(set.union(*lines.values())) == len(theme.VERDICTS)
    numbers = [row["claims"] for row in _data(figure.chart)[0] if row.get("claims")]
    assert [str(int(number)) for number in numbers] == list(figure.table["Claims"])


def test_motor_neuron_disease_is_said_to_be_wider_than_als() -> None:
    for figure in (counts.NEW_LIVING_DEATHS.figure("counts"), counts.DEATHS_IN_A_YEAR.figure()):
        assert any("wider than ALS" in caveat for caveat in figure.caveats)
        assert "ALS and other MND" in figure.alt


def test_only_symptoms_measured_alike_stand_in_pairs() -> None:
    alike = symptoms.SYMPTOMS.figure(symptoms.ALIKE)
    assert set(alike.table["Symptom"]) == {"pain", "depression", "thinking or memory problems"}
    for group in symptoms.SYMPTOM_GROUPS:
        if group != symptoms.ALIKE:
            conditions = list(symptoms.SYMPTOMS.figure(group).table["Disease"])
            assert conditions == sorted(conditions, reverse=True), "two lists, never pairs"


def test_second_hand_symptoms_are_said_to_be_so() -> None:
    figure = symptoms.SYMPTOMS.figure("speech-swallowing-breathing")
    assert any(caveat.startswith("As reported by") and "shortness of breath" in caveat for caveat in figure.caveats)
    assert any(text.startswith("as reported by") for text in figure.table["Source"])


def test_a_symptom_counted_in_one_disease_alone_is_not_said_to_be_common_in_both() -> None:
    table, words, known = load("symptoms"), load("symptom_words"), data_sources.sources()
    for condition, other in ((theme.MS, theme.ALS), (theme.ALS, theme.MS)):
        alone = symptoms.symptoms(table[table["condition"] == condition.key], words, known, group="movement")
        assert alone.title == f"Counted most often: stiff muscles in {condition.key}"
        assert f"{other.key}: no figure." in alone.alt


def test_symptoms_of_a_disease_stand_under_the_way_in_which_they_were_found() -> None:
    rows = _dataset(symptoms.SYMPTOMS.figure(symptoms.ONSET), "name0", "heading")
    headings = [row["name3"] for row in rows if row["heading"] is True]
    assert headings == ["MS, doctors' records", "ALS, people's own report"]


def test_few_are_said_to_have_a_symptom_only_where_few_were_counted() -> None:
    table, words, known = load("symptoms"), load("symptom_words"), data_sources.sources()
    many = table.assign(percent=table["percent"].where(table["condition"] == theme.MS.key, 60.0))
    assert "few people" in symptoms.SYMPTOMS.figure("sensation-vision").title
    assert "few people" not in symptoms.symptoms(many, words, known, group="sensation-vision").title


def test_each_symptom_of_ms_goes_from_its_early_share_to_its_late_one() -> None:
    early, late = (
        plotted.plotted(load("plots"), data_facts.facts(), "ms-over-years", panel) for panel in symptoms.YEARS_ILL
    )
    drawn = {
        (row["name"], row["stage"]): row["value"] for row in _dataset(symptoms.MS_OVER_YEARS.figure(), "stage", "value")
    }
    wanted = {(row.label, stage): row.fact.value for stage, rows in enumerate((early, late)) for row in rows}
    assert drawn == wanted


def test_every_preferred_symptom_can_be_seen() -> None:
    shown = {
        (row["Symptom"], row["Disease"], row["Share of people"])
        for group in symptoms.SYMPTOM_GROUPS
        for row in records(symptoms.SYMPTOMS.figure(group).table)
    }
    table = load("symptoms")
    preferred = table[(table["preferred"] == "yes") & table["percent"].notna()]
    assert {(r["symptom"], r["condition"], f"{formatting.number(r['percent'])}%") for r in records(preferred)} == shown


def test_a_step_of_ms_that_was_progressive_from_the_start_is_told_apart() -> None:
    """Half of those in Lyon had reached step 4 when MS began: 0 years, which would be nonsense as a spread of all."""
    titles = {step: progression.MS_MILESTONES.figure(step).title for step in progression.STEPS}
    assert "for 28 years" in titles["edss-4"]
    assert "for 15 years" in titles["progression"], "not from the second relapse on"
    facts = data_facts.facts()
    rows = load("milestones")
    slow = [key for key in rows["fact_id"] if facts[key].group in progression.PROGRESSIVE]
    late = {**facts, **{key: dataclasses.replace(facts[key], value=60.0) for key in slow}}
    assert {step: progression.ms_milestones(rows, late, step=step).title for step in titles} == titles


def test_every_milestone_can_be_seen() -> None:
    shown = sum(len(progression.MS_MILESTONES.figure(step).table) for step in progression.STEPS)
    assert shown == len(load("milestones"))


def test_points_without_interval_have_no_whisker() -> None:
    figure = risk_factors.RISK_FACTORS.figure("MS")
    by_label = {row["Risk factor"]: row["Interval"] for row in records(figure.table)}
    assert by_label["Epstein-Barr virus (caught it or not)"] == "none given"
    assert by_label["Gene variant HLA-A*02"] == "none given"


def test_the_simulation_says_it_is_one() -> None:
    figure = risk_factors.BLOCK_TEMPERATURE.figure()
    assert figure.title.startswith("Simulation:")
    assert any("not a measurement in a person" in caveat for caveat in figure.caveats)
    assert all(text.startswith("our simulation") for text in figure.table["Source"])


def test_block_temperature_equals_the_reference_results() -> None:
    bare = risk_factors.BLOCK_TEMPERATURE.figure().table
    fresh = bare[bare["State of the stretch"] == "bare"]
    assert list(fresh["Signal stops above (\N{DEGREE SIGN}C)"]) == ["42.5", "37.05", "35.54", "34.73", "34.28"]


def test_a_second_hand_figure_says_so_in_the_table() -> None:
    second_hand = next(f for f in data_facts.facts().values() if f.checked == "secondary")
    table = fact_tables.facts_table([plotted.PlottedFact("x", second_hand)], "What")
    assert table["Source"].iloc[0].startswith("as reported by ")


@pytest.mark.parametrize("name", dict.fromkeys(definition.needs[0] for definition in DEFINITIONS if definition.needs))
def test_a_damaged_table_stops_every_figure_that_begins_with_it(name: str, package: Path) -> None:
    (package / f"{name}.csv").write_bytes(b"")
    for definition in DEFINITIONS:
        if definition.needs[:1] == (name,):
            with pytest.raises(DataError, match=f"{name}.csv: the file is empty"):
                definition.figure()


@pytest.mark.parametrize("sex", age_and_sex.SEXES)
def test_ages_stand_from_young_to_old_and_sum_to_the_file(sex: str) -> None:
    figure = age_and_sex.AGES_AT_DEATH.figure(sex)
    deaths = load("deaths_by_age")
    chosen = deaths if sex == "both" else deaths[deaths["sex"] == sex]
    for column, condition in (("Deaths from MS", "MS"), ("Deaths from motor neurone disease", "ALS")):
        shown = sum(int(text.replace(",", "")) for text in figure.table[column])
        assert shown == chosen.loc[chosen["condition"] == condition, "deaths"].sum()
    ages = list(figure.table["Age at death"])
    starts = [0 if age.startswith("under") else int(re.findall(r"\d+", age)[0]) for age in ages]
    assert starts == sorted(starts)
    assert [layer["encoding"]["y"]["sort"] for layer in figure.chart["layer"]] == [ages] * 3


def test_men_per_woman_stand_left_of_equal_and_women_per_man_right() -> None:
    plots, facts = load("plots"), data_facts.facts()
    for which in ("both", "age"):
        figure = age_and_sex.SEX_RATIO.figure(which)
        shown = plotted.plotted(plots, facts, "sex-ratio", which)
        bars = [row for row in _data(figure.chart)[0] if row["condition"]]
        assert len(bars) == len(shown)
        for bar, row in zip(bars, shown, strict=True):
            women = row.fact.unit.startswith(("women", "girls"))
            assert (bar["value"] > 1) is bar["right"] is women
            assert bar["words"] == formatting.for_reading(row.fact.value)
        starts = [layer["encoding"]["x2"] for layer in figure.chart["layer"] if layer["mark"]["type"] == "bar"]
        assert starts == [{"datum": 1.0}], "bars begin where there are as many of both"


def test_women_with_ms_for_each_man_go_from_an_earlier_time_to_a_later_one() -> None:
    shown = plotted.plotted(load("plots"), data_facts.facts(), "sex-ratio", age_and_sex.OVER_TIME)
    drawn = _dataset(age_and_sex.SEX_RATIO.figure(age_and_sex.OVER_TIME), "stage", "value")
    assert [(row["stage"], row["value"]) for row in drawn] == [(n % 2, row.fact.value) for n, row in enumerate(shown)]
    for first, last in zip(shown[::2], shown[1::2], strict=True):
        assert first.label.split(", ")[0] == last.label.split(", ")[0]
        assert first.fact.value != last.fact.value


def test_each_age_stands_on_the_ruler_in_the_lane_of_its_disease() -> None:
    figure = age_and_sex.AGE_AT_START.figure()
    shown = plotted.plotted(load("plots"), data_facts.facts(), "age-at-start")
    marks = _dataset(figure, "value", "open")
    known = [(row.fact.condition, row.fact.value, row.fact.low, row.fact.high) for row in shown]
    drawn = [
        (row["condition"], *(math.nan if row[k] is None else row[k] for k in ("value", "low", "high"))) for row in marks
    ]
    assert repr(drawn) == repr(known)
    lanes = {key: [row["y"] for row in marks if row["condition"] == key] for key in ("MS", "ALS")}
    assert max(lanes["MS"]) < min(lanes["ALS"])
    assert all(row["open"] is ("MND" in source.fact.measure) for row, source in zip(marks, shown, strict=True))
    (points,) = (layer for layer in figure.chart["layer"] if layer["mark"]["type"] == "point")
    assert points["encoding"]["x"]["scale"]["domain"] == [0, 90]


def test_where_sources_disagree_every_answer_is_shown() -> None:
    for question in counts.QUESTIONS:
        assert len(counts.DISAGREEMENTS.figure(question).table) >= 2
    asked = set(counts.QUESTIONS)
    assert asked == {"ms-in-the-us", "mnd-in-england", "familial-als", "ms-black-americans", "als-to-come"}


def test_places_are_never_joined_or_averaged_and_name_their_years() -> None:
    for figure in (*map(geography.BY_COUNTRY.figure, geography.MEASURES), geography.BY_DISTANCE.figure()):
        kinds = {layer["mark"]["type"] for layer in figure.chart["layer"]}
        assert kinds <= {"text", "rule", "point", "geoshape"}
        assert set(figure.table["Disease"]) == {"MS", "ALS"}
    for measure in geography.MEASURES:
        assert len(geography.BY_COUNTRY.figure(measure).table) == (load("countries")["measure"] == measure).sum()


@pytest.mark.parametrize("measure", geography.MEASURES)
def test_each_place_is_marked_where_it_lies_and_as_large_as_its_number(measure: str) -> None:
    figure = geography.BY_COUNTRY.figure(measure)
    (marks,) = ([row for row in data if "longitude" in row] for data in _data(figure.chart))
    rows = [row for row in records(load("countries")) if row["measure"] == measure]
    lie = {row["place"]: (row["latitude"], row["longitude"]) for row in records(load("places"))}
    facts = data_facts.facts()
    wanted = [
        (facts[row["fact_id"]].condition, *lie[row["place"]], end)
        for row in rows
        for end in set(facts[row["fact_id"]].ends)
    ]
    drawn = [(row["condition"], row["latitude"], row["longitude"], row["value"]) for row in marks]
    assert sorted(drawn) == sorted(wanted)
    areas = {"circle": math.pi / 4, "square": 1}
    shapes = {condition.key: areas[condition.shape] for condition in theme.CONDITIONS}
    per_person = [row["size"] * shapes[row["condition"]] / row["value"] for row in marks]
    assert min(per_person) == pytest.approx(max(per_person), rel=0.01), "areas are as the numbers"
    assert [row["size"] for row in marks] == sorted((row["size"] for row in marks), reverse=True), "small ones on top"
    encoded = [layer["encoding"] for layer in figure.chart["layer"] if layer["mark"]["type"] == "point"]
    assert all(
        each["longitude"]["field"] == "longitude" and each["latitude"]["field"] == "latitude" for each in encoded
    )
    assert all(each["size"]["scale"] is None for each in encoded), "the size is that of the data"


@pytest.mark.parametrize("definition", [*BODIES, geography.BY_COUNTRY], ids=lambda d: d.id)
def test_no_unseen_words_take_room_from_a_drawing(definition: ChartDefinition) -> None:
    """What is transparent counts as much as what is seen: on a phone the drawing once made way for it."""
    texts = [layer["mark"] for layer in definition.figure().chart["layer"] if layer["mark"]["type"] == "text"]
    assert texts
    assert not any("opacity" in mark for mark in texts)


def test_the_land_is_closed_and_no_outline_is_turned_inside_out() -> None:
    (ground,) = (layer for layer in geography.BY_COUNTRY.figure().chart["layer"] if layer["mark"]["type"] == "geoshape")
    rings = [polygon[0] for polygon in ground["data"]["values"][0]["geometry"]["coordinates"]]
    assert len(rings) == len(load("land"))
    for ring in rings:
        assert ring[0] == ring[-1]
        assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in itertools.pairwise(ring)) > 0


def test_the_same_places_stand_by_their_distance_from_the_equator() -> None:
    figure = geography.BY_DISTANCE.figure()
    lie = {row["place"].split(",")[0]: abs(row["latitude"]) for row in records(load("places"))}
    rows = _dataset(figure, "distance")
    assert len(rows) == len(geography.BY_COUNTRY.figure("prevalence").table) == len(figure.table)
    assert all(row["distance"] == lie[row["place"]] for row in rows)
    assert all(row["high"] > row["value"] for row in rows if row["value"] != row["high"])
    said = {text.split(" ")[0] for text in figure.table["Degrees from the equator"]}
    assert said == {formatting.number(row["distance"]) for row in rows}
    inputs = [load("countries"), load("places")]
    at_the_equator = inputs[1].assign(latitude=inputs[1]["latitude"] * 0)
    level = geography.by_distance(inputs[0], at_the_equator, data_facts.facts()).title
    assert "far from the equator" in figure.title
    assert "far from the equator" not in level


def test_symptoms_come_with_their_definitions() -> None:
    for group in symptoms.SYMPTOM_GROUPS:
        figure = symptoms.SYMPTOMS.figure(group)
        assert [term for term, _ in figure.terms] == list(dict.fromkeys(figure.table["Symptom"]))
        assert all(plain.endswith(".") for _, plain in figure.terms)


def _with(fact_id: str, **numbers: Any) -> dict[str, data_facts.Fact]:
    """The facts, one of them with other numbers."""
    known = dict(data_facts.facts())
    return known | {fact_id: dataclasses.replace(known[fact_id], **numbers)}


def test_cut_fibres_are_named_by_their_counts_and_a_limit_has_no_mark() -> None:
    plots = load("plots")
    other = repair.cut_axons(plots, _with("ms-axons-edge", value=20_000.0)).title
    assert other.startswith("Cut nerve fibres were most common in edge of older")
    figure = repair.CUT_AXONS.figure()
    assert figure.title.endswith("most common in active MS lesions")
    limit = next(row for row in _data(figure.chart)[0] if row["condition"] == theme.HEALTHY.key)
    assert (limit["value"], limit["low"], limit["high"], limit["words"]) == (None, None, 1.0, "fewer than 1")
    assert "neither disease" in list(figure.table["Disease"])


@pytest.mark.parametrize("share", [20.0, 30.0, 70.0])
def test_as_many_people_are_filled_as_had_wide_repair(share: float) -> None:
    figure = repair.remyelination(load("plots"), _with("remyelination-extensive-share", value=share))
    filled = [row for row in _data(figure.chart)[0] if row["filled"] == theme.MS.colour]
    assert 10 * len(filled) == share
    assert f"widely in {share:g}% of people studied after death" in figure.title


def test_a_test_says_late_or_kept_only_where_the_figures_do() -> None:
    plots = load("plots")
    title = measures.MEASURES.figure().title
    assert "the eye's signal is late" in title
    assert "nerves mostly keep their speed" in title
    for fact_id, numbers in (("p100-ms-no-on", {"value": 97.0}), ("ncv-als-slow-share", {"high": 81.0})):
        other = measures.measures(plots, _with(fact_id, **numbers)).title
        assert other == "What tests show in MS, in ALS and in people with neither"


def test_muscles_and_people_never_share_an_axis_and_no_patient_is_timed() -> None:
    plots, known = load("plots"), data_facts.facts()
    for test, disease in (("central-ms", "MS"), ("central-als", "ALS")):
        rows = plotted.plotted(plots, known, measures.ID, test)
        assert {row.fact.condition for row in rows} == {disease}
    table = measures.MEASURES.figure().table
    path = {
        row["Test and group"]: row["Figure"] for row in records(table) if "Brain to muscle" in row["Test and group"]
    }
    assert list(path.values()) == ["50% (52 of 104 muscles)", "17%", "78%"]
    assert any("muscles were counted, for ALS people" in caveat for caveat in measures.MEASURES.figure().caveats)


def test_each_test_of_the_sheet_is_drawn_on_its_own_axis_as_in_the_table() -> None:
    figure = measures.MEASURES.figure()
    drawn = _data(figure.chart)[0]
    marks = [row for row in drawn if row["role"] == "mark"]
    assert len(marks) == len(figure.table)
    assert [row["words"] for row in drawn if row["role"] == "heading"] == list(
        dict.fromkeys(name.split(": ")[0] for name in figure.table["Test and group"])
    )
    for row, raw in zip(marks, records(figure.raw), strict=True):
        share = raw["unit"].startswith("of ")
        wanted = round(100 * raw["value"] / int(raw["unit"].split(" ")[1])) if share else raw["value"]
        assert row["value"] == pytest.approx(wanted, nan_ok=True) or row["value"] is None
    assert set(figure.table["Disease"]) == {"MS", "ALS", "neither disease"}


def test_no_mark_of_the_models_lies_beyond_its_axis() -> None:
    shares = [row["value"] for row in _data(model_checks.MODEL_CHECKS.figure().chart)[0] if row.get("value")]
    assert len(shares) > 5
    assert min(shares) > model_checks.NEAR


def test_neurofilament_names_whom_people_were_compared_with() -> None:
    figure = measures.MEASURES.figure()
    compared = [text for text in figure.table["Test and group"] if text.startswith("Neurofilament")]
    assert len(compared) == 4
    assert all("controls" in text for text in compared)
    assert any("does not compare MS with ALS" in caveat for caveat in figure.caveats)


def test_a_first_attack_is_not_counted_as_ms() -> None:
    figure = measures.MEASURES.figure()
    assert any(
        "A first attack does not always become MS" in caveat or "a first attack does not" in caveat
        for caveat in figure.caveats
    )
    assert not any(
        text.startswith("Oligoclonal") and "MS" in text and "attack" in text for text in figure.table["Test and group"]
    )


def test_head_injury_fades_only_where_the_figures_do() -> None:
    assert "the link fades" in head_and_weight.HEAD_INJURY.figure().title
    late = head_and_weight.head_injury(load("plots"), _with("als-head-liu-10y", value=9.0))
    assert "does not simply fade with time" in late.title
    assert list(late.table["Interval"])[-1] == "none given"


def test_weight_is_never_one_chart_of_both_and_says_why_als_may_look_so() -> None:
    for disease in head_and_weight.WEIGHT:
        assert set(head_and_weight.BODY_WEIGHT.figure(disease).table["Disease"]) == {disease}
    unclear = head_and_weight.weight(load("plots"), _with("als-bmi-obese", high=1.2), disease="ALS")
    assert "less often" in head_and_weight.BODY_WEIGHT.figure("ALS").title
    assert "less often" not in unclear.title
    caveats = " ".join(head_and_weight.BODY_WEIGHT.figure("ALS").caveats)
    assert "Early ALS can take weight off before anyone knows of it" in caveats
    assert "so this may not explain all of it" in caveats


def test_familial_and_all_als_never_share_a_chart_of_genes() -> None:
    known = data_facts.facts()
    plots = load("plots")
    for group in genes.FOUR_GENES:
        people = {known[r["fact_id"]].group for r in records(plots[plots["panel"] == group])}
        assert len(people) == 1
        figure = genes.GENE_SHARES.figure(group)
        assert sum(float(text.rstrip("%")) for text in figure.table["Figure"]) == pytest.approx(100)
        assert "Worked out here" in figure.table["Note"].iloc[-1]
    drawn_ids = set(plots.loc[plots["chart"] == "gene-shares", "fact_id"])
    assert not any(fact_id.endswith("-douglas") for fact_id in drawn_ids)


def test_heritability_is_similar_only_within_the_interval() -> None:
    title = genes.INHERITED.figure("estimates").title
    assert "is similar: 50% in MS, 61% in ALS, both uncertain" in title
    other = genes.heritability(load("plots"), _with("ms-h2-twins-fagnani", value=90.0), show="estimates")
    assert "differs: 90%" in other.title
    assert set(genes.INHERITED.figure("ms-twins").table["Disease"]) == {"MS"}, "ALS pairs are counted otherwise"


def test_most_twins_are_said_to_be_spared_only_where_they_are() -> None:
    assert genes.INHERITED.figure("ms-twins").title == "Most identical twins of people with MS do not have MS"
    twin = next(row["fact_id"] for row in records(load("plots")) if row["panel"] == "ms-twins" and row["position"] == 1)
    struck = genes.heritability(load("plots"), _with(twin, value=60.0), show="ms-twins")
    assert struck.title == "Many identical twins of people with MS have MS too"


def test_genes_are_said_to_be_found_more_often_in_families_only_where_they_are() -> None:
    assert "more often" in genes.GENE_SHARES.figure("any-gene").title
    facts = [row.fact for row in plotted.plotted(load("plots"), data_facts.facts(), "gene-shares", "any-gene")]
    sporadic = next(fact for fact in facts if genes.SPORADIC in fact.group)
    other = genes.gene_shares(load("plots"), _with(sporadic.fact_id, value=60.0), group="any-gene")
    assert "more often" not in other.title


def test_the_vein_theory_is_told_with_every_odds_ratio_from_all_studies_to_blinded_ones() -> None:
    plots = load("plots")
    figure = ccsvi.CCSVI_ODDS.figure()
    assert [text.removeprefix("odds ratio ") for text in figure.table["Figure"]] == [
        "13.5", "8.35", "3.36", "3.7", "1.885", "1.35", "1.55", "0.9"
    ]  # fmt: skip
    assert "Blinded studies find no clear link" in figure.title
    assert "a link, in blinded studies too" in ccsvi.ccsvi_odds(plots, _with("ccsvi-or-cosmo", low=1.1)).title
    assert any("unblinded ultrasound studies" in caveat for caveat in figure.caveats)


def test_people_without_ms_never_bear_its_mark() -> None:
    for test in ccsvi.TESTS:
        for row in _data(ccsvi.CCSVI_PREVALENCE.figure(test).chart)[0]:
            if row["condition"]:
                assert (row["condition"] == theme.MS.key) is f"{row['label']} {row['words']}".strip().startswith(
                    "with MS"
                )
    far = ccsvi.ccsvi_prevalence(load("plots"), _with("ccsvi-narrowing-ctrl", value=20.0), test="catheter")
    assert "not equally common" in far.title


def _strokes_of(figure: Figure) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each layer that draws parts by their state: its encoding, and its points."""
    layers = [layer for layer in figure.chart["layer"] if "strokeDash" in layer["encoding"]]
    return [(layer["encoding"], figure.chart["datasets"][layer["data"]["name"]]) for layer in layers]


@pytest.mark.parametrize("definition", BODIES, ids=lambda d: d.id)
def test_each_part_of_both_bodies_is_drawn_in_its_state_ms_left_and_als_right(definition: ChartDefinition) -> None:
    figure = definition.figure()
    parts = {row["part_id"]: row for row in records(load("nerve_parts"))}
    shapes = {row["shape_id"]: row["part_id"] for row in records(load("nerve_map"))}
    seen: set[tuple[str, str]] = set()
    for _, points in _strokes_of(figure):
        for point in points:
            side, shape = point["shape_id"].split(" ")
            part = parts[shapes[shape]]
            seen.add((side, part["part_id"]))
            assert point["state"] == part[f"{side.lower()}_state"]
            assert point["condition"] == (theme.HEALTHY.key if point["state"] == bodies.SPARED else side)
            assert (point["x"] > 0) is (side == theme.ALS.key)
    assert seen == {(condition.key, part) for condition in theme.CONDITIONS for part in parts}
    for condition in theme.CONDITIONS:
        said = dict(zip(figure.table["Part"], figure.table[f"In {condition.key}"], strict=True))
        for part in parts.values():
            state = part[f"{condition.key.lower()}_state"]
            assert said[part["name"]].lower().startswith(f"{body_map.STATES[state]}: ")


def _names_beside(figure: Figure) -> list[dict[str, Any]]:
    return _dataset(figure, "side", "lines")


def test_each_name_stands_beside_its_body_and_no_two_lie_upon_each_other() -> None:
    for definition, apart in zip(BODIES, (body_map.FEW_APART, body_map.ALL_APART), strict=True):
        for condition in theme.CONDITIONS:
            rows = [row for row in _names_beside(definition.figure()) if row["side"] == condition.key]
            assert all(abs(row["at"]) == bodies.NAMES and (row["at"] > 0) is (condition is theme.ALS) for row in rows)
            assert all(later["to"] - row["to"] >= apart - 0.1 for row, later in itertools.pairwise(rows))
            assert all(len(line) <= bodies.NAME_WIDTH for row in rows for line in row["lines"].split("\n"))
            assert all(row["lines"].count("\n") < 2 for row in rows), "two lines are all the room there is"


def test_the_names_of_what_is_attacked_are_those_of_the_table_and_of_parts_that_are() -> None:
    tags = load("nerve_tags")
    named = [(row["side"], row["name"]) for row in _names_beside(body_map.WHAT_IS_ATTACKED.figure())]
    assert set(named) == set(zip(tags["condition"], tags["words"], strict=True))
    parts = {row["part_id"]: row for row in records(load("nerve_parts"))}
    assert all(parts[row["part_id"]][f"{row['condition'].lower()}_state"] != bodies.SPARED for row in records(tags))
    points = [(row["part_id"], row["x"], row["y"]) for row in records(load("nerve_map"))]
    for row in records(tags):
        xs, ys = zip(*((x, y) for part, x, y in points if part == row["part_id"]), strict=True)
        assert min(xs) <= row["x"] <= max(xs), row["words"]
        assert min(ys) <= row["y"] <= max(ys), row["words"]


def test_all_parts_are_named_on_both_sides_with_what_happens_there() -> None:
    rows = _names_beside(body_map.WHERE_THE_DAMAGE_IS.figure())
    wanted = [
        (condition.key, row["name"], row[f"{condition.key.lower()}_words"])
        for condition in theme.CONDITIONS
        for row in records(load("nerve_parts"))
    ]
    assert sorted((row["side"], row["name"], row["more"]) for row in rows) == sorted(wanted)
    states = {
        (c.key, r["name"]): r[f"{c.key.lower()}_state"] for c in theme.CONDITIONS for r in records(load("nerve_parts"))
    }
    for row in rows:
        spared = states[row["side"], row["name"]] == bodies.SPARED
        assert row["condition"] == (theme.HEALTHY.key if spared else row["side"])


@pytest.mark.parametrize("definition", BODIES, ids=lambda d: d.id)
def test_the_states_of_a_part_differ_by_more_than_colour(definition: ChartDefinition) -> None:
    for encoding, _ in _strokes_of(definition.figure()):
        dashes, widths = (encoding[name]["scale"]["range"] for name in ("strokeDash", "strokeWidth"))
        assert encoding["strokeDash"]["scale"]["domain"] == [bodies.DAMAGED, bodies.PARTLY, bodies.SPARED]
        assert dashes[0] == dashes[2] != dashes[1]
        assert widths[0] >= 2 * widths[2]


def test_the_titles_of_the_bodies_follow_the_states() -> None:
    shapes, parts, tags, sources = load("nerve_map"), load("nerve_parts"), load("nerve_tags"), data_sources.sources()

    def title(side: str, **states: str) -> str:
        changed = parts.assign(**{side: [states.get(row["task"], row[side]) for row in records(parts)]})
        return body_map.where_the_damage_is(shapes, changed, sources).title

    assert title("ms_state") == "ALS mostly spares sight and feeling, MS the nerves and muscles beyond"
    assert title("als_state", sight=bodies.PARTLY) == "ALS mostly spares feeling, MS the nerves and muscles beyond"
    none = parts.assign(als_state=bodies.PARTLY)
    assert "spares" not in body_map.where_the_damage_is(shapes, none, sources).title
    assert "mostly harm different parts" in body_map.WHAT_IS_ATTACKED.figure().title
    same = parts.assign(als_state=parts["ms_state"])
    assert "the same parts" in body_map.what_is_attacked(shapes, same, tags, sources).title


def test_the_line_from_a_name_ends_on_its_part() -> None:
    points = [(row["part_id"], row["x"], row["y"]) for row in records(load("nerve_map"))]
    for row in records(load("nerve_parts")):
        xs, ys = zip(*((x, y) for part, x, y in points if part == row["part_id"]), strict=True)
        assert min(xs) <= row["anchor_x"] <= max(xs), row["part_id"]
        assert min(ys) <= row["anchor_y"] <= max(ys), row["part_id"]


# ---------------------------------------------------------------- the simulations: what is drawn is what was run

LENGTHS = [Damage(3), Damage(2), Damage(5, channels=0.01), Damage(4, repaired=1), Damage(18, channels=0.05)]


def _read_out(word: str, low: float, high: float) -> np.ndarray[Any, Any]:
    return np.array(
        [scrubber.LETTERS.index(letter) / (len(scrubber.LETTERS) - 1) * (high - low) + low for letter in word]
    )


def _dataset(figure: Figure, *columns: str) -> list[dict[str, Any]]:
    """The data of the chart whose rows have all these columns."""
    return [row for data in _data(figure.chart) for row in data if set(columns) <= set(row)]


def _slider(figure: Figure) -> dict[str, float]:
    (param,) = (p for p in figure.chart["params"] if p["name"] == scrubber.NOW)
    return {**param["bind"], "value": param["value"]}


@pytest.mark.parametrize("damage", LENGTHS, ids=str)
def test_the_drawn_impulse_is_the_one_that_was_run(damage: Damage) -> None:
    figure, run = nerve_fibre.fibre(damage), simulate(damage)
    slider = _slider(figure)
    rows_drawn = [row for row in _dataset(figure, "trace", "mm") if row["base"] == 0]
    moments = np.arange(len(rows_drawn[0]["trace"])) * slider["step"]
    assert slider["max"] == pytest.approx(moments[-1])
    assert slider["max"] >= run.time_ms[-1]
    assert 0 <= slider["value"] <= slider["max"]
    for row in rows_drawn[:: len(rows_drawn) // 7]:
        drawn_mv = _read_out(row["trace"], *nerve_fibre.VOLTAGES)
        at_place = [np.interp(row["mm"], run.position_mm, frame) for frame in run.voltage_mv]
        true_mv = np.interp(moments, run.time_ms, at_place)
        # A letter is 1.8 mV wide, a moment may be a hundredth of a millisecond off, where the voltage is steep.
        assert np.median(np.abs(drawn_mv - true_mv)) < 2
        assert np.abs(drawn_mv.max() - true_mv.max()) < 5


@pytest.mark.parametrize("damage", LENGTHS, ids=str)
def test_the_coat_is_drawn_where_it_is(damage: Damage) -> None:
    figure, run = nerve_fibre.fibre(damage), simulate(damage)
    bars = [row for row in _dataset(figure, "mm", "to", "dense") if row["dense"] < 1]
    bars = [row for row in bars if (row["low"] + row["high"]) / 2 == pytest.approx(nerve_fibre.COAT)]
    start, end = run.lesion_mm
    inside = [row for row in bars if start - 0.001 < row["mm"] < end - 0.02]
    assert len(bars) - len(inside) == HEALTHY_AXON.healthy_before + HEALTHY_AXON.healthy_after
    assert len(inside) == (damage.internodes * damage.short_per_old if damage.repaired else 0)


@pytest.mark.parametrize("damage", LENGTHS, ids=str)
def test_arrivals_are_drawn_as_in_the_table(damage: Damage) -> None:
    figure = fibre_arrivals.arrivals(damage)
    drawn_here = {round(r["ms"], 2) for r in _dataset(figure, "mm", "ms", "fibre") if r["fibre"] == "Damaged fibre"}
    table = {float(text) for text in figure.table["This fibre (ms)"] if text not in ("never", "nan")}
    assert {round(value, 1) for value in drawn_here} == {round(value, 1) for value in table}


def test_a_fibre_that_stops_says_so_and_one_that_does_not_does_not() -> None:
    for damage in [*LENGTHS, Damage(3, temperature_c=35.0), Damage(2, temperature_c=37.1)]:
        figures = nerve_fibre.FIBRE.run(damage)
        stops = not simulate(damage).conducts
        assert ("stops" in figures[0].title) is stops
        assert ("nothing arrives" in figures[1].title) is stops
        words = [row["words"] for row in _dataset(figures[0], "words", "y")]
        assert ("stopped" in words) is stops


def test_a_fibre_that_never_fires_says_so() -> None:
    silent = dataclasses.replace(simulate(Damage(2)), arrival_ms=np.full(27, np.nan))
    text = what_happened(silent)
    assert text.title == "Simulation: at 37 \N{DEGREE SIGN}C no signal starts"
    assert text.alt.startswith("At 37 \N{DEGREE SIGN}C no signal starts. A healthy fibre as warm")


@pytest.mark.parametrize(
    ("damage", "said", "at"),
    [
        (Damage(3), "0.42 mm of bare fibre", "bare"),
        (Damage(3, channels=0.01), "0.42 mm of bare fibre where channels have spread", "channels"),
        (Damage(3, wraps=2), "0.42 mm with 2 of 7 wraps of myelin", "thin coat"),
        (Damage(3, repaired=1), "0.42 mm of mended coat", "mended"),
    ],
    ids=str,
)
def test_whatever_a_signal_does_at_a_stretch_there_are_words_for_it(damage: Damage, said: str, at: str) -> None:
    passes = simulate(Damage(3, wraps=HEALTHY_AXON.wraps))
    late = dataclasses.replace(passes, damage=damage, delay_ms=passes.healthy_ms + 0.25)
    stops = dataclasses.replace(passes, damage=damage, arrival_ms=np.where(passes.node_mm < 1, 1.0, np.nan))
    for run, told, titled in [
        (passes, "with no delay to speak of", "in time"),
        (late, "0.25 ms late", "0.25 ms late"),
        (stops, "the signal stops at", "the signal stops"),
    ]:
        text = what_happened(dataclasses.replace(run, damage=damage))
        assert said in text.alt
        assert told in text.alt
        assert at in text.title
        assert titled in text.title
        assert len(text.title) <= 70
    stretch = what_happened(stops)["stretch"]
    assert stretch == said


@pytest.mark.parametrize("loss", [Loss(), Loss(rate=0.088), Loss(large_first=0.5), Loss(rate=0)], ids=str)
def test_the_drawn_units_are_those_that_were_run(loss: Loss) -> None:
    figure, run = muscle.MUSCLE.run(loss)[0], motor_pool.simulate(loss)
    largest = run.sizes.max() * loss.largest_growth
    units = _dataset(figure, "trace", "column")
    assert len(units) == len(run.sizes)
    for month in (0, 10, 20, 30):
        at = int(np.argmin(np.abs(run.months - month)))
        letters = np.array([_read_out(row["trace"], 0, 1)[month] for row in units])
        assert (letters == 0).sum() == (run.fibres[at] == 0).sum(), "a unit is drawn as lost when it is, not before"
        np.testing.assert_allclose(letters, np.sqrt(run.fibres[at] / largest), atol=0.01)
    said = {(row["month"], row["words"]) for row in _dataset(figure, "month", "line")}
    for row in records(figure.table):
        assert (int(row["Month"]), f"motor neurons left: {row['Motor neurons left']}") in said


# What becomes of it, in the alternative text and in the title.
KEPT = "of the motor neurons are left in month 2; the muscle answers at ", "of neurons are left"
TOGETHER = "is gone by month 1", "answer halves by month 1"
ANSWERS = "yet the muscle still answers at ", "with half the neurons lost, the muscle answers at "
LATER = "half the muscle response only by month 2", "halves only by month 2"
SAME, GROWN = "left do not grow.", "left grow, to "


@pytest.mark.parametrize(
    ("fibres", "outcome", "growth"),
    [
        ([[4, 4, 4, 4], [4, 4, 4, 0], [4, 4, 4, 0]], KEPT, SAME),
        ([[4, 4, 4, 4], [5, 5, 5, 0], [5, 5, 5, 0]], KEPT, GROWN),
        ([[8, 8, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]], TOGETHER, SAME),
        ([[8, 8, 1, 1], [0, 0, 2, 2], [0, 0, 2, 2]], TOGETHER, GROWN),
        ([[1, 1, 8, 8], [0, 0, 8, 8], [0, 0, 8, 8]], ANSWERS, SAME),
        ([[1, 1, 8, 8], [0, 0, 9, 9], [0, 0, 9, 9]], ANSWERS, GROWN),
        ([[1, 1, 8, 8], [0, 0, 8, 8], [0, 0, 0, 0]], LATER, SAME),
        ([[1, 1, 8, 8], [0, 0, 9, 9], [0, 0, 0, 0]], LATER, GROWN),
    ],
)
def test_whatever_becomes_of_a_muscle_there_are_words_for_it(
    fibres: list[list[int]], outcome: tuple[str, str], growth: str
) -> None:
    by_month, none = np.array(fibres, dtype=float), np.zeros(3)
    text = muscle_runs.what_happened(motor_pool.Course(Loss(), np.arange(3.0), by_month, none, none, by_month[0]))
    assert outcome[0] in text.alt
    assert outcome[1] in text.title
    assert len(text.title) <= 70
    assert growth in text.alt


def test_the_published_paces_stand_beside_the_model() -> None:
    figure = muscle.MUSCLE.run(Loss())[1]
    facts = data_facts.facts()
    ends = {(row["month"], row["left"]) for row in _dataset(figure, "month", "left")}
    for fact_id in ("munix-als-rate", "mune-als-rate"):
        rate = -facts[fact_id].value
        month = min(30.0, 100 / rate)
        assert any(m == pytest.approx(month) and left == pytest.approx(100 - rate * month) for m, left in ends)
        assert facts[fact_id].source.source_id in figure.source_ids


def test_every_title_of_a_simulation_says_that_it_is_one() -> None:
    made = [figure for settings in nerve_fibre.FIBRE.presets.values() for figure in nerve_fibre.FIBRE.run(settings)]
    made += [figure for settings in muscle.MUSCLE.presets.values() for figure in muscle.MUSCLE.run(settings)]
    assert [figure.title for figure in made if not figure.title.startswith("Simulation: ")] == []
    assert all(len(figure.title) <= 130 for figure in made)


def test_a_share_of_some_people_with_a_symptom_says_of_whom() -> None:
    drawn = [symptoms.SYMPTOMS.figure(group).table for group in symptoms.SYMPTOM_GROUPS]
    said = {(row["Symptom"], row["Disease"], row["Among"]) for table in drawn for row in records(table)}
    preferred = load("symptoms").query("preferred == 'yes'")
    assert said == {(row["symptom"], row["condition"], row["among"]) for row in records(preferred)}
    assert "no dementia" in data_facts.figure("als-thinking-or-memory-problems").among


def test_no_threshold_of_weakness_is_claimed() -> None:
    for preset in muscle.MUSCLE.presets:
        for figure in muscle.MUSCLE.run(muscle.MUSCLE.settings(preset, {})):
            assert "threshold" not in f"{figure.title} {figure.alt} {figure.how_to_read}"
            assert "weak" not in f"{figure.title} {figure.alt}"


def test_warmth_draws_what_the_table_says() -> None:
    figure = temperature.SPEED_BY_TEMPERATURE.figure()
    drawn_shares = sorted(row["share"] for row in _dataset(figure, "share", "mark") if "short" not in row)
    column = next(c for c in map(str, figure.table) if c.startswith("Against"))
    said = sorted(int(chart_faults.plain(text)) for text in figure.table[column])
    assert len(drawn_shares) == len(said)
    # Both are rounded from the same number, the drawn one to a tenth first.
    assert all(abs(a - b) <= 0.55 for a, b in zip(drawn_shares, said, strict=True))


def test_warmth_is_said_to_slow_a_bare_fibre_only_where_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "slows a bare" in temperature.SPEED_BY_TEMPERATURE.figure().title
    monkeypatch.setattr(temperature, "FIBRES", {**temperature.FIBRES, "bare": temperature.FIBRES["mended"]})
    assert "slows" not in temperature.SPEED_BY_TEMPERATURE.figure().title


def test_every_check_has_a_row_and_every_row_a_check() -> None:
    assert set(load("model_checks")["check_id"]) == set(CHECKS)


def test_the_checks_hold() -> None:
    for row in records(load("model_checks")):
        if row["kind"] == "holds":
            assert ours(row["check_id"]) == 1, row["check_id"]
        elif row["source_id"] == "arancibia-carcamo-2017":
            assert ours(row["check_id"]) == pytest.approx(row["published"], rel=0.025, abs=0.06), row["check_id"]


def test_presets_do_what_their_words_say() -> None:
    runs = {key: simulate(damage) for key, damage in nerve_fibre.FIBRE.presets.items()}
    assert not runs["bare"].conducts
    assert not runs["warmed"].conducts
    for key in ("adapted", "edge", "repaired", "healthy"):
        assert runs[key].conducts, key
    edge, warmed = (nerve_fibre.FIBRE.presets[key] for key in ("edge", "warmed"))
    assert dataclasses.replace(warmed, temperature_c=edge.temperature_c) == edge
    assert warmed.temperature_c - edge.temperature_c == 0.5


@pytest.mark.parametrize("simulation", SIMULATIONS, ids=lambda simulation: simulation.id)
def test_controls_that_say_nothing_known_leave_the_settings_as_they_were(simulation: Simulation[Any]) -> None:
    for value in (math.nan, math.inf, -math.inf, 1e9, -1e9):
        assert simulation.settings(CUSTOM, dict.fromkeys(simulation.bounds, value)) == simulation.custom
    assert simulation.settings("\0garbage", {}) == next(iter(simulation.presets.values()))


@pytest.mark.parametrize("simulation", SIMULATIONS, ids=lambda simulation: simulation.id)
def test_any_figure_of_a_damaged_table_stops_the_simulation(simulation: Simulation[Any], package: Path) -> None:
    for name in simulation.needs:
        (package / f"{name}.csv").write_bytes(b"")
        with pytest.raises(DataError, match=f"{name}.csv: the file is empty"):
            simulation.run(simulation.custom)
        break


# ---------------------------------------------------------------- relapses: pairs within one trial, never a ranking


def _relapse_rates(view: str, **values: float) -> Figure:
    """The figure, with other rates in some rows, by their id with ``_`` for ``-``."""
    table = load("relapse_rates")
    others = {key.replace("_", "-"): value for key, value in values.items()}
    assert set(others) <= set(table["fact_id"])
    facts = {key: data_facts.facts()[key] for key in table["fact_id"]}
    changed = {key: dataclasses.replace(fact, value=others.get(key, fact.value)) for key, fact in facts.items()}
    return relapses.relapse_rates(table, changed, view=view)


def test_a_relapse_rate_that_was_not_read_twice_cannot_ship(package: Path) -> None:
    table = load("facts")
    unread = load("relapse_rates")["fact_id"].iloc[0]
    cell("reviewed", "", 1 + list(table["fact_id"]).index(unread))(package / "facts.csv")
    with pytest.raises(DataError, match=r"relapse_rates\.csv, row 2, column fact_id: a figure in a chart"):
        load("relapse_rates")


def test_relapses_fall_from_trial_to_trial_only_where_the_figures_do() -> None:
    assert _relapse_rates(relapses.OVER_TIME).title.endswith("fell trial by trial, 1993 to 2010")
    assert "did not fall" in _relapse_rates(relapses.OVER_TIME, arr_08_affirm_placebo=0.9).title
    figure = _relapse_rates(relapses.OVER_TIME)
    assert set(figure.table["Group"]) == {"placebo"}
    assert len(set(figure.table["Trial"])) == len(figure.table), "a trial reported twice is one mark"
    assert list(figure.table["Reported"]) == sorted(figure.table["Reported"])


def test_medicines_stand_beside_the_other_group_of_their_own_trial_only() -> None:
    for view in (relapses.WITH_PLACEBO, relapses.TWO_MEDICINES):
        figure = _relapse_rates(view)
        assert figure.title.startswith("In each of these trials")
        for _, group in figure.table.groupby(["Trial", "Reported"], sort=False):
            assert len(group) >= 2
            assert list(group["Group"] == "placebo") == [view == relapses.WITH_PLACEBO, *[False] * (len(group) - 1)]
        assert any("cannot rank medicines" in caveat for caveat in figure.caveats)
    for view, other in (
        (relapses.WITH_PLACEBO, {"arr_11_freedoms_fingolimod_05_mg": 0.5}),
        (relapses.TWO_MEDICINES, {"arr_13_opera_i_ocrelizumab": 0.5}),
    ):
        assert _relapse_rates(view, **other).title.startswith("In some of these trials, not in all")
    rates = load("relapse_rates")
    shown = [len(_relapse_rates(view).table) for view in (relapses.WITH_PLACEBO, relapses.TWO_MEDICINES)]
    assert sum(shown) == len(rates)


def test_rings_are_groups_on_placebo() -> None:
    (line,) = (layer for layer in _relapse_rates(relapses.OVER_TIME).chart["layer"] if layer["mark"]["type"] == "point")
    assert not line["mark"].get("filled")
    for view in (relapses.WITH_PLACEBO, relapses.TWO_MEDICINES):
        figure = _relapse_rates(view)
        for row in _data(figure.chart)[0]:
            if row["condition"]:
                assert row["ring"] is (row["label"] == "placebo" or row["words"].startswith("placebo: "))
        (marks,) = (layer for layer in figure.chart["layer"] if layer["mark"]["type"] == "point")
        assert marks["encoding"]["fillOpacity"] == {"condition": {"test": "datum.ring", "value": 0}, "value": 1}


def test_relapses_around_pregnancy_stand_in_time_and_their_spread_is_no_interval() -> None:
    figure = relapses.PREGNANCY_RELAPSES.figure()
    assert figure.title == "In one study, relapses were rarest in the third trimester"
    assert figure.table["Period"].iloc[0] == "year before pregnancy"
    assert figure.table["Period"].iloc[-1] == "first three months after birth"
    (drawn, event) = _data(figure.chart)
    assert [row["value"] for row in drawn] == list(figure.raw["value"])
    assert not {"low", "high"} & set(drawn[0])
    assert event == [{"place": 4, "event": "birth"}], "before the first three months after birth"
    periods = load("pregnancy_relapses")
    facts = [data_facts.facts()[key] for key in periods["fact_id"]]
    turned = {a.fact_id: dataclasses.replace(a, value=b.value) for a, b in zip(facts, reversed(facts), strict=True)}
    other = relapses.pregnancy(periods, turned)
    assert other.title != figure.title


# ---------------------------------------------------------------- MS over the years


def _crowds(figure: Figure) -> Mapping[int, list[int]]:
    """People of each group by year, as the table says."""
    columns = [column for column in map(str, figure.table) if column.endswith("(of 100)")]
    rows = records(figure.table)
    return {int(r["Years since MS began"]): [int(r[c].split(" ")[0]) for c in columns] for r in rows}


@pytest.mark.parametrize("table", TABLES)
def test_a_hundred_people_are_a_hundred_at_every_year(table: str) -> None:
    figure = hundred_people.HUNDRED_PEOPLE.figure(table)
    crowds = _crowds(figure)
    first, last = min(crowds), max(crowds)
    assert sorted(crowds) == list(range(first, last + 1))
    areas = [data for data in _data(figure.chart) if "group" in data[0]]
    assert len(areas) == len(hundred_people.DEPTHS)
    for n, year in enumerate(range(first, last + 1)):
        assert sum(crowds[year]) == 100
        drawn = [area[n] for area in areas]
        assert {row["x"] for row in drawn} == {year}
        assert (drawn[0]["bottom"], drawn[-1]["top"]) == (0, 100)
        assert [row["bottom"] for row in drawn[1:]] == [row["top"] for row in drawn[:-1]], "one on the other"
        assert all(abs(row["top"] - row["bottom"] - n) <= 1 for row, n in zip(drawn, crowds[year], strict=True))
    named = [data[0]["words"] for data in _data(figure.chart) if "words" in data[0]]
    assert named == [area[0]["group"] for area in areas], "each area is named in it"


def test_the_shares_of_each_year_sum_to_all_people_and_agree_with_the_quantiles() -> None:
    shares, quantiles = load("edss_shares"), load("edss_quantiles")
    steps = sorted(load("edss_scale")["edss"])
    for row in records(quantiles):
        part = shares[(shares["table_id"] == row["table_id"]) & (shares["years"] == row["years"])].sort_values("edss")
        assert list(part["edss"]) == steps
        assert part["share_percent"].sum() == pytest.approx(100, abs=0.06)
        ends = [row[key] for key in ("p10", "p25", "p50", "p75", "p90")]
        assert ends == sorted(ends)
        # A step is the quantile where the shares reach it, but for the last rounded digit of the shares.
        for end, wanted in zip(ends, (10, 25, 50, 75, 90), strict=True):
            below = part.loc[part["edss"] < end, "share_percent"].sum()
            reached = part.loc[part["edss"] <= end, "share_percent"].sum()
            assert below - 0.05 <= wanted <= reached + 0.05, row


@pytest.mark.parametrize("table", TABLES)
def test_the_fan_is_drawn_as_in_the_table(table: str) -> None:
    figure = disability.EDSS_FAN.figure(table)
    keys = ("low", "inner_low", "value", "inner_high", "high")
    drawn_here = [tuple(formatting.number(row[key]) for key in keys) for row in _dataset(figure, *keys)]
    columns = [column for column in figure.table if "EDSS" in str(column)]
    assert drawn_here == list(figure.table[columns].itertuples(index=False, name=None))
    steps = [row["step"] for row in _dataset(figure, "step")]
    said = [(data[0]["at"], data[0]["words"]) for data in _data(figure.chart) if "at" in data[0]]
    named = {at: words for at, words in said if words.startswith(f"{formatting.number(at)}: ")}
    assert sorted(named) == sorted(steps)
    assert "walking aid" in named[6]


def test_the_titles_of_the_years_follow_their_tables() -> None:
    scale, sources = load("edss_scale"), data_sources.sources()
    quantiles = load("edss_quantiles")
    other = disability.edss_fan(quantiles.assign(p25=1.5, p75=9.0, p90=9.5), scale, sources, table="updated")
    assert "half are at EDSS 1.5 to 9" in other.title
    titles = {disability.EDSS_FAN.figure(table).title for table in TABLES}
    assert len(titles) == len(TABLES)
    shares = load("edss_shares")
    well = shares.assign(share_percent=(shares["edss"] == 0) * 100.0)
    title = hundred_people.hundred_people(well, scale, sources, table="older").title
    assert title == "After 10 years of MS, 100 of 100 people walked without limits"


@pytest.mark.parametrize("definition", disability.DEFINITIONS, ids=lambda r: r.id)
def test_the_years_say_that_nobody_was_followed_and_nothing_of_death(definition: ChartDefinition) -> None:
    figure = definition.figure()
    assert any("Nobody was followed" in caveat for caveat in figure.caveats)
    assert any("not a forecast" in caveat for caveat in figure.caveats)
    assert load("edss_scale")["edss"].max() < 10
    assert not re.search(r"death|died|dead", f"{figure.title} {figure.alt} {figure.how_to_read} {figure.terms}")


def _history(view: str, **changed: Any) -> Figure:
    """The history for one view, with the year of one event, or its kind, changed."""
    events = load("history").copy()
    for event_id, (column, value) in changed.items():
        events.loc[events["event_id"] == event_id.replace("_", "-"), column] = value
    return history.history(events, data_sources.sources(), view=view)


@pytest.mark.parametrize("view", history.VIEWS)
def test_history_runs_in_order_of_year_on_both_lanes(view: str) -> None:
    figure = _history(view)
    years = [int(text[:4]) for text in figure.table["Year"]]
    assert years == sorted(years)
    marks = [row for data in _data(figure.chart) for row in data if row["condition"]]
    for condition in theme.CONDITIONS:
        lane = [row for row in marks if row["condition"] == condition.key]
        assert [(row["row"], row["column"]) for row in lane] == sorted({(row["row"], row["column"]) for row in lane})
        assert [row["event"][:4] for row in lane] == [
            text[:4]
            for text, disease in zip(figure.table["Year"], figure.table["Disease"], strict=True)
            if condition.key in disease
        ]
    left, right = ([row["column"] for row in marks if row["condition"] == c.key] for c in theme.CONDITIONS)
    assert max(left) < history.LANE <= min(right)
    assert all(len(row["heading"]) <= gutter.HEADING_WIDTH for data in _data(figure.chart) for row in data)


@pytest.mark.parametrize("view", history.VIEWS)
def test_a_view_of_history_shows_its_kinds_and_every_event_stands_under_all(view: str) -> None:
    kinds = history.VIEWS[view]
    events = records(load("history"))
    words = chart_text.chart_text("history")
    assert set(_history(view).table["Kind"]) == {words[f"kind-{kind}"] for kind in kinds}
    assert len(_history(view).table) == sum(event["kind"] in kinds for event in events)
    assert len(_history(history.ALL).table) == len(events)


def test_the_title_of_history_follows_the_events() -> None:
    other = _history(history.DRUGS, interferon_beta_1b=("kind", "test")).title
    assert other == "First drug to change the course: ALS 1995, MS 1996"
    assert _history(history.ALL).title.endswith("ALS in 1869 or 1874")
    assert _history(history.ALL, charcot_als=("year_end", float("nan"))).title.endswith("ALS in 1869")


def test_drugs_taken_off_the_market_stay_and_are_drawn_open() -> None:
    figure = _history(history.DRUGS)
    withdrawn = figure.table["Kind"] == "drug taken off the market"
    assert {"2018", "2024"} <= set(figure.table[withdrawn]["Year"])
    filled = [layer["mark"].get("filled") for layer in figure.chart["layer"] if layer["mark"]["type"] == "point"]
    assert filled == [True, False]


def test_an_event_that_was_not_read_twice_cannot_ship(package: Path) -> None:
    cell("reviewed", "")(package / "history.csv")
    with pytest.raises(DataError, match="reviewed"):
        load("history")


def _with_facts(fact_ids: Mapping[str, float]) -> dict[str, data_facts.Fact]:
    """All figures, some of them with another value."""
    changed = {key: dataclasses.replace(data_facts.facts()[key], value=value) for key, value in fact_ids.items()}
    return {**data_facts.facts(), **changed}


def test_definitions_of_mild_run_from_the_lowest_share_and_ranges_come_last() -> None:
    swapped = _with_facts({"benign-true-uk": 50.0, "cis-benign-20y": 1.0})
    for known in (data_facts.facts(), swapped):
        figure = severity.mild_or_severe(load("plots"), known)
        mild = [row["Figure"] for row in records(figure.table) if row["What was counted"].startswith("Mild")]
        single = [float(chart_faults.plain(text)) for text in mild if " to " not in text]
        assert single == sorted(single)
        assert [" to " in text for text in mild] == sorted(" to " in text for text in mild)
        assert figure.title.endswith("Up to 64%, by definition")


def test_the_title_of_mild_ms_says_a_rise_only_where_there_is_one() -> None:
    plots, definition = load("plots"), shared("still-mild")
    assert definition.build(plots, data_facts.facts(), None).title.startswith("The milder MS was")
    other = definition.build(plots, _with_facts({"benign-10to20-ottawa-edss1": 60.0}), None)
    assert other.title == "Mild MS at ten years was still mild at twenty in 60% to 72%"


def _asked(figure: Figure, panel: str) -> pd.DataFrame:
    """The rows of one small chart of living with it."""
    return figure.table[figure.table["What was asked"].str.startswith(f"{panel}: ")]


def test_work_shows_no_figure_of_als_and_mood_pairs_only_what_was_measured_alike() -> None:
    figure = living.LIVING.figure()
    assert set(_asked(figure, "Work with MS")["Disease"]) == {"MS"}
    mood = _asked(figure, "Low mood and fear")
    assert list(mood[mood["Disease"] == "ALS"]["What was asked"]) == ["Low mood and fear: depression"]
    apart = living.living(load("plots"), data_facts.facts(), load("symptoms").assign(alike=""))
    assert set(_asked(apart, "Low mood and fear")["Disease"]) == {"MS"}


def test_the_sheet_of_living_says_after_how_many_years_people_worked_and_shows_every_row_of_its_panels() -> None:
    figure = living.LIVING.figure()
    assert figure.title == "Of people with MS who had a job, 68% worked some 10 years on"
    rows = load("plots")
    assert set(figure.raw["value"].dropna()) >= {
        data_facts.facts()[key].value
        for key in rows.loc[rows["chart"] == "living", "fact_id"]
        if not math.isnan(data_facts.facts()[key].value)
    }
    heads = [row["words"] for row in _data(figure.chart)[0] if row["role"] == "heading"]
    assert len(heads) == len(living.PANELS) == 4


def test_thinking_stands_in_two_lists_each_with_its_method() -> None:
    shown = _asked(living.LIVING.figure(), "Changes in thinking")
    assert list(shown["Disease"]) == sorted(shown["Disease"], reverse=True)
    assert shown["What was asked"].is_unique


def test_the_kinds_of_change_in_als_count_everyone_once() -> None:
    shares = [float(chart_faults.plain(text)) for text in living.KINDS_OF_CHANGE.figure().table["Figure"]]
    assert shares == sorted(shares, reverse=True)
    assert round(sum(shares), 1) == 100


def _moved(facts: Mapping[str, Any], **values: float) -> dict[str, Any]:
    """The facts with these values in place of theirs; ``_`` in a name stands for a hyphen."""
    changed = {name.replace("_", "-"): value for name, value in values.items()}
    return {**facts, **{i: dataclasses.replace(facts[i], value=value) for i, value in changed.items()}}


def test_the_stages_of_als_say_where_two_studies_agree_and_where_not() -> None:
    facts, plots = data_facts.facts(), load("plots")
    figure = scales.als_stages(plots, facts)
    assert "agree on stage 4" in figure.title
    assert "at 80% of the course" in figure.title
    apart = scales.als_stages(plots, _moved(facts, stage_emilia_4=70.0, stage_emilia_2=61.0))
    assert "agree on stage 2 of ALS, at 61%" in apart.title
    never = scales.als_stages(plots, _moved(facts, stage_emilia_4=75.0))
    assert "differ" in never.title
    assert "agree" not in never.title
    marks = [row for data in _data(figure.chart) for row in data if row["condition"]]
    assert [row["label"] for row in marks] == ["trials", "register"] * 3 + ["trials"] * 2


def test_the_questions_of_the_scale_keep_length_of_life_for_those_who_ask() -> None:
    figure = scales.ALSFRS_ITEMS.figure()
    said = f"{figure} {chart_faults.table_text(figure)} {figure.how_to_read} {figure.caveats} {figure.chart}"
    assert not re.search(r"death|\bdied|\bdead|surviv", said, re.IGNORECASE)


def test_when_help_is_needed_and_deaths_are_drawn_only_for_those_who_ask() -> None:
    unasked = {definition.id for layout in pages.PAGES.values() for definition in layout.charts}
    plots, facts = load("plots"), data_facts.facts()
    for definition in (scales.DAILY_LIFE, counts.DEATHS_IN_A_YEAR):
        assert definition.id not in unasked
    told = {chart: [facts[fact_id] for fact_id in rows["fact_id"]] for chart, rows in plots.groupby("chart")}
    for chart in unasked & set(told):
        late = [fact for fact in told[chart] if fact.choice or fact.unit == "deaths per year"]
        assert not late, chart


def test_the_hundred_people_say_how_old_their_records_are() -> None:
    sources = data_sources.sources()
    shares = load("edss_shares")
    for table, table_id in TABLES.items():
        rows = shares[shares["table_id"] == table_id]
        era = f"records from before {sources[rows['source_id'].iloc[0]].year}"
        figure = hundred_people.HUNDRED_PEOPLE.figure(table)
        assert era in figure.how_to_read.casefold()
        assert era in figure.alt


def test_steps_of_daily_life_stand_in_order_of_time() -> None:
    facts, plots = data_facts.facts(), load("plots")
    sooner = scales.daily_life(plots, _moved(facts, milestone_wheelchair=5.5))
    assert "a walking aid 18 months" in sooner.title
    later = scales.daily_life(plots, _moved(facts, milestone_walking_aid=40.0))
    assert "a walking aid 40 months" in later.title
    assert list(sooner.table["Step"])[1] == "Wheelchair"


def test_the_twelve_questions_stand_in_four_areas_of_three() -> None:
    figure = scales.ALSFRS_ITEMS.figure()
    assert [list(figure.table["Area"]).count(area) for area in dict.fromkeys(figure.table["Area"])] == [3, 3, 3, 3]
    assert len(figure.table) == data_facts.facts()["alsfrsr-items"].value
    (cells,) = _data(figure.chart)
    questions = [cell for cell in cells if cell["kind"] == "words"]
    assert [[cell["column"] for cell in questions].count(n) for n in range(4)] == [3, 3, 3, 3]
    assert [int(cell["said"].split(".")[0]) for cell in questions] == list(range(1, 13))
    assert len({cell["top"] for cell in questions}) == 3, "questions of one row begin at one height"
    assert all(len(line) <= 20 for cell in cells for line in cell["said"].split("\n"))
    respiratory = figure.table[figure.table["Area"] == "Breathing (respiratory)"]
    assert all(text.startswith("as reported by") for text in respiratory["Source"])


# ---------------------------------------------------------------- length of life with ALS


LIFETIME_ALS = [(definition, option) for definition in survival_als.DEFINITIONS for option in definition.option_keys]


def _lifetime_ids() -> set[str]:
    plots = load("plots")
    return set(plots.loc[plots["chart"].isin([definition.id for definition in survival_als.DEFINITIONS]), "fact_id"])


def test_length_of_life_with_als_is_drawn_from_marked_and_reviewed_figures_only() -> None:
    ids = _lifetime_ids()
    assert len(ids) > 30
    for fact_id in ids:
        fact = data_facts.facts()[fact_id]
        assert (fact.condition, fact.choice, bool(fact.reviewed)) == ("ALS", "survival", True), fact_id
    mine = {definition.id for definition in survival_als.DEFINITIONS}
    assert mine <= {definition.id for definition in pages.PAGES["length-of-life"].charts_on_request}
    assert not mine & {definition.id for layout in pages.PAGES.values() for definition in layout.charts_shown}


def test_the_texts_on_length_of_life_use_marked_and_reviewed_figures_only() -> None:
    found = {row["section"]: row for row in records(load("explainers")) if row["page"] == "length-of-life"}
    for section in ("time-als", "time-ms", "causes-of-death", "what-changes-time"):
        assert found[section]["choice"] == "survival"
        for mark in marks.fact_marks(found[section]["body"]):
            fact = data_facts.facts()[mark.fact_id]
            assert (fact.choice, bool(fact.reviewed)) == ("survival", True), fact.fact_id


@pytest.mark.parametrize(("definition", "option"), LIFETIME_ALS)
def test_length_of_life_is_told_of_groups_only(definition: ChartDefinition, option: str | None) -> None:
    figure = definition.figure(option)
    assert chart_text.chart_text(chart_text.SHARED)["groups_only"] in figure.caveats
    assert len(figure.title) <= 110


def test_the_two_clocks_and_two_units_never_share_an_axis() -> None:
    known = data_facts.facts()
    plots = load("plots")
    for chart in ("als-by-place", "als-alive"):
        for start, words in (("onset", "onset"), ("diagnosis", "from diagnosis")):
            ids = plots.loc[(plots["chart"] == chart) & (plots["panel"] == start), "fact_id"]
            assert all(words in known[i].measure for i in ids), (chart, start)
            assert len({known[i].unit for i in ids}) == 1
    for measure in survival_als_changes.MEASURES:
        panels = plots[(plots["chart"] == "what-changes-als") & plots["panel"].str.startswith(f"{measure}-")]
        assert len({known[i].unit.removesuffix(" longer") for i in panels["fact_id"]}) == 1
    for clinic in survival_als.FORMS:
        ids = plots.loc[(plots["chart"] == "als-by-form") & (plots["panel"] == clinic), "fact_id"]
        assert {"from onset" in known[i].measure for i in ids} == {clinic != "osaka"}
        assert len({known[i].source.source_id for i in ids}) == 1
        assert not any(known[i].group == "all" for i in ids), "a whole clinic is not one of its forms"


def test_trials_stand_first_and_a_mask_is_never_an_overall_gain() -> None:
    words = chart_text.chart_text("what-changes-als")
    strengths = [words["trials"], words["compared"]]
    for measure in survival_als_changes.MEASURES:
        kinds = [text.split(":")[0] for text in survival_als_changes.WHAT_CHANGES.figure(measure).table["What"]]
        assert kinds == sorted(kinds, key=strengths.index)
    assert "als-niv-benefit" not in _lifetime_ids()
    team = survival_als_changes.WHAT_CHANGES.figure("months")
    assert any("99%" in caveat and "61%" in caveat for caveat in team.caveats)


def test_as_many_of_a_hundred_are_full_as_were_living() -> None:
    plots = load("plots")
    figure = survival_als_shares.hundred_als(plots, _with("surv-5y-dx-lombardy-2002", value=40.6))
    people = _dataset(figure, "level", "column")
    assert len(people) == 3 * len({(row["column"], row["row"]) for row in people}) / 3 == 300
    full = [row["row"] // survival_als_shares.A_GROUP for row in people if row["level"]]
    assert [full.count(n) for n in range(3)] == [76, 41, 12]
    assert figure.title.endswith("76 were living after 1 year")
    assert "76 after 1 year, 41 after 5 years, 12 after 10 years were living" in figure.alt


def test_the_titles_on_length_of_life_with_als_follow_their_figures() -> None:
    plots = load("plots")
    slow = survival_als.als_by_form(plots, _with("als-median-flailarm", value=30.0), clinic="london")
    assert "do not all run slower" in slow.title
    worse = survival_als_changes.what_changes_als(plots, _with("mdc-hr-ireland", value=1.2), measure="ratio")
    assert "not both linked with longer life" in worse.title
    less = survival_als_changes.what_changes_als(plots, _with("mdc-gain-ireland", value=1.0), measure="months")
    assert "not all comparisons say more" in less.title
    same = survival_als_changes.what_changes_als(plots, _with("niv-cohort-with", value=15.0), measure="mask")
    assert "did not live longer" in same.title


def test_a_title_says_where_its_years_begin_and_in_whom_they_were_counted() -> None:
    """A median of another clock, of one clinic or of a trial is not told as everyone's from the start."""
    told = progression.MS_MILESTONES.figure("progression")
    assert "for 15 years from its start" in told.title
    assert data_facts.facts()["slope-precision-mean"].among in progression.ALS_PACE.figure().headline
    assert "in drug trials" in progression.ALS_PLATEAUS.figure().title
    assert "from a start that the source does not name" in survival_als.ALS_BY_FORM.figure("osaka").scope.casefold()
    assert "Two sources do not say from when" in survival_als_shares.LONG_SURVIVORS.figure().how_to_read
    named = _with("longsurv-kings", counted_from="the diagnosis")
    assert "One source does not say from when" in survival_als_shares.long_survivors(load("plots"), named).how_to_read


def _of_kinds(**changed: Any) -> Figure:
    """The kinds of MS with a cell of the table changed: ``prms=("list_2013", "yes")``."""
    table = load("ms_kinds").copy()
    for kind, (column, value) in changed.items():
        table.loc[table["kind_id"] == kind, column] = value
    return subtypes.ms_kinds(table, data_sources.sources())


def test_the_title_of_the_kinds_counts_them_in_both_lists() -> None:
    assert _of_kinds().title == "Of four kinds of MS listed in 1996, three were left in 2013"
    assert "four were left in 2013" in _of_kinds(prms=("list_2013", "yes")).title


def test_a_kind_stands_in_the_column_of_each_list_that_names_it_and_in_no_other() -> None:
    figure = subtypes.MS_KINDS.figure()
    drawn = {(row["left"], row["text"].split("\n")[0], row["listed"])
             for data in _data(figure.chart) for row in data if "listed" in row}  # fmt: skip
    assert (1.0, "Clinically", True) in drawn
    assert (0.0, "Progressive-", True) in drawn
    assert not {(0.0, "Clinically", True), (1.0, "Progressive-", True)} & drawn
    assert sum(listed for _, _, listed in drawn) == 8


def test_the_two_ways_in_which_ms_starts_never_stand_in_one_chart() -> None:
    shown = {start: set(first_years.MS_START.figure(start).table["Figure"]) for start in first_years.STARTS}
    assert {
        data_facts.facts()[name].figure for name in ("ms-ppms-share", "onset-progressive-share-ontario-1989")
    } < shown[first_years.PROGRESSIVE]
    assert data_facts.facts()["onset-relapsing-share-france"].figure in shown[first_years.RELAPSES]
    assert not shown[first_years.PROGRESSIVE] & shown[first_years.RELAPSES]
    assert any("overlap" in caveat for caveat in first_years.MS_START.figure(first_years.PROGRESSIVE).caveats)


def _with_fact(definition: ChartDefinition, fact_id: str, option: Mapping[str, str], **changed: Any) -> Figure:
    known = dict(data_facts.facts())
    known[fact_id] = dataclasses.replace(known[fact_id], **changed)
    return definition.build(load("plots"), known, **option)


def test_the_words_on_worsening_between_relapses_name_each_share_as_its_row_does() -> None:
    figure = shared("between-relapses").figure()
    apart, beside = records(figure.table)
    assert apart["Where and when it came"].endswith("between relapses")
    assert beside["Where and when it came"].endswith("with a relapse")
    apart_share, beside_share = (formatting.for_reading(float(row["Figure"].rstrip("%"))) for row in (apart, beside))
    assert f"{apart_share}% got worse between relapses, {beside_share}% with one" in figure.title
    for row in (apart, beside):
        assert f"{row['Where and when it came']}, {row['Figure']}" in figure.alt


def test_als_is_said_to_begin_most_often_in_a_limb_only_while_no_other_place_is_commoner() -> None:
    place = {"part": first_years.PLACE}
    assert "most often" in first_years.ALS_START.figure(first_years.PLACE).title
    assert "most often" not in _with_fact(first_years.ALS_START, "onset-bulbar-us", place, value=80.0).title


# ---------------------------------------------------------------- treatments: never two comparators on one axis


def _effects(view: str, **changed: Mapping[str, float]) -> Figure:
    """The figure for one view, with other numbers in some facts, by their id with ``_`` for ``-``."""
    facts = dict(data_facts.facts())
    for key, values in changed.items():
        fact_id = key.replace("_", "-")
        facts[fact_id] = dataclasses.replace(facts[fact_id], **values)  # type: ignore[arg-type]
    return treatment_effects.treatment_effects(load("plots"), facts, view=view)


def _approved(place: str, **changed: tuple[str, Any]) -> Figure:
    """The approvals in one place, with one cell of some treatments changed."""
    table = load("treatments").copy()
    for key, (column, value) in changed.items():
        table.loc[table["treatment_id"] == key, column] = value
    return approvals.approvals(table, data_sources.sources(), place=place)


def test_a_panel_of_effects_has_one_comparator_and_a_view_one_unit() -> None:
    plots, facts = load("plots"), data_facts.facts()
    words = chart_text.chart_text("treatment-effects")
    shown = {panel for view in treatment_effects.VIEWS.values() for panel in view.panels}
    assert shown == set(plots.loc[plots["chart"] == "treatment-effects", "panel"])
    for view in treatment_effects.VIEWS.values():
        units, conditions = set(), set()
        for panel, comparator in view.panels.items():
            drawn_facts = [row.fact for row in plotted.plotted(plots, facts, "treatment-effects", panel)]
            assert {fact.measure.rpartition(" against ")[2] for fact in drawn_facts} == {words[comparator]}
            assert not any(fact.choice for fact in drawn_facts)
            units |= {fact.unit for fact in drawn_facts}
            conditions |= {fact.condition for fact in drawn_facts}
        assert len(units) == len(conditions) == 1


@pytest.mark.parametrize("view", treatment_effects.VIEWS)
def test_effects_stand_by_year_of_report_and_are_not_ranked(view: str) -> None:
    figure = _effects(view)
    for _, panel in figure.table.groupby("Compared with", sort=False):
        years_of_report = [text.rpartition(", ")[2] for text in panel["Medicine, report"]]
        assert years_of_report == sorted(years_of_report)
    assert any("cannot be compared between rows" in caveat for caveat in figure.caveats)


def test_the_titles_of_effects_follow_the_figures() -> None:
    assert "in all 11 trials shown, relapses were fewer" in _effects("placebo").title
    worse = {"value": -5.0}
    assert (
        "in 10 of 11 trials shown, relapses were clearly fewer"
        in _effects("placebo", effect_teriflunomide_temso=worse).title
    )
    unsure = {"high": 1.1}
    assert (
        "in 3 of 4 trials shown, lasting worsening was clearly rarer"
        in _effects("worsening", effect_tolebrutinib_hercules=unsure).title
    )
    assert "in 1 of 3 trials" in _effects("als").title
    assert "in none of 3 trials" in _effects("als", effect_edaravone_mci186_19={"low": -0.5}).title


def test_trials_that_did_not_meet_their_goal_are_marked_so() -> None:
    for view, asked in treatment_effects.VIEWS.items():
        rows = _data(_effects(view).chart)[0]
        marks, names = ([row for row in rows if bool(row["condition"]) == drawn] for drawn in (True, False))
        for row in marks:
            crosses = row["low"] is not None and row["low"] < asked.none < row["high"]
            named = next(other for other in names if other["y3"] == row["y3"])
            assert row["ring"] is named["name3"].replace("\n", " ").endswith(", goal not met")
            assert row["ring"] or not crosses
    assert sum(row["ring"] for row in _data(_effects("als").chart)[0] if row["condition"]) == 2


def test_withdrawn_medicines_stay_among_the_approved_and_are_drawn_open() -> None:
    said = {place: _approved(place).alt for place in approvals.PLACES}
    assert "2016 daclizumab, withdrawn 2018" in said["us"]
    assert "2022 Relyvrio, withdrawn 2024" in said["us"]
    assert "2016 daclizumab, withdrawn 2018" in said["eu"]
    assert "2013 Nuedexta, until 2016" in said["eu"]
    for place, columns in approvals.PLACES.items():
        figure = _approved(place)
        marks = [row for row in _data(figure.chart)[0] if row["condition"]]
        table = load("treatments")
        assert len(marks) == len(figure.table) == table[columns.year].notna().sum()
        assert sum(row["high"] is not None for row in marks) == table[columns.end].notna().sum()
        (points,) = (layer for layer in figure.chart["layer"] if layer["mark"]["type"] == "point")
        assert points["encoding"]["fillOpacity"]["condition"] == {"test": "isValid(datum.high)", "value": 0}
        lanes = [row["heading"] for row in _data(figure.chart)[0] if not row["condition"]]
        assert lanes == ["MS", "ALS", "MS and ALS"]


def test_the_title_of_approvals_follows_the_table() -> None:
    now = _approved("us")
    assert now.title == "Approved in the United States: at least 21 drugs for MS, 4 for ALS"
    assert any("tolebrutinib" in caveat for caveat in now.caveats)
    other = _approved("us", fingolimod=("withdrawn_year", 2025), tofersen=("year_us", None))
    assert other.title.endswith("at least 21 drugs for MS, 3 for ALS")


def test_the_figures_of_a_chart_are_asked_by_name() -> None:
    """Label, figure and remark by their place in a tuple read alike, and a table's row and its figure did too."""
    by_place = []
    for path in sorted(Path(theme.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            target = node.target if isinstance(node, ast.For | ast.comprehension) else None
            names = {part.id for part in ast.walk(target) if isinstance(part, ast.Name)} if target else set()
            if isinstance(target, ast.Tuple) and "fact" in names and {"_", "row", "label", "remark"} & names:
                by_place.append(f"{path.name}: {ast.unparse(target)}")
    assert by_place == []
    (row, *_) = plotted.plotted(load("plots"), data_facts.facts(), "age-at-start")
    assert (row.label, row.fact, row.remark) == tuple(row)


def test_lives_with_ms_stand_beside_others_of_the_same_study() -> None:
    facts, plots = data_facts.facts(), load("plots")
    for chart_id in ("ms-life", "ms-from-onset"):
        pairs = plotted.plotted(plots, facts, chart_id, "pairs")
        assert len(pairs) >= 4
        for first, second in zip(pairs[::2], pairs[1::2], strict=True):
            assert first.label == second.label
            assert first.fact.source == second.fact.source
            assert first.fact.unit.split(" ")[0] == second.fact.unit.split(" ")[0]
            assert "general" in f"{second.fact.group} {second.fact.population}"


def test_the_gap_of_ms_is_said_to_narrow_only_where_it_does() -> None:
    plots = load("plots")
    narrowed = survival_ms.ms_eras(plots, data_facts.facts(), measure="excess")
    assert "have come closer to those expected" in narrowed.title
    other = survival_ms.ms_eras(plots, _moved(data_facts.facts(), denmark17_edr15_1990s=20.0), measure="excess")
    assert "have not come closer to those expected" in other.title


def test_causes_of_death_are_never_a_pair() -> None:
    for disease in ("MS", "ALS"):
        figure = survival_ms.CAUSES_OF_DEATH.figure(disease)
        marks = [row for rows in _data(figure.chart) for row in rows if row["condition"]]
        assert {row["condition"] for row in marks} == {disease}


@pytest.mark.parametrize("definition", survival_ms.DEFINITIONS, ids=lambda r: r.id)
def test_lengths_of_life_with_ms_rest_on_marked_figures_alone(definition: ChartDefinition) -> None:
    used = load("plots").query("chart == @definition.id")["fact_id"]
    assert len(used) > 0
    assert all(data_facts.facts()[fact_id].choice == "survival" for fact_id in used)
    for option in definition.option_keys:
        assert any("one person" in caveat for caveat in definition.figure(option).caveats)
