"""Lists of words on a page: pairs of MS and ALS, verdicts on the article, studies, where to find help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import streamlit as st

from sidebyside import listings, prose, theme
from sidebyside.tables import DataError
from sidebyside.view.common import EDITED, LICENCE, LONGEST_SEARCH, SITE, chosen, cite_all, explain, quoted, say_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidebyside.listings import Organisation, Pair, Sign, Study, Verdict
    from sidebyside.theme import Condition


class Cited(Protocol):
    """Anything that cites sources."""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """What it cites, in the order of first use."""


ALL = "All topics"
ALL_COUNTRIES = "All countries"
URGENCY_WORDS = {
    "emergency": "At once: call the emergency number or go to emergency care",
    "soon": "Soon: see a doctor within days",
    "routine": "When it suits: speak with your family doctor",
}


def mark(condition: Condition) -> str:
    """A disease's mark in its colour and its name, as Markdown."""
    glyph = theme.GLYPHS[condition.shape]
    return f':color[{glyph}]{{foreground="{condition.colour}"}} **{condition.key}**'


def pairs(shown: Sequence[Pair], page: str) -> None:
    """Pairs one below the other, MS beside ALS; on a phone the one stands under the other."""
    for pair in shown:
        lead = f"\n\n{prose.escape(pair.lead)}." if pair.lead else ""
        st.markdown(f"### {_heading(pair, page)}{lead}")
        for column, condition, side in zip(st.columns(2), theme.CONDITIONS, (pair.ms, pair.als), strict=True):
            column.markdown(f"{mark(condition)}: {side.body}")
        if pair.note:
            st.markdown(f":small[To keep in mind: {prose.escape(pair.note)}]")
    explain(list(dict(term for pair in shown for term in pair.terms).items()))


def _heading(pair: Pair, page: str) -> str:
    """The heading, a link to what says more where there is such a place."""
    where, _, anchor = pair.more.partition("#")
    words = prose.escape(pair.heading)
    return f"[{words}]({f'#{anchor}' if where == page else pair.more})" if anchor else words


@st.fragment
def filtered_pairs(name: str, label: str, load: Callable[[], tuple[Pair, ...]], page: str) -> None:
    """Pairs with a choice of topic and a search, both in the address; copy and download of what is shown."""
    try:
        known = [pair for pair in load() if chosen(pair.choice)]
    except DataError as error:
        say_faults(error, f"the list {quoted(name)}")
        return
    topic = _topic(name, label, listings.topics(known))
    words = st.text_input("Or search all topics", key=f"{name}-words", bind="query-params", max_chars=LONGEST_SEARCH)
    found = listings.search(known, None if words else topic, words or "")
    st.markdown(f"{len(found)} of {len(known)} shown{', in all topics' if words else ''}.")
    pairs(found, page)
    if found:
        _take(name, found)


def _topic(name: str, label: str, topics: Sequence[str]) -> str | None:
    options = [*topics, ALL]
    picked = st.selectbox(
        label, options, format_func=lambda t: t[:1].upper() + t[1:], key=f"{name}-topic", bind="query-params"
    )
    return None if picked == ALL else picked if picked in topics else topics[0]


def _take(name: str, found: Sequence[Pair]) -> None:
    with st.container(horizontal=True):
        st.download_button(
            "Download these rows (CSV)",
            lambda: listings.as_csv(found, (f"{SITE}, data of {EDITED}", LICENCE)),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"download-{name}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    with st.expander("Copy these rows as text", key=f"copy-{name}", on_change="rerun") as opened:
        if opened.open:
            st.code(listings.as_text(found), language=None, wrap_lines=True)


@st.fragment
def verdicts(page: str, section: str) -> None:
    """What the article said on this, with the verdict and the evidence, folded."""
    try:
        said = listings.verdicts(page, section)
    except DataError as error:
        say_faults(error, "what the article said")
        return
    count = f"{len(said)} claim{'s' if len(said) > 1 else ''}"
    with st.expander(
        f"What the article said, and how it stands: {count}", key=f"claims-{section}", on_change="rerun"
    ) as at:
        if at.open:
            st.markdown("\n\n".join(_verdict(row) for row in said))


def _verdict(row: Verdict) -> str:
    colour, shape = theme.VERDICTS[row.verdict]
    said = f':color[{theme.GLYPHS[shape]}]{{foreground="{colour}"}} **{row.verdict.capitalize()}**'
    waits = "The evidence holds figures about length of life. The course page shows it if you ask for them there."
    return f"{quoted(prose.escape(row.claim))}  \n{said}. {row.evidence.body if chosen(row.choice) else waits}"


def studies() -> list[str]:
    """The studies of MS and ALS in the same people as a real table, with details below; gives their sources."""
    import pandas as pd

    try:
        rows = listings.studies()
        cited = {row.id: cite_all([row.source_id]) for row in rows}
    except DataError as error:
        say_faults(error, "the table of studies")
        return []
    core = [
        {"Study": cited[row.id], "Where": prose.escape(row.place), "Kind": row.kind, "ALS after MS": row.direction}
        for row in rows
    ]
    st.table(pd.DataFrame(core), hide_index=True, alt="Studies of MS and ALS in the same people")
    st.markdown("**More about each study**\n\n" + "\n".join(f"- {_study(row, cited[row.id])}" for row in rows))
    return [source for row in rows for source in row.source_ids]


def _study(row: Study, cited: str) -> str:
    return f"{cited}. Who: {row.people.body} Found: {row.found.body} Why it may mislead: {row.caution.body}"


def signs() -> list[str]:
    """Signs by urgency, the most urgent first; gives their sources."""
    try:
        rows = listings.signs()
        for urgency, words in URGENCY_WORDS.items():
            st.markdown(f"### {words}")
            st.markdown("\n".join(f"- {_sign(row)}" for row in rows if row.urgency == urgency))
    except DataError as error:
        say_faults(error, "when to ask for help")
        return []
    return [source for row in rows for source in row.source_ids]


def _sign(row: Sign) -> str:
    whom = "" if row.condition == "anyone" else f"If you have {row.condition.removeprefix('known ')}: "
    return f"{whom}**{prose.escape(row.sign)}.** {prose.escape(row.why)} ({cite_all(row.source_ids)})"


@st.fragment
def organisations() -> None:
    """Organisations of one country or of all, each with its own address."""
    try:
        rows = listings.organisations()
        countries = list(dict.fromkeys(row.country for row in rows))
        picked = st.selectbox("Country", [ALL_COUNTRIES, *countries], key="help-country", bind="query-params")
        shown = [row for row in rows if picked not in countries or row.country == picked]
        st.markdown("\n".join(f"- {_organisation(row)}" for row in shown))
    except DataError as error:
        say_faults(error, "the list of organisations")


def _organisation(row: Organisation) -> str:
    condition = next(c for c in theme.CONDITIONS if c.key == row.condition)
    return (
        f"{mark(condition)}, {prose.escape(row.country)}: [{prose.escape(row.name)}]({row.url}). "
        f"{prose.escape(row.offers)} ({cite_all(row.source_ids)})"
    )
