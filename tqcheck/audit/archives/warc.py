"""Web archives (WARC): shards are runs of records; a page that came with status 200 is an article.

Packed archives are packed record by record, so that one can begin to read at each of them. Where they begin is told by
the packing itself; fastwarc reads them in the worker.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, BinaryIO

from tqcheck.audit.archives import body
from tqcheck.audit.archives.inflate import MAGIC, members
from tqcheck.audit.archives.shard import Shard, missed
from tqcheck.audit.outcomes import OutcomeError
from tqcheck.audit.values import Entry, Missed
from tqcheck.errors import UnavailableError
from tqcheck.model import Article

KIND = "pages"
SUFFIXES = (".warc", ".warc.gz")
# A page of this many bytes holds about one byte of text.
_MARKUP = 16
# Pages with more bytes are no articles.
_LARGEST = 16 * 1024 * 1024
_STEP = 1 << 20
_HEADER = 64 * 1024
# Bytes that part a record from the next one, at most.
_BETWEEN = 8
_KINDS = ("text/html", "application/xhtml+xml", "text/plain")

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
        except OutcomeError as error:
            trouble = error
    if end > start:
        yield _shard(path, feed, start, end)
    if trouble is not None:
        yield Missed(feed, path, trouble.outcome, trouble.message)
    elif end == 0:
        yield Missed(feed, path, "empty", "the web archive holds no records")


def _packed(stream: BinaryIO) -> Ends:
    """Yield where each record ends, and its size when unpacked."""
    return ((member.end, member.size) for member in members(stream))


def _plain(stream: BinaryIO) -> Ends:
    """Yield where each record ends, and its size. Raises OutcomeError where one is damaged or broken off."""
    at, length = -1, 0
    trouble = None
    try:
        for record in _records(stream, parse_http=False):
            if record.stream_pos > at >= 0:
                yield record.stream_pos, record.stream_pos - at
            at, length = record.stream_pos, record.content_length
    except OutcomeError as error:
        trouble = error
    if at >= 0:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(at)
        end = at + stream.read(_HEADER).find(b"\r\n\r\n") + 4 + length
        if end > size:
            told = f"the file ends in the middle of the record at byte {at}; fetch it again"
            trouble = trouble or OutcomeError("truncated", told)
        else:
            # Older fastwarc ends at what it cannot read, and says nothing.
            if trouble is None and size - end > _BETWEEN:
                trouble = _damaged(at, "no record follows")
            yield (size if trouble is None else end), end - at
    if trouble is not None:
        raise trouble


def _records(stream: Any, **options: Any) -> Iterator[Any]:
    """Yield records. Raises OutcomeError where one is damaged: no way leads to the next."""
    at = 0
    try:
        for record in _fastwarc().ArchiveIterator(stream, **options):
            at = record.stream_pos
            yield record
    except OSError as error:
        told = str(error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust, and no `Exception`
            raise
        told = "fastwarc gave up"
    else:
        return
    raise _damaged(at, told)


def _damaged(at: int, told: str) -> OutcomeError:
    return OutcomeError("damaged", f"damaged behind the record at byte {at} ({told}); what follows is not read")


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
        stream = io.BufferedReader(_Part(file, shard.start, shard.end), _STEP)
        try:
            for record in _records(stream, record_types=kinds):
                if (item := _entry(record, shard)) is not None:
                    yield item
        except OutcomeError as error:
            yield missed(shard, error.outcome, error.message)


def _entry(record: Any, shard: Shard) -> Entry | Missed | None:
    """Return the article of a record; None where it is no page, or one that was not there."""
    from tqcheck.audit.feeds import page as pages  # on use: it needs resiliparse

    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    where = address or f"{shard.path} at byte {shard.start + record.stream_pos}"
    http = record.http_headers
    said = http.get("Content-Type") if http is not None else record.headers.get("Content-Type")
    kind = (said or "").partition(";")[0].strip().lower()
    if (http is not None and http.status_code != 200) or kind not in _KINDS:
        return None
    data = record.reader.read(_LARGEST + 1)
    try:
        if len(data) > _LARGEST:
            raise OutcomeError("too-large", f"the page is larger than {_LARGEST >> 20} MiB")
        if http is not None:
            data = body.plain(data, http.get("Transfer-Encoding") or "", http.get("Content-Encoding") or "", _LARGEST)
        page = pages.read(data, said or "", address)
    except OutcomeError as error:
        return Missed(shard.feed, where, error.outcome, error.message)
    article = Article(
        page.text, id=where, path=where, lang=page.lang, title=page.title, url=address or None, notes=page.notes
    )
    return Entry(where, shard.feed, article, page.published)


class _Part(io.RawIOBase):
    """A part of a file as a file."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file, self._start, self._end = file, start, end
        file.seek(start)

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset, and return which it is from the beginning of the part."""
        base = {io.SEEK_SET: self._start, io.SEEK_CUR: self._file.tell(), io.SEEK_END: self._end}[whence]
        return self._file.seek(max(self._start, base + offset)) - self._start

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with the next bytes, and return how many they are."""
        data = self._file.read(max(0, min(len(buffer), self._end - self._file.tell())))
        buffer[: len(data)] = data
        return len(data)


def _fastwarc() -> Any:
    """Return fastwarc. Raises UnavailableError with what to install."""
    try:
        import resiliparse  # noqa: F401
        from fastwarc import warc
    except ImportError:
        raise UnavailableError('web archives need fastwarc and resiliparse: pip install "tqcheck[audit]"') from None
    return warc
