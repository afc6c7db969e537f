"""Which charts stand on which page, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sidebyside.figures import course, mechanism, overview
from sidebyside.figures import evidence as evidence_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.figures import Recipe
    from sidebyside.figures.labs import Lab


class Charts(NamedTuple):
    """The charts of one page: those in sight, those a reader asks for, and its simulations."""

    shown: tuple[Recipe, ...]
    asked_for: tuple[Recipe, ...] = ()
    labs: tuple[Lab[Any], ...] = ()


PAGES: Mapping[str, Charts] = {
    "overview": Charts(overview.RECIPES, overview.ASKED_FOR),
    "mechanism": Charts(mechanism.RECIPES, labs=mechanism.LABS),
    "course": Charts(course.RECIPES, course.ASKED_FOR),
    "evidence": Charts(evidence_page.RECIPES),
}
