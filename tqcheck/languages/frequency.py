"""How often a word is written, from wordfreq's lists, without holding them in memory.

wordfreq (Apache-2.0 code, CC BY-SA 4.0 data) is a dependency, not part of this package. Its lists
are unpacked once into the user's cache as a sorted array of 64-bit hashes and an array of Zipf
values in tenths, both memory-mapped: a lookup costs a bisection, start-up almost nothing.
Zipf value: log10 of occurrences per thousand million words (van Heuven et al. 2014,
doi:10.1080/17470218.2013.850521); 3 is once in a million words.
"""

from __future__ import annotations

import gzip
import mmap
import os
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import metadata, util
from pathlib import Path

_LAYOUT = "1"


class Frequencies:
    """Zipf values of the words of one language."""

    def __init__(self, hashes: Sequence[int], tenths: Sequence[int]) -> None:
        self._hashes = hashes
        self._tenths = tenths
        self.zipf = lru_cache(maxsize=200_000)(self._zipf)

    def _zipf(self, word: str) -> float:
        """Return the Zipf value of a case-folded word, 0.0 for one that is not in the list."""
        if not self._hashes:
            return 0.0
        key = _hash(word)
        at = bisect_left(self._hashes, key)
        if at < len(self._hashes) and self._hashes[at] == key:
            return self._tenths[at] / 10
        return 0.0

    def __bool__(self) -> bool:
        return len(self._hashes) > 0


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), sys.byteorder)


@cache
def frequencies(tag: str) -> Frequencies:
    """Return the frequencies of a language, empty where wordfreq has no list for it."""
    base = {"no": "nb", "nn": "nb"}.get(tag.partition("-")[0], tag.partition("-")[0])
    found = _list_file(base)
    if found is None:
        return Frequencies((), ())
    cached = _cache_folder() / f"frequency-{base}-{found.stem.partition('.')[0]}-{_version()}-{_LAYOUT}.bin"
    try:
        if not cached.exists():
            _write(cached, _pack(found))
        with cached.open("rb") as handle:
            return _view(memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)))
    except (OSError, ValueError):
        # No place to write, or a damaged file: the lists still work, from memory.
        return _view(memoryview(_pack(found)))


def _list_file(base: str) -> Path | None:
    spec = util.find_spec("wordfreq")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "data"
    for size in ("large", "small"):
        path = folder / f"{size}_{base}.msgpack.gz"
        if path.exists():
            return path
    return None


@cache
def _version() -> str:
    return metadata.version("wordfreq")


@cache
def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return Path(os.environ.get("TQCHECK_CACHE") or user_cache_path("tqcheck"))


def _pack(path: Path) -> bytes:
    """Return `count` as 8 bytes, `count` sorted hashes of 8 bytes, `count` bytes of Zipf tenths."""
    from array import array

    import msgpack

    with gzip.open(path, "rb") as handle:
        _header, *bins = msgpack.unpack(handle, raw=False)
    # Bin n holds the words whose frequency is 10^(-n/100): Zipf = 9 - n/100.
    pairs = sorted((_hash(word), max(1, round(90 - n / 10))) for n, words in enumerate(bins) for word in words)
    hashes = array("Q", (h for h, _ in pairs))
    return len(pairs).to_bytes(8, sys.byteorder) + hashes.tobytes() + bytes(z for _, z in pairs)


def _view(raw: memoryview) -> Frequencies:
    count = int.from_bytes(raw[:8], sys.byteorder)
    if len(raw) != 8 + 9 * count:
        raise ValueError("damaged frequency cache")
    return Frequencies(raw[8 : 8 + 8 * count].cast("Q"), raw[8 + 8 * count :])


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    os.replace(name, path)
