"""Course: what happens over the years, and how differently."""

from sidebyside import ui
from sidebyside.layouts.course import PAGE

ui.show(PAGE)
