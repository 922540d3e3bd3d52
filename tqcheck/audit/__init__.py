"""Audits of feeds and archives: many articles, again and again, into one store."""
