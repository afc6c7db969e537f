"""The search over the whole site: every page, section, chart, word, question, sign and figure, and where it stands.

What can be found comes from the layouts and the tables; in which other words people ask for it, from ``other_words``.
"""

from __future__ import annotations

import functools
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import numpy as np

from sidebyside.content import comparisons, glossary, help, matching, text
from sidebyside.content import search as figure_search
from sidebyside.content.matching import Field
from sidebyside.data import contract, package
from sidebyside.data.cache import cached
from sidebyside.layouts import page_list
from sidebyside.layouts.blocks import ANSWER, SURVIVAL, ComparisonBlock, ListBlock, SectionBlock
from sidebyside.layouts.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.simulation import Simulation
    from sidebyside.content.comparisons import Comparison
    from sidebyside.layouts.blocks import Block, PageLayout

LOG = logging.getLogger(__name__)
TABLE = "other_words"
# Kinds of entries by the group under which they are listed: a case of ``found-group``.
GROUPS: Mapping[str, str] = {
    "page": "pages",
    "section": "pages",
    "question": "questions",
    "difference": "questions",
    "test": "questions",
    "sign": "signs",
    "symptom": "signs",
    "treatment": "treatments",
    "organisation": "organisations",
    "chart": "charts",
    "term": "words",
    "figure": "figures",
}
# What an entry of a kind is worth beside one of another that fits as well: answers before single figures.
WORTH: Mapping[str, float] = {
    "page": 1.0,
    "section": 1.0,
    "question": 0.98,
    "difference": 1.0,
    "test": 0.95,
    "sign": 0.95,
    "symptom": 0.96,
    "treatment": 0.97,
    "organisation": 0.9,
    "chart": 0.9,
    "term": 0.92,
    "figure": 0.65,
}
# The parameter of an address that names one row of a list.
ROW_OF: Mapping[str, str] = {"differences": "difference", "tests": "test"}
SIGN = "sign"
SHOWN = 12
SHOWN_OF_GROUP = 4
SHOWN_FIGURES = 3
# What fits less is left out: of all, and beside the best.
FITS = 0.25
FITS_BESIDE_BEST = 0.38
# A search for a symptom must not hint at death: the door is named only where length of life may well be what was meant.
MEANT = 0.75
MEANT_BESIDE_BEST = 0.9
OTHER_NAME = 0.95
EXPLAINED = 0.6
IN_TEXT = 0.5
LONGEST_LABEL = 130


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    Attributes:
        kind: what it is, a key of `GROUPS`.
        id: its stable id among its kind.
        label: its name or finding.
        address: page, options and anchor, such as ``course#path-of-ms``.
        choice: the reader's choice that it waits for, or empty.
        fields: further texts to find it by.
    """

    kind: str
    id: str
    label: str
    address: str
    choice: str = ""
    fields: tuple[Field, ...] = field(default=(), repr=False)

    @property
    def page(self) -> str:
        """The page it stands on."""
        return self.address.partition("#")[0].partition("?")[0]


class Found(NamedTuple):
    """What fits a query.

    Attributes:
        groups: entries by their group, the group with the best one first.
        door: where figures about length of life that fit can be asked for; empty where none fits.
        fitting: how many entries fit, shown or not.
    """

    groups: Mapping[str, tuple[Entry, ...]]
    door: str
    fitting: int


NOTHING = Found({}, "", 0)


class _Places(NamedTuple):
    """Where lists stand, by their names, and charts, by the tables they read; the first section on request."""

    lists: Mapping[str, str]
    charts: Mapping[str, str]
    door: str


class _Made(NamedTuple):
    """All entries, the index of their texts, what each is worth, and the doors by the words that name them."""

    known: tuple[Entry, ...]
    texts: matching.Index
    worth: NDArray[np.float64]
    doors: Mapping[frozenset[str], str]


def find(query: str) -> Found:
    """What fits a query, at most `SHOWN` entries of it; anything can be asked.

    What a reader must choose to see (length of life) is not among the entries: one door leads there.
    """
    if not query.strip():
        return NOTHING
    known, texts, worth, doors = _index()
    scores = texts.scores(query) * worth
    order = [int(n) for n in scores.argsort(kind="stable")[::-1] if scores[n] >= FITS]
    if not order:
        return NOTHING
    best = scores[order[0]]
    meant = (known[n] for n in order if scores[n] >= max(MEANT, MEANT_BESIDE_BEST * best))
    said = matching.told_by(query)
    named = (address for words, address in doors.items() if words <= said)
    door = _door([entry for entry in meant if entry.choice]) or next(named, "")
    fitting = (known[n] for n in order if scores[n] >= FITS_BESIDE_BEST * best)
    shown = _without_repeats(entry for entry in fitting if not entry.choice)
    return Found(_grouped(shown), door, len(shown))


def entries() -> tuple[Entry, ...]:
    """Everything that can be found, in the order of the pages; what is damaged is left out."""
    return _index().known


def option(words: str) -> str:
    """What an address calls a topic or a country of a list: ``united-kingdom``."""
    return words.lower().replace(" ", "-")


def _door(meant: Sequence[Entry]) -> str:
    """Where what a reader must choose to see can be asked for: a place on request, not a row that is not there yet."""
    on_request = (entry for entry in meant if entry.kind in ("section", "chart"))
    return next((entry.address for entry in on_request), _places().door if meant else "")


def list_address(name: str) -> str:
    """Where a list stands, by its name in the layouts, as an address; the first page's where it has no place."""
    return _places().lists.get(name, page_list.FIRST)


