"""Overview: what MS and ALS are, how many people have them, what they notice, how one finds out."""

from sidebyside import ui
from sidebyside.layouts.overview import PAGE

ui.show(PAGE)
