"""The charts: pure functions from tables to a `Figure`."""
