"""The picture that previews of a page show: its first finding, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidebyside.content import chart_text
from sidebyside.data.cache import cached
from sidebyside.layouts.pages import PAGES
from sidebyside.site import svg

if TYPE_CHECKING:
    from sidebyside.charts.definition import ChartDefinition


def finding(page: str) -> bytes:
    """A page's first chart under its title, as PNG; empty where it shows none unasked.

    What is told of length of life stands on request, so it is in no preview.

    Raises:
        DataError: a table that the chart needs breaks its contract.
    """
    charts = PAGES[page].charts_shown
    return _drawn(charts[0]) if charts else b""


@cached(needs=lambda definition: (*definition.needs, *chart_text.NEEDS), size=len(PAGES))
def _drawn(definition: ChartDefinition) -> bytes:
    return svg.preview_png(definition.figure())
