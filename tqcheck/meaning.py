"""Read an article beside its original: align the sentences and measure how like they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tqcheck.alignment import Bead, encoded, joined
from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.encoders import choose, lacking
from tqcheck.encoders.words import Words
from tqcheck.lengthwise import by_length, steady
from tqcheck.misfit import certain, lopsided, unrelated, untranslated
from tqcheck.model import Span
from tqcheck.witnesses.coverage import vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray


def read(source: Context, target: Context, wanted: str | None = None) -> Bitext:
    """Return both sides aligned. `wanted` names the encoder, None for the default one.

    Raises UnavailableError where a named encoder cannot be had.
    """
    encoder = choose(source.language.tag, target.language.tag, wanted)
    name = None if encoder is None else f"{encoder.name}@{encoder.revision}"
    reason = untranslated(source, target)
    if reason is not None:
        return Bitext(source, target, (), misfit=reason, encoder=name)
    why = lacking(source.language.tag, target.language.tag, wanted) if encoder is None else None
    ours, theirs = target.sentences, source.sentences
    texts = [[ctx.text[s.start : s.end] for s in ctx.sentences] for ctx in (source, target)]
    blocks = _blocks(source), _blocks(target)
    partial = lopsided(source, target)
    if encoder is None or not ours or not theirs:
        found = by_length(texts[0], texts[1], blocks) if partial is None else []
        believed = [_pair(b, theirs, ours) for b in found] if steady(found) else []
        return Bitext(source, target, believed, partial=partial, lacking=why)
    sides = [
        encoded(encoder, sentences, places, " " if ctx.language.spaced else "")
        for sentences, places, ctx in zip(texts, blocks, (source, target), strict=True)
    ]
    a, b = sides[0].vectors, sides[1].vectors
    found = joined(sides[0], sides[1], encoder)
    if partial is not None:
        found = certain(a, b, found)
    reason = unrelated(a, b, found)
    if reason is not None:
        return Bitext(source, target, (), misfit=reason, encoder=name)
    pairs, vectors = [], []
    for bead in found:
        similarity = None
        if bead[0] and bead[1]:
            u, v = _unit(a[list(bead[0])].sum(0)), _unit(b[list(bead[1])].sum(0))
            similarity = float(u @ v)
            vectors.append((u, v))
        pairs.append(_pair(bead, theirs, ours, similarity))
    words = Words(encoder, lambda: vocabulary(source) | vocabulary(target))
    return Bitext(source, target, pairs, words, encoder=name, partial=partial, vectors=vectors)


def _unit(vector: NDArray[Any]) -> NDArray[Any]:
    unit: NDArray[Any] = vector / max(float(vector @ vector) ** 0.5, 1e-9)
    return unit


def _pair(bead: Bead, theirs: Sequence[Span], ours: Sequence[Span], similarity: float | None = None) -> Pair:
    sources, targets = bead
    left = Span(theirs[sources[0]].start, theirs[sources[-1]].end) if sources else None
    right = Span(ours[targets[0]].start, ours[targets[-1]].end) if targets else None
    return Pair(left, right, similarity)


def _blocks(ctx: Context) -> list[int]:
    """Return the paragraph of each sentence; nothing where the text has only one."""
    starts = [block.start for block in ctx.paragraphs]
    return [bisect_right(starts, sentence.start) for sentence in ctx.sentences] if len(starts) > 1 else []
