"""Is a sentence torn where a word was taken out of it?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tqcheck.context import Context
from tqcheck.model import Span
from tqcheck.text.words import Word

_STOPS = (",", ".", ";", ")")
_SPACES = (" ", "\u00a0")


def torn(ctx: Context, span: Span, words: Sequence[Word]) -> bool:
    """True where a stretch, of which `words` are the words, has a place at which a word is wanted.

    That is a preposition or an article with a mark or a verb behind it (“in .”, “the has”), a mark
    with nothing before it, or a statement that begins with its verb. Alone it is a weak sign; beside
    a name that the original has and this side lacks it tells where the name was.
    """
    text = ctx.text[span.start : span.end]
    return _bare_mark(ctx, text) or _wanting(ctx, words) or _headless(ctx, text, words)


def _bare_mark(ctx: Context, text: str) -> bool:
    spacing = ctx.language.spacing
    spaced = spacing.space_before | spacing.space_before_accepted
    for at, mark in enumerate(text):
        if mark not in ".," or (at and text[at - 1] not in ("(", *_SPACES)):
            continue
        # Decimals and dots of omission begin so too.
        after = text[at + 1 : at + 2]
        if (at == 0 or text[at - 1] == "(" or mark not in spaced) and not after.isdigit() and after != mark:
            return True
    return False


def _wanting(ctx: Context, words: Sequence[Word]) -> bool:
    text, record = ctx.text, ctx.language.words
    for word, after in pairwise(words):
        # A capital may be a letter of its own: C.A.
        low = word.text if word is not words[0] else word.text.lower()
        if low not in record.wanting:
            continue
        between = text[word.end : after.start]
        if between[:1] in _STOPS:
            return True
        if between in _SPACES and after.text in record.finite:
            return True
        if between in _SPACES and low in record.leading and after.text in record.wanting:
            return True
    return bool(words) and words[-1].text.lower() in record.leading


def _headless(ctx: Context, text: str, words: Sequence[Word]) -> bool:
    return (
        bool(words) and words[0].text.lower() in ctx.language.words.finite and not text.rstrip(" ”’\"'").endswith("?")
    )
