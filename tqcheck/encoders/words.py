"""How like words are: the cosines of their vectors, each word encoded once for an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tqcheck.encoders.base import Encoder
from tqcheck.encoders.threads import limited

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Words:
    """Cosines between words. `vocabulary` returns the words that will be asked for: they are encoded
    together when the first one is."""

    def __init__(self, encoder: Encoder, vocabulary: Callable[[], Iterable[str]] = tuple) -> None:
        self._encoder = encoder
        self._vocabulary: Callable[[], Iterable[str]] | None = vocabulary
        self._rows: dict[str, int] = {}
        self._vectors: NDArray[Any] | None = None

    def prepare(self, words: Iterable[str]) -> None:
        """Encode words in one batch, those that are not known yet; with the first ones the vocabulary."""
        import numpy as np

        new = sorted(set(words) - self._rows.keys())
        if new and self._vocabulary is not None:
            vocabulary, self._vocabulary = self._vocabulary(), None
            new = sorted({*new, *vocabulary})
        if new:
            made = self._encoder.encode(new)
            self._rows.update(zip(new, range(len(self._rows), len(self._rows) + len(new)), strict=True))
            self._vectors = made if self._vectors is None else np.concatenate((self._vectors, made))

    def similarity(self, source: Sequence[str], target: Sequence[str]) -> NDArray[Any]:
        """Return the cosines, shape (len(source), len(target))."""
        import numpy as np

        if not source or not target:
            return np.zeros((len(source), len(target)), np.float32)
        rows = self._rows
        if not all(map(rows.__contains__, (*source, *target))):
            self.prepare((*source, *target))
        assert self._vectors is not None
        left, right = self._vectors[[rows[w] for w in source]], self._vectors[[rows[w] for w in target]]
        # Several threads would wait for each other longer than a product as small as this takes.
        with limited(1, "blas"):
            cosines: NDArray[Any] = left @ right.T
        return cosines
