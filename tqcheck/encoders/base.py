"""What an encoder is, and what every encoder does with hostile text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Hardly a sentence is longer; what has no stop for that long is no prose, and would only cost time.
_LONGEST = 1_000


class Encoder(Protocol):
    """Turns texts into unit vectors that lie close where the texts mean the same, in any language.

    name       short name, part of the report's signature
    revision   changes whenever the vectors do; part of the key of every cached embedding
    languages  primary subtags it knows; empty: not said (trust the user who named it)
    """

    @property
    def name(self) -> str: ...

    @property
    def revision(self) -> str: ...

    @property
    def languages(self) -> frozenset[str]: ...

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return float32 unit vectors, shape (len(texts), dimension). Each text on its own: neither
        the order nor the neighbours change a vector."""


class Additive(Encoder, Protocol):
    """An encoder whose texts are sums of their clauses: what stands side by side can be joined, and a
    sentence cut between clauses, for next to nothing. The vector is near that of the text itself.

    ends  rows for the marks at the beginning and at the end of a text, shape (2, width): every text holds
          them once, so each joint takes them away once, and each cut adds one
    """

    @property
    def ends(self) -> NDArray[Any]: ...

    def clauses(self, texts: Sequence[str]) -> list[NDArray[Any]]:
        """Return float32 rows, one a clause, for each text on its own; shape (clauses, width)."""

    def vectors(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Return the unit vectors of texts that `rows` are the sums of, each on its own."""


def additive(encoder: Encoder) -> TypeGuard[Additive]:
    """Tell an encoder that knows clauses, without loading its model."""
    return hasattr(type(encoder), "clauses")


def plain(text: str) -> str:
    """Return a text that every encoder can take: of bounded length, encodable, and without the NUL
    at which an engine in C would stop reading."""
    text = text[:_LONGEST].replace("\0", " ")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
