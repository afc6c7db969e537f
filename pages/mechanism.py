"""The mechanism hub: both simulations, both bodies, what raises the risk."""

from sidebyside import ui
from sidebyside.layouts.mechanism import PAGE

ui.show(PAGE)
