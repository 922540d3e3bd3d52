"""How the sentences of both sides end: with a mark, and with which."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.model import Span

STOPS = ".!?…。！？｡؟۔।॥։"
# What may follow the stop of a sentence, and what ends a paragraph that goes on.
_CLOSING = "\"'“”„‘’«»‹›)]}」』】）〉》*_ \t\u00a0\u202f\u200e\u200f"
_OTHER_MARKS = ":;,،؛、，：；-–—―|/"


@dataclass(frozen=True, slots=True)
class Ending:
    """Stretches of both sides that render each other, and their final marks (empty: none)."""

    source: Span
    target: Span
    due: str
    given: str


def endings(bitext: Bitext) -> tuple[Ending, ...]:
    """Return how each paragraph of the target ends beside what it renders, by its last sentence."""
    ours, theirs = bitext.target, bitext.source
    return tuple(
        Ending(before, after, _stop(theirs, before), final_mark(ours.text[after.start : after.end]))
        for before, after in _beside(bitext)
    )


def final_mark(text: str) -> str:
    """Return the mark at the end of a text, closing quotes and brackets left aside."""
    bare = text.rstrip(_CLOSING)
    return bare[-1:] if bare[-1:] in STOPS + _OTHER_MARKS else ""


def _stop(side: Context, span: Span) -> str:
    """Return the stop that ends a stretch; the dot of an abbreviation or an initial is none."""
    text = side.text[span.start : span.end]
    mark = final_mark(text)
    if not mark or mark not in STOPS:
        return ""
    last = text.rstrip(_CLOSING)[-24:].split()[-1].strip(_CLOSING)
    short = last.lower() in side.language.words.abbreviations or last in side.language.words.abbreviations
    return "" if mark == "." and (short or "." in last[:-1] or len(last) < 3) else mark


def _beside(bitext: Bitext) -> Iterator[tuple[Span, Span]]:
    """Yield the last sentences of paragraphs with their originals: paragraph by paragraph where both
    sides have as many, else by the alignment."""
    ours, theirs = bitext.target.paragraphs, bitext.source.paragraphs
    if len(ours) == len(theirs):
        for before, after in zip(theirs, ours, strict=True):
            yield _last(bitext.source, before), _last(bitext.target, after)
        return
    ends = {paragraph.end for paragraph in ours}
    for pair in bitext.matched:
        assert pair.source is not None
        assert pair.target is not None
        if pair.target.end in ends:
            yield _last(bitext.source, pair.source), _last(bitext.target, pair.target)


def _last(side: Context, span: Span) -> Span:
    """Return the last sentence of a stretch."""
    at = bisect_left(side.sentences, span.end, key=lambda sentence: sentence.start) - 1
    return side.sentences[at] if at >= 0 and side.sentences[at].start >= span.start else span
