"""What of the original stands unchanged in the target: runs of words, and words of its script."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.languages.foreign import NOUN_CAPITALS
from tqcheck.languages.leftovers import CERTAIN, LIKELY, ordinary, weight, weight_beyond
from tqcheck.languages.lexemes import lexemes
from tqcheck.model import Span
from tqcheck.text.scripts import TOGETHER, runs_of, scripts_of
from tqcheck.text.words import APOSTROPHES, Word, words

# A word of the target is looked for at so many places of the original.
_PLACES = 12
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z\u00c0-\u024f]+)*")
# What may stand between two words of a run.
_BETWEEN = frozenset(" \u00a0\u202f,;:-–—/'’")


@dataclass(frozen=True, slots=True)
class Copy:
    """A stretch of the target that stands so in the original.

    `weight` is the sum of what its words say for being left untranslated (see `leftovers.weight`);
    `title` is true where capitals make a name or title of it; `lower` counts the words in small letters.
    """

    target: Span
    source: Span | None
    words: int
    lower: int
    weight: float
    title: bool = False
    # Letters of a script that the target does not write; a word of Latin letters where it writes none.
    script: bool = False
    beyond: bool = False


def copies(bitext: Bitext) -> tuple[Copy, ...]:
    """Return the stretches left standing, in the order of the target, those of names left out."""
    theirs, ours = _scripts(bitext.source), _scripts(bitext.target)
    if bitext.source.language.base == bitext.target.language.base:
        return ()
    strange = theirs - ours
    found = list(_in_script(bitext, strange)) if strange else []
    if "Latn" in theirs or not strange:
        found += _in_words(bitext, ours)
    return tuple(sorted(found, key=lambda copy: copy.target))


def shares(bitext: Bitext) -> tuple[float, ...]:
    """Return, for each matched pair, the share of the target's words that were left untranslated."""
    found = bitext.once(copies)
    starts = [copy.target.start for copy in found]
    values = []
    for pair in bitext.matched:
        assert pair.target is not None
        inside = found[bisect_left(starts, pair.target.start) : bisect_left(starts, pair.target.end)]
        left = sum(copy.lower for copy in inside if not copy.title and copy.weight >= 1)
        values.append(left / max(1, len(bitext.words_of(bitext.target, pair.target)), left))
    return tuple(values)


def _scripts(side: Context) -> frozenset[str]:
    """Return the scripts of the language, those of the text where the language is not known."""
    script = side.language.script
    if not script:
        return scripts_of(side.text)
    return frozenset(TOGETHER.get(script, {script}))


def _in_script(bitext: Bitext, strange: frozenset[str]) -> Iterator[Copy]:
    """Yield the runs of letters of the original's script that the original holds, too."""
    source, text = bitext.source.text, bitext.target.text
    if strange <= {"Latn"}:
        return
    known = frozenset(word.text for word in bitext.source.words)
    for match in runs_of(strange).finditer(text):
        for start, end in _found(match, source, known):
            part = text[start:end]
            at = _nearest(source, part, _around(bitext, start))
            source_span = Span(at, at + len(part)) if at >= 0 else None
            size = part.count(" ") + 1
            yield Copy(Span(start, end), source_span, size, size, CERTAIN * size, script=True)


