"""Is a name of one side also on the other? By the table, by spelling and by sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tqcheck.languages.entities import entity, everywhere, forms
from tqcheck.text.romanize import likeness, romanize, unlike
from tqcheck.witnesses.mentions import Mention

# A name inside a compound (Ostukraine) has at least so many letters.
_INSIDE = 5
# How like a word without a capital must be to a name.
_NEARLY = 0.8
# Of so many letters, less is no chance.
_LONG_NAME, _RATHER = 8, 0.7


# Kinds that stand for one another: France, the French; and loosely Paris, the Élysée.
_STATE = frozenset(("country", "people"))
_SEAT = _STATE | {"capital", "institution"}
_PLACES = frozenset(("country", "people", "capital", "city", "region", "water"))


def related(keys: Iterable[str], others: Iterable[str], kinds: frozenset[str] = _STATE) -> bool:
    """True where entities are the same, or a state and its people."""
    ours, theirs = set(keys), set(others)
    return bool(ours & theirs) or bool(_states(ours, kinds) & _states(theirs, kinds))


def seated(keys: Iterable[str], others: Iterable[str]) -> bool:
    """True where one of them is the capital or the government of the other."""
    return related(keys, others, _SEAT)


def within(keys: Iterable[str], others: Iterable[str]) -> bool:
    """True where a state is named beside a place or a body of it: Canada for Ottawa."""
    ours = {entity(key).of for key in keys if entity(key).kind in _STATE}
    return bool(ours & {entity(key).of for key in others} - {""})


def _states(keys: set[str], kinds: frozenset[str]) -> set[str]:
    found = (entity(key) for key in keys)
    return {e.of for e in found if e.of and e.kind in kinds}


def by_sound(mention: Mention, words: Sequence[str]) -> float:
    """Return how like the best of some words is to the best word of a mention, 0 to 1."""
    best = 0.0
    names = [w for w in mention.words if len(w) > 1] or list(mention.words)
    for name in names:
        roman = romanize(name)
        for word in words:
            other = romanize(word)
            if (len(roman) >= _INSIDE and roman in other) or (len(other) >= _INSIDE and other in roman):
                return 1.0
            # What is not written as a name is one only where it is nearly the same, or long and rather so.
            nearly = _NEARLY if min(len(roman), len(other)) < _LONG_NAME else _RATHER
            least = 0.0 if word[:1] == word[:1].upper() else nearly
            if unlike(roman, other, max(best, least)):
                continue
            alike = likeness(name, word)
            if alike > best and alike >= least:
                best = alike
            if best == 1.0:
                return best
    return best


def by_part(mention: Mention, words: Sequence[str], tag: str) -> float:
    """Return how like some words are to a part of the names that the table has for a mention in their language.

    A body or an event goes by a part of its name (Copa for Copa do Mundo) and inside compounds; of a
    place a part is another place.
    """
    best = 0.0
    for key in sorted(mention.keys):
        kind = entity(key).kind
        if kind in _PLACES:
            continue
        for form in forms(key, tag):
            for part in form.replace("-", " ").split():
                if kind == "person" and part in words:
                    return 1.0
                if len(part) > 3:
                    best = max(best, by_sound(Mention(0, 0, (part,), frozenset(), 1.0), words))
    return best


def by_other_form(mention: Mention, words: Sequence[str], tag: str) -> bool:
    """True where one of some words is a name that the table has for the mention in whatever language (a club
    keeps the name of its city: Napoli), or ends in one of their own (Oberbayern)."""
    written = {romanize(word) for word in words}
    if any(romanize(form) in written for key in mention.keys for form in everywhere(key) if " " not in form):
        return True
    own = tuple(romanize(form) for key in mention.keys for form in forms(key, tag) if len(form) >= _INSIDE)
    return bool(own) and any(word.endswith(own) for word in written)


def by_table(mention: Mention, words: Sequence[str]) -> float:
    """Return how like some words are to any name that the table has for the mention, in any language."""
    best = 0.0
    for key in sorted(mention.keys):
        for form in everywhere(key):
            for part in form.replace("-", " ").split():
                if len(part) > 3:
                    for word in words:
                        alike = likeness(part, word)
                        # Of so many forms one is like a common word by chance.
                        if alike > best and (word[:1].isupper() or alike >= _NEARLY):
                            best = alike
                    if best >= 0.95:
                        return best
    return best


# Of so many windows some are alike by chance: what is less alike than this says nothing.
_SYLLABLES = 0.78
_LONG = 6
_HAN = re.compile("[\u4e00-\u9fff]+")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+")
# A name is a part of a run of katakana where it is so like it; of so many stretches, some are by chance.
_INSIDE_KANA = 0.7


def by_syllables(mention: Mention, text: str) -> float:
    """Return how like a stretch of Chinese characters, read in Mandarin, is to a mention."""
    best = 0.0
    for run in _HAN.findall(text):
        for name in mention.words:
            short = len(name) < _INSIDE
            for size in range(1 if short else 2, 3 if short else 6):
                for at in range(len(run) - size + 1):
                    best = max(best, likeness(name, run[at : at + size]))
            if short and best < 1.0:
                best = 0.0
    return best if best >= _SYLLABLES else 0.0


def by_transliteration(mention: Mention, text: str, syllables: str) -> float:
    """Return how like a stretch of the characters that foreign names are written in is to a mention; one character
    alone is a word."""
    best = 0.0
    for run in _HAN.findall(text):
        for at in range(len(run)):
            size = next((n for n, char in enumerate(run[at:]) if char not in syllables), len(run) - at)
            for length in range(2, min(size, _LONG) + 1):
                best = max(best, *(likeness(name, run[at : at + length]) for name in mention.words))
    return best


def by_kana(mention: Mention, text: str) -> float:
    """Return how like a stretch of katakana is to a mention: compounds are written without a space."""
    best = 0.0
    for run in _KATAKANA.findall(text):
        for name in mention.words:
            size = len(romanize(name))
            # A syllable is one to three letters.
            for length in range(max(2, size // 3), min(len(run), size + 1) + 1):
                for at in {0, len(run) - length}:
                    best = max(best, likeness(name, run[at : at + length]))
    return best if best >= _INSIDE_KANA else 0.0
