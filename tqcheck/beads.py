"""Beads: which sentences of one text belong to which of another, and the search for the best ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

# Sentence numbers of the source with those of the target; one side may be empty.
Bead = tuple[tuple[int, ...], tuple[int, ...]]
Shape = tuple[int, int]

# What real translations have; larger ones are better told as several beads.
SHAPES: tuple[Shape, ...] = (
    *((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (1, 4), (4, 1)),
    *((3, 3), (2, 4), (4, 2), (1, 5), (5, 1)),
)


def search(
    n: int, m: int, gains: Mapping[Shape, NDArray[Any]], skip: float, cuts: NDArray[Any] | None = None
) -> list[Bead]:
    """Return the beads of greatest total gain that cover `n` and `m` sentences in order.

    `gains[a, b][i, j]` is what the bead of `a` sentences from `i` and `b` sentences from `j` is
    worth; a sentence left alone costs `skip`; `cuts[i, j]` is what it costs to end a bead before
    sentence `i` and sentence `j`.
    """
    _best, step = _filled(n, m, gains, skip, cuts)
    return _trace(step, _moves(n, m, gains))


def crossroads(
    n: int, m: int, gains: Mapping[Shape, NDArray[Any]], skip: float, margin: float, most: int
) -> list[tuple[tuple[int, int], Shape, Shape]]:
    """Return the places where two beads meet on the best path, or on one whose gain is less by no
    more than `margin`, with the best bead before and the best one behind each; of more than `most`
    places, those on the best paths."""
    import numpy as np

    if not n or not m:
        return []
    there, before = _filled(n, m, gains, skip, None)
    back, behind = _filled(n, m, {shape: gain[::-1, ::-1] for shape, gain in gains.items()}, skip, None)
    moves = _moves(n, m, gains)
    loss = there[n, m] - (there + back[::-1, ::-1])[1:-1, 1:-1]
    rows, columns = np.nonzero(loss <= margin)
    if len(rows) > most:
        nearest = np.sort(np.argsort(loss[rows, columns], kind="stable")[:most])
        rows, columns = rows[nearest], columns[nearest]
    found = []
    for i, j in zip(rows + 1, columns + 1, strict=True):
        one, other = moves[before[i, j]], moves[behind[n - i, m - j]]
        if all(one) and all(other):
            found.append(((int(i), int(j)), one, other))
    return found


def losses(n: int, m: int, gains: Mapping[Shape, NDArray[Any]], skip: float) -> dict[Shape, NDArray[Any]]:
    """Return for each bead how much less than the best path the best one through it gains."""
    there, _before = _filled(n, m, gains, skip, None)
    back, _behind = _filled(n, m, {shape: gain[::-1, ::-1] for shape, gain in gains.items()}, skip, None)
    back = back[::-1, ::-1]
    return {
        (a, b): there[n, m] - (there[: n - a + 1, : m - b + 1] + gain + back[a:, b:]) for (a, b), gain in gains.items()
    }


def _moves(n: int, m: int, gains: Mapping[Shape, NDArray[Any]]) -> list[Shape]:
    return [*(shape for shape in gains if shape[0] <= n and shape[1] <= m), (1, 0), (0, 1)]


def _filled(
    n: int, m: int, gains: Mapping[Shape, NDArray[Any]], skip: float, cuts: NDArray[Any] | None
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the best gain up to each place, and the number of the move that leads there."""
    import numpy as np

    shapes = _moves(n, m, gains)[:-2]
    best = np.full((n + 1, m + 1), -np.inf, np.float32)
    step = np.full((n + 1, m + 1), -1, np.int8)
    best[0, 0] = 0
    falling = (skip * np.arange(m + 1)).astype(np.float32)
    for i in range(n + 1):
        row, shape = best[i], step[i]
        if i:
            row[:] = best[i - 1] - skip
            shape[:] = len(shapes)
        for at, (a, b) in enumerate(shapes):
            if a <= i:
                reached = best[i - a, : m + 1 - b] + gains[a, b][i - a]
                if cuts is not None:
                    reached -= cuts[i, b:]
                better = reached > row[b:]
                row[b:][better] = reached[better]
                shape[b:][better] = at
        # A run of skipped target sentences, all at once: the best start before each column.
        skipped = np.maximum.accumulate(row + falling) - falling
        alone = skipped > row + 1e-4
        shape[alone] = len(shapes) + 1
        row[alone] = skipped[alone]
    return best, step


def _trace(step: NDArray[Any], moves: Sequence[Shape]) -> list[Bead]:
    found: list[Bead] = []
    i, j = step.shape[0] - 1, step.shape[1] - 1
    while i or j:
        a, b = moves[step[i, j]] if i and j else (1, 0) if i else (0, 1)
        found.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return found[::-1]


def shifted(beads: Sequence[Bead], i: int, j: int) -> list[Bead]:
    """Return beads of a stretch with the numbers of the whole, which it enters at `i` and `j`."""
    return [(tuple(s + i for s in source), tuple(t + j for t in target)) for source, target in beads]


def windows(values: NDArray[Any], size: int) -> NDArray[Any]:
    """Return the sums of `size` neighbouring rows (or numbers)."""
    import numpy as np

    count = len(values) - size + 1
    total: NDArray[Any] = np.sum([values[k : k + count] for k in range(size)], axis=0)
    return total
