"""How one finds out: time, errors both ways, look-alikes, tests."""

from sidebyside import ui
from sidebyside.layouts.finding_out import PAGE

ui.show(PAGE)
