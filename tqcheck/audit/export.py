"""Write a store as Parquet: one file a table, for DuckDB, pandas and Spark."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqcheck.audit.archives.parquet import OWN
from tqcheck.errors import ConfigError, UnavailableError

if TYPE_CHECKING:
    from pyarrow import Schema

# File → its query. Each line says by itself what it is about, so that most questions need no join.
TABLES = {
    "runs": "SELECT r.id AS run, r.began, r.ended, r.state, r.inputs, s.signature AS rules "
    "FROM runs r JOIN rulesets s ON s.id = r.rules ORDER BY r.id",
    "fetches": "SELECT t.run, f.name AS feed, t.address, t.at, t.outcome, t.status, t.size, t.seconds, t.message "
    "FROM fetches t JOIN feeds f ON f.id = t.feed ORDER BY t.id",
    "misses": "SELECT m.run, f.name AS feed, m.place, m.outcome, m.message "
    "FROM misses m JOIN feeds f ON f.id = m.feed ORDER BY m.rowid",
    "listings": "SELECT f.name AS feed, a.key AS article, l.run AS last_run FROM listings l "
    "JOIN feeds f ON f.id = l.feed JOIN articles a ON a.id = l.article ORDER BY f.name, a.key",
    "articles": "SELECT v.id AS version_id, a.key AS article, f.name AS feed, v.number AS version, "
    "v.id = a.version AS newest, v.run, r.began AS seen, v.text_hash, v.copy, s.signature AS rules, v.lang, "
    "v.source_lang, v.words, v.score, v.title, v.published, v.origin, "
    "(SELECT count(*) FROM findings x WHERE x.version = v.id) AS findings "
    "FROM versions v JOIN articles a ON a.id = v.article JOIN feeds f ON f.id = a.feed "
    "JOIN runs r ON r.id = v.run JOIN rulesets s ON s.id = v.rules ORDER BY v.id",
    "findings": "SELECT v.id AS version_id, a.key AS article, f.name AS feed, v.number AS version, v.run, v.lang, "
    "x.fingerprint, x.code, x.category, x.severity, x.confidence, x.message, x.start, x.stop, x.text, x.context, "
    "x.suggestion FROM findings x JOIN versions v ON v.id = x.version JOIN articles a ON a.id = v.article "
    "JOIN feeds f ON f.id = a.feed ORDER BY x.rowid",
}
_WHOLE = {
    "run",
    "version_id",
    "version",
    "newest",
    "copy",
    "words",
    "findings",
    "status",
    "size",
    "start",
    "stop",
    "last_run",
}
_REAL = {"score", "seconds"}
_ROWS = 50_000


def export(db: sqlite3.Connection, folder: Path) -> dict[str, int]:
    """Write the tables into a folder, and return how many lines each has. A file appears once it is whole.

    Raises UnavailableError without pyarrow, ConfigError where nothing can be written.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise UnavailableError('the export needs pyarrow: pip install "tqcheck[parquet]"') from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return {name: _write(db, query, folder / f"{name}.parquet") for name, query in TABLES.items()}
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written ({error.strerror}); name another folder") from error


def _write(db: sqlite3.Connection, query: str, path: Path) -> int:
    from pyarrow import RecordBatch
    from pyarrow.parquet import ParquetWriter

    cursor = db.execute(query)
    schema = _schema([column[0] for column in cursor.description])
    part = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}.part")
    count = 0
    try:
        with ParquetWriter(part, schema, compression="zstd") as writer:
            for rows in _batches(cursor):
                columns = [list(column) for column in zip(*rows, strict=True)]
                writer.write_batch(
                    RecordBatch.from_pydict(dict(zip(schema.names, columns, strict=True)), schema=schema)
                )
                count += len(rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _batches(cursor: sqlite3.Cursor) -> Iterator[list[Any]]:
    while rows := cursor.fetchmany(_ROWS):
        yield rows


def _schema(names: list[str]) -> Schema:
    import pyarrow

    kinds = {
        **dict.fromkeys(_WHOLE, pyarrow.int64()),
        **dict.fromkeys(_REAL, pyarrow.float64()),
    }
    return pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in names], metadata=OWN)
