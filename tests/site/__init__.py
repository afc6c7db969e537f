"""Tests of the static edition."""
