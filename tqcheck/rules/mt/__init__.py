"""Traces of the translation system."""
