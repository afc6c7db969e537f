"""MS over the years: a wide spread, relapses, worsening between them."""

from sidebyside import ui
from sidebyside.layouts.course_ms import PAGE

ui.show(PAGE)
