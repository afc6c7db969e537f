"""Relapses in MS, around a pregnancy too, and worsening between them."""

from sidebyside import ui
from sidebyside.layouts.relapses import PAGE

ui.show(PAGE)
