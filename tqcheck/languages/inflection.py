"""Whether a word of a text is a form of a word of a term.

By the dictionary of forms (`lemmas.py`); a word that it does not have is compared by its endings and by
what is written together with it (`names/endings.toml`, `names/terms.toml`). A language that has neither may put
up to three letters behind a word of five or more.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tqcheck.languages.entities import fold
from tqcheck.languages.lemmas import every
from tqcheck.languages.loader import load
from tqcheck.languages.store import digest

Key = str | int
# A stem is marked, so that it is never taken for a word.
_STEM = "*"
_LONGEST_ENDING = 6
# Letters that a stem has at least: a syllable a letter, consonants only, or an alphabet.
_LEAST_SYLLABLES, _LEAST_CONSONANTS, _LEAST = 2, 3, 4
# Without any data: this many letters behind a word of at least so many.
_UNKNOWN_ENDING, _UNKNOWN_STEM = 3, 5
# What an apostrophe parts from a word: ’s, Turkish ’nun, Finnish ’ssa.
_CUT = 5


class Inflection:
    """The forms of the words of one language."""

    def __init__(self, base: str) -> None:
        """Take the primary subtag."""
        own, names = _table("terms.toml").get(base, {}), _table("endings.toml")
        self._lemmas = every(base)
        written = [*names.get(base, "").split(), *own.get("endings", "").split()]  # the own ones say more
        self._endings = {ending: rest for ending, _, rest in (each.partition(">") for each in written)}
        self._prefixes = tuple(own.get("prefixes", "").split())
        self._verbal = tuple(own.get("verbal", "").split())
        self.nouns_capital = bool(own.get("nouns_capital"))
        self.keys = lru_cache(maxsize=20_000)(self._keys)
        self.of_term = lru_cache(maxsize=20_000)(self._of_term)

    def _of_term(self, word: str) -> frozenset[Key]:
        """Return the keys of a lower-case word of a term; its forms in a text share one of them."""
        keys: set[Key] = {word, *self._lemmas.of(word)}
        return frozenset(keys | (self._stems(word) if self._endings else {bare(word) + _STEM}))

    def candidates(self, word: str) -> tuple[frozenset[int], frozenset[str]]:
        """Return where the words of terms are to be looked up that a lower-case word of a text may be a form
        of: by hashes of words, and by their first letters (see `head`)."""
        readings = self._readings(word)
        hashes = frozenset(key for form in readings for key in self._lemmas.of(form))
        return hashes, frozenset(head(form) for form in readings)

    def _keys(self, word: str) -> frozenset[Key]:
        """Return the keys of a lower-case word of a text."""
        keys: set[Key] = set()
        for form in self._readings(word):
            keys |= {form, *self._lemmas.of(form)}
            if form not in self._lemmas:
                keys |= self._stems(form)
        return frozenset(keys)

    def same(self, term: str, word: str, alone: bool) -> bool:
        """True where `word` of a text is a form of `term`; both share a key.

        In a term of several words the others vouch for each: a shared dictionary form is enough. A term
        that stands alone must be the dictionary form, or another inflected form of much the same shape:
        “санкций” for “санкции”, but “mean” is no form of “means”.
        """
        if self._verbal and word.endswith(self._verbal) and word != term:
            return False
        key = digest(term)
        own = self._lemmas.of(term)
        for form in self._readings(word):
            if form == term:
                return True
            theirs = self._lemmas.of(form)
            if key in theirs:
                return True
            shared = set(own).intersection(theirs)
            if shared and (not alone or (digest(form) not in own and _shape(term, form))):
                return True
            if form not in self._lemmas and not self.of_term(term).isdisjoint(self._stems(form)):
                return True
        return False

    def stems(self, word: str) -> frozenset[str]:
        """Return what may be left of a lower-case word without endings and prefixes, itself included."""
        found = {word}
        for form in self._readings(word):
            found |= {form, *(stem[:-1] for stem in self._stems(form) if isinstance(stem, str))}
        return frozenset(found)

    def _readings(self, word: str) -> list[str]:
        """Return a word with and without what is written together with it."""
        found = [word]
        if "'" in word:
            head, _, tail = word.rpartition("'")
            if len(head) > 1 and len(tail) <= _CUT:
                found.append(head)
        bare_ones = (p for p in self._prefixes if word.startswith(p) and len(word) - len(p) >= _LEAST_CONSONANTS)
        return [*found, *(word[len(prefix) :] for prefix in bare_ones)]

    def _stems(self, word: str) -> set[Key]:
        folded = bare(word)
        found: set[Key] = {folded + _STEM}
        if not self._endings:
            for n in range(1, _UNKNOWN_ENDING + 1):
                if len(folded) - n >= _UNKNOWN_STEM:
                    found.add(folded[:-n] + _STEM)
            return found
        least = _least(folded)
        for n in range(1, min(_LONGEST_ENDING, len(folded) - least) + 1):
            rest = self._endings.get(folded[-n:])
            if rest is not None:
                found.add(folded[:-n] + rest + _STEM)
        return found


def inflection(tag: str) -> Inflection:
    """Return the forms of a language (`pt-BR` takes those of `pt`)."""
    return _inflection(load(tag).base)


@cache
def _inflection(base: str) -> Inflection:
    return Inflection(base)


def bare(word: str) -> str:
    """Return a lower-case word, Latin letters without their marks."""
    return word if word.isascii() else fold(word)


def _shape(term: str, form: str) -> bool:
    at = 0
    while at < min(len(term), len(form)) and term[at] == form[at]:
        at += 1
    return at >= len(term) - 2


def head(word: str) -> str:
    """Return the letters that a word shares with its forms, irregular ones aside."""
    plain = bare(word)
    return plain[: _least(plain)]


def _least(word: str) -> int:
    first = word[:1]
    if "\uac00" <= first <= "\ud7a3":
        return _LEAST_SYLLABLES
    return _LEAST_CONSONANTS if "\u0590" <= first <= "\u07ff" else _LEAST


@cache
def _table(name: str) -> dict[str, Any]:
    place = resources.files("tqcheck.languages") / "names" / name
    return tomllib.loads(place.read_text(encoding="utf-8"))
