"""Text, Markdown and HTML: a file is an article; a shard is a run of files.

Where shards end is told by the names of the files, not by counting from the first: a file that comes or goes then
changes the shard that it stands in, and not all that follow.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from tqcheck.audit.archives.shard import Shard
from tqcheck.audit.values import Entry, Missed
from tqcheck.errors import InputError
from tqcheck.model import Article
from tqcheck.patterns import places
from tqcheck.readers import files as reader
from tqcheck.readers.base import Unread, told
from tqcheck.readers.frontmatter import parse
from tqcheck.readers.originals import Habits, Originals
from tqcheck.readers.own import REASON, own
from tqcheck.readers.sidecar import SUFFIX
from tqcheck.readers.source import named, place

KIND = "files"
SUFFIXES = tuple(reader.READERS)
_STEP = 1 << 20
# Front matter stands at the very beginning.
_HEAD = 64 * 1024
_NAMES_ORIGINAL = re.compile(rb"\A---[ \t]*\r?\n.*?^source(?:[_-]lang)?[ \t]*:", re.DOTALL | re.MULTILINE)


def cut(paths: Iterable[str], feed: str, size: int, habits: Habits) -> Iterator[Shard | Missed]:
    """Yield the shards of some files, of `size` bytes at most unless one file is larger."""
    root = "" if habits.root is None else str(habits.root)
    batch: list[str] = []
    content, held = sha256(), 0
    for path in paths:
        try:
            length, hashed = _state(path, habits)
        except OSError as error:
            yield Missed(feed, path, "unreadable", told(error))
            continue
        batch.append(path)
        content.update(f"{path}\0{hashed}\0".encode("utf-8", "surrogateescape"))
        held += length
        if held >= size or is_end(os.path.basename(path), length, size):
            yield Shard(KIND, feed, batch[0], content.hexdigest(), end=held, files=tuple(batch), root=root)
            batch, content, held = [], sha256(), 0
    if batch:
        yield Shard(KIND, feed, batch[0], content.hexdigest(), end=held, files=tuple(batch), root=root)


def is_end(name: str, length: int, size: int) -> bool:
    """Tell whether a shard ends behind a file: so that about two ends come in `size` bytes."""
    chance = int.from_bytes(sha256(name.encode("utf-8", "surrogateescape")).digest()[:4], "big")
    return chance * size < (length << 33)


def _state(path: str, habits: Habits) -> tuple[int, str]:
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
    for beside in (path + SUFFIX, _original(path, head, habits)):
        if beside is not None and os.path.isfile(beside):
            with open(beside, "rb") as stream:
                state.update(beside.encode("utf-8", "surrogateescape") + b"\0")
                while piece := stream.read(_STEP):
                    state.update(piece)
    if habits.patterns:  # the name may tell the language too
        said = "\0".join((*(pattern.text for pattern in habits.patterns), habits.source_lang or ""))
        state.update(b"\0pairs\0" + said.encode("utf-8", "surrogateescape"))
    return length, state.hexdigest()


def _original(path: str, head: bytes, habits: Habits) -> str | None:
    """Return the file that will be read as the original of an article: that which its front matter names, if it may be
    read, else the one whose name fits."""
    source_lang = habits.source_lang
    if _NAMES_ORIGINAL.match(head) is not None:
        try:
            text = reader.decode(head)[0]
            values = parse(text).values
            source_lang = values.get("source_lang") or source_lang
            name = named(Article(text, source=values.get("source")), reader.READERS)
            if name is not None:
                return str(place(name, path, () if habits.root is None else (habits.root,)))
        except (InputError, OSError, ValueError):  # told with the article
            return None
    return next((each for each in _fitting(path, habits, source_lang) if os.path.isfile(each)), None)


def _fitting(path: str, habits: Habits, source_lang: str | None) -> list[str]:
    """Return where the original of a file may stand by its name, the likeliest first."""
    said = habits.read(path) if habits.patterns else None
    if said is None or source_lang is None:
        return []
    root, name = said
    here = (str(root / each) for each in places(habits.patterns, name, source_lang))
    return [each for each in here if each != path]


def entries(shard: Shard, habits: Habits) -> Iterator[Entry | Missed]:
    """Yield the articles of the files of a shard."""
    here = replace(habits, root=Path(shard.root) if shard.root else None)
    for item in reader.read(shard.files, io.BytesIO(), originals=Originals(habits=lambda path: here)):
        if isinstance(item, Unread):
            yield Missed(shard.feed, item.where, "unreadable", item.message)
        elif own(item):
            yield Missed(shard.feed, item.id, "own-report", REASON)
        else:
            yield Entry(item.path or item.id, shard.feed, item, origin=_origin(item, here))


def _origin(article: Article, habits: Habits) -> str | None:
    """Return who says what the original of an article is."""
    if article.source is None:
        return None
    fitting = _fitting(article.path or "", habits, article.source_lang or habits.source_lang)
    return "pairs" if article.source_path in fitting else "front-matter"
