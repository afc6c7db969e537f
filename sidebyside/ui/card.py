"""A figure as a card: Chart, Table and About, with sources, downloads, a citation and a link to itself."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import streamlit as st

import sidebyside
from sidebyside.charts import table, theme
from sidebyside.charts.simulation import CUSTOM
from sidebyside.content import chart_text, text
from sidebyside.data import interface
from sidebyside.data.cache import cached
from sidebyside.data.sources import citations
from sidebyside.ui.choices import choice
from sidebyside.ui.common import (
    download,
    expander,
    explain,
    fault_boundary,
    fragment,
    part_name,
    source_list,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.figure import Figure
    from sidebyside.charts.simulation import Control, Simulation
    from sidebyside.data.sources import Source
    from sidebyside.models.parameters import Parameter

SOURCES_IN_LINE = 20
READINGS = interface.cases("reading", "Chart", "Table", "About")


# All cards with all their options (some 125) fit; the settings of a simulation are a reader's own, and have no end.
@cached(needs=lambda definition, _: (*definition.needs, *chart_text.NEEDS), size=256)
def _figure(definition: ChartDefinition, option: str | None) -> Figure:
    return definition.figure(option)


@cached(needs=lambda simulation, _: (*simulation.needs, *chart_text.NEEDS), size=128)
def _made(simulation: Simulation[Any], settings: Hashable) -> list[Figure]:
    return simulation.run(settings)


def sources_of_all_options(definition: ChartDefinition) -> list[str]:
    """Everything a card can cite, whatever a reader chooses."""
    return [source for option in definition.option_keys for source in _figure(definition, option).source_ids]


def sources_of_simulation(simulation: Simulation[Any]) -> list[str]:
    """Everything a simulation's figures cite; the same for all settings."""
    figures = _made(simulation, simulation.settings("", {}))
    return [source for figure in figures for source in figure.source_ids]


def _chart_named(definition: ChartDefinition, *, folded: bool = False) -> str:
    return part_name("chart", definition.id)


@fragment(_chart_named)
def card(definition: ChartDefinition, *, folded: bool = False) -> None:
    """A figure with its choice, its chart, table and explanation, its sources and downloads.

    With ``folded`` its finding and its sources stand there, and the rest is made when a reader opens it: a page
    of many charts stays short, and quick. A link that carries the card's option opens it.
    """
    with st.container(border=True, key=f"card-{definition.id}"):
        # Its place is above, but the finding is known only when the option below has been read.
        head = st.container()
        # On the card itself: a message in a fold would be seen by nobody who does not open it.
        with fault_boundary(part_name("chart", definition.id)):
            with _fold(definition.id, folded=folded, linked=definition.key in st.query_params) as there:
                option = _option(definition) if there else None
                figure = _figure(definition, option)
                sources = citations(figure.source_ids)
                if there:
                    taken = (definition.id, option or "")
                    _readings(figure, sources, definition.address(option), f"chart-{definition.id}-{option}", taken)
            with head:
                _headed(figure)
            _source_line(sources)


def card_without_options(figure: Figure, what: str) -> None:
    """A figure that was made for this reader alone: its finding, chart, table and explanation, and its sources.

    ``what`` says in the names of its files what was asked for.
    """
    with st.container(border=True, key=f"card-{figure.id}"):
        sources = citations(figure.source_ids)
        _headed(figure)
        _readings(figure, sources, "", f"chart-{figure.id}", (figure.id, what))
        _source_line(sources)


def _headed(figure: Figure) -> None:
    """The finding, and for whom and for what count it holds."""
    st.subheader(figure.title, anchor=text.anchor(figure.id))
    if figure.scope:
        st.markdown(text.escape(figure.scope))


@contextlib.contextmanager
def _fold(name: str, *, folded: bool, linked: bool = False) -> Iterator[bool]:
    """Where a figure's body goes, and whether it is open; without ``folded`` simply here."""
    if not folded:
        yield True
        return
    with expander(interface.words("open-chart"), f"open-{name}", linked=linked) as fold:
        yield bool(fold.open)


@fragment(lambda simulation: part_name("simulation", simulation.id))
def simulation_card(simulation: Simulation[Any]) -> None:
    """A simulation: presets, controls for free play, and the figures of the run."""
    # The key is a class in the page, which the browser tests and `make bench` look for.
    with st.container(border=True, key=f"lab-{simulation.id}"):
        name = f"{simulation.id}-preset"
        preset = choice(simulation.label, simulation.preset_labels, name, aliases=simulation.preset_aliases)
        values = _control_values(simulation) if preset == CUSTOM else {}
        with fault_boundary(part_name("simulation", simulation.id)):
            for figure in _made(simulation, simulation.settings(preset, values)):
                sources = citations(figure.source_ids)
                _headed(figure)
                with _fold(figure.id, folded=figure.id in simulation.folded) as there:
                    if there:
                        # One name for all runs: the browser then keeps its drawing and takes the new data into it.
                        address, taken = simulation.address(preset, values), (figure.id, preset)
                        _readings(figure, sources, address, f"chart-{figure.id}", taken)
                _source_line(sources)


