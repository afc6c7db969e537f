"""MS and ALS, side by side: the evidence, the figures and the texts of the dashboard."""

__version__ = "0.1.0"
SITE = "MS and ALS, side by side"
