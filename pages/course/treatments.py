"""Treatments: what they can do, and when they came."""

from sidebyside import ui
from sidebyside.layouts.treatments import PAGE

ui.show(PAGE)
