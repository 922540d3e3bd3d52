"""The article beside its original: aligned pairs of sentences, and how like their words are.

The engine makes a `Bitext` (see `meaning.py`); witnesses and rules read it. Offsets of `Pair.target`
are into the target's prose, those of `Pair.source` into the original's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tqcheck.context import Context
from tqcheck.model import Span
from tqcheck.text.words import Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")


class Lexical(Protocol):
    """How like words of the two languages are, by an encoder that knows both."""

    def prepare(self, words: Iterable[str]) -> None:
        """Encode words that will be asked for, all at once: one at a time they cost several times as much."""

    def similarity(self, source: Sequence[str], target: Sequence[str]) -> NDArray[Any]:
        """Return the cosines, shape (len(source), len(target)), float32. Each word costs once."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An aligned stretch: sentences of the target with those of the original that they translate.

    One side is None where a sentence has no counterpart. `similarity` is the cosine of the two sides,
    None where one is missing or no encoder knows the languages.
    """

    source: Span | None
    target: Span | None
    similarity: float | None = None


class Bitext:
    """Both sides with their aligned pairs, in the order of the target.

    `pairs` is empty where the source is not the original of this article: `misfit` then says why, as
    one sentence for the editor. `lexical` is None where no encoder knows both languages.
    """

    def __init__(
        self,
        source: Context,
        target: Context,
        pairs: Sequence[Pair],
        lexical: Lexical | None = None,
        misfit: str | None = None,
        encoder: str | None = None,
        partial: str | None = None,
        lacking: str | None = None,
        vectors: Sequence[tuple[NDArray[Any], NDArray[Any]]] = (),
    ) -> None:
        self.source = source
        self.target = target
        self.pairs = tuple(pairs)
        self.lexical = lexical
        self.misfit = misfit
        # One sentence for the editor where one side is much longer: what it has beyond the other is
        # then no pair.
        self.partial = partial
        # Name and revision, for the signature of the report.
        self.encoder = encoder
        # Why there is no encoder, and what to install where that would help; None where there is one.
        self.lacking = lacking
        # The unit vectors of both sides of each matched pair; nothing where there is no encoder.
        self.vectors = vectors
        self._memo: dict[Any, Any] = {}

    @cached_property
    def matched(self) -> tuple[Pair, ...]:
        """The pairs that have both sides."""
        return tuple(pair for pair in self.pairs if pair.source is not None and pair.target is not None)

    def once(self, make: Callable[[Bitext], T]) -> T:
        """Return `make(self)`, computed once: rules and the risk share what a witness found."""
        if make not in self._memo:
            self._memo[make] = make(self)
        value: T = self._memo[make]
        return value

    def words_of(self, side: Context, span: Span | None) -> list[Word]:
        """Return the words of one side (`self.source` or `self.target`) inside a span."""
        if span is None:
            return []
        words = side.words
        return words[bisect_left(words, (span.start,)) : bisect_left(words, (span.end,))]

    def pair_at(self, offset: int) -> Pair | None:
        """Return the pair whose target side holds an offset of the target, if any."""
        starts, pairs = self._by_target
        at = bisect_right(starts, offset) - 1
        if at < 0:
            return None
        span = pairs[at].target
        return pairs[at] if span is not None and offset < span.end else None

    @cached_property
    def _by_target(self) -> tuple[list[int], list[Pair]]:
        placed = sorted((pair.target.start, n) for n, pair in enumerate(self.pairs) if pair.target is not None)
        return [start for start, _n in placed], [self.pairs[n] for _start, n in placed]

    def insertion_point(self, pair: Pair) -> int | None:
        """Return where in the target a pair without a target side belongs: after the one before it."""
        before = None
        for other in self.pairs:
            if other is pair:
                return before
            if other.target is not None:
                before = other.target.end
        return None
