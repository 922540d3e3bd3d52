"""WRD101 non-word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tqcheck.languages.frequency import frequencies
from tqcheck.languages.lexemes import lexemes
from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.neighbours import LATIN, neighbours
from tqcheck.text.words import Word

# Zipf values. A word written as often as this is a word, whatever the dictionary says.
_COMMON = 4.0
_COMMON_SHORT = 4.2
# A neighbour must be this much commoner (316 times) than a word that is written at times, and
# this common at least where the word is in no list.
_GAP = 2.5
_NEAR, _NEAR_LONG = 3.0, 2.3
_LONG = 8
# Endings and beginnings with which English makes new words at will.
_SUFFIXES = ("s", "er", "ers", "ish", "like", "less", "ness", "able", "ism", "ist", "ists")
_PREFIXES = ("un", "re", "non", "over", "out", "anti", "mis", "super", "sub", "under")


class Guess(NamedTuple):
    """What a non-word was probably meant to be, and the Zipf values of both."""

    word: str
    zipf: float
    own: float


@cache
def _guess(word: str, tag: str) -> Guess | None:
    """Return the common word that `word` is a slip of, None where it may be a word."""
    zipf, forms = frequencies(tag).zipf, lexemes(tag)
    own = zipf(word)
    if own >= (_COMMON if len(word) > 3 else _COMMON_SHORT) or word in forms or _derived(word, tag):
        return None
    likely, best = 0.0, ""
    for near, bonus in neighbours(word, LATIN):
        value = zipf.__wrapped__(near)
        if value and value + bonus > likely and near in forms:
            likely, best = value + bonus, near
    found = zipf(best) if best else 0.0
    enough = _NEAR if len(word) < _LONG else _NEAR_LONG
    if found < enough or (own and found - own < _GAP):
        return None
    return Guess(best, found, own)


def _derived(word: str, tag: str) -> bool:
    """True where `word` is a word of the list with a living prefix or suffix."""
    forms = lexemes(tag)
    stems = [word.removesuffix(s) for s in _SUFFIXES if word.endswith(s)]
    stems += [word.removeprefix(p) for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3]
    return any(stem in forms for stem in stems)


def _stands_alone(text: str, word: Word) -> bool:
    """True where no hyphen, dot, slash or the like ties the word to its neighbours."""
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 2]
    if before and not (before.isspace() or before in "“‘\"'(«—–"):
        return False
    return (
        not after
        or after[0].isspace()
        or after[0] in "”’\"'),;:!?»—–…"
        or (after[0] == "." and not after[1:].isalnum())
    )


def _certain(guess: Guess, word: Word, starts: frozenset[int]) -> bool:
    """True where a guess holds although the word is capitalised, and might be a name."""
    if word.text.islower():
        return True
    if not word.text[1:].islower() or guess.own >= 2 or guess.zipf - guess.own < 3:
        return False
    length = len(word.text)
    if word.start in starts:
        return not guess.own or length > 5
    # Names differ from common words by one letter too, but long ones seldom do.
    return length > 7 and guess.zipf >= 3.9 or length > 6 and guess.zipf >= 4.5


@rule(
    "WRD101",
    "non-word",
    Category.OTHER,
    Severity.MINOR,
    languages=("en",),
    needs=("frequencies",),
    examples=(
        example("en", "The minister met ⟦peopel⟧ from the village.", "The minister met people from the village."),
        example("en", "Prices ⟦incresed⟧ again in May.", "Prices increased again in May."),
        example("en", "He stubbed his toe on the lee side of the boat."),
        example("en", "The snowboarder’s doughnuts and a burrito were untouched."),
        example("en", "A keiba race and a keiba bet are the same in Nagoya."),
    ),
)
def non_word(ctx: Context) -> Iterator[Draft]:
    """A word that no one writes stands one slip away from a common one."""
    places: dict[str, list[Word]] = {}
    for form, found in ctx.vocabulary.items():
        places.setdefault(form.lower(), []).extend(found)
    for lowered, found in places.items():
        # What an article says twice is its term; names and acronyms have their own spelling.
        if len(found) > 1 or len(lowered) < 2 or not (lowered.isalpha() and lowered.isascii()):
            continue
        word = found[0]
        if not _stands_alone(ctx.text, word):
            continue
        guess = _guess(lowered, ctx.language.tag)
        if guess is None or not _certain(guess, word, ctx.sentence_starts):
            continue
        right = guess.word if word.text.islower() else guess.word.capitalize()
        yield ctx.draft(
            word.start,
            word.end,
            f"“{word.text}” is no word; “{right}” is meant.",
            right,
            zipf=guess.own,
            near=guess.zipf,
        )
