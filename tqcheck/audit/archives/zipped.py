"""Zip archives of texts: what they hold of text, Markdown and HTML is an article each, JSON Lines hold many.

Nothing is unpacked to disk, so that no name leads anywhere; a name that would lead out of the archive is told, since
nobody writes it by mistake. Originals are looked for inside the archive alone. What the list of contents says of sizes
binds: zipfile reads no further, and then compares a checksum.
"""

from __future__ import annotations

import io
import os
import posixpath
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from tqcheck.audit.archives import files
from tqcheck.audit.archives.inflate import HARMLESS, RATIO
from tqcheck.audit.archives.records import cut_lines
from tqcheck.audit.archives.shard import Shard
from tqcheck.audit.archives.zip_contents import FAULTS, Inside
from tqcheck.audit.outcomes import OutcomeError
from tqcheck.audit.values import Entry, Missed
from tqcheck.readers import files as reader
from tqcheck.readers import jsonl
from tqcheck.readers.base import Unread
from tqcheck.readers.originals import Habits
from tqcheck.readers.own import REASON, own

KIND = "zip"
SUFFIXES = (".zip",)
_READ = (*files.SUFFIXES, *reader.STREAMS)
_ENCRYPTED = 0x1


def cut(path: str, feed: str, size: int, habits: Habits) -> Iterator[Shard | Missed]:
    """Yield the shards of an archive, about `size` bytes of text each: names of texts, and the lines of records."""
    try:
        with zipfile.ZipFile(path) as archive:
            wanted, missed = _wanted(archive, path, feed)
            yield from missed
            inside = Inside(archive, path, habits)
            yield from _texts(inside, [each for each in wanted if not _holds_many(each)], feed, size)
            for each in wanted:
                if _holds_many(each):
                    yield from _records(archive, each, path, feed, size)
            if not wanted and not missed:
                known = ", ".join(_READ)
                yield Missed(feed, path, "empty", f"the archive holds no articles; files that end in {known} are read")
    except FAULTS as error:
        yield Missed(feed, path, "damaged", f"the zip archive cannot be read: {_brief(error)}; fetch or pack it again")


def _wanted(archive: zipfile.ZipFile, path: str, feed: str) -> tuple[list[zipfile.ZipInfo], list[Missed]]:
    """Return what of an archive is to be read, and what of it cannot be."""
    wanted: list[zipfile.ZipInfo] = []
    missed: list[Missed] = []
    # Of the whole file: its entries may overlap, so that each for itself looks harmless.
    room = RATIO * os.path.getsize(path) + HARMLESS
    seen: set[str] = set()
    for each in sorted(archive.infolist(), key=lambda info: info.filename):
        name = each.filename
        if each.is_dir() or not name.lower().endswith(_READ) or _hidden(name):
            continue
        room -= each.file_size
        where = f"{path}/{name}"
        if posixpath.isabs(name) or ".." in name.split("/"):
            missed.append(Missed(feed, where, "bad-name", "the name leads out of the archive; it is not read"))
        elif name in seen:
            missed.append(Missed(feed, where, "duplicate", "another file before it in the archive has this name"))
        elif each.flag_bits & _ENCRYPTED:
            missed.append(Missed(feed, where, "encrypted", "locked with a password; pack it without one"))
        elif room < 0 or each.file_size - RATIO * each.compress_size > HARMLESS:
            missed.append(Missed(feed, where, "bomb", "it unpacks to far more than text does; it is not read"))
        else:
            wanted.append(each)
        seen.add(name)
    return wanted, missed


def _hidden(name: str) -> bool:
    """Tell whether a name is hidden, as those are left out of folders too; some systems pack a “__MACOSX”."""
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part not in {".", ".."} for part in parts)


def _holds_many(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(reader.STREAMS)


def _texts(inside: Inside, infos: list[zipfile.ZipInfo], feed: str, size: int) -> Iterator[Shard]:
    batch: list[str] = []
    content, held = sha256(), 0
    for each in infos:
        batch.append(each.filename)
        state = (each.filename, inside.state(each.filename), inside.state(inside.original(each.filename)))
        content.update("\0".join((*state, "")).encode("utf-8", "surrogateescape"))
        held += each.file_size
        if held >= size or files.is_end(each.filename, each.file_size, size):
            yield Shard(KIND, feed, inside.path, content.hexdigest(), end=held, files=tuple(batch))
            batch, content, held = [], sha256(), 0
    if batch:
        yield Shard(KIND, feed, inside.path, content.hexdigest(), end=held, files=tuple(batch))


def _records(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, feed: str, size: int
) -> Iterator[Shard | Missed]:
    """Yield the shards of a member with many articles, with their lines, as of any packed file."""
    where = f"{path}/{info.filename}"
    try:
        with archive.open(info) as stream:
            yield from cut_lines(jsonl.lines(io.BufferedReader(stream, 1 << 20)), where, feed, size)  # type: ignore[type-var]
    except FAULTS as error:
        yield Missed(feed, where, "damaged", f"cannot be unpacked: {_brief(error)}; fetch or pack the archive again")


def entries(shard: Shard, habits: Habits) -> Iterator[Entry | Missed]:
    """Yield the articles of a shard. Raises OSError where the archive is gone."""
    found = os.stat(shard.path)
    inside = Inside(_opened(shard.path, found.st_mtime_ns, found.st_size), shard.path, habits)
    for name in shard.files:
        where = f"{shard.path}/{name}"
        try:
            data = inside.read(name)
        except OutcomeError as error:
            yield Missed(shard.feed, where, error.outcome, error.message)
            continue
        for item in reader.entry(io.BytesIO(data), where, inside):
            if isinstance(item, Unread):
                yield Missed(shard.feed, item.where, "unreadable", item.message)
            elif own(item):
                yield Missed(shard.feed, where, "own-report", REASON)
            else:
                yield Entry(where, shard.feed, item, origin=inside.origin if item.source is not None else None)


@lru_cache(1)
def _opened(path: str, _changed: int, _size: int) -> zipfile.ZipFile:
    """Return an archive, whose list of contents may be long, for all of its shards that come one after the other."""
    return zipfile.ZipFile(path)


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
