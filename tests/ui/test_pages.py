"""The pages as a reader meets them, run from the entry file."""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

import sidebyside
from sidebyside.charts import model_settings, theme
from sidebyside.charts.mechanism import nerve_fibre
from sidebyside.charts.overview import age_and_sex, counts
from sidebyside.charts.simulation import CUSTOM, preset_run
from sidebyside.content import chart_text as content_chart_text
from sidebyside.content import claims, comparisons, help, studies
from sidebyside.content import text as content_text
from sidebyside.data import contract, disk, facts, package, sources
from sidebyside.data.reading import records
from sidebyside.layouts import finder, page_list, pages
from sidebyside.layouts.blocks import SURVIVAL, ChartBlock, SectionBlock
from sidebyside.layouts.uses import uses
from sidebyside.site import plain_pages
from sidebyside.ui import card
from sidebyside.ui.card import terms_of
from sidebyside.ui.common import source_list
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.simulation import Simulation

PAGES: dict[str, tuple[ChartDefinition, ...]] = {page: charts.charts_shown for page, charts in pages.PAGES.items()}
ON_REQUEST = [definition for charts in pages.PAGES.values() for definition in charts.charts_on_request]
OPTIONS = {
    page: [
        (definition, option) for definition in definitions if definition.options for option in definition.options.keys
    ]
    for page, definitions in PAGES.items()
}
# How the place of a chart ends, and no other one.
CHART_PLACE = content_text.anchor("")
GARBAGE = ["\0", "%00", "x" * 10_000, "-1", "NaN", "\U0001f600", "\u202eabc", "<script>", "a b&c=d", "[]", "null"]
GARBAGE_VISITS = 3
SEARCHED = [*GARBAGE, "(", "[a-z", "\\"]
SECONDS = 30
SIMULATIONS = tuple(simulation for layout in pages.PAGES.values() for simulation in layout.simulations)
SIMULATION_FIGURES = [figure for simulation in SIMULATIONS for figure in simulation.run(simulation.settings("", {}))]
CARDS = [definition.id for charts in pages.PAGES.values() for definition in (*charts.charts, *charts.charts_on_request)]
CARDS += [figure.id for figure in SIMULATION_FIGURES]


def run(page: str, address: dict[str, str] | None = None, *, opened: str = "") -> AppTest:
    """One page from the entry file, with these query parameters in its address.

    Of each card one popover may be ``opened``: "sources-of", "table-of" or "about".
    """
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    if page != "overview":
        app.run().switch_page(page_list.script(page))
    for key, value in (address or {}).items():
        app.query_params[key] = value
    app.run()
    for name in CARDS if opened else ():
        app.session_state[f"{opened}-{name}"] = True
    return app.run() if opened else app


@functools.cache
def visited(page: str) -> AppTest:
    """A page as it opens, for tests that only look: one visit for them all."""
    return run(page)


def of_cards(shown: list[str], of_simulations: list[str]) -> list[str]:
    """What stands on cards, in order, without what simulations show."""
    return [each for each in shown if each not in of_simulations]


def titles(app: AppTest) -> list[str]:
    """The findings of a page's cards, in order."""
    return of_cards(findings(app), [figure.title for figure in SIMULATION_FIGURES])


def findings(app: AppTest) -> list[str]:
    """The findings of all figures, in order: headings, of whichever level, that a chart is linked to by."""
    headings = (element for element in _walk(app.main) if element.type in ("header", "subheader"))
    return [heading.value for heading in headings if heading.anchor.endswith(CHART_PLACE)]


def alts(app: AppTest) -> list[str]:
    """The alternative texts of the charts on a page's cards, in order."""
    return of_cards([chart.alt for chart in charts(app)], [figure.alt for figure in SIMULATION_FIGURES])


def charts(app: AppTest) -> list[Any]:
    """The charts drawn, as their protocol messages."""
    return [element.proto for element in app.get("vega_lite_chart")]


def words(app: AppTest) -> str:
    """Everything a page says in Markdown, headings and errors."""
    parts = [*app.markdown, *app.title, *app.header, *app.subheader, *app.error]
    return "\n".join(str(part.value) for part in parts)


def links(app: AppTest) -> set[str]:
    return set(re.findall(r"\]\((https?://[^)\s]+)\)", words(app)))


