"""Open the file of a store: tell ours from others', bring an old one up to date, keep a damaged one aside.

Nothing is ever deleted or written over: a damaged file is renamed, and its owner told where it lies.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tqcheck.audit.lock import Lock
from tqcheck.audit.schema import APPLICATION, SCRIPTS, VERSION
from tqcheck.errors import ConfigError, TqcheckError

_MAGIC = b"SQLite format 3\0"
# Seconds to wait for a reader that holds up a checkpoint.
_PATIENCE = 10.0
# Bytes up to which the whole file is looked through each time; a larger one only after a run that did not end.
_QUICK = 64 << 20
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class StoreError(TqcheckError):
    """The store cannot go on: no room, no right to write, a damaged file."""


class DamagedError(StoreError):
    """The file of the store is damaged; `reason` says how that was seen."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: the store is damaged ({reason}); the next `tqcheck audit run` keeps it aside and begins a new one"
        )
        self.reason = reason


def write(path: Path, create: bool) -> tuple[sqlite3.Connection, Lock, str | None]:
    """Return a connection that may write, the lock it holds, and what is to be told of a damaged file.

    Raises ConfigError for a file that is no store, is of a newer tqcheck, or has a writer already;
    StoreError where nothing can be written.
    """
    if not create and not path.exists():
        raise ConfigError(f"{path}: no such store; `tqcheck audit run` makes one")
    lock = _recognise(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not lock.take():
            raise ConfigError(f"{path}: another audit is writing to this store{_holder(path)}; wait until it has ended")
    except (sqlite3.Error, OSError) as error:
        raise trouble(error, path) from error
    try:
        try:
            return _ready(path), lock, None
        except DamagedError as error:
            kept = set_aside(path)
            told = f"{path}: the store was damaged ({error.reason}); it was kept as {kept}, and a new one is begun"
            return _ready(path), lock, told
    except BaseException:
        lock.release()
        raise


def read(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads, even from a disk on which nothing can be written.

    Raises ConfigError for a file that is missing, no store, or of another version; StoreError for a damaged one.
    """
    if not path.exists():
        raise ConfigError(f"{path}: no such store; `tqcheck audit run` makes one")
    _recognise(path)
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = _connect(address)
    try:
        try:
            version = _version(connection, path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
                raise
            # The files of the write-ahead log cannot be made there; and nobody else can write there either.
            connection.close()
            connection = _connect(f"{address}&immutable=1")
            version = _version(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise trouble(error, path) from error
    if version < VERSION:
        connection.close()
        raise ConfigError(
            f"{path}: of an older tqcheck (schema {version}, not {VERSION}); the next `tqcheck audit run` converts it"
        )
    return connection


def set_aside(path: Path) -> Path:
    """Rename a damaged store, with its log, and return its new name."""
    number = 1
    while (kept := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(kept.with_name(kept.name + suffix))
    return kept


def trouble(error: Exception, path: Path) -> StoreError:
    """Return what to tell of an error of SQLite or the system: what is wrong, and what to do."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGED:
            return DamagedError(path, str(error))
        if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
            return StoreError(
                f"{path}: the disk is full or failing ({error}); make room and run it again, what was finished is kept"
            )
        if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
            return StoreError(f"{path}: cannot be written ({error}); name a store in a folder that you may write to")
        return StoreError(f"{path}: {error}")
    what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return StoreError(f"{path}: cannot be written ({what}); name a store in a folder that you may write to")


def _recognise(path: Path) -> Lock:
    """Return the lock of a store. Raises ConfigError for a file that was never one: it must not be renamed as
    damaged."""
    try:
        if path.is_dir():
            raise ConfigError(f"{path}: this is a folder; name a file, as in {path / 'audit.sqlite'}")
        lock = Lock(path)
        if not path.exists():
            return lock
        with path.open("rb") as file:
            begin = file.read(72)
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    # What was opened as a store before is one, whatever became of it.
    known = lock.path.exists() or not begin
    marked = begin.startswith(_MAGIC) and (len(begin) < 72 or int.from_bytes(begin[68:]) == APPLICATION)
    if not known and not marked:
        raise ConfigError(f"{path}: this is no store of tqcheck; name another file")
    return lock


def _ready(path: Path) -> sqlite3.Connection:
    connection = None
    try:
        connection = _connect(path.absolute().as_uri())
        # Readers never wait; a crash of the machine may cost the last transaction, not the file.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        version = _version(connection, path)
        _migrate(connection, version)
        _look_through(connection, path)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise trouble(error, path) from error
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        connection.close()
        raise ConfigError(
            f"{path}: of a newer tqcheck (schema {version}; this one knows {VERSION}): upgrade, or name another store"
        )
    return version


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Run the scripts that the store has not seen, each whole or not at all."""
    for number, script in enumerate(SCRIPTS[version:], version + 1):
        marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {number};"
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {script} {marks} COMMIT;")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _look_through(connection: sqlite3.Connection, path: Path) -> None:
    unfinished = connection.execute("SELECT 1 FROM runs WHERE state = 'running' LIMIT 1").fetchone()
    if unfinished or path.stat().st_size <= _QUICK:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise DamagedError(path, " ".join(said.split()))


def _holder(path: Path) -> str:
    """Return which run it is that writes, where that can be read."""
    try:
        connection = _connect(f"{path.absolute().as_uri()}?mode=ro")
        row = connection.execute(
            "SELECT id, began, process FROM runs WHERE state = 'running' ORDER BY id DESC"
        ).fetchone()
        connection.close()
    except sqlite3.Error:
        return ""
    return "" if row is None else f" (run {row[0]}, since {row[1]}, process {row[2]})"
