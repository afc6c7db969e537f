"""Where each source is used: the charts, sections, claims, lists and words that rest on it."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from sidebyside.charts import model_settings
from sidebyside.content import claims, comparisons, help, studies, text, tiles
from sidebyside.data import contract, interface, package
from sidebyside.data.cache import cached
from sidebyside.data.faults import DataError
from sidebyside.layouts.blocks import SURVIVAL
from sidebyside.layouts.pages import PAGES, page_of_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.simulation import Simulation
    from sidebyside.content.listing import Cited

LOG = logging.getLogger(__name__)
# By the case of ``list-of-page`` that names them.
LISTS: Mapping[str, tuple[str, Callable[[], Iterable[Cited]]]] = {
    "glance": ("at-a-glance", comparisons.glance),
    "differences": ("side-by-side", comparisons.differences),
    "tests": ("tests", comparisons.tests),
    "studies": ("one-and-the-other", studies.studies),
    "signs": ("help", help.signs),
    "organisations": ("organisations", help.organisations),
    "settings": ("models", model_settings.settings),
    "tiles": ("", tiles.tiles),
}


class Use(NamedTuple):
    """One place that rests on a source: what it is, in which words, where, and which choice it waits for."""

    kind: str
    words: str
    address: str
    choice: str = ""


@cached(needs=contract.names, size=2)
def uses() -> Mapping[str, tuple[Use, ...]]:
    """The places by source id, in the order of the pages; a source that no page uses is not in it.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    found: dict[str, dict[Use, None]] = {}
    for block in _blocks():
        try:
            for use, source_ids in block():
                for source_id in source_ids:
                    found.setdefault(source_id, {})[use] = None
        except Exception as error:
            # The block itself says on its page what is wrong.
            LOG.error("Where sources are used is told without a block: %r", error)
    return {source_id: tuple(places) for source_id, places in found.items()}


def _blocks() -> Iterator[Callable[[], Iterable[tuple[Use, Iterable[str]]]]]:
    """What uses sources, block by block: a fault in one takes no other one down."""
    for page, charts in PAGES.items():
        yield from (functools.partial(_of_section, page, name) for name in _sections(page))
        yield from (functools.partial(_of_chart, page, definition, "") for definition in charts.charts)
        yield from (functools.partial(_of_chart, page, definition, SURVIVAL) for definition in charts.charts_on_request)
        yield from (functools.partial(_of_simulation, page, simulation) for simulation in charts.simulations)
    yield _of_claims
    yield from (functools.partial(_of_list, name) for name in LISTS)
    yield _of_words


def _sections(page: str) -> list[str]:
    try:
        return [name for name, *_ in text.sections_of(page)]
    except DataError:
        return []


def _of_section(page: str, name: str) -> Iterator[tuple[Use, Iterable[str]]]:
    shown = text.section(page, name)
    yield Use("section", shown.heading, f"{page}#{name}", shown.choice), shown.source_ids


def _of_simulation(page: str, simulation: Simulation[Any]) -> Iterator[tuple[Use, Iterable[str]]]:
    for figure in simulation.run(simulation.settings("", {})):
        yield Use("simulation", figure.title, f"{page}#{text.anchor(figure.id)}"), figure.source_ids


def _of_claims() -> Iterator[tuple[Use, Iterable[str]]]:
    for claim in claims.all_verdicts():
        yield Use("claim", claim.claim, f"claims?claim={claim.id}", claim.choice), claim.source_ids


def _of_list(name: str) -> Iterator[tuple[Use, Iterable[str]]]:
    place, load = LISTS[name]
    page = page_of_list(name)
    words = interface.words("list-of-page", name)
    yield Use("list", words, f"{page}#{place}"), [source for row in load() for source in row.source_ids]


def _of_words() -> Iterator[tuple[Use, Iterable[str]]]:
    for row in package.numbered_rows("glossary"):
        yield Use("word", row["term"], "words#glossary"), [row["source_id"]]


def _of_chart(page: str, definition: ChartDefinition, choice: str) -> Iterator[tuple[Use, Iterable[str]]]:
    figures = [definition.figure(option) for option in definition.option_keys]
    cited = dict.fromkeys(source for figure in figures for source in figure.source_ids)
    yield Use("chart", figures[0].headline, f"{page}#{text.anchor(definition.id)}", choice), cited