@pytest.mark.quick
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_its_title_answer_sections_and_cards(page: str) -> None:
    app = visited(page)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    headings = {heading.value for heading in app.header}
    assert {h for name, h, choice in content_text.sections_of(page) if name != "answer" and not choice} <= headings
    assert content_text.section(page, "answer").body in words(app)
    assert titles(app) == [definition.figure().title for definition in PAGES[page]]


@pytest.mark.parametrize("page", PAGES)
def test_the_footer_says_what_this_is_and_is_not(page: str) -> None:
    said = words(visited(page))
    for part in ("not medical advice", "CC BY 4.0", sidebyside.__version__, "Found an error?"):
        assert part in said


@pytest.mark.parametrize("page", PAGES)
def test_every_chart_has_the_figures_alt_text_and_every_card_its_sources(page: str) -> None:
    app = run(page, opened="sources-of")
    assert alts(app) == [definition.figure().alt for definition in PAGES[page]]
    lists = [part.value for part in app.markdown if part.value.startswith("1. ")]
    for definition in PAGES[page]:
        figure = definition.figure()
        assert source_list(sources.citations(figure.source_ids)) in lists
        read = content_chart_text.as_markdown(figure.how_to_read)
        assert f":small[:gray[{content_text.escape(figure.scope)} {read}".replace("[ ", "[") + "]]" in words(app)


@pytest.mark.parametrize("page", ["numbers", "causes", "course-ms"])
def test_what_is_behind_a_card_is_made_when_it_is_opened(page: str) -> None:
    app = visited(page)
    assert len(PAGES[page]) > 2
    assert not app.code
    assert not app.get("download_button")
    assert not [part for part in app.markdown if part.value.startswith("1. ")]


def test_a_heading_stands_one_level_below_what_is_above_it() -> None:
    def two() -> None:
        from sidebyside.charts.overview import age_and_sex
        from sidebyside.ui.card import card

        card(age_and_sex.AGE_AT_START, level=2)
        card(age_and_sex.SEX_RATIO, level=3, more=("pages/course.py", "More on the course"))

    app = AppTest.from_function(two, default_timeout=SECONDS).run()
    assert [(part.tag, part.value) for part in (*app.header, *app.subheader)] == [
        ("h2", age_and_sex.AGE_AT_START.figure().title),
        ("h3", age_and_sex.SEX_RATIO.figure().title),
    ]


def test_the_terms_of_a_card_are_those_of_all_its_options() -> None:
    for page in PAGES:
        for definition in PAGES[page]:
            terms = terms_of(definition)
            assert len(dict(terms)) == len(terms)
            assert {term for option in definition.option_keys for term in definition.figure(option).terms} == set(terms)
    assert any(terms_of(definition) for definition in PAGES["course"])


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_in_the_text_leads_to_its_source_in_one_click(page: str) -> None:
    app = visited(page)
    for name, _, choice in content_text.sections_of(page):
        if not choice:
            shown = content_text.section(page, name)
            of_terms = {source.source_id for _, plain in shown.terms for source in _cited_in(plain)}
            for source in sources.citations(shown.source_ids):
                assert content_text.cite(source) in words(app) or source.source_id in of_terms


def _cited_in(text: str) -> list[sources.Source]:
    return [source for source in sources.sources().values() if content_text.cite(source) in text]


@pytest.mark.parametrize("page", PAGES)
def test_the_words_of_a_sub_page_are_explained_once_and_its_claims_counted(page: str) -> None:
    app = run(page)
    app.session_state["words-on-page"] = True
    said = words(app.run())
    names = [name for name, _, choice in content_text.sections_of(page) if not choice]
    terms = {term: plain for name in names for term, plain in content_text.section(page, name).terms}
    for term, plain in terms.items() if page not in page_list.HUBS else ():
        assert (
            said.count(f"**[{content_text.escape(term)}](words?{urlencode({'term': term})}#glossary)**: {plain}") == 1
        )
    counted = sum(len(claims.verdicts(page, name)) for name in names)
    assert (f"{counted} claims of the article are checked here" in said) is (counted > 1 and page != "claims")


