"""When to ask for help, and whom."""

from sidebyside import ui
from sidebyside.layouts.help import PAGE

ui.show(PAGE)
