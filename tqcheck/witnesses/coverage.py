"""How much of one side of a pair the words of the other side cover.

For every word its best cosine among the words of the other side, weighted by rarity: a rare word that
nothing is like has no counterpart. The same counts of both sides tell a free translation (both have
words left over) from an omission or an addition (one has). Idea: SimAlign (Jalili Sabet et al. 2020,
https://aclanthology.org/2020.findings-emnlp.147) without its subwords.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.spaceless import cut
from tqcheck.model import Span
from tqcheck.text.words import Word
from tqcheck.witnesses.norms import counterpart

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Rarity: 0.05 from Zipf 6.8 on (the, and), 1 up to Zipf 2.5; 3 where nothing is known of a word's language.
_COMMON, _RANGE, _LEAST, _UNKNOWN_LANGUAGE = 7.0, 4.5, 0.05, 3.0
# A stretch goes on while its words are worse covered than this, on a scale where 0 is surely no counterpart
# and 1 surely one; each word of it costs a little, so that common words do not make it long.
_STRETCH, _STEP = 1.3, 0.02
# A pair longer than this many distinct words a side is no sentence; what follows is not looked at.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: its distinct words at their first place, their rarity and best cosine."""

    words: tuple[Word, ...]
    rarity: tuple[float, ...]
    best: tuple[float, ...]
    # How surely each word has no counterpart, 0 to 1, times its rarity.
    missing: tuple[float, ...]
    # The run of words that is covered worst, and how badly: rarities times lacking likeness, added up.
    stretch: Span | None = None
    gap: float = 0.0

    @property
    def covered(self) -> float:
        """The mean best cosine, weighted by rarity; 1 for a side without words."""
        total = sum(self.rarity)
        return sum(r * b for r, b in zip(self.rarity, self.best, strict=True)) / total if total else 1.0

    @property
    def lost(self) -> float:
        """The rarity of what has no counterpart, added up: about a count of content words."""
        return sum(self.missing)

    @property
    def most_lost(self) -> float:
        """The rarity of the one word that most lacks a counterpart."""
        return max(self.missing, default=0.0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Both sides of a pair."""

    source: Side
    target: Side


def coverage(bitext: Bitext) -> list[Coverage] | None:
    """Return one value a pair of `bitext.matched`, None where no encoder knows both languages."""
    if bitext.lexical is None:
        return None
    return [_pair(bitext, pair.source, pair.target) for pair in bitext.matched]


def _pair(bitext: Bitext, source: Span | None, target: Span | None) -> Coverage:
    assert bitext.lexical is not None
    theirs, ours = distinct(bitext, bitext.source, source), distinct(bitext, bitext.target, target)
    if not theirs or not ours:
        return Coverage(_side(bitext, bitext.source, theirs, None), _side(bitext, bitext.target, ours, None))
    cosines = bitext.lexical.similarity(list(theirs), list(ours))
    return Coverage(
        _side(bitext, bitext.source, theirs, cosines.max(axis=1)),
        _side(bitext, bitext.target, ours, cosines.max(axis=0)),
    )


def covered(
    bitext: Bitext, side: Context, span: Span, other: Context, near: Span | None, least: int = 1
) -> float | None:
    """Return how much of a stretch of one side a stretch of the other covers (the mean best cosine of its
    words, weighted by rarity), None where it has fewer than `least` distinct words."""
    ours, theirs = distinct(bitext, side, span), distinct(bitext, other, near)
    if len(ours) < least or not theirs or bitext.lexical is None:
        return None
    best = bitext.lexical.similarity(list(ours), list(theirs)).max(axis=1)
    rare = [rarity(word, side.language.tag) for word in ours]
    return sum(r * float(b) for r, b in zip(rare, best, strict=True)) / sum(rare)


def distinct(bitext: Bitext, side: Context, span: Span | None) -> dict[str, Word]:
    """Return the distinct words of a stretch in lower case, each with its first place; in a language
    that writes no spaces, runs are cut into words."""
    words: dict[str, Word] = {}
    there = bitext.words_of(side, span)
    for word in islice(there if side.language.spaced else _cut(side, there), 4 * _MOST):
        words.setdefault(word.text.lower(), word)
    return dict(islice(words.items(), _MOST))


def vocabulary(side: Context) -> set[str]:
    """Return all words of one side in lower case, cut as `coverage` cuts them."""
    return set(side.lowered) if side.language.spaced else {word.text.lower() for word in _cut(side, side.words)}


def _cut(side: Context, words: Iterable[Word]) -> Iterator[Word]:
    for word in words:
        yield from cut(word, side.frequencies)


def _side(bitext: Bitext, side: Context, words: dict[str, Word], cosines: NDArray[Any] | None) -> Side:
    tag = side.language.tag
    none, one = counterpart(bitext)
    rare = tuple(rarity(word, tag) for word in words)
    best = (0.0,) * len(words) if cosines is None else tuple(map(float, cosines))
    missing = tuple(r * min(1.0, max(0.0, (one - b) / (one - none))) for r, b in zip(rare, best, strict=True))
    lacking = [r * (_STRETCH - (b - none) / (one - none)) - _STEP for r, b in zip(rare, best, strict=True)]
    return Side(tuple(words.values()), rare, best, missing, *_stretch(list(words.values()), lacking))


def _stretch(words: list[Word], lacking: list[float]) -> tuple[Span | None, float]:
    """Return the run of words with the greatest sum, and that sum (Kadane's algorithm; Bentley 1984,
    doi:10.1145/358234.381162)."""
    best, worst, start, total = None, 0.0, 0, 0.0
    for word, lack in zip(words, lacking, strict=True):
        if total <= 0:
            start, total = word.start, 0.0
        total += lack
        if total > worst:
            best, worst = Span(start, word.end), total
    return best, worst


@lru_cache(maxsize=100_000)
def rarity(word: str, tag: str) -> float:
    """Return how much a word tells, from 0.05 (the commonest) to 1 (a rare one)."""
    from tqcheck.languages.frequency import frequencies

    known = frequencies(tag)
    zipf = known.zipf(word) if known else _UNKNOWN_LANGUAGE
    return min(1.0, max(_LEAST, (_COMMON - zipf) / _RANGE))
