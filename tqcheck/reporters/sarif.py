"""SARIF 2.1.0 (OASIS), for code scanning and editors. Columns are UTF-16 code units, as `columnKind`
says: what most consumers count, also those that do not read it.

Results are written as they come; what is said of the files, the rules and the run follows them.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

from tqcheck._version import __version__
from tqcheck.fingerprint import known
from tqcheck.model import Finding, Fix, Report, Span, Suppressed
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.descriptors import LEVELS, Descriptors, plain
from tqcheck.reporters.lines import utf16
from tqcheck.reporters.places import STDIN, Place, Places, unread
from tqcheck.reporters.records import dump
from tqcheck.reporters.safe import safe

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "tqcheck/v1"
# By this one GitHub knows findings again; where it is missing, it takes the words of the line.
_FINGERPRINT_OF_GITHUB = "primaryLocationLineHash"
_LONGEST_SNIPPET = 1000
# Notifications of one kind: a run over an archive must not keep them all.
_MOST = 1000


class Reporter:
    """Writes one log with one run."""

    def __init__(self, options: Options) -> None:
        self._out = options.out
        self._root = options.root
        self._signature = options.signature
        self._lead = f'{{\n"$schema": {dump(SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n"results": [\n'
        self._between = ""
        self._rules = Descriptors()
        self._artifacts: dict[str, dict[str, Any]] = {}
        self._index: dict[str, int] = {}
        self._skipped: Counter[tuple[str, str]] = Counter()
        self._told: list[dict[str, Any]] = []
        self._kinds: Counter[str] = Counter()
        self._hidden = 0

    def report(self, report: Report) -> None:
        """Write the results of a report."""
        article = report.article
        places = Places(report, utf16, self._root)
        self._artifact(places.path, report.lang)
        if places.source_path is not None and article.source is not None:
            self._artifact(places.source_path, report.source_lang or article.source_lang)
        for note in article.notes:
            self._tell("input-note", "note", note, places.path)
        for failure in report.failures:
            self._tell("rule-failed", "error", f"{failure.where}: {failure.message}", places.path, failure.where)
        self._skipped.update((skip.code, skip.reason) for skip in report.skipped)
        self._hidden += report.hidden
        keys = known(report, places.path)
        results = [self._result(report, f, places, key) for f, key in zip(report.findings, keys, strict=False)]
        for hidden, key in zip(report.suppressed, keys[len(results) :], strict=True):
            results.append(self._result(report, hidden.finding, places, key) | {"suppressions": [_suppression(hidden)]})
        for result in results:
            self._out.write(self._lead + self._between + dump(result))
            self._lead, self._between = "", ",\n"

    def missing(self, missing: Missing) -> None:
        """Tell of an input that could not be read."""
        place = unread(missing, self._root)
        self._tell("input-failed", "error", f"{missing.where}: {missing.message}", place.path, line=place.line)

    def finish(self) -> None:
        """Write what belongs to the whole run."""
        invocation = self._invocation()  # it may bring in rules of its own
        parts = {
            "columnKind": "utf16CodeUnits",
            "newlineSequences": ["\r\n", "\n"],
            "artifacts": list(self._artifacts.values()),
            "invocations": [invocation],
            "taxonomies": [self._rules.taxonomy()],
            "tool": {"driver": self._rules.driver(__version__)},
        }
        told = ",\n".join(f"{dump(name)}: {dump(value, indent=1)}" for name, value in parts.items())
        self._out.write(f"{self._lead}\n],\n{told}\n}}]\n}}\n")

    def _result(self, report: Report, finding: Finding, places: Places, key: str) -> dict[str, Any]:
        article, inside = report.article, places.inside(finding)
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": self._rules.index(finding.code, finding),
            "level": LEVELS[finding.severity],
            "message": {"text": plain(safe(finding.message + (f" ({inside})" if inside else "")))},
            "locations": [self._location(report, places.of(finding), finding.text)],
            "partialFingerprints": {_FINGERPRINT: key, _FINGERPRINT_OF_GITHUB: f"{key}:1"},
            "suppressions": [],  # where some results of a run have it, all must
        }
        if (related := self._related(report, finding, places)) is not None:
            result["relatedLocations"] = [related]
        if finding.fix is not None and article.line is None:  # in a record, the text is written as JSON
            result["fixes"] = [self._fix(finding.fix, places)]
        properties = {"severity": finding.severity.label, "confidence": finding.confidence.label, "side": finding.side}
        properties["text"] = finding.text
        if finding.source is not None and article.source is not None:
            properties["original"] = article.source[finding.source.start : finding.source.end]
        return result | {"properties": properties}

    def _related(self, report: Report, finding: Finding, places: Places) -> dict[str, Any] | None:
        """Return the stretch of the original, or where in the target such a stretch belongs."""
        if finding.side == "source":
            known = finding.insert_at is not None and places.original(Span(finding.start, finding.end)) is not None
            place, told = (places.gap(finding) if known else None), "where it belongs in the translation"
        else:
            place, told = (None if finding.source is None else places.original(finding.source)), "the original"
        if place is None:
            return None
        return {"id": 1, **self._location(report, place, None), "message": {"text": told}}

    def _location(self, report: Report, place: Place, text: str | None) -> dict[str, Any]:
        region: dict[str, Any] = _region(place)
        empty = (place.line, place.column) == (place.end_line, place.end_column)
        if text and place.column is not None and not empty and len(text) <= _LONGEST_SNIPPET:
            region["snippet"] = {"text": text}
        physical = {"artifactLocation": self._artifact(place.path), "region": region}
        location: dict[str, Any] = {"physicalLocation": physical}
        if place.column is None:
            location["logicalLocations"] = [{"name": report.article.id, "kind": "record"}]
        return location

    def _fix(self, fix: Fix, places: Places) -> dict[str, Any]:
        replacements = []
        for edit in sorted(fix.edits):
            inserted = {"insertedContent": {"text": edit.text}} if edit.text else {}
            replacements.append({"deletedRegion": _region(places.target(edit.start, edit.end)), **inserted})
        change = {"artifactLocation": self._artifact(places.path), "replacements": replacements}
        told = "a safe repair" if fix.safe else "a repair to look at first"
        return {"description": {"text": told}, "artifactChanges": [change], "properties": {"safe": fix.safe}}

    def _artifact(self, path: str, lang: str | None = None) -> dict[str, Any]:
        """Return the reference to a file, which is listed once with the languages of its articles."""
        uri = _uri(path)
        if uri not in self._artifacts:
            self._index[uri] = len(self._artifacts)
            self._artifacts[uri] = {"location": {"uri": uri}, "properties": {"languages": []}}
            if path == STDIN:
                self._artifacts[uri]["roles"] = ["standardStream"]
        languages = self._artifacts[uri]["properties"]["languages"]
        if lang is not None and lang not in languages:
            languages.append(lang)
        return {"uri": uri, "index": self._index[uri]}

    def _tell(self, kind: str, level: str, text: str, path: str, code: str = "", line: int = 1) -> None:
        self._kinds[kind] += 1
        if self._kinds[kind] <= _MOST:
            place: dict[str, Any] = {"artifactLocation": self._artifact(path)}
            if line > 1:
                place["region"] = {"startLine": line}
            location = {"physicalLocation": place}
            self._told.append({**self._notification(kind, level, text, code), "locations": [location]})

    def _notification(self, kind: str, level: str, text: str, code: str = "") -> dict[str, Any]:
        notification: dict[str, Any] = {
            "descriptor": {"id": kind},
            "level": level,
            "message": {"text": plain(safe(text))},
        }
        if self._rules.known(code):
            notification["associatedRule"] = {"id": code, "index": self._rules.index(code)}
        return notification

    def _invocation(self) -> dict[str, Any]:
        skipped = [
            self._notification("rule-skipped", "note", f"{code} did not run on {_articles(number)}: {reason}", code)
            for (code, reason), number in sorted(self._skipped.items())
        ]
        untold = [
            self._notification(kind, "note", f"{number - _MOST} more of this kind are not listed")
            for kind, number in self._kinds.items()
            if number > _MOST
        ]
        return {
            "executionSuccessful": not (self._kinds["rule-failed"] or self._kinds["input-failed"]),
            "toolExecutionNotifications": self._told + untold,
            "toolConfigurationNotifications": skipped,
            "properties": {"signature": self._signature, "hidden": self._hidden},
        }


def _suppression(hidden: Suppressed) -> dict[str, Any]:
    """A comment and the front matter stand in the file itself; all else is told from outside."""
    kind = "inSource" if hidden.by in {"comment", "front matter", "record"} else "external"
    reason = f"{hidden.by}: {hidden.reason}" if hidden.reason else hidden.by
    return {"kind": kind, "justification": plain(safe(reason))}


def _region(place: Place) -> dict[str, Any]:
    if place.column is None:
        return {"startLine": place.line}
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _uri(path: str) -> str:
    """Return a path as a URI reference (RFC 3986); a name that is no UTF-8 keeps its bytes."""
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = path.encode("utf-8", "replace")
    if path.startswith("/"):
        return f"file://{quote(name)}"
    return f"file:///{quote(name, safe='/:')}" if path[1:3] == ":/" else quote(name)


def _articles(number: int) -> str:
    return "1 article" if number == 1 else f"{number:,} articles"
