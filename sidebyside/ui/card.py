"""A figure as a card: Chart, Table and About, with sources, downloads, a citation and a link to itself."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import streamlit as st

import sidebyside
from sidebyside.charts import table, theme
from sidebyside.charts.simulation import OWN
from sidebyside.content import chart_text, text
from sidebyside.data import interface
from sidebyside.data.cache import cached
from sidebyside.data.sources import citations
from sidebyside.ui.common import FEW_OPTIONS, download, explain, foldable, fragment, named, said_in_place, source_list

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from sidebyside.charts.definition import Recipe
    from sidebyside.charts.figure import Figure
    from sidebyside.charts.simulation import Dial, Lab
    from sidebyside.data.sources import Source
    from sidebyside.models.parameters import Parameter

SOURCES_IN_LINE = 20
READINGS = interface.cases("reading", "Chart", "Table", "About")


@cached(needs=lambda recipe, _: (*recipe.needs, *chart_text.NEEDS), size=256)
def _drawn(recipe: Recipe, option: str | None) -> Figure:
    return recipe.figure(option)


@cached(needs=lambda lab, _: (*lab.needs, *chart_text.NEEDS), size=128)
def _made(lab: Lab[Any], settings: Hashable) -> list[Figure]:
    return lab.made(settings)


def sources_of_all_options(recipe: Recipe) -> list[str]:
    """Everything a card can cite, whatever a reader chooses."""
    return [source for option in recipe.options for source in _drawn(recipe, option).source_ids]


def sources_of_lab(lab: Lab[Any]) -> list[str]:
    """Everything a simulation's figures cite; the same for all settings."""
    figures = _made(lab, lab.settings("", {}))
    return [source for figure in figures for source in figure.source_ids]


def _chart_named(recipe: Recipe, *, folded: bool = False) -> str:
    return named("chart", recipe.id)


@fragment(_chart_named)
def card(recipe: Recipe, *, folded: bool = False) -> None:
    """A figure with its choice, its chart, table and explanation, its sources and downloads.

    With ``folded`` its finding and its sources stand there, and the rest is made when a reader opens it: a page
    of many charts stays short, and quick. A link that carries the card's option opens it.
    """
    with st.container(border=True, key=f"card-{recipe.id}"):
        head = st.container()
        # On the card itself: a message in a fold would be seen by nobody who does not open it.
        with said_in_place(named("chart", recipe.id)):
            with _fold(recipe.id, folded=folded, linked=recipe.key in st.query_params) as there:
                option = _option(recipe) if there else None
                shown = _drawn(recipe, option)
                sources = citations(shown.source_ids)
                if there:
                    taken = (recipe.id, option or "")
                    _readings(shown, sources, recipe.address(option), f"chart-{recipe.id}-{option}", taken)
            with head:
                _headed(shown)
            _source_line(sources)


def plain_card(shown: Figure, what: str) -> None:
    """A figure that was made for this reader alone: its finding, chart, table and explanation, and its sources.

    ``what`` says in the names of its files what was asked for.
    """
    with st.container(border=True, key=f"card-{shown.id}"):
        sources = citations(shown.source_ids)
        _headed(shown)
        _readings(shown, sources, "", f"chart-{shown.id}", (shown.id, what))
        _source_line(sources)


def _headed(shown: Figure) -> None:
    """The finding, and for whom and for what count it holds."""
    st.subheader(shown.title, anchor=text.place(shown.id))
    if shown.scope:
        st.markdown(text.escape(shown.scope))


@contextlib.contextmanager
def _fold(name: str, *, folded: bool, linked: bool = False) -> Iterator[bool]:
    """Where a figure's body goes, and whether it is open; without ``folded`` simply here."""
    if not folded:
        yield True
        return
    with foldable(interface.words("open-chart"), f"open-{name}", linked=linked) as fold:
        yield bool(fold.open)


@fragment(lambda lab: named("simulation", lab.id))
def laboratory(lab: Lab[Any]) -> None:
    """A simulation: presets, dials for free play, and the figures of the run."""
    with st.container(border=True, key=f"lab-{lab.id}"):
        preset = _picked(lab.label, lab.choices, f"{lab.id}-preset")
        dialled = _dialled(lab) if preset == OWN else {}
        with said_in_place(named("simulation", lab.id)):
            for shown in _made(lab, lab.settings(preset, dialled)):
                sources = citations(shown.source_ids)
                _headed(shown)
                with _fold(shown.id, folded=shown.id in lab.folded) as there:
                    if there:
                        # One name for all runs: the browser then keeps its drawing and takes the new data into it.
                        address, taken = lab.address(preset, dialled), (shown.id, preset)
                        _readings(shown, sources, address, f"chart-{shown.id}", taken)
                _source_line(sources)