def test_every_claim_stands_on_the_page_of_claims_with_its_verdict() -> None:
    """Filtered to each verdict and page they are there, ten at a time."""
    seen: set[str] = set()
    for page in {row.page for row in claims.all_verdicts()}:
        app = run("claims", {"claims-page": page_list.short_title(page)})
        own = [row for row in claims.all_verdicts() if row.page == page]
        for turn in range(-(-len(own) // 10)):
            if turn:
                app.number_input(key=f"claims-{-(-len(own) // 10)}").set_value(turn + 1).run()
            for row in own[turn * 10 : turn * 10 + 10]:
                label = next(fold.label for fold in app.expander if content_text.escape(row.claim) in fold.label)
                assert row.verdict.capitalize() in label
                assert (row.evidence.body in words(app)) is not bool(row.choice)
                seen.add(row.id)
    assert seen == {row.id for row in claims.all_verdicts()}


def test_every_claim_is_answered_on_its_page() -> None:
    sections = {(page, name) for page in PAGES for name, *_ in content_text.sections_of(page)}
    for row in records(package.load("claims")):
        assert (row["page"], row["section"]) in sections, row["claim_id"]


def test_the_short_answer_stands_on_the_overview_in_eight_pairs() -> None:
    app = run("overview")
    said = words(app)
    assert len(comparisons.glance()) == 8
    for pair in comparisons.glance():
        assert stand_side_by_side(pair, said)


LISTS = {"differences": comparisons.differences, "tests": comparisons.tests}


def stand_side_by_side(pair: comparisons.Comparison, said: str) -> bool:
    """Whether both sides of a comparison stand there, each after the name of its disease."""
    sides = zip(theme.CONDITIONS, (pair.ms, pair.als), strict=True)
    return all(f"**{theme.named(condition)}** {side.body}" in said for condition, side in sides)


def looked_up(name: str, **address: str) -> AppTest:
    return run(pages.page_of_list(name), {f"{name}-{part}": value for part, value in address.items()})


def shown_of(name: str, app: AppTest) -> set[str]:
    """The rows of a list that stand on the page, by their ids."""
    return {pair.id for pair in LISTS[name]() if stand_side_by_side(pair, words(app))}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("said", ["All topics", "all"])
def test_a_list_shows_a_topic_and_all(name: str, said: str) -> None:
    shown = [pair for pair in LISTS[name]() if not pair.choice]
    app = looked_up(name, topic=said)
    assert not app.exception
    assert shown_of(name, app) == {pair.id for pair in shown}
    assert all(content_text.escape(pair.heading) in words(app) for pair in shown)
    assert f"{len(shown)} of {len(shown)} shown" in words(app)
    if said == "all":
        for topic in comparisons.topics(shown):
            app.pills(key=f"{name}-topic").set_value(topic.replace(" ", "-")).run()
            assert shown_of(name, app) == {pair.id for pair in shown if pair.topic == topic}
            assert app.query_params[f"{name}-topic"] in (topic.replace(" ", "-"), [topic.replace(" ", "-")])


@pytest.mark.parametrize("name", LISTS)
def test_a_list_begins_with_its_first_topic_alone(name: str) -> None:
    known = LISTS[name]()
    assert shown_of(name, visited(pages.page_of_list(name))) == {
        pair.id for pair in known if pair.topic == known[0].topic
    }


@pytest.mark.parametrize("name", LISTS)
def test_a_link_to_a_row_opens_its_topic_and_a_choice_of_another_one_holds(name: str) -> None:
    kind, (first, *_, last) = finder.ROW_OF[name], (pair for pair in LISTS[name]() if not pair.choice)
    page = pages.page_of_list(name)
    app = run(page, {kind: last.id})
    assert last.id in shown_of(name, app)
    assert first.id not in shown_of(name, app)
    assert f"{kind}-{last.id}" in {heading.anchor for heading in app.subheader}
    chosen = run(page, {kind: last.id, f"{name}-topic": first.topic.replace(" ", "-")})
    assert first.id in shown_of(name, chosen)
    assert not run(page, {kind: "no-such-row"}).error


@pytest.mark.parametrize("name", LISTS)
def test_a_link_to_a_search_of_a_list_shows_what_it_finds(name: str) -> None:
    app = looked_up(name, words="BREATHING muscles")
    found = [pair for pair in LISTS[name]() if {"breathing", "muscles"} <= set(pair.words.replace(".", " ").split())]
    assert found
    assert f"{len(found)} of " in words(app)
    assert shown_of(name, app) == {pair.id for pair in found}


@pytest.mark.parametrize("first", range(len(SEARCHED)))
def test_any_words_in_the_address_of_a_list_are_safe(first: int) -> None:
    """Each visit gives every list and its topic another piece, until each was given all."""
    for name in LISTS:
        keys = [f"{name}-{part}" for part in ("words", "topic")]
        address = {key: SEARCHED[(first + n) % len(SEARCHED)] for n, key in enumerate(keys)}
        app = run(pages.page_of_list(name), address)
        assert not app.exception
        assert not app.error


def test_a_row_on_length_of_life_waits_in_the_list_too() -> None:
    waiting = next(pair for pair in comparisons.differences() if pair.choice)
    app = looked_up("differences", topic="All topics")
    assert waiting.ms.body not in words(app)
    app.session_state["choice-survival"] = True
    assert waiting.ms.body in words(app.run())


def test_ages_at_death_are_drawn_only_if_asked_for() -> None:
    app = run("length-of-life")
    figure = age_and_sex.AGES_AT_DEATH.figure()
    assert figure.title not in words(app)
    app.toggle(key="toggle-survival").set_value(True).run()
    assert figure.title in words(app)
    app.pills(key="ages-at-death-sex").set_value("women").run()
    assert age_and_sex.AGES_AT_DEATH.figure("women").alt in {chart.alt for chart in charts(app)}


def test_help_is_sorted_by_urgency_and_each_number_dials() -> None:
    app = run("help")
    for urgency in ("soon", "routine"):
        app.session_state[f"open-help-{urgency}"] = True
    app.run()
    said = words(app)
    for row in help.signs():
        assert content_text.escape(row.sign) in said
    for place in help.organisations():
        assert f"]({place.url})" in said
        assert not re.search(r"\d{3}", place.offers), "numbers stand in a column of their own"
        assert place.dial in said
    app.pills(key="help-country").set_value("united-states").run()
    assert app.query_params["help-country"] in ("united-states", ["united-states"])
    listed = [part.value for part in app.markdown if part.value.startswith("- ")][-1]
    for place in help.organisations():
        assert (place.said in listed) == (place.country == "United States")


def test_a_link_to_a_sign_shows_it_first_with_how_soon_to_ask() -> None:
    """Most signs are folded away: whoever looked for one reads it without opening anything."""
    row = next(row for row in help.signs() if row.id == "twitches")
    assert row.said not in words(run("help"))
    app = run("help", {finder.SIGN: row.id})
    assert row.said in words(app)
    (heading,) = (heading for heading in app.subheader if heading.anchor == f"{finder.SIGN}-{row.id}")
    assert heading.value == help.URGENCY_WORDS[row.urgency]
    assert not run("help", {finder.SIGN: "<script>"}).error


def test_a_former_address_of_a_country_still_opens_it() -> None:
    (place,) = (place for place in help.organisations() if place.name == "MS Canada")
    assert place.said not in words(run("help"))
    assert place.said in words(run("help", {"help-country": "Canada"}))


def test_the_studies_say_what_was_found_and_why_it_may_mislead() -> None:
    app = run("compare")
    app.session_state["open-studies"] = True
    app.run()
    for row in studies.studies():
        assert f"| {row.direction} |" in words(app)
        assert row.found.body in words(app)
        assert row.caution.body in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_every_option_can_be_chosen(page: str) -> None:
    app = run(page)
    for definition, option in OPTIONS[page]:
        app.pills(key=definition.key).set_value(option).run()
        assert not app.exception, (definition.id, option)
        assert definition.figure(option).title in findings(app)
        assert definition.figure(option).alt in {chart.alt for chart in charts(app)}


def by_names(definition: ChartDefinition) -> dict[str, str]:
    """How addresses call the options of a chart."""
    return {str(option): str(option) for option in definition.option_keys}


def by_old_words(definition: ChartDefinition) -> dict[str, str]:
    """How addresses called them at first: with all their words, of which the table keeps record."""
    return {option: words for words, option in definition.aliases.items()}


@pytest.mark.parametrize("said", [by_names, by_old_words])
@pytest.mark.parametrize("page", [page for page in PAGES if OPTIONS[page]])
def test_a_link_opens_the_same_view(page: str, said: Callable[[ChartDefinition], dict[str, str]]) -> None:
    """Each visit asks for another option of every chart, until each option was asked for once."""
    choosing = [(definition, definition.options) for definition in PAGES[page] if definition.options]
    for n in range(max(len(definition.option_keys) for definition, _ in choosing)):
        wanted = [
            (definition, choice, definition.option_keys[n % len(definition.option_keys)])
            for definition, choice in choosing
        ]
        shown = alts(
            run(page, {definition.key: said(definition)[str(option)] for definition, choice, option in wanted})
        )
        for definition, _, option in wanted:
            assert definition.figure(option).alt in shown, (definition.id, option)


def test_the_address_says_what_was_chosen_and_what_it_says_is_shown() -> None:
    """As a reader goes: a choice, Back to the address before, Forward, a link; another chart's choice is left alone."""
    definition, other = age_and_sex.SEX_RATIO, counts.NEW_LIVING_DEATHS
    first, second, third = (str(option) for option in definition.option_keys)
    rest = str(other.option_keys[-1])
    app = run("numbers", {other.key: rest})
    chosen = app.pills(key=definition.key)
    chosen.set_value(second).run()
    assert dict(app.query_params) == {definition.key: second, other.key: rest}
    app.pills(key=definition.key).set_value(first).run()
    assert app.query_params[definition.key] == first
    for said, option in ((second, second), (third, third), (first, first), ("nothing of ours", first)):
        app.query_params[definition.key] = said
        app.run()
        assert definition.figure(option).alt in alts(app), said
        assert app.pills(key=definition.key).value == option
        assert other.figure(rest).alt in alts(app)
    del app.query_params[definition.key]
    app.run()
    assert definition.figure(first).alt in alts(app)


def test_what_addresses_called_an_option_first_means_one_option() -> None:
    for page in PAGES:
        for definition in (*PAGES[page], *pages.PAGES[page].charts_on_request):
            assert set(definition.aliases.values()) <= set(definition.labels)
            assert not set(definition.aliases) & set(definition.labels) - set(definition.aliases.values())


@pytest.mark.parametrize("page", PAGES)
def test_garbage_in_the_address_gives_the_default_page(page: str) -> None:
    """The charts of a page share the garbage out among them, and each visit gives every chart another piece of it."""
    keys = ("x", *(definition.key for definition in PAGES[page] if definition.options))
    for first in range(0, len(GARBAGE), -(-len(GARBAGE) // GARBAGE_VISITS)):
        app = run(page, {key: GARBAGE[(first + n) % len(GARBAGE)] for n, key in enumerate(keys)})
        assert not app.exception
        assert alts(app) == [definition.figure().alt for definition in PAGES[page]]


@pytest.mark.parametrize("page", PAGES)
def test_a_cards_table_and_about_say_what_the_figure_says(page: str) -> None:
    app, told = run(page, opened="table-of"), run(page, opened="about")
    assert not app.exception
    assert not told.exception
    for definition in PAGES[page]:
        figure = definition.figure()
        core = [column for column in figure.table.columns if column not in figure.details]
        drawn = [t.value for t in app.table if list(t.value.columns) == core and len(t.value) == len(figure.table)]
        for column in figure.details:
            assert all(content_text.escape(text) in words(app) for text in figure.table[column])
        same = [column for column in core if column != "Source"]
        wanted = [[content_text.escape(text) for text in figure.table[column]] for column in same]
        shown = next(t for t in drawn if [list(t[column]) for column in same] == wanted)
        if "Source" in core:
            links = {content_text.cite(source) for source in sources.citations(figure.source_ids)}
            assert all(any(text.endswith(link) for link in links) for text in shown["Source"])
        for caveat in figure.caveats:
            assert f"- {content_chart_text.as_markdown(caveat)}" in words(told)
        assert content_text.escape(figure.alt) in words(told)
        assert any(figure.title in code.value for code in told.code)
        assert f"(#{content_text.anchor(figure.id)})" in words(told)


def everything(app: AppTest) -> str:
    """All that a page sends to a browser: words, tables, charts with their data, labels, downloads, link targets."""
    return "\n".join(str(delta) for delta in app.main) + "\n".join(
        str(element.proto) for element in _walk(app.main) if hasattr(element, "proto")
    )


def _walk(block: object) -> Iterator[Any]:
    for child in getattr(block, "children", {}).values():
        yield child
        yield from _walk(child)


TITLES = "\n".join(source.title for source in sources.sources().values())
WAITING = [
    # A source may be named by its title wherever it stands.
    *(f.measure for f in facts.facts().values() if f.choice and f.reviewed and f.measure not in TITLES),
    *(r.figure(option).title for r in ON_REQUEST for option in r.option_keys),
    *(r.figure(option).alt for r in ON_REQUEST for option in r.option_keys),
]


@pytest.mark.parametrize("page", PAGES)
def test_survival_figures_stay_away_until_they_are_asked_for(page: str) -> None:
    app = run(page)
    hidden = [(name, heading) for name, heading, choice in content_text.sections_of(page) if choice == SURVIVAL]
    sent = everything(app)
    assert len(sent) > 5_000
    assert [words for words in WAITING if words in sent] == []
    for name, heading in hidden:
        assert heading not in {header.value for header in app.header}
        assert content_text.section(page, name).body not in sent
    if not hidden:
        return
    app.toggle(key="toggle-survival").set_value(True).run()
    for name, heading in hidden:
        assert heading in {header.value for header in app.header}
        assert content_text.section(page, name).body in words(app)


def test_all_figures_about_length_of_life_stand_on_the_page_when_asked_for() -> None:
    app = run("length-of-life")
    app.toggle(key="toggle-survival").set_value(True).run()
    assert not app.exception
    assert not app.error
    shown = titles(app)
    assert [title for title in shown if title in WAITING] == [
        r.figure().title for r in pages.PAGES["length-of-life"].charts_on_request
    ]
    assert set(alts(app)) >= {r.figure().alt for r in pages.PAGES["length-of-life"].charts_on_request}


def test_the_choice_is_remembered_for_the_visit() -> None:
    app = run("length-of-life")
    app.toggle(key="toggle-survival").set_value(True).run()
    app.switch_page("pages/overview.py").run()
    app.switch_page(page_list.script("length-of-life")).run()
    assert app.toggle(key="toggle-survival").value is True
    assert content_text.section("length-of-life", "time").body in words(app)


def test_sources_can_be_searched_and_paged() -> None:
    app = run("sources")
    known = sources.search(sources.sources().values(), "")
    assert f"{len(known)} of {len(known)} sources" in words(app)
    first, eleventh = (content_text.escape(known[n].title) for n in (0, 10))
    assert first in words(app)
    assert eleventh not in words(app)
    app.number_input(key=f"sources-{-(-len(known) // 10)}").set_value(2).run()
    assert eleventh in words(app)
    app.text_input(key="find").set_value("walton 2020").run()
    assert not app.exception
    assert content_text.cite(sources.sources()["walton-2020"]) in words(app)
    assert f"of {len(known)} sources" in words(app)


@pytest.mark.parametrize("first", range(len(SEARCHED)))
def test_any_search_is_safe(first: int) -> None:
    """A piece in the address, another typed over it."""
    app = run("sources", {"find": SEARCHED[first]})
    assert not app.exception
    app.text_input(key="find").set_value(SEARCHED[first - 1]).run()
    assert not app.exception


def test_a_damaged_contract_is_said_on_every_page(package: Path) -> None:
    (package / disk.CONTRACT).write_text("{", encoding="utf-8")
    for page in PAGES:
        app = run(page)
        assert not app.exception
        assert not findings(app)
        assert "datapackage.json: is not a data package" in "\n".join(error.value for error in app.error)


def test_a_visit_looks_at_each_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    paths: list[str] = []
    real = disk.stamp

    def counted(path: str) -> tuple[int, int]:
        paths.append(path)
        return real(path)

    monkeypatch.setattr(disk, "stamp", counted)
    run("overview")
    assert len(set(paths)) == len(paths) > 10


def test_the_browser_tab_names_the_page() -> None:
    source = (ROOT / "app.py").read_text(encoding="utf-8")
    assert "page_title=" in source
    assert source.index("set_page_config") > source.index("st.navigation")


# ---------------------------------------------------------------- simulations and folded cards


@pytest.mark.parametrize("simulation", SIMULATIONS, ids=lambda simulation: simulation.id)
def test_every_preset_shows_its_own_run(simulation: Simulation[Any]) -> None:
    app = run(pages.page_of_chart(simulation.id), opened="sources-of")
    for preset in simulation.presets:
        app.pills(key=f"{simulation.id}-preset").set_value(preset).run()
        assert not app.exception
        made = simulation.run(simulation.settings(preset, {}))
        assert {figure.title for figure in made} <= set(findings(app))
        assert {figure.alt for figure in made} <= {chart.alt for chart in charts(app)}
        for figure in made:
            assert all(content_text.cite(source) in words(app) for source in sources.citations(figure.source_ids))


@pytest.mark.parametrize("simulation", SIMULATIONS, ids=lambda simulation: simulation.id)
def test_a_control_moves_the_run_and_stays_within_the_models_bounds(simulation: Simulation[Any]) -> None:
    app = run(pages.page_of_chart(simulation.id))
    assert not app.slider
    app.pills(key=f"{simulation.id}-preset").set_value(CUSTOM).run()
    for control in simulation.controls:
        parameter = simulation.bounds[control.name]
        key = f"{simulation.id}-{control.name}"
        for end in (parameter.low, parameter.high):
            if (parameter.low, parameter.high, parameter.step) == (0, 1, 1):
                app.toggle(key=key).set_value(bool(end)).run()
            elif not app.slider(key=key).disabled:
                slider = app.slider(key=key)
                assert (slider.min, slider.max) == pytest.approx(
                    (parameter.low * control.scale, parameter.high * control.scale)
                )
                kind = int if isinstance(parameter.value, int) else float
                slider.set_value(kind(round(end * control.scale, 6))).run()
            assert not app.exception
            assert not app.error


def test_controls_that_do_not_matter_cannot_be_moved() -> None:
    app = run("fibre")
    app.pills(key="nerve-fibre-preset").set_value(CUSTOM).run()
    assert app.slider(key="nerve-fibre-repair_wraps").disabled
    assert not app.slider(key="nerve-fibre-channels").disabled
    app.toggle(key="nerve-fibre-repaired").set_value(True).run()
    assert not app.slider(key="nerve-fibre-repair_wraps").disabled
    assert app.slider(key="nerve-fibre-wraps").disabled


@pytest.mark.parametrize("simulation", SIMULATIONS, ids=lambda simulation: simulation.id)
def test_a_hub_has_the_presets_of_a_simulation_and_what_happens_alone(simulation: Simulation[Any]) -> None:
    app = run("mechanism")
    presets = app.pills(key=f"{simulation.id}-preset-alone")
    assert presets.options == [words for preset, words in simulation.preset_labels.items() if preset != CUSTOM]
    assert not app.slider
    first, *others = simulation.run(simulation.settings(list(simulation.presets)[1], {}))
    presets.set_value(list(simulation.presets)[1]).run()
    assert first.alt in {chart.alt for chart in charts(app)}
    assert {figure.alt for figure in others}.isdisjoint(chart.alt for chart in charts(app))
    assert app.query_params[f"{simulation.id}-preset"] == list(simulation.presets)[1]
    # On its own page the same address opens the same run; one of a reader's own settings opens no run here.
    home = run(pages.page_of_chart(simulation.id), {f"{simulation.id}-preset": list(simulation.presets)[1]})
    assert first.alt in {chart.alt for chart in charts(home)}
    own = run("mechanism", {f"{simulation.id}-preset": CUSTOM})
    assert own.pills(key=f"{simulation.id}-preset-alone").value == next(iter(simulation.presets))


def test_the_runs_of_presets_are_kept_whatever_settings_of_their_own_readers_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[object] = []
    simulation = SIMULATIONS[0]

    def run_anew(_: Simulation[Any], settings: object) -> list[Any]:
        made.append(settings)
        return [settings]

    monkeypatch.setattr(type(simulation), "run", run_anew)
    preset_run.forget()
    for preset in simulation.presets:
        card._run(simulation, preset, {})
    for own in range(200):
        card._made(simulation, own)
    before = len(made)
    for preset in simulation.presets:
        card._run(simulation, preset, {})
    preset_run.forget()
    card._made.forget()
    assert len(made) == before == len(simulation.presets) + 200


@pytest.mark.parametrize("own", [CUSTOM, "Your own settings"])
def test_a_link_opens_the_same_run(own: str) -> None:
    address = {"nerve-fibre-preset": own, "nerve-fibre-internodes": "4"}
    app = run("fibre", {**address, "nerve-fibre-temperature_c": "36.5"})
    settings = nerve_fibre.FIBRE.settings(CUSTOM, {"internodes": 4, "temperature_c": 36.5})
    assert nerve_fibre.FIBRE.run(settings)[0].title in findings(app)


@pytest.mark.parametrize("garbage", [*GARBAGE, "1e999", "-0.0001", "inf", "2.5"])
def test_garbage_on_a_control_never_shows_a_wrong_run(garbage: str) -> None:
    for simulation in SIMULATIONS:
        address = {f"{simulation.id}-{name}": garbage for name in simulation.bounds}
        app = run(pages.page_of_chart(simulation.id), {f"{simulation.id}-preset": CUSTOM, **address})
        assert not app.exception
        assert not app.error
        shown = set(findings(app))
        values = {name: float(value) for name, value in _dialled(app, simulation).items()}
        assert {figure.title for figure in simulation.run(simulation.settings(CUSTOM, values))} <= shown, simulation.id


def _dialled(app: AppTest, simulation: Simulation[Any]) -> dict[str, float]:
    """What the controls show, in the model's units."""
    shown = {widget.key: widget.value for widget in (*app.slider, *app.toggle)}
    return {
        control.name: round(float(shown[f"{simulation.id}-{control.name}"]) / control.scale, 6)
        for control in simulation.controls
    }


def test_every_parameter_of_the_models_stands_on_the_page_with_its_source() -> None:
    app = run("models")
    for n in range(1, len(model_settings.MODELS) + 1):
        app.session_state[f"open-settings-{n}"] = True
    app.run()
    for row in model_settings.settings():
        assert f"{content_text.escape(row.says)}" in words(app)
        assert content_text.escape(row.value) in words(app)
        assert row.source is None or content_text.cite(row.source) in words(app)
    assert "our choice" in words(app)


def _used_in_order(page: str) -> list[str]:
    """The sources of a page's open sections, their claims and its cards, in the order of its layout."""
    used: list[str] = []
    blocks = list(pages.PAGES[page].open_blocks)
    if page not in page_list.HUBS and isinstance(blocks[0], SectionBlock):
        # On a sub-page the first charts stand before their section.
        charts = list(itertools.takewhile(lambda block: isinstance(block, ChartBlock), blocks[1:]))
        blocks = [*charts, blocks[0], *blocks[len(charts) + 1 :]]
    for block in blocks:
        match block:
            case SectionBlock(name):
                used += content_text.section(page, name).source_ids
                used += [s for row in claims.verdicts(page, name) if not row.choice for s in row.source_ids]
            case ChartBlock(definition, _, _):
                used += [source for option in definition.option_keys for source in definition.figure(option).source_ids]
    return list(dict.fromkeys(used))


@pytest.mark.parametrize("page", ["overview", "causes", "course-ms"])
def test_the_list_of_sources_is_whole_and_in_order_of_first_use(page: str) -> None:
    app = run(page)
    app.session_state["all-sources"] = True
    app.run()
    *_, listed = (str(text.value) for text in app.markdown if str(text.value).startswith("1. "))
    lines = [re.sub(r"^\d+\. ", "", line) for line in listed.splitlines()]
    known = {content_text.escape(source.citation): source.source_id for source in sources.sources().values()}
    ids = [next(known[text] for text in known if line.startswith(text)) for line in lines]
    assert len(ids) == len(set(ids))
    used = _used_in_order(page)
    assert set(used) <= set(ids)
    # Lists and simulations come in between: what they cite may stand earlier.
    elsewhere = {use for use, places in uses().items() for place in places if place.kind in ("list", "simulation")}
    alone = [source for source in used if source not in elsewhere]
    assert len(alone) > 5
    assert [source for source in ids if source in set(alone)] == alone


@pytest.mark.parametrize("page", PAGES)
def test_a_page_leads_to_its_plain_page(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv(plain_pages.EDITION_VARIABLE, "https://plain.example.org")
    file = "index" if page == "overview" else page
    assert f"[Plain page](https://plain.example.org/{file}.html)" in words(run(page))
    monkeypatch.setenv(plain_pages.EDITION_VARIABLE, "/no/such/folder")
    assert "Plain page" not in words(run(page))


@pytest.mark.parametrize("page", PAGES)
def test_a_visit_looks_at_the_data_folder_once_and_works_no_version_out_anew(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = run(page)
    looks: list[None] = []
    worked_out: list[tuple[str, ...]] = []
    looked, version = disk._looked, contract._version

    def counted_look() -> disk._Look:
        looks.append(None)
        return looked()

    def counted_version(
        names: tuple[str, ...], home: str, language: str, stamp: Callable[[str], tuple[int, int]]
    ) -> tuple[object, ...]:
        # What is warmed up beside the visit asks for itself.
        if disk.LOOK.get():
            worked_out.append(names)
        return version(names, home, language, stamp)

    monkeypatch.setattr(disk, "_looked", counted_look)
    monkeypatch.setattr(contract, "_version", counted_version)
    app.run()
    assert (len(looks), worked_out) == (1, [])
