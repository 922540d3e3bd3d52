"""JSON Lines: one report a line, written as it comes."""

from __future__ import annotations

from tqcheck.model import Report
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.records import dump, record, unread


class Reporter:
    """Writes one line for each article, in input order, whether it could be read or not."""

    def __init__(self, options: Options) -> None:
        self._out = options.out
        self._signature = options.signature

    def report(self, report: Report) -> None:
        """Write the line of a report."""
        self._out.write(dump(record(report)) + "\n")
        self._out.flush()

    def missing(self, missing: Missing) -> None:
        """Write the line of an input that could not be read."""
        value = unread(missing.id, missing.path, missing.where, missing.message, self._signature)
        self._out.write(dump(value) + "\n")

    def finish(self) -> None:
        """Nothing is left to write."""
