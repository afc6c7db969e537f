"""Tests of what readers read in words."""
