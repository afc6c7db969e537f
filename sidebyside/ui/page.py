"""A page being written, and what stands on every page: references, footer, the table of sources."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin

import streamlit as st

import sidebyside
from sidebyside.charts import model_settings
from sidebyside.content import care, claims, comparisons, help, studies, text, tiles
from sidebyside.content.listing import Rows
from sidebyside.data import disk, interface, package, sources
from sidebyside.data.faults import DataError
from sidebyside.layouts import page_list
from sidebyside.layouts.blocks import (
    ANSWER,
    SURVIVAL,
    TIME,
    ChartBlock,
    ColumnsBlock,
    ComparisonBlock,
    ListBlock,
    OnRequest,
    PageLayout,
    SectionBlock,
    SimulationBlock,
    anchors,
    beside,
)
from sidebyside.layouts.pages import page_of_chart
from sidebyside.site import plain_pages
from sidebyside.ui import hub, lists
from sidebyside.ui.card import (
    UNDER_SECTION,
    UNDER_TITLE,
    card,
    simulation_card,
    sources_of_all_options,
    sources_of_simulation,
    terms_of,
)
from sidebyside.ui.common import (
    LOG,
    chosen,
    defined,
    fault_boundary,
    fragment,
    part_name,
    popover,
    readers_choice,
    show_faults,
    show_lost_rows,
    source_list,
    take_references,
)
from sidebyside.ui.search import search_field
from sidebyside.ui.ways import all_pages, siblings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from streamlit.navigation.page import StreamlitPage

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.simulation import Simulation
    from sidebyside.content.claims import Verdict
    from sidebyside.content.listing import Cited
    from sidebyside.layouts.blocks import Block


T = TypeVar("T")
# The page that shows all claims of the article.
CLAIMS = "claims"
GLANCE = "glance"
# As wide as a page is at most, in pixels.
WIDEST = 1240
# A line of so many pixels holds some seventy letters.
LONGEST_LINE = 640
# A text beside its charts, and a title beside the search, in their proportion.
TEXT_AND_CHART = (5, 7)
TITLE_AND_SEARCH = (8, 4)
# A sub-page with so many sections has links to them.
LINKED_SECTIONS = 5


class Page:
    """One page being written: shows sections, cards and lists, and remembers what they cite."""

    def __init__(self, layout: PageLayout) -> None:
        """Begin the page: its title, its one-sentence answer, and the ways to other pages.

        Beside them the list of all pages; on a sub-page a row of its siblings and links to its sections.
        """
        self.layout = layout
        self.name = layout.page
        self._cited: list[Callable[[], Iterable[str]]] = []
        self._termed: list[Callable[[], Iterable[tuple[str, str]]]] = []
        self._linked: list[tuple[str, str]] = []
        self._promised: list[tuple[str, str]] = []
        self._claims = self._columns_shown = 0
        self._cared: set[str] = set()
        self._claims_damaged = self._lost_claims_shown = self._care_lost = False
        title, ways = st.columns(TITLE_AND_SEARCH, gap="small")
        with title, st.container(gap="xsmall"):
            self._head(layout)
        with ways, st.container(horizontal=True, gap="small"):
            # Beside each other, and each in a place of its own: what is found stands below the field.
            with st.container(width="stretch"):
                search_field()
            with st.container(width="content"), fault_boundary(interface.words("part", "all-pages")):
                all_pages(self.name)
        if not layout.is_hub:
            with fault_boundary(interface.words("part", "siblings")):
                self._words_place = siblings(self.name)
        # Said before the rest is there, so that nothing moves when it comes.
        self._links = st.empty()
        with fault_boundary(interface.words("part", "links")):
            self._promised = self._linked + _sections(layout)
            self._link(self._promised)

    def _head(self, layout: PageLayout) -> None:
        # A place of its own: without one the framework makes it of the words, which may be those of a section.
        st.title(layout.title, anchor=ANSWER)
        with self._caring():
            package.refuse_lost("care_places")
        with fault_boundary(interface.words("part", "answer")):
            self.section(ANSWER, heading=False)
        with fault_boundary(interface.words("part", "on-paper")):
            self._on_paper()
        if self.name == page_list.FIRST:
            with fault_boundary(interface.words("part", "doors")):
                hub.doors()

    def _on_paper(self) -> None:
        """What a printed page says of what is folded in it; ``web/head/print.css`` hides it on a screen."""
        with st.container(key="on-paper"):
            if plain_pages.plain_page(self.name):
                address = urljoin(st.context.url or "", plain_pages.plain_page(self.name))
                st.markdown(text.worded("printed-here-whole", link=f"[{text.escape(address)}]({address})"))
            else:
                st.markdown(text.worded("printed-here"))

    def show_all(self, blocks: Iterable[Block]) -> None:
        """Blocks in order; on a sub-page a section stands beside the charts that follow it."""
        for n, row in enumerate(_rows(blocks, apart=self.layout.is_hub)):
            # A phone shows one column below the other: the first thing to see there is a picture.
            self.show(_turned(row) if n == 0 else row)

    def show(self, block: Block) -> None:
        """One block of the page's layout; a fault in it, whatever it is, takes nothing else down."""
        with fault_boundary(_name_of(block)):
            match block:
                case SectionBlock(name):
                    self.section(name)
                case ChartBlock(definition, home, more):
                    self.card(definition, more or ("" if home else page_of_chart(definition.id)))
                case SimulationBlock(simulation, home):
                    self.simulation(simulation, home=home)
                case ComparisonBlock():
                    self.comparisons(block)
                case ListBlock(name):
                    self.list_block(name)
                case ColumnsBlock(widths, columns):
                    self._columns(widths, columns)
                case OnRequest(below):
                    self._on_request(below)

    def _columns(self, widths: tuple[int, ...], columns: tuple[tuple[Block, ...], ...]) -> None:
        self._columns_shown += 1
        places = st.columns(widths, gap="medium")
        for n, (place, blocks) in enumerate(zip(places, columns, strict=True), 1):
            # The key is a class in the page, by which `web/head/columns.css` has cards end at one height.
            with place.container(height="stretch", key=f"column-{self._columns_shown}-{n}"):
                for block in blocks:
                    self.show(block)

    def _on_request(self, blocks: tuple[Block, ...]) -> None:
        """What a reader may choose to see; till then links to it lead to the choice (``web/head/places.js``)."""
        with st.container(key=f"waits--{'--'.join(anchors(blocks))}--"):
            explained = interface.words("show-life-explained", self.name)
            shown = readers_choice(SURVIVAL, interface.words("show-life"), explained)
        self._say_care(TIME)
        if shown:
            self.show_all(blocks)

    def section(self, name: str, *, heading: bool = True) -> None:
        """An explainer section with its terms, and the article's claims that it answers.

        Nothing where the section waits for a choice.
        """
        shown = text.section(self.name, name)
        if not chosen(shown.choice):
            return
        self._cited.append(lambda: shown.source_ids)
        if heading:
            self._linked.append((name, shown.heading))
            st.header(shown.heading, anchor=name)
        with st.container(width=LONGEST_LINE if heading else "stretch", gap=None):
            st.markdown(shown.body)
        self._termed.append(lambda: shown.terms)
        self._care(name)
        self._claims += len(self._verdicts(name))

    def card(self, definition: ChartDefinition, more: str = "") -> None:
        """A figure as a card: chart, table, about, with downloads, citation and a link to itself.

        ``more`` is the page that tells more, where there is one.
        """
        self._cited.append(lambda: sources_of_all_options(definition))
        self._termed.append(lambda: terms_of(definition))
        card(definition, level=self._level(), more=_way_to(more))
        self._care(definition.id)

    def simulation(self, simulation: Simulation[Any], *, home: bool = True) -> None:
        """A simulation to handle: presets, controls, and the figures of the run; presets alone away from home."""
        self._cited.append(lambda: sources_of_simulation(simulation))
        self._termed.append(lambda: terms_of(simulation))
        more = _way_to("" if home else page_of_chart(simulation.id))
        simulation_card(simulation, level=self._level(), controls=home, more=more)

    def _level(self) -> int:
        """The level of a card's heading: the outline of a page leaves none out."""
        return UNDER_SECTION if self._linked else UNDER_TITLE

    def _glance(self) -> None:
        shown = comparisons.glance()
        show_lost_rows(shown, interface.words("part", "glance"))
        self._cite(lambda: shown)
        lists.comparison_list(shown, self.name)

    def comparisons(self, block: ComparisonBlock) -> None:
        """Comparisons to filter by topic and words; see `lists.filtered_comparisons`."""
        self._cite(lambda: [row for row in block.load() if chosen(row.choice)])
        self._termed.append(lambda: [term for row in block.load() if chosen(row.choice) for term in row.terms])
        lists.filtered_comparisons(block.name, interface.words("filter-by", block.name), block.load, self.name)

    def list_block(self, name: str) -> None:
        """A list with a form of its own; those to look evidence up cite nothing: they are about the sources."""
        if name == GLANCE:
            self._glance()
        elif name in _LINKS:
            _LINKS[name](self.name)
        elif name in _LISTS:
            load, show = _LISTS[name]
            self._cite(load)
            with fault_boundary(interface.words("part", name)):
                show()
        else:
            # Here, and not above: only the pages of evidence need them.
            from sidebyside.ui import evidence_browser

            evidence_browser.LISTS[name]()

    def close(self) -> None:
        """End the page: the list of its sources in the order of first use, and the links at its top."""
        with fault_boundary(interface.words("part", "links")):
            if self._linked != self._promised:
                self._link(self._linked)
        with fault_boundary(interface.words("part", "words")):
            self._words()
        with fault_boundary(interface.words("part", "article")):
            self._claims_checked()
        # Only a page without charts may have no source at all; of others, all are gathered when they are asked for.
        if self.layout.charts_shown or self.layout.charts_on_request or any(map(_whole, self._cited)):
            _references(self._cited, self.name)
        with fault_boundary(interface.words("part", "plain-page")):
            _plain_page(self.name)

    def _words(self) -> None:
        """The words of a sub-page's texts explained, behind one button."""
        if not self.layout.is_hub and self._termed:
            with self._words_place:
                _words_on_page(self._termed)

    def _claims_checked(self) -> None:
        """How many of the article's claims the page's sections answer, with a link to them."""
        if self._claims and self.name != CLAIMS:
            number = "one" if self._claims == 1 else "many"
            st.markdown(interface.words("claims-checked", number, count=self._claims, link=CLAIMS))

    def _link(self, sections: Sequence[tuple[str, str]]) -> None:
        if self.layout.is_hub or len(sections) < LINKED_SECTIONS:
            return
        said = " \N{MIDDLE DOT} ".join(f"[{text.escape(words)}](#{name})" for name, words in sections)
        self._links.markdown(interface.words("on-this-page", links=said))

    def _care(self, place: str) -> None:
        """The words of care, where a section or a chart tells of loss."""
        with self._caring():
            if tells := care.care_places(self.name).get(place):
                self._say_care(tells)

    def _say_care(self, tells: str) -> None:
        """The words of care of one kind, once a page."""
        if tells in self._cared:
            return
        self._cared.add(tells)
        with self._caring():
            said = care.care(tells, self.name)
            self._cited.append(lambda: said.source_ids)
            # A frame, not a quotation: those are pale, and this must be read.
            with st.container(border=True):
                st.markdown(said.body)

    @contextlib.contextmanager
    def _caring(self) -> Iterator[None]:
        """Whatever keeps words of care back, the least that must be said is said, once a page."""
        try:
            yield
        except Exception as error:
            LOG.exception("The page goes on without the words of care")
            if not self._care_lost:
                st.markdown(interface.words("care-at-least"))
                if isinstance(error, DataError):
                    show_faults(error, interface.words("part", "care"))
            self._care_lost = True

    def _verdicts(self, section: str) -> Rows[Verdict]:
        """What the article said on a section; a damaged table of claims is said once a page."""
        said: Rows[Verdict] = Rows()
        if self._claims_damaged:
            return said
        self._claims_damaged = True
        with fault_boundary(interface.words("part", "article")):
            said = claims.verdicts(self.name, section)
            self._claims_damaged = False
        if not self._lost_claims_shown:
            show_lost_rows(said, interface.words("part", "article"))
            self._lost_claims_shown = True
        self._cite(lambda: [row for row in said if chosen(row.choice)])
        return said

    def _cite(self, load: Callable[[], Iterable[Cited]]) -> None:
        self._cited.append(lambda: [source for row in load() for source in row.source_ids])


