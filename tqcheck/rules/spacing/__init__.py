"""Spacing."""
