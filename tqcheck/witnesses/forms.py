"""Tense, aspect and the sex of pronouns: what the English side says beside what the other side lets expect.

The vector of a sentence tells its tense well enough to be read off by a linear map, whatever the language, where the
encoder was trained on translations. `forms.json` holds such a map for each encoder that the package ships, from its
vectors to the log-odds of the forms of `languages/verbs.py`, fitted to human translations by scripts/train_forms.py.
What one sentence says otherwise than expected is too weak for a finding, and moves the score.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from tqcheck.bitext import Bitext
from tqcheck.languages.verbs import verbs

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The language whose words are read; the map is fitted to them.
ENGLISH = "en"


class Expectation(NamedTuple):
    """A linear map from the unit vectors of an encoder to the log-odds of `Forms`: `weights`, shape (d, 6), and `base`,
    shape (6,), the log-odds for a vector of no meaning."""

    weights: NDArray[Any]
    base: NDArray[Any]


def strangeness(bitext: Bitext) -> list[float]:
    """Return for each pair of `bitext.matched` the log-odds against its forms, added up: 0 where all are as expected,
    1 for an ordinary pair; 0 too where nothing is known."""
    found = [0.0] * len(bitext.matched)
    target_reads = bitext.target.language.base == ENGLISH
    if bitext.encoder is None or target_reads == (bitext.source.language.base == ENGLISH):
        return found
    expected, known = expectation(bitext.encoder.partition("@")[0]), verbs(ENGLISH)
    if expected is None or known is None:
        return found
    side = bitext.target if target_reads else bitext.source
    for n, (pair, vectors) in enumerate(zip(bitext.matched, bitext.vectors, strict=True)):
        span, other = (pair.target, vectors[0]) if target_reads else (pair.source, vectors[1])
        said = known.forms([word.text for word in bitext.words_of(side, span)])
        found[n] = against(said, (other @ expected.weights + expected.base).tolist())
    return found


def against(said: Sequence[float | None], odds: Sequence[float]) -> float:
    """Return how much less likely it is, as a logarithm, to say this than what the log-odds make likeliest. What is not
    said counts as much as it is to be expected, so that to leave a verb out is no gain."""
    total = 0.0
    for value, log_odds in zip(said, odds, strict=True):
        likely = 1 / (1 + math.exp(-abs(log_odds)))
        away = 1 - likely if value is None else 1 - value if log_odds > 0 else value
        total += away * abs(log_odds)
    return total


@cache
def expectation(encoder: str) -> Expectation | None:
    """Return the map for an encoder of this name, None where there is none."""
    import numpy as np

    maps = json.loads((resources.files("tqcheck.witnesses") / "forms.json").read_text(encoding="utf-8"))
    data = maps.get(encoder)
    if data is None:
        return None
    # Whole numbers, so that the file is small: hundredths of what they stand for.
    return Expectation(np.array(data["weights"], np.float32) / 100, np.array(data["base"], np.float32))
