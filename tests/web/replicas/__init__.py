"""Replicas behind nginx, while things go wrong."""
