"""Sentences as sums of their clauses: what they say joined, or cut somewhere else, without encoding it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from tqcheck.beads import windows
from tqcheck.encoders import Additive


class Clauses:
    """The sentences of one side; `rows` are as the encoder makes them, one array a sentence."""

    def __init__(self, encoder: Additive, rows: Sequence[NDArray[Any]]) -> None:
        import numpy as np

        self._encoder = encoder
        self._ends = encoder.ends.sum(0)
        # Without the marks at both ends, so that whatever stands side by side adds up.
        self._own = [part.copy() for part in rows]
        for part in self._own:
            part[0] -= encoder.ends[0]
            part[-1] -= encoder.ends[1]
        self._sums = np.stack([part.sum(0) for part in self._own]) if rows else np.empty((0, len(self._ends)))

    def __len__(self) -> int:
        return len(self._own)

    def part(self, start: int, end: int) -> Clauses:
        """Return the sentences from `start` to before `end`."""
        made = object.__new__(Clauses)
        made._encoder, made._ends = self._encoder, self._ends
        made._own, made._sums = self._own[start:end], self._sums[start:end]
        return made

    def joined(self, sizes: Sequence[int]) -> dict[int, NDArray[Any]]:
        """Return for each size the unit vectors of every so many neighbouring sentences as one text."""
        import numpy as np

        if not sizes:
            return {}
        rows = [windows(self._sums, size) for size in sizes]
        made = self._encoder.vectors(np.concatenate(rows) + self._ends)
        return dict(zip(sizes, np.split(made, np.cumsum([len(some) for some in rows])[:-1]), strict=True))

    def moved(self, places: Sequence[tuple[int, int, int]], before: NDArray[Any], after: NDArray[Any]) -> NDArray[Any]:
        """Return what is won by cutting elsewhere: a row for each place, for the best cut earlier and later.

        A place is `(first, middle, last)`: sentences `[first, middle)` and `[middle, last)` are to mean
        what the unit vectors `before` and `after` of that place mean. Won is cosine, of both parts
        together; -2 where there is no clause to cut at.
        """
        import numpy as np

        sides: list[NDArray[Any]] = []
        owner: list[int] = []
        offset: list[int] = []  # clauses from the cut as it is
        for number, (first, middle, last) in enumerate(places):
            part = np.concatenate(self._own[first:last])
            grown = np.cumsum(part, axis=0)
            sides.append(np.stack((grown[:-1], grown[-1] - grown[:-1]), axis=1))
            here = sum(map(len, self._own[first:middle]))
            owner += [number] * (len(part) - 1)
            offset += range(1 - here, len(part) - here)
        won = np.full((len(places), 2), -2.0, np.float32)
        if not places:
            return won
        vectors = self._encoder.vectors(np.concatenate(sides).reshape(-1, len(self._ends)) + self._ends)
        vectors = vectors.reshape(len(owner), 2, -1)
        fits = np.einsum("ij,ij->i", vectors[:, 0], before[owner]) + np.einsum("ij,ij->i", vectors[:, 1], after[owner])
        where, side = np.array(owner), np.array(offset)
        usual = fits[side == 0]  # each place has one such cut, in order
        for column, there in enumerate((side < 0, side > 0)):
            np.maximum.at(won[:, column], where[there], fits[there] - usual[where[there]])
        return won
