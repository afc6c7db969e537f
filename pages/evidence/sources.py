"""All sources to look up."""

from sidebyside import ui
from sidebyside.layouts.sources import PAGE

ui.show(PAGE)
