"""JSON Lines: shards are runs of lines, by their place in a file, or with the lines themselves where there is none."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from math import isnan
from typing import Any, BinaryIO

from tqcheck.audit.archives.inflate import Inflated
from tqcheck.audit.archives.shard import Shard, missed
from tqcheck.audit.values import Entry, Missed
from tqcheck.readers import jsonl
from tqcheck.readers.base import Unread

KIND = "records"
# The keys of a record that are read.
COLUMNS = ("text", "id", "lang", "source", "source_lang", "title", "url")


def cut(path: str, feed: str, size: int) -> Iterator[Shard | Missed]:
    """Yield the shards of a file, about `size` bytes each; they hold places, not lines."""
    with open(path, "rb") as stream:
        yield from cut_lines(jsonl.lines(stream), path, feed, size, keep=False)


def cut_packed(path: str, feed: str, size: int) -> Iterator[Shard | Missed]:
    """Yield the shards of a packed file with their lines, since nobody can begin to read in its middle."""
    with open(path, "rb") as file:
        packed = Inflated(file)
        yield from cut_lines(jsonl.lines(io.BufferedReader(packed, 1 << 20)), path, feed, size)
        if packed.trouble is not None:
            yield packed.trouble.missed(feed, path)


def cut_stream(stream: BinaryIO, name: str, size: int) -> Iterator[Shard | Missed]:
    """Yield the shards of a stream that is read once, with their lines."""
    yield from cut_lines(jsonl.lines(stream), name, name, size)


def cut_lines(
    lines: Iterable[tuple[int, int, bytes]], path: str, feed: str, size: int, keep: bool = True
) -> Iterator[Shard | Missed]:
    """Yield the shards of numbered lines with their lengths; with `keep`, they hold the lines themselves."""
    start = at = 0
    first = 1
    content, kept = sha256(), bytearray()
    for number, length, line in lines:
        if number == 1 and jsonl.binary(line):
            yield Missed(feed, path, "not-text", jsonl.BINARY)
            return
        if keep and (line == jsonl.TOO_LONG or length > jsonl.LONGEST):
            yield Missed(feed, f"{path}:{number}", "malformed", "the line is too long; one line holds one article")
            line = b"\n"
        content.update(line)
        at += length
        if keep:
            kept += line
        if at - start >= size:
            yield _shard(path, feed, content.hexdigest(), (start, at), first, bytes(kept) if keep else None)
            start, first = at, number + 1
            content, kept = sha256(), bytearray()
    if at > start:
        yield _shard(path, feed, content.hexdigest(), (start, at), first, bytes(kept) if keep else None)


def _shard(path: str, feed: str, content: str, bounds: tuple[int, int], first: int, data: bytes | None) -> Shard:
    return Shard(KIND, feed, path, content, *bounds, first=first, data=data)


def of_records(records: Iterable[Mapping[str, Any]], feed: str, first: int = 1) -> Shard:
    """Return the shard of some records: mappings with “text” and, if they have them, “id”, “lang”, “source”,
    “source_lang”, “title” and “url”; others are left alone, and so is what is None or not a number.

    `feed` is the name under which they are counted, `first` the number of the first, which stands for a missing id.
    """
    data = b"".join(map(line, records))
    return Shard(KIND, feed, feed, sha256(data).hexdigest(), end=len(data), first=first, data=data)


def line(record: Mapping[str, Any]) -> bytes:
    """Return a record as a line of JSON."""
    values = {key: record[key] for key in COLUMNS if not _lacking(record.get(key))}
    return json.dumps(values, default=str).encode() + b"\n"


def _lacking(value: object) -> bool:
    # A frame of pandas holds NaN where a value is missing.
    return value is None or (isinstance(value, float) and isnan(value))


def entries(shard: Shard) -> Iterator[Entry | Missed]:
    """Yield what the lines of a shard hold."""
    if shard.data is not None:
        yield from _entries(shard, io.BytesIO(shard.data))
        return
    with open(shard.path, "rb") as file:
        file.seek(shard.start)
        bounded = Bounded(file, shard.end - shard.start)
        yield from _entries(shard, bounded)  # type: ignore[arg-type]
        if bounded.seen.hexdigest() != shard.content:
            yield missed(shard, "changed", "the file changed while it was read; run the audit again")


def _entries(shard: Shard, stream: BinaryIO) -> Iterator[Entry | Missed]:
    for item in jsonl.read(stream, shard.path, shard.first):
        if isinstance(item, Unread):
            yield Missed(shard.feed, item.where, "malformed", item.message)
        else:
            origin = "record" if item.source is not None else None
            yield Entry(f"{shard.path}#{item.id}", shard.feed, item, origin=origin)


class Bounded:
    """The lines of a part of a file, with a hash of them that is made as `cut_lines` makes it."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file, self._left = file, length
        self._long = False
        self.seen = sha256()

    def readline(self, limit: int) -> bytes:
        """Return the next line, or its first `limit` bytes."""
        line = self._file.readline(min(limit, self._left))
        self._left -= len(line)
        ends = len(line) < limit or line.endswith(b"\n")
        if not self._long:
            self.seen.update(line if ends else jsonl.TOO_LONG)
        self._long = not ends
        return line
