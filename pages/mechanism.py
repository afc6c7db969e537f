"""Mechanism: what MS and ALS do to nerves, repair, two simulations, what doctors measure, causes."""

from sidebyside import ui
from sidebyside.layouts.mechanism import PAGE

ui.show(PAGE)
