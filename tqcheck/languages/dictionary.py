"""What words mean in English: dictionaries written by hand, `dictionaries/<language>.txt`.

    durchführen: carry out, conduct, implement

Two words mean the same where they share an English word; so two languages other than English are compared by
way of it. What a dictionary lacks says nothing. The tables are packed as hashes into the user's cache (see
`store.py`), so that opening one costs nothing.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple
from zlib import crc32

from tqcheck.languages.lemmas import Lemmas, every, lemmas
from tqcheck.languages.loader import load
from tqcheck.languages.record import Language
from tqcheck.languages.store import digest, stored
from tqcheck.languages.word_forms import word_forms
from tqcheck.text.words import words as words_of

_FOLDER = resources.files("tqcheck.languages") / "dictionaries"
# So many words are remembered: a run over an archive meets millions.
_REMEMBERED = 50_000
# English words that begin with so many letters alike are of one family (decide, decision).
_FAMILY = 5
# A part of a compound has so many letters at least, and what is left of a word without its clitic.
_LEAST, _LEAST_BEHIND = 4, 3
# No word is longer.
_LONGEST = 60
# What Americans spell otherwise: colour, organise, analyse, centre, defence, programme, travelled.
_BRITISH = tuple(
    (re.compile(british), ending)
    for british, ending in (
        ("our(?=$|[aehils])", "or"),
        ("(?<=[a-z]{3})is(?=e|ing|ation)", "iz"),
        ("ys(?=e|ing)", "yz"),
        ("tre(?=s?$)", "ter"),
        ("ence(?=s?$)", "ense"),
        ("mme(?=s?$)", "m"),
        ("ll(?=e|i)", "l"),
    )
)


class English(NamedTuple):
    """What a word may be in English, as hashes: the words themselves, and their families; false where it is nothing."""

    words: frozenset[int]
    families: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.words)


NOTHING = English(frozenset(), frozenset())


class Dictionary:
    """The words of one language that have an English counterpart here."""

    def __init__(self, base: str, packed: memoryview, forms: Lemmas) -> None:
        """Take what `_pack` made."""
        counts = packed[:16].cast("Q")
        heads, links = int(counts[0]), int(counts[1])
        body = packed[16:].cast("Q")
        self._heads = body[:heads]
        self._starts = body[heads : 2 * heads + 1]
        self._words = body[2 * heads + 1 : 2 * heads + 1 + links]
        self._families = body[2 * heads + 1 + links : 2 * heads + 1 + 2 * links]
        self._english = body[2 * heads + 1 + 2 * links :]
        self._forms = forms
        self._built = word_forms(base)
        self.particles = self._built.particles
        self._known: dict[str, English] = {}

    def english(self, word: str, particles: Iterable[str] = ()) -> English:
        """Return what a lower-case word means, `NOTHING` where it is not in the dictionary.

        With `particles` that stand behind it, also what it means with each (stellte … fest).
        """
        found = self._alone(word)
        for particle in particles:
            separable = self._found(_parted(key, particle) for key in self._keys_of(word))
            if separable:
                found = united((found, separable))
        return found

    def _alone(self, word: str) -> English:
        known = self._known.get(word)
        if known is None:
            known = self._found(self._keys_of(word)) or self._of_pieces(word)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = known
        return known

    def _keys_of(self, word: str) -> tuple[int, ...]:
        keys, folded = self._forms.of(word), word.translate(self._built.fold)
        return keys if folded == word else (*keys, digest(folded))

    def renders(self, words: frozenset[int]) -> bool:
        """True where one of these English words is the counterpart of a word here."""
        english = self._english
        return any((at := bisect_left(english, key)) < len(english) and english[at] == key for key in words)

    def _found(self, keys: Iterable[int]) -> English:
        words: set[int] = set()
        families: set[int] = set()
        for key in keys:
            at = bisect_left(self._heads, key)
            if at < len(self._heads) and self._heads[at] == key:
                part = slice(self._starts[at], self._starts[at + 1])
                words.update(self._words[part])
                families.update(self._families[part])
        return English(frozenset(words), frozenset(families))

    def _of_pieces(self, word: str) -> English:
        """Return what a word means by its parts: a compound, a stem with its endings, a word with clitics."""
        if len(word) > _LONGEST:
            return NOTHING
        built = self._built
        if built.stem:
            stems = (word[:at] for at in range(len(word) - 1, max(built.stem, len(word) - built.ending) - 1, -1))
            return next(filter(None, (self._found(self._keys_of(stem)) for stem in stems)), NOTHING)
        if built.compounds:
            return self._of_parts(word)
        rests = [word.removeprefix(clitic) for clitic in built.proclitics if word.startswith(clitic)]
        return united(self._found(self._keys_of(rest)) for rest in rests if len(rest) >= _LEAST_BEHIND)

    def _of_parts(self, word: str) -> English:
        """Return what both parts of a compound mean, the last one as long as can be."""
        for at in range(_LEAST, len(word) - _LEAST + 1):
            last = self._found(self._keys_of(word[at:]))
            if not last:
                continue
            for joint in self._built.joints:
                if word[:at].endswith(joint) and at - len(joint) >= _LEAST - 1:
                    first = self._found(self._keys_of(word[: at - len(joint)]))
                    if first:
                        return united((first, last))
        return NOTHING


def united(some: Iterable[English]) -> English:
    """Return all that some words may be."""
    parts = tuple(some)
    return English(frozenset().union(*(p.words for p in parts)), frozenset().union(*(p.families for p in parts)))


def _parted(verb: int, particle: str) -> int:
    """Return the key of a verb, given by its hash, with a particle that stands apart from it."""
    return verb ^ _mark(particle)


@cache
def _mark(particle: str) -> int:
    return digest("+" + particle)


@cache
def dictionary(tag: str) -> Dictionary | None:
    """Return the dictionary of a language, None where there is none."""
    base = tag.partition("-")[0]
    path = _FOLDER / f"{base}.txt"
    if not path.is_file():
        return None
    raw = path.read_bytes()
    stamp = f"{crc32(raw):08x}-{word_forms(base).stamp}"
    packed = stored(f"dictionary-{base}-{stamp}", lambda: _pack(base, raw.decode("utf-8")))
    forms = Lemmas((), ())
    if load(base).spaced:
        forms = lemmas(base, f"dictionary-{stamp}", lambda: _words_of_heads(base, raw.decode("utf-8")))
    return Dictionary(base, packed, forms)


def _words_of_heads(base: str, text: str) -> set[str]:
    return {word for head, _ in entries(text) for word in _tokens(base, head)}


@lru_cache(maxsize=_REMEMBERED)
def english(word: str) -> English:
    """Return an English word as it may be looked up: in lower case, by all its dictionary forms, in both spellings."""
    spellings = {word, american(word)}
    forms = every("en")
    return English(frozenset(key for w in spellings for key in forms.of(w)), frozenset(map(family, spellings)))


def american(word: str) -> str:
    """Return a British spelling as an American one. What is none comes out odd, but the same on both sides."""
    for british, ending in _BRITISH:
        word = british.sub(ending, word)
    return word


def bare(word: str, language: Language) -> str:
    """Return a lower-case word without an elided one in front of it (l’, dell’) or an ending behind it (’s)."""
    word = word.replace("’", "'")
    head, mark, rest = word.partition("'")
    if not mark:
        return word
    if head in language.quotes.elisions:
        return rest
    return head if rest == "s" else word


def family(word: str) -> int:
    """Return the hash of what words of one family share."""
    return digest(word[:_FAMILY] + "*")


def entries(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the head and the renderings of each line of a dictionary."""
    for line in text.splitlines():
        head, colon, rest = line.partition(":")
        if colon and not line.startswith("#"):
            yield head.strip(), tuple(part.strip() for part in rest.split(",") if part.strip())


