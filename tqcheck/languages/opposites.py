"""Words of opposite concepts, by language: the tables of `sense/opposites.toml` and `sense/kin.toml`.

    [rise-fall]
    en = "increase, go up; more / decrease; fall, less / fall asleep"

First the words of one concept, then those of the other, then what neither is meant in. Before a semicolon
stand the words that mean nothing else; those behind it may mean it, so that a translator may have put them
for it, but prove nothing. Words are patterns (see `phrases.py`) in their dictionary form and stand for all
their forms; “=” in front of one keeps it as it is. Where no spaces are written they are strings, and the
longest one at a place counts.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import NamedTuple
from zlib import crc32

from tqcheck.languages.lemmas import Lemmas, lemmas
from tqcheck.languages.loader import load
from tqcheck.languages.negation import negation
from tqcheck.languages.phrases import Phrases, plain_words, tokens
from tqcheck.languages.record import Language
from tqcheck.languages.store import stored
from tqcheck.languages.word_forms import word_forms
from tqcheck.text.memo import remembered
from tqcheck.text.words import words as words_of

TABLES = ("opposites", "kin")
_FOLDER = resources.files("tqcheck.languages") / "sense"
# A sentence begins after one of these, whatever brackets and quotation marks stand between.
_OPENING = frozenset("\"'“”„«»‘’‹›([{-–—¿¡ \u00a0\u202f\t\r\n")
_STOP = frozenset(".!?…:\n")


class Concept(NamedTuple):
    """A word of a pair of opposites: its key, 0 or 1 for the concept, and whether it means nothing else.

    A key of "" is a phrase that is none of them.
    """

    pair: str
    side: int
    sure: bool


class Mention(NamedTuple):
    """Where a text names a concept."""

    start: int
    end: int
    concept: Concept


_MASK = Concept("", 0, False)


@dataclass(frozen=True)
class Opposites:
    """The pairs of opposites of one table in one language."""

    language: Language
    phrases: Phrases[Concept]
    strings: re.Pattern[str] | None
    meaning: dict[str, tuple[Concept, ...]]
    capital_nouns: bool
    # What makes a word its opposite in front of it, and the concepts that have words which begin so.
    denying: tuple[str, ...]
    denied: frozenset[Concept]
    _in_line: Callable[[str], list[Mention]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_in_line", remembered(self._find))

    def find(self, text: str) -> list[Mention]:
        """Return the concepts that a text names, in order.

        A word with a capital inside a sentence may belong to a name, and is never sure.
        """
        found, start = [], 0
        # No phrase goes on in the next line.
        for line in text.split("\n"):
            found += [Mention(m.start + start, m.end + start, m.concept) for m in self._in_line(line)]
            start += len(line) + 1
        return found

    def _find(self, text: str) -> list[Mention]:
        if self.strings is not None:
            hits = [
                Mention(*match.span(), concept)
                for match in self.strings.finditer(text)
                for concept in self.meaning[match.group()]
            ]
        else:
            hits = [Mention(*hit) for hit in self.phrases.find(tokens(text, list(words_of(text)), self.language))]
        return [self._named(text, hit) for hit in _outermost(hits) if hit.concept.pair and not self._denied(text, hit)]

    def _denied(self, text: str, hit: Mention) -> bool:
        """True where a word was found by its dictionary form, and denies it: Czech “neobyčejná”, of “obyčejný”."""
        begins = bool(self.denying) and text[hit.start : hit.end].lower().startswith(self.denying)
        return begins and hit.concept not in self.denied

    def _named(self, text: str, hit: Mention) -> Mention:
        if self.capital_nouns or not text[hit.start].isupper() or begins(text, hit.start):
            return hit
        return hit._replace(concept=hit.concept._replace(sure=False))


def _outermost(hits: list[Mention]) -> Iterator[Mention]:
    """Yield the hits that no longer one holds, in order."""
    furthest, since = -1, -1
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if furthest > hit.end or (furthest == hit.end and since < hit.start):
            continue
        if hit.end > furthest:
            furthest, since = hit.end, hit.start
        yield hit


def begins(text: str, at: int) -> bool:
    """True where a sentence begins at an offset."""
    before = at - 1
    while before >= 0 and text[before] in _OPENING and text[before] != "\n":
        before -= 1
    return before < 0 or text[before] in _STOP


@cache
def _raw(table: str) -> tuple[bytes, int]:
    raw = (_FOLDER / f"{table}.toml").read_bytes()
    return raw, crc32(raw)


@cache
def words_of_pairs(table: str, base: str) -> dict[str, str]:
    """Return the words of one language for each pair, kept in the user's cache: of all, they would take ten times as
    long to read."""
    raw, stamp = _raw(table)
    packed = bytes(stored(f"{table}-{base}-{stamp:08x}", lambda: json.dumps(_parsed(raw, base)).encode()))
    try:
        return {str(pair): str(words) for pair, words in json.loads(packed).items()}
    except (ValueError, AttributeError):
        # Whatever stands in the cache, it is no table of ours.
        return _parsed(raw, base)


def _parsed(raw: bytes, base: str) -> dict[str, str]:
    pairs = tomllib.loads(raw.decode("utf-8"))
    return {pair: words[base] for pair, words in pairs.items() if base in words}


@cache
def _lemmas(base: str) -> Lemmas:
    """Return the forms of the words of all tables: opening a dictionary takes seconds, and is done once."""
    elisions = load(base).quotes.elisions

    def inflected() -> Iterator[str]:
        for table in TABLES:
            for phrase, _concept in _entries(table, base):
                if not phrase.startswith("="):
                    yield from plain_words(phrase, elisions)

    stamp = "-".join(f"{_raw(table)[1]:08x}" for table in TABLES)
    return lemmas(base, f"sense-{stamp}", lambda: sorted(set(inflected())))


@cache
def opposites(table: str, tag: str) -> Opposites | None:
    """Return the opposites of a table (`opposites` or `kin`) in a language, None where there are none."""
    base = tag.partition("-")[0]
    found = list(_entries(table, base))
    if not found:
        return None
    language = load(base)
    phrases: Phrases[Concept] = Phrases(language, _lemmas(base))
    meaning: dict[str, list[Concept]] = {}
    special = word_forms(base)
    denies = negation(base)
    denying = () if denies is None else denies.plain_prefixes
    clitics = special.proclitics
    for phrase, concept in found:
        if language.spaced:
            inflect = not phrase.startswith("=")
            for variant in _variants(phrase.lstrip("="), clitics):
                phrases.add(variant, concept, inflect=inflect, lemma=True)
        else:
            meaning.setdefault(phrase.lstrip("="), []).append(concept)
    strings = None
    if not language.spaced:
        strings = re.compile("|".join(re.escape(s) for s in sorted(meaning, key=lambda s: (-len(s), s))))
    return Opposites(
        language,
        phrases,
        strings,
        {key: tuple(value) for key, value in meaning.items()},
        special.capital_nouns,
        denying,
        frozenset(concept for phrase, concept in found if phrase.lstrip("=").startswith(denying))
        if denying
        else frozenset(),
    )


def _entries(table: str, base: str) -> Iterator[tuple[str, Concept]]:
    for pair, words in words_of_pairs(table, base).items():
        sides = words.split("/")
        for side, part in enumerate(sides[:2]):
            for n, phrases in enumerate(part.split(";")):
                for phrase in filter(None, map(str.strip, phrases.split(","))):
                    yield phrase, Concept(pair, side, n == 0)
        for phrase in filter(None, map(str.strip, "".join(sides[2:]).split(","))):
            yield phrase, _MASK


def _variants(phrase: str, clitics: Sequence[str]) -> Iterator[str]:
    yield phrase
    for clitic in clitics:
        yield clitic + phrase
