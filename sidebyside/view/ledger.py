"""The evidence to look up: the article's claims, every figure, the sources, the words, the data to take away."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

import streamlit as st

import sidebyside
from sidebyside import catalogue, dataset, evidence, hosting, listings, prose, sheet, tables, theme
from sidebyside.catalogue import Query
from sidebyside.figures import lookup
from sidebyside.outlines import SURVIVAL
from sidebyside.outlines.uses import Use, uses
from sidebyside.view.card import plain_card
from sidebyside.view.common import (
    LONGEST_SEARCH,
    chosen,
    download,
    foldable,
    fragment,
    glyph,
    quoted,
    said_in_place,
    say_lost,
    take_references,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sidebyside.catalogue import Term
    from sidebyside.evidence import Fact, Source
    from sidebyside.listings import Verdict

T = TypeVar("T")
ROWS_A_PAGE = 10
ALL = "All"
STORIES = {name: title for name, title in hosting.PAGES.items() if name != "evidence"}
WAITS = "The evidence holds figures about length of life. You see them if you ask for them at the top of this page."


# ---------------------------------------------------------------- what every list here shares


def _page_of(rows: Sequence[T], name: str, start: int = 1) -> Sequence[T]:
    """One page of rows, with a field to turn pages where there are several; begins at page ``start``."""
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    here = 1 if pages == 1 else int(st.number_input(f"Page (1 to {pages})", 1, pages, start, key=f"{name}-{pages}"))
    return rows[(here - 1) * ROWS_A_PAGE : here * ROWS_A_PAGE]


def _picked(label: str, options: Mapping[str, str], key: str) -> str:
    """One of a few options, or all (an empty word); garbage in the address means all."""
    words = [ALL, *options.values()]
    said = st.radio(label, words, key=key, bind="query-params", horizontal=True)
    return next((value for value, shown in options.items() if shown == said), catalogue.ANY)


def _searched(label: str, key: str, example: str) -> str:
    typed = st.text_input(label, key=key, bind="query-params", max_chars=LONGEST_SEARCH, placeholder=example)
    return (typed or "")[:LONGEST_SEARCH]


def _count(found: Sequence[object], known: Sequence[object], what: str, sought: str) -> None:
    """How many were found; what was looked for, where nothing was."""
    if found:
        st.markdown(f"{len(found)} of {len(known)} {what}.")
    else:
        said = f" for {quoted(prose.escape(sought))}" if sought else " with these filters"
        st.markdown(f"None of {len(known)} {what} found{said}.")


# ---------------------------------------------------------------- the article's claims


@fragment("the claims of the article")
def claims() -> None:
    """The article's claims with today's verdict, to filter by verdict and page; each opens to its evidence."""
    known = listings.board()
    say_lost(known, "the claims of the article")
    verdict = _picked("Verdict", {verdict: verdict.capitalize() for verdict in theme.VERDICTS}, "claims-verdict")
    page = _picked("Answered on the page", STORIES, "claims-page")
    wanted = st.query_params.get("claim", "")
    found = [row for row in known if verdict in (catalogue.ANY, row.verdict) and page in (catalogue.ANY, row.page)]
    _count(found, known, "claims", "")
    at = next((n for n, row in enumerate(found) if row.id == wanted), 0)
    for row in _page_of(found, "claims", at // ROWS_A_PAGE + 1):
        with said_in_place(f"the claim {quoted(row.claim)}"):
            _claim(row, opened=row.id == wanted)


def _claim(row: Verdict, *, opened: bool) -> None:
    colour, shape = theme.VERDICTS[row.verdict]
    label = f"{glyph(colour, shape)} **{row.verdict.capitalize()}**: {prose.escape(row.claim)}"
    with st.expander(label, key=f"claim-{row.id}", expanded=opened):
        heading = next(words for name, words, _ in prose.listed(row.page) if name == row.section)
        said = row.evidence.body if chosen(row.choice) else WAITS
        newest = f"Newest evidence: {row.year}. " if row.year else ""
        st.markdown(
            f"{said}\n\n{newest}More: [{prose.escape(heading)}]({row.page}#{row.section}). "
            f"[Link to this claim](?{urlencode({'claim': row.id})}#the-article)"
        )


# ---------------------------------------------------------------- every figure


@fragment("the search over all figures")
def figures() -> None:
    """A search over every figure that was read twice, with a chart of one measure across its sources."""
    life = chosen(SURVIVAL)
    known = catalogue.figures(life=life)
    say_lost(known, "the search over all figures")
    query = _asked(known)
    found = catalogue.search(query, life=life)
    _count(found, known, "figures", query.words)
    if found:
        _measure(found)
        _figure_table(_page_of(found, "figures"))
        download(
            "Download what was found (CSV)",
            functools.partial(catalogue.as_csv, found, sidebyside.credit()),
            sidebyside.file_name("csv", "figures", query.condition, query.words),
            "text/csv",
        )
    st.markdown(f"[Link to this search](?{urlencode(_search_address())}#every-figure)")


def _asked(known: Sequence[Fact]) -> Query:
    words = _searched("Search all figures", "figures-words", "for example: relapse, Sweden, age")
    disease = _picked("Disease", catalogue.DISEASES, "figures-disease")
    with foldable("Narrow the search", "figures-narrow", linked=_narrowed()) as narrow:
        if not narrow.open:
            return Query(words, disease)
        topics = {topic: topic[:1].upper() + topic[1:] for topic in catalogue.topics(known)}
        topic = st.selectbox("Topic", [ALL, *topics.values()], key="figures-topic", bind="query-params")
        kind = _picked("Kind of source", {kind: kind.capitalize() for kind in catalogue.KINDS}, "figures-kind")
        read = _picked("Read", {key: said.capitalize() for key, said in catalogue.READ.items()}, "figures-read")
        years = sorted({int(fact.source.year) for fact in known if fact.source.year})
        ends = (years[0], years[-1])
        since, until = st.slider("Year of the source", *ends, ends, key="figures-years", bind="query-params")
        asked = Query(words, disease, next((t for t, said in topics.items() if said == topic), ""), kind, read)
        return asked if (since, until) == ends else asked._replace(since=since, until=until)


NARROW = ("figures-topic", "figures-kind", "figures-read", "figures-years")


def _narrowed() -> bool:
    return any(name in st.query_params for name in NARROW)


def _search_address() -> dict[str, list[str]]:
    """What the address says of the search as it stands."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name.startswith("figures-")}