def show(layout: PageLayout) -> None:
    """The whole page of a layout."""
    with centred():
        page = Page(layout)
        page.show_all(layout.blocks)
        page.close()


def run(page: StreamlitPage) -> None:
    """A page and its footer, which stands whatever becomes of the page."""
    with disk.at_one_moment():
        with fault_boundary(interface.words("part-named", "page", name=page.title)):
            page.run()
        # Where words of the interface are lost, parts of the page are named by their keys: it is said why.
        with centred():
            with fault_boundary(interface.words("part", "interface")):
                package.load(interface.TABLE)
            _footer()


@contextlib.contextmanager
def centred() -> Iterator[None]:
    """A column in the middle of a wide page: longer lines are hard to read, and charts would fall apart."""
    with st.container(horizontal_alignment="center"), st.container(width=WIDEST):
        yield


def _rows(blocks: Iterable[Block], *, apart: bool) -> Iterator[Block]:
    """Blocks as they stand on a wide page: a section beside its charts, or beside another one without; or all apart."""
    rows = iter(beside(blocks, apart=apart))
    for first, charts in rows:
        if apart or not isinstance(first, SectionBlock):
            yield first
        elif charts:
            yield ColumnsBlock(TEXT_AND_CHART, ((first,), tuple(charts)))
        else:
            yield from _pair(first, rows)


