"""How often a word is written, from wordfreq's lists.

wordfreq (Apache-2.0 code, CC BY-SA 4.0 data) is a dependency, not part of this package; its lists
are kept packed in the user's cache (see `store.py`).
Zipf value: log10 of occurrences per thousand million words (van Heuven et al. 2014,
doi:10.1080/17470218.2013.850521); 3 is once in a million words.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import metadata, util
from pathlib import Path

from tqcheck.languages.store import digest, find, stored


class Frequencies:
    """Zipf values of the words of one language."""

    def __init__(self, hashes: Sequence[int], tenths: Sequence[int]) -> None:
        """Take the sorted hashes of the words and, parallel to them, ten times their Zipf values."""
        self._hashes = hashes
        self._tenths = tenths
        self.zipf = lru_cache(maxsize=200_000)(self._zipf)

    def _zipf(self, word: str) -> float:
        """Return the Zipf value of a case-folded word, 0.0 for one that is not in the list."""
        at = find(self._hashes, word)
        return self._tenths[at] / 10 if at >= 0 else 0.0

    def __bool__(self) -> bool:
        return len(self._hashes) > 0


@cache
def frequencies(tag: str) -> Frequencies:
    """Return the frequencies of a language, empty where wordfreq has no list for it."""
    base = {"no": "nb", "nn": "nb"}.get(tag.partition("-")[0], tag.partition("-")[0])
    found = _list_file(base)
    if found is None:
        return Frequencies((), ())
    name = f"frequency-{base}-{metadata.version('wordfreq')}"
    raw = stored(name, lambda: _pack(found))
    count = int.from_bytes(raw[:8], sys.byteorder)
    return Frequencies(raw[8 : 8 + 8 * count].cast("Q"), raw[8 + 8 * count :])


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


def _pack(path: Path) -> bytes:
    """Return the count as 8 bytes, the sorted hashes of 8 bytes each, their Zipf tenths of 1 byte."""
    from array import array

    import msgpack

    with gzip.open(path, "rb") as handle:
        _header, *bins = msgpack.unpack(handle, raw=False)
    # Bin n holds the words whose frequency is 10^(-n/100): Zipf = 9 - n/100.
    pairs = sorted((digest(word), max(1, round(90 - n / 10))) for n, words in enumerate(bins) for word in words)
    hashes = array("Q", (h for h, _ in pairs))
    return len(pairs).to_bytes(8, sys.byteorder) + hashes.tobytes() + bytes(z for _, z in pairs)
