"""Sentence alignment over embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

Bead = tuple[tuple[int, ...], tuple[int, ...]]

_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))
_SKIP = 0.3


def align(
    source_sentences: Sequence[str],
    target_sentences: Sequence[str],
    source_lang: str | None = None,
    lang: str | None = None,
) -> list[Bead]:
    """Return the beads of two texts: sentence numbers of the source with those of the target.

    Both sides are covered in order; a bead with an empty side is an omission or an addition.
    """
    from tqcheck.encoders import choose

    encoder = choose(source_lang or "en", lang or "en")
    if encoder is None:
        raise NotImplementedError
    return beads(encoder.encode(source_sentences), encoder.encode(target_sentences))


def beads(source: NDArray[Any], target: NDArray[Any]) -> list[Bead]:
    """Return the best beads for unit vectors of the sentences of both sides."""
    import numpy as np

    n, m = len(source), len(target)
    cosines = source @ target.T if n and m else np.zeros((n, m))
    best = np.full((n + 1, m + 1), -np.inf)
    best[0, 0] = 0
    step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        for j in range(m + 1):
            for a, b in _SHAPES:
                if i < a or j < b:
                    continue
                gain = -_SKIP if not (a and b) else float(cosines[i - a : i, j - b : j].mean()) - (a + b > 2) * 0.1
                if best[i - a, j - b] + gain > best[i, j]:
                    best[i, j] = best[i - a, j - b] + gain
                    step[i, j] = (a, b)
    found: list[Bead] = []
    i, j = n, m
    while i or j:
        a, b = step[i, j]
        found.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return found[::-1]
