"""How many, when in life, women and men, and where good sources disagree."""

from sidebyside import ui
from sidebyside.layouts.numbers import PAGE

ui.show(PAGE)
