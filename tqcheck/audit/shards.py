"""Cut archives into shards, and read what a shard holds.

A shard is found again by its digest, a hash of its content: what was checked once, by the same rules, need not be
checked again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tqcheck.audit.archives import files, parquet, records, warc, zipped
from tqcheck.audit.archives.records import of_records
from tqcheck.audit.archives.shard import Shard
from tqcheck.audit.values import Entry, Missed
from tqcheck.config import Settings
from tqcheck.readers.base import Unread, told
from tqcheck.readers.files import STREAMS, walk
from tqcheck.readers.jsonl import LONGEST
from tqcheck.readers.originals import Habits

__all__ = ["SIZE", "SUFFIXES", "Shard", "cut", "entries", "listed", "of_records"]

# Bytes of text in a shard: some seconds of work, which is all that a crash can cost.
SIZE = 1_000_000
_PACKED = tuple(f"{suffix}.gz" for suffix in STREAMS)
SUFFIXES = (*files.SUFFIXES, *STREAMS, *_PACKED, *parquet.SUFFIXES, *warc.SUFFIXES, *zipped.SUFFIXES)
# Bytes of a name in a list; no system has longer ones.
_NAME = 64 * 1024

Cut = Iterator[Shard | Missed]


def cut(inputs: Iterable[str], size: int = SIZE, stdin: BinaryIO | None = None, habits: Habits | None = None) -> Cut:
    """Yield the shards of folders, files and, for `-`, of standard input, of about `size` bytes of text each. `habits`
    say how files find their originals by their names.

    What cannot be read, or not to its end, comes as a `Missed`; the rest goes on. Files are read once to be hashed,
    and nothing more of them is held than one shard. Raises UnavailableError where the package for a kind of file is
    missing.
    """
    habits = habits or Habits()
    for name in inputs:
        if name != "-":
            path = os.path.abspath(name)
            yield from _input(path, path, size, _rooted(habits, path))
        elif stdin is not None:
            names, stream = listed(stdin)
            yield from _many(map(os.path.abspath, names), "-", size, habits)
            if stream is not None:
                yield from records.cut_stream(stream, "-", size)


def listed(stdin: BinaryIO) -> tuple[Iterator[str], BinaryIO | None]:
    """Return the names on standard input, one a line; or, where it holds JSON Lines, no names and the stream of them.

    The first line tells which of the two it is.
    """
    first = b""
    while not first.strip():
        first = stdin.readline(LONGEST)
        if not first:
            break
    again: BinaryIO = _Again(first, stdin)  # type: ignore[assignment]
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return iter(()), again
    return (os.fsdecode(line).strip("\r\n") for line in iter(lambda: again.readline(_NAME), b"") if line.strip()), None


class _Again:
    """A stream whose first line was read, as if it had not been."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = first, rest

    def readline(self, limit: int) -> bytes:
        """Return the next line, or its first `limit` bytes."""
        line, self._first = self._first[:limit], self._first[limit:]
        return line or self._rest.readline(limit)


def _rooted(habits: Habits, path: str) -> Habits:
    """Return habits by which names are read from the folder of the configuration, or from the archive, where it lies
    elsewhere."""
    if habits.root is not None and Path(path).is_relative_to(habits.root):
        return habits
    return replace(habits, root=Path(path) if os.path.isdir(path) else Path(path).parent)


def _input(path: str, feed: str, size: int, habits: Habits) -> Cut:
    """Yield the shards of a folder or a file; no fault of it reaches the others."""
    try:
        if os.path.isdir(path):
            yield from _folder(path, feed, size, habits)
        else:
            yield from _file(path, feed, size, habits)
    except FileNotFoundError:
        yield Missed(feed, path, "no-file", "no such file or folder; check the spelling of the path")
    except (OSError, ValueError) as error:
        yield Missed(feed, path, "unreadable", told(error) if isinstance(error, OSError) else str(error))


def _folder(folder: str, feed: str, size: int, habits: Habits) -> Cut:
    lost: list[Missed] = []
    empty = True

    def names() -> Iterator[str]:
        nonlocal empty
        for path in walk(folder, SUFFIXES):
            empty = False
            if isinstance(path, Unread):
                lost.append(Missed(feed, path.where, "unreadable", path.message))
            else:
                yield path

    yield from _many(names(), feed, size, habits)
    yield from lost
    if empty:
        known = ", ".join(SUFFIXES)
        yield Missed(feed, folder, "empty", f"the folder holds no articles; files that end in {known} are read")


def _many(paths: Iterator[str], feed: str, size: int, habits: Habits) -> Cut:
    """Yield the shards of files with an article each, in common, and then those of what holds many."""
    others: list[str] = []

    def articles() -> Iterator[str]:
        for path in paths:
            if path.lower().endswith(files.SUFFIXES) and not os.path.isdir(path):
                yield path
            else:
                others.append(path)

    yield from files.cut(articles(), feed, size, habits)
    for path in others:
        yield from _input(path, feed, size, habits)


def _file(path: str, feed: str, size: int, habits: Habits) -> Cut:
    lower = path.lower()
    if lower.endswith(STREAMS):
        return records.cut(path, feed, size)
    if lower.endswith(_PACKED):
        return records.cut_packed(path, feed, size)
    if lower.endswith(parquet.SUFFIXES):
        return parquet.cut(path, feed, size)
    if lower.endswith(warc.SUFFIXES):
        return warc.cut(path, feed, size)
    if lower.endswith(zipped.SUFFIXES):
        return zipped.cut(path, feed, size, habits)
    return files.cut([path], feed, size, habits)


def entries(shard: Shard, settings: Settings | None = None) -> Iterator[Entry | Missed]:
    """Yield what a shard holds; `settings` say how files find their originals. Raises OSError where its file is
    gone."""
    if shard.kind == records.KIND:
        return records.entries(shard)
    if shard.kind == warc.KIND:
        return warc.entries(shard)
    habits = Habits.said(settings or Settings(), None)
    return files.entries(shard, habits) if shard.kind == files.KIND else zipped.entries(shard, habits)
