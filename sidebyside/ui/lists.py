"""Lists of words on a page: comparisons of MS and ALS, verdicts on the article, studies, where to find help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import sidebyside
from sidebyside.charts import model_settings, theme
from sidebyside.content import comparisons, help, text
from sidebyside.content import studies as content_studies
from sidebyside.data import interface
from sidebyside.layouts import finder
from sidebyside.ui.choices import choice
from sidebyside.ui.common import (
    LONGEST_SEARCH,
    chosen,
    download,
    fragment,
    note,
    part_name,
    quoted,
    show_lost_rows,
)
from sidebyside.ui.parts import beside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sidebyside.content.comparisons import Comparison
    from sidebyside.content.help import Organisation, Sign
    from sidebyside.content.listing import OneLine, Rows

# The names of Streamlit's colours that draw the line under a disease's name; the theme says which they are.
LINES: Mapping[str, str] = {theme.MS.key: "orange", theme.ALS.key: "blue"}
QUESTION_TO_SIDES = (3, 10)
ALL = "all"
COUNTRY_WIDTH = 340


def comparison_list(shown: Sequence[Comparison], page: str, kind: str = "", said: str = "") -> None:
    """Comparisons one below the other: what is asked, and to its right (on a phone below it) MS beside ALS.

    With a ``kind`` (a value of `finder.ROW_OF`) each can be linked to by its id. ``said`` stands over the questions.
    """
    with st.container(border=True):
        _heads(said or interface.words("question"))
        for row in shown:
            _comparison(row, page, kind)


def _heads(said: str) -> None:
    """The names of both diseases over their columns."""
    asked, sides = st.columns(QUESTION_TO_SIDES, gap="xsmall", vertical_alignment="bottom")
    with asked:
        note(said)
    with sides:
        for place, condition in zip(beside(), theme.CONDITIONS, strict=True):
            place.subheader(theme.named(condition), anchor=False, divider=LINES[condition.key])


def _comparison(row: Comparison, page: str, kind: str) -> None:
    asked, answered = st.columns(QUESTION_TO_SIDES, gap="xsmall")
    with asked, st.container(gap="xsmall"):
        # Without an anchor of its own the framework makes one of the words, which may be the name of a section.
        st.subheader(_heading(row, page), anchor=f"{kind or 'short'}-{row.id}")
        if row.lead:
            st.markdown(f":small[{text.escape(row.lead)}.]")
    with answered, st.container(gap="xsmall"):
        for place, condition, side in zip(beside(), theme.CONDITIONS, (row.ms, row.als), strict=True):
            # Each side names its disease: who listens, or reads on a phone, has no head of a column in sight.
            place.markdown(f"**{theme.named(condition)}** {side.body}")
        if row.note:
            st.markdown(interface.words("pair-note", note=text.escape(row.note)))


def _heading(row: Comparison, page: str) -> str:
    """The heading, a link to what says more where there is such a place."""
    where, _, anchor = row.more.partition("#")
    words = text.escape(row.heading)
    return f"[{words}]({f'#{anchor}' if where == page else row.more})" if anchor else words


@fragment(lambda name, *_: part_name("list", name))
def filtered_comparisons(name: str, label: str, load: Callable[[], Rows[Comparison]], page: str) -> None:
    """Comparisons to look things up: one topic at a time or all, or those that hold some words.

    Topic and words stand in the address (``differences-topic=symptoms``); an address that names a row
    (``difference=seeing``) opens its topic.
    """
    rows = load()
    show_lost_rows(rows, part_name("list", name))
    known = [row for row in rows if chosen(row.choice)]
    if not known:
        return
    # The key is a class in the page, which the browser tests look for.
    with st.container(key=f"list-{name}"):
        topic = _topic(name, label, known, st.query_params.get(finder.ROW_OF[name], ""))
        words = st.text_input(
            interface.words("search-all-topics"),
            key=f"{name}-words",
            type="search",
            live="250ms",
            bind="query-params",
            max_chars=LONGEST_SEARCH,
        )
        found = comparisons.search(known, None if words else topic, words or "")
        said = interface.words("rows-shown", "all-topics" if words else "", shown=len(found), count=len(known))
        if not found:
            st.markdown(said)
            return
        comparison_list(found, page, finder.ROW_OF[name], said)
        _take(name, found, words or topic or ALL)


def _topic(name: str, label: str, known: Sequence[Comparison], linked: str) -> str | None:
    """The topic that a reader chose, or that of the row that the address names; None for all."""
    topics = {finder.option(topic): topic for topic in comparisons.topics(known)}
    options = {slug: _capital(topic) for slug, topic in topics.items()} | {ALL: interface.words("all-topics")}
    # What addresses of the first edition say, and the topic of a row that is linked to where nothing was chosen yet.
    aliases = {words: slug for slug, words in options.items()}
    row = next((row for row in known if row.id == linked), None)
    key = f"{name}-topic"
    if row:
        aliases[""] = finder.option(row.topic)
        key = f"{key}-{row.id}"
    return topics.get(choice(label, options, f"{name}-topic", aliases=aliases, key=key))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _take(name: str, found: Sequence[Comparison], which: str) -> None:
    credit = sidebyside.credit()
    file = sidebyside.file_name("csv", name, which)
    with st.container(horizontal=True, vertical_alignment="center"):
        download(interface.words("download-rows"), lambda: comparisons.as_csv(found, credit), file, "text/csv")
        copied = st.toggle(interface.words("copy-rows"), key=f"{name}-copy", bind="query-params")
    if copied:
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
    """Signs by urgency: what cannot wait is in sight, the rest is folded below it.

    A sign that the address names (``sign=twitches``) stands before them all, with how soon to ask.
    """
    rows = help.signs()
    show_lost_rows(rows, interface.words("part", "signs"))
    for row in rows:
        if row.id == st.query_params.get(finder.SIGN):
            _one_sign(row)
    found = {urgency: [row for row in rows if row.urgency == urgency] for urgency in help.URGENCY_WORDS}
    first, *rest = help.URGENCY_WORDS
    st.markdown("\n".join([f"### {help.URGENCY_WORDS[first]}", "", *(f"- {row.said}" for row in found[first])]))
    for urgency in rest:
        _fold_list(help.URGENCY_WORDS[urgency], f"help-{urgency}", found[urgency])


def _one_sign(row: Sign) -> None:
    with st.container(border=True):
        st.subheader(help.URGENCY_WORDS[row.urgency], anchor=f"{finder.SIGN}-{row.id}")
        st.markdown(row.said)


@fragment(lambda: interface.words("part", "organisations"))
def organisations() -> None:
    """Organisations by country, in short; those of one country with what they offer, and the sources."""
    rows = help.organisations()
    show_lost_rows(rows, interface.words("part", "organisations"))
    countries = {finder.option(country): country for country in dict.fromkeys(row.country for row in rows)}
    # Their heading is that of the section before them.
    st.markdown(help.check_organisations())
    options = {ALL: interface.words("all-countries"), **countries}
    aliases = {words: name for name, words in options.items()}
    picked = countries.get(choice(interface.words("country"), options, "help-country", aliases=aliases))
    if picked:
        st.markdown("\n".join(f"- {_for_whom(row)}, {row.said}" for row in rows if row.country == picked))
    else:
        note(interface.words("choose-country"))
        with st.grid(2, min_column_width=COUNTRY_WIDTH, gap="small"):
            for country in countries.values():
                with st.container():
                    st.markdown(_in_short(country, rows))


def _in_short(country: str, rows: Sequence[Organisation]) -> str:
    own = (f"- {_for_whom(row)}, {row.in_short}" for row in rows if row.country == country)
    return "\n".join([f"**{text.escape(country)}**\n", *own])


def _for_whom(row: Organisation) -> str:
    condition = next((c for c in theme.CONDITIONS if c.key == row.condition), None)
    return theme.named(condition) if condition else f"**{interface.words('anyone')}**"
