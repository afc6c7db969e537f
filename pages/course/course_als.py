"""ALS over the months and years: pace, where it begins, flat stretches, how sure anyone can be."""

from sidebyside import ui
from sidebyside.layouts.course_als import PAGE

ui.show(PAGE)
