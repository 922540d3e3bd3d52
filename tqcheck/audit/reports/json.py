"""The whole summary as JSON, for programs."""

from __future__ import annotations

from tqcheck.audit.reports import Options
from tqcheck.audit.summary import Summary, plain
from tqcheck.reporters.records import dump


def write(summary: Summary, options: Options) -> None:
    """Write one object."""
    options.out.write(dump(plain(summary), indent=2) + "\n")
