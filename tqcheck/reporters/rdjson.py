"""rdjson, the Reviewdog Diagnostic Format. Columns are bytes of UTF-8, from 1, ends excluded; so its
definition has it (proto/rdf/reviewdog.proto).

Reviewdog posts a message as Markdown: a mention in it must call nobody.
"""

from __future__ import annotations

from typing import Any

from tqcheck.model import Edit, Fix, Report, Severity
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.lines import utf8
from tqcheck.reporters.markup import quiet
from tqcheck.reporters.places import Place, Places, unread
from tqcheck.reporters.records import dump
from tqcheck.reporters.safe import safe

_LEVELS = {Severity.CRITICAL: "ERROR", Severity.MAJOR: "WARNING", Severity.MINOR: "INFO"}


class Reporter:
    """Writes one `DiagnosticResult`."""

    def __init__(self, options: Options) -> None:
        self._out = options.out
        self._root = options.root
        self._lead = '{"source": {"name": "tqcheck"},\n"diagnostics": [\n'
        self._between = ""

    def report(self, report: Report) -> None:
        """Write the diagnostics of a report."""
        article = report.article
        places = Places(report, utf8, self._root)
        for failure in report.failures:
            told = f"the rule failed: {failure.message}"
            self._write(told, "WARNING", {"path": places.path}, {"code": {"value": failure.where}})
        for finding in report.findings:
            inside = places.inside(finding)
            more: dict[str, Any] = {"code": {"value": finding.code}}
            if finding.fix is not None and article.line is None:
                edit = merged(finding.fix, article.text)
                place = places.target(edit.start, edit.end)
                more["suggestions"] = [{"range": _range(place), "text": edit.text}]
            place = places.of(finding)
            told = finding.message + (f" ({inside})" if inside else "")
            self._write(told, _LEVELS[finding.severity], {"path": place.path, "range": _range(place)}, more)

    def missing(self, missing: Missing) -> None:
        """Write an input that could not be read."""
        place = unread(missing, self._root)
        location = {"path": place.path, "range": _range(place)}
        self._write(f"not checked: {missing.where}: {missing.message}", "ERROR", location, {})

    def finish(self) -> None:
        """Close the object."""
        self._out.write(f"{self._lead}\n]}}\n")

    def _write(self, told: str, level: str, location: dict[str, Any], more: dict[str, Any]) -> None:
        diagnostic = {"message": quiet(safe(told)), "location": location, "severity": level, **more}
        self._out.write(self._lead + self._between + dump(diagnostic))
        self._lead, self._between = "", ",\n"


def merged(fix: Fix, text: str) -> Edit:
    """Return the edits of a fix as one: suggestions are taken one by one, a fix is taken whole."""
    start, end = min(e.start for e in fix.edits), max(e.end for e in fix.edits)
    moved = Fix(tuple(Edit(e.start - start, e.end - start, e.text) for e in fix.edits))
    return Edit(start, end, moved.apply(text[start:end]))


def _range(place: Place) -> dict[str, Any]:
    if place.column is None:
        return {"start": {"line": place.line}}
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
