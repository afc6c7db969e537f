"""The evidence to look up: the article's claims, every figure, the sources, the words, the data to take away."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

import streamlit as st

import sidebyside
from sidebyside.charts import theme
from sidebyside.charts.evidence import across_sources
from sidebyside.content import glossary as content_glossary
from sidebyside.content import search, text
from sidebyside.content.claims import all_verdicts
from sidebyside.content.search import Query
from sidebyside.data import archive, contract, facts, interface, jsonld, package
from sidebyside.data import sources as data_sources
from sidebyside.data.faults import DataError
from sidebyside.layouts import page_list
from sidebyside.layouts.blocks import SURVIVAL
from sidebyside.layouts.uses import Use, uses
from sidebyside.site import handout
from sidebyside.ui.card import card_without_options
from sidebyside.ui.common import (
    LONGEST_SEARCH,
    chosen,
    download,
    expander,
    fault_boundary,
    fragment,
    glyph,
    quoted,
    show_lost_rows,
    take_references,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sidebyside.content.claims import Verdict
    from sidebyside.content.glossary import Term
    from sidebyside.data.facts import Fact
    from sidebyside.data.sources import Source

T = TypeVar("T")
ROWS_A_PAGE = 10


def _stories() -> dict[str, str]:
    """The pages that answer claims, by their names, with their short titles."""
    return {page: page_list.short_title(page) for page in page_list.PAGES if page in {c.page for c in all_verdicts()}}


# ---------------------------------------------------------------- what every list here shares


def _page_of(rows: Sequence[T], name: str, start: int = 1) -> Sequence[T]:
    """One page of rows, with a field to turn pages where there are several; begins at page ``start``."""
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    label = interface.words("page-of-rows", count=pages)
    # The key holds the number of pages: with another result one begins at its first page again.
    here = 1 if pages == 1 else int(st.number_input(label, 1, pages, start, key=f"{name}-{pages}"))
    return rows[(here - 1) * ROWS_A_PAGE : here * ROWS_A_PAGE]


def _picked(label: str, options: Mapping[str, str], key: str) -> str:
    """One of a few options, or all (an empty word); garbage in the address means all."""
    words = [interface.words("all-of-them"), *options.values()]
    said = st.radio(label, words, key=key, bind="query-params", horizontal=True)
    return next((value for value, shown in options.items() if shown == said), search.ANY)


def _searched(label: str, key: str, example: str) -> str:
    typed = st.text_input(label, key=key, bind="query-params", max_chars=LONGEST_SEARCH, placeholder=example)
    return (typed or "")[:LONGEST_SEARCH]


def _count(found: Sequence[object], known: Sequence[object], what: str, sought: str) -> None:
    """How many of what (a case of ``found``) were found; what was looked for, where nothing was."""
    if found:
        st.markdown(interface.words("found", what, found=len(found), count=len(known)))
    elif sought:
        said = quoted(text.escape(sought))
        st.markdown(interface.words("none-found-for", what, count=len(known), sought=said))
    else:
        st.markdown(interface.words("none-found", what, count=len(known)))


# ---------------------------------------------------------------- the article's claims


@fragment(lambda: interface.words("part", "claims"))
def claims() -> None:
    """The article's claims with today's verdict, to filter by verdict and page; each opens to its evidence."""
    known = all_verdicts()
    show_lost_rows(known, interface.words("part", "claims"))
    verdicts = {verdict: verdict.capitalize() for verdict in theme.VERDICTS}
    verdict = _picked(interface.words("verdict"), verdicts, "claims-verdict")
    page = _picked(interface.words("answered-on"), _stories(), "claims-page")
    wanted = st.query_params.get("claim", "")
    found = [row for row in known if verdict in (search.ANY, row.verdict) and page in (search.ANY, row.page)]
    _count(found, known, "claims", "")
    at = next((n for n, row in enumerate(found) if row.id == wanted), 0)
    for row in _page_of(found, "claims", at // ROWS_A_PAGE + 1):
        with fault_boundary(interface.words("part-named", "claim", name=quoted(row.claim))):
            _claim(row, opened=row.id == wanted)


def _claim(row: Verdict, *, opened: bool) -> None:
    colour, shape = theme.VERDICTS[row.verdict]
    label = f"{glyph(colour, shape)} **{row.verdict.capitalize()}**: {text.escape(row.claim)}"
    with st.expander(label, key=f"claim-{row.id}", expanded=opened):
        heading = next(words for name, words, _ in text.sections_of(row.page) if name == row.section)
        said = row.evidence.body if chosen(row.choice) else interface.words("waits-at-top")
        newest = f"{interface.words('newest-evidence', year=row.year)} " if row.year else ""
        more = interface.words("more-at", link=f"[{text.escape(heading)}]({row.page}#{row.section})")
        own = f"[{interface.words('link-to-claim')}](?{urlencode({'claim': row.id})})"
        st.markdown(f"{said}\n\n{newest}{more} {own}")


# ---------------------------------------------------------------- every figure


@fragment(lambda: interface.words("part", "figures"))
def figures() -> None:
    """A search over every figure that was read twice, with a chart of one measure across its sources."""
    life = chosen(SURVIVAL)
    known = search.figures(life=life)
    show_lost_rows(known, interface.words("part", "figures"))
    query = _query(known)
    found = search.search(query, life=life)
    _count(found, known, "figures", query.words)
    if found:
        _measure(found)
        _figure_table(_page_of(found, "figures"))
        download(
            interface.words("download-found"),
            functools.partial(search.as_csv, found, sidebyside.credit()),
            sidebyside.file_name("csv", "figures", query.condition, query.words),
            "text/csv",
        )
    st.markdown(f"[{interface.words('link-to-search')}](?{urlencode(_search_address())}#every-figure)")


def _query(known: Sequence[Fact]) -> Query:
    example = interface.words("search-figures", "example")
    words = _searched(interface.words("search-figures"), "figures-words", example)
    disease = _picked(interface.words("disease"), search.DISEASES, "figures-disease")
    with expander(interface.words("narrow-search"), "figures-narrow", linked=_narrowed()) as narrow:
        if not narrow.open:
            return Query(words, disease)
        topics = {topic: topic[:1].upper() + topic[1:] for topic in search.topics(known)}
        offered = [interface.words("all-of-them"), *topics.values()]
        topic = st.selectbox(interface.words("topic"), offered, key="figures-topic", bind="query-params")
        kinds = {kind: kind.capitalize() for kind in search.KINDS}
        kind = _picked(interface.words("kind-of-source"), kinds, "figures-kind")
        ways = {key: said.capitalize() for key, said in search.READ.items()}
        read = _picked(interface.words("read"), ways, "figures-read")
        years = sorted({int(fact.source.year) for fact in known if fact.source.year})
        ends = (years[0], years[-1])
        years_of = interface.words("year-of-source")
        since, until = st.slider(years_of, *ends, ends, key="figures-years", bind="query-params")
        query = Query(words, disease, next((t for t, said in topics.items() if said == topic), ""), kind, read)
        return query if (since, until) == ends else query._replace(since=since, until=until)


NARROW = ("figures-topic", "figures-kind", "figures-read", "figures-years")


def _narrowed() -> bool:
    return any(name in st.query_params for name in NARROW)


def _search_address() -> dict[str, list[str]]:
    """What the address says of the search as it stands."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name.startswith("figures-")}


