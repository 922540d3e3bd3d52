"""Where the bytes of an input come from and where their new version goes."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable
from typing import BinaryIO, Protocol

from tqcheck.cli import atomic

# More than this of standard input waits on disk.
_IN_MEMORY = 16 * 1024 * 1024


class Store(Protocol):
    """An input that can be read again and replaced."""

    def open(self) -> BinaryIO:
        """Return the bytes from the beginning."""

    def obstacle(self) -> str | None:
        """Return why it cannot be replaced, None where it can."""

    def write(self, chunks: Iterable[bytes]) -> None:
        """Replace it. Raises OSError, or InputError where somebody else has changed it since `open`."""


class FileStore:
    """A file, replaced in one step."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._state: atomic.State | None = None

    def open(self) -> BinaryIO:
        """Open it and remember which version this is."""
        self._state = atomic.state(self._path)
        return open(self._path, "rb")

    def obstacle(self) -> str | None:
        """Say what forbids writing."""
        return atomic.obstacle(self._path)

    def write(self, chunks: Iterable[bytes]) -> None:
        """Write the new version, if the old one is still what was opened."""
        atomic.replace(self._path, chunks, self._state or atomic.state(self._path))


class Standard:
    """Standard input, kept so that it can be read twice; its new version goes to standard output."""

    def __init__(self, name: str) -> None:
        """Read standard input to its end; `name` is what its articles are called."""
        self.name = name
        # As a file without a name: it goes with the process.
        self._spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        if sys.stdin is not None:
            shutil.copyfileobj(sys.stdin.buffer, self._spool)

    def open(self) -> BinaryIO:
        """Return the bytes from the beginning."""
        self._spool.seek(0)
        return _Open(self._spool)  # type: ignore[return-value]

    def obstacle(self) -> str | None:
        """Say so where nobody reads."""
        return None if sys.stdout is not None else "standard output is closed"

    def write(self, chunks: Iterable[bytes]) -> None:
        """Write to standard output."""
        sys.stdout.flush()
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()


class _Open:
    """A stream that its reader may close while we still need it."""

    def __init__(self, stream: tempfile.SpooledTemporaryFile[bytes]) -> None:
        self.read, self.readline = stream.read, stream.readline

    def __enter__(self) -> _Open:
        return self

    def __exit__(self, *_: object) -> None:
        """Stay open."""
