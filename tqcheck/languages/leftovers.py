"""How sure a word that stands in both the original and its translation was left untranslated."""

from __future__ import annotations

from functools import lru_cache

from tqcheck.languages.foreign import has_large_list
from tqcheck.languages.frequency import frequencies
from tqcheck.languages.lexemes import lexemes

# What a word weighs. One that is certain is enough; two that are likely are, too.
CERTAIN, LIKELY, RATHER, SLIGHTLY = 2.0, 1.5, 0.75, 0.5
# Zipf values. English words are borrowed everywhere, and a short list misses much.
_HOME, _HOME_ENGLISH, _HOME_SHORT_LIST = 2.5, 4.0, 4.5
# No word is longer.
_LONGEST = 40


@lru_cache(maxsize=20_000)
def weight(form: str, target: str, source: str) -> float:
    """Return what a case-folded word says for being left in the language `source` of the original.

    0 where it may well be a word of `target`: an international one, or the same in both.
    """
    if len(form) > _LONGEST or form.isdigit():
        return 0.0
    here, there = frequencies(target).zipf(form), frequencies(source, common=True).zipf(form)
    gap = there - here
    known = form in lexemes(target)
    if here == 0 and not known:
        return _unknown_here(form, there, target, source)
    if here >= 4:
        return SLIGHTLY if gap >= 2 and there >= 6.5 else 0.0
    if gap >= 3.2 and there >= 6 and source != "en":
        return LIKELY
    if gap >= 2.7 and there >= 4.5:
        return RATHER if known else LIKELY
    if gap >= 2 and there >= 4:
        return RATHER
    return SLIGHTLY if gap >= 1.5 and there >= 5 else 0.0


def _unknown_here(form: str, there: float, target: str, source: str) -> float:
    if not frequencies(target):
        # Nothing is known of the language of the target: only what makes sentences tells.
        return RATHER if there >= 6 else SLIGHTLY if there >= 4.5 else 0.0
    least = _HOME_ENGLISH if source == "en" else _HOME
    if not has_large_list(target):
        least = max(least, _HOME_SHORT_LIST)
    if there >= least:
        return CERTAIN
    return RATHER if there or form in lexemes(source) else 0.0


def weight_beyond(form: str, target: str, source: str) -> float:
    """Return the same for a word in a script that the target does not write: abbreviations and
    units are international, ordinary words are not."""
    there = frequencies(source, common=True).zipf(form)
    if len(form) < 4 or there < 3 or form not in lexemes(source):
        return 0.0
    return CERTAIN if there - frequencies(target).zipf(form) >= 1 else 0.0


def ordinary(form: str, tag: str) -> bool:
    """True for a case-folded word that is in the dictionary of a language, or frequent in it."""
    return form in lexemes(tag) or frequencies(tag, common=True).zipf(form) >= 5
