"""Find names of a lexicon, of one word or of many, among the words of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tqcheck.languages.lexicon import Lexicon, Name
from tqcheck.text.case import is_capitalised, lower
from tqcheck.text.words import APOSTROPHES, Word


class Sequence(NamedTuple):
    """A name of several words: its words in lower case, and as they are written."""

    lowered: tuple[str, ...]
    written: tuple[str, ...]
    name: Name


@lru_cache(maxsize=64)
def sequences(lexicon: Lexicon, tag: str) -> dict[str, list[Sequence]]:
    """Return the names of several words of a lexicon by their first word in lower case, longest first."""
    index: dict[str, list[Sequence]] = {}
    for name in lexicon.multi.values():
        written = tuple(name.form.split(" "))
        lowered = tuple(lower(part, tag) for part in written)
        index.setdefault(lowered[0], []).append(Sequence(lowered, written, name))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry.lowered))
    return index


def uncapitalised(
    text: str, words: list[Word], vocabulary: dict[str, list[Word]], lexicon: Lexicon, tag: str
) -> Iterator[tuple[list[Word], Name]]:
    """Yield the names of several words that lost all their capitals, each with its words.

    `words` are those of `text` in order, `vocabulary` the same by their spelling.
    """
    index = sequences(lexicon, tag)
    # Without its capitals, the first word of a name is written as the index is.
    starts = sorted(word for first in index.keys() & vocabulary.keys() for word in vocabulary[first])
    for first in starts:
        at = bisect_left(words, first)
        following = words[at + 1].text.lower() if at + 1 < len(words) else ""
        for known in index[first.text]:
            window = words[at : at + len(known.lowered)]
            if known.lowered[1] == following and _small(text, window, known, tag):
                yield window, known.name
                break


def _small(text: str, window: list[Word], known: Sequence, tag: str) -> bool:
    """True where the words are those of the name, next to each other, and none of its capitals is kept."""
    if tuple(lower(word.text, tag) for word in window) != known.lowered:
        return False
    if not all(adjoining(text, a, b) for a, b in pairwise(window)):
        return False
    due = [word.text for word, right in zip(window, known.written, strict=True) if is_capitalised(right)]
    return bool(due) and all(form.islower() for form in due)


class Permutations(NamedTuple):
    """Names of two to four words by their sorted words in lower case."""

    by_words: dict[tuple[str, ...], Name]
    orders: frozenset[tuple[str, ...]]
    members: frozenset[str]


@lru_cache(maxsize=64)
def permutations(lexicon: Lexicon, tag: str, kinds: frozenset[str]) -> Permutations:
    """Return the names of the given kinds whose words have one order only."""
    by_words: dict[tuple[str, ...], Name] = {}
    orders = set()
    for name in lexicon.multi.values():
        parts = tuple(lower(part, tag) for part in name.form.split(" "))
        orders.add(parts)
        if name.kind in kinds and 2 <= len(parts) <= 4 and len(set(parts)) == len(parts):
            by_words.setdefault(tuple(sorted(parts)), name)
    members = frozenset(word for key in by_words for word in key)
    return Permutations(by_words, frozenset(orders), members)


def split_apostrophe(word: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a word at its apostrophes with their offsets: l’Ukraine, Kyiv’s."""
    start = 0
    for at, char in enumerate(word):
        if char in APOSTROPHES:
            yield start, word[start:at]
            start = at + 1
    yield start, word[start:]


def adjoining(text: str, left: Word, right: Word) -> bool:
    """True where only one space stands between two words."""
    return right.start - left.end == 1 and text[left.end] in " \u00a0\u202f"
