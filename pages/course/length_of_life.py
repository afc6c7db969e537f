"""Length of life with MS and with ALS, all of it on request."""

from sidebyside import ui
from sidebyside.layouts.length_of_life import PAGE

ui.show(PAGE)
