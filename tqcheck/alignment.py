"""Sentence alignment over embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

Bead = tuple[tuple[int, ...], tuple[int, ...]]

_SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
# What a sentence without counterpart costs, and each sentence by which a bead is larger than a pair.
_SKIP = 0.3
_LARGE = 0.1


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
    gains = {(a, b): _gains(source, target, a, b) for a, b in _SHAPES if a <= n and b <= m}
    best = np.full((n + 1, m + 1), -np.inf)
    step = np.full((n + 1, m + 1), -1, np.int8)
    best[0, 0] = 0
    falling = _SKIP * np.arange(m + 1)
    for i in range(n + 1):
        row, shape = best[i], step[i]
        if i:
            row[:] = best[i - 1] - _SKIP
            shape[:] = len(_SHAPES)
        for at, (a, b) in enumerate(_SHAPES):
            if a <= i and b <= m:
                reached = best[i - a, : m + 1 - b] + gains[a, b][i - a]
                better = reached > row[b:]
                row[b:][better] = reached[better]
                shape[b:][better] = at
        # A run of skipped target sentences, all at once: the best start before each column.
        skipped = np.maximum.accumulate(row + falling) - falling
        shape[skipped > row + 1e-9] = len(_SHAPES) + 1
        np.maximum(row, skipped, out=row)
    return _trace(step, n, m)


def _gains(source: NDArray[Any], target: NDArray[Any], a: int, b: int) -> NDArray[Any]:
    """Return what a bead of `a` and `b` sentences is worth, for each place where it may begin."""
    gains: NDArray[Any] = _pooled(source, a) @ _pooled(target, b).T
    return gains - _LARGE * (a + b - 2)


def _pooled(vectors: NDArray[Any], size: int) -> NDArray[Any]:
    import numpy as np

    if size == 1:
        return vectors
    count = len(vectors) - size + 1
    pooled: NDArray[Any] = np.sum([vectors[k : k + count] for k in range(size)], axis=0)
    pooled /= np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
    return pooled


def _trace(step: NDArray[Any], n: int, m: int) -> list[Bead]:
    moves = (*_SHAPES, (1, 0), (0, 1))
    found: list[Bead] = []
    i, j = n, m
    while i or j:
        a, b = moves[step[i, j]]
        found.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return found[::-1]
