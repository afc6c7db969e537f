"""A figure as a card: its finding, its choice, one chart and how to read it; sources, table and About in popovers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

import sidebyside
from sidebyside.charts import table, theme
from sidebyside.charts.simulation import CUSTOM, Simulation, preset_run
from sidebyside.content import chart_text, text
from sidebyside.data import interface
from sidebyside.data.cache import cached
from sidebyside.data.sources import citations
from sidebyside.ui.choices import choice
from sidebyside.ui.common import download, fault_boundary, fragment, note, part_name, popover, source_list

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from contextlib import AbstractContextManager

    from streamlit.delta_generator import DeltaGenerator

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure
    from sidebyside.charts.simulation import Control
    from sidebyside.data.sources import Source
    from sidebyside.models.parameters import Parameter

READINGS = interface.cases("reading", "Chart", "Table", "About")
# Under a page's title, and under the heading of a section.
UNDER_TITLE, UNDER_SECTION = 2, 3


class _Card(NamedTuple):
    """A figure on its way to a reader: its sources, what an address says of it, and how its files are called."""

    figure: Figure
    sources: Sequence[Source]
    address: str
    taken: Sequence[str]


# All cards with all their options (some 125) fit; a reader's own settings have no end.
@cached(needs=lambda definition, _: (*definition.needs, *chart_text.NEEDS), size=256)
def _figure(definition: ChartDefinition, option: str | None) -> Figure:
    return definition.figure(option)


@cached(needs=lambda simulation, _: (*simulation.needs, *chart_text.NEEDS), size=128)
def _made(simulation: Simulation[Any], settings: Hashable) -> list[Figure]:
    return simulation.run(settings)


def sources_of_all_options(definition: ChartDefinition) -> list[str]:
    """Everything a card can cite, whatever a reader chooses."""
    return [source for figure in _figures(definition) for source in figure.source_ids]


def sources_of_simulation(simulation: Simulation[Any]) -> list[str]:
    """Everything a simulation's figures cite; the same for all settings."""
    return [source for figure in _figures(simulation) for source in figure.source_ids]


def terms_of(shown: ChartDefinition | Simulation[Any]) -> tuple[tuple[str, str], ...]:
    """The terms of a card with their plain definitions, whatever a reader chooses, each once."""
    return tuple(dict(term for figure in _figures(shown) for term in figure.terms).items())


def _figures(shown: ChartDefinition | Simulation[Any]) -> list[Figure]:
    if isinstance(shown, Simulation):
        return preset_run(shown, next(iter(shown.presets)))
    return [_figure(shown, option) for option in shown.option_keys]


@fragment(lambda definition, **_: part_name("chart", definition.id))
def card(
    definition: ChartDefinition,
    *,
    level: int = UNDER_SECTION,
    more: tuple[str, str] | None = None,
) -> None:
    """A figure: its finding as a heading of this level, its choice, its chart, one line on how to read it, and a foot.

    The foot has the sources, the table and About, each made when it is opened, and a link to a page that tells
    ``more``: its file and the words of the link.
    """
    with (
        st.container(border=True, key=f"card-{definition.id}", height="stretch"),
        fault_boundary(part_name("chart", definition.id)),
    ):
        # The finding stands above the choice, and is known only when that has been read.
        head = st.container(gap=None)
        option = _option(definition)
        figure = _figure(definition, option)
        _heading(head, figure, level)
        shown = _Card(figure, citations(figure.source_ids), definition.address(option), (figure.id, option or ""))
        _chart(shown, f"chart-{definition.id}-{option}")
        _foot(shown, more)


def card_without_options(figure: Figure, what: str) -> None:
    """A figure that was made for this reader alone.

    ``what`` says in the names of its files what was asked for.
    """
    with st.container(border=True, key=f"card-{figure.id}"):
        _heading(st.container(), figure, UNDER_SECTION)
        shown = _Card(figure, citations(figure.source_ids), "", (figure.id, what))
        _chart(shown, f"chart-{figure.id}")
        _foot(shown)


@fragment(lambda simulation, **_: part_name("simulation", simulation.id))
def simulation_card(
    simulation: Simulation[Any],
    *,
    level: int = UNDER_SECTION,
    controls: bool = True,
    more: tuple[str, str] | None = None,
) -> None:
    """A simulation: what happened, presets, controls for free play, and the figures of the run.

    Without ``controls`` it is a card of presets and its first figure.
    """
    # The key is a class in the page, which the browser tests and `make bench` look for.
    with (
        st.container(border=True, key=f"lab-{simulation.id}", height="stretch"),
        fault_boundary(part_name("simulation", simulation.id)),
    ):
        head = st.container(gap=None)
        preset = _preset_chosen(simulation, controls=controls)
        values = _control_values(simulation) if preset == CUSTOM else {}
        first, *others = _run(simulation, preset, values)
        address = simulation.address(preset, values)
        _heading(head, first, level)
        for figure in (first, *others) if controls else (first,):
            if figure is not first:
                _heading(st.container(), figure, level)
            shown = _Card(figure, citations(figure.source_ids), address, (figure.id, preset))
            # One name for all runs: the browser then keeps its drawing and takes the new data into it.
            _chart(shown, f"chart-{figure.id}")
            _foot(shown, more if figure is first else None)


