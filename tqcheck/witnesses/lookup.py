"""Which words of a pair have a counterpart on the other side, by the dictionaries.

A word whose counterparts all lack was left out or put in, or is another word; or the translator was free. How
like it is to the words of the other side (see `coverage.py`) tells how free. For each word that gives the log
of how much likelier one meets such a word where it does not belong than where it does (`lookup.json`, written
by scripts/train_lookup.py).
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.dictionary import Dictionary, English, bare, dictionary, english, united
from tqcheck.languages.entities import index
from tqcheck.languages.numerals import numerals
from tqcheck.languages.opposites import begins
from tqcheck.languages.word_forms import word_forms
from tqcheck.model import Span
from tqcheck.text.words import Word
from tqcheck.witnesses.coverage import Coverage, Side, coverage, rarity
from tqcheck.witnesses.norms import counterpart

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How a word stands to the other side: a counterpart is there; only one of its family (decide, decision); none of those
# that the dictionary has; it has none.
LINK, KIN, NONE, UNKNOWN = "link", "kin", "none", "unknown"
# The longest word of a language without spaces.
_LONGEST = 6
# What is longer is several words whose spaces were lost; then no word of the other side can be looked for among them.
_GLUED, _GLUED_COMPOUND = 20, 45
# Words as rare as this at most link nothing (Zipf 6.1; see coverage.py).
_TOO_COMMON = 0.2
# The last word of a clause.
_LAST = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?=\s*+(?:[.,;:!?)]|$))")
# A run goes on over a word that tells nothing (function words, names, figures) at this cost.
_STEP = 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """The content words of one side, each with its log-likelihood ratio of not belonging there."""

    words: tuple[Word, ...] = ()
    doubts: tuple[float, ...] = ()
    # The run of words that is the surest not to belong there, and the sum of their ratios.
    run: Span | None = None
    weight: float = 0.0

    @property
    def some(self) -> float:
        """How surely some word does not belong there: the ratios of all words added up, as a logarithm."""
        return math.log1p(sum(map(math.exp, self.doubts)))


@dataclass(frozen=True, slots=True)
class Lookup:
    """Both sides of a pair."""

    source: Reading
    target: Reading


_NOTHING_KNOWN = Lookup(Reading(), Reading())


def lookups(bitext: Bitext) -> list[Lookup]:
    """Return one value a pair of `bitext.matched`; empty sides where a language has no dictionary."""
    covers = bitext.once(coverage)
    source, target = Meanings.of(bitext, bitext.source), Meanings.of(bitext, bitext.target)
    if covers is None or source is None or target is None:
        return [_NOTHING_KNOWN] * len(bitext.matched)
    scale = counterpart(bitext)
    return [
        _pair(source, target, pair.source, pair.target, cover, scale)
        for pair, cover in zip(bitext.matched, covers, strict=True)
    ]


def linked(bitext: Bitext, source: Sequence[Word], target: Sequence[Word]) -> NDArray[Any]:
    """Return which words of the two sides the dictionaries link, bool, shape (len(source), len(target))."""
    import numpy as np

    found = np.zeros((len(source), len(target)), bool)
    theirs, ours = Meanings.of(bitext, bitext.source), Meanings.of(bitext, bitext.target)
    if theirs is not None and ours is not None:
        counterparts = [ours.telling(word) for word in target]
        for m, word in enumerate(source):
            means = theirs.telling(word)
            found[m] = [not means.isdisjoint(other) for other in counterparts]
    return found


class Meanings:
    """The English of the words of one side."""

    def __init__(self, bitext: Bitext, side: Context, own: Dictionary | None) -> None:
        """Take the dictionary of the side's language, None for English."""
        self.bitext = bitext
        self.side = side
        self.own = own

    @classmethod
    def of(cls, bitext: Bitext, side: Context) -> Meanings | None:
        """Return the meanings of a side, None where there is no dictionary of its language."""
        base = side.language.base
        own = dictionary(base)
        return cls(bitext, side, own) if own is not None or base == "en" else None

    def __call__(self, word: str, particles: Iterable[str] = ()) -> English:
        """Return what a lower-case word means, with the particles that may belong to it."""
        return english(word) if self.own is None else self.own.english(word, particles)

    def telling(self, word: Word) -> frozenset[int]:
        """Return the English of a word of the text, nothing for one so common that it means all sorts (like, get)."""
        text = bare(word.text.lower(), self.side.language)
        return self(text).words if rarity(text, self.side.language.tag) > _TOO_COMMON else frozenset()

    def glued(self, words: Iterable[Word]) -> bool:
        """True where the spaces between some of the words were lost."""
        language = self.side.language
        most = _GLUED_COMPOUND if word_forms(language.base).compounds else _GLUED
        return language.spaced and any(len(word.text) > most for word in words)

    def particles(self, span: Span) -> frozenset[str]:
        """Return the words at the ends of clauses in a stretch that may belong to its verbs (German “fest”)."""
        if self.own is None or not self.own.particles:
            return frozenset()
        return self.own.particles.intersection(_LAST.findall(self.side.text, span.start, span.end))

    def whole(self, span: Span, words: Sequence[Word]) -> English:
        """Return the English of all that a stretch may hold; `words` are its words."""
        particles, language = self.particles(span), self.side.language
        apart = [bare(word.text.lower(), language) for word in words] if language.spaced else ()
        parts = apart or _parts(self.side.text[span.start : span.end])
        return united(self(part, particles) for part in parts)

    def content(self, span: Span, words: Iterable[Word]) -> dict[Word, str]:
        """Return those of the words of a stretch that a dictionary can tell, each in lower case and bare: no function
        words, no names and numbers, which have witnesses of their own, and no single characters where words are not
        written apart, which are mostly parts of a word."""
        language = self.side.language
        known = index(language.base, language.spaced)
        hits = known.find(self.side.text, self.bitext.words_of(self.side, span), span.start, span.end)
        named = {at for hit in hits for at in range(hit.start, hit.end)}
        passed = language.words.function | self.particles(span)
        texts = {word: bare(word.text.lower(), language) for word in words if word.start not in named}
        return {word: text for word, text in texts.items() if text not in passed and self._tells(word, text)}

    def _tells(self, word: Word, text: str) -> bool:
        language = self.side.language
        if any(map(str.isdigit, text)) or numerals(language.tag).find(text) is not None:
            return False
        if len(text) < 2 or text.endswith("'t"):  # didn’t
            return False
        capital = language.spaced and word.text[0].isupper() and not word_forms(language.base).capital_nouns
        return not capital or begins(self.side.text, word.start)

    def state(self, word: str, particles: Iterable[str], other: Meanings, whole: English) -> str:
        """Return how a word of this side, with the particles beside it, stands to the `whole` of the other."""
        means = self(word, particles)
        if not means.words or not (other.own is None or other.own.renders(means.words)):
            return UNKNOWN
        if not means.words.isdisjoint(whole.words):
            return LINK
        return KIN if not means.families.isdisjoint(whole.families) else NONE