def _turned(row: Block) -> Block:
    """A section and its charts with the charts first."""
    match row:
        case ColumnsBlock(
            widths=(text_width, chart_width), columns=((SectionBlock(),) as left, (ChartBlock(), *_) as right)
        ):
            return ColumnsBlock((chart_width, text_width), (right, left))
        case _:
            return row


def _pair(first: Block, rows: Iterator[tuple[Block, list[Block]]]) -> Iterator[Block]:
    """A section without charts, beside the next where that has none either."""
    match next(rows, None):
        case (SectionBlock() as second, []):
            yield ColumnsBlock((1, 1), ((first,), (second,)))
        case (SectionBlock() as second, charts):
            yield first
            yield ColumnsBlock(TEXT_AND_CHART, ((second,), tuple(charts)))
        case (other, _):
            yield first
            yield other
        case None:
            yield first


def _footer() -> None:
    """What this is and is not, licence, version, and how to report an error."""
    st.divider()
    if st.context.is_embedded:
        st.markdown(text.worded("in-a-frame"))
    st.markdown(text.worded("no-advice"))
    st.markdown(f"{'. '.join(sidebyside.credit())} {text.worded('found-an-error')}")


# ---------------------------------------------------------------- blocks


# For each list: what it cites, and what shows it; its name is a case of ``part``.
_LISTS: Mapping[str, tuple[Callable[[], Iterable[Cited]], Callable[[], None]]] = {
    "studies": (studies.studies, lists.studies),
    "settings": (model_settings.settings, lists.settings),
    "signs": (help.signs, lists.signs),
    "organisations": (help.organisations, lists.organisations),
    "tiles": (tiles.tiles, hub.tiles),
}
# Lists of links: they cite nothing.
_LINKS: Mapping[str, Callable[[str], None]] = {"explore": hub.explore}


