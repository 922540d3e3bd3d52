"""Where a pronoun shows one sex, and the word that its verb or noun translates shows the other.

“He said” beside „powiedziała“, “his sister” beside «её сестра»: the words around the pronoun are told by an encoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.languages.gender import Gender
from tqcheck.model import Span
from tqcheck.text.words import WORD, Word
from tqcheck.witnesses.literal import Sides, sides

# How like two words that translate each other are at least, and how far behind its subject a verb stands.
_SAME = 0.4
_REACH = 30
_NEXT = 2
_STOP = re.compile(r"[,;:.!?…—–()“”\"]")


class Tied(NamedTuple):
    """The pronoun of one side, and the word of the other sex on the other side."""

    pronoun: Span
    other: Span


def tied(bitext: Bitext, pair: Pair, side: int, languages: tuple[Gender, Gender]) -> Tied | None:
    """Return a pronoun of one side (0 the original, 1 the target) whose verb or noun is of the other sex there.

    None where nothing shows that, or no encoder knows both languages.
    """
    own, other = languages[side], languages[1 - side]
    here, there = (bitext.target, bitext.source) if side else (bitext.source, bitext.target)
    span = (pair.source, pair.target)[side]
    assert span is not None
    pronouns = list(_pronouns(here.text, span, own)) if own.passive and (other.past or other.owner) else []
    found = sides(bitext, pair) if pronouns else None
    if found is None:
        return None
    words = found if side else found.turned()
    for pronoun, form in pronouns:
        for sex in own.subject_sexes(form):
            verb = _counterpart(words, _verb_of(here.text, pronoun.end, words, own))
            if verb is not None and other.verb_sexes(verb.text.lower()) == {1 - sex}:
                return Tied(pronoun, Span(verb.start, verb.end))
        for sex in own.owner_sexes(form):
            noun = _counterpart(words, _next(words, pronoun.end))
            owner = None if noun is None else _before(there.text, noun)
            if owner is not None and other.owner_sexes(owner.text.lower()) == {1 - sex}:
                return Tied(pronoun, Span(owner.start, owner.end))
    return None


def _pronouns(text: str, span: Span, language: Gender) -> Iterator[tuple[Span, str]]:
    """Yield the pronouns of a stretch that show the sex of a subject or an owner, with their forms."""
    for match in WORD.finditer(text, *span):
        form = match.group().lower().replace("’", "'").partition("'")[0]
        if language.subject_sexes(form) or language.owner_sexes(form):
            yield Span(match.start(), match.start() + len(form)), form


def _counterpart(words: Sides, n: int | None) -> Word | None:
    found = None if n is None else words.counterpart(n)
    return words.source[found[0]] if found is not None and found[1] >= _SAME else None


def _verb_of(text: str, at: int, words: Sides, own: Gender) -> int | None:
    """Return the content word that follows a subject in its clause, where nothing says that it is suffered."""
    n = next((n for n, w in enumerate(words.target) if w.start >= at), None)
    if n is None or words.target[n].start - at > _REACH:
        return None
    between = text[at : words.target[n].start]
    if _STOP.search(between) or not own.passive.isdisjoint(w.group().lower() for w in WORD.finditer(between)):
        return None
    return n


def _next(words: Sides, at: int) -> int | None:
    return next((n for n, w in enumerate(words.target) if 0 < w.start - at < _NEXT), None)


def _before(text: str, noun: Word) -> Word | None:
    """Return the word that stands before another at once."""
    found = re.search(r"([^\W\d_]+)[ \u00a0]$", text[max(0, noun.start - _REACH) : noun.start])
    if found is None:
        return None
    start = max(0, noun.start - _REACH) + found.start(1)
    return Word(start, start + len(found[1]), found[1])
