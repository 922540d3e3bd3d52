"""Plain text: lines are paragraphs, unless the text was wrapped by hand at a fixed width. Front matter is
read where it says something that we know; other text between dashes is text."""

from __future__ import annotations

import re
from itertools import pairwise

from tqcheck.model import Article, Prose
from tqcheck.readers.frontmatter import described, parse
from tqcheck.readers.prose import Builder, unbroken

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# Widths at which people and mail programs wrap; wider lines are paragraphs.
_NARROWEST, _WIDEST = 40, 100
# Fewer wrapped lines than this may be chance.
_ENOUGH = 3


def read(text: str) -> Article:
    """Return the article; hand-wrapped lines of one paragraph are read as one line."""
    front = parse(text)
    start = front.end if front.values or front.ignored else 0
    return described(Article(text, prose=_prose(text, start)), front)


def _prose(text: str, start: int) -> Prose | None:
    breaks = _soft_breaks(text, start)
    if not breaks:
        return unbroken(text, start)
    builder = Builder(text)
    for match in _LINE.finditer(text, start):
        builder.keep(*match.span(1))
        if match.group(2):
            builder.stand(" " if match.start(2) in breaks else "\n", *match.span(2))
    return builder.prose()


def _soft_breaks(text: str, start: int) -> frozenset[int]:
    """Return the offsets of the line breaks from `start` on that a wrapping program made.

    Such a program breaks a line only where the next word has no room, so a break with room left
    is one that the author made.
    """
    lines = [m for m in _LINE.finditer(text, start) if m.group()]
    width = max((len(m.group(1)) for m in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return frozenset()
    soft, hard, edited = set(), 0, set()
    for line, following in pairwise(lines):
        words = following.group(1).split(None, 1)
        if not line.group(1).strip() or not words:
            continue
        if len(line.group(1).rstrip()) + 1 + len(words[0]) > width and " " in line.group(1):
            soft.add(line.start(2))
        else:
            hard += 1
            last = line.group(1).rstrip()[-1]
            if len(line.group(1)) * 2 > width and words[0][0].islower() and (last.isalpha() or last == ","):
                edited.add(line.start(2))
    # A song, a table or a list has breaks of both kinds: there a break means something.
    # In a wrapped text, a long line that goes on in lower case lost a word after it was wrapped.
    return frozenset(soft | edited) if len(soft) >= _ENOUGH and len(soft) >= 4 * hard else frozenset()
