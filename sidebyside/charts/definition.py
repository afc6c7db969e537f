"""What a chart is before it is drawn: its id, the function that draws it, its tables, the reader's choice.

So a page can draw it, a cache can know when it is stale, and a test can go through all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sidebyside.content import chart_text
from sidebyside.data import package
from sidebyside.data.facts import facts
from sidebyside.data.faults import DataError, Fault
from sidebyside.data.sources import sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sidebyside.charts.figure import Figure


@dataclass(frozen=True)
class Options:
    """What a reader can choose in a figure: the parameter's name and its values; labels stand in ``chart_options``."""

    name: str
    keys: tuple[str, ...]

    @property
    def default(self) -> str:
        """The first value."""
        return self.keys[0]


# Equal only to itself, so that what is kept of it (`cache.cached`) is found by its identity.
@dataclass(frozen=True, eq=False)
class ChartDefinition:
    """A figure to be: its id, the function that draws it, the tables it reads, the reader's choice."""

    id: str
    build: Callable[..., Figure]
    needs: tuple[str, ...]
    options: Options | None = field(default=None)

    @property
    def option_keys(self) -> tuple[str | None, ...]:
        """Every value of the choice, the default first; None alone where there is nothing to choose."""
        return self.options.keys if self.options else (None,)

    @property
    def labels(self) -> Mapping[str, str]:
        """The values of the choice, each with the words of its option; empty where there is nothing to choose.

        Raises:
            DataError: ``chart_options`` has not one label for each.
        """
        return labelled(self.id, self.options.keys) if self.options else {}

    @property
    def question(self) -> str:
        """What the reader chooses, in words; empty where there is nothing to choose.

        Raises:
            DataError: ``chart_texts`` has no such words.
        """
        return chart_text.chart_text(self.id)[chart_text.CHOICE] if self.options else ""

    @property
    def key(self) -> str:
        """The name of the choice in an address."""
        return f"{self.id}-{self.options.name}" if self.options else self.id

    @property
    def aliases(self) -> Mapping[str, str]:
        """What old addresses call the values of the choice, each with its value."""
        return chart_text.aliases(self.id)

    def address(self, option: str | None) -> str:
        """What an address says of the reader's choice; nothing where it is the default."""
        if self.options is None or option in (None, self.options.default):
            return ""
        return f"?{urlencode({self.key: option})}"

    def figure(self, option: str | None = None) -> Figure:
        """The figure for one value of the choice (the default where None or unknown).

        Raises:
            DataError: a table breaks its contract.
        """
        inputs = [resolve_input(name) for name in self.needs]
        if self.options is None:
            return self.build(*inputs)
        value = option if option in self.options.keys else self.options.default
        return self.build(*inputs, **{self.options.name: value})


def labelled(chart: str, keys: Iterable[str]) -> dict[str, str]:
    """Options of a chart, or presets of a simulation, by their keys, each with its words.

    Raises:
        DataError: ``chart_options`` has not one label for each.
    """
    found, wanted = chart_text.options(chart), tuple(keys)
    if set(found) != set(wanted):
        words = f"must have the options {', '.join(wanted)} of {chart}"
        raise DataError([Fault("chart_options.csv", None, "option", words, ", ".join(found))])
    return {key: found[key] for key in wanted}


def resolve_input(name: str) -> object:
    """A table, or facts or sources by id, as a figure's function takes it.

    A table is whole, so that nothing is drawn without a row; but ``plots`` and ``charts`` hold rows of many charts, and
    a damaged row of them is the fault of its own chart alone (`plotted.plotted`, `shared.shared`).

    Raises:
        DataError: a table breaks its contract.
    """
    shared: dict[str, Callable[[], object]] = {
        "facts": facts,
        "sources": sources,
        "plots": lambda: package.sound("plots"),
        "charts": lambda: package.sound("charts"),
    }
    return shared.get(name, lambda: package.load(name))()
