"""Words of a text with their offsets. A word is a run of letters, marks and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from typing import NamedTuple

# Combining marks that `\w` leaves out although they are part of a word (Latin, Cyrillic, Hebrew,
# Arabic, Indic and South-East Asian vowel signs), and the joiners that some scripts need inside.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u0711\u0730-\u074a\u08d3-\u08ff\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0a81-\u0acd\u0b01-\u0b4d\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd"
    "\u0d00-\u0d4d\u0d81-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3"
    "\u200c\u200d"
)
APOSTROPHES = "'\u2019\u02bc"
# The letters first and the marks by themselves: mixed, each word would end with a search through all ranges of marks.
_RUN = rf"\w*+(?:[{MARKS}]++\w*+)*+"
WORD = re.compile(rf"[^\W_]{_RUN}(?:[{APOSTROPHES}][^\W\d_]{_RUN})*+")
_APART = re.compile(f"({WORD.pattern})")


class Word(NamedTuple):
    """A word at `[start, end)`. Apostrophes inside belong to it (don’t, l’homme), hyphens do not."""

    start: int
    end: int
    text: str


# A named tuple made without its constructor.
_made = partial(tuple.__new__, Word)


def words(text: str) -> Iterator[Word]:
    """Return the words of `text` in order; in scripts without spaces, each run counts as one."""
    # What every rule needs first, without a step of Python for each word: gaps and words by turns, and where each ends.
    parts = _APART.split(text)
    ends = list(accumulate(map(len, parts)))
    return map(_made, zip(ends[::2], ends[1::2], parts[1::2], strict=False))


_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def spaceless(text: str) -> bool:
    """True where a text has a letter of a script that writes no spaces."""
    return _SPACELESS.search(text) is not None


def count(text: str) -> int:
    """Return the number of words; where no spaces are written, two characters count as one."""
    spaceless = 0 if text.isascii() else len(_SPACELESS.findall(text))
    spaced = len(_SPACELESS.sub(" ", text).split()) if spaceless else len(text.split())
    return spaced + (spaceless + 1) // 2
