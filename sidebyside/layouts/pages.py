"""All pages, in the order of the navigation: the layout of each stands in the module of its name."""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING

from sidebyside.layouts import page_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.layouts.blocks import PageLayout

PAGES: Mapping[str, PageLayout] = {
    name: importlib.import_module(f"sidebyside.layouts.{page_list.module(name)}").PAGE for name in page_list.PAGES
}


def page_of_chart(chart_id: str) -> str:
    """The page where a chart, or a simulation, is at home; empty where no page has it."""
    return _homes().get(chart_id, "")


def page_of_list(name: str) -> str:
    """The page where a list stands; empty where none has it."""
    return next((page for page, layout in PAGES.items() if name in layout.lists), "")


@functools.cache
def _homes() -> Mapping[str, str]:
    charts = {chart.id: page for page, own in PAGES.items() for chart in (*own.charts, *own.charts_on_request)}
    return charts | {simulation.id: page for page, own in PAGES.items() for simulation in own.simulations}
