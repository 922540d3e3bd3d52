"""Parquet: rows become records, batch by batch; columns that are missing are named.

The rows travel with the shard: to begin in the middle of a row group, all that stands before it would have to be
decoded again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tqcheck.audit.archives.inflate import HARMLESS, RATIO
from tqcheck.audit.archives.records import COLUMNS, cut_lines, line
from tqcheck.audit.archives.shard import Shard
from tqcheck.audit.values import Missed
from tqcheck.errors import UnavailableError
from tqcheck.readers.jsonl import LONGEST, TOO_LONG

if TYPE_CHECKING:
    from pyarrow import Schema
    from pyarrow.parquet import FileMetaData, ParquetFile

SUFFIXES = (".parquet", ".pq")
# Stands in the files of `tqcheck audit export`, which hold no articles to be checked.
OWN = {"tqcheck": "export"}
# Columns of a file that a message names.
_TOLD = 20


def cut(path: str, feed: str, size: int) -> Iterator[Shard | Missed]:
    """Yield the shards of a file, about `size` bytes each, with their rows. Raises UnavailableError without pyarrow."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise UnavailableError(f'{path}: Parquet needs pyarrow: pip install "tqcheck[parquet]"') from None
    with open(path, "rb") as stream:
        try:
            table = ParquetFile(stream)
            trouble = _own(table.schema_arrow) or _columns(table.schema_arrow) or _bomb(table.metadata)
            if trouble is not None:
                yield Missed(feed, path, *trouble)
                return
            table = ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
            yield from cut_lines(_lines(table), path, feed, size)
        except (ArrowException, OSError, ValueError) as error:
            told = f"the Parquet file cannot be read: {str(error)[:200]}; write it again, or export it as JSON Lines"
            yield Missed(feed, path, "damaged", told)


def _lines(table: ParquetFile) -> Iterator[tuple[int, int, bytes]]:
    columns = [name for name in COLUMNS if name in table.schema_arrow.names]
    # Row by row: many rows may point to one huge text, and as a batch each would hold it.
    for number, row in enumerate(table.iter_batches(1, columns=columns, use_threads=False), 1):
        if row.nbytes > LONGEST:
            yield number, row.nbytes, TOO_LONG
        else:
            record = line({name: row.column(name)[0].as_py() for name in columns})
            yield number, len(record), record


def _own(schema: Schema) -> tuple[str, str] | None:
    known = {key.encode(): value.encode() for key, value in OWN.items()}
    return (
        ("own-report", "an export of tqcheck, no articles")
        if known.items() <= (schema.metadata or {}).items()
        else None
    )


def _columns(schema: Schema) -> tuple[str, str] | None:
    """Return what is wrong with the columns of a file, each by its name; None where all fit."""
    wrong = [_wrong(name, schema.field(name).type) for name in COLUMNS if name in schema.names]
    found = ", ".join(f"“{name[:40]}”" for name in schema.names[:_TOLD]) or "none"
    if "text" not in schema.names:
        wrong.insert(0, f"the column “text” (strings, the articles) is missing; the file has {found}")
    told = [each for each in wrong if each is not None]
    if not told:
        return None
    read = ", ".join(COLUMNS[1:])
    return "missing-columns", f"{'; '.join(told)}. Rename or convert them; read are text and, where they are, {read}"


def _wrong(name: str, kind: Any) -> str | None:
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    if types.is_null(kind) or types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return None
    if name == "id" and types.is_integer(kind):
        return None
    return f"the column “{name}” holds {kind}, not strings"


def _bomb(metadata: FileMetaData) -> tuple[str, str] | None:
    """Return what is said of a file that holds far more than its size lets expect; None for all others."""
    for group in range(metadata.num_row_groups):
        columns = metadata.row_group(group)
        for number in range(columns.num_columns):
            column = columns.column(number)
            packed, size = column.total_compressed_size, column.total_uncompressed_size
            if column.path_in_schema in COLUMNS and size > HARMLESS and size > RATIO * packed:
                return "bomb", f"“{column.path_in_schema}” unpacks to more than {RATIO} times its size; it is not read"
    return None
