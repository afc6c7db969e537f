"""The parts of a page as blocks of the static edition: sections, charts, simulations, words of care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sidebyside
from sidebyside.charts import theme
from sidebyside.charts.table import detail_lines, display_table
from sidebyside.content import care, claims, comparisons, text
from sidebyside.data import interface
from sidebyside.data.sources import citations
from sidebyside.layouts.blocks import (
    ANSWER,
    GLANCE,
    TIME,
    ChartBlock,
    ComparisonBlock,
    ListBlock,
    OnRequest,
    SectionBlock,
    SimulationBlock,
)
from sidebyside.site import lists, markup, svg
from sidebyside.site.lists import LISTS
from sidebyside.site.page_builder import FILES, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure
    from sidebyside.charts.simulation import Simulation
    from sidebyside.content.claims import Verdict
    from sidebyside.layouts.blocks import Block, PageLayout
    from sidebyside.site.page_builder import Leaf


def story(leaf: Leaf, layout: PageLayout) -> None:
    """A page of the dashboard, but for what a reader asks for."""
    _section(leaf, layout.page, ANSWER)
    if layout.glance:
        _section(leaf, layout.page, GLANCE)
        lists.pairs(leaf, comparisons.glance())
    for block in layout.blocks:
        add_part(leaf, layout.page, block)


def add_part(leaf: Leaf, page: str, block: Block) -> None:
    """One part of a page; here a fault stops everything, since an edition without a part would stay so."""
    try:
        _add(leaf, page, block)
    except Exception as error:
        error.add_note(f"Nothing is written: this part of the page {page} cannot be made: {str(block)[:200]}")
        raise


def _add(leaf: Leaf, page: str, block: Block) -> None:
    match block:
        case SectionBlock(name):
            _section(leaf, page, name)
        case ChartBlock(recipe):
            _card(leaf, page, recipe)
        case SimulationBlock(lab):
            _bench(leaf, page, lab)
        case ComparisonBlock():
            for topic in comparisons.topics(block.load()):
                lists.pairs(leaf, [pair for pair in block.load() if pair.topic == topic], topic)
        case ListBlock(name):
            LISTS[name](leaf)
        case OnRequest(parts):
            leaf.add("asked", parts=bool(parts))
            if parts:
                _say_care(leaf, page, TIME)


def _section(leaf: Leaf, page: str, name: str) -> None:
    shown = text.section(page, name)
    said = claims.verdicts(page, name)
    leaf.cited += shown.source_ids
    leaf.cite(row for row in said if leaf.may_show(row.choice))
    leaf.add(
        "section",
        id=name,
        heading="" if name == ANSWER else shown.heading,
        text=markup.html(shown.body),
        terms=markup.terms(shown.terms),
        verdicts=[verdict(leaf, row) for row in said],
    )
    _care(leaf, page, name)


def _care(leaf: Leaf, page: str, place: str) -> None:
    """The words of care, where a section or a chart tells of loss."""
    if tells := care.cared_for(page).get(place):
        _say_care(leaf, page, tells)


def _say_care(leaf: Leaf, page: str, tells: str) -> None:
    """Words of care; the page that lists all who help is another one on what belongs to other pages."""
    said = care.care(tells, page if leaf.name == FILES[page] else "")
    leaf.cited += said.source_ids
    leaf.add("care", text=markup.inline(said.body))


def verdict(leaf: Leaf, row: Verdict) -> dict[str, Any]:
    """A claim as a block shows it; its evidence only where it may stand here."""
    _, shape = theme.VERDICTS[row.verdict]
    shown = leaf.may_show(row.choice)
    return {
        "id": row.id,
        "claim": row.claim,
        "verdict": row.verdict,
        "glyph": theme.GLYPHS[shape],
        "text": markup.inline(row.evidence.body) if shown else "",
        "year": row.year if shown else "",
        "where": markup.place(f"{row.page}#{row.section}"),
        "heading": next(words for name, words, _ in text.listed(row.page) if name == row.section),
    }


def _card(leaf: Leaf, page: str, definition: ChartDefinition) -> None:
    """A chart; what else a reader could choose in it stands on a page of its own."""
    first, *others = definition.option_keys
    at = text.place(definition.id)
    shown = _view(leaf, definition.figure(first), at, f"{page}#{at}")
    if definition.options is None:
        leaf.add("card", view=shown)
        _care(leaf, page, definition.id)
        return
    words = definition.labels
    below = leaf.page(f"chart-{definition.id}", _other_views(leaf, definition, others), at)
    for option in others:
        where = f"{page}{definition.address(option)}#{at}"
        view = _view(below, definition.figure(option), f"{definition.id}-{option}", where)
        below.add("option", id=option, heading=markup.headed(words[str(option)]), views=[view])
    leaf.add("choice", view=shown, label=definition.question, words=words[str(first)], below=below)
    for shows in (leaf, below):
        _care(shows, page, definition.id)


def _other_views(leaf: Leaf, definition: ChartDefinition, others: Iterable[str | None]) -> str:
    """What a page of further choices is called: by its first finding, or where that is about length of life without."""
    words = definition.labels
    if leaf.name != "survival":
        return definition.figure(next(iter(others))).title
    return f"{leaf.heading}: {', '.join(words[str(option)] for option in others)}"


def _bench(leaf: Leaf, page: str, simulation: Simulation[Any]) -> None:
    """A simulation: each preset with the drawing of its run; what else is told of the runs stands on its own page."""
    below = leaf.page(f"chart-{simulation.id}", interface.words("more-of-runs", heading=leaf.heading), simulation.id)
    runs: list[tuple[str, View]] = []
    words = simulation.preset_labels
    for preset, settings in simulation.presets.items():
        where = f"{page}{simulation.address(preset, {})}"
        main, *more = simulation.run(settings)
        first = f"{main.id}-{preset}" if runs else text.place(main.id)
        runs.append((words[preset], _view(leaf, main, first, f"{where}#{text.place(main.id)}")))
        views = [_view(below, figure, f"{figure.id}-{preset}", f"{where}#{text.place(figure.id)}") for figure in more]
        below.add("option", id=preset, heading=words[preset], views=views)
    leaf.add("bench", id=simulation.id, runs=runs, below=below)


def _view(leaf: Leaf, figure: Figure, name: str, handle: str) -> View:
    sources = citations(figure.source_ids)
    table = display_table(figure, sources)
    once = figure.id if name == text.place(figure.id) else ""
    file = f"charts/{once or name}.csv"
    leaf.cited += figure.source_ids
    leaf.files[file] = figure.csv([source.citation for source in sources], sidebyside.credit()).encode()
    return View(
        id=name,
        figure=figure,
        drawing=svg.drawing(figure),
        moments=svg.settings(figure),
        heads=tuple(table.columns),
        rows=tuple(tuple(map(markup.inline, row)) for row in table.itertuples(index=False)),
        details=tuple(map(markup.inline, detail_lines(figure))) if figure.details else (),
        sources=tuple(sources),
        terms=markup.terms(figure.terms),
        file=file,
        saved_as=sidebyside.file_name("csv", name),
        handle=f"{leaf.app}/{handle}",
        once="" if once in markup.places_of_sections() else once,
    )
