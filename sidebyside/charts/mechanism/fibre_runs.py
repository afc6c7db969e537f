"""Runs of the nerve fibre that its charts share: the healthy one beside it, and both in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import altair as alt

from sidebyside.charts import theme
from sidebyside.content.chart_text import chart_text, decide
from sidebyside.data.formatting import DECIMALS, number, rounded
from sidebyside.models import nerve_fibre
from sidebyside.models.nerve_fibre import HEALTHY_AXON, Damage, simulate

if TYPE_CHECKING:
    from sidebyside.content.chart_text import Case, ChartText
    from sidebyside.models.nerve_fibre import Impulse

SOURCES: Final = (nerve_fibre.PAPER, nerve_fibre.CODE)
DEGREE: Final = "\N{DEGREE SIGN}C"
# The fibres to draw, by the names of their words.
HEALTHY: Final = "healthy"
DAMAGED: Final = "damaged"
COLOURS: Final = {HEALTHY: theme.NEUTRAL, DAMAGED: theme.MS.colour}
FIBRE_HEIGHT: Final = 7


def length_mm(damage: Damage) -> str:
    """How long the damaged stretch is, in words."""
    return f"{rounded(damage.internodes * HEALTHY_AXON.pitch_mm)} mm"


def what_happened(impulse: Impulse) -> ChartText:
    """What the impulse did: the words of the drawing of this run.

    Raises:
        DataError: (when a part is asked for) see `ChartText`.
    """
    damage, late = impulse.damage, round(impulse.extra_delay_ms, 2)
    return chart_text(
        "fibre",
        _outcome(impulse),
        _kind(damage),
        decide("on_time", late=late > 0),
        warmth=rounded(damage.temperature_c),
        length=length_mm(damage),
        wraps=number(damage.wraps),
        full=number(HEALTHY_AXON.wraps),
        late=number(late),
        usual=rounded(speed(impulse)),
        speed=rounded(impulse.speed_in_lesion),
        end=rounded(impulse.arrival_ms[-1]),
        far=rounded(impulse.last_mm),
    )


def _outcome(impulse: Impulse) -> Case:
    healthy, passes = impulse.damage.healthy, impulse.conducts
    return decide("stops", healthy=healthy, passes=passes, silent=not impulse.last_mm > 0)


def _kind(damage: Damage) -> Case:
    """What covers the damaged stretch."""
    thin, spread = bool(damage.wraps) and not damage.healthy, bool(damage.channels)
    return decide("bare", mended=bool(damage.repaired), thin=thin, spread=spread)


def speed(impulse: Impulse) -> float:
    """Speed of a healthy fibre as warm as this one, in m/s."""
    return (impulse.damage.internodes + 4) * HEALTHY_AXON.pitch_mm / impulse.healthy_ms


def healthy_beside(damage: Damage) -> Impulse:
    """A healthy fibre as long and as warm."""
    return simulate(Damage(damage.internodes, wraps=HEALTHY_AXON.wraps, temperature_c=damage.temperature_c))


def fibres(damage: Damage) -> dict[str, Impulse]:
    """The runs of the fibres to draw: the healthy one, and the damaged one if it is another."""
    healthy = {HEALTHY: healthy_beside(damage)}
    return healthy if damage.healthy else {**healthy, DAMAGED: simulate(damage)}


def names(text: ChartText) -> dict[str, str]:
    """What each fibre is called in a drawing."""
    return {name: text[f"name-{name}"] for name in COLOURS}


def ms(value: float, never: str) -> str:
    """A time in words; never, where it does not come to it."""
    return rounded(value) if math.isfinite(value) else never


def raw(value: float) -> float:
    """A number of the run for programs, as exact as the words; unknown where it never comes to it."""
    return round(float(value), DECIMALS) if math.isfinite(value) else math.nan


def along(words: str) -> alt.X:
    """The axis along the fibre, as far as the data go."""
    return alt.X("mm:Q", scale=alt.Scale(nice=False), axis=theme.axis(words, tickMinStep=1))
