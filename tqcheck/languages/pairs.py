"""Calques and false friends of a language pair: `pairs/<source>-<target>.toml`.

    [[entry]]
    source = "prendre une décision"            # the expression in the original
    wrong = "take a decision"                  # what a literal translation makes of it
    right = ["make a decision"]                # what a native writes
    original = "Il doit prendre une décision." # runs as a test, with
    example = "He must ⟦take a decision⟧."     # this bad translation of it
    counter = "Take the decision letter."      # must stay silent
    kind = "calque"                            # or "false-friend"
    inflect = true                             # the words of `wrong` stand for all their forms
    alone = false                              # natives say it too: no evidence without the original
    counter_original = "…"                     # what `counter` is a right translation of: nothing is found
    severity = "major"                         # minor for a calque, major for a false friend by default
    before = "("                               # the mark that must stand in front
    note = "…"                                 # norm or source

`source` and `wrong` are patterns (see `phrases.py`). The words of `source` stand for all their forms.
`original` and what follows `counter` may be left out.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from zlib import crc32

from tqcheck.languages.dates import alternation
from tqcheck.languages.lemmas import Lemmas, lemmas
from tqcheck.languages.loader import load
from tqcheck.languages.phrases import Phrases, plain_words
from tqcheck.languages.store import stored

_FOLDER = resources.files("tqcheck.languages") / "pairs"


@dataclass(frozen=True, slots=True)
class Calque:
    """One entry of a pair."""

    pair: str
    source: str
    wrong: str
    right: tuple[str, ...]
    example: str
    counter: str
    kind: str = "calque"
    original: str = ""
    counter_original: str = ""
    before: str = ""
    severity: str = ""
    note: str = ""
    inflect: bool = False
    alone: bool = True

    def advice(self, said: str) -> str:
        """Return what natives write where an article has `said`, as part of a sentence."""
        # Of many, the last are there to be known as right rather than to be read.
        phrases = self.right[:3]
        lead = ""
        if "{" in self.wrong:
            # What is written for one day or month stands for all of them.
            lead = "for example "
            base = self.pair.partition("-")[2]
            for named in (_named(base, "days"), _named(base, "months")):
                if (here := named.search(said)) is not None:
                    phrases = tuple(named.sub(here[0], phrase) for phrase in phrases)
        return lead + " or ".join(f"“{phrase}”" for phrase in phrases)

    @property
    def fix(self) -> str | None:
        """What may stand in the place of `wrong`, None where its form is not known."""
        first = self.right[0]
        return None if self.inflect or "…" in first or set(self.wrong) & set("([{*") or "..." in self.wrong else first


@cache
def _named(base: str, what: str) -> re.Pattern[str]:
    """Return a pattern for the names of the days or of the months of a language."""
    return re.compile(rf"\b(?:{alternation(getattr(load(base).calendar, what))})\b")


@cache
def available() -> tuple[str, ...]:
    """Return the pairs that there are, as `fr-en`, sorted."""
    return tuple(sorted(f.name[:-5] for f in _FOLDER.iterdir() if f.name.endswith(".toml")))


def pair(source: str, target: str) -> str | None:
    """Return the pair that serves two languages (`pt-BR` takes that of `pt`), None without data."""
    name = f"{source.partition('-')[0]}-{target.partition('-')[0]}"
    return name if name in available() else None


@cache
def entries(name: str) -> tuple[Calque, ...]:
    """Return the entries of a pair, kept in the user's cache in a form that is read ten times as quickly."""
    raw = (_FOLDER / f"{name}.toml").read_bytes()
    packed = bytes(stored(f"pair-{name}-{crc32(raw):08x}", lambda: json.dumps(_parsed(raw)).encode()))
    try:
        found = [_entry(entry, name) for entry in json.loads(packed)]
    except (ValueError, TypeError, KeyError):
        # Whatever stands in the cache, it is no entry of ours.
        found = [_entry(entry, name) for entry in _parsed(raw)]
    return tuple(found)


def _parsed(raw: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(raw.decode("utf-8"))["entry"]
    return rows


def _entry(entry: dict[str, Any], name: str) -> Calque:
    return Calque(pair=name, **{**entry, "right": tuple(entry["right"])})


def into(target: str) -> tuple[Calque, ...]:
    """Return the entries of all pairs that translate into `target` (a primary subtag)."""
    return tuple(entry for name in available() if name.endswith(f"-{target}") for entry in entries(name))


@cache
def wrongs(target: str, name: str | None = None) -> Phrases[Calque]:
    """Return the wrong renderings in a language: those of one pair, else of all that need no original."""
    return wrongs_of(entries(name) if name else (entry for entry in into(target) if entry.alone), target)


def wrongs_of(some: Iterable[Calque], target: str) -> Phrases[Calque]:
    """Return the wrong renderings of some entries."""
    phrases: Phrases[Calque] = Phrases(load(target), _lemmas(target))
    for entry in some:
        phrases.add(entry.wrong, entry, inflect=entry.inflect)
    return phrases


@cache
def sources(name: str) -> Phrases[Calque]:
    """Return the expressions of the original of a pair."""
    base = name.partition("-")[0]
    phrases: Phrases[Calque] = Phrases(load(base), _lemmas(base))
    for entry in entries(name):
        phrases.add(entry.source, entry, inflect=True)
    return phrases


def rights_of(some: Iterable[Calque], target: str) -> Phrases[Calque]:
    """Return the right renderings of those of some entries that natives say too: where one stands, the expression is
    translated."""
    phrases: Phrases[Calque] = Phrases(load(target), _lemmas(target))
    for entry in some:
        for right in entry.right if not entry.alone else ():
            if "…" not in right:
                phrases.add(right, entry, inflect=True)
    return phrases


@cache
def _lemmas(base: str) -> Lemmas:
    """Return the forms of the words that the patterns of a language inflect."""
    names = [name for name in available() if base in name.split("-")]
    stamp = crc32(b"".join((_FOLDER / f"{name}.toml").read_bytes() for name in names))
    return lemmas(base, f"{stamp:08x}", lambda: sorted(set(_inflected(base, names))))


def _inflected(base: str, names: Iterable[str]) -> Iterator[str]:
    elisions = load(base).quotes.elisions
    for name in names:
        for entry in entries(name):
            theirs = [entry.source] if name.startswith(f"{base}-") else []
            if name.endswith(f"-{base}"):
                theirs += [entry.wrong] if entry.inflect else []
                theirs += entry.right if not entry.alone else []
            for phrase in theirs:
                yield from plain_words(phrase, elisions)
