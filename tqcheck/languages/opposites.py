"""Words of opposite concepts, by language: the tables of `sense/opposites.toml` and `sense/kin.toml`.

    [rise-fall]
    en = "increase, go up; more / decrease; fall, less / fall asleep"

First the words of one concept, then those of the other, then what neither is meant in. Before a semicolon
stand the words that mean nothing else; those behind it may mean it, so that a translator may have put them
for it, but prove nothing. Words are patterns (see `phrases.py`) and stand for all their forms; “=” in front
of one keeps it as it is. Where no spaces are written they are strings, and the longest one at a place counts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple
from zlib import crc32

from tqcheck.languages.lemmas import lemmas
from tqcheck.languages.loader import load
from tqcheck.languages.phrases import Phrases, plain_words, tokens
from tqcheck.languages.record import Language
from tqcheck.text.words import Word

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

    def find(self, text: str, words: Sequence[Word]) -> list[Mention]:
        """Return the concepts that a text names, in order; `words` are its words.

        A word with a capital inside a sentence may belong to a name, and is never sure.
        """
        if self.strings is not None:
            hits = [
                Mention(*match.span(), concept)
                for match in self.strings.finditer(text)
                for concept in self.meaning[match.group()]
            ]
        else:
            hits = [Mention(*hit) for hit in self.phrases.find(tokens(text, words, self.language))]
        whole = [hit for hit in hits if not any(_inside(hit, other) for other in hits)]
        return [self._named(text, hit) for hit in whole if hit.concept.pair]

    def _named(self, text: str, hit: Mention) -> Mention:
        if self.capital_nouns or not text[hit.start].isupper() or begins(text, hit.start):
            return hit
        return hit._replace(concept=hit.concept._replace(sure=False))


def _inside(hit: Mention, other: Mention) -> bool:
    return (
        other.start <= hit.start and hit.end <= other.end and (other.end - other.start, 0) > (hit.end - hit.start, 0)
    )


def begins(text: str, at: int) -> bool:
    """True where a sentence begins at an offset."""
    before = at - 1
    while before >= 0 and text[before] in _OPENING and text[before] != "\n":
        before -= 1
    return before < 0 or text[before] in _STOP


@cache
def _data(table: str) -> tuple[dict[str, dict[str, str]], int]:
    raw = (_FOLDER / f"{table}.toml").read_bytes()
    return tomllib.loads(raw.decode("utf-8")), crc32(raw)


@cache
def forms() -> dict[str, dict[str, Any]]:
    """Return the data of `sense/forms.toml`, by language."""
    return tomllib.loads((_FOLDER / "forms.toml").read_text(encoding="utf-8"))


@cache
def opposites(table: str, tag: str) -> Opposites | None:
    """Return the opposites of a table (`opposites` or `kin`) in a language, None where there are none."""
    base = tag.partition("-")[0]
    found = list(_entries(table, base))
    if not found:
        return None
    language = load(base)
    stamp = _data(table)[1]
    elisions = language.quotes.elisions

    def inflected() -> Iterator[str]:
        for phrase, _concept in found:
            if not phrase.startswith("="):
                yield from plain_words(phrase, elisions)

    known = lemmas(base, f"{table}-{stamp:08x}", lambda: sorted(set(inflected())))
    phrases: Phrases[Concept] = Phrases(language, known)
    meaning: dict[str, list[Concept]] = {}
    special = forms().get(base, {})
    clitics = special.get("proclitics", "").split()
    for phrase, concept in found:
        if language.spaced:
            inflect = not phrase.startswith("=")
            for variant in _variants(phrase.lstrip("="), clitics):
                phrases.add(variant, concept, inflect=inflect)
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
        bool(special.get("capital_nouns")),
    )


def _entries(table: str, base: str) -> Iterator[tuple[str, Concept]]:
    for pair, words in _data(table)[0].items():
        if base not in words:
            continue
        sides = words[base].split("/")
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
