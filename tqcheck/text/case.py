"""Upper and lower case of words and sentence beginnings."""

from __future__ import annotations

import re

_OPENING = "\"'“‘«„‚‹»([¿¡—–-•*·…‚ \t\u00a0\u202f"


_TURKIC = frozenset({"tr", "az", "kk", "tt"})
_TURKIC_LOWER = str.maketrans("Iİ", "ıi")


def lower(text: str, tag: str) -> str:
    """Return `text` in lower case by the rules of the language: Turkish I → ı, İ → i."""
    return (text.translate(_TURKIC_LOWER) if tag.partition("-")[0] in _TURKIC else text).lower()


def capitalised(word: str, tag: str = "") -> str:
    """Return `word` with its first letter in upper case, the rest as it is."""
    first = "İ" if word[:1] == "i" and tag.partition("-")[0] in _TURKIC else word[:1].upper()
    return first + word[1:]


def is_capitalised(word: str) -> bool:
    """True where the first letter is upper case and a lower-case one follows: Paris, McDonald."""
    return word[:1].isupper() and not word.isupper()


def ends_sentence(line: str) -> bool:
    """True where a line ends in a stop, perhaps with quotes or brackets after it."""
    stripped = line.rstrip("\"'”’»“)] \t\u00a0\u202f")
    return stripped.endswith((".", "!", "?", "…"))


_FIRST_WORD = re.compile(rf"[{re.escape(_OPENING)}]{{0,8}}")


def first_letter(text: str, start: int, end: int) -> int:
    """Return the offset of the first letter of a stretch after opening quotes, brackets and dashes."""
    match = _FIRST_WORD.match(text, start, end)
    return match.end() if match else start
