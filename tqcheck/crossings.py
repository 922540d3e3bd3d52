"""Cuts that part what belongs together: where a clause went to the other side of a sentence boundary.

Two sentences whose translation shares the words out otherwise (“A, b. C.” as “A. B, and c.”) are one
bead of two and two, though each is like its counterpart. It shows when the cut is moved to another
clause: on one side earlier, on the other one later, both fit better.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from tqcheck.beads import Shape, crossroads
from tqcheck.clauses import Clauses

# Cuts that may lie on the best path, or on one worse by so much, are looked at.
_MARGIN = 0.25
# In a translation there is about one such place a sentence; where nothing is alike, any place will do.
_PLACES = 2
# What must be won on both sides together before a cut costs something, and how much a cosine costs; found
# as the constants of `alignment.py` were. In the median, moving
# a cut loses .09 (zh–en) to .17 (de–fr) on each side.
_WON = 0.08
_RATE = 6.0
_MOST = 0.5
# The least that can be lost on one side: with no clause to move there, the other side tells.
_LEAST = -0.05


def crossings(
    source: Clauses,
    target: Clauses,
    vectors: tuple[Mapping[int, NDArray[Any]], Mapping[int, NDArray[Any]]],
    gains: Mapping[Shape, NDArray[Any]],
    skip: float,
) -> NDArray[Any]:
    """Return what a cut between beads costs at each place, shape (sentences + 1, sentences + 1).

    `vectors` are those of both sides by the number of neighbouring sentences that are joined.
    """
    import numpy as np

    n, m = len(source), len(target)
    costs = np.zeros((n + 1, m + 1), np.float32)
    cells = crossroads(n, m, gains, skip, _MARGIN, _PLACES * (n + m))
    if not cells:
        return costs
    ours, theirs = vectors
    won = source.moved(
        [(i - a, i, i + c) for (i, _j), (a, _b), (c, _d) in cells],
        np.stack([theirs[b][j - b] for (_i, j), (_a, b), _after in cells]),
        np.stack([theirs[d][j] for (_i, j), _before, (_c, d) in cells]),
    )
    other = target.moved(
        [(j - b, j, j + d) for (_i, j), (_a, b), (_c, d) in cells],
        np.stack([ours[a][i - a] for (i, _j), (a, _b), _after in cells]),
        np.stack([ours[c][i] for (i, _j), _before, (c, _d) in cells]),
    )
    both = (np.maximum(won, _LEAST) + np.maximum(other, _LEAST)[:, ::-1]).max(1)
    places = np.array([place for place, _before, _after in cells])
    costs[places[:, 0], places[:, 1]] = np.clip(_RATE * (both - _WON), 0, _MOST)
    return costs
