"""Where the target names the opposite of what the original names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.languages.negation import negation
from tqcheck.languages.opposites import Mention, opposites
from tqcheck.model import Span

# How far apart a word and what became of it may stand, as a share of the sentence: verbs move with the grammar.
_APART = 0.45


# So many characters around a word, what may deny is about it; a quarter where no spaces are written.
_NEAR = 12


# More words for one concept are no sentence; comparing all would cost too much.
_MANY = 20


class Swap(NamedTuple):
    """A concept of the original that became its opposite: the key of the two, and both words."""

    pair: str
    source: Span
    target: Span


Mentions = list[Mention]


def swapped(bitext: Bitext) -> tuple[tuple[Swap, ...], ...]:
    """Return for each matched pair the concepts that became their opposite."""
    return tuple(
        tuple(swap for swap in swaps if _plain(bitext, pair, swap)) if swaps else ()
        for pair, swaps in zip(bitext.matched, exchanged(bitext, "opposites", _APART), strict=True)
    )


def weights(bitext: Bitext) -> list[float]:
    """Return for each matched pair how much speaks for an opposite: 1 where it is told, a half where one side
    names a concept and the other its opposite, wherever they stand and whatever they deny."""
    loose = exchanged(bitext, "opposites", 1.0)
    return [1.0 if sure else 0.5 if swaps else 0.0 for sure, swaps in zip(bitext.once(swapped), loose, strict=True)]


def exchanged(bitext: Bitext, table: str, apart: float) -> list[list[Swap]]:
    """Return for each matched pair what its sides exchange of a table, whatever they deny.

    `apart` is how far apart both words may stand, as a share of their sentences.
    """
    data = opposites(table, bitext.source.language.tag), opposites(table, bitext.target.language.tag)
    if data[0] is None or data[1] is None:
        return [[] for _pair in bitext.matched]
    theirs = _within(data[0].find(bitext.source.text))
    ours = _within(data[1].find(bitext.target.text))
    found = []
    for pair in bitext.matched:
        assert pair.source is not None
        assert pair.target is not None
        found.append(_exchanged(pair, theirs(pair.source), ours(pair.target), apart))
    return found


def turned_by(bitext: Bitext, pair: Pair, negator: Span, far: int, side: int) -> bool:
    """True where a word of one side (0 the original, 1 the target) that begins at most `far` characters behind
    a negator names a concept, and the other side its opposite: “not guilty” and “innocent” say the same."""
    assert pair.source is not None
    assert pair.target is not None
    one, other = [bitext.once(mentions)[n] for n in (side, 1 - side)]
    there = _within(other)((pair.target, pair.source)[side])
    for word in _within(one)(Span(negator.start, negator.end + far)):
        # “Not guilty” stands in the table too, as one of the words for innocent.
        opposite = word.concept.side if word.start <= negator.start else 1 - word.concept.side
        if any(m.concept[:2] == (word.concept.pair, opposite) and (m.concept.sure or word.concept.sure) for m in there):
            return True
    return False


def mentions(bitext: Bitext) -> tuple[Mentions, Mentions]:
    """Return what both sides name of the table of opposites; nothing where that is not known of one."""
    sides = bitext.source, bitext.target
    data = [opposites("opposites", side.language.tag) for side in sides]
    if data[0] is None or data[1] is None:
        return [], []
    return data[0].find(sides[0].text), data[1].find(sides[1].text)


def _within(mentions: Mentions) -> Callable[[Span], Mentions]:
    starts = [mention.start for mention in mentions]
    return lambda span: mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def _exchanged(pair: Pair, theirs: Mentions, ours: Mentions, apart: float) -> list[Swap]:
    """Return what one side names only one concept of, and the other side only the other."""
    found = []
    for key in sorted({m.concept.pair for m in theirs} & {m.concept.pair for m in ours}):
        sides = [[m for m in side if m.concept.pair == key] for side in (theirs, ours)]
        named = [{m.concept.side for m in side} for side in sides]
        if len(named[0]) == len(named[1]) == 1 and named[0] != named[1]:
            source, target = ([Span(m.start, m.end) for m in side if m.concept.sure] for side in sides)
            spans = same_place(pair, source, target, apart)
            if spans is not None:
                found.append(Swap(key, *spans))
    return found


def same_place(pair: Pair, sources: Sequence[Span], targets: Sequence[Span], apart: float) -> tuple[Span, Span] | None:
    """Return the word of the original and that of the target that stand about as far into their sentences.

    None where there are none: then the one may have been left out, and the other put in elsewhere.
    """
    assert pair.source is not None
    assert pair.target is not None
    choices = [
        (abs(_place(s, pair.source) - _place(t, pair.target)), s, t) for s in sources[:_MANY] for t in targets[:_MANY]
    ]
    found, source, target = min(choices, default=(1.0, Span(0, 0), Span(0, 0)))
    return (source, target) if found <= apart else None


def _place(word: Span, sentence: Span) -> float:
    return ((word.start + word.end) / 2 - sentence.start) / max(1, sentence.end - sentence.start)


def _plain(bitext: Bitext, pair: Pair, swap: Swap) -> bool:
    """True where both sides deny as often, the opposites left out, and nothing near these may turn them."""
    assert pair.source is not None
    assert pair.target is not None
    counts = [
        _denials(bitext.source, pair.source, swap.source),
        _denials(bitext.target, pair.target, swap.target),
    ]
    return None not in counts and counts[0] == counts[1]


def _denials(side: Context, span: Span, word: Span) -> int | None:
    """Return how often a sentence denies, not counting in a word; None where that is not known, or where what
    may deny stands beside the word: “not open”, “little used”, “far from easy”."""
    data = negation(side.language.tag)
    if data is None:
        return None
    found = data.find(side.text[span.start : span.end])
    at, end = word.start - span.start, word.end - span.start
    near = _NEAR if side.language.spaced else _NEAR // 4
    others = [[s for s in spans if not (s.start < end and at < s.end)] for spans in found]
    # Weak words that deny stand before what they turn, or behind it where negation does.
    ahead, behind = (0, near) if data.verb == "before" else (near, 0)
    if any(at - ahead < s.end and s.start < end + behind for spans in others for s in spans):
        return None
    return len(others[0]) + len(others[1])