def _pack(base: str, text: str) -> bytes:
    """Return the counts of heads and links, the sorted heads, where the links of each begin, the links (words, then
    families), and the sorted English words: 8 bytes each."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    function = load("en").words.function
    for head, renderings in entries(text):
        links: dict[int, int] = {}
        for rendering in renderings:
            parts = _tokens("en", rendering)
            content = [part for part in parts if part not in function] or parts
            links.update((digest(w), family(w)) for part in content for w in (part, american(part)))
        for key in _keys(base, head):
            found[key].update(links)
    heads = sorted(found)
    starts, words, families = array("Q", [0]), array("Q"), array("Q")
    for head_key in heads:
        for word, kin in sorted(found[head_key].items()):
            words.append(word)
            families.append(kin)
        starts.append(len(words))
    counts = array("Q", (len(heads), len(words)))
    return b"".join(
        part.tobytes() for part in (counts, array("Q", heads), starts, words, families, array("Q", sorted(set(words))))
    )


def _keys(base: str, head: str) -> Iterator[int]:
    """Yield the keys of the words of a head that may be met in a text."""
    language, built = load(base), word_forms(base)
    if not language.spaced:
        yield digest(head)
        yield from map(digest, _other_syllables(head, built.syllables))
        return
    parts = _tokens(base, head)
    for part in [part for part in parts if part not in language.words.function] or parts:
        yield from map(digest, {part, part.translate(built.fold)})
    for infinitive in built.infinitives:
        if head.endswith(infinitive):
            yield digest(head.removesuffix(infinitive))
    for particle in built.particles:
        if head.startswith(particle) and len(head) - len(particle) >= _LEAST:
            yield _parted(digest(head[len(particle) :]), particle)


def _other_syllables(head: str, syllables: dict[str, str]) -> Iterator[str]:
    """Yield the other forms of a word that ends on one of these syllables: 書く, 書か, 書き …"""
    if len(head) > 1 and head[-1] in syllables:
        yield from (head[:-1] + other for other in syllables[head[-1]])
        if head[-1] == "る" and len(head) > 2:
            yield head[:-1]  # 食べる, 食べ


def _tokens(base: str, text: str) -> list[str]:
    language = load(base)
    return [bare(word.text, language) for word in words_of(text)]
