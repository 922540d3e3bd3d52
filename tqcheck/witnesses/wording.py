"""How awkwardly the words of each target go together: too weak for a finding, enough to move the score."""

from __future__ import annotations

import math

from tqcheck.bitext import Bitext
from tqcheck.languages.fluency import fluency

# The fluency of an ordinary English sentence (see languages/fluency.py).
_USUAL = 1.1


def awkwardness(bitext: Bitext) -> list[float]:
    """Return one number a pair of `bitext.matched`: near 0 for words that go well together, 0.7 for an
    ordinary sentence, and growing with every pair of words that seldom meet; 0 where nothing is known."""
    target = bitext.target
    if not target.bigrams:
        return [0.0] * len(bitext.matched)
    names = target.names.single
    found = [
        fluency(target.text, bitext.words_of(target, pair.target), target.bigrams, names) for pair in bitext.matched
    ]
    # Smooth, so that of two sentences the better one is always told.
    return [math.log1p(math.exp(_USUAL - side.value)) if side.pairs else 0.0 for side in found]
