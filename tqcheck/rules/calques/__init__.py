"""Calques."""
