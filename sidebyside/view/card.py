"""A figure as a card: Chart, Table and About, with sources, downloads, a citation and a link to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

import sidebyside
from sidebyside import evidence, prose, theme
from sidebyside.tables import DataError, records
from sidebyside.view.common import (
    EDITED,
    FEW_OPTIONS,
    LICENCE,
    SITE,
    download,
    explain,
    quoted,
    say_faults,
    source_list,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from sidebyside.evidence import Source
    from sidebyside.figure import Figure
    from sidebyside.figures import Recipe

SOURCES_IN_LINE = 20


@st.cache_resource(max_entries=128, show_spinner=False)
def _figure(_recipe: Recipe, recipe_id: str, option: str | None, version: object) -> Figure:
    return _recipe.figure(option)


def _drawn(recipe: Recipe, option: str | None) -> Figure:
    return _figure(recipe, recipe.id, option, recipe.version())


def sources_of_all_options(recipe: Recipe) -> list[str]:
    """Everything a card can cite, whatever a reader chooses."""
    options: Iterable[str | None] = recipe.choice.values if recipe.choice else [None]
    return [source for option in options for source in _drawn(recipe, option).source_ids]


@st.fragment
def card(recipe: Recipe) -> None:
    """A figure with its choice, its chart, table and explanation, its sources and downloads."""
    with st.container(border=True, key=f"card-{recipe.id}"):
        head = st.container()
        option = _option(recipe)
        try:
            shown = _drawn(recipe, option)
            sources = evidence.citations(shown.source_ids)
        except DataError as error:
            say_faults(error, f"the figure {quoted(recipe.id)}")
            return
        head.subheader(shown.title, anchor=shown.id)
        _tabs(recipe, shown, sources, option)


def _option(recipe: Recipe) -> str | None:
    choice = recipe.choice
    if choice is None:
        return None
    values, words, key = list(choice.values), choice.values.__getitem__, f"{recipe.id}-{choice.name}"
    across = len(values) > FEW_OPTIONS
    picked = st.radio(choice.label, values, format_func=words, key=key, bind="query-params", horizontal=across)
    return picked if picked in choice.values else choice.default


def _tabs(recipe: Recipe, shown: Figure, sources: Sequence[Source], option: str | None) -> None:
    chart, table, about = st.tabs(["Chart", "Table", "About"], key=f"tabs-{recipe.id}", on_change="rerun")
    with chart:
        if chart.open:
            st.vega_lite_chart(dict(shown.chart), alt=shown.alt, key=f"chart-{recipe.id}-{option}", width="stretch")
    with table:
        if table.open:
            _table(shown, sources)
    with about:
        if about.open:
            _about(shown, sources, option, recipe)
    explain(shown.terms)
    _source_line(sources)


def _table(shown: Figure, sources: Sequence[Source]) -> None:
    core = shown.table.drop(columns=list(shown.details))
    st.table(_linked(core, sources), hide_index=True, alt=shown.title)
    if shown.details:
        lines = [_detail(shown, row) for row in records(shown.table)]
        st.markdown("**More about each row**\n\n" + "\n".join(f"- {line}" for line in lines))


def _detail(shown: Figure, row: Mapping[str, str]) -> str:
    first, second = (prose.escape(row[column]) for column in list(shown.table.columns)[:2])
    said = [f"{column.lower()}: {prose.escape(row[column])}" for column in shown.details if row[column]]
    return f"**{first}, {second}**: {'; '.join(said)}"


def _linked(table: pd.DataFrame, sources: Sequence[Source]) -> pd.DataFrame:
    """A figure's table with each source as a link, and nothing else in it read as Markdown."""
    shown = table.map(prose.escape)
    if "Source" in table:
        links = {source.label: prose.cite(source) for source in sources}
        shown["Source"] = [_link_label(text, links) for text in table["Source"]]
    return shown


def _link_label(text: str, links: Mapping[str, str]) -> str:
    label = next((label for label in sorted(links, key=len, reverse=True) if text.endswith(label)), "")
    return f"{prose.escape(text.removesuffix(label))}{links.get(label, '')}"


def _about(shown: Figure, sources: Sequence[Source], option: str | None, recipe: Recipe) -> None:
    st.markdown(f"**How to read it.** {prose.escape(shown.how_to_read)}")
    st.markdown("**What to keep in mind**\n\n" + "\n".join(f"- {prose.escape(caveat)}" for caveat in shown.caveats))
    st.markdown("**In words.** " + prose.escape(shown.alt))
    st.markdown("**Sources**\n\n" + source_list(sources))
    st.markdown("**Cite this figure**")
    st.code(
        f"{SITE} ({EDITED[:4]}). {shown.title}. Version {sidebyside.__version__}, data of {EDITED}.",
        language=None,
        wrap_lines=True,
    )
    _downloads(shown, sources)
    st.markdown(f"[Link to this figure: {prose.escape(shown.title)}]({_link_to(recipe, option)})")


def _link_to(recipe: Recipe, option: str | None) -> str:
    if recipe.choice is None or option in (None, recipe.choice.default):
        return f"#{recipe.id}"
    return f"?{urlencode({f'{recipe.id}-{recipe.choice.name}': recipe.choice.values[str(option)]})}#{recipe.id}"


def _source_line(sources: Sequence[Source]) -> None:
    label = "Source" if len(sources) == 1 else "Sources"
    cited = ", ".join(prose.cite(source) for source in sources[:SOURCES_IN_LINE])
    more = len(sources) - SOURCES_IN_LINE
    st.markdown(f"{label}: {cited}" + (f", and {more} more under About" if more > 0 else ""))


def _downloads(shown: Figure, sources: Sequence[Source]) -> None:
    def as_csv() -> str:
        credit = (f"{SITE}, version {sidebyside.__version__}, data of {EDITED}", LICENCE)
        return shown.csv([source.citation for source in sources], credit)

    def as_svg() -> str:
        return shown.svg(theme.paper())

    with st.container(horizontal=True):
        download("Download the table (CSV)", as_csv, f"{shown.id}.csv", "text/csv")
        download("Download the chart (SVG)", as_svg, f"{shown.id}.svg", "image/svg+xml")
