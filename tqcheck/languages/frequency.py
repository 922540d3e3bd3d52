"""How often a word is written, from wordfreq's lists.

wordfreq (Apache-2.0 code, CC BY-SA 4.0 data) is a dependency, not part of this package; its lists
are kept packed in the user's cache (see `store.py`).
Zipf value: log10 of occurrences per thousand million words (van Heuven et al. 2014,
doi:10.1080/17470218.2013.850521); 3 is once in a million words.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import util
from pathlib import Path

from tqcheck.languages import installed
from tqcheck.languages.store import digest, find, stored


class Frequencies:
    """Zipf values of the words of one language."""

    def __init__(self, hashes: Sequence[int], tenths: Sequence[int]) -> None:
        """Take the sorted hashes of the words and, parallel to them, ten times their Zipf values."""
        self.hashes = hashes
        self.tenths = tenths
        self.zipf = lru_cache(maxsize=200_000)(self._zipf)

    def _zipf(self, word: str) -> float:
        """Return the Zipf value of a case-folded word, 0.0 for one that is not in the list."""
        at = find(self.hashes, word)
        return self.tenths[at] / 10 if at >= 0 else 0.0

    def __bool__(self) -> bool:
        return len(self.hashes) > 0


# Where a word is foreign, only what is common in its own language tells.
_COMMON = 2.5


@cache
def frequencies(tag: str, common: bool = False) -> Frequencies:
    """Return the frequencies of a language, empty where wordfreq has no list for it.

    With `common`, only words of Zipf 2.5 and more: a fifth of the list, packed as much sooner.
    """
    base = {"no": "nb", "nn": "nb"}.get(tag.partition("-")[0], tag.partition("-")[0])
    found = _list_file(base)
    if found is None:
        return Frequencies((), ())
    name = f"{'common' if common else 'frequency'}-{base}-{installed.version('wordfreq')}"
    raw = stored(name, lambda: _pack(found, _COMMON if common else 0.0))
    count = int.from_bytes(raw[:8], sys.byteorder)
    return Frequencies(raw[8 : 8 + 8 * count].cast("Q"), raw[8 + 8 * count :])


@cache
def frequent(tag: str, least: float, shortest: int = 1) -> frozenset[str]:
    """Return the words of a language of Zipf `least` and more, from `shortest` letters on.

    A set of strings takes memory and is found in at once: for those who look up hundreds of words that are none.
    """
    base = tag.partition("-")[0]
    found = _list_file(base)
    if found is None:
        return frozenset()
    name = f"frequent-{base}-{least}-{shortest}-{installed.version('wordfreq')}"
    return frozenset(bytes(stored(name, lambda: _spelled(found, least, shortest))).decode().split("\n"))


def _list_file(base: str) -> Path | None:
    """Return wordfreq's larger list of a language, found without importing the package."""
    spec = util.find_spec("wordfreq")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "data"
    for size in ("large", "small"):
        path = folder / f"{size}_{base}.msgpack.gz"
        if path.exists():
            return path
    return None


def _pack(path: Path, least: float) -> bytes:
    """Return the count as 8 bytes, the sorted hashes of 8 bytes each, their Zipf tenths of 1 byte;
    words below the Zipf value `least` are left out."""
    from array import array

    # Hash and value in one number: numbers sort several times as quickly as pairs.
    packed = sorted(digest(word) << 8 | value for value, words in _bins(path, least) for word in words)
    hashes = array("Q", (number >> 8 for number in packed))
    return len(packed).to_bytes(8, sys.byteorder) + hashes.tobytes() + bytes(number & 255 for number in packed)


def _spelled(path: Path, least: float, shortest: int) -> bytes:
    """Return the words of Zipf `least` and more, a line each."""
    bins = _bins(path, least)
    known = (word for value, words in bins if value >= 10 * least for word in words if len(word) >= shortest)
    return "\n".join(known).encode("utf-8", "replace")


def _bins(path: Path, least: float) -> Iterator[tuple[int, list[str]]]:
    """Yield ten times a Zipf value, and the words that have it, from the commonest down to Zipf `least`."""
    import msgpack

    with gzip.open(path, "rb") as handle:
        # Bin by bin, so that the rare words are neither read nor held where they are not wanted.
        bins = msgpack.Unpacker(handle, raw=False)
        count = bins.read_array_header()
        bins.skip()  # the header
        # Bin n holds the words whose frequency is 10^(-n/100): Zipf = 9 - n/100.
        for n in range(min(count - 1, int(900 - 100 * least) + 1)):
            yield max(1, round(90 - n / 10)), bins.unpack()
