"""Living with it: work, mood, thinking, energy."""

from sidebyside import ui
from sidebyside.layouts.living import PAGE

ui.show(PAGE)