def _measure(found: Sequence[Fact]) -> None:
    """A choice of the measures that several sources give, and its chart."""
    several = catalogue.measures(found)
    if not several:
        return
    label = f"Draw one measure across its sources ({len(several)} measured by more than one)"
    picked = st.selectbox(label, list(several), index=None, key="figures-measure", placeholder="Choose a measure")
    if picked in several:
        with said_in_place(f"the chart of {quoted(picked)}"):
            plain_card(lookup.across_sources(picked, several[picked]), picked)


def _figure_table(shown: Sequence[Fact]) -> None:
    # Two columns: a third leaves a phone no room for long words.
    head = "| What was measured, in whom | Figure, and its source |\n| :--- | :--- |"
    rows = [f"| {_told(fact)} | {prose.escape(fact.text)}; {prose.attribute(fact)} |" for fact in shown]
    st.markdown("\n".join([head, *rows]))
    with st.expander("Who was studied, when, and what to know", key="figures-details", on_change="rerun") as details:
        if details.open:
            st.markdown("\n".join(f"- {catalogue.details(fact)}" for fact in shown))


def _told(fact: Fact) -> str:
    """What was measured and in whom: a figure without its people and years would pass for everyone's."""
    return ". ".join(filter(None, (f"**{catalogue.measured(fact)}**", catalogue.whom(fact))))


# ---------------------------------------------------------------- sources


@fragment("the table of sources")
def sources() -> None:
    """All sources with a search; one of them with every figure taken from it and every place that uses it."""
    known = list(evidence.sources().values())
    lost = [fault for row in tables.lost("sources") for fault in row.faults]
    with said_in_place("a part of the table of sources"):
        if lost:
            raise tables.DataError(lost)
    words = _searched("Search the sources", "find", "author, title, year or kind of study")
    found = evidence.search(known, words)
    _count(found, known, "sources", words)
    if found:
        shown = _page_of(found, "sources")
        _source_table(shown)
        take_references(found, "sources")
        _one_source(shown)


def _source_table(shown: Sequence[Source]) -> None:
    head = "| Source | Title, and kind of source |\n| :--- | :--- |"
    rows = [f"| {prose.cite(s)} | {prose.escape(s.title or 'title not known')} ({s.kind}) |" for s in shown]
    st.markdown("\n".join([head, *rows]))


def _one_source(shown: Sequence[Source]) -> None:
    """One source, chosen among those in sight or by the address."""
    labels = {_named(source): source for source in shown}
    wanted = evidence.sources().get(st.query_params.get("source", ""))
    if wanted is not None:
        labels.setdefault(_named(wanted), wanted)
    start = list(labels).index(_named(wanted)) if wanted is not None else None
    label = "Open one source: what we took from it, and where it is used"
    picked = st.selectbox(label, list(labels), index=start, key="one-source", placeholder="Choose a source")
    if picked in labels:
        _opened(labels[picked])


def _named(source: Source) -> str:
    return f"{source.label}: {source.title or source.source_id} [{source.source_id}]"


