"""A user's term base: concepts with their terms, and what they ask of one pair of languages.

`readers/glossary/` makes it of files; the witness of terms and the rules TER1xx read it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from tqcheck.languages.loader import load

T = TypeVar("T")
SOURCE, TARGET = "source", "target"
# A glossary of at least `_FEW` terms nearly all of which begin with a capital has it by habit.
_FEW, _NEARLY_ALL = 5, 0.8
# Longer runs of capitals are a way to set a line, not to spell a word.
_ABBREVIATION = 8


class Term(NamedTuple):
    """A term as it stands in the file. `lang` None: of any language. `role` SOURCE or TARGET where the
    file fixes the direction, else empty. `forbidden`: it is not to be used. `optional`: it may be used,
    but nobody has approved it yet."""

    text: str
    lang: str | None = None
    role: str = ""
    forbidden: bool = False
    optional: bool = False


class Concept(NamedTuple):
    """One row of a table or one entry of a TBX file. `exact`: case counts. `keep`: not to be translated."""

    terms: tuple[Term, ...]
    file: str
    line: int
    note: str = ""
    exact: bool = False
    keep: bool = False


class Entry(NamedTuple):
    """What one concept asks of a pair of languages.

    `sources` are the terms of the original, `required` the renderings one of which must stand,
    `allowed` those that may, `forbidden` those that must not. `sourced`: the concept has a term of
    another language, even if not of this pair's. `capital`: an initial capital of a source says that it
    is a name.
    """

    sources: tuple[str, ...]
    required: tuple[str, ...]
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...]
    concept: Concept
    sourced: bool
    capital: bool = True


@dataclass(frozen=True)
class Glossary:
    """The concepts of all files in order. `problems` tell what could not be used, and why."""

    concepts: tuple[Concept, ...] = ()
    problems: tuple[str, ...] = ()
    fingerprint: str = ""
    _memo: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def between(self, source: str | None, target: str) -> tuple[Entry, ...]:
        """Return what is asked of a pair of languages; `source` None: of a text without an original."""
        return self.once(("between", source, target), lambda: _between(self.concepts, source, target))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return `make()`, computed once for this key."""
        if key not in self._memo:
            self._memo[key] = make()
        value: T = self._memo[key]
        return value


@contextmanager
def uncollected() -> Iterator[None]:
    """Build something large that stays: looked through for garbage again and again, it would take nearly twice as
    long. Afterwards it is left out only where whose process it is has frozen something before."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count():
            gc.freeze()
        if enabled:
            gc.enable()


def joined(parts: Sequence[Glossary]) -> Glossary:
    """Return one glossary of several."""
    if len(parts) == 1:
        return parts[0]
    state = blake2b(digest_size=4)
    for part in parts:
        state.update(part.fingerprint.encode())
    concepts = tuple(concept for part in parts for concept in part.concepts)
    return Glossary(concepts, tuple(p for part in parts for p in part.problems), state.hexdigest())


def exact(term: str) -> bool:
    """True where the capitals of a term are its spelling: NATO, iPhone, US; not European Union."""
    if term.islower():  # as most are
        return False
    words = term.replace("-", " ").split()
    if term.isupper() and (len(words) > 2 or any(len(word) > _ABBREVIATION for word in words)):
        return False
    return any(any(map(str.isupper, word[1:])) for word in words) or (len(term) == 1 and term.isupper())


def _between(concepts: Sequence[Concept], source: str | None, target: str) -> tuple[Entry, ...]:
    speaks, serves = _Serves(source, False), _Serves(target, True)
    found = []
    for concept in concepts:
        theirs, ours, strangers = [], [], False
        for term in concept.terms:
            if term.role != SOURCE and serves(term.lang):
                ours.append(term)
            elif term.role != TARGET and (source is None or speaks(term.lang)):
                theirs.append(term)
            elif term.role != TARGET:
                strangers = True
        # Of a language that both sides speak (None), a term without a direction is a rendering only.
        sources = tuple(dict.fromkeys(term.text for term in theirs))
        required = [term.text for term in ours if not (term.forbidden or term.optional)]
        if concept.keep and not ours:
            required = list(sources)
        forbidden = tuple(term.text for term in ours if term.forbidden)
        # A term without a rendering still keeps a shorter one from being found in it.
        if forbidden or (sources and source is not None):
            allowed = tuple(term.text for term in ours if term.optional)
            sourced = bool(sources) or strangers
            found.append(Entry(sources, tuple(required), allowed, forbidden, concept, sourced))
    if _by_habit(found):
        return tuple(entry._replace(capital=kept(entry)) for entry in found)
    return tuple(found)


def kept(entry: Entry) -> bool:
    """True where the original's term itself is what is required."""
    return bool(entry.sources) and all(term in entry.sources for term in entry.required)


def _by_habit(entries: Sequence[Entry]) -> bool:
    """True where terms begin with a capital whatever they are, as a table of a spreadsheet has them."""
    firsts = [text[:1] for entry in entries if not kept(entry) for text in entry.sources if not exact(text)]
    cased = [first for first in firsts if first.lower() != first.upper()]
    return len(cased) >= _FEW and sum(map(str.isupper, cased)) >= _NEARLY_ALL * len(cased)


class _Serves:
    """Whether a term of a language serves a text in another variant of it."""

    def __init__(self, tag: str | None, strict: bool) -> None:
        self._tag, self._strict = tag, strict
        self._known: dict[str | None, bool] = {None: True}

    def __call__(self, lang: str | None) -> bool:
        known = self._known.get(lang)
        if known is None:
            known = self._known[lang] = self._tag is not None and lang is not None and self._of(lang, self._tag)
        return known

    def _of(self, lang: str, tag: str) -> bool:
        if lang.partition("-")[0] != tag.partition("-")[0] or load(lang).script != load(tag).script:
            return False
        # A rendering for Brazil is none for Portugal; in an original both are read.
        regions = {part for each in (lang, tag) for part in each.split("-")[1:] if len(part) == 2}
        return not self._strict or len(regions) <= 1
