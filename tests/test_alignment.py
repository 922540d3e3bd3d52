"""Alignment: both sides in order, every sentence once, on any input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tqcheck.alignment import Bead, beads


def vectors(count: int, seed: int) -> NDArray[np.float32]:
    """Return random unit vectors."""
    made = np.random.default_rng(seed).normal(size=(count, 256)).astype(np.float32)
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)
    return made


def covers(found: list[Bead], n: int, m: int) -> bool:
    """True where the beads hold every sentence of both sides once and in order."""
    return [i for s, _t in found for i in s] == list(range(n)) and [j for _s, t in found for j in t] == list(range(m))


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 9), st.booleans())
def test_every_sentence_once_and_in_order(n: int, m: int, seed: int, same: bool) -> None:
    source, target = vectors(n, seed), vectors(m, seed if same else seed + 100)
    found = beads(source, target)
    assert covers(found, n, m)
    assert all(s or t for s, t in found)


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 5), (5, 0), (1, 1000), (1000, 1)])
def test_lopsided_sides(n: int, m: int) -> None:
    assert covers(beads(vectors(n, 1), vectors(m, 2)), n, m)


def test_identical_sentences_pair_up() -> None:
    same = np.repeat(vectors(1, 3), 40, axis=0)
    assert beads(same, same) == [((i,), (i,)) for i in range(40)]


def test_a_dropped_sentence_is_an_omission() -> None:
    source = vectors(30, 4)
    found = beads(source, np.delete(source, [7, 20], axis=0))
    assert [s for s, t in found if not t] == [(7,), (20,)]
    assert all(len(s) == len(t) == 1 for s, t in found if t)


def test_a_split_sentence_is_one_bead() -> None:
    target = vectors(30, 5)
    source = np.delete(target, 11, axis=0)
    source[10] = (target[10] + target[11]) / np.linalg.norm(target[10] + target[11])
    assert ((10,), (10, 11)) in beads(source, target)
