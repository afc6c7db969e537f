"""The pages as data: which sections, charts, lists and simulations stand on each, in which order.

The dashboard shows a `PageLayout` part by part; other editions and the tests read the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.content import text
from sidebyside.layouts import page_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.simulation import Simulation
    from sidebyside.content.comparisons import Comparison
    from sidebyside.content.listing import Rows

SURVIVAL = "survival"
# What figures about length of life tell of: a key of ``care_words``.
TIME = "time"
ANSWER = page_list.ANSWER
GLANCE = "at-a-glance"


@dataclass(frozen=True)
class SectionBlock:
    """A section of text by its id in ``explainers``."""

    name: str


@dataclass(frozen=True)
class ChartBlock:
    """A chart; ``folded`` where a reader opens it."""

    definition: ChartDefinition
    folded: bool = False


@dataclass(frozen=True)
class SimulationBlock:
    """A simulation to handle."""

    simulation: Simulation[Any]


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
class OnRequest:
    """Where a reader chooses to see figures about length of life, and what then stands there."""

    blocks: tuple[Block, ...] = ()


Block = SectionBlock | ChartBlock | SimulationBlock | ComparisonBlock | ListBlock | OnRequest


@dataclass(frozen=True)
class PageLayout:
    """One page: its name in the address, its blocks in order; ``glance`` where it opens with a few comparisons."""

    page: str
    blocks: tuple[Block, ...]
    glance: bool = False

    @property
    def title(self) -> str:
        """Its title."""
        return page_list.heading(self.page)

    @property
    def open_blocks(self) -> tuple[Block, ...]:
        """What stands there unasked."""
        return tuple(block for block in self.blocks if not isinstance(block, OnRequest))

    @property
    def blocks_on_request(self) -> tuple[Block, ...]:
        """What a reader asks for."""
        return tuple(below for block in self.blocks if isinstance(block, OnRequest) for below in block.blocks)

    @property
    def charts(self) -> tuple[ChartDefinition, ...]:
        """The charts that stand there unasked."""
        return tuple(_definitions(self.open_blocks))

    @property
    def charts_on_request(self) -> tuple[ChartDefinition, ...]:
        """The charts that a reader asks for."""
        return tuple(_definitions(self.blocks_on_request))

    @property
    def simulations(self) -> tuple[Simulation[Any], ...]:
        """The simulations."""
        return tuple(block.simulation for block in self.blocks if isinstance(block, SimulationBlock))


def anchors(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The ids under which sections and charts among these blocks can be linked to."""
    named = (
        block.name if isinstance(block, SectionBlock) else text.anchor(block.definition.id)
        for block in blocks
        if isinstance(block, SectionBlock | ChartBlock)
    )
    return tuple(named)


def _definitions(blocks: tuple[Block, ...]) -> Iterator[ChartDefinition]:
    return (block.definition for block in blocks if isinstance(block, ChartBlock))
