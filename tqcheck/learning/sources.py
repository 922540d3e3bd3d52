"""The articles to learn from: archives as `tqcheck audit` reads them, and its stores."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from tqcheck.audit.shards import Shard, cut, entries
from tqcheck.audit.store import Store
from tqcheck.audit.values import Missed
from tqcheck.errors import InputError
from tqcheck.model import Article

_SQLITE = b"SQLite format 3\0"


def articles(inputs: Iterable[str]) -> Iterator[Article | Missed]:
    """Yield what is in the inputs, in order.

    Raises UnavailableError where the package for a kind of file is missing, and what opening a store raises.
    """
    for name in inputs:
        if _is_store(name):
            yield from _stored(name)
            continue
        for shard in cut([name]):
            if isinstance(shard, Shard):
                for entry in entries(shard):
                    yield entry if isinstance(entry, Missed) else entry.article
            else:
                yield shard


def _is_store(name: str) -> bool:
    try:
        with open(name, "rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _stored(name: str) -> Iterator[Article]:
    """Yield the newest text of each article of a store, each text once."""
    with Store.read(name) as store, store.asking() as db:
        rows = db.execute(
            "SELECT a.key, v.lang, t.packed FROM articles a JOIN versions v ON v.id = a.version"
            " JOIN texts t ON t.version = v.id WHERE v.copy = 0 ORDER BY a.id"
        )
        found = False
        for key, lang, packed in rows:
            found = True
            yield Article(zlib.decompress(packed).decode("utf-8"), id=key, lang=lang)
        if not found:
            raise InputError(f"{name}: this store keeps no texts; learn from the articles themselves")
