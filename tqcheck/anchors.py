"""Anchors: pairs of sentences that are each other's clear translation, where long texts may be cut."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from numpy.typing import NDArray

# A text of up to so many sentences a side is searched in one piece.
_WHOLE = 120
# Sentences between two cuts; and how many there may be where no anchor is found.
_STRETCH = 60
_LONGEST = 1500
_BLOCK = 256
# By how much a pair must lead over the next best on either side.
_LEAD = 0.1
_NEAR = 8


class Stretch(NamedTuple):
    """Sentences `[i, last_i)` of the source with `[j, last_j)` of the target."""

    i: int
    last_i: int
    j: int
    last_j: int


def cuts(source: NDArray[Any], target: NDArray[Any]) -> list[Stretch]:
    """Return stretches that cover both sides in order and can be searched each on its own."""
    n, m = len(source), len(target)
    if max(n, m) <= _WHOLE:
        return [Stretch(0, n, 0, m)]
    found: list[Stretch] = []
    i = j = 0
    for row, column in [*_supported(_chain(_mutual(source, target))), (n, m)]:
        # An anchor begins a stretch: its own pair is searched with what follows.
        if (row, column) == (n, m) or (row - i >= _STRETCH and column - j >= _STRETCH):
            found += _bounded(Stretch(i, row, j, column))
            i, j = row, column
    return found


def _mutual(source: NDArray[Any], target: NDArray[Any]) -> list[tuple[int, int]]:
    """Return the pairs, in order, that lead clearly in their row and their column."""
    import numpy as np

    n, m = len(source), len(target)
    if not n or not m:
        return []
    best = np.full(m, -1.0, np.float32)
    second = np.full(m, -1.0, np.float32)
    owner = np.zeros(m, np.int64)
    leads = np.zeros(n, bool)
    choice = np.zeros(n, np.int64)
    for at in range(0, n, _BLOCK):
        cosines = source[at : at + _BLOCK] @ target.T
        rows = np.arange(len(cosines))
        choice[at : at + _BLOCK] = top = cosines.argmax(1)
        highest = cosines[rows, top]
        column = cosines.argmax(0)
        peak = cosines[column, np.arange(m)]
        cosines[column, np.arange(m)], kept = -1, cosines.copy()
        runner = cosines.max(0)
        second = np.maximum(second, np.maximum(np.minimum(best, peak), runner))
        owner = np.where(peak > best, at + column, owner)
        best = np.maximum(best, peak)
        kept[rows, top] = -1
        leads[at : at + _BLOCK] = highest - kept.max(1) >= _LEAD
    clear = best - second >= _LEAD
    return [(i, int(j)) for i, j in enumerate(choice) if leads[i] and clear[j] and owner[j] == i]


def _chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that rises on both sides."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(at[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        at[place : place + 1] = [number]
    found = []
    number = at[-1] if at else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _supported(chain: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out pairs without another one close by on both sides: chance."""
    found = []
    for number, (i, j) in enumerate(chain):
        close = [chain[k] for k in (number - 1, number + 1) if 0 <= k < len(chain)]
        if any(abs(i - row) <= _NEAR and abs(j - column) <= _NEAR for row, column in close):
            found.append((i, j))
    return found


def _bounded(stretch: Stretch) -> list[Stretch]:
    """Cut a stretch in which nothing is alike into even parts, so that memory stays bounded."""
    i, last_i, j, last_j = stretch
    parts = -(-max(last_i - i, last_j - j) // _LONGEST)
    if parts <= 1:
        return [stretch]
    rows = [i + (last_i - i) * k // parts for k in range(parts + 1)]
    columns = [j + (last_j - j) * k // parts for k in range(parts + 1)]
    return [Stretch(rows[k], rows[k + 1], columns[k], columns[k + 1]) for k in range(parts)]
