"""JSON: one object with all reports, written piece by piece so that memory stays bounded."""

from __future__ import annotations

from tqcheck.model import Report
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.records import dump, record, unread

SCHEMA_VERSION = 1


class Reporter:
    """Writes `{"version": 1, "reports": […]}`."""

    def __init__(self, options: Options) -> None:
        self._out = options.out
        self._signature = options.signature
        self._lead = f'{{\n"version": {SCHEMA_VERSION},\n"reports": [\n'

    def report(self, report: Report) -> None:
        """Write a report."""
        self._write(record(report))

    def missing(self, missing: Missing) -> None:
        """Write an input that could not be read."""
        self._write(unread(missing.id, missing.path, missing.where, missing.message, self._signature))

    def finish(self) -> None:
        """Close the object."""
        opened = self._lead == ",\n"
        self._out.write("\n]\n}\n" if opened else self._lead + "]\n}\n")

    def _write(self, value: object) -> None:
        self._out.write(self._lead + dump(value, indent=1))
        self._lead = ",\n"
