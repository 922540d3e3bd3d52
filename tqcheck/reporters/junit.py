"""JUnit XML, for services that know tests: an article is a suite, a finding a test that failed.

There is no standard; this follows the schema of Jenkins’ xUnit plugin (junit-10.xsd), which others read
too. It knows no columns: places are told in words, as line:column in code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from tqcheck.model import Finding, Report, Span
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.groups import anchor, fixed
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.places import called
from tqcheck.reporters.safe import reveal, safe

# What XML 1.0 cannot hold, not even as a reference, beyond what `safe` takes out.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_LONGEST = 1000


class Reporter:
    """Writes `<testsuites>`, a suite for each article."""

    def __init__(self, options: Options) -> None:
        self._out = options.out
        self._root = options.root
        self._lead = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tqcheck">\n'

    def report(self, report: Report) -> None:
        """Write the suite of an article. One without a finding is a test that passed; what could not run
        is a test that was skipped."""
        article = report.article
        name = called(article.path, article.id, self._root)
        if article.line is not None:
            name += f"#{article.id}"
        lines = Lines(article.text)
        cases = [self._failed(f, report, lines, name) for f in report.findings]
        if not report.findings and not report.failures:
            cases.append(f"<testcase classname={_quoted(name)} name={_quoted('nothing to mend')}/>")
        for failure in report.failures:
            error = f"<error type={_quoted('rule failed')} message={_quoted(failure.message)}/>"
            cases.append(f"<testcase classname={_quoted(name)} name={_quoted(failure.where)}>{error}</testcase>")
        skipped = list(self._skipped(report, name))
        self._suite(name, cases + skipped, len(report.findings), len(report.failures), len(skipped))

    def missing(self, missing: Missing) -> None:
        """Write the suite of an input that could not be read."""
        told = f"<error type={_quoted('not checked')} message={_quoted(f'{missing.where}: {missing.message}')}/>"
        name = called(missing.path, missing.id, self._root)
        case = f"<testcase classname={_quoted(name)} name={_quoted('not checked')}>{told}</testcase>"
        self._suite(name, [case], 0, 1, 0)

    def finish(self) -> None:
        """Close the document."""
        self._out.write(f"{self._lead}</testsuites>\n")

    def _suite(self, name: str, cases: list[str], failures: int, errors: int, skipped: int) -> None:
        counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
        self._out.write(f"{self._lead}<testsuite name={_quoted(name)} {counts}>\n")
        self._out.writelines(f"{case}\n" for case in cases)
        self._out.write("</testsuite>\n")
        self._lead = ""

    def _failed(self, finding: Finding, report: Report, lines: Lines, name: str) -> str:
        at = anchor(finding)
        line, column = lines.position(len(report.article.text) if at is None else at)
        title = f"{finding.code} {finding.name} {line}:{column}"
        told = [f"{name}:{line}:{column}", f"confidence: {finding.confidence.label}", *_words(finding, report)]
        body = "\n".join(_escaped(each) for each in told)
        kind, message = _quoted(finding.severity.label), _quoted(finding.message)
        failure = f"<failure type={kind} message={message}>{body}</failure>"
        return f"<testcase classname={_quoted(name)} name={_quoted(title)}>{failure}</testcase>"

    @staticmethod
    def _skipped(report: Report, name: str) -> Iterator[str]:
        """Yield a test for each reason why rules could not run: one a rule would bury the findings."""
        reasons: dict[str, list[str]] = {}
        for skip in report.skipped:
            reasons.setdefault(skip.reason, []).append(skip.code)
        for reason, codes in reasons.items():
            told, title = f"<skipped message={_quoted(reason)}/>", f"not run: {', '.join(codes)}"
            yield f"<testcase classname={_quoted(name)} name={_quoted(title)}>{told}</testcase>"


def _words(finding: Finding, report: Report) -> Iterator[str]:
    """Yield the words at fault, those of the original, and what to write."""
    article = report.article
    about = finding.source if finding.side == "target" else Span(finding.start, finding.end)
    if finding.side == "target":
        yield f"text: {reveal(finding.text[:_LONGEST])}"
    if about is not None and article.source is not None:
        yield f"original: {safe(article.source[about.start : about.end][:_LONGEST])}"
    if (fix := fixed(finding, article.text)) is not None:
        yield f"write: {fix[:_LONGEST]}"


def _escaped(text: str) -> str:
    return escape(_allowed(text))


def _quoted(text: str) -> str:
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    return _NO_CHARACTERS.sub("\ufffd", safe(text))
