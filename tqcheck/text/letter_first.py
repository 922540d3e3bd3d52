r"""Patterns rewritten so that a search jumps from one possible first letter to the next.

`re` looks for a set of first characters many times as quickly as for a boundary: a pattern that begins with `\b` or
a look-behind is tried at each character of a text. What such an assertion asks of the place before the first letter
can be asked behind that letter as well, of one character more.
"""

from __future__ import annotations

import re

_ASSERTION = re.compile(r"\\b|\(\?<!((?:[^()\\]|\\.)*)\)")
_LETTER = re.compile(r"(?:\[[^\W\d_]+\]|[^\W\d_])(?![?*+{])")
_CHOICE = re.compile(r"(\((?:\?:)?)((?:[^()\\]|\\.)*)\)(?![?*+{])")
# A group that is no choice, although it may hold one.
_GROUP = re.compile(r"\((?!\?)(?:[^()|\\]|\\.|\((?:[^()\\]|\\.)*\))*\)(?![?*+{])")


def letter_first(pattern: str) -> str:
    r"""Return a pattern that matches what `pattern` does and begins with its first letters.

    It must begin with a letter, a set of letters, a group of either, or a choice of words, perhaps behind `\b` and
    negative look-behinds; any other is returned as it is.
    """
    before, at = _assertions(pattern)
    choice = _CHOICE.match(pattern, at)
    if choice is None:
        group = "(" if _GROUP.match(pattern, at) else ""
        turned = _turned(before, pattern[at + len(group) :])
        return pattern if turned is None else group + turned[0] + turned[1]
    choices = []
    for word in choice[2].split("|"):
        turned = _turned(before, word)
        if turned is None:
            return pattern
        # A set of letters in a choice would go unseen: one choice for each.
        choices += [letter + turned[1] for letter in turned[0].strip("[]")]
    return f"{choice[1]}{'|'.join(choices)}){pattern[choice.end() :]}"


def _assertions(pattern: str) -> tuple[str, int]:
    """Return the assertions that a pattern begins with, as they are asked one letter later, and where they end."""
    moved, at = "", 0
    while (found := _ASSERTION.match(pattern, at)) is not None:
        asked = r"\w" if found[1] is None else f"(?:{found[1]})" if "|" in found[1] else found[1]
        moved += f"(?<!{asked}.)"
        at = found.end()
    return moved, at


def _turned(before: str, piece: str) -> tuple[str, str] | None:
    """Return the first letter of a piece, or the set of them, and what is asked behind it; None where it has none."""
    own, at = _assertions(piece)
    first = _LETTER.match(piece, at)
    return None if first is None else (first[0], f"{before}{own}{piece[first.end() :]}")
