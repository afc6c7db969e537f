"""The evidence hub: how the article stands, how figures were chosen, the data to take away."""

from sidebyside import ui
from sidebyside.layouts.evidence import PAGE

ui.show(PAGE)
