"""The overview: the answer, who gets it, where, when, and where to go on."""

from sidebyside import ui
from sidebyside.layouts.overview import PAGE

ui.show(PAGE)
