"""Reports of a store, one form a file. Each writes a `Summary` to a stream; a form is imported on use."""

from __future__ import annotations

import importlib
import sqlite3
from dataclasses import dataclass
from typing import TextIO

from tqcheck.audit.summary import Summary

# Form → its module in this package.
FORMATS = {
    "terminal": "terminal",
    "json": "json",
    "html": "html",
    "markdown": "markdown",
    "csv": "csv",
    "atom": "atom",
}


@dataclass(frozen=True, slots=True)
class Options:
    """Where a report goes, how wide it may be, whether in colour; `db` is the store, for what a summary leaves out."""

    out: TextIO
    db: sqlite3.Connection
    width: int = 100
    color: bool = False


def write(format_: str, summary: Summary, options: Options) -> None:
    """Write a report in one of the forms of `FORMATS`."""
    importlib.import_module(f"tqcheck.audit.reports.{FORMATS[format_]}").write(summary, options)
