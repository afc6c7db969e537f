"""Evidence: how the article's claims stand, every figure and source to look up, the data to take away."""

from sidebyside import view
from sidebyside.outlines.evidence import PAGE

view.show(PAGE)
