"""A page being written, and what stands on every page: references, footer, the table of sources."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import streamlit as st

import sidebyside
from sidebyside.charts import model_settings
from sidebyside.content import care, claims, comparisons, help, studies, text
from sidebyside.content.listing import Rows
from sidebyside.data import disk, interface, package, sources
from sidebyside.data.faults import DataError
from sidebyside.layouts.blocks import (
    ANSWER,
    GLANCE,
    SURVIVAL,
    TIME,
    ChartBlock,
    ComparisonBlock,
    ListBlock,
    OnRequest,
    PageLayout,
    SectionBlock,
    SimulationBlock,
    anchors,
)
from sidebyside.site import plain_pages
from sidebyside.ui import lists
from sidebyside.ui.card import card, simulation_card, sources_of_all_options, sources_of_simulation
from sidebyside.ui.common import (
    LOG,
    chosen,
    fault_boundary,
    fragment,
    part_name,
    readers_choice,
    show_faults,
    show_lost_rows,
    source_list,
    take_references,
)
from sidebyside.ui.search import search_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from streamlit.navigation.page import StreamlitPage

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.simulation import Simulation
    from sidebyside.content.claims import Verdict
    from sidebyside.content.listing import Cited
    from sidebyside.layouts.blocks import Block


class Page:
    """One page being written: shows sections, cards and lists, and remembers what they cite."""

    def __init__(self, layout: PageLayout) -> None:
        """Begin the page: its title, its one-sentence answer, and a line of links to its sections.

        Where its layout says so, the answer goes on in a few comparisons, MS beside ALS, before those links.
        """
        self.name = layout.page
        self._cited: list[Callable[[], Iterable[str]]] = []
        st.title(layout.title, anchor=False)
        search_field()
        self._linked: list[tuple[str, str]] = []
        self._promised: list[tuple[str, str]] = []
        self._claims_damaged = self._lost_claims_shown = self._care_lost = False
        with self._caring():
            package.refuse_lost("care_places")
        with fault_boundary(interface.words("part", "answer")):
            self.section(ANSWER, heading=False)
        with fault_boundary(interface.words("part", "on-paper")):
            self._on_paper()
        if layout.glance:
            with fault_boundary(interface.words("part", "glance")):
                self.section(GLANCE)
                self._glance()
        # Said before the rest is there, so that nothing moves when it comes.
        self._links = st.empty()
        with fault_boundary(interface.words("part", "links")):
            self._promised = self._linked + _sections(layout)
            self._link(self._promised)

    def _on_paper(self) -> None:
        """What a printed page says of what is folded in it; ``web/head/print.css`` hides it on a screen."""
        with st.container(key="on-paper"):
            if plain_pages.plain_page(self.name):
                address = urljoin(st.context.url or "", plain_pages.plain_page(self.name))
                st.markdown(text.worded("printed-here-whole", link=f"[{text.escape(address)}]({address})"))
            else:
                st.markdown(text.worded("printed-here"))

    def show(self, block: Block) -> None:
        """One block of the page's layout; a fault in it, whatever it is, takes nothing else down."""
        with fault_boundary(_name_of(block)):
            match block:
                case SectionBlock(name):
                    self.section(name)
                case ChartBlock(definition, folded):
                    self.card(definition, folded=folded)
                case SimulationBlock(simulation):
                    self.simulation(simulation)
                case ComparisonBlock():
                    self.comparisons(block)
                case ListBlock(name):
                    self.list_block(name)
                case OnRequest(below):
                    self._on_request(below)

    def _on_request(self, blocks: tuple[Block, ...]) -> None:
        """What a reader may choose to see; till then links to it lead to the choice (``web/head/places.js``)."""
        with st.container(key=f"waits--{'--'.join(anchors(blocks))}--"):
            explained = interface.words("show-life-explained", self.name)
            shown = readers_choice(SURVIVAL, interface.words("show-life"), explained)
        self._say_care(TIME)
        if shown:
            for below in blocks:
                self.show(below)

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
        st.markdown(shown.body)
        self._care(name)
        said = self._verdicts(name)
        if shown.terms or said:
            lists.fold(name, shown.terms, said)

    def card(self, definition: ChartDefinition, *, folded: bool = False) -> None:
        """A figure as a card: Chart, Table, About, with downloads, citation and a link to itself."""
        self._cited.append(lambda: sources_of_all_options(definition))
        card(definition, folded=folded)
        self._care(definition.id)

    def simulation(self, simulation: Simulation[Any]) -> None:
        """A simulation to handle: presets, controls, and the figures of the run."""
        self._cited.append(lambda: sources_of_simulation(simulation))
        simulation_card(simulation)

    def _glance(self) -> None:
        shown = comparisons.glance()
        show_lost_rows(shown, interface.words("part", "glance"))
        self._cite(lambda: shown)
        lists.comparison_list(shown, self.name)

    def comparisons(self, block: ComparisonBlock) -> None:
        """Comparisons to filter by topic and words; see `lists.filtered_comparisons`."""
        self._cite(lambda: [row for row in block.load() if chosen(row.choice)])
        lists.filtered_comparisons(block.name, interface.words("filter-by", block.name), block.load, self.name)

    def list_block(self, name: str) -> None:
        """A list with a form of its own; those to look evidence up cite nothing: they are about the sources."""
        for words, load, show in _LISTS.get(name, ()):
            self._cite(load)
            with fault_boundary(interface.words("part", words)):
                show()
        if name not in _LISTS:
            # Here, and not above: only the evidence page needs them.
            from sidebyside.ui import evidence_browser

            evidence_browser.LISTS[name]()

    def close(self) -> None:
        """End the page: the list of its sources in the order of first use, and the links at its top."""
        with fault_boundary(interface.words("part", "links")):
            if self._linked != self._promised:
                self._link(self._linked)
        _references(self._cited, self.name)
        with fault_boundary(interface.words("part", "plain-page")):
            _plain_page(self.name)

    def _link(self, sections: Sequence[tuple[str, str]]) -> None:
        said = " \N{MIDDLE DOT} ".join(f"[{text.escape(words)}](#{name})" for name, words in sections)
        self._links.markdown(interface.words("on-this-page", links=said) if said else "")

    def _care(self, place: str) -> None:
        """The words of care, where a section or a chart tells of loss."""
        with self._caring():
            if tells := care.care_places(self.name).get(place):
                self._say_care(tells)

    def _say_care(self, tells: str) -> None:
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
    page = Page(layout)
    for block in layout.blocks:
        page.show(block)
    page.close()


