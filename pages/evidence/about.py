"""About this site: errors, changes, access, privacy."""

from sidebyside import ui
from sidebyside.layouts.about import PAGE

ui.show(PAGE)
