"""Build the running text of an article from its raw text, with the way back for every offset."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from tqcheck.model import Prose, Span


@dataclass(frozen=True, slots=True)
class MappedProse(Prose):
    """Prose in which some characters stand in for other raw text: a decoded entity, a line break
    that became a space. A stand-in maps to all of that raw text, and no edit may touch it.

    `stand_ins` are sorted triples (offset in prose, start in raw, end in raw), one a character.
    """

    stand_ins: tuple[tuple[int, int, int], ...] = ()

    def to_raw(self, start: int, end: int) -> Span:
        """Map a span of the prose to the smallest raw span that holds it."""
        # Slots make a new class, so the zero-argument super() has no cell to go by.
        span = Prose.to_raw(self, start, end)
        last = self._stand_in(end - 1) if end > start else None
        return span if last is None else Span(span.start, max(span.end, last[2]))

    def contiguous(self, start: int, end: int) -> bool:
        """True where `[start, end)` stands in one piece in the raw text, letter for letter."""
        low = bisect_left(self.stand_ins, (start, -1, -1))
        if low < len(self.stand_ins) and self.stand_ins[low][0] < end:
            return False
        return Prose.contiguous(self, start, end)

    def _stand_in(self, offset: int) -> tuple[int, int, int] | None:
        at = bisect_right(self.stand_ins, (offset, 1 << 62, 1 << 62)) - 1
        return self.stand_ins[at] if at >= 0 and self.stand_ins[at][0] == offset else None


class Builder:
    """Collects kept stretches and stand-ins of a raw text, in order."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.length = 0
        self.last = ""
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int]] = []
        self._stand_ins: list[tuple[int, int, int]] = []
        self._raw_end = -1

    def keep(self, start: int, end: int) -> None:
        """Copy `raw[start:end]`."""
        if start >= end:
            return
        if start != self._raw_end:
            self._pieces.append((self.length, start))
        self._append(self.raw[start:end])
        self._raw_end = end

    def stand(self, text: str, start: int, end: int) -> None:
        """Put `text` in the place of `raw[start:end]`."""
        for character in text:
            self._pieces.append((self.length, start))
            self._stand_ins.append((self.length, start, max(start + 1, end)))
            self._append(character)
        self._raw_end = -1

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)
        self.last = text[-1]

    def prose(self) -> MappedProse:
        """Return what was collected."""
        # An empty tuple of pieces would say “the same as the raw text”.
        pieces = tuple(self._pieces) or ((0, 0),)
        return MappedProse("".join(self._parts), pieces, tuple(self._stand_ins))


_BREAK = re.compile(r"\r\n?")


def unbroken(text: str, start: int = 0) -> Prose | None:
    """Return the prose of plain text from `start` on with line feeds as its only breaks; None where the
    whole text is so already."""
    if start == 0 and "\r" not in text:
        return None
    builder = Builder(text)
    at = start
    for match in _BREAK.finditer(text, start):
        builder.keep(at, match.start())
        builder.stand("\n", match.start(), match.end())
        at = match.end()
    builder.keep(at, len(text))
    return builder.prose()
