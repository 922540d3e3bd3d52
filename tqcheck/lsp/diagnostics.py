"""From a report to what an editor underlines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    DiagnosticTag,
    Location,
)
from pygls.uris import from_fs_path

from tqcheck.lsp.pages import link
from tqcheck.lsp.positions import Positions
from tqcheck.model import Confidence, Finding, Report, Severity, Span
from tqcheck.reporters.groups import anchor
from tqcheck.reporters.safe import reveal

NAME = "tqcheck"
_SEVERITIES = {
    Severity.CRITICAL: DiagnosticSeverity.Error,
    Severity.MAJOR: DiagnosticSeverity.Warning,
    Severity.MINOR: DiagnosticSeverity.Information,
}
_WORD = re.compile(r"\S+")
_LONGEST = 200
# An article of noise must not flood the editor; the command line tells all.
_MOST = 1000


class Shown(NamedTuple):
    """A diagnostic, the finding that it tells (None: a note on the file), and the stretch of the article."""

    diagnostic: Diagnostic
    finding: Finding | None
    span: Span


class Teller:
    """Makes the diagnostics of one text. `lead` is the length of what stands before the article in it;
    `related` says whether the editor shows places in other files."""

    def __init__(self, positions: Positions, lead: int = 0, related: bool = True) -> None:
        self._positions, self._lead, self._related = positions, lead, related

    def report(self, report: Report) -> list[Shown]:
        """Return the findings in the order of the text, then what should be known of the run."""
        places = sorted(((stretch(f, report.article.text), f) for f in report.findings), key=lambda pair: pair[0])
        original = None if report.article.source is None else Positions(report.article.source, self._positions.encoding)
        shown = [self._finding(f, span, report, original) for span, f in places[:_MOST]]
        notes = report.article.notes if report.words else ()
        shown += [self.note(note, DiagnosticSeverity.Information) for note in notes]
        shown += [
            self.note(f"rule {failure.where} failed: {failure.message}", DiagnosticSeverity.Warning)
            for failure in report.failures
        ]
        if len(places) > _MOST:
            rest = f"{len(places) - _MOST:,} more findings are not shown here; `tqcheck check` tells them"
            shown.append(self.note(rest, DiagnosticSeverity.Warning))
        return shown

    def note(self, message: str, severity: DiagnosticSeverity) -> Shown:
        """Return a note on the whole text, which stands on its first line."""
        start, end = self._positions.line_of(0)
        place = self._positions.range(start, end)
        return Shown(Diagnostic(place, message, severity=severity, source=NAME), None, Span(start, end))

    def _finding(self, finding: Finding, span: Span, report: Report, original: Positions | None) -> Shown:
        page = link(finding.code)
        diagnostic = Diagnostic(
            range=self._positions.range(span.start + self._lead, span.end + self._lead),
            message=finding.message,
            severity=severity(finding),
            code=finding.code,
            code_description=None if page is None else CodeDescription(page),
            source=NAME,
            tags=[DiagnosticTag.Unnecessary] if _only_in_the_way(finding) else None,
            related_information=self._beside(finding, report, original) or None,
        )
        return Shown(diagnostic, finding, span)

    def _beside(
        self, finding: Finding, report: Report, original: Positions | None
    ) -> list[DiagnosticRelatedInformation]:
        article = report.article
        span = original_stretch(finding)
        if not self._related or original is None or span is None or article.source_path is None:
            return []
        uri = from_fs_path(str(Path(article.source_path).absolute()))
        if uri is None:
            return []
        words = reveal(original.text[span.start : span.end])
        told = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
        place = original.range(*span)
        return [DiagnosticRelatedInformation(Location(uri, place), f"original: {told}")]


def severity(finding: Finding) -> DiagnosticSeverity:
    """Return the severity that an editor knows; what we are not sure of is a hint."""
    return DiagnosticSeverity.Hint if finding.confidence is Confidence.LOW else _SEVERITIES[finding.severity]


def original_stretch(finding: Finding) -> Span | None:
    """Return the stretch of the original that a finding is about."""
    return Span(finding.start, finding.end) if finding.side == "source" else finding.source


def stretch(finding: Finding, text: str) -> Span:
    """Return the stretch of the article to underline: of what it lacks, the word before the place where it
    belongs; the first word where that is not known."""
    if finding.side == "target":
        return Span(finding.start, finding.end)
    at = anchor(finding) or 0
    start = text.rfind("\n", 0, at) + 1
    before = text[max(start, at - _LONGEST) : at].rstrip()
    if before:
        end = max(start, at - _LONGEST) + len(before)
        return Span(end - len(before.split()[-1]), end)
    word = _WORD.search(text, at)
    return Span(*word.span()) if word else Span(at, at)


def _only_in_the_way(finding: Finding) -> bool:
    """True where the repair takes words out and puts nothing there: editors show such words faded."""
    return finding.fix is not None and bool(finding.text.strip()) and all(not e.text for e in finding.fix.edits)
