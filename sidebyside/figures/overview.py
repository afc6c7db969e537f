"""Figures of the overview page, in the order of the page."""

from sidebyside.figures.diagnosis import TIME_TO_DIAGNOSIS
from sidebyside.figures.life import AGE_AT_START, AGES_AT_DEATH, SEX_RATIO
from sidebyside.figures.numbers import DISAGREEMENTS, NEW_LIVING_DEATHS, OF_100000
from sidebyside.figures.places import WHERE
from sidebyside.figures.symptoms import MS_OVER_YEARS, SYMPTOMS

__all__ = [
    "AGES_AT_DEATH",
    "AGE_AT_START",
    "ASKED_FOR",
    "DISAGREEMENTS",
    "MS_OVER_YEARS",
    "NEW_LIVING_DEATHS",
    "OF_100000",
    "RECIPES",
    "SEX_RATIO",
    "SYMPTOMS",
    "TIME_TO_DIAGNOSIS",
    "WHERE",
]

RECIPES = (
    NEW_LIVING_DEATHS,
    OF_100000,
    WHERE,
    AGE_AT_START,
    SEX_RATIO,
    SYMPTOMS,
    MS_OVER_YEARS,
    TIME_TO_DIAGNOSIS,
    DISAGREEMENTS,
)
ASKED_FOR = (AGES_AT_DEATH,)
