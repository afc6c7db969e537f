"""The charts of the course page."""
