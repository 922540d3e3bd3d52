"""Whether a negation of one side may come from anything that the other side says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tqcheck.languages.negation import Denials, Negation
from tqcheck.model import Span
from tqcheck.text.words import Word
from tqcheck.witnesses.literal import Sides

# How like a word and its counterpart are at least; a word beside it where an auxiliary is denied; and how like
# two negative words, which the vectors of words tell less well.
_SAME = 0.4
_CLEARLY_SAME = 0.5
_BOTH_NEGATIVE = 0.3
# Where a negator may deny the word before it or the one behind, each is like a word of the other side at least so much.
_ANY = 0.3
# So many characters around a word belong to it, and so far behind a negator stands what an auxiliary denies.
_AROUND = 25
_CLAUSE = 35
# So near behind a negator another negative word makes an affirmation of both.
_NEXT = 15

_STOP = re.compile(r"[,;:.!?…—–](?!\d)")


class Side(NamedTuple):
    """One side of a pair: its text, where it begins in the article, its negative words and its language."""

    text: str
    start: int
    denials: Denials
    language: Negation

    def plain(self) -> list[Span]:
        """Return the plain negators, in offsets of the article."""
        return [_moved(span, self.start) for span in self.denials.plain]

    def is_negative(self, word: Word) -> bool:
        """True for a word, in offsets of the article, that is negative without being a plain negator."""
        plain, *others = self.denials
        spans = [_moved(span, self.start) for kind in others for span in kind if span not in plain]
        return any(_meet(word, span) for span in spans)


class Reason(NamedTuple):
    """A word of the side that does not deny which may stand for a negation; `prefixed` where only its beginning
    looks negative, which shows something beside the denied word alone."""

    span: Span
    prefixed: bool


def unlicensed(words: Sides, denying: Side, other: Side, original: bool) -> tuple[Span, Span] | None:
    """Return a negator and the word of the other side that it turns, where nothing there gives reason for it.

    `words.target` are of the side that denies; `original` where that is the original: what it denies, a translator
    may well put in other words.
    """
    reasons = list(_reasons(words, denying, other))
    for negator in denying.plain():
        if _turned_back(words, negator, denying, other):
            continue
        for word, close in _turned(words, negator, denying, other, not original and _auxiliary(denying, negator)):
            far = _AROUND if close else _CLAUSE
            near = [r for r in reasons if not r.prefixed or abs(r.span.start - word.start) < far]
            if not near:
                return negator, Span(word.start, word.end)
    return None


def _turned_back(words: Sides, negator: Span, denying: Side, other: Side) -> bool:
    """True where a negative word follows a negator that the other side has none for: “not bad” stands for “good”."""
    for n, word in enumerate(words.target):
        if 0 <= word.start - negator.end < _NEXT and denying.is_negative(word):
            at = int(words.like[:, n].argmax())
            if float(words.like[at, n]) < _BOTH_NEGATIVE or not other.is_negative(words.source[at]):
                return True
    return False


def _reasons(words: Sides, denying: Side, other: Side) -> Iterator[Reason]:
    """Yield the negative words of the other side that are not said again on the side that denies."""
    _plain, strong, prefixed, loose = other.denials
    for kind in (strong, prefixed, loose):
        for inner in kind:
            span = _moved(inner, other.start)
            form = other.text[inner.start : inner.end].lower().replace("’", "'")
            # “Never” and “no” may be told by a plain negation anywhere.
            grammatical = kind is strong and other.language.closed.fullmatch(form)
            if grammatical or not _said(words, span, denying):
                yield Reason(span, kind is prefixed)


def _said(words: Sides, span: Span, denying: Side) -> bool:
    """True where a word has a counterpart, and this is negative too or stands where no negator reaches."""
    for n, word in enumerate(words.source):
        if not _meet(word, span):
            continue
        at = int(words.like[n].argmax())
        alike = float(words.like[n, at])
        if int(words.like[:, at].argmax()) == n and alike >= _BOTH_NEGATIVE:
            there = words.target[at]
            if denying.is_negative(there) or (alike >= _SAME and not _reached(there, denying)):
                return True
    return False


def _reached(word: Word, denying: Side) -> bool:
    """True for a word that a plain negator may deny."""
    verb = denying.language.verb
    ahead = -1 if verb == "after" else _AROUND
    behind = -1 if verb == "before" else _AROUND
    return any(
        _meet(word, span) or 0 <= word.start - span.end < behind or 0 <= span.start - word.end < ahead
        for span in denying.plain()
    )


def _turned(words: Sides, negator: Span, denying: Side, other: Side, apart: bool) -> Iterator[tuple[Word, bool]]:
    """Yield the words of the other side that stand for what a negator denies, or for what follows it in its clause;
    True with the former."""
    close = denied(words.target, negator, denying.language.verb)
    if len(close) > 1 and not all(float(words.like[:, n].max()) >= _ANY for n in close):
        return
    stop = _STOP.search(denying.text, negator.end - denying.start)
    end = min(negator.end + _CLAUSE, denying.start + stop.start() if stop else negator.end + _CLAUSE)
    behind = [n for n, w in enumerate(words.target) if negator.end <= w.start < end] if apart else []
    for n in dict.fromkeys((*close, *behind)):
        at = int(words.like[:, n].argmax())
        alike, mutual = float(words.like[at, n]), int(words.like[at].argmax()) == n
        if n in close:
            same = alike >= _SAME if mutual else apart and alike >= _CLEARLY_SAME
        else:
            same = mutual and alike >= _CLEARLY_SAME
        if same and (denying.is_negative(words.target[n]) or not other.is_negative(words.source[at])):
            yield words.source[at], n in close


def _auxiliary(denying: Side, negator: Span) -> bool:
    """True where a negator stands behind an auxiliary, or in one."""
    text = denying.text.lower().replace("’", "'")
    if len(text) != len(denying.text) or not denying.language.apart:
        return False
    start, end = negator.start - denying.start, negator.end - denying.start
    # “Are sometimes not held”.
    before = text[max(0, start - _AROUND) : start].split()[-2:]
    return text[start:end] in denying.language.apart or not denying.language.apart.isdisjoint(before)


def denied(words: Sequence[Word], negator: Span, verb: str) -> list[int]:
    """Return the content words that a negator may deny, the likeliest first; `verb` says where they stand."""
    after = [n for n, w in enumerate(words) if w.start >= negator.end][:1]
    before = [n for n, w in enumerate(words) if w.end <= negator.start][-1:]
    own = [n for n, w in enumerate(words) if _meet(w, negator)]
    return {"after": after, "before": [*own, *before], "around": [*before, *after], "self": own or before}[verb]


def _meet(one: Word | Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
