"""Numbers of the translation against those of the original."""
