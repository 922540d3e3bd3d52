"""Where the sex of a person differs between the sides of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.languages.gender import Gender, Marks, gender
from tqcheck.model import Span
from tqcheck.witnesses.opposites import exchanged, same_place
from tqcheck.witnesses.tied_sex import tied, titled

# How far apart the words for a person may stand, as a share of the sentence: in another place it is somebody else.
_APART = 0.25


# What is longer is no sentence: so many characters of it are read.
_LONG = 2000
# In longer ones the persons of several sentences meet.
_SENTENCE = 500


class Turned(NamedTuple):
    """A word of the original that shows one sex, and one of the target that shows the other."""

    source: Span
    target: Span


Sides = tuple[Marks, Marks]


def turned(bitext: Bitext) -> tuple[Turned | None, ...]:
    """Return for each matched pair where the sex of a person differs, None where nothing shows that."""
    kin = exchanged(bitext, "kin", _APART)
    theirs, ours = gender(bitext.source.language.tag), gender(bitext.target.language.tag)
    if theirs is None or ours is None:
        return tuple(Turned(*swaps[0][1:]) if swaps else None for swaps in kin)
    marks = [
        (_marks(theirs, bitext.source, pair.source), _marks(ours, bitext.target, pair.target))
        for pair in bitext.matched
        if pair.source is not None and pair.target is not None
    ]
    found: list[Turned | None] = []
    for n, (pair, swaps) in enumerate(zip(bitext.matched, kin, strict=True)):
        beside = marks[max(0, n - 1) : n] + marks[n + 1 : n + 2]
        if swaps:
            found.append(Turned(*swaps[0][1:]))
            continue
        languages = theirs, ours
        if any(span is not None and span.end - span.start > _SENTENCE for span in (pair.source, pair.target)):
            found.append(None)
            continue
        found.append(
            _turned(pair, marks[n], beside, languages)
            or _tied(bitext, pair, marks[n], languages)
            or _titled(pair, languages, marks[n], beside)
        )
    return tuple(found)


def _tied(bitext: Bitext, pair: Pair, here: Sides, languages: tuple[Gender, Gender]) -> Turned | None:
    """Return a pronoun and the word of the other sex that stands for its verb or noun."""
    if any(marks.epicene[sex] for marks in here for sex in (0, 1)):
        return None
    for side in (1, 0):
        found = tied(bitext, pair, side, languages, here[1 - side])
        if found is not None:
            return Turned(found.other, found.pronoun) if side else Turned(found.pronoun, found.other)
    return None


def _titled(pair: Pair, languages: tuple[Gender, Gender], here: Sides, beside: Sequence[Sides]) -> Turned | None:
    found = titled(pair, languages, here, beside)
    return None if found is None else Turned(found.other, found.pronoun)


def _marks(language: Gender, side: Context, span: Span) -> Marks:
    return language.find(side.text[span.start : min(span.end, span.start + _LONG)])


def _moved(spans: Sequence[Span], by: int) -> list[Span]:
    return [Span(span.start + by, span.end + by) for span in spans]


def _turned(pair: Pair, here: Sides, beside: Sequence[Sides], languages: tuple[Gender, Gender]) -> Turned | None:
    assert pair.source is not None
    assert pair.target is not None
    source, target = here
    for sex in (0, 1):
        choices = [(source.nouns[sex] if not source.shown[1 - sex] else [], target.bound[1 - sex])]
        for side in (0, 1):
            # Who is named in one language may be a pronoun in the other, if not in the same sentence; and so may
            # be whom “saying” leaves out.
            if not any(marks.open for marks in here) and not any(marks[side].told(1 - sex) for marks in beside):
                epicene = any(marks[side].epicene[sex] for marks in (here, *beside))
                differ = _differ(here[side], here[1 - side], sex, languages[side], first=side == 0, epicene=epicene)
                choices.append(differ if side == 0 else differ[::-1])
        for theirs, ours in choices:
            moved = _moved(theirs, pair.source.start), _moved(ours, pair.target.start)
            spans = same_place(pair, *moved, _APART)
            if spans is not None:
                return Turned(*spans)
    return None


def _differ(
    one: Marks, other: Marks, sex: int, language: Gender, *, first: bool, epicene: bool
) -> tuple[list[Span], list[Span]]:
    """Return what shows one sex in `one` (in `language`) and the other in `other`, where neither shows both.

    The words of `other` must mean nothing else. `first` where `one` is the original, `epicene` where a noun
    for persons of both sexes may have given its gender to pronouns and verbs.
    """
    against = other.sure[1 - sex] or other.nouns[1 - sex]
    if not against or one.shown[1 - sex]:
        return [], []
    if other.shown[sex]:
        # Where every pronoun shows its sex and none is left out, one of the other sex translates nothing;
        # and as many subjects on both sides are the same persons.
        pronouns = [s for s in (*one.sure[sex], *one.thing[sex]) if s not in one.nouns[sex]]
        whole = language.whole and first and pronouns and other.sure[1 - sex]
        same = language.kept and not other.subject[sex] and len(one.subject[sex]) == len(other.subject[1 - sex]) > 0
        if not whole and not same:
            return [], []
        if not (whole and language.kept):
            # Chinese leaves possessives to be understood, and a translator puts them in.
            against = other.subject[1 - sex]
    # Two nouns are told by their concepts, and only there.
    shows = one.sure[sex] or (one.nouns[sex] if other.sure[1 - sex] else [])
    if not shows and not epicene:
        shows = _weakly(one, other, sex) or (one.verbs[sex] if first and other.subject[1 - sex] else [])
    return shows, against


def _weakly(one: Marks, other: Marks, sex: int) -> list[Span]:
    """Return the pronouns of `one` that can only stand for the person of the other sex in `other`."""
    subject = bool(other.subject[1 - sex]), len(other.subject[1 - sex]) < len(other.sure[1 - sex])
    found = []
    for span in (*one.thing[sex], *one.many[sex]):
        # A thing that only one side refers to is not where the person of the other side stands.
        role = span in one.subject[sex]
        many = span in one.many[sex]
        if subject[not role] and not other.things and not (many and other.others):
            found.append(span)
    return found