def _parts(text: str) -> Iterator[str]:
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
            yield text[start:end]


def _pair(
    source: Meanings,
    target: Meanings,
    there: Span | None,
    here: Span | None,
    cover: Coverage,
    scale: tuple[float, float],
) -> Lookup:
    assert there is not None
    assert here is not None
    if source.glued(cover.source.words) or target.glued(cover.target.words):
        return _NOTHING_KNOWN
    theirs, ours = source.whole(there, cover.source.words), target.whole(here, cover.target.words)
    return Lookup(
        _side((source, target), there, cover.source, ours, scale),
        _side((target, source), here, cover.target, theirs, scale),
    )


def _side(
    meanings: tuple[Meanings, Meanings], span: Span, side: Side, whole: English, scale: tuple[float, float]
) -> Reading:
    mine, other = meanings
    none, one = scale
    table = ratios()["english" if mine.own is None else "other"]
    content, particles = mine.content(span, side.words), mine.particles(span)
    doubts = []
    best_run, heaviest, start, total = None, 0.0, 0, 0.0
    for word, best in zip(side.words, side.best, strict=True):
        if total <= 0:
            start, total = word.start, 0.0
        if word not in content:
            total -= _STEP
            continue
        doubt = table[mine.state(content[word], particles, other, whole)]((best - none) / (one - none))
        doubts.append(doubt)
        total += doubt
        if total > heaviest:
            best_run, heaviest = Span(start, word.end), total
    return Reading(tuple(content), tuple(doubts), best_run, heaviest)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A log-likelihood ratio by likeness, straight between its knots and level beyond them."""

    at: tuple[float, ...]
    height: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """Return the ratio at a likeness, on a scale where 0 is surely no counterpart and 1 surely one."""
        n = bisect_right(self.at, value)
        if n == 0 or n == len(self.at):
            return self.height[0 if n == 0 else -1]
        share = (value - self.at[n - 1]) / (self.at[n] - self.at[n - 1])
        return self.height[n - 1] + share * (self.height[n] - self.height[n - 1])


@cache
def ratios() -> dict[str, dict[str, Ratio]]:
    """Return the ratios of a word of English, and of another language, by how it stands to the other side."""
    text = (resources.files("tqcheck.witnesses") / "lookup.json").read_text(encoding="utf-8")
    return {
        side: {state: Ratio(tuple(at), tuple(height)) for state, (at, height) in rows.items()}
        for side, rows in json.loads(text).items()
    }
