"""Which word forms a language has, from simplemma's dictionaries, without holding them in memory.

A word list tells a rare word from a misspelling, which a frequency cannot: “toe” is rarer than
“the”, “adn” than “and”. simplemma (MIT) is a dependency; its forms are unpacked once into the
user's cache as a sorted array of 64-bit hashes, memory-mapped as in `frequency.py`.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib import metadata

from tqcheck.languages.frequency import _cache_folder, _hash, _write

# Norwegian and the Serbo-Croatian standards go by other names there.
_ALIASES = {"no": "nb", "hr": "hbs", "sr": "hbs", "bs": "hbs"}
# A list of millions of generated forms (Polish) takes seconds to unpack, and knows too much.
_MOST = 1_500_000
_LAYOUT = "1"


class Lexemes:
    """The word forms of one language, in lower case."""

    def __init__(self, hashes: Sequence[int]) -> None:
        self._hashes = hashes

    def __contains__(self, word: str) -> bool:
        key = _hash(word)
        at = bisect_left(self._hashes, key)
        return at < len(self._hashes) and self._hashes[at] == key

    def __bool__(self) -> bool:
        return len(self._hashes) > 0


@cache
def lexemes(tag: str) -> Lexemes:
    """Return the word forms of a language, empty where simplemma has no dictionary for it."""
    base = tag.partition("-")[0]
    base = _ALIASES.get(base, base)
    try:
        version = metadata.version("simplemma")
    except metadata.PackageNotFoundError:
        return Lexemes(())
    cached = _cache_folder() / f"lexemes-{base}-{version}-{_LAYOUT}.bin"
    try:
        if not cached.exists():
            _write(cached, _pack(base))
        if not cached.stat().st_size:
            return Lexemes(())
        with cached.open("rb") as handle:
            return Lexemes(memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)).cast("Q"))
    except (OSError, ValueError, TypeError):
        # No place to write, or a damaged file: the list still works, from memory.
        return Lexemes(array("Q", _pack(base)))


def _pack(base: str) -> bytes:
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

    try:
        forms = StreamDictionaryFactory().get_dictionary(base)
    except ValueError:
        return b""
    if len(forms) > _MOST:
        return b""
    hashes = array("Q", (_hash(form.lower()) for form in forms))
    return array("Q", sorted(hashes)).tobytes()
