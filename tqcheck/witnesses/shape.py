"""The outside of a pair: how long both sides are, what the target repeats, what it has word for word."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.spaceless import cut
from tqcheck.model import Span
from tqcheck.witnesses.coverage import rarity
from tqcheck.witnesses.norms import usual

# Repetition is looked for in so many words of a side at most.
_MOST = 400
# Words less rare than this are function words, which every sentence says again.
_CONTENT = 0.25
# Characters added to both lengths, so that short sentences may differ more.
SLACK = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """Characters of both sides without spaces, words of the target, and what the target repeats.

    `loops` is how many more words of the target than of the source stand in a run of two words that
    was said before, per word: near 0 in a translation, up to 1 in one that goes round in circles.
    `echoes` counts content words said again that the source does not say again (“design and design”),
    by rarity. `same` is the share of the target's words, but names and numbers, that the source has too.
    """

    source: int
    target: int
    words: int
    loops: float
    echoes: float
    same: float


def shapes(bitext: Bitext) -> list[Shape]:
    """Return one value a pair of `bitext.matched`."""
    found: list[Shape] = []
    for pair in bitext.matched:
        ours = _words(bitext, bitext.target, pair.target)
        theirs = _words(bitext, bitext.source, pair.source)
        tags = bitext.target.language.tag, bitext.source.language.tag
        lower = {word.lower() for word in ours if word.islower()}
        found.append(
            Shape(
                source=size(bitext.source, pair.source),
                target=size(bitext.target, pair.target),
                words=len(ours),
                loops=max(0.0, _repeated(ours) - _repeated(theirs)),
                echoes=max(0.0, _echoes(ours, tags[0]) - _echoes(theirs, tags[1])),
                same=len(lower & {word.lower() for word in theirs}) / len(lower) if lower else 0.0,
            )
        )
    return found


def size(side: Context, span: Span | None) -> int:
    """Return the characters of a stretch without its spaces."""
    return 0 if span is None else len("".join(side.text[span.start : span.end].split()))


def stretch(bitext: Bitext, source: int, target: int) -> float:
    """Return by how many standard deviations a target of so many characters is longer than its source
    lets expect, below 0 where it is shorter."""
    expected, spread = usual(bitext, "length")
    return (math.log((target + SLACK) / (source + SLACK)) - expected) / spread


def _words(bitext: Bitext, side: Context, span: Span | None) -> list[str]:
    found: list[str] = []
    for word in bitext.words_of(side, span)[:_MOST]:
        parts = (word,) if side.language.spaced else cut(word, side.frequencies)
        found.extend(part.text for part in parts)
    return found[:_MOST]


def _repeated(words: list[str]) -> float:
    """Return the share of runs of two words that were said before."""
    lowered = [word.lower() for word in words]
    runs = Counter(pairwise(lowered))
    return sum(n - 1 for n in runs.values()) / len(words) if words else 0.0


def _echoes(words: list[str], tag: str) -> float:
    """Return how often content words are said again, by rarity."""
    counts = Counter(word.lower() for word in words)
    return sum((n - 1) * (rare - _CONTENT) for word, n in counts.items() if (rare := rarity(word, tag)) > _CONTENT)
