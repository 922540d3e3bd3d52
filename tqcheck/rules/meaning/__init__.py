"""Rules about meaning: what the target says and the original does not, or the other way about."""
