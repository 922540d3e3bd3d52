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
from tqcheck.text.words import words as words_of

_FOLDER = resources.files("tqcheck.languages") / "dictionaries"
# So many words are remembered: a run over an archive meets millions.
_REMEMBERED = 50_000
# English words that begin with so many letters alike are of one family (decide, decision).
_FAMILY = 5
# A part of a compound has so many letters at least; between two parts may stand a joint.
_LEAST, _JOINTS = 4, ("", "s", "es", "n", "en", "er", "e")
# No word is longer.
_LONGEST = 60
# Letters that a stem has at least and that may follow it, where words take so many endings that no list has them.
_ENDINGS = {"ko": (2, 4), "tr": (4, 8)}
# What stands in front of Arabic words (conjunctions, prepositions, the article), so many letters of them at least.
_CLITICS = {"ar": ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك", "س")}
_LEAST_BEHIND = 3
# One form for what is written in several ways: Russian ё, Arabic hamza, alif maqsura, ta marbuta and vowel signs.
_FOLD = str.maketrans("ёأإآىة", "еااايه", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640")
# What stands at the end of a German or Dutch clause and belongs to its verb (stellte … fest).
_PARTICLES = {
    "de": "ab an auf aus bei bekannt bereit durch ein entgegen fest fort frei heim her heraus herein hervor hin hinaus "
    "hinein hinzu hoch los mit nach nieder statt teil um unter vor voran voraus vorbei weg weiter wieder zu zurück "
    "zusammen über",
    "nl": "aan achter af bij binnen buiten door in langs mee na neer om onder op over rond samen tegen terug thuis toe "
    "uit vast voor vooruit voort weg",
}
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
# The last syllable of Japanese verbs, and what stands there in their other forms.
_GODAN = {
    "う": "わいえおっ", "く": "かきけこい", "ぐ": "がぎげごい", "す": "さしせそ", "つ": "たちてとっ",
    "ぬ": "なにねのん", "ぶ": "ばびべぼん", "む": "まみめもん", "る": "らりれろっ", "い": "くかけ",
}  # fmt: skip


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
        self._compounds = base in ("de", "nl")
        self._endings = _ENDINGS.get(base)
        self._clitics = _CLITICS.get(base, ())
        self.particles = frozenset(_PARTICLES.get(base, "").split())
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
        keys, folded = self._forms.of(word), word.translate(_FOLD)
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
        if self._compounds:
            return self._of_parts(word)
        if self._endings is not None:
            least, most = self._endings
            stems = (word[:at] for at in range(len(word) - 1, max(least, len(word) - most) - 1, -1))
            return next(filter(None, (self._found(self._keys_of(stem)) for stem in stems)), NOTHING)
        rests = [word.removeprefix(clitic) for clitic in self._clitics if word.startswith(clitic)]
        return united(self._found(self._keys_of(rest)) for rest in rests if len(rest) >= _LEAST_BEHIND)

    def _of_parts(self, word: str) -> English:
        """Return what both parts of a compound mean, the last one as long as can be."""
        for at in range(_LEAST, len(word) - _LEAST + 1):
            last = self._found(self._keys_of(word[at:]))
            if not last:
                continue
            for joint in _JOINTS:
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
    stamp = f"{crc32(raw):08x}"
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
    language = load(base)
    if language.spaced:
        parts = _tokens(base, head)
        content = [part for part in parts if part not in language.words.function] or parts
        yield from map(digest, {form for part in content for form in (part, part.translate(_FOLD))})
        if base == "tr" and head.endswith(("mek", "mak")):
            yield digest(head[:-3])
        for particle in _PARTICLES.get(base, "").split():
            if head.startswith(particle) and len(head) - len(particle) >= _LEAST:
                yield _parted(digest(head[len(particle) :]), particle)
        return
    yield digest(head)
    if base == "ja" and len(head) > 1 and head[-1] in _GODAN and "\u3040" <= head[-1] <= "\u309f":
        if head.endswith("る") and len(head) > 2:
            yield digest(head[:-1])
        for syllable in _GODAN[head[-1]]:
            yield digest(head[:-1] + syllable)


def _tokens(base: str, text: str) -> list[str]:
    language = load(base)
    return [bare(word.text, language) for word in words_of(text)]
