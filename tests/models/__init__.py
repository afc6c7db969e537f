"""Tests of the two simulations."""