def _opened(source: Source) -> None:
    st.markdown(f"### {prose.escape(source.label)}\n\n{prose.escape(source.citation)}\n\n{_addresses(source)}")
    st.markdown(f"**Kind: {source.kind}.** {catalogue.KINDS[source.kind]}")
    taken = catalogue.of_source(source.source_id, life=chosen(SURVIVAL))
    if taken:
        st.markdown(f"**Figures taken from it: {len(taken)}**")
        _lines(f"{_told(fact)}: {prose.escape(fact.text)}" for fact in taken)
    with said_in_place("the places where it is used"):
        with st.spinner("Looking through all pages"):
            places = uses().get(source.source_id, ())
        st.markdown(f"**Where it is used: {len(places)} places**" if places else "**No page uses it yet.**")
        _lines(_place(use) for use in places)
    take_references([source], source.source_id)


def _lines(said: Iterable[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in said))


def _place(use: Use) -> str:
    words = use.words if chosen(use.choice) else "about length of life"
    return f"{use.kind.capitalize()}: [{prose.escape(words)}]({use.address})"


def _addresses(source: Source) -> str:
    """Every address of a source in words that say where it leads."""
    ways = []
    if source.doi:
        ways.append(f"[The paper by its DOI {prose.escape(source.doi)}](https://doi.org/{source.doi})")
    if source.pmid:
        ways.append(f"[Its record in PubMed, {source.pmid}](https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/)")
    if source.url and not source.doi:
        ways.append(f"[The page where we read it]({source.url})")
    ways.append(f"[Link to this source here](?{urlencode({'source': source.source_id})}#sources)")
    return " \N{MIDDLE DOT} ".join(ways)


# ---------------------------------------------------------------- words explained


@fragment("the words explained")
def glossary() -> None:
    """The words explained, plainly and as specialists say them, folded; a link with a search opens them."""
    known = catalogue.glossary()
    say_lost(known, "the words explained")
    label = f"Open all {len(known)} words"
    with foldable(label, "open-words", linked="term" in st.query_params) as opened:
        if opened.open:
            _words(known)


def _words(known: Sequence[Term]) -> None:
    words = _searched("Search the words", "term", "for example: myelin")
    found = catalogue.glossary(words)
    _count(found, known, "words", words)
    letters = list(dict.fromkeys(term.letter for term in found))
    if len(letters) > 1:
        st.markdown(" ".join(f"[{letter}](#{letter.lower()})" for letter in letters))
    st.markdown("\n\n".join(_letter(letter, found) for letter in letters))


def _letter(letter: str, found: Sequence[Term]) -> str:
    return "\n\n".join([f"### {letter}", *(_term(term) for term in found if term.letter == letter)])


def _term(term: Term) -> str:
    technical = f"  \n:small[As specialists say it: {term.technical}]" if term.technical else ""
    return f"**{prose.escape(term.term)}.** {term.plain}{technical}"


# ---------------------------------------------------------------- taking it away


@fragment("the data to take away")
def take_the_data() -> None:
    """The whole data package as one file, its description for search engines, and how to cite."""
    count = f"{len(tables.names())} tables, {len(evidence.facts()):,} figures, {len(evidence.sources())} sources"
    st.markdown(f"One file with {count}, and the contract that describes every column.")
    with st.container(horizontal=True):
        download("Download all data (ZIP)", tables.archive, sidebyside.file_name("zip", "data"), "application/zip")
        download(
            "Description for search engines (JSON-LD)",
            dataset.json_ld,
            sidebyside.file_name("jsonld", "dataset"),
            "application/ld+json",
        )
    st.markdown("**Cite the site**")
    st.code(sidebyside.cited_as(), language=None, wrap_lines=True)
    st.markdown(
        "**Cite a figure**: each card has its own words for it under About. **Cite a source**: take its reference "
        "from the list of sources."
    )


@fragment("the sheet to print")
def take_a_sheet() -> None:
    """A sheet to print, with the sections a reader ticks."""
    life = chosen(SURVIVAL)
    st.markdown("**A sheet to print**")
    ticked = [
        name
        for name in sheet.sections(life=life)
        if st.checkbox(name, name in sheet.DEFAULT, key=f"sheet-{name}", bind="query-params")
    ]
    paper = st.radio("Paper", list(sheet.PAPERS), key="sheet-paper", bind="query-params", horizontal=True)
    made = ". ".join(sidebyside.credit())
    file = sidebyside.file_name("html", "sheet", paper)
    if ticked:
        download("Download the sheet (HTML)", lambda: sheet.sheet(ticked, paper, made, life=life), file, "text/html")
        st.markdown("Open the file in a browser and print it. It holds no script and works without a connection.")
    else:
        st.markdown("Tick at least one part.")


@fragment("the list of changes")
def changes() -> None:
    """What changed in the data, newest first, folded."""
    with st.expander("Open the list of changes", key="open-changes", on_change="rerun") as opened:
        if opened.open:
            st.markdown(dataset.changes())


# What the outline of the evidence page calls these.
PARTS: Mapping[str, Callable[[], None]] = {
    "claims": claims,
    "figures": figures,
    "sources": sources,
    "glossary": glossary,
    "take-the-data": take_the_data,
    "take-a-sheet": take_a_sheet,
    "changes": changes,
}
