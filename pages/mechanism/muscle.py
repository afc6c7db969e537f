"""A muscle in ALS: the simulation, breathing, more than movement."""

from sidebyside import ui
from sidebyside.layouts.muscle import PAGE

ui.show(PAGE)
