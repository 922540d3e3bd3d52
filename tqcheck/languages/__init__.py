"""What tqcheck knows about each language: records, names, word frequencies."""

from tqcheck.languages.loader import Language, available, load

__all__ = ["Language", "available", "load"]
