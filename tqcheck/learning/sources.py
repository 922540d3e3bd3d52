"""The articles to learn from: feeds and archives as `tqcheck audit` reads them, and its stores."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import BinaryIO

from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.inputs import told_apart
from tqcheck.audit.shards import Shard, cut, entries
from tqcheck.audit.store import Store
from tqcheck.audit.values import Entry, Missed
from tqcheck.errors import InputError
from tqcheck.model import Article

_SQLITE = b"SQLite format 3\0"


def articles(names: Iterable[str], stdin: BinaryIO, fetching: FetchSettings) -> Iterator[Article | Missed]:
    """Yield what is in the inputs: stores first, then feeds, then archives, each in order.

    Raises UnavailableError where the package for a kind of input is missing, and what opening a store raises.
    """
    names = list(names)
    stores = [name for name in names if _is_store(name)]
    for name in stores:
        yield from _stored(name)
    inputs = told_apart([name for name in names if name not in stores], stdin)
    if inputs.feeds:
        from tqcheck.audit.collect import collect  # on use: archives need nothing of the network

        with closing(collect(inputs.feeds, fetching, lambda _address: None)) as events:  # type: ignore[type-var]
            for event in events:
                if isinstance(event, Entry):
                    yield event.article
                elif isinstance(event, Missed):
                    yield event
    for item in cut(inputs.archives, stdin=inputs.stream):
        if isinstance(item, Shard):
            for entry in entries(item):
                yield entry if isinstance(entry, Missed) else entry.article
        else:
            yield item


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
