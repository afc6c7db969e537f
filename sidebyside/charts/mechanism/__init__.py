"""The charts of the mechanism page."""
