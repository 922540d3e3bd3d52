"""Find names of a lexicon, of one word or of many, among the words of a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tqcheck.languages.lexicon import Name, names
from tqcheck.text.case import lower
from tqcheck.text.words import APOSTROPHES, Word


class Sequence(NamedTuple):
    """A name of several words: its words in lower case, and as they are written."""

    lowered: tuple[str, ...]
    written: tuple[str, ...]
    name: Name


@cache
def sequences(tag: str) -> dict[str, list[Sequence]]:
    """Return the names of several words of a language by their first word in lower case, longest first."""
    index: dict[str, list[Sequence]] = {}
    for name in names(tag).multi.values():
        written = tuple(name.form.split(" "))
        lowered = tuple(lower(part, tag) for part in written)
        index.setdefault(lowered[0], []).append(Sequence(lowered, written, name))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry.lowered))
    return index


class Permutations(NamedTuple):
    """Names of two to four words by their sorted words in lower case."""

    by_words: dict[tuple[str, ...], Name]
    orders: frozenset[tuple[str, ...]]
    members: frozenset[str]


@cache
def permutations(tag: str, kinds: frozenset[str]) -> Permutations:
    """Return the names of the given kinds whose words have one order only."""
    by_words: dict[tuple[str, ...], Name] = {}
    orders = set()
    for name in names(tag).multi.values():
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
