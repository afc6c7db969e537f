"""Lists of words on a page: comparisons of MS and ALS, verdicts on the article, studies, where to find help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import sidebyside
from sidebyside.charts import model_settings, theme
from sidebyside.content import comparisons, help, text
from sidebyside.content import studies as content_studies
from sidebyside.data import interface
from sidebyside.ui.common import (
    LONGEST_SEARCH,
    chosen,
    download,
    expander,
    explain,
    fragment,
    glyph,
    part_name,
    quoted,
    show_lost_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidebyside.charts.theme import Condition
    from sidebyside.content.comparisons import Comparison
    from sidebyside.content.help import Organisation
    from sidebyside.content.listing import OneLine, Rows


def mark(condition: Condition) -> str:
    """A disease's mark in its colour and its name, as Markdown."""
    return f"{glyph(condition.colour, condition.shape)} **{condition.key}**"


def comparison_list(shown: Sequence[Comparison], page: str) -> None:
    """Comparisons one below the other, each a heading and a table of one row, MS beside ALS.

    All of them are one element: a page with an element for each side takes the browser twice as long.
    """
    st.markdown("\n\n".join(_comparison(row, page) for row in shown))
    explain(list(dict(term for row in shown for term in row.terms).items()))


def _comparison(row: Comparison, page: str) -> str:
    lead = [f"{text.escape(row.lead)}."] if row.lead else []
    heads = " | ".join(mark(condition) for condition in theme.CONDITIONS)
    table = f"| {heads} |\n| :--- | :--- |\n| {row.ms.body} | {row.als.body} |"
    note = [interface.words("pair-note", note=text.escape(row.note))] if row.note else []
    return "\n\n".join([f"### {_heading(row, page)}", *lead, table, *note])


def _heading(row: Comparison, page: str) -> str:
    """The heading, a link to what says more where there is such a place."""
    where, _, anchor = row.more.partition("#")
    words = text.escape(row.heading)
    return f"[{words}]({f'#{anchor}' if where == page else row.more})" if anchor else words


@fragment(lambda name, *_: part_name("list", name))
def filtered_comparisons(name: str, label: str, load: Callable[[], Rows[Comparison]], page: str) -> None:
    """Comparisons to look things up, folded: with a choice of topic and a search, both in the address.

    A link that carries one of the two opens the fold.
    """
    rows = load()
    show_lost_rows(rows, part_name("list", name))
    known = [row for row in rows if chosen(row.choice)]
    linked = any(f"{name}-{part}" in st.query_params for part in ("topic", "words"))
    label_of_fold = interface.words("open-all", count=len(known), name=name)
    with expander(label_of_fold, f"open-{name}", linked=linked) as opened:
        if opened.open:
            _look_up(name, label, known, page)


def _look_up(name: str, label: str, known: Sequence[Comparison], page: str) -> None:
    topic = _topic(name, label, comparisons.topics(known))
    search = interface.words("search-all-topics")
    words = st.text_input(search, key=f"{name}-words", bind="query-params", max_chars=LONGEST_SEARCH)
    found = comparisons.search(known, None if words else topic, words or "")
    st.markdown(interface.words("rows-shown", "all-topics" if words else "", shown=len(found), count=len(known)))
    if found:
        comparison_list(found, page)
        _take(name, found, words or topic or "all")


def _topic(name: str, label: str, topics: Sequence[str]) -> str | None:
    of_all = interface.words("all-topics")
    options = [*topics, of_all]
    picked = st.radio(
        label,
        options,
        format_func=lambda t: t[:1].upper() + t[1:],
        key=f"{name}-topic",
        bind="query-params",
        horizontal=True,
    )
    return None if picked == of_all else picked if picked in topics else topics[0]


def _take(name: str, found: Sequence[Comparison], which: str) -> None:
    credit = sidebyside.credit()
    file = sidebyside.file_name("csv", name, which)
    download(interface.words("download-rows"), lambda: comparisons.as_csv(found, credit), file, "text/csv")
    if st.toggle(interface.words("copy-rows"), key=f"{name}-copy", bind="query-params"):
        st.code(comparisons.as_text(found), language=None, wrap_lines=True)


def studies() -> None:
    """The studies of MS and ALS in the same people as a table, with details folded below."""
    rows = content_studies.studies()
    show_lost_rows(rows, interface.words("part", "studies"))
    core = [f"| {row.where} | {row.direction} |" for row in rows]
    heads = " | ".join(content_studies.studies_heads())
    st.markdown("\n".join([f"| {heads} |\n| :--- | :--- |", *core]))
    _fold_list(interface.words("more-about-studies"), "studies", rows)


@fragment(lambda label, *_: interface.words("part-named", "list", name=quoted(label)))
def _fold_list(label: str, name: str, rows: Sequence[OneLine]) -> None:
    with st.expander(label, key=f"open-{name}", on_change="rerun") as opened:
        if opened.open:
            st.markdown("\n".join(f"- {row.said}" for row in rows))


def settings() -> None:
    """The parameters of both simulations, each with its value and its source, folded."""
    known = model_settings.settings()
    for n, model in enumerate(dict.fromkeys(row.model for row in known), 1):
        own = [row for row in known if row.model == model]
        _fold_list(interface.words("all-parameters", model=model, count=len(own)), f"settings-{n}", own)


def signs() -> None:
    """Signs by urgency: what cannot wait is in sight, the rest is folded below it."""
    rows = help.signs()
    show_lost_rows(rows, interface.words("part", "signs"))
    found = {urgency: [row for row in rows if row.urgency == urgency] for urgency in help.URGENCY_WORDS}
    first, *rest = help.URGENCY_WORDS
    st.markdown("\n".join([f"### {help.URGENCY_WORDS[first]}", "", *(f"- {row.said}" for row in found[first])]))
    for urgency in rest:
        _fold_list(help.URGENCY_WORDS[urgency], f"help-{urgency}", found[urgency])


@fragment(lambda: interface.words("part", "organisations"))
def organisations() -> None:
    """Organisations of one country or of all, each with its own address."""
    rows = help.organisations()
    show_lost_rows(rows, interface.words("part", "organisations"))
    countries = list(dict.fromkeys(row.country for row in rows))
    st.markdown(f"### {interface.words('organisations')}\n\n{help.check_organisations()}")
    options = [interface.words("all-countries"), *countries]
    picked = st.radio(interface.words("country"), options, key="help-country", bind="query-params", horizontal=True)
    shown = [row for row in rows if picked not in countries or row.country == picked]
    st.markdown("\n".join(f"- {_organisation(row)}" for row in shown))


def _organisation(row: Organisation) -> str:
    condition = next((c for c in theme.CONDITIONS if c.key == row.condition), None)
    named_so = mark(condition) if condition else f"**{interface.words('anyone')}**"
    return f"{named_so}, {row.said}"
