"""What people notice, at first and over the years."""

from sidebyside import ui
from sidebyside.layouts.symptoms import PAGE

ui.show(PAGE)
