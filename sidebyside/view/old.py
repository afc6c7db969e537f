"""The Streamlit parts that pages share: sections, cards, the reader's choice, references, footer."""

from __future__ import annotations

import functools
import gc
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

import sidebyside
from sidebyside import evidence, prose, theme
from sidebyside.tables import DataError, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from sidebyside.evidence import Source
    from sidebyside.figure import Figure
    from sidebyside.figures import Recipe

SITE = "MS and ALS, side by side"
SURVIVAL = "survival"
ANSWER = "answer"
EDITED = "2026-11-22"
LICENCE = "Text and tables: CC BY 4.0. Code: MIT. Each source keeps its own terms."
FAULTS_SHOWN = 5
ROWS_A_PAGE = 25
LONGEST_SEARCH = 200
FEW_OPTIONS = 5
SOURCES_IN_LINE = 20


class Page:
    """One page being written: shows sections and cards, and remembers what they cite."""

    def __init__(self, name: str, title: str) -> None:
        """Begin the page: its title, its one-sentence answer, and a line of links to its sections."""
        _enter_through_app()
        self.name = name
        self._cited: list[str] = []
        st.title(title, anchor=False)
        self.section(ANSWER, heading=False)
        self._links = st.container()
        self._linked: list[tuple[str, str]] = []

    def section(self, name: str, *, heading: bool = True) -> None:
        """An explainer section with its terms; a fault in its tables is said in its place."""
        try:
            shown = prose.section(self.name, name)
        except DataError as error:
            _say_faults(error, f"the section \N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}")
            return
        if shown.choice and not st.session_state.get(_choice_key(shown.choice)):
            return
        self._cited += shown.source_ids
        if heading:
            self._link(name, shown.heading)
            st.header(shown.heading, anchor=name)
        st.markdown(shown.body)
        _explain(shown.terms)

    def card(self, recipe: Recipe) -> None:
        """A figure as a card: Chart, Table, About, with downloads, citation and a link to itself."""
        self._cited += _sources_of_all_options(recipe)
        _card(recipe)

    def close(self) -> None:
        """End the page: the list of its sources in the order of first use, and the links at its top."""
        if self._linked:
            said = " \N{MIDDLE DOT} ".join(f"[{prose.escape(words)}](#{name})" for name, words in self._linked)
            self._links.markdown(f"On this page: {said}")
        _references(self._cited)

    def _link(self, name: str, words: str) -> None:
        self._linked.append((name, words))


def readers_choice(choice: str, words: str, explained: str) -> bool:
    """A choice the reader makes once for the visit, such as to see figures about length of life."""
    key = _choice_key(choice)
    st.session_state.setdefault(key, False)
    chosen = st.toggle(words, value=bool(st.session_state[key]), key=f"toggle-{choice}", help=explained)
    st.session_state[key] = chosen
    return chosen


