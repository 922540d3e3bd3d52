"""Fetching: politely, within limits, and never from where it could do harm."""