def _name_of(block: Block) -> str:
    """A block in a reader's words."""
    match block:
        case SectionBlock(name):
            return part_name("section", name)
        case ChartBlock(definition):
            return part_name("chart", definition.id)
        case SimulationBlock(simulation):
            return part_name("simulation", simulation.id)
        case ComparisonBlock(name) | ListBlock(name):
            return part_name("list", name)
        case ColumnsBlock(_, columns):
            return _name_of(columns[0][0])
        case OnRequest():
            return interface.words("part", "life")


def _plain_page(name: str) -> None:
    if plain := plain_pages.plain_page(name):
        st.markdown(text.worded("plain-page", address=plain))


def _sections(layout: PageLayout) -> list[tuple[str, str]]:
    """The sections that will stand on a page, by id and heading."""
    blocks = [
        below for block in layout.blocks for below in (block.blocks if isinstance(block, OnRequest) else (block,))
    ]
    names = [block.name for block in blocks if isinstance(block, SectionBlock)]
    headings = {name: heading for name, heading, choice in text.sections_of(layout.page) if chosen(choice)}
    return [(name, headings[name]) for name in names if name in headings]


def _way_to(page: str) -> tuple[str, str] | None:
    """The script of a page that tells more, and the words of the link there; nothing where there is no such page."""
    return (page_list.script(page), page_list.short_title(page)) if page else None


@fragment(lambda _: interface.words("part", "words"))
def _words_on_page(termed: Iterable[Callable[[], Iterable[tuple[str, str]]]]) -> None:
    """The words of a page's texts and charts explained, looked up when a reader opens them."""
    with popover(interface.words("words-on-page"), "words-on-page") as opened:
        if opened.open:
            terms = dict(term for block in termed for term in _whole(block))
            st.markdown("\n\n".join(defined(list(terms.items()), linked=True)) or interface.words("no-words-here"))


@fragment(lambda *_: interface.words("part", "all-sources"))
def _references(cited: Iterable[Callable[[], Iterable[str]]], page: str) -> None:
    """All sources in the order of first use, gathered when a reader opens the list."""
    with st.expander(interface.words("all-sources"), key="all-sources", on_change="rerun") as listed:
        if listed.open:
            ids = [source_id for block in cited for source_id in _whole(block)]
            found = sources.citations(each for each in ids if each in sources.sources())
            st.markdown(source_list(found))
            take_references(found, page)
            with fault_boundary(interface.words("part", "some-sources")):
                sources.citations(ids)


def _whole(block: Callable[[], Iterable[T]]) -> list[T]:
    """What a block of the page cites or explains; nothing where it cannot be made: the block itself says so."""
    try:
        return list(block())
    except Exception as error:
        LOG.warning("A list of the page goes on without a part: %r", error)
        return []