def _measure(found: Sequence[Fact]) -> None:
    """A choice of the measures that several sources give, and its chart."""
    several = search.measures(found)
    if not several:
        return
    label, choose = interface.words("draw-measure", count=len(several)), interface.words("choose-measure")
    picked = st.selectbox(label, list(several), index=None, key="figures-measure", placeholder=choose)
    if picked in several:
        with fault_boundary(interface.words("part-named", "chart-of", name=quoted(picked))):
            card_without_options(across_sources.across_sources(picked, several[picked]), picked)


def _figure_table(shown: Sequence[Fact]) -> None:
    # Two columns: a third leaves a phone no room for long words.
    head = _table_head(interface.words("figures-head", "what"), interface.words("figures-head", "figure"))
    rows = [f"| {_name_of(fact)} | {text.escape(fact.text)}; {text.attribute(fact)} |" for fact in shown]
    st.markdown("\n".join([head, *rows]))
    more = interface.words("more-about-figures")
    with st.expander(more, key="figures-details", on_change="rerun") as details:
        if details.open:
            st.markdown("\n".join(f"- {search.details(fact)}" for fact in shown))


def _table_head(*heads: str) -> str:
    """The head of a table of two columns, as Markdown."""
    return f"| {' | '.join(heads)} |\n| :--- | :--- |"


