"""Is the target the original itself, hardly or not at all translated?"""

from __future__ import annotations

from collections import Counter

from tqcheck.bitext import Bitext
from tqcheck.text.words import count
from tqcheck.witnesses.copies import copies

# So many words make an article; a headline may be names only.
_LEAST = 8
# Of the words so many stand in both texts before they are held against each other at all.
_SHARED = 0.6
# chrF of translations between the closest languages stays far below this.
_SAME = 75.0
# Names and international words weigh nothing: so much the words must weigh on average.
_WEIGHT = 0.15
_SAMPLE = 20_000


def sameness(bitext: Bitext) -> float:
    """Return the chrF of the target against its original, 0 where they share few words or only names.

    chrF (Popović 2015, doi:10.18653/v1/W15-3049) forgives what a system changed in passing.
    """
    ours, theirs = bitext.target, bitext.source
    total = len(ours.words)
    shared = (Counter(ours.lowered) & Counter(theirs.lowered)).total()
    if count(ours.text) < _LEAST or shared < _SHARED * total or shared < _SHARED * len(theirs.words):
        return 0.0
    if ours.language.base == theirs.language.base:
        # Nobody translates into the same language: the detector saw what was not translated.
        if ours.article.lang:
            return 0.0
    elif sum(copy.weight for copy in bitext.once(copies)) < _WEIGHT * total:
        return 0.0
    from sacrebleu.metrics.chrf import CHRF

    score: float = CHRF().sentence_score(ours.text[:_SAMPLE], [theirs.text[:_SAMPLE]]).score
    return score


def is_original(bitext: Bitext) -> bool:
    """True where the target as a whole is its original."""
    return bitext.once(sameness) >= _SAME
