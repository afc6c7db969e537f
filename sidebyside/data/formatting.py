"""Numbers, intervals, units and the scope of a figure in words, as readers see them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from sidebyside.data import interface, rules

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTED = "as reported by"
NOT_KNOWN = "not known"
INTERVALS = interface.cases(
    "interval", "95% CI", "99% CI", "95% UI", "range", "IQR", "SD", "SE", "range of 95% of people"
)
RATIOS = frozenset(
    {
        "ratio",
        "odds ratio",
        "adjusted odds ratio",
        "hazard ratio",
        "relative risk",
        "risk ratio",
        "rate ratio",
        "standardised incidence ratio",
        "standardised mortality ratio",
        "standardised morbidity ratio",
        "correlation",
        "slope",
        "kappa",
        "c statistic",
        "positive predictive value",
    }
)
YEAR_UNIT = "year"
# How many decimals a number of ours means.
DECIMALS = 2
HUNDRED = 100


def number(value: float) -> str:
    """A number as readers see it: thousands apart, no needless zeros, a true minus sign.

    An empty number (NaN) is the word "not known", never 0.
    """
    if math.isnan(value):
        return NOT_KNOWN
    return f"{value:,.10g}".replace("-", "\N{MINUS SIGN}")


def for_reading(value: float) -> str:
    """A number rounded so that it is read at a glance, as drawings and titles have it.

    Two figures that count, three from 100 to 999, none after the point from 10 up: ``0.34``, ``4.4``, ``36``,
    ``309``, ``59,000``. Halves go up. As its source prints it, it stands in the table and in files.
    """
    if math.isnan(value) or value == 0:
        return number(value)
    exact = Decimal(repr(float(value)))
    counted = 3 if HUNDRED <= abs(exact) < 10 * HUNDRED else 2
    step = Decimal(1).scaleb(exact.adjusted() + 1 - counted)
    return number(float(exact.quantize(step, ROUND_HALF_UP)))


def span_for_reading(low: float, high: float) -> str:
    """Two ends rounded for reading: ``20 to 48``, ``below 1``."""
    return _ends(low, high, for_reading)


def rounded(value: float, decimals: int = DECIMALS) -> str:
    """A number of ours, with more digits than it means, as readers see it."""
    return number(round(value, decimals))


def span(low: float, high: float, interval: str = "") -> str:
    """Two ends in words, led by what kind of interval they are: ``95% confidence interval 1 to 2``."""
    ends = _ends(low, high, number)
    return f"{INTERVALS.get(interval, interval)} {ends}".strip() if ends else ""


def _ends(low: float, high: float, said: Callable[[float], str]) -> str:
    if math.isnan(low) and math.isnan(high):
        return ""
    if math.isnan(low):
        return f"below {said(high)}"
    return f"above {said(low)}" if math.isnan(high) else f"{said(low)} to {said(high)}"


def with_unit(text: str, unit: str) -> str:
    """A number in words with its unit: ``35.9 per 100,000 people``, ``20%``, ``odds ratio 1.5``, ``1 month``."""
    if unit == YEAR_UNIT or not unit:
        return text.replace(",", "")
    if unit in RATIOS:
        return f"{unit} {text}"
    if text == "1" and unit in rules.TIME_UNITS:
        return f"{text} {unit.removesuffix('s')}"
    return f"{text}{unit}" if unit.startswith("%") else f"{text} {unit}"


AMONG, COUNTED_FROM, COUNTED_TO = "Among", "Counted from", "Counted to"
SCOPE = (AMONG, COUNTED_FROM, COUNTED_TO)


def scope_words(among: str = "", start: str = "", end: str = "") -> str:
    """For whom a figure holds, and from what to what it counts: ``among men; from the first symptoms to death``."""
    people = f"among {among}" if among else ""
    counted = f"from {start} to {end}" if start and end else f"counted from {start}" if start else ""
    return "; ".join(filter(None, (people, counted or (f"counted until {end}" if end else ""))))
