"""The course hub: how MS and ALS run, what can help, and where to go on."""

from sidebyside import ui
from sidebyside.layouts.course import PAGE

ui.show(PAGE)
