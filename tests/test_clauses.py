"""Sentences as sums of their clauses, and cuts that part what belongs together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.hostile import HOSTILE
from tqcheck.alignment import align, encoded, joined
from tqcheck.beads import SHAPES, crossroads
from tqcheck.clauses import Clauses
from tqcheck.encoders.cache import CachedClauses, Store
from tqcheck.encoders.use_m3 import UseM3

TEXTS = (
    "The ferry, which was late, leaves at noon.",
    "Nobody had told the passengers, so they waited in the rain.",
    "Das Schiff war alt; trotzdem fuhr es jeden Tag.",
    "渡轮中午出发，但没有人知道。", "Harbour", "", "No stop at all", "a, b, c, d, e, f, g, 3,5 and 10:30",
)  # fmt: skip


@pytest.fixture(scope="module")
def encoder() -> UseM3:
    return UseM3()


def test_clauses_add_up_to_the_text(encoder: UseM3) -> None:
    rows = np.stack([part.sum(0) for part in encoder.clauses(TEXTS)])
    assert np.array_equal(encoder.vectors(rows), encoder.encode(TEXTS))
    assert [len(part) for part in encoder.clauses(TEXTS)][:3] == [3, 2, 2]


def test_clauses_do_not_depend_on_neighbours(encoder: UseM3) -> None:
    whole = encoder.clauses(TEXTS * 9)
    for text, rows in zip(TEXTS, whole[len(TEXTS) * 4 :], strict=False):
        assert np.array_equal(encoder.clauses([text])[0], rows), text


def test_a_hostile_text_has_few_clauses(encoder: UseM3) -> None:
    texts = [*HOSTILE.values(), "a, b " * 400, "，" * 900, "ﷺ," * 400]
    for rows in encoder.clauses(texts):
        assert 1 <= len(rows) <= 24
        assert np.isfinite(rows).all()


def test_joined_sentences_are_like_their_text(encoder: UseM3) -> None:
    joint = Clauses(encoder, encoder.clauses(TEXTS[:2])).joined([2])[2][0]
    real = encoder.encode([" ".join(TEXTS[:2])])[0]
    alone = encoder.encode(TEXTS[:2]).sum(0)
    assert joint @ real > 0.97
    assert joint @ real > alone @ real / np.linalg.norm(alone)


def test_a_part_knows_its_sentences(encoder: UseM3) -> None:
    whole = Clauses(encoder, encoder.clauses(TEXTS))
    assert len(whole.part(2, 5)) == 3
    assert np.array_equal(whole.part(2, 5).joined([2])[2], whole.joined([3, 2])[2][2:4])


def test_clauses_are_the_same_from_disk(encoder: UseM3, tmp_path: Path) -> None:
    fresh = encoder.clauses(TEXTS)
    for _turn in range(2):
        store = Store(tmp_path / "vectors.sqlite")
        kept = CachedClauses(encoder, store)
        for rows, again in zip(fresh, kept.clauses(TEXTS), strict=True):
            assert np.array_equal(rows, again)
        # A text has both: neither is taken for the other.
        assert np.array_equal(kept.encode(TEXTS), encoder.encode(TEXTS))
        store.close()


MOVED = (
    ["Der Markt öffnet um sechs Uhr, und die Händler kommen mit ihren Wagen.", "Der Bäcker verkauft Brot."],
    ["The market opens at six o’clock.", "The traders come with their carts, and the baker sells bread."],
)
KEPT = (MOVED[0], ["The market opens at six o’clock, and the traders come with their carts.", "The baker sells bread."])


def test_a_clause_in_the_other_sentence_makes_one_bead() -> None:
    assert align(*MOVED, "de", "en") == [((0, 1), (0, 1))]
    assert align(*KEPT, "de", "en") == [((0,), (0,)), ((1,), (1,))]


def test_a_paragraph_that_both_texts_begin_stays_one(encoder: UseM3) -> None:
    source, target = (encoded(encoder, side, blocks=(0, 1)) for side in MOVED)
    assert joined(source, target, encoder) == [((0,), (0,)), ((1,), (1,))]


def test_where_nothing_is_alike_few_places_are_looked_at() -> None:
    nothing: dict[tuple[int, int], Any] = {(a, b): np.zeros((81 - a, 81 - b), np.float32) for a, b in SHAPES}
    assert len(crossroads(80, 80, nothing, 0.01, 0.25, 10_000)) > 1_000
    assert len(crossroads(80, 80, nothing, 0.01, 0.25, 160)) == 160
