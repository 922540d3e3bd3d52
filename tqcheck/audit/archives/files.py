"""Text, Markdown and HTML: a file is an article; a shard is a run of files.

Where shards end is told by the names of the files, not by counting from the first: a file that comes or goes then
changes the shard that it stands in, and not all that follow.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from tqcheck.audit.archives.shard import Shard
from tqcheck.audit.values import Entry, Missed
from tqcheck.errors import InputError
from tqcheck.model import Article
from tqcheck.readers import files as reader
from tqcheck.readers.base import Unread, told
from tqcheck.readers.frontmatter import parse
from tqcheck.readers.sidecar import SUFFIX
from tqcheck.readers.source import named, place

KIND = "files"
SUFFIXES = tuple(reader.READERS)
_STEP = 1 << 20
# Front matter stands at the very beginning.
_HEAD = 64 * 1024
_NAMES_ORIGINAL = re.compile(rb"\A---[ \t]*\r?\n.*?^source[ \t]*:", re.DOTALL | re.MULTILINE)


def cut(paths: Iterable[str], feed: str, size: int) -> Iterator[Shard | Missed]:
    """Yield the shards of some files, of `size` bytes at most unless one file is larger."""
    batch: list[str] = []
    content, held = sha256(), 0
    for path in paths:
        try:
            length, hashed = _state(path)
        except OSError as error:
            yield Missed(feed, path, "unreadable", told(error))
            continue
        batch.append(path)
        content.update(f"{path}\0{hashed}\0".encode("utf-8", "surrogateescape"))
        held += length
        if held >= size or _is_end(path, length, size):
            yield Shard(KIND, feed, batch[0], content.hexdigest(), end=held, files=tuple(batch))
            batch, content, held = [], sha256(), 0
    if batch:
        yield Shard(KIND, feed, batch[0], content.hexdigest(), end=held, files=tuple(batch))


def _is_end(path: str, length: int, size: int) -> bool:
    """Tell whether a shard ends behind a file: so that about two ends come in `size` bytes."""
    chance = int.from_bytes(sha256(os.path.basename(path).encode("utf-8", "surrogateescape")).digest()[:4], "big")
    return chance * size < (length << 33)


def _state(path: str) -> tuple[int, str]:
    """Return the size of a file and a hash of all that is read with it."""
    state = sha256()
    length = 0
    with open(path, "rb") as stream:
        head = stream.read(_HEAD)
        piece = head
        while piece:
            state.update(piece)
            length += len(piece)
            piece = stream.read(_STEP)
    for beside in (path + SUFFIX, _original(path, head)):
        if beside is not None and os.path.isfile(beside):
            with open(beside, "rb") as stream:
                state.update(beside.encode("utf-8", "surrogateescape") + b"\0")
                while piece := stream.read(_STEP):
                    state.update(piece)
    return length, state.hexdigest()


def _original(path: str, head: bytes) -> str | None:
    """Return the file that the front matter of an article names as its original, if it may be read."""
    if _NAMES_ORIGINAL.match(head) is None:
        return None
    try:
        text = reader.decode(head)[0]
        name = named(Article(text, source=parse(text).values.get("source")), reader.READERS)
        return None if name is None else str(place(name, path))
    except (InputError, OSError, ValueError):  # told with the article
        return None


def entries(shard: Shard) -> Iterator[Entry | Missed]:
    """Yield the articles of the files of a shard."""
    for item in reader.read(shard.files, io.BytesIO()):
        if isinstance(item, Unread):
            yield Missed(shard.feed, item.where, "unreadable", item.message)
        else:
            origin = "front-matter" if item.source is not None else None
            yield Entry(item.path or item.id, shard.feed, item, origin=origin)
