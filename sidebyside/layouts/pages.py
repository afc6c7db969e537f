"""All pages, in the order of the navigation: the layout of each stands in the module of its name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from sidebyside.layouts import page_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidebyside.layouts.blocks import PageLayout

PAGES: Mapping[str, PageLayout] = {
    name: importlib.import_module(f"sidebyside.layouts.{name}").PAGE for name in page_list.PAGES
}
