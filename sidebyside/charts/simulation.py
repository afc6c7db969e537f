"""A simulation to handle: presets first, then free play; every figure of it is made from one run."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

from sidebyside.charts.definition import labelled, resolve_input
from sidebyside.content.chart_text import CHOICE, NEEDS, aliases, chart_text
from sidebyside.data.cache import cached
from sidebyside.models.parameters import parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sidebyside.charts.figure import Figure
    from sidebyside.models.parameters import Parameter

S = TypeVar("S")


CUSTOM = "own"
# What addresses called it before they had short names.
OWN_SETTINGS = "Your own settings"
# In ``chart_texts``: the words of every simulation.
EVERY = "simulation"


@dataclass(frozen=True)
class Control:
    """One control of free play: a setting of the model in a reader's numbers; its words stand in ``chart_texts``.

    Attributes:
        name: the field of the settings.
        scale: a reader's number for one unit of the model (100 for per cent of a share).
        enabled: whether the control matters, given the other controls' numbers (in the model's units).
    """

    name: str
    scale: float = 1.0
    enabled: Callable[[Mapping[str, float]], bool] = lambda _: True


# Equal only to itself, as a `ChartDefinition` is.
@dataclass(frozen=True, eq=False)
class Simulation(Generic[S]):
    """A simulation: its presets, its controls, and the figures drawn from one run.

    Attributes:
        id: stable name, kebab-case.
        presets: key to settings; the first is the default. Their words stand in ``chart_options``.
        controls: the controls of free play, in order.
        custom: the settings that free play starts from.
        figures: functions from settings (and the tables in ``needs``) to a figure.
        needs: tables and mappings that the figures read besides, as in a `ChartDefinition`.
    """

    id: str
    presets: Mapping[str, S]
    controls: tuple[Control, ...]
    custom: S
    figures: tuple[Callable[..., Figure], ...]
    needs: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What a reader chooses, in words.

        Raises:
            DataError: ``chart_texts`` has no such words.
        """
        return chart_text(self.id)[CHOICE]

    @property
    def preset_labels(self) -> dict[str, str]:
        """Each preset with its words, and free play last.

        Raises:
            DataError: ``chart_options`` has not one label for each preset, or ``chart_texts`` no words for free play.
        """
        return {**labelled(self.id, self.presets), CUSTOM: chart_text(EVERY)["own-settings"]}

    @property
    def preset_aliases(self) -> dict[str, str]:
        """What old addresses call the presets and free play, each with its key."""
        return {**aliases(self.id), OWN_SETTINGS: CUSTOM}

    @property
    def control_labels(self) -> dict[str, str]:
        """What each control is, by its name, with the unit a reader sees.

        Raises:
            DataError: ``chart_texts`` has no words for one.
        """
        text = chart_text(self.id)
        return {control.name: text[f"dial-{control.name}"] for control in self.controls}

    @property
    def bounds(self) -> dict[str, Parameter]:
        """What the model tells of each control."""
        known = {parameter.name: parameter for parameter in parameters(type(self.custom))}
        return {control.name: known[control.name] for control in self.controls}

    def address(self, preset: str, values: Mapping[str, float]) -> str:
        """What an address says of the run: the preset, or every control in a reader's numbers."""
        said = {f"{self.id}-preset": preset}
        for control in self.controls if preset == CUSTOM else ():
            value = round(values[control.name] * control.scale, 6)
            said[f"{self.id}-{control.name}"] = f"{value:g}"
        return f"?{urlencode(said)}"

    def settings(self, preset: str, values: Mapping[str, float]) -> S:
        """The settings of a preset, or of the controls; what is no number or out of bounds is left as it was."""
        if preset != CUSTOM:
            return self.presets.get(preset, next(iter(self.presets.values())))
        kept = {name: _taken(parameter, values.get(name, math.nan)) for name, parameter in self.bounds.items()}
        changed: dict[str, Any] = {name: value for name, value in kept.items() if value is not None}
        return replace(self.custom, **changed)  # type: ignore[type-var]

    def run(self, settings: S) -> list[Figure]:
        """The figures of one run.

        Raises:
            DataError: a table breaks its contract.
        """
        inputs = [resolve_input(name) for name in self.needs]
        return [figure(settings, *inputs) for figure in self.figures]


# Apart from the runs of readers' own settings, which have no end: those would drive these out.
@cached(needs=lambda simulation, _: (*simulation.needs, *NEEDS), size=32)
def preset_run(simulation: Simulation[Any], preset: str) -> list[Figure]:
    """The figures of a preset's run, kept for all readers.

    Raises:
        DataError: a table breaks its contract.
    """
    return simulation.run(simulation.settings(preset, {}))


def _taken(parameter: Parameter, value: float) -> float | int | None:
    if not math.isfinite(value) or not parameter.low <= value <= parameter.high:
        return None
    return round(value) if isinstance(parameter.value, int) else value
