"""A nerve fibre in MS: the simulation, heat, repair."""

from sidebyside import ui
from sidebyside.layouts.fibre import PAGE

ui.show(PAGE)
