"""GitHub’s workflow commands: annotations on the files of a pull request, and the job summary.

GitHub names no unit for columns; UTF-16 code units are what its pages, being JavaScript, count. The end
column is the first after the stretch. Columns are left out where a stretch spans lines, as GitHub wants.
GitHub shows ten annotations of each level for a step; all stand in the log.
"""

from __future__ import annotations

import io

from tqcheck.model import Report, Severity
from tqcheck.reporters import markdown
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.groups import fixed
from tqcheck.reporters.lines import utf16
from tqcheck.reporters.places import STDIN, Place, Places, unread
from tqcheck.reporters.safe import safe

_LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "notice"}
# Kept free in the summary for the totals, in bytes.
_TOTALS = 16 * 1024


class Reporter:
    """Writes one command a line, so that no word of an article begins a line and is a command itself."""

    def __init__(self, options: Options) -> None:
        self._out = options.out
        self._root = options.root
        self._all = options.verbose
        self._summary = options.summary
        self._room = options.room - _TOTALS
        self._body = io.StringIO()
        self._left_out = 0
        self._totals = markdown.Totals()

    def report(self, report: Report) -> None:
        """Write the annotations of a report."""
        places = Places(report, utf16, self._root)
        for failure in report.failures:
            self._write("error", Place(places.path, 1, 1), f"{failure.where} failed", failure.message)
        for finding in report.findings:
            fix, inside = fixed(finding, report.article.text), places.inside(finding)
            told = finding.message + (f" [{fix}]" if fix else "") + (f" ({inside})" if inside else "")
            place, gap = places.of(finding), places.gap(finding)
            if finding.insert_at is not None and place.path != gap.path:
                told += f" (it belongs at {gap.path}:{gap.line})"
            title = f"{finding.code} {finding.name} ({finding.confidence.label})"
            self._write(_LEVELS[finding.severity], place, title, told)
        self._totals.add(report)
        self._summarise(markdown.section(report, self._root, self._all))

    def missing(self, missing: Missing) -> None:
        """Write an input that could not be read."""
        self._write("error", unread(missing, self._root), "not checked", missing.message, missing.where)
        self._totals.missing += 1
        self._summarise(markdown.unread(missing))

    def finish(self) -> None:
        """Write the job summary."""
        if self._summary is not None:
            self._summary.write(f"## tqcheck\n\n{self._totals.text()}\n{self._body.getvalue()}")
            if self._left_out:
                self._summary.write(f"{self._left_out:,} more articles have no room here; the log has them.\n")

    def _write(self, level: str, place: Place, title: str, told: str, where: str = "") -> None:
        # The log shows the message alone, so it tells the place too.
        where = where or f"{place.path}:{place.line}" + (f":{place.column}" if place.column is not None else "")
        facts = {"title": title}
        if place.path != STDIN:
            facts |= {"file": place.path, "line": str(place.line), "endLine": str(place.end_line)}
            if place.column is not None and place.line == place.end_line:
                facts |= {"col": str(place.column), "endColumn": str(place.end_column)}
        properties = ",".join(f"{key}={_property(value)}" for key, value in facts.items())
        self._out.write(f"::{level} {properties}::{_data(f'{where}: {told}')}\n")

    def _summarise(self, text: str) -> None:
        size = len(text.encode("utf-8", "replace"))
        if self._summary is None or not text:
            return
        if size > self._room:
            self._left_out += 1
            return
        self._room -= size
        self._body.write(text)


def _data(text: str) -> str:
    """Escape what follows the command, as actions/toolkit does."""
    return safe(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
