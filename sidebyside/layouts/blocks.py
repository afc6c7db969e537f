"""The pages as data: which sections, charts, lists and simulations stand on each, in which order.

The dashboard shows an `Outline` part by part; other editions and the tests read the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sidebyside.content import text
from sidebyside.data import interface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidebyside.charts.definition import ChartDefinition
    from sidebyside.charts.simulation import Simulation
    from sidebyside.content.comparisons import Pair
    from sidebyside.content.listing import Rows

SURVIVAL = "survival"
# What figures about length of life tell of: a key of ``care_words``.
TIME = "time"
ANSWER = "answer"
GLANCE = "at-a-glance"


@dataclass(frozen=True)
class Section:
    """A section of text by its id in ``explainers``."""

    name: str


@dataclass(frozen=True)
class Card:
    """A chart; ``folded`` where a reader opens it."""

    recipe: ChartDefinition
    folded: bool = False


@dataclass(frozen=True)
class Bench:
    """A simulation to handle."""

    lab: Simulation[Any]


@dataclass(frozen=True)
class Pairs:
    """Pairs of MS and ALS to look things up in: the list's name, a case of ``filter-by``, and its rows."""

    name: str
    load: Callable[[], Rows[Pair]]


@dataclass(frozen=True)
class Listing:
    """A list with a form of its own, by its name."""

    name: str


@dataclass(frozen=True)
class Asked:
    """Where a reader chooses to see figures about length of life, and what then stands there."""

    parts: tuple[Part, ...] = ()


Part = Section | Card | Bench | Pairs | Listing | Asked


@dataclass(frozen=True)
class Outline:
    """One page: its name in the address, its parts in order; ``glance`` where it opens with a few pairs."""

    page: str
    parts: tuple[Part, ...]
    glance: bool = False

    @property
    def title(self) -> str:
        """Its title."""
        return interface.words("page-title", self.page)

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """What stands there unasked."""
        return tuple(part for part in self.parts if not isinstance(part, Asked))

    @property
    def asked_parts(self) -> tuple[Part, ...]:
        """What a reader asks for."""
        return tuple(below for part in self.parts if isinstance(part, Asked) for below in part.parts)

    @property
    def shown(self) -> tuple[ChartDefinition, ...]:
        """The charts that stand there unasked."""
        return tuple(_recipes(self.open_parts))

    @property
    def asked_for(self) -> tuple[ChartDefinition, ...]:
        """The charts that a reader asks for."""
        return tuple(_recipes(self.asked_parts))

    @property
    def labs(self) -> tuple[Simulation[Any], ...]:
        """The simulations."""
        return tuple(part.lab for part in self.parts if isinstance(part, Bench))


def places(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """The ids under which sections and charts among these parts can be linked to."""
    named = (
        part.name if isinstance(part, Section) else text.place(part.recipe.id)
        for part in parts
        if isinstance(part, Section | Card)
    )
    return tuple(named)


def _recipes(parts: tuple[Part, ...]) -> Iterator[ChartDefinition]:
    return (part.recipe for part in parts if isinstance(part, Card))
