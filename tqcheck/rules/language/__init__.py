"""Words and sentences of another language."""