def _dialled(lab: Lab[Any]) -> dict[str, float]:
    """The dials, each with the model's own bounds; one that does not matter now cannot be moved."""
    set_to = {name: float(getattr(lab.own, name)) for name in lab.bounds}
    labels = lab.dial_labels
    for dial in lab.dials:
        told = lab.bounds[dial.name]
        key = f"{lab.id}-{dial.name}"
        off = not dial.needed(set_to)
        if (told.low, told.high, told.step) == (0, 1, 1):
            set_to[dial.name] = float(st.toggle(labels[dial.name], key=key, bind="query-params", disabled=off))
        else:
            set_to[dial.name] = _slid(dial, labels[dial.name], told, set_to[dial.name], key, off=off)
    return set_to


def _slid(dial: Dial, label: str, told: Parameter, start: float, key: str, *, off: bool) -> float:
    kind = int if isinstance(told.value, int) else float
    low, high, step, value = (kind(round(n * dial.scale, 6)) for n in (told.low, told.high, told.step, start))
    moved = st.slider(label, low, high, value, step, key=key, bind="query-params", disabled=off)
    return round(float(moved) / dial.scale, 6)


def _option(recipe: Recipe) -> str | None:
    choice = recipe.choice
    if choice is None:
        return None
    return _picked(recipe.question, recipe.labels, recipe.key)


def _picked(label: str, choices: Mapping[str, str], key: str) -> str:
    """What the reader picked, the first where the address says nothing we know."""
    values, across = list(choices), len(choices) > FEW_OPTIONS
    words = choices.__getitem__
    picked = st.radio(label, values, format_func=words, key=key, bind="query-params", horizontal=across)
    return picked if picked in choices else values[0]


def _readings(shown: Figure, sources: Sequence[Source], address: str, chart_key: str, taken: Sequence[str]) -> None:
    # Not tabs: Streamlit's cost the browser 5 ms each whenever anything on the page changes.
    reading = st.segmented_control(
        interface.words("how-to-see"),
        list(READINGS),
        default=next(iter(READINGS)),
        format_func=READINGS.__getitem__,
        required=True,
        key=f"reading-{shown.id}",
        label_visibility="collapsed",
    )
    with said_in_place(interface.words("part-named", "reading", name=READINGS[reading])):
        match reading:
            case "Table":
                _table(shown, sources)
            case "About":
                _about(shown, sources, address, taken)
            case _:
                st.vega_lite_chart(dict(shown.chart_to_send), alt=shown.alt, key=chart_key, width="stretch")
    explain(shown.terms)


def _table(shown: Figure, sources: Sequence[Source]) -> None:
    st.table(table.core(shown, sources), hide_index=True, alt=shown.headline)
    if shown.details:
        more = "\n".join(f"- {line}" for line in table.details(shown))
        st.markdown(f"**{interface.words('more-about-rows')}**\n\n{more}")


def _about(shown: Figure, sources: Sequence[Source], address: str, taken: Sequence[str]) -> None:
    st.markdown(interface.words("how-to-read", text=chart_text.as_markdown(shown.how_to_read)))
    caveats = "\n".join(f"- {chart_text.as_markdown(caveat)}" for caveat in shown.caveats)
    st.markdown(f"{interface.words('keep-in-mind')}\n\n{caveats}")
    st.markdown(interface.words("in-words", text=text.escape(shown.alt)))
    st.markdown(f"{interface.words('sources-heading')}\n\n{source_list(sources)}")
    st.markdown(interface.words("cite-figure"))
    st.code(sidebyside.cited_as(shown.headline), language=None, wrap_lines=True)
    _downloads(shown, sources, taken)
    linked = interface.words("link-to-figure", title=text.escape(shown.headline))
    st.markdown(f"[{linked}]({address}#{text.place(shown.id)})")


def _source_line(sources: Sequence[Source]) -> None:
    cited = ", ".join(text.cite(source) for source in sources[:SOURCES_IN_LINE])
    more = len(sources) - SOURCES_IN_LINE
    if more > 0:
        st.markdown(interface.words("source-line-cut", cited=cited, more=more))
    else:
        st.markdown(interface.words("source-line", "one" if len(sources) == 1 else "many", cited=cited))


def _downloads(shown: Figure, sources: Sequence[Source], taken: Sequence[str]) -> None:
    def as_csv() -> str:
        return shown.csv([source.citation for source in sources], sidebyside.credit())

    def as_svg() -> str:
        return shown.svg(theme.paper())

    with st.container(horizontal=True):
        download(interface.words("download-table"), as_csv, sidebyside.file_name("csv", *taken), "text/csv")
        download(interface.words("download-chart"), as_svg, sidebyside.file_name("svg", *taken), "image/svg+xml")
