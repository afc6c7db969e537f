"""Every parameter of both simulations with its value, unit and source."""

from __future__ import annotations

from dataclasses import dataclass

from sidebyside.content import text
from sidebyside.content.listing import Rows
from sidebyside.data import formatting, interface, sources
from sidebyside.models import motor_pool, nerve_fibre
from sidebyside.models.parameters import OURS, parameters


@dataclass(frozen=True)
class Setting:
    """A parameter of a simulation, as readers see it; ``source`` is None for a choice of ours."""

    model: str
    says: str
    symbol: str
    value: str
    source: sources.Source | None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The source of the value, if it is not ours."""
        return (self.source.source_id,) if self.source else ()

    @property
    def said(self) -> str:
        """The parameter with its value and source, as Markdown."""
        symbol = f" ({text.escape(self.symbol)})" if self.symbol else ""
        source = text.cite(self.source) if self.source else interface.words("our-choice")
        return f"{text.escape(self.says)}{symbol}: {text.escape(self.value)}; {source}"


# By the case of ``simulated`` that names them.
MODELS: dict[str, tuple[type, ...]] = {
    "fibre": (nerve_fibre.Axon, nerve_fibre.Damage),
    "muscle": (motor_pool.Pool, motor_pool.Loss),
}

# Units of parameters that take more words than one.
UNITS = interface.cases("parameter-unit", "of a node", "a month")


def settings() -> Rows[Setting]:
    """Every parameter of both simulations with its value, unit and source.

    Raises:
        DataError: the table of sources breaks its contract.
    """
    known = sources.sources()
    return Rows(
        Setting(
            model=interface.words("simulated", name),
            says=interface.words("parameter", f"{model.__name__} {parameter.name}"),
            symbol=parameter.symbol,
            value=formatting.with_unit(formatting.number(parameter.value), UNITS.get(parameter.unit, parameter.unit)),
            source=None if parameter.source == OURS else known[parameter.source],
        )
        for name, models in MODELS.items()
        for model in models
        for parameter in parameters(model)
    )
