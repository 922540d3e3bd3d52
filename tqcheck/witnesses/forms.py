"""Tense, aspect and the sex of pronouns: what the English side says beside what the other side lets expect.

The vector of a sentence tells its tense well enough to be read off by a linear map, whatever the language, where the
encoder was trained on translations. `forms.json` holds such a map for each encoder that the package ships, from its
vectors to the log-odds of the forms of `languages/verbs.py`, fitted to human translations by scripts/train_forms.py.
What one sentence says otherwise than expected is too weak for a finding, and moves the score (`preference.py`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from tqcheck.bitext import Bitext
from tqcheck.languages.verbs import Forms, verbs

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The language whose words are read; the map is fitted to them.
ENGLISH = "en"


class Expectation(NamedTuple):
    """A linear map from the unit vectors of an encoder to the log-odds of `Forms`: `weights`, shape (d, 6), and `base`,
    shape (6,), the log-odds for a vector of no meaning."""

    weights: NDArray[Any]
    base: NDArray[Any]


# A form is said otherwise than expected, or not said at all.
NAMES = tuple(f"{form}-{how}" for form in Forms._fields for how in ("other", "unsaid"))
_SILENT = dict.fromkeys(NAMES, 0.0)


def strangeness(bitext: Bitext) -> list[dict[str, float]]:
    """Return for each pair of `bitext.matched` how strange each form is, by `NAMES`; zeros where nothing is known."""
    target_reads = bitext.target.language.base == ENGLISH
    if bitext.encoder is None or target_reads == (bitext.source.language.base == ENGLISH):
        return [_SILENT] * len(bitext.matched)
    expected, known = expectation(bitext.encoder.partition("@")[0]), verbs(ENGLISH)
    if expected is None or known is None:
        return [_SILENT] * len(bitext.matched)
    side = bitext.target if target_reads else bitext.source
    found = []
    for pair, vectors in zip(bitext.matched, bitext.vectors, strict=True):
        span, other = (pair.target, vectors[0]) if target_reads else (pair.source, vectors[1])
        said = known.forms([word.text for word in bitext.words_of(side, span)])
        found.append(against(said, (other @ expected.weights + expected.base).tolist()))
    return found


def against(said: Forms, odds: Sequence[float]) -> dict[str, float]:
    """Return, by `NAMES`, the log-odds against each form that is said otherwise than they make likely, in the
    measure in which it is, and how far from even those are of a form that is not said at all."""
    found = dict(_SILENT)
    for form, value, log_odds in zip(said._fields, said, odds, strict=True):
        if value is None:
            found[f"{form}-unsaid"] = abs(log_odds)
        else:
            found[f"{form}-other"] = abs(log_odds) * (1 - value if log_odds > 0 else value)
    return found


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
