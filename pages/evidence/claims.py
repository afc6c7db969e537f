"""The article's claims, each with today's verdict."""

from sidebyside import ui
from sidebyside.layouts.claims import PAGE

ui.show(PAGE)
