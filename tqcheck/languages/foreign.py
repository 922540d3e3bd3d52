"""In which other language a word is at home, by word frequencies of the same script."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple
from zlib import crc32

from tqcheck.languages import installed
from tqcheck.languages.frequency import frequencies
from tqcheck.languages.store import find, stored

# Languages with wordfreq's large lists, by script: small lists hold the commonest words alone and
# cannot tell where a word is unknown.
_LARGE = {
    "Latn": ("en", "fr", "es", "de", "it", "pt", "nl", "pl", "cs", "sv", "ca", "nb", "fi"),
    # English words stand in Cyrillic texts as the original left them.
    "Cyrl": ("ru", "uk", "mk", "en"),
}
# Written so alike that a word of one is no stranger in the other.
_KIN = ({"es", "pt", "ca", "gl"}, {"nb", "nn", "no", "da", "sv"}, {"cs", "sk"}, {"mk", "bg", "sr"})


# Languages that write every noun with a capital, so that one makes no name.
NOUN_CAPITALS = frozenset({"de", "lb"})

# First and last letter of each script that has such lists.
SCRIPTS = {"Latn": ("a", "\u024f"), "Cyrl": ("\u0400", "\u04ff")}


@cache
def candidates(base: str, script: str) -> tuple[str, ...]:
    """Return the languages with large lists in `script` that are no kin of `base`."""
    kin: set[str] = set().union(*(group for group in _KIN if base in group))
    return tuple(other for other in _LARGE.get(script, ()) if other != base and other not in kin)


@lru_cache(maxsize=50_000)
def home(word: str, base: str, script: str) -> tuple[str, float]:
    """Return the language in which the case-folded `word` is commonest, with its Zipf value there."""
    homes = _homes(base, script)
    at = find(homes.hashes, word)
    if at < 0:
        return max(homes.languages, default=""), 0.0
    return homes.languages[homes.indices[at]], homes.tenths[at] / 10


class _Homes(NamedTuple):
    """Sorted hashes of words; parallel to them, in which of the languages each is commonest and ten times its Zipf
    value there."""

    languages: tuple[str, ...]
    hashes: Sequence[int]
    indices: Sequence[int]
    tenths: Sequence[int]


@cache
def _homes(base: str, script: str) -> _Homes:
    """Return the words of all other languages in one list: a dozen look-ups for each word would be slow."""
    others = candidates(base, script)
    if not others:
        return _Homes((), (), (), ())
    stamp = crc32(",".join(others).encode())
    raw = stored(f"homes-{base}-{script}-{installed.version('wordfreq')}-{stamp:x}", lambda: _pack(others))
    count = int.from_bytes(raw[:8], sys.byteorder)
    at = 8 + 8 * count
    return _Homes(others, raw[8:at].cast("Q"), raw[at : at + count], raw[at + count :])


def _pack(others: Sequence[str]) -> bytes:
    """Return the count of the words as 8 bytes, their sorted hashes of 8 bytes, and the two bytes of each apart."""
    import numpy as np  # on use: half a million words, once for each language

    lists = [frequencies(other, common=True) for other in others]
    hashes = np.concatenate([np.asarray(known.hashes, np.uint64) for known in lists])
    tenths = np.concatenate([np.asarray(known.tenths, np.uint8) for known in lists])
    indices = np.repeat(np.arange(len(others), dtype=np.uint8), [len(known.hashes) for known in lists])
    # The best of each word comes last; of equals the last one by its name, so that the order of the lists is nothing.
    ranks = np.argsort(np.argsort(others))[indices]
    order = np.lexsort((ranks, tenths, hashes))
    best = order[np.append(hashes[order][1:] != hashes[order][:-1], True)]
    return b"".join(
        (len(best).to_bytes(8, sys.byteorder), *(column[best].tobytes() for column in (hashes, indices, tenths)))
    )


def has_large_list(base: str) -> bool:
    """True where a word that the list lacks is rare indeed."""
    return any(base in group for group in _LARGE.values())
