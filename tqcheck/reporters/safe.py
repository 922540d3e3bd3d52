"""Make the words of an article safe and visible on a terminal.

An article is hostile until shown otherwise: it may hold escape sequences, characters that turn the
direction of a line, line breaks where one line is meant.
"""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = "\t\n\r\x0b\x0c\x85\u2028\u2029"
# Joiners are letters’ business in Persian, Hindi and emoji; elsewhere they are shown.
_JOINERS = "\u200c\u200d"


def safe(text: str) -> str:
    """Return `text` on one line without anything that a terminal would obey."""
    return _UNSAFE.sub(_neutral, text)


def reveal(text: str) -> str:
    """Return `text` with the characters that nobody sees written out, for a stretch that is at fault."""
    shown = []
    for character in safe(text):
        hidden = unicodedata.category(character) == "Cf" and character not in _JOINERS
        shown.append(f"<U+{ord(character):04X}>" if hidden else character)
    if not "".join(shown).strip():
        return re.sub(r"\s", lambda m: "␣" if m.group() == " " else "⍽", "".join(shown))
    return "".join(shown)


def _neutral(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SPACES:
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # ␀ … ␛ …: pictures of control characters
    return "␡" if code == 0x7F else "�"
