"""Stretches in which a text shows a word rather than uses it: brackets and short quotations.

A quoted sentence is running text; a quoted word or two is a title, a term or a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from tqcheck.model import Span

# Several rules ask for those of one text; what they are given they leave as it is.
_shared = lru_cache(maxsize=4)
# At most this many words make a quoted term or title.
_TERM = 4
# Each begins with a mark, and asks behind it what stands before: so the search jumps from mark to mark.
_BRACKETED = re.compile(
    r"\([^()\n]{0,300}\)|\[[^\[\]\n]{0,300}\]|（[^（）\n]{0,300}）|【[^【】\n]{0,300}】|〈[^〈〉\n]{0,200}〉|《[^《》\n]{0,200}》"
)
_QUOTED = re.compile(
    r"“[^“”\n]{1,120}”|«[^«»\n]{1,120}»|»[^«»\n]{1,120}«|„[^„“”\n]{1,120}[“”]|\"(?<!\w.)[^\"\n]{1,120}\"(?!\w)"
    r"|‘(?<!\w.)[^‘’\n]{1,120}’(?!\w)|'(?<!\w.)[^'\n]{1,120}'(?!\w)|「[^「」\n]{1,120}」|『[^『』\n]{1,120}』"
    r"|\*(?<![\w*].)[^*_\n]{1,60}[*_](?![\w*])|_(?<![\w*].)[^*_\n]{1,60}[*_](?![\w*])"
)

_QUOTATION = re.compile(
    r"“[^“”\n]{1,2000}”?|«[^«»\n]{1,2000}»?|„[^„“”\n]{1,2000}[“”]?|\"(?<!\w.)[^\"\n]{1,2000}\""
    r"|「[^「」『』\n]{1,2000}[」』]?|『[^「」『』\n]{1,2000}[」』]?|《[^《》\n]{1,300}》"
)


@_shared
def asides(text: str) -> list[Span]:
    """Return the bracketed stretches and the quoted terms of `text`."""
    return _merged([Span(*m.span()) for m in _BRACKETED.finditer(text)] + terms(text))


@_shared
def bracketed(text: str) -> list[Span]:
    """Return the bracketed stretches of `text`."""
    return [Span(*m.span()) for m in _BRACKETED.finditer(text)]


@_shared
def terms(text: str) -> list[Span]:
    """Return the quoted terms and titles of `text`."""
    return [Span(*m.span()) for m in _QUOTED.finditer(text) if _term(m.group())]


@_shared
def quotations(text: str) -> list[Span]:
    """Return the quoted stretches of any length within a paragraph."""
    return [Span(*m.span()) for m in _QUOTATION.finditer(text)]


def _term(quoted: str) -> bool:
    # A mark before the closing one ends a sentence that was quoted: “It is true,” she said.
    return len(quoted.split()) <= _TERM and quoted[-2] not in ",.!?"


def inside(spans: list[Span], start: int, end: int) -> bool:
    """True where `[start, end)` lies in one of the stretches, which are sorted and apart."""
    at = bisect_right(spans, start, key=lambda span: span.start) - 1
    return at >= 0 and end <= spans[at].end


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


# What may stand before and after a word that nothing ties to another (no hyphen, slash, dot).
_BEFORE = frozenset("“‘\"'(«—–„¿¡[")
_AFTER = frozenset("”’\"'),;:!?»—–…]")


# At once or after a word.
_GLOSS = re.compile(r"(?: \w{1,20})?,? [(（\[“\"«„]")


def glossed(text: str, end: int) -> bool:
    """True where a gloss in brackets or quotation marks follows the term that ends at `end`."""
    return _GLOSS.match(text, end) is not None


def stands_alone(text: str, start: int, end: int) -> bool:
    """True where no hyphen, dot, slash or apostrophe ties the word at `[start, end)` to another."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before and not before.isspace() and (before not in _BEFORE or text[start - 2 : start - 1].isalnum()):
        return False
    return not after or after[0].isspace() or after[0] in _AFTER or (after[0] == "." and not after[1:].isalnum())
