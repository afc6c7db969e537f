"""What serves the dashboard on the web."""
