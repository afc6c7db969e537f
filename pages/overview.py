"""Overview: what MS and ALS are, how many people have them, what they notice, how one finds out."""

from sidebyside import view
from sidebyside.outlines.overview import PAGE

view.show(PAGE)