def _name_of(fact: Fact) -> str:
    """What was measured and in whom: a figure without its people and years would pass for everyone's."""
    return ". ".join(filter(None, (f"**{search.measured(fact)}**", search.whom(fact))))


# ---------------------------------------------------------------- sources


@fragment(lambda: interface.words("part", "sources"))
def sources() -> None:
    """All sources with a search; one of them with every figure taken from it and every place that uses it."""
    known = list(data_sources.sources().values())
    lost = [fault for row in package.lost("sources") for fault in row.faults]
    with fault_boundary(interface.words("part-of", what=interface.words("part", "sources"))):
        if lost:
            raise DataError(lost)
    words = _searched(interface.words("search-sources"), "find", interface.words("search-sources", "example"))
    found = data_sources.search(known, words)
    _count(found, known, "sources", words)
    if found:
        shown = _page_of(found, "sources")
        _source_table(shown)
        take_references(found, "sources")
        _one_source(shown)


def _source_table(shown: Sequence[Source]) -> None:
    head = _table_head(interface.words("sources-head", "source"), interface.words("sources-head", "title"))
    untitled = interface.words("title-not-known")
    rows = [f"| {text.cite(s)} | {text.escape(s.title or untitled)} ({s.kind}) |" for s in shown]
    st.markdown("\n".join([head, *rows]))


def _one_source(shown: Sequence[Source]) -> None:
    """One source, chosen among those in sight or by the address."""
    labels = {_named(source): source for source in shown}
    wanted = data_sources.sources().get(st.query_params.get("source", ""))
    if wanted is not None:
        labels.setdefault(_named(wanted), wanted)
    start = list(labels).index(_named(wanted)) if wanted is not None else None
    label, choose = interface.words("open-source"), interface.words("choose-source")
    picked = st.selectbox(label, list(labels), index=start, key="one-source", placeholder=choose)
    if picked in labels:
        _opened(labels[picked])


def _named(source: Source) -> str:
    return f"{source.label}: {source.title or source.source_id} [{source.source_id}]"


def _opened(source: Source) -> None:
    st.markdown(f"### {text.escape(source.label)}\n\n{text.escape(source.citation)}\n\n{_addresses(source)}")
    st.markdown(interface.words("source-kind", kind=source.kind, told=search.KINDS[source.kind]))
    taken = search.of_source(source.source_id, life=chosen(SURVIVAL))
    if taken:
        st.markdown(interface.words("figures-taken", count=len(taken)))
        _lines(f"{_name_of(fact)}: {text.escape(fact.text)}" for fact in taken)
    with fault_boundary(interface.words("part", "places")):
        with st.spinner(interface.words("looking-through-pages")):
            places = uses().get(source.source_id, ())
        used = interface.words("where-used", count=len(places)) if places else interface.words("used-nowhere")
        st.markdown(used)
        _lines(_place(use) for use in places)
    take_references([source], source.source_id)


def _lines(said: Iterable[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in said))


def _place(use: Use) -> str:
    words = use.words if chosen(use.choice) else interface.words("about-life")
    return f"{interface.words('use-kind', use.kind)}: [{text.escape(words)}]({use.address})"


