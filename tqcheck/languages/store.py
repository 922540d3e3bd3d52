"""Word lists in the user's cache: packed once, then memory-mapped, so that they cost no memory.

The lists belong to other packages; what is stored here is a sorted array of 64-bit hashes of their
words, with a byte of data behind it where one is needed. A look-up is a bisection. A file that is
damaged is made again; where nothing can be written, the list is held in memory.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from zlib import adler32, crc32

_LAYOUT = "4"
# Guards against files that were cut short or written over: in front stand the length of what follows and a
# checksum of both of its ends (of all, it would cost more than the look-ups of an article).
_HEADER = 16
_ENDS = 1 << 16


def digest(word: str) -> int:
    """Return the 64-bit hash under which a word is stored.

    Two checksums side by side: five times as quick as a cryptographic hash, and of 320,000 words and
    a million strangers none was taken for another.
    """
    raw = word.encode("utf-8", "replace")
    return crc32(raw) << 32 | adler32(raw)


# The words of an article are looked up in several lists.
_remembered = lru_cache(maxsize=20_000)(digest)


def find(hashes: Sequence[int], word: str) -> int:
    """Return the index of a word in a sorted array of hashes, -1 where it is not."""
    key = _remembered(word)
    at = bisect_left(hashes, key)
    return at if at < len(hashes) and hashes[at] == key else -1


def stored(name: str, pack: Callable[[], bytes]) -> memoryview:
    """Return the bytes stored under `name` (with the version of their origin in it), packing them
    first where they are not there yet or damaged."""
    path = folder() / f"{name}-{_LAYOUT}.bin"
    found = _mapped(path)
    if found is not None:
        return found
    data = pack()
    try:
        _write(path, data)
    except OSError:
        return memoryview(data)
    return _mapped(path) or memoryview(data)


@cache
def folder() -> Path:
    """Return the folder of the cache."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("TQCHECK_CACHE") or user_cache_path("tqcheck"))


def _mapped(path: Path) -> memoryview | None:
    """Return the content of a whole file of ours, None where there is none."""
    try:
        with path.open("rb") as handle:
            view = memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    return view[_HEADER:] if view[:_HEADER] == _header(view[_HEADER:]) else None


def _write(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all, so that processes at once do no harm."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(_header(data))
            out.write(data)
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise


def _header(data: bytes | memoryview) -> bytes:
    ends = crc32(data[-_ENDS:], crc32(data[:_ENDS]))
    return len(data).to_bytes(_HEADER // 2, sys.byteorder) + ends.to_bytes(_HEADER // 2, sys.byteorder)
