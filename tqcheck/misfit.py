"""Is this the original of the article at all? One answer for the whole, instead of a hundred findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from tqcheck.beads import Bead
from tqcheck.context import Context

# With fewer sentences, a bad translation cannot be told from another text.
FEWEST = 4
# How much more alike than any two sentences the aligned ones are, as a share of what is possible. The
# originals of human translations in 13 languages give .39 to .8, those of machine translations .29 at
# least; of originals of other articles, 99 in 100 stay below .16.
_FIT = 0.2
_SAME = 0.8
# Different words of one text that the other has too; close languages share half of that.
_SHARED_WORDS = 0.6
_FEWEST_WORDS = 30
# A translation is hardly ever this much longer or shorter than its original.
_TIMES = 3.0

_GIVE = "give the text that it was translated from"


def untranslated(source: Context, target: Context) -> str | None:
    """Return why the original cannot be one: it is the article itself, or written in its language."""
    if min(len(source.sentences), len(target.sentences)) < FEWEST:
        return None
    theirs = {_plain(source.text[s.start : s.end]) for s in source.sentences}
    kept = sum(_plain(target.text[s.start : s.end]) in theirs for s in target.sentences)
    if kept >= _SAME * len(target.sentences):
        return f"The original is the same text as the article, so nothing was translated; {_GIVE}."
    one, other = set(source.lowered), set(target.lowered)
    smaller = min(len(one), len(other))
    if smaller < _FEWEST_WORDS or len(one & other) < _SHARED_WORDS * smaller:
        return None
    if source.language.tag != target.language.tag:
        from tqcheck.languages.detect import detect

        # The word of the user holds, unless the text itself says otherwise.
        if (detect(source.text) or "und").partition("-")[0] != target.language.base:
            return None
        if source.language.base == target.language.base:
            return None  # pt → pt-BR is a translation of its kind
    return f"The original is written in the language of the article ({target.language.name}); {_GIVE}."


def unrelated(source: NDArray[Any], target: NDArray[Any], beads: Sequence[Bead]) -> str | None:
    """Return why the original belongs to another article, None where it fits. Takes unit vectors."""
    import numpy as np

    matched = [(s, t) for s, t in beads if s and t]
    if min(len(source), len(target)) < FEWEST:
        return None
    reason = f"The original belongs to another article: its sentences say something else; {_GIVE}."
    if len(matched) < 2:
        return reason
    matched = matched[:: 1 + len(matched) // 400]  # a book needs no more, and the memory is bounded
    x, y = (
        np.stack([side[list(bead[place])].sum(0) for bead in matched]) for place, side in enumerate((source, target))
    )
    x /= np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)
    y /= np.maximum(np.linalg.norm(y, axis=1, keepdims=True), 1e-9)
    cosines = x @ y.T
    paired = cosines.diagonal()
    chance = float((cosines.sum() - paired.sum()) / (cosines.size - len(paired)))
    fit = (_median(paired) - chance) / max(1 - chance, 1e-6)
    return reason if fit < _FIT else None


def _median(values: NDArray[Any]) -> float:
    """Return the middle of some values; numpy's own imports a fifth of numpy for it."""
    ordered = sorted(values.tolist())
    return float(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def certain(source: NDArray[Any], target: NDArray[Any], beads: Sequence[Bead]) -> list[Bead]:
    """Return the beads that hold a pair of sentences each of which is the other's most similar one."""
    if not len(source) or not len(target):
        return []
    best = [0] * len(source)
    top, highest = [0] * len(target), [-2.0] * len(target)
    for at in range(0, len(source), 256):
        cosines = source[at : at + 256] @ target.T
        for row, column in enumerate(cosines.argmax(1)):
            best[at + row] = int(column)
        for column, row in enumerate(cosines.argmax(0)):
            if cosines[row, column] > highest[column]:
                top[column], highest[column] = at + int(row), float(cosines[row, column])
    return [(s, t) for s, t in beads if any(best[i] in t and top[best[i]] == i for i in s)]


def lopsided(source: Context, target: Context) -> str | None:
    """Return that one side is much longer than the other, so that most of it has no counterpart."""
    ours, theirs = _size(target), _size(source)
    if min(len(source.sentences), len(target.sentences)) < 1 or max(len(source.sentences), len(target.sentences)) < 8:
        return None
    if theirs > _TIMES * ours:
        return (
            f"The original is {theirs / ours:.0f} times as long as the article: this is an excerpt or a summary, "
            "and what it leaves out is not reported; check that nothing is missing by mistake."
        )
    if ours > _TIMES * theirs:
        return (
            f"The article is {ours / theirs:.0f} times as long as the original: most of it was not translated from "
            "there, and what was added is not reported; give the whole original."
        )
    return None


def _size(ctx: Context) -> float:
    """Return about how many words a text has; where no spaces are written, two letters are one."""
    letters = sum(map(str.isalnum, ctx.text))
    return max(1.0, letters / (5.5 if ctx.language.spaced else 2.0))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