def _addresses(source: Source) -> str:
    """Every address of a source in words that say where it leads."""
    ways = []
    if source.doi:
        doi = interface.words("source-by-doi", name=text.escape(source.doi))
        ways.append(f"[{doi}](https://doi.org/{source.doi})")
    if source.pmid:
        record = interface.words("source-in-pubmed", name=source.pmid)
        ways.append(f"[{record}](https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/)")
    if source.url and not source.doi:
        ways.append(f"[{interface.words('source-page')}]({source.url})")
    ways.append(f"[{interface.words('link-to-source')}](?{urlencode({'source': source.source_id})}#sources)")
    return " \N{MIDDLE DOT} ".join(ways)


# ---------------------------------------------------------------- words explained


@fragment(lambda: interface.words("part", "glossary"))
def glossary() -> None:
    """The words explained, plainly and as specialists say them, folded; a link with a search opens them."""
    known = content_glossary.glossary()
    show_lost_rows(known, interface.words("part", "glossary"))
    label = interface.words("open-all-words", count=len(known))
    with expander(label, "open-words", linked="term" in st.query_params) as opened:
        if opened.open:
            _words(known)


def _words(known: Sequence[Term]) -> None:
    words = _searched(interface.words("search-words"), "term", interface.words("search-words", "example"))
    found = content_glossary.glossary(words)
    _count(found, known, "words", words)
    letters = list(dict.fromkeys(term.letter for term in found))
    if len(letters) > 1:
        st.markdown(" ".join(f"[{letter}](#{letter.lower()})" for letter in letters))
    st.markdown("\n\n".join(_letter(letter, found) for letter in letters))


def _letter(letter: str, found: Sequence[Term]) -> str:
    return "\n\n".join([f"### {letter}", *(_term(term) for term in found if term.letter == letter)])


def _term(term: Term) -> str:
    technical = f"  \n{interface.words('as-specialists-say', text=term.technical)}" if term.technical else ""
    return f"**{text.escape(term.term)}.** {term.plain}{technical}"


# ---------------------------------------------------------------- taking it away


@fragment(lambda: interface.words("part", "data"))
def take_the_data() -> None:
    """The whole data package as one file, its description for search engines, and how to cite."""
    st.markdown(
        text.worded(
            "data-package",
            tables=len(contract.names()),
            figures=f"{len(facts.facts()):,}",
            sources=len(data_sources.sources()),
        )
    )
    with st.container(horizontal=True):
        file = sidebyside.file_name("zip", "data")
        download(interface.words("download-data"), archive.archive, file, "application/zip")
        download(
            interface.words("download-description"),
            jsonld.json_ld,
            sidebyside.file_name("jsonld", "dataset"),
            "application/ld+json",
        )
    st.markdown(interface.words("cite-site"))
    st.code(sidebyside.cited_as(), language=None, wrap_lines=True)
    st.markdown(text.worded("cite-figure-or-source"))


@fragment(lambda: interface.words("part", "sheet"))
def handout_form() -> None:
    """A sheet to print, with the sections a reader ticks."""
    life = chosen(SURVIVAL)
    st.markdown(interface.words("sheet-to-print"))
    ticked = [
        name
        for name in handout.sections(life=life)
        if st.checkbox(name, name in handout.default(), key=f"sheet-{name}", bind="query-params")
    ]
    paper = st.radio(
        interface.words("paper"), list(handout.PAPERS), key="sheet-paper", bind="query-params", horizontal=True
    )
    made = ". ".join(sidebyside.credit())
    file = sidebyside.file_name("html", "sheet", paper)
    if ticked:
        label = interface.words("download-sheet")
        download(label, lambda: handout.handout(ticked, paper, made, life=life), file, "text/html")
        st.markdown(text.worded("print-sheet"))
    else:
        st.markdown(interface.words("tick-a-part"))


@fragment(lambda: interface.words("part", "changes"))
def changes() -> None:
    """What changed in the data, newest first, folded."""
    with st.expander(interface.words("open-changes"), key="open-changes", on_change="rerun") as opened:
        if opened.open:
            st.markdown(jsonld.changes())


# What the layout of the evidence page calls these.
LISTS: Mapping[str, Callable[[], None]] = {
    "claims": claims,
    "figures": figures,
    "sources": sources,
    "glossary": glossary,
    "take-the-data": take_the_data,
    "take-a-sheet": handout_form,
    "changes": changes,
}
