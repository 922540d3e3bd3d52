"""Read an article beside its original: align the sentences and measure how like they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from tqcheck.alignment import beads
from tqcheck.bitext import Bitext, Pair
from tqcheck.context import Context
from tqcheck.encoders import Encoder, choose
from tqcheck.model import Span


class Words:
    """Cosines between words, each encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[Any]] = {}

    def similarity(self, source: Sequence[str], target: Sequence[str]) -> NDArray[Any]:
        """Return the cosines, shape (len(source), len(target))."""
        import numpy as np

        if not source or not target:
            return np.zeros((len(source), len(target)), np.float32)
        new = sorted({*source, *target} - self._known.keys())
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        known = self._known
        cosines: NDArray[Any] = np.stack([known[w] for w in source]) @ np.stack([known[w] for w in target]).T
        return cosines


def read(source: Context, target: Context, wanted: str | None = None) -> Bitext:
    """Return both sides aligned. `wanted` names the encoder, None for the default one.

    Raises UnavailableError where a named encoder cannot be had.
    """
    encoder = choose(source.language.tag, target.language.tag, wanted)
    if encoder is None:
        return Bitext(source, target, ())
    ours, theirs = target.sentences, source.sentences
    a = encoder.encode([source.text[s.start : s.end] for s in theirs])
    b = encoder.encode([target.text[s.start : s.end] for s in ours])
    pairs = []
    for sources, targets in beads(a, b):
        similarity = None
        left = Span(theirs[sources[0]].start, theirs[sources[-1]].end) if sources else None
        right = Span(ours[targets[0]].start, ours[targets[-1]].end) if targets else None
        if left and right:
            u, v = a[list(sources)].sum(0), b[list(targets)].sum(0)
            similarity = float(u @ v / (float(u @ u) * float(v @ v)) ** 0.5)
        pairs.append(Pair(left, right, similarity))
    return Bitext(source, target, pairs, Words(encoder), encoder=f"{encoder.name}@{encoder.revision}")
