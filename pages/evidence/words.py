"""Words explained."""

from sidebyside import ui
from sidebyside.layouts.words import PAGE

ui.show(PAGE)
