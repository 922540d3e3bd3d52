"""How likely two words stand side by side, from the word pairs of the wordsegment package.

wordsegment (Apache-2.0) ships what Peter Norvig counted out of a trillion words of English web text
(“Natural Language Corpus Data”, in: Beautiful Data, O'Reilly 2009; MIT): 258,000 word pairs that occur
100,000 times or more. What is kept in the user's cache (see `store.py`) is, for each pair, the natural
logarithm of how many times as often it occurs as its two words would meet by chance.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import util
from pathlib import Path

from tqcheck.languages import installed
from tqcheck.languages.store import digest, find, stored

# The language of its lists.
_LANGUAGE = "en"
# Steps of one unit of the logarithm; a byte holds -16 to 16.
_STEPS = 8
# A pair that the list lacks occurs at most so often; half of it is what an unseen one counts as.
_UNSEEN = 5e4
# Words so rare that no pair of them could be expected in the list are not kept.
_LEAST = 2e6


class Bigrams:
    """The word pairs of one language."""

    def __init__(self, pairs: Sequence[int], ratios: Sequence[int], words: Sequence[int], logs: Sequence[int]) -> None:
        """Take the sorted hashes of pairs and of single words, and what is known of each."""
        self._pairs = pairs
        self._ratios = ratios
        self._words = words
        self._logs = logs
        self.affinity = lru_cache(maxsize=200_000)(self._affinity)
        self.weight = lru_cache(maxsize=50_000)(self._weight)

    def _affinity(self, first: str, second: str) -> float:
        """Return the logarithm of how many times as often as by chance two words (in lower case)
        stand side by side: above 0 for what belongs together, below 0 for common words that do not
        meet, 0 where a word is too rare for the list to know."""
        at = find(self._pairs, f"{first} {second}")
        if at >= 0:
            return self._ratios[at] / _STEPS
        return min(0.0, -(self.weight(first) + self.weight(second)))

    def _weight(self, word: str) -> float:
        """Return what a word gives to how often its pairs are to be expected: two of them add up to the
        logarithm of that number over what counts as unseen. -inf for a rare word."""
        at = find(self._words, word)
        return self._logs[at] / _STEPS if at >= 0 else -math.inf

    def __bool__(self) -> bool:
        return len(self._pairs) > 0


@cache
def bigrams(base: str) -> Bigrams:
    """Return the word pairs of a language (a primary subtag), empty where there are none."""
    folder = _folder() if base == _LANGUAGE else None
    if folder is None:
        return Bigrams((), (), (), ())
    raw = stored(f"bigrams-{base}-{installed.version('wordsegment')}", lambda: _pack(folder))
    parts = []
    while raw:
        count, raw = int.from_bytes(raw[:8], sys.byteorder), raw[8:]
        hashes, values, raw = raw[: 8 * count], raw[8 * count : 9 * count], raw[9 * count :]
        parts += [hashes.cast("Q"), values.cast("b")]
    return Bigrams(*parts) if len(parts) == 4 else Bigrams((), (), (), ())


def _folder() -> Path | None:
    """Return where wordsegment keeps its lists, found without importing the package."""
    spec = util.find_spec("wordsegment")
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _pack(folder: Path) -> bytes:
    """Return for pairs, then for words: the count in 8 bytes, sorted hashes of 8 bytes, values of 1 byte."""
    words = dict(_counts(folder / "unigrams.txt"))
    total = sum(words.values())
    pairs: dict[str, float] = {}
    for pair, count in _counts(folder / "bigrams.txt"):
        pairs[pair.lower()] = pairs.get(pair.lower(), 0.0) + count
    ratios = {}
    for pair, count in pairs.items():
        first, _, second = pair.partition(" ")
        if first in words and second in words:
            chance = words[first] * words[second] / total
            ratios[pair] = math.log(count / max(chance, _UNSEEN))
    half = 0.5 * math.log(_UNSEEN * total)
    logs = {word: math.log(count) - half for word, count in words.items() if count >= _LEAST}
    return _table(ratios) + _table(logs)


def _counts(path: Path) -> Iterator[tuple[str, float]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            key, _, count = line.rpartition("\t")
            yield key, float(count)


def _table(values: dict[str, float]) -> bytes:
    packed = sorted((digest(key), max(-127, min(127, round(_STEPS * value)))) for key, value in values.items())
    hashes, bytes_ = array("Q", (key for key, _ in packed)), array("b", (value for _, value in packed))
    return len(packed).to_bytes(8, sys.byteorder) + hashes.tobytes() + bytes_.tobytes()
