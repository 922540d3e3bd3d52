"""Concise: one line a finding, for editors and grep."""

from __future__ import annotations

from tqcheck.model import Report
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.groups import anchor, fixed
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.safe import safe


class Reporter:
    """Writes `path:line:column: CODE name severity/confidence message [fix]`."""

    def __init__(self, options: Options) -> None:
        self._out = options.out

    def report(self, report: Report) -> None:
        """Write the findings of a report, in the order of the text."""
        article, lines = report.article, Lines(report.article.text)
        where = safe(article.path or article.id or "-")
        if article.id and article.path and article.id != article.path:
            where += f"#{safe(article.id)}"  # a record of a file with many
        for finding in report.findings:
            # What the target lacks is told where it belongs; without a place, at the end of the text.
            at = anchor(finding)
            line, column = lines.position(len(article.text) if at is None else at)
            level = f"{finding.severity.label}/{finding.confidence.label}"
            fix = fixed(finding, article.text)
            text = f"{finding.code} {finding.name} {level} {safe(finding.message)}" + (f" [{fix}]" if fix else "")
            self._out.write(f"{where}:{line}:{column}: {text}\n")

    def missing(self, missing: Missing) -> None:
        """What could not be read is told on standard error."""

    def finish(self) -> None:
        """Nothing is left to write."""
