"""Is a word foreign to a language? By word counts in it and in others, and by its word list."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tqcheck.languages.foreign import home
from tqcheck.languages.frequency import frequencies
from tqcheck.languages.lexemes import lexemes

# Zipf values. A word that the language does not write is foreign from `_HOME` on in another one;
# English words are borrowed everywhere, and only the common ones betray a translation.
_HOME, _HOME_ENGLISH = 2.6, 4.3
# One that the language writes at times (début) must be common there, and this much commoner than
# here; only the commonest of all (und) may be well known here.
_SELDOM, _HOME_COMMON, _GAP = 3.0, 4.3, 2.3
_KNOWN_HOME, _KNOWN_GAP = 5.2, 2.7
_EVER, _EVER_HOME = 4.0, 7.0
_VERY_FOREIGN = 3.4
# No word is longer.
_LONGEST = 40


class Stranger(NamedTuple):
    """A foreign word: the language it is at home in, its Zipf values here and there."""

    home: str
    here: float
    there: float


@lru_cache(maxsize=20_000)
def stranger(form: str, base: str, script: str) -> Stranger | None:
    """Return where a lower-case word is at home if it is foreign to the language `base`, else None."""
    if len(form) > _LONGEST:
        return None
    here = frequencies(base).zipf(form)
    if here >= _EVER:
        return None
    other, there = home(form, base, script)
    found = Stranger(other, here, there)
    if here == 0:
        least = _HOME if other != "en" else _HOME_ENGLISH
        return found if there >= least and form not in lexemes(base) else None
    if here >= _SELDOM:
        return found if there >= _EVER_HOME else None
    if there >= _KNOWN_HOME and there - here >= _KNOWN_GAP:
        return found
    rare = there >= _HOME_COMMON and there - here >= _GAP and other != "en"
    return found if rare and form not in lexemes(base) else None


def native(form: str, base: str, script: str) -> bool:
    """True for a common word of the language itself."""
    here = frequencies(base).zipf(form.lower())
    return form.islower() and here >= 3.5 and here + 0.3 >= home(form, base, script)[1]


def fits(found: Stranger, before: str, after: str, base: str, script: str) -> bool:
    """True where the neighbours of a foreign word are the language's own, as far as needed.

    A word unknown here needs none; one that is written here at times needs both, or one where it is
    very foreign and the other is not foreign too.
    """
    if not found.here:
        return True
    both = [bool(form) and native(form, base, script) for form in (before, after)]
    if all(both):
        return True
    foreign = any(
        home(form, base, script)[1] - frequencies(base).zipf(form) > 1 for form in (before, after) if form.islower()
    )
    return any(both) and not foreign and found.there - found.here > _VERY_FOREIGN
