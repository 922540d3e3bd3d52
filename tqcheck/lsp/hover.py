"""What is told when the pointer rests on a finding: the fault, the repair, the original, and the rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lsprotocol.types import MarkupContent, MarkupKind

from tqcheck.lsp.diagnostics import original_stretch
from tqcheck.model import Finding, Report
from tqcheck.reporters.groups import anchor, fixed
from tqcheck.reporters.reasons import because
from tqcheck.reporters.safe import reveal, safe
from tqcheck.rules import load_rules
from tqcheck.rules.base import SECTIONS

# CommonMark takes a backslash before any ASCII punctuation for that sign; only what could be markup, a link or
# an address on a line of ours gets one, since some editors show it.
_ACTIVE = re.compile(r"[\\`*_\[\]<>&~|#]|:(?=//)|(?<=[wW])\.|(?<=\w)@(?=\w)")
_LONGEST = 600
_MOST = 5


def hover(findings: Iterable[Finding], report: Report, markdown: bool = True) -> MarkupContent | None:
    """Return what is told of some findings; None where there are none."""
    chosen = list(findings)
    if not chosen:
        return None
    write = _Writer(markdown)
    parts = [_told(finding, report, write) for finding in chosen[:_MOST]]
    if len(chosen) > _MOST:
        parts.append(f"{len(chosen) - _MOST} more findings on these words.")
    kind = MarkupKind.Markdown if markdown else MarkupKind.PlainText
    return MarkupContent(kind, ("\n\n---\n\n" if markdown else "\n\n").join(parts))


class _Writer:
    """Writes words of an article so that they stay words."""

    def __init__(self, markdown: bool) -> None:
        self.words: Callable[[str], str] = _escaped if markdown else safe
        self._mark = "**" if markdown else ""

    def strong(self, text: str) -> str:
        """Return words that stand out."""
        return f"{self._mark}{self.words(text)}{self._mark}"

    def seen(self, text: str) -> str:
        """Return a stretch at fault, with what nobody sees written out."""
        return self.words(reveal(_short(text)))


def _told(finding: Finding, report: Report, write: _Writer) -> str:
    lines = [
        f"{write.strong(f'{finding.code} {finding.name}')} · {finding.severity.label}, "
        f"{finding.confidence.label} confidence",
        write.words(finding.message),
    ]
    repair = fixed(finding, report.article.text)
    if repair is not None and finding.fix is not None:
        doubt = "" if finding.fix.safe else " (look before you take it)"
        lines.append(f"{write.strong('Fix:')} {write.seen(finding.text)} → {write.words(_short(repair))}{doubt}")
    lines += _original(finding, report, write)
    rule = next((rule for rule in load_rules() if rule.code == finding.code), None)
    if rule is not None:
        parts = rule.sections
        lines.append(f"{write.strong('Rule:')} {write.words(parts[''])}")
        lines += [f"{write.strong(f'{title}:')} {write.words(parts[title])}" for title in SECTIONS if parts.get(title)]
    return "\n\n".join(lines)


def _original(finding: Finding, report: Report, write: _Writer) -> list[str]:
    """Return the sentence of the original, the stretch that the finding is about, and why the pair is doubted."""
    source = report.article.source
    if source is None:
        return []
    span = original_stretch(finding)
    at = anchor(finding)
    segment = next(
        (
            s
            for s in report.segments
            if s.source is not None
            and (
                (span is not None and s.source.start <= span.start < s.source.end)
                or (span is None and at is not None and s.start <= at < s.end)
            )
        ),
        None,
    )
    lines = []
    if segment is not None and segment.source is not None:
        sentence = source[segment.source.start : segment.source.end]
        lines.append(f"{write.strong('Original:')} {write.seen(sentence)}")
        if reasons := because(segment.reasons):
            lines.append(f"{write.strong('Why the pair is doubted:')} {write.words(reasons)}")
    if span is not None and (segment is None or span != segment.source):
        lines.append(f"{write.strong('There:')} {write.seen(source[span.start : span.end])}")
    return lines


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _escaped(text: str) -> str:
    return _ACTIVE.sub(lambda match: f"\\{match.group()}", safe(text))
