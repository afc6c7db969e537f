"""What is checked in a real browser."""
