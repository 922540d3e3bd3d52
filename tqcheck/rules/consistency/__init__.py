"""Consistency within one article."""
