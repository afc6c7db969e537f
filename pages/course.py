"""Course: what happens over the years, and how differently."""

from sidebyside import view
from sidebyside.outlines.course import PAGE

view.show(PAGE)
