"""Alignment without an encoder: by length, as Gale and Church did, with the words and numbers that both
sides write alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from tqcheck.beads import SHAPES, Bead, Shape, search, windows

# Numbers and words of letters that may stand unchanged on the other side: names, loan words.
_TOKEN = re.compile(r"\d+|[^\W\d_]{4,}")
_STEM = 6
# Gale and Church (1993): the variance of the length ratio, and how rare other beads than 1–1 are.
_VARIANCE = 6.8
_RARE = {0: 0.0, 1: -1.5, 2: -3.0}
_SKIP = 2.0
_SHARED = 3.0
_CROSSING = 2.0
_LONGEST = 1000


def by_length(
    source: Sequence[str], target: Sequence[str], blocks: tuple[Sequence[int], Sequence[int]] = ((), ())
) -> list[Bead]:
    """Return the beads of two texts; `blocks` are the paragraphs of their sentences."""
    n, m = len(source), len(target)
    parts = max(1, -(-max(n, m) // _LONGEST))
    found: list[Bead] = []
    for k in range(parts):
        i, last_i, j, last_j = n * k // parts, n * (k + 1) // parts, m * k // parts, m * (k + 1) // parts
        gains = _gains(source[i:last_i], target[j:last_j], (blocks[0][i:last_i], blocks[1][j:last_j]))
        found += [
            (tuple(s + i for s in ours), tuple(t + j for t in theirs))
            for ours, theirs in search(last_i - i, last_j - j, gains, _SKIP)
        ]
    return found


def steady(beads: Sequence[Bead]) -> bool:
    """True where the alignment is regular enough to be believed without any look at the meaning."""
    pairs = sum(len(s) == len(t) == 1 for s, t in beads)
    return pairs >= 0.75 * len(beads) > 0


def _gains(
    source: Sequence[str], target: Sequence[str], blocks: tuple[Sequence[int], Sequence[int]]
) -> dict[Shape, NDArray[Any]]:
    import numpy as np

    n, m = len(source), len(target)
    if not n or not m:
        return {}
    ours = np.array([1.0 + len(text) for text in source])
    theirs = np.array([1.0 + len(text) for text in target])
    ours *= theirs.sum() / ours.sum()
    shared = _shared(source, target)
    gains = {}
    for a, b in SHAPES:
        if a > n or b > m or a + b > 4:
            continue
        one, other = windows(ours, a)[:, None], windows(theirs, b)[None]
        delta = (one - other) ** 2 / ((one + other) / 2 * _VARIANCE)
        common = windows(windows(shared, a).T, b).T
        gain = 2.0 - np.minimum(delta, 11.0) / 2 + _SHARED * np.minimum(common, 3.0) / (a * b) ** 0.5 + _RARE[a + b - 2]
        if len(blocks[0]) and len(blocks[1]):
            here, there = np.asarray(blocks[0]), np.asarray(blocks[1])
            breaks = (here[a - 1 :] - here[: n - a + 1] > 0)[:, None] * 1.0 + (there[b - 1 :] - there[: m - b + 1] > 0)
            gain = gain - _CROSSING * breaks
        gains[a, b] = gain.astype(np.float32)
    return gains


def _shared(source: Sequence[str], target: Sequence[str]) -> NDArray[Any]:
    """Return how many rare words and numbers each pair of sentences shares, the rarer the more."""
    import numpy as np

    ours, theirs = [_tokens(text) for text in source], [_tokens(text) for text in target]
    counts = [Counter(token for tokens in side for token in tokens) for side in (ours, theirs)]
    shared = np.zeros((len(source), len(target)))
    places: dict[str, list[int]] = {}
    for j, tokens in enumerate(theirs):
        for token in tokens & counts[0].keys():
            places.setdefault(token, []).append(j)
    for i, tokens in enumerate(ours):
        for token in tokens:
            number = max(counts[0][token], counts[1][token])
            if token in places and number <= 8:
                shared[i, places[token]] += 1 / number
    return shared


def _tokens(text: str) -> set[str]:
    return {token[:_STEM].casefold() for token in _TOKEN.findall(text)}
