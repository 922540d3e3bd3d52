"""What one side of a pair denies and the other does not."""

from __future__ import annotations

from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.languages.negation import Denials, Negation, negation
from tqcheck.model import Span
from tqcheck.text.words import Word
from tqcheck.witnesses.licence import Side, denied, unlicensed
from tqcheck.witnesses.literal import Sides, sides
from tqcheck.witnesses.norms import usual
from tqcheck.witnesses.opposites import turned_by

# How like the denied word and its counterpart are at least, and the words of both sides on average:
# below, the translator put it in other words, and may have turned the negation with them.
_SAME_WORD = 0.4
_SAME_WORDS = 0.5
# Where nothing else on the other side denies, less will do.
_HALF_THE_WORDS = 0.45
_SOME_WORDS = 0.4
# A longer sentence has so many clauses that a word of another one is taken for the denied one.
_LONG = 400
# So many characters around a counterpart belong to it.
_AROUND = 25
# A word that begins so many characters behind another follows it.
_NEXT = 3


class Polarity(NamedTuple):
    """How the sides of a pair differ in what they deny.

    kind     "" where they agree or nothing is known, "lost" or "invented"
    source   the negator that has no counterpart, or the word that is denied in the target only
    target   likewise in the target
    weight   0 to 1, for the risk
    sure     true where the pair is word for word and nothing else on either side denies
    """

    kind: str = ""
    source: Span | None = None
    target: Span | None = None
    weight: float = 0.0
    sure: bool = False


NOTHING = Polarity()


def polarity(bitext: Bitext) -> tuple[Polarity, ...]:
    """Return for each matched pair how its sides differ in what they deny."""
    ours, theirs = negation(bitext.target.language.tag), negation(bitext.source.language.tag)
    if ours is None or theirs is None:
        return (NOTHING,) * len(bitext.matched)
    denials = []
    for pair in bitext.matched:
        (source, _), (target, _) = _side(bitext, pair, 0), _side(bitext, pair, 1)
        denials.append((theirs.find(source), ours.find(target)))
    found = []
    for n, pair in enumerate(bitext.matched):
        here = _polarity(bitext, pair, denials[n], (theirs, ours))
        if here.kind:
            # The sentence that holds the negation may have been aligned with a neighbour.
            side = 0 if here.kind == "invented" else 1
            beside = denials[max(0, n - 1) : n] + denials[n + 1 : n + 2]
            if any(len(d[side].plain) > len(d[1 - side].plain) for d in beside):
                here = here._replace(weight=here.weight / 3, sure=False)
        found.append(here)
    return tuple(found)


def _side(bitext: Bitext, pair: Pair, side: int) -> tuple[str, int]:
    """Return the text of one side of a pair (0 the source, 1 the target) and where it starts."""
    context, span = ((bitext.source, pair.source), (bitext.target, pair.target))[side]
    return ("", 0) if span is None else (context.text[span.start : span.end], span.start)


def _polarity(
    bitext: Bitext, pair: Pair, denials: tuple[Denials, Denials], languages: tuple[Negation, Negation]
) -> Polarity:
    source, target = denials
    if bool(source.plain) == bool(target.plain):
        return NOTHING
    side = 1 if target.plain else 0
    one, other = denials[side], denials[1 - side]
    weight = 0.15 if len(other.other) > len(one.other) else 0.6 if not (other.prefixed or other.loose) else 0.4
    words = sides(bitext, pair)
    if words is not None and weight > 0.15 and words.literal < _SAME_WORDS:
        weight /= 2
    _, start = _side(bitext, pair, side)
    negator, counter = Span(start + one.plain[0].start, start + one.plain[0].end), None
    if words is not None:
        both = [Side(*_side(bitext, pair, n), denials[n], languages[n]) for n in (side, 1 - side)]
        found = _sure(bitext, pair, words if side else words.turned(), both[0], both[1], original=side == 0)
        if found is not None and not turned_by(bitext, pair, found[0], _AROUND, side):
            negator, counter, weight = *found, 1.0
    if side:
        return Polarity("invented", counter, negator, weight, counter is not None)
    return Polarity("lost", negator, counter, weight, counter is not None)


def _sure(
    bitext: Bitext, pair: Pair, words: Sides, denying: Side, other: Side, original: bool
) -> tuple[Span, Span] | None:
    """Return a negator and the word of the other side that it turns, None where it may have come from there."""
    if max(len(denying.text), len(other.text)) > _LONG:
        return None
    # Elsewhere in the sentence, too, a translator may have moved the negation.
    if words.literal >= _SAME_WORDS and not other.denials.other:
        languages = other.language, denying.language
        found = _word_for_word((other.text, other.start), denying.start, words, denying.denials, languages)
        if found is not None:
            return found
    if words.literal >= _HALF_THE_WORDS or (words.literal >= _SOME_WORDS and _as_usual(bitext, pair)):
        return unlicensed(words, denying, other, original)
    return None


def _as_usual(bitext: Bitext, pair: Pair) -> bool:
    """True where the sides of a pair are about as like as those of sound translations."""
    usually, spread = usual(bitext, "similarity")
    return pair.similarity is not None and pair.similarity >= usually - spread


def _word_for_word(
    there: tuple[str, int], start: int, words: Sides, denials: Denials, languages: tuple[Negation, ...]
) -> tuple[Span, Span] | None:
    """Return a negator and the word on the other side that stands for the denied one and is not denied, if any.

    `words.target` and `denials` are of the side that denies and starts at `start`; `there` is the other side.
    """
    text, offset = there
    other, own = languages
    for plain in denials.plain:
        # Two negations in a row may affirm: not uncommon.
        if any(0 <= span.start - plain.end < _AROUND for span in denials.other + denials.prefixed):
            continue
        negator = Span(start + plain.start, start + plain.end)
        for n in denied(words.target, negator, own.verb):
            word = _counterpart(words, n)
            if word is None or _name(text, word.start - offset):
                continue
            near = other.find(text[max(0, word.start - offset - _AROUND) : word.end - offset + _AROUND])
            # “Not bad” stands for “good”.
            if not (near.prefixed or near.loose or _weak_after(denials, plain)):
                return negator, Span(word.start, word.end)
    return None


def _weak_after(denials: Denials, plain: Span) -> bool:
    """True where a word that may deny follows a negator at once."""
    return any(0 < span.start - plain.end < _NEXT for span in denials.loose)


def _counterpart(words: Sides, n: int) -> Word | None:
    match = words.counterpart(n)
    return words.source[match[0]] if match is not None and match[1] >= _SAME_WORD else None


def _name(text: str, at: int) -> bool:
    """True where the word at an offset begins with a capital inside the sentence."""
    return at > 0 and text[at].isupper()
