"""All differences and what both share, to filter and search; both in one person."""

from sidebyside import ui
from sidebyside.layouts.compare import PAGE

ui.show(PAGE)
