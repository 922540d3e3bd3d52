"""Is a sentence torn where a word was taken out of it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tqcheck.context import Context
from tqcheck.model import Span
from tqcheck.text.words import APOSTROPHES, Word
from tqcheck.witnesses.past import past

_STOPS = (",", ".", ";", ")")
_SPACES = (" ", "\u00a0")
_GENITIVE = tuple(APOSTROPHES)
_QUOTES = ('"', "”", "'", "’", "''", "»")
_CLOSING = " ”’\"'»"
# Two common words that stand side by side so rarely (see `Bigrams.affinity`) never do in a sound sentence;
# from the second on, they often do: “to have”.
_NEVER, _OFTEN = -3.5, 0.0
# A preposition that so often follows a word (“according to”) is not left alone behind it; two words that so
# seldom begin a sentence together before a comma (“As notes,”) lack one between them.
_BOUND, _SELDOM = 2.75, -1.5
# A line of fewer words may be a caption, which needs no subject: “Pictured on Monday.”
_LINE = 8
# A paragraph begins with so many marks at most.
_MARKS = 3


@dataclass(frozen=True, slots=True)
class Tear:
    """A place, from the word before to the word behind it, where a word is wanted.

    `sure`: no sound sentence has such a place; else it tells something beside a name that is lost only.
    """

    start: int
    end: int
    sure: bool = False


def torn(ctx: Context, span: Span, words: Sequence[Word]) -> Tear | None:
    """Return a place of a stretch, of which `words` are the words, at which a word is wanted, the surest
    that there is; None where there is none.

    That is a preposition or an article with a mark or a verb behind it (“in .”, “the has”), a mark
    with nothing before it, a genitive of nothing, or a statement that begins with its verb.
    """
    best: Tear | None = None
    for tear in _tears(ctx, span, words):
        if tear.sure:
            return tear
        best = best or tear
    return best


def _tears(ctx: Context, span: Span, words: Sequence[Word]) -> Iterator[Tear]:
    text = ctx.text[span.start : span.end]
    yield from _bare_marks(ctx, text, span.start)
    yield from _wanting(ctx, words)
    yield from _headless(ctx, text, words)


def _bare_marks(ctx: Context, text: str, start: int) -> Iterator[Tear]:
    spacing = ctx.language.spacing
    spaced = spacing.space_before | spacing.space_before_accepted
    for at, mark in enumerate(text):
        if mark not in ".," or (at and text[at - 1] not in ("(", *_SPACES)):
            continue
        # Decimals and dots of omission begin so too.
        after = text[at + 1 : at + 2]
        if (at == 0 or text[at - 1] == "(" or mark not in spaced) and not after.isdigit() and after != mark:
            yield Tear(start + max(0, at - 1), start + at + 1, sure=text[max(0, at - 1) : at] == "(")
    # Two commas before a word are a quotation mark.
    if (at := text.find(",, ")) >= 0:
        yield Tear(start + at, start + at + 2, sure=True)


def _wanting(ctx: Context, words: Sequence[Word]) -> Iterator[Tear]:
    text, record = ctx.text, ctx.language.words
    for at, (word, after) in enumerate(pairwise(words)):
        # A capital may be a letter of its own: C.A.
        low = word.text if at else word.text.lower()
        between = text[word.end : after.start]
        following = words[at + 2].text if at + 2 < len(words) and text[after.end] in _SPACES else ""
        if low not in record.wanting and low not in record.leading:
            yield from _unnamed(ctx, word, between, after)
        elif between[:1] in _STOPS and low in record.wanting:
            before = words[at - 1].text.lower() if at else ""
            sure = bool(ctx.bigrams) and (low in ctx.language.naming.of or ctx.bigrams.affinity(before, low) >= _BOUND)
            yield Tear(word.start, word.end + 1, sure=sure and between[0] == ",")
        elif between in _SPACES and text[after.end : after.end + 1] != "-":
            yield from _side_by_side(ctx, word, low, after, following)
        elif between[1:] == "(" and low in record.wanting and after.text.isdigit():
            yield Tear(word.start, after.end, sure=True)
        elif _genitive(between, after):
            yield Tear(word.start, after.end)
    if words and words[-1].text.lower() in record.leading:
        yield Tear(words[-1].start, words[-1].end)


def _side_by_side(ctx: Context, word: Word, low: str, after: Word, following: str) -> Iterator[Tear]:
    """Yield the place where one of two words cannot follow the other, `following` being the word behind them."""
    record = ctx.language.words
    wanting, leading, of = low in record.wanting, low in record.leading, low in ctx.language.naming.of
    finite, open_ = after.text in record.finite, following in record.wanting | record.leading
    affinity = ctx.bigrams.affinity(low, after.text) if ctx.bigrams and after.text.islower() else None
    often = affinity is not None and affinity >= _OFTEN
    # A word said twice, or two articles, is one too many.
    other = after.text != low and after.text not in record.leading and len(after.text) > 1
    never = other and affinity is not None and affinity <= _NEVER and after.text in record.function
    # “Sort of in that way” is English.
    if (never and (leading or (of and finite))) or (of and open_ and past(ctx, after.text)):
        yield Tear(word.start, after.end, sure=True)
        return
    verb, object_ = wanting and finite, wanting and open_ and after.text in record.objects
    bare = verb or object_ or (leading and other and after.text in record.wanting)
    if never or (leading and after.text in record.past) or (bare and not often):
        yield Tear(word.start, after.end)


def _unnamed(ctx: Context, word: Word, between: str, after: Word) -> Iterator[Tear]:
    """Yield a title, a quotation, a clause or a mark that has a verb or a genitive behind it where a name should be."""
    record = ctx.language.words
    verb = after.text in record.finite or after.text in record.past
    titled = f"{word.text}." in record.titles and between == ". " and after.text.islower()
    quoted = verb and between[:1] in ",." and between[1:-1] in _QUOTES and between[-1:] in _SPACES
    spoken = quoted and ctx.text[after.end : after.end + 1] in _STOPS
    clause = between == ": " and after.text in record.finite
    owned = _genitive(between, after) and (word.text in record.objects or between[0] == ",")
    if titled or spoken or clause or owned:
        yield Tear(word.start, after.end)


def _genitive(between: str, after: Word) -> bool:
    """True for a genitive ending behind a space."""
    return after.text == "s" and between[-1:] in _GENITIVE and between[-2:-1] in _SPACES and len(between) > 1


def _headless(ctx: Context, text: str, words: Sequence[Word]) -> Iterator[Tear]:
    """Yield the beginning of a statement that has its verb where its subject should be."""
    record = ctx.language.words
    bare = text.rstrip(_CLOSING)
    if not words or bare.endswith("?"):
        return
    first, second = words[0].text.lower(), words[1].text if len(words) > 1 else ""
    # Behind a condition or a participle, a comma begins the clause that it belongs to.
    whole = "," not in text and len(words) >= _LINE and bare.endswith(".")
    # A headline may do without its subject, and be run into what follows.
    titled = len(ctx.paragraphs) > 1 and any(p.start <= words[0].start < p.start + _MARKS for p in ctx.paragraphs)
    here = Tear(words[0].start, words[0].end, sure=whole and not titled)
    if first in record.finite:
        yield here if past(ctx, second) else replace(here, sure=False)
    elif past(ctx, first):
        if whole and second in record.leading | record.wanting | record.objects:
            yield here
    elif first.endswith(tuple(record.adverb_endings)):
        if ctx.is_ordinary(first) and past(ctx, second):
            yield Tear(words[0].start, words[1].end)
    elif first in record.function - record.leading:
        yield from _after_date(ctx, words)
        comma = len(words) > 1 and ctx.text[words[1].end : words[1].end + 1] == "," and second.islower()
        if comma and ctx.bigrams and ctx.bigrams.affinity(first, second) <= _SELDOM:
            yield Tear(words[0].start, words[1].end + 1)


def _after_date(ctx: Context, words: Sequence[Word]) -> Iterator[Tear]:
    """Yield the place behind “In 1956” where a verb follows."""
    text = ctx.text
    at = 2 if words[1:] and words[1].text in ctx.language.words.leading else 1
    if len(words) <= at + 1 or not words[at].text[:2].isdigit():
        return
    between, after = text[words[at].end : words[at + 1].start], words[at + 1]
    if between.strip(",") in _SPACES and (after.text in ctx.language.words.finite or past(ctx, after.text)):
        yield Tear(words[at].start, after.end)
