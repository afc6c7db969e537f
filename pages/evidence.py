"""Evidence: how the article's claims stand, every figure and source to look up, the data to take away."""

from sidebyside import ui
from sidebyside.layouts.evidence import PAGE

ui.show(PAGE)