def _preset_chosen(simulation: Simulation[Any], *, controls: bool) -> str:
    labels, name = simulation.preset_labels, f"{simulation.id}-preset"
    if not controls:
        labels = {preset: words for preset, words in labels.items() if preset != CUSTOM}
    # Another key than on the page with controls: what is chosen there may not be among these.
    key = name if controls else f"{name}-alone"
    return choice(simulation.label, labels, name, aliases=simulation.preset_aliases, key=key)


def _run(simulation: Simulation[Any], preset: str, values: dict[str, float]) -> list[Figure]:
    if preset == CUSTOM:
        return _made(simulation, simulation.settings(preset, values))
    return preset_run(simulation, preset)


def _option(definition: ChartDefinition) -> str | None:
    if definition.options is None:
        return None
    return choice(definition.question, definition.labels, definition.key, aliases=definition.aliases)


def _heading(where: DeltaGenerator, figure: Figure, level: int) -> None:
    """The finding; a figure is linked to by its heading."""
    (where.header if level == UNDER_TITLE else where.subheader)(figure.title, anchor=text.anchor(figure.id))


def _chart(shown: _Card, key: str) -> None:
    """The chart, and in small print for whom it holds and how to read it."""
    figure = shown.figure
    with _reading("Chart"):
        st.vega_lite_chart(dict(figure.arrow_spec), alt=figure.alt, key=key, width="stretch")
    read = chart_text.as_markdown(figure.how_to_read)
    note(f"{text.escape(figure.scope)} {read}".strip())


def _foot(shown: _Card, more: tuple[str, str] | None = None) -> None:
    """Sources on the left; table, About and the way to more on the right. What is behind them is made when opened."""
    count, name = len(shown.sources), shown.figure.id
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small", key=f"foot-{name}"
    ):
        said = interface.words("source-count", "one" if count == 1 else "many", count=count)
        with popover(said, f"sources-of-{name}", icon=":material/menu_book:") as opened:
            if opened.open:
                st.markdown(source_list(shown.sources))
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            with popover(READINGS["Table"], f"table-of-{name}") as opened:
                if opened.open:
                    with _reading("Table"):
                        _table(shown)
            with popover(READINGS["About"], f"about-{name}") as opened:
                if opened.open:
                    with _reading("About"):
                        _about(shown)
            if more:
                file, words = more
                st.page_link(file, label=words, icon=":material/arrow_forward:", icon_position="right")


def _reading(name: str) -> AbstractContextManager[None]:
    return fault_boundary(interface.words("part-named", "reading", name=READINGS[name]))


def _table(shown: _Card) -> None:
    figure = shown.figure
    st.table(table.display_table(figure, shown.sources), hide_index=True, alt=figure.headline)
    if figure.details:
        more = "\n".join(f"- {line}" for line in table.detail_lines(figure))
        st.markdown(f"**{interface.words('more-about-rows')}**\n\n{more}")


def _about(shown: _Card) -> None:
    figure = shown.figure
    if figure.caveats:
        caveats = "\n".join(f"- {chart_text.as_markdown(caveat)}" for caveat in figure.caveats)
        st.markdown(f"{interface.words('keep-in-mind')}\n\n{caveats}")
    st.markdown(interface.words("in-words", text=text.escape(figure.alt)))
    st.markdown(interface.words("cite-figure"))
    st.code(sidebyside.cited_as(figure.headline), language=None, wrap_lines=True)
    _downloads(shown)
    linked = interface.words("link-to-figure", title=text.escape(figure.headline))
    st.markdown(f"[{linked}]({shown.address}#{text.anchor(figure.id)})")


def _downloads(shown: _Card) -> None:
    figure, taken = shown.figure, shown.taken

    def as_csv() -> str:
        return figure.csv([source.citation for source in shown.sources], sidebyside.credit())

    def as_svg() -> str:
        return figure.svg(theme.paper())

    with st.container(horizontal=True):
        download(interface.words("download-table"), as_csv, sidebyside.file_name("csv", *taken), "text/csv")
        download(interface.words("download-chart"), as_svg, sidebyside.file_name("svg", *taken), "image/svg+xml")


def _control_values(simulation: Simulation[Any]) -> dict[str, float]:
    """The controls, each with the model's own bounds; one that does not matter now cannot be moved."""
    set_to = {name: float(getattr(simulation.custom, name)) for name in simulation.bounds}
    labels = simulation.control_labels
    halves = st.columns(2, gap="large")
    for n, control in enumerate(simulation.controls):
        parameter = simulation.bounds[control.name]
        key, label = f"{simulation.id}-{control.name}", labels[control.name]
        off = not control.enabled(set_to)
        # In their order on a phone too, where the halves stand below each other.
        with halves[2 * n >= len(simulation.controls)]:
            # A parameter that is 0 or 1 is a yes or no.
            if (parameter.low, parameter.high, parameter.step) == (0, 1, 1):
                set_to[control.name] = float(st.toggle(label, key=key, bind="query-params", disabled=off))
            else:
                set_to[control.name] = _slider(control, label, parameter, set_to[control.name], key, off=off)
    return set_to


def _slider(control: Control, label: str, parameter: Parameter, start: float, key: str, *, off: bool) -> float:
    # Streamlit takes whole numbers or decimals, not both; scaled decimals are rounded, since 0.035 times 100 is no 3.5.
    kind = int if isinstance(parameter.value, int) else float
    low, high, step, value = (
        kind(round(n * control.scale, 6)) for n in (parameter.low, parameter.high, parameter.step, start)
    )
    moved = st.slider(label, low, high, value, step, key=key, bind="query-params", disabled=off)
    return round(float(moved) / control.scale, 6)
