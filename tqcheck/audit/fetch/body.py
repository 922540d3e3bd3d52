"""Bodies of answers, unpacked as they come and cut off where they grow too large."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

from tqcheck.audit.outcomes import OutcomeError

# What we say that we understand. Of the others, one chunk could hold gigabytes.
ACCEPTED = "gzip, deflate"
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 47}
_GZIP = b"\x1f\x8b"


class Unpacker:
    """Unpacks one body. `total` is what came over the wire."""

    def __init__(self, encoding: str, most: int) -> None:
        """Raises OutcomeError for an encoding that we did not ask for."""
        names = [name.strip().lower() for name in encoding.split(",") if name.strip().lower() not in ("", "identity")]
        if len(names) > 1 or (names and names[0] not in _WINDOWS):
            raise OutcomeError("bad-encoding", f"packed as “{encoding[:40]}”, which we did not ask for")
        self._bits = _WINDOWS[names[0]] if names else 0
        self._unzip = zlib.decompressobj(self._bits) if names else None
        self._most = most
        self._out = bytearray()
        self.total = 0

    def feed(self, part: bytes) -> None:
        """Take the next bytes. Raises OutcomeError where the body is too large or no longer makes sense."""
        self.total += len(part)
        if self.total > self._most:
            raise OutcomeError("too-large", f"more than {size(self._most)} were sent")
        if self._unzip is None:
            self._out += part
            return
        try:
            while part:
                if self._unzip.eof:  # gzip files may stand behind each other
                    self._unzip = zlib.decompressobj(self._bits)
                # One byte more than is allowed shows that there is more.
                self._out += self._unzip.decompress(part, self._most + 1 - len(self._out))
                if len(self._out) > self._most:
                    raise OutcomeError("too-large", f"unpacks to more than {size(self._most)}")
                part = self._unzip.unused_data if self._unzip.eof else self._unzip.unconsumed_tail
        except zlib.error as error:
            raise OutcomeError("bad-encoding", f"cannot be unpacked ({error})") from error

    def close(self) -> bytes:
        """Return the whole body. Raises OutcomeError where its end is missing."""
        if self._unzip is not None and not self._unzip.eof and self.total:
            raise OutcomeError("bad-encoding", "the end of the packed data is missing")
        return bytes(self._out)


async def read(parts: AsyncIterator[bytes], encoding: str, most: int) -> tuple[bytes, int]:
    """Return a body and the bytes that were sent for it. Raises OutcomeError where it is too large or broken."""
    unpacker = Unpacker(encoding, most)
    async for part in parts:
        unpacker.feed(part)
    return unpacker.close(), unpacker.total


def unzipped(data: bytes, most: int) -> bytes:
    """Return the inside of a gzip file (`sitemap.xml.gz`), other data as it is. Raises OutcomeError as `read` does."""
    if not data.startswith(_GZIP):
        return data
    unpacker = Unpacker("gzip", most)
    unpacker.feed(data)
    return unpacker.close()


def size(number: int) -> str:
    """Return a size in words."""
    return f"{number / 1024 / 1024:.3g} MB" if number >= 1024 * 1024 else f"{number / 1024:.3g} kB"
