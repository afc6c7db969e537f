"""Lists in words as blocks of the static edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sidebyside
from sidebyside.charts import model_settings, theme
from sidebyside.content import bibliography, comparisons, help, studies, text, tiles
from sidebyside.content.search import KINDS
from sidebyside.data import contract, interface, jsonld
from sidebyside.data.sources import search, sources
from sidebyside.layouts import page_list
from sidebyside.site import handout, markup
from sidebyside.site.page_builder import FILES, STORIES, tab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sidebyside.content.claims import Verdict
    from sidebyside.content.comparisons import Comparison
    from sidebyside.site.page_builder import PageBuilder


def comparison_list(builder: PageBuilder, rows: Iterable[Comparison], topic: str = "", kind: str = "") -> None:
    """A block of comparisons, MS beside ALS; those that may stand here.

    With a ``kind`` (a value of `finder.ROW_OF`) each has an address of its own on its page.
    """
    shown = [row for row in rows if builder.may_show(row.choice)]
    builder.cite(shown)
    builder.add("comparisons", topic=topic, rows=[_comparison(row, kind) for row in shown])


def _comparison(row: Comparison, kind: str) -> dict[str, Any]:
    sides = ((theme.MS, row.ms), (theme.ALS, row.als))
    return {
        "id": f"{kind}-{row.id}" if kind else "",
        "heading": row.heading,
        "more": markup.place(row.more) if row.more else "",
        "lead": row.lead,
        "sides": [(markup.named(who), theme.GLYPHS[who.shape], markup.inline(side.body)) for who, side in sides],
        "note": row.note,
        "terms": markup.terms(row.terms),
    }


def _studies(builder: PageBuilder) -> None:
    rows = studies.studies()
    builder.cite(rows)
    shown = [(markup.inline(row.where), markup.inline(text.escape(row.direction))) for row in rows]
    builder.add("table", heads=studies.studies_heads(), rows=shown)
    _lines(builder, interface.words("more-about-studies"), [row.said for row in rows])


def _settings(builder: PageBuilder) -> None:
    rows = model_settings.settings()
    builder.cite(rows)
    for model in dict.fromkeys(row.model for row in rows):
        own = [row.said for row in rows if row.model == model]
        _lines(builder, interface.words("all-parameters", model=model, count=len(own)), own)


def _signs(builder: PageBuilder) -> None:
    signs = help.signs()
    builder.cite(signs)
    for urgency, words in help.URGENCY_WORDS.items():
        _lines(builder, words, [row.said for row in signs if row.urgency == urgency], folded=False)


def _organisations(builder: PageBuilder) -> None:
    organisations = help.organisations()
    builder.cite(organisations)
    lines = [f"**{markup.capitalized(row.condition)}**, {row.said}" for row in organisations]
    _lines(builder, interface.words("organisations"), lines, folded=False, lead=help.check_organisations())


def _lines(builder: PageBuilder, heading: str, lines: Iterable[str], *, folded: bool = True, lead: str = "") -> None:
    builder.add("lines", heading=heading, lead=lead, folded=folded, lines=[markup.inline(line) for line in lines])


def _tiles(builder: PageBuilder) -> None:
    shown = tiles.tiles()
    builder.cite(shown)
    rows = [(tile.label, markup.inline(tile.ms), markup.inline(tile.als), tile.note) for tile in shown]
    builder.add("tiles", tiles=rows)


def doors(builder: PageBuilder) -> None:
    """Links for those who come with a question of their own."""
    words = interface.cases("door", *page_list.DOORS)
    builder.add("doors", doors=[(markup.place(to), words[name]) for name, to in page_list.DOORS.items()])


def _glance(builder: PageBuilder) -> None:
    comparison_list(builder, comparisons.glance())


def _explore(builder: PageBuilder) -> None:
    page = STORIES[builder.name]
    pages = [(FILES[name], tab(FILES[name]), page_list.description(name)) for name in page_list.HUBS[page]]
    builder.add("explore", id="explore", heading=interface.words("explore"), pages=pages)


def verdict(builder: PageBuilder, row: Verdict) -> dict[str, Any]:
    """A claim as a block shows it; its evidence only where it may stand here."""
    _, shape = theme.VERDICTS[row.verdict]
    shown = builder.may_show(row.choice)
    return {
        "id": row.id,
        "claim": row.claim,
        "verdict": row.verdict,
        "glyph": theme.GLYPHS[shape],
        "text": markup.inline(row.evidence.body) if shown else "",
        "year": row.year if shown else "",
        "where": markup.place(f"{row.page}#{row.section}"),
        "heading": next(words for name, words, _ in text.sections_of(row.page) if name == row.section),
    }


def _all_sources(builder: PageBuilder) -> None:
    known = search(sources().values(), "")
    builder.add("sources", sources=known, kinds=KINDS)


def _take_the_data(builder: PageBuilder) -> None:
    builder.add("data", names=len(contract.names()), formats=bibliography.FORMATS, cite=sidebyside.cited_as())


def _handouts(builder: PageBuilder) -> None:
    builder.add("handouts", papers=list(handout.PAPERS))


def _changes(builder: PageBuilder) -> None:
    builder.add("changes", text=markup.html(jsonld.changes()))


LISTS: Final[Mapping[str, Callable[[PageBuilder], None]]] = {
    "glance": _glance,
    "tiles": _tiles,
    "explore": _explore,
    "studies": _studies,
    "settings": _settings,
    "signs": _signs,
    "organisations": _organisations,
    "sources": _all_sources,
    "take-the-data": _take_the_data,
    "take-a-sheet": _handouts,
    "changes": _changes,
}
