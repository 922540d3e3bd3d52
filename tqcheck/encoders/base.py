"""What an encoder is, and what every encoder does with hostile text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

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


def plain(text: str) -> str:
    """Return a text that every encoder can take: of bounded length, encodable, and without the NUL
    at which an engine in C would stop reading."""
    text = text[:_LONGEST].replace("\0", " ")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
