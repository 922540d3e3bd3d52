"""Upper and lower case of words and sentence beginnings."""

from __future__ import annotations

import re

_OPENING = "\"'“‘«„‚‹»([¿¡—–-•*·…‚ \t\u00a0\u202f"
_SENTENCE_END = ".!?…:\"'”’»“)]"


def capitalised(word: str) -> str:
    """Return `word` with its first letter in upper case, the rest as it is."""
    return word[:1].upper() + word[1:]


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
