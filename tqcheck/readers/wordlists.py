"""Files of words that a house accepts or rejects: one a line, `#` begins a comment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache

from tqcheck.errors import ConfigError, InputError
from tqcheck.readers.files import decode

_LARGEST = 4 * 1024 * 1024
_MOST = 20_000


def accepted(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the words of some files. Raises ConfigError for a file that cannot be used."""
    return tuple(line for path in paths for _number, line in _lines(*_state(path)))


def rejected(paths: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the words of some files, each with what to write instead (`utilise = use`), which may be empty.

    Raises ConfigError, with the file and the line, for what cannot be used.
    """
    found = []
    for path in paths:
        for number, line in _lines(*_state(path)):
            word, _sign, instead = (part.strip() for part in line.partition("="))
            if not word or word == instead:
                raise ConfigError(f"{path}:{number}: write a word, or “word = what to write instead”")
            found.append((word, instead))
    return tuple(found)


def _state(path: str) -> tuple[str, int, int]:
    try:
        state = os.stat(path)
    except (OSError, ValueError) as error:
        told = "no such file" if isinstance(error, FileNotFoundError) else getattr(error, "strerror", str(error))
        raise ConfigError(f"{path}: {told}; check the path of the word list") from error
    return path, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=16)
def _lines(path: str, _changed: int, size: int) -> tuple[tuple[int, str], ...]:
    if os.path.isdir(path):
        raise ConfigError(f"{path}: a folder; name each word list of it")
    if size > _LARGEST:
        raise ConfigError(f"{path}: larger than {_LARGEST >> 20} MiB; a word list has one word a line")
    try:
        with open(path, "rb") as stream:
            text, _notes = decode(stream.read(_LARGEST))
    except OSError as error:
        raise ConfigError(f"{path}: the word list cannot be read: {error.strerror}") from error
    except InputError as error:
        raise ConfigError(f"{path}: {error}; a word list is plain text") from error
    lines = [(number, line.partition("#")[0].strip()) for number, line in enumerate(text.split("\n"), 1)]
    found = tuple((number, line) for number, line in lines if line)
    if len(found) > _MOST:
        raise ConfigError(f"{path}: more than {_MOST:,} words; shorten the list")
    return found
