"""The pages as data: which sections, charts, lists and simulations stand on each, in which order.

The dashboard shows a `PageLayout` part by part; other editions and the tests read the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.content import text
from sidebyside.layouts import page_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.simulation import Simulation
    from sidebyside.content.comparisons import Comparison
    from sidebyside.content.listing import Rows

SURVIVAL = "survival"
# What figures about length of life tell of: a key of ``care_words``.
TIME = "time"
ANSWER = page_list.ANSWER


@dataclass(frozen=True)
class SectionBlock:
    """A section of text by its id in ``explainers``."""

    name: str


@dataclass(frozen=True)
class ChartBlock:
    """A chart; without ``home`` one that a hub shows too, whose text and address stand on a sub-page.

    ``more`` is the page that tells more, where that is not the chart's home.
    """

    definition: ChartDefinition
    home: bool = True
    more: str = ""


@dataclass(frozen=True)
class SimulationBlock:
    """A simulation to handle; without ``home`` its presets alone, on a hub: the controls stand on a sub-page."""

    simulation: Simulation[Any]
    home: bool = True


@dataclass(frozen=True)
class ComparisonBlock:
    """Comparisons of MS and ALS to look things up in: the list's name, a case of ``filter-by``, and its rows."""

    name: str
    load: Callable[[], Rows[Comparison]]


@dataclass(frozen=True)
class ListBlock:
    """A list with a form of its own, by its name."""

    name: str


@dataclass(frozen=True)
class ColumnsBlock:
    """Blocks side by side on a wide screen, one column below the other on a phone; ``widths`` in their proportion."""

    widths: tuple[int, ...]
    columns: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class OnRequest:
    """Where a reader chooses to see figures about length of life, and what then stands there."""

    blocks: tuple[Block, ...] = ()


Block = SectionBlock | ChartBlock | SimulationBlock | ComparisonBlock | ListBlock | ColumnsBlock | OnRequest


@dataclass(frozen=True)
class PageLayout:
    """One page: its name in the address, its blocks in order."""

    page: str
    blocks: tuple[Block, ...]

    @property
    def is_hub(self) -> bool:
        """Whether it is a hub, with sub-pages."""
        return self.page in page_list.HUBS

    @property
    def title(self) -> str:
        """Its title."""
        return page_list.heading(self.page)

    @property
    def open_blocks(self) -> tuple[Block, ...]:
        """What stands there unasked, in order; what stands in columns one by one."""
        return tuple(_flat(block for block in self.blocks if not isinstance(block, OnRequest)))

    @property
    def blocks_on_request(self) -> tuple[Block, ...]:
        """What a reader asks for."""
        return tuple(_flat(below for block in self.blocks if isinstance(block, OnRequest) for below in block.blocks))

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that stand there, asked for or not, but for the answer."""
        blocks = (*self.open_blocks, *self.blocks_on_request)
        return tuple(block.name for block in blocks if isinstance(block, SectionBlock))

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that stand there, by their names."""
        return tuple(block.name for block in self.open_blocks if isinstance(block, ListBlock | ComparisonBlock))

    @property
    def charts(self) -> tuple[ChartDefinition, ...]:
        """The charts that are at home there, unasked."""
        return tuple(_definitions(self.open_blocks, home=True))

    @property
    def charts_shown(self) -> tuple[ChartDefinition, ...]:
        """The charts that stand there unasked, in order, also those that are at home on another page."""
        return tuple(_definitions(self.open_blocks))

    @property
    def charts_on_request(self) -> tuple[ChartDefinition, ...]:
        """The charts that a reader asks for."""
        return tuple(_definitions(self.blocks_on_request))

    @property
    def simulations(self) -> tuple[Simulation[Any], ...]:
        """The simulations that are at home there."""
        return tuple(b.simulation for b in self.open_blocks if isinstance(b, SimulationBlock) and b.home)


def anchors(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The ids under which sections and charts among these blocks can be linked to."""
    named = (
        block.name if isinstance(block, SectionBlock) else text.anchor(block.definition.id)
        for block in blocks
        if isinstance(block, SectionBlock | ChartBlock)
    )
    return tuple(named)


def beside(blocks: Iterable[Block], *, apart: bool) -> Iterator[tuple[Block, list[Block]]]:
    """Each block, and with a section the charts that follow it, unless all stand ``apart``."""
    held: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        if not apart and isinstance(block, ChartBlock) and held and isinstance(held[-1][0], SectionBlock):
            held[-1][1].append(block)
        else:
            held.append((block, []))
    yield from held


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, ColumnsBlock):
            yield from _flat(below for column in block.columns for below in column)
        else:
            yield block


def _definitions(blocks: Iterable[Block], *, home: bool = False) -> Iterator[ChartDefinition]:
    return (b.definition for b in blocks if isinstance(b, ChartBlock) and (b.home or not home))
