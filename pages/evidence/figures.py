"""Every figure to look up."""

from sidebyside import ui
from sidebyside.layouts.figures import PAGE

ui.show(PAGE)