def _found(match: re.Match[str], source: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the run where the original holds it as a whole, else its stretches of words found there."""
    if match.group() in source:
        yield match.span()
        return
    for found, group in groupby(words(match.group()), key=lambda word: word.text in known):
        if found:
            stretch = list(group)
            yield match.start() + stretch[0].start, match.start() + stretch[-1].end


def _nearest(text: str, part: str, near: Span | None) -> int:
    at = text.find(part, near.start, near.end) if near is not None else -1
    return at if at >= 0 else text.find(part)


def _around(bitext: Bitext, offset: int) -> Span | None:
    pair = bitext.pair_at(offset)
    return pair.source if pair is not None else None


def _in_words(bitext: Bitext, ours: frozenset[str]) -> Iterator[Copy]:
    """Yield the runs of words that both sides hold in the same order, where one of them weighs."""
    index = _Index(bitext, beyond="Latn" not in ours)
    at = 0
    while at < len(index.ours):
        place, length = index.longest(at)
        if length:
            yield from index.judged(at, place, length)
        at += max(1, length)


class _Index:
    """Where the words of the target stand in the original."""

    def __init__(self, bitext: Bitext, beyond: bool) -> None:
        self.bitext, self.beyond = bitext, beyond
        self.ours, self.theirs = bitext.target.words, bitext.source.words
        if beyond:
            # Without spaces, a word sticks to its neighbours of the other script.
            text, runs = bitext.target.text, _LATIN.finditer(bitext.target.text)
            self.ours = [Word(m.start(), m.end(), m.group()) for m in runs] if not text.isascii() else []
        self.forms = [_plain(word.text.lower()) for word in self.ours]
        self.other = [_plain(word) for word in bitext.source.lowered]
        self.places: dict[str, list[int]] = defaultdict(list)
        for n, form in enumerate(self.other):
            self.places[form].append(n)
        # What has a capital inside a sentence of either side is a name.
        self.names = {
            word.text.lower()
            for side in (bitext.source, bitext.target)
            for word in side.words
            if word.text[:1].isupper() and word.start not in side.sentence_starts
        }
        self.langs = bitext.target.language.base, bitext.source.language.base

    def longest(self, at: int) -> tuple[int, int]:
        """Return where the longest run that begins at word `at` stands in the original, and its length."""
        places = self.places.get(self.forms[at], [])
        if len(places) > _PLACES:
            near = _around(self.bitext, self.ours[at].start)
            first = bisect_left(places, bisect_left(self.theirs, (near.start,))) if near is not None else 0
            places = places[first : first + _PLACES] or places[:_PLACES]
        best = (0, 0)
        for place in places:
            length = 1
            while self._goes_on(at + length, place + length):
                length += 1
            if length > best[1] or (length == best[1] and self._paired(at, place) > self._paired(at, best[0])):
                best = place, length
        return best

    def _goes_on(self, n: int, m: int) -> bool:
        if n >= len(self.forms) or m >= len(self.other) or self.forms[n] != self.other[m]:
            return False
        return all(
            end - start <= 3 and _BETWEEN.issuperset(side.text[start:end])
            for side, start, end in (
                (self.bitext.target, self.ours[n - 1].end, self.ours[n].start),
                (self.bitext.source, self.theirs[m - 1].end, self.theirs[m].start),
            )
        )

    def _paired(self, n: int, m: int) -> bool:
        near = _around(self.bitext, self.ours[n].start)
        return near is not None and near.start <= self.theirs[m].start < near.end

    def judged(self, at: int, place: int, length: int) -> Iterator[Copy]:
        """Yield what of a run was left untranslated: all of it, or the parts between names."""
        names = [n for n in range(length) if self._named(at + n, place + n)]
        if any(ordinary(self.forms[at + n], self.langs[1]) for n in names):
            yield from self._copy(at, place, 0, length, title=True)
            return
        start = 0
        for end in [*names, length]:
            yield from self._copy(at, place, start, end, title=False)
            start = end + 1

    def _copy(self, at: int, place: int, start: int, end: int, title: bool) -> Iterator[Copy]:
        weights = [self._weight(at + n) for n in range(start, end)]
        # At its edges a run may meet a word of the target by accident.
        while weights and not weights[-1] and not title:
            weights.pop()
            end -= 1
        while weights and not weights[0] and not title:
            weights.pop(0)
            start += 1
        if not weights or not any(weights):
            return
        ours, theirs = self.ours[at + start : at + end], self.theirs[place + start : place + end]
        yield Copy(
            Span(ours[0].start, ours[-1].end),
            Span(theirs[0].start, theirs[-1].end),
            len(ours),
            sum(not word.text[:1].isupper() for word in ours),
            sum(weights),
            title,
            beyond=self.beyond,
        )

    def _weight(self, n: int) -> float:
        if self.beyond:
            return weight_beyond(self.forms[n], *self.langs) if self.ours[n].text.islower() else 0.0
        elided = self.ours[n].text.islower() and _elided(self.forms[n], self.bitext)
        return elided or weight(self.forms[n], *self.langs)

    def _named(self, n: int, m: int) -> bool:
        """True where a capital makes a name of the word: on our side, for no reason of its own."""
        word = self.ours[n].text
        if not word[:1].isupper():
            return False
        if not word[1:].islower():
            return True
        if self._noun(n, m):
            return False
        if self.ours[n].start not in self.bitext.target.sentence_starts:
            return True
        theirs, following = self.theirs[m], self.ours[n + 1 : n + 2]
        if theirs.text.islower():
            return False
        # Both begin a sentence: so may a name, and a dictionary holds many.
        return not (
            theirs.start in self.bitext.source.sentence_starts
            and self.forms[n] in lexemes(self.langs[1])
            and self.forms[n] not in self.names
            and following
            and following[0].text.islower()
        )

    def _noun(self, n: int, m: int) -> bool:
        """True for a noun of a language that writes nouns with a capital, by the article before it."""
        if self.langs[1] not in NOUN_CAPITALS or not m or not n:
            return False
        before = self.bitext.source.text[self.theirs[m - 1].end : self.theirs[m].start]
        beside = self.ours[n - 1 : n + 2 : 2]
        return (
            before == " "
            and self.other[m - 1] in self.bitext.source.language.words.function
            and ordinary(self.forms[n], self.langs[1])
            and weight(self.forms[n], *self.langs) >= LIKELY
            and self.forms[n] not in self.bitext.target.names.single
            and self.forms[n] not in self.bitext.source.names.single
            and all(word.text.islower() for word in beside)
        )


def _elided(form: str, bitext: Bitext) -> float:
    """Return the weight of a word with an elision of the original's language alone: d'admirer."""
    head, mark, tail = form.partition("'")
    ours, theirs = bitext.target.language.quotes.elisions, bitext.source.language.quotes.elisions
    return CERTAIN if mark and len(tail) > 2 and head in theirs and head not in ours else 0.0


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    for mark in APOSTROPHES:
        word = word.replace(mark, "'")
    return word
