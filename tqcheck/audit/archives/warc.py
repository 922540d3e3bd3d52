"""Web archives (WARC): shards are runs of records; a page that came with status 200 is an article.

Packed archives are packed record by record, so that one can begin to read at each of them. Where they begin is told by
the packing itself; fastwarc reads them in the worker.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, BinaryIO

from tqcheck.audit.archives import page
from tqcheck.audit.archives.inflate import MAGIC, BrokenOffError, members
from tqcheck.audit.archives.shard import Shard, missed
from tqcheck.audit.values import Entry, Missed
from tqcheck.errors import InputError, UnavailableError

KIND = "pages"
SUFFIXES = (".warc", ".warc.gz")
# A page of this many bytes holds about one byte of text.
_MARKUP = 16
# Pages with more bytes are no articles.
_LARGEST = 16 * 1024 * 1024
_STEP = 1 << 20
_HEADER = 64 * 1024

Ends = Iterator[tuple[int, int]]


def cut(path: str, feed: str, size: int) -> Iterator[Shard | Missed]:
    """Yield the shards of a file with about `size` bytes of text each. Raises UnavailableError without fastwarc."""
    _fastwarc()
    with open(path, "rb") as stream:
        packed = stream.read(2) == MAGIC
        stream.seek(0)
        start = end = held = 0
        trouble = None
        try:
            for end, length in _packed(stream) if packed else _plain(stream):
                held += length
                if held >= size * _MARKUP:
                    yield _shard(path, feed, start, end)
                    start, held = end, 0
        except BrokenOffError as error:
            trouble = error
    if end > start:
        yield _shard(path, feed, start, end)
    if trouble is not None:
        yield trouble.missed(feed, path)
    elif end == 0:
        yield Missed(feed, path, "empty", "the web archive holds no records")


def _packed(stream: BinaryIO) -> Ends:
    """Yield where each record ends, and its size when unpacked."""
    return ((member.end, member.size) for member in members(stream))


def _plain(stream: BinaryIO) -> Ends:
    """Yield where each record ends, and its size."""
    at = length = 0
    try:
        for record in _fastwarc().ArchiveIterator(stream, parse_http=False):
            if record.stream_pos > at:
                yield record.stream_pos, record.stream_pos - at
            at, length = record.stream_pos, record.content_length
    except OSError as error:
        raise BrokenOffError("damaged", f"damaged behind byte {at} ({error}); the rest is not read") from None
    size = stream.seek(0, io.SEEK_END)
    stream.seek(at)
    block = stream.read(_HEADER).find(b"\r\n\r\n") + 4
    if size == 0:
        return
    if at + block + length > size:
        raise BrokenOffError("truncated", f"the file ends in the middle of the record at byte {at}; fetch it again")
    yield size, size - at


def _shard(path: str, feed: str, start: int, end: int) -> Shard:
    content, left = sha256(), end - start
    with open(path, "rb") as stream:
        stream.seek(start)
        while left and (piece := stream.read(min(_STEP, left))):
            content.update(piece)
            left -= len(piece)
    return Shard(KIND, feed, path, content.hexdigest(), start, end)


def entries(shard: Shard) -> Iterator[Entry | Missed]:
    """Yield the pages of a shard."""
    warc = _fastwarc()
    kinds = warc.WarcRecordType.response | warc.WarcRecordType.resource | warc.WarcRecordType.conversion
    with open(shard.path, "rb") as file:
        file.seek(shard.start)
        stream = io.BufferedReader(_Part(file, shard.end - shard.start), _STEP)
        try:
            for record in warc.ArchiveIterator(stream, record_types=kinds):
                if (item := _entry(record, shard)) is not None:
                    yield item
        except OSError as error:
            yield missed(shard, "damaged", f"a record is damaged ({error}); the rest of the shard is not read")


def _entry(record: Any, shard: Shard) -> Entry | Missed | None:
    """Return the article of a record; None where it is no page, or one that was not there."""
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    where = address or f"{shard.path} at byte {shard.start + record.stream_pos}"
    http = record.http_headers
    said = http.get("Content-Type") if http is not None else record.headers.get("Content-Type")
    kind = (said or "").partition(";")[0].strip().lower()
    if (http is not None and http.status_code != 200) or kind not in page.KINDS:
        return None
    data = record.reader.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        return Missed(shard.feed, where, "too-large", f"the page is larger than {_LARGEST >> 20} MiB")
    try:
        data = page.decoded(data, http or {}, _LARGEST)
        article = page.article(data, kind, record.http_charset if http is not None else None, address or where)
    except InputError as error:
        return Missed(shard.feed, where, "unreadable", str(error))
    return Entry(where, shard.feed, article)


class _Part(io.RawIOBase):
    """A part of a file as a file."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file, self._left = file, length

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes, and return how many they are."""
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)


def _fastwarc() -> Any:
    """Return fastwarc. Raises UnavailableError with what to install."""
    try:
        from fastwarc import warc
    except ImportError:
        raise UnavailableError('web archives need fastwarc and resiliparse: pip install "tqcheck[audit]"') from None
    return warc
