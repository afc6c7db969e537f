"""Two names that sound alike, and their history."""

from sidebyside import ui
from sidebyside.layouts.history import PAGE

ui.show(PAGE)
