"""Sentences whose words stand in no order: neighbours that grammar forbids, and the order of the original lost."""

from __future__ import annotations

from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.languages.order import order
from tqcheck.model import Span
from tqcheck.witnesses.literal import Sides, sides

# A sentence of so many words can be out of order; with so few counterparts the order says nothing.
_WORDS = 6
_ANCHORS = 4
# How like a word and its counterpart are at least.
_LIKE = 0.4
# Several breaches prove it alone; one needs an order that differs from the original's: the agreement
# (Kendall's tau, 1 the same order, 0 a random one) that is demanded at most.
_AGREEMENT = {1: 0.4}


class Disorder(NamedTuple):
    """How far a target is out of order.

    breaches   the neighbours that cannot stand so
    agreement  of the order of the words with the original's, -1 to 1; None where it was not looked at
    weight     0 to 1, for the risk
    sure       true where both say so, or the breaches are many
    """

    breaches: tuple[Span, ...] = ()
    agreement: float | None = None
    weight: float = 0.0
    sure: bool = False


def disorder(bitext: Bitext) -> tuple[Disorder, ...]:
    """Return for each matched pair how far its target is out of order."""
    data = order(bitext.target.language.tag)
    if data is None:
        return (Disorder(),) * len(bitext.matched)
    found = []
    for pair in bitext.matched:
        words = bitext.words_of(bitext.target, pair.target)
        breaches = tuple(data.breaches(bitext.target.text, words)) if len(words) >= _WORDS else ()
        found.append(_disorder(bitext, pair, breaches, len(words)) if breaches else Disorder())
    return tuple(found)


def _disorder(bitext: Bitext, pair: Pair, breaches: tuple[Span, ...], length: int) -> Disorder:
    words = sides(bitext, pair)
    tau = None if words is None else _agreement(words)
    limit = _AGREEMENT.get(len(breaches), 1.0)
    # In a stretch of several sentences breaches gather by themselves.
    sure = length < 20 * (len(breaches) + 1) and (limit == 1.0 or (tau is not None and tau <= limit))
    return Disorder(breaches, tau, 1.0 if sure else 0.2 * len(breaches), sure)


def _agreement(words: Sides) -> float | None:
    """Return Kendall's tau of the places of words and their counterparts, None where there are too few."""
    places = []
    for n in range(len(words.target)):
        match = words.counterpart(n)
        if match is not None and match[1] >= _LIKE:
            places.append(match[0])
    if len(places) < _ANCHORS:
        return None
    pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :]]
    return sum((b > a) - (b < a) for a, b in pairs) / len(pairs)
