"""From the bytes of an answer, as an archive keeps them, to the page."""

from __future__ import annotations

from tqcheck.audit.fetch.body import Unpacker

# How long the line may be that tells the size of a chunk.
_CHUNK_LINE = 64


def plain(data: bytes, transfer: str, encoding: str, most: int) -> bytes:
    """Return a body without its encodings. Raises OutcomeError where it holds more than `most` bytes, is damaged, or
    has an encoding that we do not know.

    Some archives take the encodings away and leave the headers as they were: what does not have one stays as it is.
    """
    if "chunked" in transfer.lower():
        data = _joined(data)
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    if not names or (names[-1].endswith("gzip") and not data.startswith(b"\x1f\x8b")):
        return data
    unpacker = Unpacker(encoding, most)
    unpacker.feed(data)
    return unpacker.close()


def _joined(data: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while at < len(data):
        end = data.find(b"\r\n", at, at + _CHUNK_LINE)
        try:
            length = int(data[at:end].partition(b";")[0], 16) if end > at else -1
        except ValueError:
            length = -1
        if length < 0:
            return b"".join(parts) if parts else data
        if length == 0:
            break
        parts.append(data[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(parts)
