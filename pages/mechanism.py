"""Mechanism: what MS and ALS do to nerves, repair, two simulations, what doctors measure, causes."""

from sidebyside import view
from sidebyside.outlines.mechanism import PAGE

view.show(PAGE)
