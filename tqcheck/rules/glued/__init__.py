"""Words glued together."""
