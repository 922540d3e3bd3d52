"""Markup left in the text."""
