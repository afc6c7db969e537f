"""Where each source is used: the charts, sections, claims, lists and words that rest on it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from sidebyside import listings, prose, tables
from sidebyside.outlines import SURVIVAL
from sidebyside.outlines.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sidebyside.figures import Recipe
    from sidebyside.listings import Cited

LISTS: Mapping[str, tuple[str, str, Callable[[], Iterable[Cited]]]] = {
    "the answer at a glance": ("overview", "at-a-glance", listings.glance),
    "the differences side by side": ("overview", "side-by-side", listings.differences),
    "the tests": ("overview", "tests", listings.tests),
    "studies of both diseases in one person": ("overview", "one-and-the-other", listings.studies),
    "when to ask for help": ("overview", "help", listings.signs),
    "organisations": ("overview", "help", listings.organisations),
    "the parameters of the simulations": ("mechanism", "", listings.settings),
}


class Use(NamedTuple):
    """One place that rests on a source: what it is, in which words, where, and which choice it waits for."""

    kind: str
    words: str
    address: str
    choice: str = ""


def uses() -> Mapping[str, tuple[Use, ...]]:
    """The places by source id, in the order of the pages; a source that no page uses is not in it.

    Raises:
        DataError: a table breaks its contract, or a mark leads nowhere.
    """
    return _uses(tables.version(*tables.names()))


@functools.lru_cache(maxsize=2)
def _uses(_version: object) -> Mapping[str, tuple[Use, ...]]:
    found: dict[str, dict[Use, None]] = {}
    for use, source_ids in _all():
        for source_id in source_ids:
            found.setdefault(source_id, {})[use] = None
    return {source_id: tuple(places) for source_id, places in found.items()}


def _all() -> Iterator[tuple[Use, Iterable[str]]]:
    for page, charts in PAGES.items():
        for name, heading, choice in prose.listed(page):
            yield Use("section", heading, f"{page}#{name}", choice), prose.section(page, name).source_ids
        for recipe in charts.shown:
            yield from _of_chart(page, recipe, "")
        for recipe in charts.asked_for:
            yield from _of_chart(page, recipe, SURVIVAL)
        for lab in charts.labs:
            for figure in lab.made(lab.settings("", {})):
                yield Use("simulation", figure.title, f"{page}#{prose.place(figure.id)}"), figure.source_ids
    for claim in listings.board():
        yield Use("claim", claim.claim, f"evidence?claim={claim.id}#the-article", claim.choice), claim.source_ids
    for words, (page, name, load) in LISTS.items():
        yield Use("list", words, f"{page}#{name}"), [source for row in load() for source in row.source_ids]
    for row in tables.records(tables.load("glossary")):
        yield Use("word explained", row["term"], "evidence#glossary"), [row["source_id"]]


def _of_chart(page: str, recipe: Recipe, choice: str) -> Iterator[tuple[Use, Iterable[str]]]:
    figures = [recipe.figure(option) for option in recipe.options]
    cited = dict.fromkeys(source for figure in figures for source in figure.source_ids)
    yield Use("chart", figures[0].headline, f"{page}#{prose.place(recipe.id)}", choice), cited
