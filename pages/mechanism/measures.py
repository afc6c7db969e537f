"""What doctors can measure."""

from sidebyside import ui
from sidebyside.layouts.measures import PAGE

ui.show(PAGE)
