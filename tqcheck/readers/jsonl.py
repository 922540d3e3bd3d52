"""JSON Lines: one article a line, streamed; a line that is no article costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from tqcheck.errors import InputError
from tqcheck.model import Article, Suppression
from tqcheck.readers.base import Unread, language, told
from tqcheck.readers.prose import unbroken

# Longer than any article; a file without line breaks must not fill the memory.
LONGEST = 32 * 1024 * 1024
TOO_LONG = b"\xff"
BINARY = "not a JSON Lines file but binary data; unpack or export it as UTF-8 text"
_OPTIONAL = ("lang", "source", "source_lang", "title", "url")
_BOM = b"\xef\xbb\xbf"
_NOT_TEXT = (b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b", b"PK\x03\x04", b"PAR1")


def read(stream: BinaryIO, path: str, first: int = 1) -> Iterator[Article | Unread]:
    """Yield the article of each line, or an `Unread` that names the line; `first` is the number of the first."""
    return (item for _at, _number, item in places(stream, path, first))


def places(stream: BinaryIO, path: str, first: int = 1) -> Iterator[tuple[int, int, Article | Unread]]:
    """Yield the offset and the number of each line with what `read` yields."""
    at = 0
    for number, size, line in lines(stream, first):
        start, at = at, at + size
        if number == 1 and binary(line):
            yield start, number, Unread(path, path, BINARY, path)
            return
        if line.removeprefix(_BOM if number == 1 else b"").strip():
            yield start, number, _item(line, number, path)


def line_at(stream: BinaryIO, start: int, number: int, path: str) -> Article | Unread:
    """Return what stands on the line that begins at an offset."""
    stream.seek(start)
    return _item(stream.readline(LONGEST), number, path)


def _item(line: bytes, number: int, path: str) -> Article | Unread:
    try:
        return _article(line.removeprefix(_BOM) if number == 1 else line, number, path)
    except Exception as error:  # one line must never cost the others
        return Unread(str(number), f"{path}:{number}", told(error), path)


def binary(line: bytes) -> bool:
    """Tell whether the first line of a file shows that it holds no JSON Lines at all."""
    return line.startswith(_NOT_TEXT) or b"\0" in line[:4096]


def lines(stream: BinaryIO, first: int = 1) -> Iterator[tuple[int, int, bytes]]:
    """Yield number, size in bytes and content of each line; one that is too long comes as `TOO_LONG`."""
    number = first - 1
    while line := stream.readline(LONGEST):
        number += 1
        size = len(line)
        if size == LONGEST and not line.endswith(b"\n"):
            while rest := stream.readline(LONGEST):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
            line = TOO_LONG  # reported as unreadable below, with its number
        yield number, size, line


def _article(line: bytes, number: int, path: str) -> Article:
    record = _record(line)
    text = record.get("text")
    if not isinstance(text, str):
        given = "no “text”" if text is None else f"“text” is {_kind(text)}"
        raise InputError(f"{given}; each record needs “text”, a string with the article")
    values: dict[str, Any] = {}
    for key in _OPTIONAL:
        value = record.get(key)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise InputError(f"“{key}” is {_kind(value)}; it must be a string")
        values[key] = language(value) if key in {"lang", "source_lang"} else value
    if (codes := record.get("ignore")) is not None:
        values["suppressions"] = (_ignored(codes),)
    given_id = record.get("id", number)
    if not isinstance(given_id, str | int) or isinstance(given_id, bool):
        raise InputError(f"“id” is {_kind(given_id)}; it must be a string or a whole number")
    notes = () if text.strip() else ("the article has no text",)
    return Article(text, id=str(given_id), path=path, prose=unbroken(text), notes=notes, line=number, **values)


def _ignored(codes: object) -> Suppression:
    if not isinstance(codes, list) or not codes or not all(isinstance(code, str) and code.strip() for code in codes):
        raise InputError('“ignore” must be a list of rules such as ["CAS101", "QUO"]')
    return Suppression("ignore", tuple(code.strip() for code in codes), "", "record")


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        if line == TOO_LONG:
            raise InputError(f"the line is longer than {LONGEST >> 20} MiB; one line holds one article") from None
        raise InputError(f"not UTF-8 at byte {error.start + 1} of the line; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise InputError(f"not valid JSON: {error.msg} at column {error.colno}; one line holds one object") from None
    except (ValueError, RecursionError):
        raise InputError("not usable JSON: a number is too long or values are nested too deep") from None
    if not isinstance(record, dict):
        raise InputError(f'the line holds {_kind(record)}, not an object such as {{"id": …, "text": …}}')
    return record


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "a list" if isinstance(value, list) else "an object"
