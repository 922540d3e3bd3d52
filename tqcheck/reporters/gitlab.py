"""GitLab’s Code Quality report: a JSON array of findings, each at lines of a file.

Only lines: GitLab reads no columns. A fingerprint occurs once, for GitLab drops the second.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from tqcheck.fingerprint import digest, known
from tqcheck.model import Report, Severity
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.groups import fixed
from tqcheck.reporters.places import Place, Places, unread
from tqcheck.reporters.records import dump
from tqcheck.reporters.safe import safe

# Of info, minor, major, critical and blocker.
_LEVELS = {Severity.CRITICAL: "critical", Severity.MAJOR: "major", Severity.MINOR: "minor"}


class Reporter:
    """Writes `[…]`, one entry a finding and one for all that failed."""

    def __init__(self, options: Options) -> None:
        self._out = options.out
        self._root = options.root
        self._lead = "[\n"
        self._seen: Counter[str] = Counter()

    def report(self, report: Report) -> None:
        """Write the entries of a report."""
        places = Places(report, len, self._root)
        for failure in report.failures:
            told = f"The rule {failure.where} failed: {failure.message}"
            self._failed("rule-failed", "major", told, Place(places.path, 1, 1))
        for finding, key in zip(report.findings, known(report, places.path), strict=False):
            fix, inside = fixed(finding, report.article.text), places.inside(finding)
            told = f"{finding.code} {finding.name}: {finding.message}"
            told += (f" [{fix}]" if fix else "") + (f" ({inside})" if inside else "")
            self._write(finding.code, _LEVELS[finding.severity], told, places.of(finding), key)

    def missing(self, missing: Missing) -> None:
        """Write an input that could not be read: nothing is known of it, so it blocks."""
        told = f"Not checked: {missing.where}: {missing.message}"
        self._failed("input-failed", "blocker", told, unread(missing, self._root))

    def finish(self) -> None:
        """Close the array."""
        self._out.write("\n]\n" if self._lead == ",\n" else "[]\n")

    def _failed(self, check: str, level: str, told: str, place: Place) -> None:
        self._write(check, level, told, place, digest(check, place.path, told))

    def _write(self, check: str, level: str, told: str, place: Place, key: str) -> None:
        again = self._seen[key]
        self._seen[key] += 1
        entry: dict[str, Any] = {
            "description": safe(told),
            "check_name": check,
            "fingerprint": digest(key, str(again)) if again else key,
            "severity": level,
            "location": {"path": place.path, "lines": {"begin": place.line, "end": place.end_line}},
        }
        self._out.write(self._lead + dump(entry))
        self._lead = ",\n"