def _without_repeats(found: Iterable[Entry]) -> list[Entry]:
    """Entries with the same words in one group say the same to a reader: the first of them."""
    kept: dict[tuple[str, str], Entry] = {}
    for entry in found:
        kept.setdefault((GROUPS[entry.kind], entry.label.casefold()), entry)
    return list(kept.values())


def _grouped(found: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    groups: dict[str, list[Entry]] = {}
    for entry in found:
        group = groups.setdefault(GROUPS[entry.kind], [])
        most = SHOWN_FIGURES if entry.kind == "figure" else SHOWN_OF_GROUP
        if len(group) < most and sum(map(len, groups.values())) < SHOWN:
            group.append(entry)
    return {name: tuple(group) for name, group in groups.items() if group}


# ---------------------------------------------------------------- the index


@cached(needs=contract.names, size=2)
def _index() -> _Made:
    known: list[Entry] = []
    for make in _makers(_places()):
        try:
            known += make()
        except Exception as error:
            # What cannot be made says so itself on its page.
            LOG.error("The search goes on without a part: %r", error)
    others = _other_words()
    documents = [(*_fields(entry), *_others(entry, others)) for entry in known]
    # Other words for what is on request lead to it among further words too: "survival rate".
    doors = {
        matching.told_by(words): entry.address
        for entry in known
        if entry.choice
        for words in others.get((entry.kind, entry.id), ())
    }
    return _Made(tuple(known), matching.Index(documents), np.array([WORTH[entry.kind] for entry in known]), doors)


def _fields(entry: Entry) -> tuple[Field, ...]:
    return (Field(entry.label, 1.0, name=True), *entry.fields)


def _others(entry: Entry, others: Mapping[tuple[str, str], list[str]]) -> Iterator[Field]:
    return (Field(words, OTHER_NAME, name=True) for words in others.get((entry.kind, entry.id), ()))


def _other_words() -> Mapping[tuple[str, str], list[str]]:
    """In which other words people ask, by what they lead to; none where the table can't be read."""
    found: dict[tuple[str, str], list[str]] = {}
    try:
        for row in package.numbered_rows(TABLE):
            found.setdefault((row["kind"], row["target"]), []).append(row["words"])
    except Exception as error:
        LOG.error("The search goes on without other words: %r", error)
    return found


def _makers(places: _Places) -> Iterator[Callable[[], Iterable[Entry]]]:
    """What makes the entries, part by part: a fault in one takes no other one down."""
    sections = _section_rows()
    for page, layout in PAGES.items():
        yield functools.partial(_of_page, page, sections)
        for block, choice in _blocks(layout):
            if isinstance(block, SectionBlock):
                yield functools.partial(_of_section, page, block.name, choice, sections)
        yield from (functools.partial(_of_chart, page, definition, "") for definition in layout.charts)
        yield from (functools.partial(_of_chart, page, definition, SURVIVAL) for definition in layout.charts_on_request)
        yield from (functools.partial(_of_simulation, page, simulation) for simulation in layout.simulations)
    yield functools.partial(_of_questions, places)
    yield functools.partial(_of_rows, "differences", comparisons.differences, places)
    yield functools.partial(_of_rows, "tests", comparisons.tests, places)
    yield functools.partial(_of_help, places)
    yield functools.partial(_of_symptoms, places)
    yield functools.partial(_of_treatments, places)
    yield functools.partial(_of_terms, places)
    yield functools.partial(_of_figures, places)


def _blocks(layout: PageLayout) -> Iterator[tuple[Block, str]]:
    """The blocks of a page, each with the choice that it waits for."""
    yield from ((block, "") for block in layout.open_blocks)
    yield from ((block, SURVIVAL) for block in layout.blocks_on_request)


def _places() -> _Places:
    """Where lists stand (below the last section before them), and the first chart of each table."""
    lists: dict[str, str] = {}
    charts: dict[str, str] = {}
    door = ""
    for page, layout in PAGES.items():
        section = ANSWER
        for block, choice in _blocks(layout):
            if isinstance(block, SectionBlock):
                section = block.name
                door = door or (f"{page}#{section}" if choice else "")
            elif isinstance(block, ComparisonBlock | ListBlock):
                lists.setdefault(block.name, f"{page}#{section}")
        for definition in layout.charts:
            for table in definition.needs:
                charts.setdefault(table, f"{page}#{text.anchor(definition.id)}")
    return _Places(lists, charts, door)


def _at(place: str, **options: str) -> str:
    """The address of a place with these options in it."""
    page, _, anchor = place.partition("#")
    return f"{page}{f'?{urlencode(options)}' if options else ''}#{anchor}"


def _row_address(place: str, kind: str, row_id: str) -> str:
    """The address that opens a list at one of its rows (``ui/lists.py``)."""
    return f"{place.partition('#')[0]}?{urlencode({kind: row_id})}#{kind}-{row_id}"


def _label(words: str) -> str:
    """Words as a line in a list: begun with a capital, and cut where they are many."""
    said = " ".join(words.split())
    said = f"{said[:1].upper()}{said[1:]}"
    return said if len(said) <= LONGEST_LABEL else f"{said[:LONGEST_LABEL].rsplit(' ', 1)[0]} \N{HORIZONTAL ELLIPSIS}"


# ---------------------------------------------------------------- what can be found


def _section_rows() -> Mapping[tuple[str, str], Mapping[str, str]]:
    try:
        return {(row["page"], row["section"]): row for row in package.numbered_rows("explainers")}
    except Exception as error:
        LOG.error("The search goes on without sections: %r", error)
        return {}


def _of_page(page: str, sections: Mapping[tuple[str, str], Mapping[str, str]]) -> Iterator[Entry]:
    named = Field(page_list.short_title(page), OTHER_NAME, name=True)
    row = sections.get((page, ANSWER))
    answer = (Field(text.plain(row["body"]), IN_TEXT),) if row else ()
    yield Entry("page", page, _label(page_list.heading(page)), page, fields=(named, *answer))


def _of_section(
    page: str, name: str, choice: str, sections: Mapping[tuple[str, str], Mapping[str, str]]
) -> Iterator[Entry]:
    shown = text.section(page, name)
    body = Field(text.plain(sections[page, name]["body"]), IN_TEXT)
    yield Entry("section", name, _label(shown.heading), f"{page}#{name}", choice or shown.choice, (body,))


def _of_chart(page: str, definition: ChartDefinition, choice: str) -> Iterator[Entry]:
    figure = definition.figure()
    # The finding is for one option: what can be chosen beside it is found by the words of the choice.
    options = Field(" ".join(definition.labels.values()), EXPLAINED)
    fields = (options, Field(figure.alt, IN_TEXT))
    yield Entry("chart", definition.id, _label(figure.headline), f"{page}#{text.anchor(figure.id)}", choice, fields)


def _of_simulation(page: str, simulation: Simulation[Any]) -> Iterator[Entry]:
    options = Field(" ".join(simulation.preset_labels.values()), EXPLAINED)
    for figure in simulation.run(simulation.settings("", {})):
        address = f"{page}#{text.anchor(figure.id)}"
        yield Entry("chart", figure.id, _label(figure.headline), address, fields=(options, Field(figure.alt, IN_TEXT)))


def _of_questions(places: _Places) -> Iterator[Entry]:
    for row in comparisons.glance():
        yield _of_row("question", row, places.lists["glance"])


def _of_rows(name: str, load: Callable[[], Iterable[Comparison]], places: _Places) -> Iterator[Entry]:
    kind = ROW_OF[name]
    for row in load():
        yield _of_row(kind, row, _row_address(places.lists[name], kind, row.id))


def _of_row(kind: str, row: Comparison, address: str) -> Entry:
    return Entry(kind, row.id, _label(row.heading), address, row.choice, (Field(row.words, IN_TEXT),))


def _of_help(places: _Places) -> Iterator[Entry]:
    for sign in help.signs():
        address = _row_address(places.lists["signs"], SIGN, sign.id)
        yield Entry(SIGN, sign.id, _label(sign.sign), address, fields=(Field(sign.why, IN_TEXT),))
    for each in help.organisations():
        offers = Field(f"{each.condition} {each.offers}", IN_TEXT)
        label = _label(f"{each.name} ({each.country})")
        address = _at(places.lists["organisations"], **{"help-country": option(each.country)})
        yield Entry("organisation", each.name, label, address, fields=(Field(each.name, 1.0, name=True), offers))


def _of_symptoms(places: _Places) -> Iterator[Entry]:
    """Those that a chart draws: the others would lead to a chart that does not name them."""
    drawn = {row["symptom"] for row in package.numbered_rows("symptoms") if row["preferred"] == "yes"}
    for row in package.numbered_rows("symptom_words"):
        if row["symptom"] not in drawn:
            continue
        plain = Field(row["plain"], EXPLAINED)
        yield Entry("symptom", row["symptom"], _label(row["symptom"]), places.charts["symptoms"], fields=(plain,))


def _of_treatments(places: _Places) -> Iterator[Entry]:
    for row in package.numbered_rows("treatments"):
        brands = (Field(brand, OTHER_NAME, name=True) for brand in row["brand"].split(" / ") if brand)
        label = f"{row['name']} ({row['brand']})" if row["brand"] else row["name"]
        what = Field(" ".join((row["condition"], row["for_whom"], row["how_it_works"], row["route"])), IN_TEXT)
        fields = (Field(row["name"], 1.0, name=True), *brands, what)
        yield Entry("treatment", row["treatment_id"], _label(label), places.charts["treatments"], fields=fields)


def _of_terms(places: _Places) -> Iterator[Entry]:
    rows = {row["term"]: row for row in package.numbered_rows("glossary")}
    for term in glossary.glossary():
        row = rows[term.term]
        explained = Field(text.plain(row["plain"]), EXPLAINED), Field(text.plain(row["technical"]), IN_TEXT)
        yield Entry("term", term.term, term.term, _at(places.lists["glossary"], term=term.term), fields=explained)


def _of_figures(places: _Places) -> Iterator[Entry]:
    """What was measured, in which disease: each leads to the search of its figures."""
    measured: dict[tuple[str, str, str], list[str]] = {}
    for fact in figure_search.figures(life=True):
        words = measured.setdefault((fact.condition, fact.measure, fact.choice), [])
        words += [fact.topic, fact.group]
    for (condition, measure, choice), words in measured.items():
        disease = figure_search.DISEASES[condition]
        options = {"figures-words": measure, "figures-disease": disease}
        address = _at(places.lists["figures"], **options)
        about = Field(" ".join(dict.fromkeys(words)), EXPLAINED)
        yield Entry("figure", f"{condition} {measure}", f"{disease}: {measure}", address, choice, (about,))
