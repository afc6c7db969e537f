"""What raises the risk: surroundings, weight, genes, and an idea that was tested and dropped."""

from sidebyside import ui
from sidebyside.layouts.causes import PAGE

ui.show(PAGE)