@st.fragment
def searchable_sources() -> None:
    """All sources as a real table, with a search over their words and pages of rows."""
    try:
        known = list(evidence.sources().values())
    except DataError as error:
        _say_faults(error, "the table of sources")
        return
    words = st.text_input(
        "Search the sources",
        key="find",
        bind="query-params",
        max_chars=LONGEST_SEARCH,
        placeholder="author, title, year or kind of study",
    )
    found = evidence.search(known, words or "")
    pages = max(1, -(-len(found) // ROWS_A_PAGE))
    here = 1 if pages == 1 else int(st.number_input("Page of the table", 1, pages, key=f"page-{pages}"))
    st.markdown(f"{len(found)} of {len(known)} sources. Page {here} of {pages}.")
    if found:
        st.table(_source_table(found[(here - 1) * ROWS_A_PAGE : here * ROWS_A_PAGE]), hide_index=True, alt="Sources")


def footer() -> None:
    """What this is and is not, licence, version, and how to report an error."""
    st.divider()
    st.markdown(
        "This site explains two diseases with published evidence. It is not medical advice and it cannot diagnose: "
        "if you are worried, please ask a doctor or a nurse."
    )
    st.markdown(
        f"{SITE}, version {sidebyside.__version__}, data of {EDITED}. {LICENCE} Found an error? "
        "Please open an issue in the project's repository and name the page, the figure and the source that says "
        "otherwise. We answer, and we list every correction in data/CHANGELOG.md."
    )
    _settle()


# ---------------------------------------------------------------- parts


def _enter_through_app() -> None:
    """Send a page that was opened without ``app.py`` back through it.

    Until ``st.navigation`` has run once in a server, Streamlit takes the folder ``pages/`` for its
    old kind of app and runs the page of a first, cold deep link alone: no navigation, no footer.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


@functools.cache
def _settle() -> None:
    """Once, after the first page: spare the garbage collector what will live as long as the server.

    Streamlit collects all garbage after every script run; most of what it would walk through are
    our libraries and tables.
    """
    gc.collect()
    gc.freeze()


def _choice_key(choice: str) -> str:
    return f"choice-{choice}"


def _say_faults(error: DataError, what: str) -> None:
    lines = [f"- {prose.escape(str(fault))}" for fault in error.faults[:FAULTS_SHOWN]]
    more = len(error.faults) - FAULTS_SHOWN
    lines += [f"- and {more} more"] if more > 0 else []
    st.error(f"We cannot show {what}, because a table of ours is damaged:\n\n" + "\n".join(lines))


def _explain(terms: Sequence[tuple[str, str]]) -> None:
    if not terms:
        return
    with st.expander(f"Words explained: {', '.join(prose.escape(term) for term, _ in terms)}"):
        st.markdown("\n\n".join(f"**{prose.escape(term)}**: {plain}" for term, plain in terms))


@st.cache_resource(max_entries=128, show_spinner=False)
def _figure(_recipe: Recipe, recipe_id: str, option: str | None, version: object) -> Figure:
    return _recipe.figure(option)


def _drawn(recipe: Recipe, option: str | None) -> Figure:
    return _figure(recipe, recipe.id, option, recipe.version())


def _sources_of_all_options(recipe: Recipe) -> list[str]:
    options: Iterable[str | None] = recipe.choice.values if recipe.choice else [None]
    try:
        return [source for option in options for source in _drawn(recipe, option).source_ids]
    except DataError:
        return []


@st.fragment
def _card(recipe: Recipe) -> None:
    with st.container(border=True, key=f"card-{recipe.id}"):
        head = st.container()
        option = _option(recipe)
        try:
            shown = _drawn(recipe, option)
            sources = evidence.citations(shown.source_ids)
        except DataError as error:
            _say_faults(error, f"the figure \N{LEFT DOUBLE QUOTATION MARK}{recipe.id}\N{RIGHT DOUBLE QUOTATION MARK}")
            return
        head.subheader(shown.title, anchor=shown.id)
        _tabs(recipe, shown, sources, option)


def _option(recipe: Recipe) -> str | None:
    choice = recipe.choice
    if choice is None:
        return None
    values, words, key = list(choice.values), choice.values.__getitem__, f"{recipe.id}-{choice.name}"
    if len(values) <= FEW_OPTIONS:
        picked = st.radio(choice.label, values, format_func=words, key=key, bind="query-params")
    else:
        picked = st.selectbox(choice.label, values, format_func=words, key=key, bind="query-params")
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
    _source_line(sources)
    _downloads(shown, sources)


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
    st.markdown("**Sources**\n\n" + _source_list(sources))
    st.markdown("**Cite this figure**")
    st.code(
        f"{SITE} ({EDITED[:4]}). {shown.title}. Version {sidebyside.__version__}, data of {EDITED}.",
        language=None,
        wrap_lines=True,
    )
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
        _download("Download the table (CSV)", as_csv, f"{shown.id}.csv", "text/csv")
        _download("Download the chart (SVG)", as_svg, f"{shown.id}.svg", "image/svg+xml")


def _download(label: str, content: Callable[[], str], file: str, mime: str) -> None:
    st.download_button(
        label,
        content,
        file_name=file,
        mime=mime,
        key=f"download-{file}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _source_list(sources: Sequence[Source]) -> str:
    return "\n".join(f"{n}. {prose.escape(source.citation)} {_to(source)}" for n, source in enumerate(sources, 1))


def _to(source: Source) -> str:
    return prose.cite(source) if source.url else ""


def _references(source_ids: Iterable[str]) -> None:
    try:
        cited = evidence.citations(source_ids)
    except DataError as error:
        _say_faults(error, "the list of sources")
        return
    with st.expander(f"All {len(cited)} sources of this page", key="all-sources", on_change="rerun") as listed:
        if listed.open:
            st.markdown(_source_list(cited))


def _source_table(found: Sequence[Source]) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, Any]] = [
        {
            "Source": f"[{prose.escape(s.label)}]({s.url})" if s.url else prose.escape(s.label),
            "Title": prose.escape(s.title or "title not known"),
            "Where": prose.escape(s.container),
            "Kind": s.kind,
        }
        for s in found
    ]
    return pd.DataFrame(rows)
