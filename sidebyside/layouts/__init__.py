"""What stands on each page and in which order."""
