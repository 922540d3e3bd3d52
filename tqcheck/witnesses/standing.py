"""Whether a string found in a text is the term there: by its case, and by what stands around it.

“Port” in “Port Said” is no port, “turkey” is not Turkey, “who” is not the WHO, 京都 in 東京都 is not Kyoto.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum

from tqcheck.context import Context
from tqcheck.languages.inflection import inflection
from tqcheck.languages.spaceless import cut
from tqcheck.languages.terms import Found
from tqcheck.text.words import WORD, Word, spaceless

# A string of so many characters of a spaceless script is hardly cut out of two words.
_LONG = 4
_AROUND = 16
_OPENING = frozenset("\"'“”„«»‘’‹›(:–—-•…¿¡[")


class Standing(Enum):
    """How sure it is that the term is meant."""

    NO = 0
    NAMED = 1  # at the beginning of a sentence, perhaps of a name
    DOUBTFUL = 2
    SURE = 3


def standing(side: Context, hit: Found, exact: bool, capital: bool) -> Standing:
    """Return how a term stands in a text; `exact`: its case counts; `capital`: an initial capital of it
    says that it is a name."""
    text = side.text[hit.start : hit.end]
    if spaceless(text):
        return Standing.SURE if len(text) >= _LONG or _whole(side, hit) else Standing.NO
    if text.lower() == text.upper():
        return Standing.SURE  # no case in this script
    begins = _begins(side, hit.start)
    if exact:
        return Standing.SURE if _same_case(hit.term, text, begins) else Standing.NO
    nouns = inflection(side.language.tag).nouns_capital
    before, after = _neighbours(side.text, hit)
    if hit.term[:1].isupper():
        if capital and not text[:1].isupper():
            return Standing.NO
        named = capital and not nouns and (after or (before and not _begins(side, hit.start)))
        return Standing.DOUBTFUL if named else Standing.SURE
    if text[:1].isupper() and not nouns and (not begins or after):
        return Standing.NAMED if begins else Standing.NO  # a name, or a title in capitals
    return Standing.SURE


def _same_case(term: str, text: str, begins: bool) -> bool:
    """True where the letters have the case of the term as far as both are the same."""
    for n, (wanted, given) in enumerate(zip(term, text, strict=False)):
        if wanted.lower() != given.lower():
            break
        if wanted != given and not (n == 0 and begins and wanted.islower()):
            return False
    return True


def _begins(side: Context, at: int) -> bool:
    """True where a capital may come from the beginning of a sentence, a quotation or a line."""
    if at in side.sentence_starts:
        return True
    before = side.text[max(0, at - 3) : at].rstrip(" \u00a0")
    return not before or before[-1] in _OPENING or "\n" in before


def _neighbours(text: str, hit: Found) -> tuple[bool, bool]:
    """Return whether the word before, and the word after, have a capital and stand in the same phrase."""
    before = text[max(0, hit.start - 40) : hit.start]
    head = before.rsplit(None, 1)[-1] if before[-1:] in (" ", "-") and before.split() else ""
    word = WORD.match(text, hit.end + 1) if text[hit.end : hit.end + 1] in (" ", "-") else None
    return head[:1].isupper() and head[-1:].isalnum(), word is not None and word.group()[:1].isupper()


def _whole(side: Context, hit: Found) -> bool:
    """True where the most probable way to cut the text into words does not cut the term."""
    if not side.frequencies:
        return True
    run = side.words[bisect_right(side.words, hit.start, key=lambda word: word.start) - 1] if side.words else None
    if run is None or not run.start <= hit.start < run.end:
        return True
    # The surroundings decide; a run may be as long as the text.
    start, end = max(run.start, hit.start - _AROUND), min(run.end, hit.end + _AROUND)
    near = Word(start, end, side.text[start:end])
    edges = {edge for word in cut(near, side.frequencies) for edge in (word.start, word.end)}
    return hit.start in edges and (hit.end in edges or hit.end > run.end)
