"""Word for word: which words of a pair stand for each other, by an encoder that knows both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.model import Span
from tqcheck.text.words import Word
from tqcheck.witnesses.lookup import linked
from tqcheck.witnesses.norms import likeness

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Longer stretches are no sentences; comparing all of their words would cost too much.
_MOST = 150
# How like words are at least that the dictionaries link.
_LINKED = 0.6
# Chinese and Japanese: runs of one script; in a run of ideographs every two neighbours make a word.
_RUN = re.compile("[\u3400-\u9fff]+|[\u30a0-\u30ff]+|[\u3040-\u309f]+|[^\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True)
class Sides:
    """The content words of both sides, and how like each two are: 0 like any two words, about 1 the same.

    `literal` says how well the words of each side are found on the other, for the side that fares worse.
    """

    source: list[Word]
    target: list[Word]
    like: NDArray[Any]
    literal: float

    def counterpart(self, n: int) -> tuple[int, float] | None:
        """Return the source word that target word `n` and it alone is likest to, and how like."""
        at = int(self.like[:, n].argmax())
        return (at, float(self.like[at, n])) if int(self.like[at].argmax()) == n else None

    def turned(self) -> Sides:
        """Return the same with source and target exchanged."""
        return Sides(self.target, self.source, self.like.T, self.literal)


def sides(bitext: Bitext, pair: Pair) -> Sides | None:
    """Return the content words of a pair with their likeness, None where none can be told."""
    source, target = _content(bitext, bitext.source, pair.source), _content(bitext, bitext.target, pair.target)
    if bitext.lexical is None or not source or not target or max(len(source), len(target)) > _MOST:
        return None
    cosines = bitext.lexical.similarity([w.text.lower() for w in source], [w.text.lower() for w in target])
    # Encoders differ in how like any two words are.
    usual = float(cosines.mean())
    like = (cosines - usual) / max(1e-6, 1.0 - usual) * likeness(bitext)
    # Of a free translation, too, many words are linked: they do not make it literal. Nor does what was cut at every
    # two characters count.
    shares = [float(like.max(axis).mean()) for axis in (1, 0)]
    spaced = [side.language.spaced for side in (bitext.source, bitext.target)]
    literal = min([share for share, counts in zip(shares, spaced, strict=True) if counts] or shares)
    like[linked(bitext, source, target) & (like < _LINKED)] = _LINKED
    return Sides(source, target, like, literal)


def _content(bitext: Bitext, side: Context, span: Span | None) -> list[Word]:
    function = side.language.words.function
    found = []
    for word in bitext.words_of(side, span):
        if side.language.spaced:
            if word.text.lower() not in function:
                found.append(word)
        else:
            found.extend(_pieces(word))
    return found


def _pieces(word: Word) -> list[Word]:
    pieces = []
    for match in _RUN.finditer(word.text):
        run, start = match.group(), word.start + match.start()
        if "\u3400" <= run[0] <= "\u9fff" and len(run) > 2:
            pieces += [Word(start + n, start + n + 2, run[n : n + 2]) for n in range(len(run) - 1)]
        elif len(run) > 1 or run[0] >= "\u3400":
            pieces.append(Word(start, start + len(run), run))
    return pieces
