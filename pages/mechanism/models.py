"""What the two models are, how they stand against published measurements, all their settings."""

from sidebyside import ui
from sidebyside.layouts.models import PAGE

ui.show(PAGE)
