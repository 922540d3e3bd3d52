"""What tqcheck knows about each language: records, names, word frequencies."""

from tqcheck.languages.loader import available, load
from tqcheck.languages.record import Language

__all__ = ["Language", "available", "load"]
