"""From files to a glossary: tables (CSV, TSV) and TBX."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import PurePath

from tqcheck.errors import ConfigError, InputError
from tqcheck.glossary import Glossary, joined, uncollected
from tqcheck.readers.files import decode
from tqcheck.readers.glossary import table, tbx
from tqcheck.readers.glossary.rows import Rows

_LARGEST = 64 * 1024 * 1024
_TBX = (".tbx", ".tbxm", ".xml")


def read(paths: Sequence[str]) -> Glossary:
    """Return the glossary of the files, read again only when one has changed.

    Raises ConfigError, with the file and the line, for a file that cannot be used at all; single rows
    that cannot be used are among the `problems`.
    """
    return _all(tuple(_state(path) for path in paths))


def _state(path: str) -> tuple[str, int, int]:
    try:
        state = os.stat(path)
    except (OSError, ValueError) as error:
        told = "no such file" if isinstance(error, FileNotFoundError) else getattr(error, "strerror", str(error))
        raise ConfigError(f"{path}: {told}; check the path of the glossary") from error
    if os.path.isdir(path):
        raise ConfigError(f"{path}: a folder; name each glossary file of it")
    return path, state.st_mtime_ns, state.st_size


# What a process checks with at a time is one glossary, or one a folder.
@lru_cache(maxsize=4)
def _all(states: tuple[tuple[str, int, int], ...]) -> Glossary:
    return joined([_one(*state) for state in states])


@lru_cache(maxsize=8)
def _one(path: str, _changed: int, _size: int) -> Glossary:
    try:
        with open(path, "rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{path}: the glossary cannot be read: {error.strerror}") from error
    if len(data) > _LARGEST:
        raise ConfigError(f"{path}: larger than {_LARGEST >> 20} MiB; split the glossary into several files")
    with uncollected():
        return _read(path, data)


def _read(path: str, data: bytes) -> Glossary:
    rows = Rows(path)
    if PurePath(path).suffix.lower() in _TBX or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        tbx.read(data, rows)
    else:
        try:
            text, notes = decode(data)
        except InputError as error:
            raise ConfigError(f"{path}: {error}; a glossary is a table (CSV, TSV) or a TBX file") from error
        for note in notes:
            rows.problem(None, note)
        table.read(text, rows)
    return rows.glossary(blake2b(data, digest_size=4).hexdigest())
