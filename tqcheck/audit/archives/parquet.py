"""Parquet: rows become records, batch by batch; columns that are missing are named.

The rows travel with the shard: to begin in the middle of a row group, all that stands before it would have to be decoded again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tqcheck.audit.archives.inflate import HARMLESS, RATIO
from tqcheck.audit.archives.records import COLUMNS, of_rows
from tqcheck.audit.archives.shard import Shard
from tqcheck.audit.values import Missed
from tqcheck.errors import UnavailableError
from tqcheck.readers.jsonl import LONGEST

if TYPE_CHECKING:
    from pyarrow import Schema
    from pyarrow.parquet import ParquetFile

# Rows that are decoded at a time.
_BATCH = 64
_TOLD = 20


def cut(path: str, feed: str, size: int) -> Iterator[Shard | Missed]:
    """Yield the shards of a file, about `size` bytes each, with their rows. Raises UnavailableError without pyarrow."""
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise UnavailableError('Parquet needs pyarrow: pip install "tqcheck[parquet]"') from None

    try:
        # A text that occurs often is held once, however many rows point to it.
        with open(path, "rb") as stream, ParquetFile(
            stream, read_dictionary=list(COLUMNS), buffer_size=1 << 20, pre_buffer=False
        ) as table:
            trouble = _columns(table.schema_arrow) or _bomb(table)
            if trouble is not None:
                yield Missed(feed, path, *trouble)
                return
            yield from of_rows(_rows(table), path, feed, size)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        yield Missed(feed, path, "damaged", f"not a Parquet file that can be read: {str(error)[:200]}")
