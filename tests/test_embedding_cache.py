"""Embeddings on disk: the same vectors, and never a reason to fail."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tqcheck.encoders.cache import Cached, CachedClauses, Store
from tqcheck.encoders.use_m3 import UseM3
from tqcheck.encoders.words import Words

TEXTS = ["The ferry leaves at noon.", "Hafen", "", "The ferry leaves at noon.", "渡轮中午出发。", "lone \ud800 half"]


class Counting(UseM3):
    """The real encoder, which notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Any:
        self.asked.extend(texts)
        return super().encode(texts)


@pytest.fixture(scope="module")
def encoder() -> Counting:
    return Counting()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors.sqlite"


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    store = Store(place)
    yield store
    store.close()


def test_a_vector_is_the_same_from_disk(encoder: Counting, store: Store, place: Path) -> None:
    fresh = UseM3().encode(TEXTS)
    encoder.asked.clear()
    first = Cached(encoder, store).encode(TEXTS)
    assert len(encoder.asked) == len(set(TEXTS))
    again = Store(place)
    second = Cached(encoder, again).encode([*reversed(TEXTS), "new"])
    again.close()
    assert encoder.asked[len(set(TEXTS)) :] == ["new"]
    assert np.array_equal(first, fresh)
    assert np.array_equal(second[:-1][::-1], fresh)
    assert second.dtype == np.float32
    assert Cached(encoder, store).encode([]).shape == (0, 512)


def test_a_sum_of_clauses_has_the_same_vector_from_memory(store: Store) -> None:
    class CountingSums(UseM3):
        asked = 0

        def vectors(self, rows: Any) -> Any:
            self.asked += len(rows)
            return super().vectors(rows)

    model = CountingSums()
    clauses = np.stack([part.sum(0) for part in UseM3().clauses(["The port is open.", "It rains.", "He slept."])])
    sums = CachedClauses(model, store)
    first = sums.vectors(clauses)
    again = sums.vectors(clauses[[2, 0, 2, 1]])
    assert model.asked == 3
    assert again.tobytes() == UseM3().vectors(clauses)[[2, 0, 2, 1]].tobytes()
    assert first[0].tobytes() == again[1].tobytes()
    assert sums.vectors(clauses[:0]).shape == (0, first.shape[1])


def test_what_is_known_needs_no_model(store: Store) -> None:
    class Closed(UseM3):
        def tokenize(self, texts: Sequence[str]) -> Any:
            raise AssertionError("the model was asked")

    first, again = CachedClauses(UseM3(), store), CachedClauses(Closed(), store)
    made, known = first.clauses(TEXTS), again.clauses(TEXTS)
    assert [part.tobytes() for part in known] == [part.tobytes() for part in made]
    assert first.ends.tobytes() == again.ends.tobytes() == UseM3().ends.tobytes()


def test_another_revision_shares_nothing(encoder: Counting, store: Store) -> None:
    Cached(encoder, store).encode(TEXTS)

    class Newer(Counting):
        revision = "newer"

    newer = Newer()
    Cached(newer, store).encode(TEXTS)
    assert len(newer.asked) == len(set(TEXTS))


@pytest.mark.parametrize("damage", [b"no database at all" * 400, b"", b"SQLite format 3\0" + bytes(range(256)) * 90])
def test_a_damaged_file_is_made_again(encoder: Counting, place: Path, damage: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(damage)
    store = Store(place)
    assert np.array_equal(Cached(encoder, store).encode(TEXTS), UseM3().encode(TEXTS))
    Cached(encoder, store).encode(TEXTS)
    encoder.asked.clear()
    Cached(encoder, store).encode(TEXTS)
    store.close()
    assert encoder.asked == []


def test_changed_bytes_are_no_vector(encoder: Counting, store: Store, place: Path) -> None:
    whole = Cached(encoder, store).encode(TEXTS)
    store.close()
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE vectors SET vector = substr(vector, 1, 500) || x'00ff00ff' || substr(vector, 505)")
    connection.close()
    assert np.array_equal(Cached(encoder, store).encode(TEXTS), whole)


def test_a_folder_that_cannot_be_written(encoder: Counting, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "folder.sqlite").mkdir()
    for place in (tmp_path / "file" / "vectors.sqlite", tmp_path / "folder.sqlite"):
        store = Store(place)
        for _twice in range(2):
            assert np.array_equal(Cached(encoder, store).encode(TEXTS), UseM3().encode(TEXTS))
    if os.name == "posix" and os.geteuid() != 0:
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
        assert len(Cached(encoder, Store(closed / "vectors.sqlite")).encode(TEXTS)) == len(TEXTS)


def test_the_oldest_vectors_go(place: Path) -> None:
    store = Store(place, capacity=400_000)
    for n in range(100):
        store.put({f"{n}-{m}".encode(): bytes(2048) for m in range(10)})
    kept = {key for n in range(100) for key in store.get([f"{n}-{m}".encode() for m in range(10)])}
    store.close()
    assert b"99-9" in kept
    assert b"0-0" not in kept
    assert 50 < len(kept) < 250
    assert place.stat().st_size < 800_000


def test_two_processes_at_once(place: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom tqcheck.encoders.cache import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(60):\n"
        "    store.put({f'{sys.argv[2]}{n}-{m}'.encode(): bytes([m]) * 2048 for m in range(5)})\n"
        "    assert len(store.get([f'{sys.argv[2]}{n}-{m}'.encode() for m in range(5)])) == 5\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(place), name]) for name in "ab"]
    assert [process.wait() for process in running] == [0, 0]
    store = Store(place)
    found = store.get([f"{name}{n}-{m}".encode() for name in "ab" for n in range(60) for m in range(5)])
    store.close()
    assert len(found) == 600


def test_the_words_of_an_article_are_encoded_together(encoder: Counting) -> None:
    encoder.asked.clear()
    words = Words(encoder, lambda: ["chat", "chien", "cat", "dog"])
    cosines = words.similarity(["chat", "chien"], ["dog", "cat", "cat"])
    assert encoder.asked == ["cat", "chat", "chien", "dog"]
    assert cosines.shape == (2, 3)
    assert cosines[0, 1] > cosines[0, 0]
    assert words.similarity(["chat"], ["house"]).shape == (1, 1)
    assert encoder.asked[4:] == ["house"]
    assert words.similarity([], ["cat"]).shape == (0, 1)
