"""From the bytes of a page, as a server sent them, to its article."""

from __future__ import annotations

import zlib
from typing import Any

from tqcheck.errors import InputError, UnavailableError
from tqcheck.model import Article

KINDS = ("text/html", "application/xhtml+xml", "text/plain")
# Signs of a page in which its head is looked for.
_CHUNK_LINE = 64


def decoded(data: bytes, headers: Any, limit: int) -> bytes:
    """Return the body of an answer without its encodings, of `limit` bytes at most.

    Raises InputError where it holds more, or has an encoding that we do not know.
    """
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        data = _joined(data)
    for name in reversed((headers.get("Content-Encoding") or "").lower().split(",")):
        data = _unpacked(data, name.strip(), limit)
    return data


def _joined(data: bytes) -> bytes:
    """Return a chunked body in one piece; what is not chunked stays: some archives join it and keep the header."""
    parts: list[bytes] = []
    at = 0
    while at < len(data):
        end = data.find(b"\r\n", at, at + _CHUNK_LINE)
        try:
            length = int(data[at:end].partition(b";")[0], 16) if end > at else -1
        except ValueError:
            length = -1
        if length < 0:
            return data if not parts else b"".join(parts)
        if length == 0:
            break
        parts.append(data[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(parts)


def _unpacked(data: bytes, name: str, limit: int) -> bytes:
    if name in {"", "identity"}:
        return data
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise InputError(f"the page is packed as “{name[:40]}”, which is not read")
    if name != "deflate" and not data.startswith(b"\x1f\x8b"):
        return data  # unpacked by the archiver, who left the header as it was
    # “deflate” comes with its header or without.
    for bits in (16 + zlib.MAX_WBITS,) if name != "deflate" else (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            text = zlib.decompressobj(bits).decompress(data, limit + 1)
        except zlib.error:
            continue
        if len(text) > limit:
            raise InputError(f"the page unpacks to more than {limit >> 20} MiB")
        return text
    raise InputError("the packed page is damaged")


def article(data: bytes, kind: str, charset: str | None, address: str) -> Article:
    """Return the article of a page: what resiliparse takes for its main content.

    Raises UnavailableError without resiliparse.
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding
        from resiliparse.parse.html import HTMLTree
    except ImportError:
        raise UnavailableError('pages need resiliparse: pip install "tqcheck[audit]"') from None
    encoding = charset or detect_encoding(data, from_html_meta=True) or "utf-8"
    try:
        raw = bytes_to_str(data, encoding)
    except LookupError:
        raw = bytes_to_str(data, detect_encoding(data) or "utf-8")
    if kind == "text/plain":
        return Article(raw, id=address, path=address, url=address)
    tree = HTMLTree.parse(raw)
    root = tree.document.query_selector("html") if tree.document is not None else None
    lang = root.getattr("lang") if root is not None else None
    text = extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False)
    return Article(
        text, id=address, path=address, url=address, lang=lang or None, title=(tree.title or "").strip() or None
    )
