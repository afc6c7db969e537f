"""The charts of the overview."""
