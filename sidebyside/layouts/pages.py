"""All pages, in the order of the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.layouts import course, evidence, mechanism, overview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.layouts.blocks import PageLayout

PAGES: Mapping[str, PageLayout] = {
    layout.page: layout for layout in (overview.PAGE, mechanism.PAGE, course.PAGE, evidence.PAGE)
}
