"""One writer at a time: a second audit on the same store is told so instead of waiting or counting twice."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Lock:
    """A lock that every system has and that goes with the process that holds it, however it ends.

    It is an exclusive transaction on an empty database beside the store. The store itself could not be locked so:
    reports are read from it while an audit writes. Forked workers do not keep it alive, as they would keep `flock`.
    """

    def __init__(self, store: Path) -> None:
        """Take the path of the store; the lock is not yet held."""
        self.path = store.with_name(store.name + "-lock")
        self._connection: sqlite3.Connection | None = None

    def take(self) -> bool:
        """Take the lock; False where another process has it. Raises sqlite3.Error where no file can be written."""
        connection = sqlite3.connect(self.path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                return False
            raise
        self._connection = connection
        return True

    def release(self) -> None:
        """Let another process have it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
