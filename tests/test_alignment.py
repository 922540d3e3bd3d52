"""Alignment: both sides in order, every sentence once, on any input."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tqcheck.alignment import Bead, align, beads
from tqcheck.anchors import cuts
from tqcheck.beads import losses, search
from tqcheck.lengthwise import by_length


def vectors(count: int, seed: int) -> NDArray[np.float32]:
    """Return random unit vectors."""
    made = np.random.default_rng(seed).normal(size=(count, 256)).astype(np.float32)
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)
    return made


def covers(found: list[Bead], n: int, m: int) -> bool:
    """True where the beads hold every sentence of both sides once and in order."""
    return [i for s, _t in found for i in s] == list(range(n)) and [j for _s, t in found for j in t] == list(range(m))


@settings(deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 9), st.booleans())
def test_every_sentence_once_and_in_order(n: int, m: int, seed: int, same: bool) -> None:
    source, target = vectors(n, seed), vectors(m, seed if same else seed + 100)
    found = beads(source, target)
    assert covers(found, n, m)
    assert all(s or t for s, t in found)


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 9))
def test_what_is_lost_through_a_bead(n: int, m: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    shapes = [(a, b) for a, b in ((1, 1), (1, 2), (2, 1)) if a <= n and b <= m]
    gains = {(a, b): chance.random((n - a + 1, m - b + 1)).astype(np.float32) for a, b in shapes}
    lost = losses(n, m, gains, 0.1)
    best = [(s, t) for s, t in search(n, m, gains, 0.1) if s and t]
    assert all(lost[len(s), len(t)][s[0], t[0]] == pytest.approx(0, abs=1e-5) for s, t in best)
    for (a, b), values in lost.items():
        assert (values > -1e-5).all()
        # A bead that is worth more by what it loses, and a little, is on the best path.
        for i, j in np.ndindex(*values.shape):
            more = {shape: gain.copy() for shape, gain in gains.items()}
            more[a, b][i, j] += values[i, j] + 0.01
            assert (tuple(range(i, i + a)), tuple(range(j, j + b))) in search(n, m, more, 0.1)


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


def test_a_long_text_is_cut_at_sure_places_only() -> None:
    source = vectors(900, 6)
    target = np.delete(source, [5, 300, 301, 302, 700], axis=0)
    stretches = cuts(source, target)
    assert len(stretches) > 8
    assert stretches[0][::2] == (0, 0)
    assert stretches[-1][1::2] == (900, 895)
    assert all(a.last_i == b.i and a.last_j == b.j for a, b in pairwise(stretches))
    assert [s for s, t in beads(source, target) if not t] == [(5,), (300,), (301,), (302,), (700,)]


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 4))
def test_cuts_cover_both_sides_whatever_they_hold(n: int, m: int, seed: int) -> None:
    stretches = cuts(vectors(n, seed), vectors(m, seed + 50))
    assert [i for s in stretches for i in range(s.i, s.last_i)] == list(range(n))
    assert [j for s in stretches for j in range(s.j, s.last_j)] == list(range(m))


TEXTS = st.lists(st.text(alphabet="ab 1.é中", max_size=12), max_size=8)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_lengths_alone_cover_both_sides(source: list[str], target: list[str]) -> None:
    assert covers(by_length(source, target), len(source), len(target))


def test_without_an_encoder_numbers_and_lengths_decide() -> None:
    source = ["Budget 2024.", "Le maire Dubois a reçu 37 habitants hier soir.", "Rien de plus n’est prévu ici."]
    target = ["Budżet 2024.", "Burmistrz Dubois przyjął wczoraj 37 mieszkańców.", "Nic więcej tu nie zaplanowano."]
    assert by_length(source, target) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_align_knows_every_pair_of_languages() -> None:
    assert align(["Nuqa hamuni.", "Paqarin ripusaq."], ["Tāku mahi.", "Āpōpō ka haere."], "qu", "mi") == [
        ((0,), (0,)),
        ((1,), (1,)),
    ]
    assert align([], ["One."], "xx", "yy") == [((), (0,))]


def test_align_joins_and_leaves_out() -> None:
    source = [
        "Der Fluss trat am Montag über die Ufer.",
        "Zwei Dörfer wurden geräumt, und die Schule im Tal bleibt bis Freitag geschlossen.",
        "Der Bürgermeister dankte der Feuerwehr.",
        "Die Bahnlinie ist unterbrochen.",
    ]
    target = [
        "The river burst its banks on Monday.",
        "Two villages were evacuated.",
        "The school in the valley stays closed until Friday.",
        "The railway line is interrupted.",
    ]
    assert align(source, target, "de", "en") == [((0,), (0,)), ((1,), (1, 2)), ((2,), ()), ((3,), (3,))]


def test_two_sentences_without_counterpart_side_by_side_are_a_substitution() -> None:
    source, target = vectors(9, 7), vectors(9, 7)
    target[4] = -source[4]
    assert ((4,), (4,)) in beads(source, target)
