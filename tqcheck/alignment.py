"""Sentence alignment over embeddings.

A text is cut at pairs of sentences that are each other's clear translation, so that cost grows with
its length and not with its square. Within a stretch, the best beads are searched twice. Where the
encoder knows clauses, joined sentences have vectors of their own, and the second search knows what
each cut costs (`crossings.py`). With other encoders the first search takes sums of sentence vectors,
and the second one, only where that leaves a doubt, the vectors of those sentences encoded as one text
(as Vecalign and Bertalign do throughout).

A bead is worth its cosine, less what its sentences share with their neighbours on the other side,
weakened where the lengths do not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from numpy.typing import NDArray

from tqcheck.anchors import Stretch, cuts
from tqcheck.beads import SHAPES, Bead, Shape, losses, search, shifted, windows
from tqcheck.clauses import Clauses
from tqcheck.crossings import crossings
from tqcheck.encoders import Encoder, additive, choose
from tqcheck.encoders.threads import limited
from tqcheck.lengthwise import by_length

__all__ = ["Bead", "Side", "align", "beads", "encoded", "joined"]

# Found on development texts (de–fr, zh–en) and on news whose sentences were joined and left out at random
# (en–de, en–ru, en–zh, fr–en), amid a plateau of values that do about as well. How much of the likeness to
# the neighbours counts, what every bead costs, what a sentence alone costs, and how the gain grows with the
# size of a bead.
_NEIGHBOURS = 0.3
_COST = 0.035
_SKIP = 0.05
_GROWTH = 0.2
# A bead across a paragraph break, where both texts have paragraphs.
_CROSSING = 0.15
# Sentences without a counterpart that stand side by side are one bad translation, not an omission
# and an addition, unless one is this much longer.
_SUBSTITUTE = 3.0
_CLEAR = 0.05
# A bead whose best path the first search finds worse than the best one by more is not looked at again, nor is its
# text encoded, which was nine tenths of all encoding: of 248 beads of news whose sentences were joined and left out
# at random (en–uk), the second search took none that was worse by more than .04.
_LIKELY = 0.2
# Beyond this many cells the second search is not worth its memory.
_CELLS = 400_000


class Side(NamedTuple):
    """One text: its sentences, their unit vectors, their paragraphs, and what joins two sentences."""

    texts: Sequence[str]
    vectors: NDArray[Any]
    blocks: Sequence[int] = ()
    space: str = " "
    clauses: Clauses | None = None


def align(
    source_sentences: Sequence[str],
    target_sentences: Sequence[str],
    source_lang: str | None = None,
    lang: str | None = None,
) -> list[Bead]:
    """Return the beads of two texts: sentence numbers of the source with those of the target.

    Both sides are covered in order, each sentence once; a bead with an empty side is an omission or an
    addition. A language that is not given is detected. Where no encoder knows both languages, lengths,
    numbers and words that both sides share decide.
    """
    given, own = _tag(source_lang, source_sentences), _tag(lang, target_sentences)
    encoder = choose(given, own)
    if encoder is None or not source_sentences or not target_sentences:
        return by_length(source_sentences, target_sentences)
    spaces = [_space(tag) for tag in (given, own)]
    source = encoded(encoder, source_sentences, space=spaces[0])
    target = encoded(encoder, target_sentences, space=spaces[1])
    return joined(source, target, encoder)


def encoded(encoder: Encoder, texts: Sequence[str], blocks: Sequence[int] = (), space: str = " ") -> Side:
    """Return a side of these sentences."""
    import numpy as np

    if not texts or not additive(encoder):
        return Side(texts, encoder.encode(texts), blocks, space)
    rows = encoder.clauses(texts)
    vectors = encoder.vectors(np.stack([part.sum(0) for part in rows]))
    return Side(texts, vectors, blocks, space, Clauses(encoder, rows))


def beads(source: NDArray[Any], target: NDArray[Any]) -> list[Bead]:
    """Return the best beads for unit vectors of the sentences of both sides."""
    return joined(Side((), source), Side((), target), None)


def joined(source: Side, target: Side, encoder: Encoder | None) -> list[Bead]:
    """Return the beads of two sides; `encoder` looks again at what the sentence vectors leave open."""
    found: list[Bead] = []
    stretches = cuts(source.vectors, target.vectors)
    # Small products: threads would only wait for each other.
    with limited(1, "blas"):
        for stretch in stretches:
            found += _aligned(stretch, source, target, encoder)
    return found


def _aligned(stretch: Stretch, source: Side, target: Side, encoder: Encoder | None) -> list[Bead]:
    i, last_i, j, last_j = stretch
    here, there = _part(source, i, last_i), _part(target, j, last_j)
    if here.clauses is not None and there.clauses is not None:
        found = _exact(here, there, here.clauses, there.clauses)
    else:
        found = _settled(_first(here, there), here, there, encoder)
    return shifted(_substituted(found, here, there), i, j)


def _exact(source: Side, target: Side, ours: Clauses, theirs: Clauses) -> list[Bead]:
    """Search where joined sentences have vectors of their own, and again with what each cut costs."""
    import numpy as np

    n, m = len(source.vectors), len(target.vectors)
    made = tuple(
        {1: side.vectors, **clauses.joined(_sizes(side, axis))}
        for axis, (side, clauses) in enumerate(((source, ours), (target, theirs)))
    )
    gains = _gains(source, target, lambda side, size: made[side is target][size])
    costs = crossings(ours, theirs, (made[0], made[1]), gains, _SKIP)
    if source.blocks and target.blocks:
        # Where both texts begin a paragraph, a cut is what their authors wanted.
        costs[1:-1, 1:-1][np.ix_(np.diff(source.blocks) > 0, np.diff(target.blocks) > 0)] = 0
    return search(n, m, gains, _SKIP, costs)


def _first(source: Side, target: Side) -> list[Bead]:
    return search(
        len(source.vectors), len(target.vectors), _gains(source, target, lambda side, size: _pooled(side, size)), _SKIP
    )


def _settled(found: list[Bead], source: Side, target: Side, encoder: Encoder | None) -> list[Bead]:
    """Search again where the first search is in doubt, with neighbouring sentences encoded as one."""
    if encoder is None or not source.texts:
        return found
    clear = _clear(found, source, target)
    # A clear bead beside a doubtful one is searched with it: its edge may be wrong too.
    doubtful = [not all(clear[max(0, at - 1) : at + 2]) for at in range(len(found))]
    result: list[Bead] = []
    at = 0
    for again, run in groupby(doubtful):
        count = sum(1 for _ in run)
        stretch = found[at : at + count]
        result += _again(stretch, source, target, encoder) if again else stretch
        at += count
    return result


def _again(stretch: list[Bead], source: Side, target: Side, encoder: Encoder) -> list[Bead]:
    rows, columns = [i for s, _t in stretch for i in s], [j for _s, t in stretch for j in t]
    if not rows or not columns or len(rows) + len(columns) < 3 or len(rows) * len(columns) > _CELLS:
        return stretch
    import numpy as np

    sides = _part(source, rows[0], rows[-1] + 1), _part(target, columns[0], columns[-1] + 1)
    edges = (source, rows[0]), (target, columns[0])
    pooled = [{size: _pooled(side, size) for size in (1, *_sizes(side, axis))} for axis, side in enumerate(sides)]
    made = dict(zip(map(id, sides), pooled, strict=True))
    gains = _gains(*sides, lambda side, size: made[id(side)][size], *edges)
    likely = {shape: loss <= _LIKELY for shape, loss in losses(len(rows), len(columns), gains, _SKIP).items()}
    for axis, side in enumerate(sides):
        wanted = {size: _starts(likely, axis, size) for size in _sizes(side, axis)}
        texts = [side.space.join(side.texts[k : k + size]) for size, starts in wanted.items() for k in starts]
        vectors = encoder.encode(texts) if texts else side.vectors[:0]
        for size, starts in wanted.items():
            pooled[axis][size][starts], vectors = vectors[: len(starts)], vectors[len(starts) :]
    gains = _gains(*sides, lambda side, size: made[id(side)][size], *edges)
    for shape, gain in gains.items():
        if shape != (1, 1):
            gain[~likely[shape]] = -np.inf
    return shifted(search(len(rows), len(columns), gains, _SKIP), rows[0], columns[0])


def _starts(likely: Mapping[Shape, NDArray[Any]], axis: int, size: int) -> list[int]:
    """Return where the sentences of one side begin that a likely bead joins, so many at once."""
    import numpy as np

    among = [beads.any(1 - axis) for shape, beads in likely.items() if shape[axis] == size]
    return [int(at) for at in np.flatnonzero(np.any(among, axis=0))]


def _sizes(side: Side, axis: int) -> list[int]:
    return sorted({shape[axis] for shape in SHAPES if 1 < shape[axis] <= len(side.vectors)})


def _gains(
    source: Side,
    target: Side,
    vectors: Callable[[Side, int], NDArray[Any]],
    around: tuple[Side, int] | None = None,
    across: tuple[Side, int] | None = None,
) -> dict[Shape, NDArray[Any]]:
    """Return what each bead is worth; `around` and `across` are the whole sides with the place of the
    stretch in them, for the neighbours beyond its edges."""
    import numpy as np

    n, m = len(source.vectors), len(target.vectors)
    ours, theirs = _lengths(source, around), _lengths(target, across)
    before, after = _beyond(source, around)
    left, right = _beyond(target, across)
    rows = np.concatenate((before, source.vectors, after))
    columns = np.concatenate((left, target.vectors, right))
    made = [
        {size: vectors(side, size) for size in (1, *_sizes(side, axis))} for axis, side in enumerate((source, target))
    ]
    # How like each window is to each single sentence of the other side.
    likeness = (
        {b: rows @ y.T for b, y in made[1].items()},
        {a: columns @ x.T for a, x in made[0].items()},
    )
    gains = {}
    for a, b in SHAPES:
        if a > n or b > m:
            continue
        gain = made[0][a] @ made[1][b].T
        near = _next_to((likeness[0][b], likeness[1][a]), gain.shape, (len(before), len(left)), (a, b))
        gain -= _NEIGHBOURS * near + _COST
        if ours is not None and theirs is not None:
            one, other = windows(ours, a)[:, None], windows(theirs, b)[None]
            gain *= np.sqrt(np.log2(1 + np.minimum(one, other) / np.maximum(one, other)))
        gain *= ((a + b) / 2) ** _GROWTH
        gains[a, b] = gain - _crossing(source, target, a, b)
    return gains


def _next_to(
    likeness: tuple[NDArray[Any], NDArray[Any]], size: tuple[int, ...], offset: tuple[int, int], shape: Shape
) -> NDArray[Any]:
    """Return how like each window is to the sentences just before and after the other one, on average."""
    import numpy as np

    total = np.zeros(size, np.float32)
    count = np.zeros_like(total)
    for place, alike in enumerate(likeness):  # sentences × windows of the other side
        span = size[place]
        for first in (offset[place] - 1, offset[place] + shape[place]):
            low, high = max(0, -first), min(span, len(alike) - first)
            if low >= high:
                continue
            part = alike[first + low : first + high]
            if place == 0:
                total[low:high] += part
                count[low:high] += 1
            else:
                total[:, low:high] += part.T
                count[:, low:high] += 1
    total /= np.maximum(count, 1)
    return total


def _beyond(side: Side, whole: tuple[Side, int] | None) -> tuple[NDArray[Any], NDArray[Any]]:
    if whole is None:
        return side.vectors[:0], side.vectors[:0]
    full, at = whole[0].vectors, whole[1]
    end = at + len(side.vectors)
    return full[max(0, at - 1) : at], full[end : end + 1]


def _lengths(side: Side, whole: tuple[Side, int] | None) -> NDArray[Any] | None:
    """Return the share of each sentence in the whole side, so that languages of other length compare."""
    import numpy as np

    if not side.texts:
        return None
    all_of_it = whole[0].texts if whole is not None else side.texts
    sizes = np.array([1 + len(text.encode("utf-8", "ignore")) for text in side.texts], np.float32)
    scale: NDArray[Any] = sizes / sum(1 + len(text.encode("utf-8", "ignore")) for text in all_of_it)
    return scale


def _crossing(source: Side, target: Side, a: int, b: int) -> NDArray[Any] | float:
    import numpy as np

    if not source.blocks or not target.blocks:
        return 0.0
    costs = []
    for side, size in ((source, a), (target, b)):
        blocks = np.asarray(side.blocks)
        count = len(blocks) - size + 1
        costs.append(np.minimum(blocks[size - 1 :] - blocks[:count], 1))
    crossing: NDArray[Any] = _CROSSING * (costs[0][:, None] + costs[1][None])
    return crossing


def _pooled(side: Side, size: int) -> NDArray[Any]:
    import numpy as np

    if size == 1:
        return side.vectors
    pooled = windows(side.vectors, size)
    pooled /= np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
    return pooled


def _clear(found: Sequence[Bead], source: Side, target: Side) -> list[bool]:
    """Tell the pairs that no neighbour could improve from the beads that deserve a second look."""
    ours, theirs = _lengths(source, None), _lengths(target, None)
    x, y = source.vectors, target.vectors

    def clear(bead: Bead) -> bool:
        if len(bead[0]) != 1 or len(bead[1]) != 1 or ours is None or theirs is None:
            return False
        i, j = bead[0][0], bead[1][0]
        cosine = float(x[i] @ y[j])
        if not 0.5 <= float(ours[i] / theirs[j]) <= 2:
            return False
        for k in (i - 1, i + 1):
            if 0 <= k < len(x) and _beats(x[i] + x[k], x[k], y[j], cosine):
                return False
        return not any(0 <= k < len(y) and _beats(y[j] + y[k], y[k], x[i], cosine) for k in (j - 1, j + 1))

    return [clear(bead) for bead in found]


def _beats(both: NDArray[Any], other: NDArray[Any], across: NDArray[Any], cosine: float) -> bool:
    """True where a sentence with its neighbour, or the neighbour alone, is nearly as like as the sentence."""
    together = float(both @ across) / max(float(both @ both) ** 0.5, 1e-9)
    return together > cosine or float(other @ across) > cosine - _CLEAR


def _substituted(found: Sequence[Bead], source: Side, target: Side) -> list[Bead]:
    """Pair sentences that have no counterpart and stand side by side."""
    result: list[Bead] = []
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and not (found[end][0] and found[end][1]):
            end += 1
        rows, columns = [i for s, _t in found[at:end] for i in s], [j for _s, t in found[at:end] for j in t]
        if rows and columns:
            result += _paired(rows, columns, source, target)
        else:
            result += found[at:end]
        if end < len(found):
            result.append(found[end])
        at = end + 1
    return result


def _paired(rows: Sequence[int], columns: Sequence[int], source: Side, target: Side) -> list[Bead]:
    import numpy as np

    i, j = rows[0], columns[0]
    here, there = _part(source, i, i + len(rows)), _part(target, j, j + len(columns))
    gain = here.vectors @ there.vectors.T + 1
    ours, theirs = _lengths(here, (source, i)), _lengths(there, (target, j))
    if ours is not None and theirs is not None and gain.size > 1:
        ratio = ours[:, None] / theirs[None]
        gain = np.where(np.maximum(ratio, 1 / ratio) > _SUBSTITUTE, -1, gain)
    return shifted(search(len(rows), len(columns), {(1, 1): gain}, 0.0), i, j)


def _part(side: Side, start: int, end: int) -> Side:
    clauses = None if side.clauses is None else side.clauses.part(start, end)
    return Side(side.texts[start:end], side.vectors[start:end], side.blocks[start:end], side.space, clauses)


def _tag(lang: str | None, sentences: Sequence[str]) -> str:
    from tqcheck.languages.detect import detect

    return lang or detect(" ".join(sentences[:50])) or "und"


def _space(tag: str) -> str:
    from tqcheck.languages import load

    return " " if load(tag).spaced else ""
