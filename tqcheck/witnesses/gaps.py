"""What one side says and the other does not: left out, or invented.

A whole sentence: the alignment found no counterpart for it, or put two sentences beside one and the
words of one of the two are not there. In both cases the words have the last say: what a neighbour took
over is no gap. A part of a sentence: a model of the evidence (`gaps.json`, written by
scripts/train_risk.py) says that something of the pair is missing, and the run of words that is covered
worst says where.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.model import Span
from tqcheck.witnesses.additive import Model
from tqcheck.witnesses.coverage import coverage, covered
from tqcheck.witnesses.evidence import evidence
from tqcheck.witnesses.norms import usual
from tqcheck.witnesses.shape import size, stretch

# Standard deviations below what is usual between the two languages. Of sentences that were taken out of
# professional translations 95 in 100 lie lower than the first, of those that are there 7 in 100.
_ALONE = -0.75
# Within a pair of several sentences: the one lies lower, each other one higher, and the pair is too long by
# so many standard deviations on this side, and no longer without that sentence.
_LACKING, _THERE = -2.5, -0.75
_LONG = 1.0
# Shorter sentences (“Really?”) go without a loss, and their words tell too little.
_WORDS = 4


# Log-odds: 0 is what one of 6,000 pairs of professional translations exceeds, the other one in a few hundred.
_SURE, _HINT = 0.0, -2.0


class Gap(NamedTuple):
    """A stretch without a counterpart.

    side   whose stretch it is: "source", and the target lacks it; "target", and it was added
    span   the stretch
    near   where its counterpart was looked for on the other side
    sure   False for a hint
    extent how far it goes: for a sentence by how many standard deviations its words are covered worse than is
           usual, for a part the log-odds of the model
    """

    side: str
    span: Span
    near: Span
    sure: bool
    extent: float


def gaps(bitext: Bitext) -> tuple[Gap, ...]:
    """Return the sentences that have no counterpart, those of the source first; empty where no encoder
    knows both languages, or where one side is only a part of the other."""
    if bitext.lexical is None or bitext.partial is not None:
        return ()
    return (*_of_side(bitext, "source"), *_of_side(bitext, "target"))


def parts(bitext: Bitext) -> tuple[Gap, ...]:
    """Return the parts of sentences that have no counterpart; empty where no encoder knows both languages,
    or where one side is only a part of the other."""
    covers, told = bitext.once(coverage), bitext.once(evidence)
    if covers is None or told is None or bitext.partial is not None:
        return ()
    whole = [(gap.side, gap.span) for gap in bitext.once(gaps)]
    found = []
    for pair, cover, numbers in zip(bitext.matched, covers, told, strict=True):
        assert pair.source is not None
        assert pair.target is not None
        for side, span, near, name in (
            ("source", cover.source.stretch, pair.target, "omission"),
            ("target", cover.target.stretch, pair.source, "addition"),
        ):
            odds = models()[name].odds(numbers)
            known = span is None or any(s == side and span.start < w.end and w.start < span.end for s, w in whole)
            if span is not None and not known and odds > _HINT:
                found.append(Gap(side, span, near, odds > _SURE, odds))
    return tuple(found)


@cache
def models() -> dict[str, Model]:
    """Return the models that the package ships."""
    text = (resources.files("tqcheck.witnesses") / "gaps.json").read_text(encoding="utf-8")
    return {name: Model.of(data) for name, data in json.loads(text).items()}


def _of_side(bitext: Bitext, side: str) -> Iterator[Gap]:
    places = [(pair.source, pair.target) if side == "source" else (pair.target, pair.source) for pair in bitext.pairs]
    ours = sorted((span, near) for span, near in places if span is not None)
    for at, (span, counterpart) in enumerate(ours):
        if counterpart is not None:
            yield from _beside(bitext, side, span, counterpart)
        elif near := _around([place[1] for place in ours[max(0, at - 1) : at + 2]]):
            yield from _alone(bitext, side, span, near)


def _alone(bitext: Bitext, side: str, span: Span, near: Span) -> Iterator[Gap]:
    """Yield the sentences that the alignment left alone, where the words beside them do not cover them."""
    for sentence in _sentences(_context(bitext, side), span):
        value = _deviation(bitext, side, sentence, near)
        if value is not None and value < _ALONE:
            yield Gap(side, sentence, near, True, value)


def _beside(bitext: Bitext, side: str, span: Span, counterpart: Span) -> Iterator[Gap]:
    """Yield the one sentence of several of a pair that its other side does not cover."""
    ours, other = _context(bitext, side), _context(bitext, "target" if side == "source" else "source")
    inside = _sentences(ours, span)
    if len(inside) < 2:
        return
    values = [_deviation(bitext, side, sentence, counterpart) for sentence in inside]
    lacking = [n for n, value in enumerate(values) if value is not None and value < _LACKING]
    if len(lacking) == 1 and all(v is None or v > _THERE for n, v in enumerate(values) if n not in lacking):
        sentence = inside[lacking[0]]
        whole, rest = size(ours, span), size(ours, span) - size(ours, sentence)
        theirs = size(other, counterpart)
        if _longer(bitext, side, whole, theirs) > _LONG > _longer(bitext, side, rest, theirs):
            yield Gap(side, sentence, counterpart, True, values[lacking[0]] or 0.0)


def _context(bitext: Bitext, side: str) -> Context:
    return bitext.source if side == "source" else bitext.target


def _longer(bitext: Bitext, side: str, ours: int, theirs: int) -> float:
    """Return by how many standard deviations this side is longer than the other one lets expect."""
    return stretch(bitext, theirs, ours) if side == "target" else -stretch(bitext, ours, theirs)


def _around(spans: Sequence[Span | None]) -> Span | None:
    """Return the stretch from the first to the last of those spans that are there."""
    found = [span for span in spans if span is not None]
    return Span(min(s.start for s in found), max(s.end for s in found)) if found else None


def _sentences(side: Context, span: Span) -> list[Span]:
    sentences = side.sentences
    first = bisect_left(sentences, (span.start,))
    return sentences[first : bisect_left(sentences, (span.end,), first)]


def _deviation(bitext: Bitext, side: str, span: Span, near: Span) -> float | None:
    """Return how well a sentence of one side is covered, in standard deviations; None where it is too short."""
    ours, other = _context(bitext, side), _context(bitext, "target" if side == "source" else "source")
    share = covered(bitext, ours, span, other, near, _WORDS)
    if share is None:
        return None
    mean, spread = usual(bitext, f"{side}-covered")
    return (share - mean) / spread


def place(bitext: Bitext, gap: Gap) -> int | None:
    """Return where in the target a stretch that it lacks belongs, None where that is not known."""
    for pair in bitext.pairs:
        if pair.source is not None and pair.source.start <= gap.span.start < pair.source.end:
            return bitext.insertion_point(pair) if pair.target is None else pair.target.end
    return None
