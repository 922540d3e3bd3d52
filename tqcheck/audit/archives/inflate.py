"""Read gzip with limits: a few bytes may claim to hold gigabytes, and a download may end in the middle."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from tqcheck.audit.values import Missed

# Text packs to a third or a tenth. What unpacks to far more than that, and to very much, was made to hurt.
RATIO, HARMLESS = 200, 64 * 1024 * 1024
_STEP = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
MAGIC = b"\x1f\x8b"


class BrokenOffError(Exception):
    """A file that is not read further; `outcome` is the name under which that is counted."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome

    def missed(self, feed: str, where: str) -> Missed:
        """Return it as an outcome of an input."""
        return Missed(feed, where, self.outcome, str(self))


class Member(NamedTuple):
    """One of the gzip files that stand one after the other in a file: where it lies, and how much it holds."""

    start: int
    end: int
    size: int


def inflated(stream: BinaryIO) -> Iterator[bytes | Member]:
    """Yield the content of a gzip file in pieces, and a `Member` at the end of each.

    Raises BrokenOffError where it ends too early, is damaged, or holds far more than gzip makes of text.
    """
    start = at = size = excess = 0
    engine = zlib.decompressobj(_GZIP)
    pending = b""
    while True:
        packed = pending or stream.read(_STEP)
        if not packed:
            break
        if at == start and not packed.strip(b"\0"):
            return  # padding at the end, as tapes have it
        try:
            piece = engine.decompress(packed, _STEP * 16)
        except zlib.error as error:
            raise BrokenOffError(
                "damaged", f"damaged gzip data from byte {start} on ({error}); unpack it again"
            ) from None
        pending = engine.unused_data if engine.eof else engine.unconsumed_tail
        read = len(packed) - len(pending)
        at, size = at + read, size + len(piece)
        # Over all members, or many small ones would do the harm; what honest data saves buys nothing.
        excess = max(0, excess + len(piece) - RATIO * read)
        if excess > HARMLESS:
            raise BrokenOffError(
                "bomb", f"the data around byte {at} unpacks to far more than text does; read no further"
            )
        if piece:
            yield piece
        if engine.eof:
            yield Member(start, at, size)
            start, size = at, 0
            engine = zlib.decompressobj(_GZIP)
    if at != start:
        raise BrokenOffError(
            "truncated", f"the file ends in the middle of its gzip data (from byte {start}); fetch it again"
        )


class Inflated(io.RawIOBase):
    """A gzip file as a stream of its content. What goes wrong ends the stream and stands in `trouble`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._pieces = inflated(stream)
        self._rest = memoryview(b"")
        self.trouble: BrokenOffError | None = None

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with the next bytes, and return how many they are."""
        try:
            while not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    return 0
                self._rest = memoryview(b"" if isinstance(piece, Member) else piece)
        except BrokenOffError as error:
            self.trouble = error
            return 0
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


def members(stream: BinaryIO) -> Iterator[Member]:
    """Yield the members of a gzip file. Raises BrokenOffError as `inflated` does."""
    return (piece for piece in inflated(stream) if isinstance(piece, Member))
