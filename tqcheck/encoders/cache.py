"""Embeddings kept on disk, so that a sentence or a word is encoded once.

One SQLite file in the user's cache, shared by every process and encoder. It is only ever a help: a
file that is damaged is made again, and where none can be written, or another process is in the way
for too long, the run goes on without.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tqcheck.encoders.base import Additive, Encoder, additive, plain
from tqcheck.languages.store import folder

_NAME = "embeddings-1.sqlite"
# Bytes of the file; beyond, the oldest tenth goes.
_CAPACITY = 512 << 20
# Seconds to wait for another process that writes.
_PATIENCE = 2.0
# Variables in one statement.
_CHUNK = 500
# Vectors in memory, 2 KB each: some articles, with all that was tried to align them.
_KEPT = 8_000
_CHECK = 4


class Cached:
    """An encoder that looks its vectors up first."""

    def __init__(self, encoder: Encoder, store: Store | None = None) -> None:
        self._encoder = encoder
        self._store = store if store is not None else shared()
        self.name, self.languages = encoder.name, encoder.languages

    @cached_property
    def revision(self) -> str:
        """That of the encoder; finding it may mean to load the model."""
        return self._encoder.revision

    @cached_property
    def _salt(self) -> bytes:
        # Another release of numpy may round otherwise in the last bit.
        return f"{self.name}\0{self.revision}\0{np.__version__}\0".encode("utf-8", "replace")

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return unit vectors, those already known from disk."""
        found = self._found(texts, b"", self._encoder.encode)
        return np.stack([vector.reshape(-1) for vector in found]) if texts else self._encoder.encode(texts)

    def _found(self, texts: Sequence[str], kind: bytes, make: Callable[[Sequence[str]], Any]) -> list[NDArray[Any]]:
        """Return the numbers of each text, in one dimension where they are from disk."""
        keys = [self._key(text, kind) for text in texts]
        known = self._store.get(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        fresh: dict[bytes, NDArray[Any]] = {}
        if new:
            fresh = dict(zip(new, make(list(new.values())), strict=True))
            self._store.put({key: made.tobytes() for key, made in fresh.items()})
        return [fresh[key] if key in fresh else np.frombuffer(known[key], np.float32) for key in keys]

    def _key(self, text: str, kind: bytes) -> bytes:
        return blake2b(self._salt + kind + plain(text).encode(), digest_size=16).digest()


class CachedClauses(Cached):
    """The same for an encoder that knows clauses."""

    def __init__(self, encoder: Additive, store: Store | None = None) -> None:
        super().__init__(encoder, store)
        self._additive = encoder
        self._made: dict[bytes, NDArray[Any]] = {}

    @cached_property
    def ends(self) -> NDArray[Any]:
        """As the encoder has them; kept too, so that what is known is read without loading the model."""
        (rows,) = self._found([""], b"ends\0", lambda _texts: [self._additive.ends])
        return rows.reshape(2, -1)

    def clauses(self, texts: Sequence[str]) -> list[NDArray[Any]]:
        """Return one row a clause for each text, those already known from disk."""
        width = self.ends.shape[1]
        found = self._found(texts, b"clauses\0", self._additive.clauses)
        return [rows.reshape(-1, width) for rows in found]

    def vectors(self, rows: NDArray[Any]) -> NDArray[Any]:
        """As the encoder makes them; the last ones are kept in memory, for an article that is being edited. On disk
        they would cost no less than to make them."""
        keys = [blake2b(row, digest_size=16).digest() for row in np.ascontiguousarray(rows)]
        made = self._made if len(self._made) < _KEPT else {}
        new = list({key: at for at, key in enumerate(keys) if key not in made}.values())
        if new:
            made |= zip((keys[at] for at in new), self._additive.vectors(rows[new]), strict=True)
        self._made = made
        return np.stack([made[key] for key in keys]) if keys else self._additive.vectors(rows)


def cached(encoder: Encoder, store: Store | None = None) -> Cached:
    """Return the encoder with the store before it."""
    return CachedClauses(encoder, store) if additive(encoder) else Cached(encoder, store)


class Store:
    """Vectors by key in a file. No method raises."""

    def __init__(self, path: Path, capacity: int = _CAPACITY) -> None:
        self._path, self._capacity = path, capacity
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._broken = False

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what is known of the keys."""
        found: dict[bytes, bytes] = {}
        try:
            for chunk in _chunks(dict.fromkeys(keys), _CHUNK):
                marks = ",".join("?" * len(chunk))
                rows = self._open().execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", chunk)
                found.update((key, vector[_CHECK:]) for key, vector in rows if _whole(vector))
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
        return found

    def put(self, vectors: Mapping[bytes, bytes]) -> None:
        """Keep vectors, all of them at once."""
        try:
            connection = self._open()
            with connection:
                rows = ((key, _sealed(vector)) for key, vector in vectors.items())
                connection.executemany("INSERT OR REPLACE INTO vectors (key, vector) VALUES (?, ?)", rows)
            self._prune(connection)
        except (sqlite3.Error, OSError) as error:
            self._failed(error)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None and self._owner == os.getpid():
            self._connection.close()
        self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._broken:
            raise sqlite3.OperationalError("given up")
        if self._connection is None or self._owner != os.getpid():  # a connection does not survive a fork
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection, self._owner = _connected(self._path), os.getpid()
        return self._connection

    def _prune(self, connection: sqlite3.Connection) -> None:
        pages, free, size = (
            connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size > self._capacity:
            with connection:
                connection.execute(
                    "DELETE FROM vectors WHERE id <= (SELECT min(id) + (max(id) - min(id)) / 10 FROM vectors)"
                )

    def _failed(self, error: Exception) -> None:
        """Throw a damaged file away; after any other trouble, do without for the rest of the run."""
        if not isinstance(error, sqlite3.OperationalError) and isinstance(error, sqlite3.DatabaseError):
            self.close()
            try:
                for suffix in ("", "-wal", "-shm"):
                    self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
                self._open()
                return
            except (sqlite3.Error, OSError):
                pass
        self._broken = True


@cache
def shared() -> Store:
    """Return the store in the user's cache."""
    return Store(folder() / _NAME)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
    try:
        # A vector of 2 KB wastes half of a smaller page.
        connection.execute("PRAGMA page_size = 16384")
        # Readers never wait; a crash of the machine may cost the newest vectors, not the file.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        columns = "id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, vector BLOB NOT NULL"
        connection.execute(f"CREATE TABLE IF NOT EXISTS vectors ({columns})")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _sealed(vector: bytes) -> bytes:
    return crc32(vector).to_bytes(_CHECK, "little") + vector


def _whole(stored: bytes) -> bool:
    """Tell a vector as it was written from one whose bytes have changed on disk."""
    return len(stored) > _CHECK and crc32(stored[_CHECK:]) == int.from_bytes(stored[:_CHECK], "little")


def _chunks(keys: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    iterator = iter(keys)
    while chunk := list(islice(iterator, size)):
        yield chunk
