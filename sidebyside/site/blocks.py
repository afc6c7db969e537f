"""The blocks of a page in the static edition: sections, charts, simulations, words of care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sidebyside
from sidebyside.charts.table import detail_lines, display_table
from sidebyside.content import care, claims, comparisons, text
from sidebyside.data import interface
from sidebyside.data.sources import citations
from sidebyside.layouts import finder, page_list
from sidebyside.layouts.blocks import (
    ANSWER,
    TIME,
    ChartBlock,
    ColumnsBlock,
    ComparisonBlock,
    ListBlock,
    OnRequest,
    SectionBlock,
    SimulationBlock,
    beside,
)
from sidebyside.layouts.pages import PAGES, page_of_chart
from sidebyside.site import evidence_lists, lists, markup, svg
from sidebyside.site.page_builder import FILES, STORIES, ChartView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure
    from sidebyside.charts.simulation import Simulation
    from sidebyside.layouts.blocks import Block, PageLayout
    from sidebyside.site.page_builder import PageBuilder


# A text beside its charts, in their proportion.
TEXT_AND_CHART: Final = (5, 7)
ALL_LISTS: Final = {**lists.LISTS, **evidence_lists.LISTS}


def story(builder: PageBuilder, layout: PageLayout) -> None:
    """A page of the dashboard; of what a reader asks for, the page about length of life alone."""
    _section(builder, layout.page, ANSWER)
    if layout.page == page_list.FIRST:
        lists.doors(builder)
    for block, charts in beside(layout.blocks, apart=layout.is_hub):
        if charts:
            _columns(builder, layout.page, TEXT_AND_CHART, ((block,), tuple(charts)))
        else:
            add_part(builder, layout.page, block)
    if layout.page == page_list.LENGTH_OF_LIFE:
        evidence_lists.length_of_life(builder)


def add_part(builder: PageBuilder, page: str, block: Block) -> None:
    """One block of a page; here a fault stops everything, since an edition without a block would stay so."""
    if isinstance(block, ColumnsBlock):
        # Each of its blocks is a part of its own.
        _columns(builder, page, block.widths, block.columns)
        return
    try:
        _add(builder, page, block)
    except Exception as error:
        error.add_note(f"Nothing is written: this part of the page {page} cannot be made: {str(block)[:200]}")
        raise


def _add(builder: PageBuilder, page: str, block: Block) -> None:
    match block:
        case SectionBlock(name):
            _section(builder, page, name)
        case ChartBlock(definition, home, _):
            _card(builder, page, definition) if home else _shown(builder, definition)
        case SimulationBlock(simulation, home):
            _simulation(builder, page, simulation) if home else _first_run(builder, simulation)
        case ComparisonBlock(name):
            for topic in comparisons.topics(block.load()):
                rows = [row for row in block.load() if row.topic == topic]
                lists.comparison_list(builder, rows, topic, finder.ROW_OF[name])
        case ListBlock(name):
            ALL_LISTS[name](builder)
        case OnRequest(below):
            if below:
                _say_care(builder, page, TIME)
            for each, charts in beside(below, apart=False):
                if charts:
                    _columns(builder, page, TEXT_AND_CHART, ((each,), tuple(charts)))
                else:
                    _add(builder, page, each)


def _columns(builder: PageBuilder, page: str, widths: Sequence[int], columns: Sequence[Sequence[Block]]) -> None:
    """Blocks side by side on a wide screen; on a narrow one and on paper below each other."""
    builder.add("columns_begin", widths=widths)
    for number, column in enumerate(columns):
        if number:
            builder.add("columns_next")
        for block in column:
            add_part(builder, page, block)
    builder.add("columns_end")


def _section(builder: PageBuilder, page: str, name: str) -> None:
    shown = text.section(page, name)
    said = claims.verdicts(page, name)
    builder.cited += shown.source_ids
    builder.cite(row for row in said if builder.may_show(row.choice))
    builder.add(
        "section",
        id=name,
        heading="" if name == ANSWER else shown.heading,
        text=markup.html(shown.body),
        terms=markup.terms(shown.terms),
        verdicts=[lists.verdict(builder, row) for row in said],
    )
    _care(builder, page, name)


def _care(builder: PageBuilder, page: str, place: str) -> None:
    """The words of care, where a section or a chart tells of loss."""
    if tells := care.care_places(page).get(place):
        _say_care(builder, page, tells)


def _say_care(builder: PageBuilder, page: str, tells: str) -> None:
    """Words of care; the page that lists all who help is another one on what belongs to other pages."""
    said = care.care(tells, page if builder.name == FILES[page] else "")
    builder.cited += said.source_ids
    builder.add("care", text=markup.inline(said.body))


def _card(builder: PageBuilder, page: str, definition: ChartDefinition) -> None:
    """A chart; what else a reader could choose in it stands on a page of its own."""
    first, *others = definition.option_keys
    at = text.anchor(definition.id)
    shown = _view(builder, definition.figure(first), at, f"{page}#{at}")
    if definition.options is None:
        builder.add("card", view=shown)
        _care(builder, page, definition.id)
        return
    words = definition.labels
    below = builder.subpage(f"chart-{definition.id}", _other_views(builder, definition, others), at)
    for option in others:
        where = f"{page}{definition.address(option)}#{at}"
        view = _view(below, definition.figure(option), f"{definition.id}-{option}", where, level=3)
        below.add("option", id=option, heading=markup.capitalized(words[str(option)]), views=[view])
    builder.add("choice", view=shown, label=definition.question, words=words[str(first)], below=below)
    for shows in (builder, below):
        _care(shows, page, definition.id)


def _shown(builder: PageBuilder, definition: ChartDefinition) -> None:
    """A chart that is at home on another page, with a link there."""
    home, at = page_of_chart(definition.id), text.anchor(definition.id)
    option = next(iter(definition.option_keys))
    view = _view(builder, definition.figure(option), at, f"{home}#{at}")
    builder.add("card", view=view)
    builder.add("more", where=f"{FILES[home]}.html#{at}", words=page_list.short_title(home))


def _first_run(builder: PageBuilder, simulation: Simulation[Any]) -> None:
    """The first preset of a simulation that is at home on another page, with a link there."""
    home = page_of_chart(simulation.id)
    main, *_ = simulation.run(simulation.settings("", {}))
    at = text.anchor(main.id)
    builder.add("card", view=_view(builder, main, at, f"{home}#{at}"))
    builder.add("more", where=f"{FILES[home]}.html#{at}", words=page_list.short_title(home))


def _other_views(builder: PageBuilder, definition: ChartDefinition, others: Iterable[str | None]) -> str:
    """What a page of further choices is called: by its first finding, or where that is about length of life without."""
    words = definition.labels
    if builder.name != page_list.LENGTH_OF_LIFE:
        return definition.figure(next(iter(others))).title
    return f"{builder.heading}: {', '.join(words[str(option)] for option in others)}"


def _simulation(builder: PageBuilder, page: str, simulation: Simulation[Any]) -> None:
    """A simulation: each preset with the drawing of its run; what else is told of the runs stands on its own page."""
    below = builder.subpage(
        f"chart-{simulation.id}", interface.words("more-of-runs", heading=builder.heading), simulation.id
    )
    runs: list[tuple[str, ChartView]] = []
    words = simulation.preset_labels
    for preset, settings in simulation.presets.items():
        where = f"{page}{simulation.address(preset, {})}"
        main, *more = simulation.run(settings)
        first = f"{main.id}-{preset}" if runs else text.anchor(main.id)
        runs.append((words[preset], _view(builder, main, first, f"{where}#{text.anchor(main.id)}")))
        views = [
            _view(below, figure, f"{figure.id}-{preset}", f"{where}#{text.anchor(figure.id)}", level=3)
            for figure in more
        ]
        below.add("option", id=preset, heading=words[preset], views=views)
    builder.add("simulation", id=simulation.id, runs=runs, below=below)


def _sections_of(builder: PageBuilder) -> tuple[str, ...]:
    """The sections of a page; a page of further choices has none."""
    return PAGES[STORIES[builder.name]].sections if builder.name in STORIES else ()


def _view(builder: PageBuilder, figure: Figure, name: str, handle: str, *, level: int = 0) -> ChartView:
    """A figure as the page shows it; without a ``level`` its heading has that of what comes next on the page."""
    sources = citations(figure.source_ids)
    table = display_table(figure, sources)
    once = figure.id if name == text.anchor(figure.id) else ""
    file = f"charts/{once or name}.csv"
    builder.cited += figure.source_ids
    builder.files[file] = figure.csv([source.citation for source in sources], sidebyside.credit()).encode()
    return ChartView(
        id=name,
        figure=figure,
        drawing=svg.inline_svg(figure),
        slider_values=svg.slider_values(figure),
        heads=tuple(table.columns),
        rows=tuple(tuple(map(markup.inline, row)) for row in table.itertuples(index=False)),
        details=tuple(map(markup.inline, detail_lines(figure))) if figure.details else (),
        sources=tuple(sources),
        terms=markup.terms(figure.terms),
        file=file,
        download_name=sidebyside.file_name("csv", name),
        dashboard_address=f"{builder.app}/{handle}",
        former_id="" if once in _sections_of(builder) else once,
        level=level or builder.level,
    )