def _control_values(simulation: Simulation[Any]) -> dict[str, float]:
    """The controls, each with the model's own bounds; one that does not matter now cannot be moved."""
    set_to = {name: float(getattr(simulation.custom, name)) for name in simulation.bounds}
    labels = simulation.control_labels
    for control in simulation.controls:
        parameter = simulation.bounds[control.name]
        key = f"{simulation.id}-{control.name}"
        off = not control.enabled(set_to)
        # A parameter that is 0 or 1 is a yes or no.
        if (parameter.low, parameter.high, parameter.step) == (0, 1, 1):
            set_to[control.name] = float(st.toggle(labels[control.name], key=key, bind="query-params", disabled=off))
        else:
            set_to[control.name] = _slider(control, labels[control.name], parameter, set_to[control.name], key, off=off)
    return set_to


def _slider(control: Control, label: str, parameter: Parameter, start: float, key: str, *, off: bool) -> float:
    # Streamlit takes whole numbers or decimals, not both; scaled decimals are rounded, since 0.035 times 100 is no 3.5.
    kind = int if isinstance(parameter.value, int) else float
    low, high, step, value = (
        kind(round(n * control.scale, 6)) for n in (parameter.low, parameter.high, parameter.step, start)
    )
    moved = st.slider(label, low, high, value, step, key=key, bind="query-params", disabled=off)
    return round(float(moved) / control.scale, 6)


def _option(definition: ChartDefinition) -> str | None:
    if definition.options is None:
        return None
    return choice(definition.question, definition.labels, definition.key, aliases=definition.aliases)


def _readings(figure: Figure, sources: Sequence[Source], address: str, chart_key: str, taken: Sequence[str]) -> None:
    # Not tabs: Streamlit's cost the browser 5 ms each whenever anything on the page changes.
    reading = st.segmented_control(
        interface.words("how-to-see"),
        list(READINGS),
        default=next(iter(READINGS)),
        format_func=READINGS.__getitem__,
        required=True,
        key=f"reading-{figure.id}",
        label_visibility="collapsed",
    )
    with fault_boundary(interface.words("part-named", "reading", name=READINGS[reading])):
        match reading:
            case "Table":
                _table(figure, sources)
            case "About":
                _about(figure, sources, address, taken)
            case _:
                st.vega_lite_chart(dict(figure.arrow_spec), alt=figure.alt, key=chart_key, width="stretch")
    explain(figure.terms)


def _table(figure: Figure, sources: Sequence[Source]) -> None:
    st.table(table.display_table(figure, sources), hide_index=True, alt=figure.headline)
    if figure.details:
        more = "\n".join(f"- {line}" for line in table.detail_lines(figure))
        st.markdown(f"**{interface.words('more-about-rows')}**\n\n{more}")


def _about(figure: Figure, sources: Sequence[Source], address: str, taken: Sequence[str]) -> None:
    st.markdown(interface.words("how-to-read", text=chart_text.as_markdown(figure.how_to_read)))
    caveats = "\n".join(f"- {chart_text.as_markdown(caveat)}" for caveat in figure.caveats)
    st.markdown(f"{interface.words('keep-in-mind')}\n\n{caveats}")
    st.markdown(interface.words("in-words", text=text.escape(figure.alt)))
    st.markdown(f"{interface.words('sources-heading')}\n\n{source_list(sources)}")
    st.markdown(interface.words("cite-figure"))
    st.code(sidebyside.cited_as(figure.headline), language=None, wrap_lines=True)
    _downloads(figure, sources, taken)
    linked = interface.words("link-to-figure", title=text.escape(figure.headline))
    st.markdown(f"[{linked}]({address}#{text.anchor(figure.id)})")


def _source_line(sources: Sequence[Source]) -> None:
    cited = ", ".join(text.cite(source) for source in sources[:SOURCES_IN_LINE])
    more = len(sources) - SOURCES_IN_LINE
    if more > 0:
        st.markdown(interface.words("source-line-cut", cited=cited, more=more))
    else:
        st.markdown(interface.words("source-line", "one" if len(sources) == 1 else "many", cited=cited))


def _downloads(figure: Figure, sources: Sequence[Source], taken: Sequence[str]) -> None:
    def as_csv() -> str:
        return figure.csv([source.citation for source in sources], sidebyside.credit())

    def as_svg() -> str:
        return figure.svg(theme.paper())

    with st.container(horizontal=True):
        download(interface.words("download-table"), as_csv, sidebyside.file_name("csv", *taken), "text/csv")
        download(interface.words("download-chart"), as_svg, sidebyside.file_name("svg", *taken), "image/svg+xml")