def run(page: StreamlitPage) -> None:
    """A page and its footer, which stands whatever becomes of the page."""
    with disk.at_one_moment():
        with fault_boundary(interface.words("part-named", "page", name=page.title)):
            page.run()
        # Where words of the interface are lost, parts of the page are named by their keys: it is said why.
        with fault_boundary(interface.words("part", "interface")):
            package.load(interface.TABLE)
        _footer()


def _footer() -> None:
    """What this is and is not, licence, version, and how to report an error."""
    st.divider()
    if st.context.is_embedded:
        st.markdown(text.worded("in-a-frame"))
    st.markdown(text.worded("no-advice"))
    st.markdown(f"{'. '.join(sidebyside.credit())} {text.worded('found-an-error')}")


# ---------------------------------------------------------------- blocks


# For each list: what it is in a reader's words (a case of ``part``), what it cites, and what shows it.
_LISTS: Mapping[str, tuple[tuple[str, Callable[[], Iterable[Cited]], Callable[[], None]], ...]] = {
    "studies": (("studies", studies.studies, lists.studies),),
    "settings": (("settings", model_settings.settings, lists.settings),),
    "help": (
        ("signs", help.signs, lists.signs),
        ("organisations", help.organisations, lists.organisations),
    ),
}


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


def _whole(block: Callable[[], Iterable[str]]) -> list[str]:
    """What a block of the page cites; nothing where it cannot be made, since the block itself says so."""
    try:
        return list(block())
    except Exception as error:
        LOG.warning("The list of sources goes on without those of a part: %r", error)
        return []
