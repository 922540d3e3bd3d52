"""Is a word a slip of a common one? By a word list, word counts, and edits of one letter."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from tqcheck.languages import load
from tqcheck.languages.frequency import frequencies, frequent
from tqcheck.languages.lexemes import lexemes
from tqcheck.text.neighbours import CYRILLIC, LATIN, neighbours
from tqcheck.text.words import Word

# Zipf values. A word written as often as this is a word, whatever the dictionary says.
_COMMON, _COMMON_SHORT = 4.0, 4.2
# The word meant must be this much commoner (316 times) than one that is written at times, and this
# common at least where the word is in no list; a short word is near to very many.
_GAP = 2.5
_NEAR, _NEAR_LONG, _NEAR_SHORT = 3.0, 2.3, 5.0
_LONG, _SHORT = 8, 3
# How far, in Zipf values, the next best word must be for a repair that nobody need think about.
_CLEAR = 1.0
# Beyond this it is no word, and its neighbours are too many to try.
_LONGEST = 30
# Endings and beginnings with which English makes new words at will.
_SUFFIXES = ("s", "er", "ers", "ish", "like", "less", "ness", "able", "ism", "ist", "ists")
_PREFIXES = ("un", "re", "non", "over", "out", "anti", "mis", "super", "sub", "under")
_VOWEL = re.compile("[aeiouy]")
# Numbers, which lists of words hold too.
_ROMAN = re.compile("[ivx]+")
# The words of two letters that running English text holds; dictionaries list hundreds more.
_TWO = frozenset(
    """ad ah al am an as at aw ax be bi by da de di do du eg eh el em en er et eu ex ft go ha he hi ho hp hq id
    ie if ii im in is it iv kg km la le lo lb ma me mg ml mm mu my no nu of oh ok on op or ow ox oz pa pc
    pi pm pr re so st ta th tv to uh uk um un up us vs we ya ye yo""".split()
)
_COMMON_TWO, _GAP_TWO = 4.8, 2.0


class Slip(NamedTuple):
    """What a non-word was probably meant to be, and the Zipf values of both. `clear`: nothing else is near."""

    word: str
    zipf: float
    own: float
    clear: bool = True


@lru_cache(maxsize=20_000)
def slip(word: str, tag: str) -> Slip | None:
    """Return the common word that `word` (lower case) is a slip of, None where it may be a word."""
    if len(word) > _LONGEST:
        return None
    zipf, forms = frequencies(tag).zipf, lexemes(tag)
    own = zipf(word)
    if _is_word(word, own, tag):
        return None
    enough = _NEAR_SHORT if len(word) <= _SHORT else _NEAR if len(word) < _LONG else _NEAR_LONG
    near_words = list(neighbours(word, LATIN))
    # Most strangers are near nothing that is common enough: told without looking any of those words up.
    if frequent(tag, enough, _LONG - 1 if len(word) >= _LONG else 1).isdisjoint(near for near, _bonus in near_words):
        return None
    likely, best, second = 0.0, "", 0.0
    for near, bonus in near_words:
        # The many words looked up here are no use to anyone else: they must not fill the cache.
        value = zipf.__wrapped__(near)
        real = near in forms and (len(near) > 1 or near == "a") and not _ROMAN.fullmatch(near)
        if value and real and near != best and value + bonus > second:
            if value + bonus > likely:
                likely, best, second = value + bonus, near, likely
            else:
                second = value + bonus
    if not best:
        return None
    found = zipf(best)
    if found < enough or (own and found - own < (_GAP if len(word) > 2 else _GAP_TWO)):
        return None
    return Slip(best, found, own, likely - second >= _CLEAR)


# In languages that inflect much, and whose lists lack many forms, only a slip that no ending explains
# counts: in a long word, two letters swapped or one lost, short of the last letters.
_STRICT_LENGTH, _STRICT_NEAR, _ENDING = 7, 4.3, 2


@lru_cache(maxsize=20_000)
def strict_slip(word: str, tag: str) -> Slip | None:
    """Return the common word of which `word` is a slip beyond doubt, in any language with lists."""
    zipf, forms = frequencies(tag).zipf, lexemes(tag)
    if not _STRICT_LENGTH <= len(word) <= _LONGEST or zipf(word) or word in forms:
        return None
    best, letters, common = Slip("", 0.0, 0.0), alphabet(tag), frequent(tag, _STRICT_NEAR)
    for at in range(1, len(word) - _ENDING + 1):
        head, tail = word[:at], word[at:]
        nears = [head + letter + tail for letter in letters]
        if tail[0] != tail[1]:
            nears.append(head + tail[1] + tail[0] + tail[2:])
        for near in filter(common.__contains__, nears):
            value = zipf(near)
            if value > best.zipf and (near in forms or not forms):
                best = Slip(near, value, 0.0)
    return best if best.word else None


def _is_word(word: str, own: float, tag: str) -> bool:
    if len(word) == 2:
        return word in _TWO or own >= _COMMON_TWO
    short = len(word) <= _SHORT
    if own >= (_COMMON_SHORT if short else _COMMON) or _derived(word, tag):
        return True
    # Without a vowel it is an abbreviation, which dictionaries list and running text spells out.
    return word in lexemes(tag) and not (short and not _VOWEL.search(word))


def _derived(word: str, tag: str) -> bool:
    """True where `word` is a word of the list with a living prefix or suffix."""
    forms = lexemes(tag)
    stems = [word.removesuffix(end) for end in _SUFFIXES if word.endswith(end) and len(word) > len(end) + 1]
    stems += [word.removeprefix(start) for start in _PREFIXES if word.startswith(start) and len(word) > len(start) + 3]
    return any(stem in forms for stem in stems)


# A letter that stands for itself follows a noun (vitamin e, type s); between these words and a
# word in lower case only a small word can stand.
_LETTERS = {"e": "be", "o": "of", "s": "is", "t": "to", "f": "of", "n": "in"}
_BEFORE = {
    "e": frozenset("will would can could may might must shall should to not cannot".split()),
    "o": frozenset(),
    "s": frozenset("it he she that this there who which what".split()),
    "t": frozenset("have has had need needs want wants able according due going order".split()),
    "f": frozenset("some many most one part number out because end all kind sort".split()),
    "n": frozenset("was were is are been live lives born placed held based located found".split()),
}
_WORD_BEFORE = re.compile(r"(?<![\w'’-])([a-z]+) $")
_WORD_AFTER = re.compile(r" ([a-z]{2,})\b")
_AFTER = frozenset("the a an his her its their our my this that these those".split())


def letter(text: str, word: Word) -> Slip | None:
    """Return the small word of which a lone letter is what is left, None where it may be a symbol."""
    right = _LETTERS.get(word.text)
    if right is None:
        return None
    before = _WORD_BEFORE.search(text, max(0, word.start - 20), word.start)
    after = _WORD_AFTER.match(text, word.end)
    if before is None or after is None:
        return None
    if before.group(1) in _BEFORE[word.text] or (word.text in "otfn" and after.group(1) in _AFTER):
        return Slip(right, 7.0, 0.0)
    return None


@cache
def alphabet(tag: str) -> str:
    """Return the letters of a language: those of its closed-class words, and the basic ones."""
    language = load(tag)
    basic = CYRILLIC if language.script == "Cyrl" else LATIN
    return "".join(sorted(set(basic).union(c for form in language.words.function for c in form if c.isalpha())))
