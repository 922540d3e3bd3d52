"""Casing."""
