"""Markdown for a comment or a job summary: a table for each article with findings, and the totals.

Places are line:column, in code points.
"""

from __future__ import annotations

from collections import Counter

from tqcheck.model import Report, Severity, Span
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.groups import Group, also, anchor, fixed, group
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.markup import code, words
from tqcheck.reporters.places import called
from tqcheck.reporters.safe import safe

# As in the full report: more than this on one article buries what matters.
_MOST = 50
_LEVELS = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)
# Code points of an article around a stretch, and of a stretch before its middle is left out.
_AROUND, _LONGEST = 30, 200


class Reporter:
    """Writes a section for each article that has something to tell, then the totals."""

    def __init__(self, options: Options) -> None:
        self._out = options.out
        self._all = options.verbose
        self._root = options.root
        self._totals = Totals()

    def report(self, report: Report) -> None:
        """Write the section of an article."""
        self._totals.add(report)
        self._out.write(section(report, self._root, self._all))

    def missing(self, missing: Missing) -> None:
        """Write an input that could not be read."""
        self._totals.missing += 1
        self._out.write(unread(missing))

    def finish(self) -> None:
        """Write the totals."""
        self._out.write(self._totals.text())


class Totals:
    """Counts articles as they pass, and what did not run on them."""

    def __init__(self) -> None:
        self.missing = 0
        self._articles = self._clean = self._hidden = 0
        self._levels: Counter[Severity] = Counter()
        self._skipped: dict[str, dict[str, int]] = {}

    def add(self, report: Report) -> None:
        """Take a report into account."""
        self._articles += 1
        self._clean += not report.findings
        self._hidden += report.hidden
        self._levels.update(f.severity for f in report.findings)
        for skip in report.skipped:
            codes = self._skipped.setdefault(skip.reason, {})
            codes[skip.code] = codes.get(skip.code, 0) + 1

    def text(self) -> str:
        """Return the totals as a paragraph, and below it what did not run."""
        parts = [f"**{_number(self._articles, 'article')}**", levels(self._levels) or "nothing to mend"]
        if self._clean and self._levels:
            parts.append(f"{self._clean:,} without findings")
        if self._hidden:
            parts.append(f"{self._hidden:,} of lower confidence hidden")
        if self.missing:
            parts.append(f"{self.missing:,} not checked")
        lines = [" · ".join(parts), ""]
        for reason, codes in self._skipped.items():
            number = max(codes.values())
            lines.append(f"- not run on {_number(number, 'article')}: {words(reason)} ({', '.join(sorted(codes))})")
        return "\n".join(lines).rstrip("\n") + "\n"


def levels(counts: Counter[Severity]) -> str:
    """Return “1 critical · 2 major”; empty where nothing was found."""
    return " · ".join(f"{counts[s]:,} {s.label}" for s in _LEVELS if counts[s])


def section(report: Report, root: str, everything: bool) -> str:
    """Return the section of an article; empty where there is nothing to tell."""
    article = report.article
    # Behind a word of ours, nothing of theirs begins a block.
    notes = [f"note: {words(note)}" for note in article.notes]
    notes += [f"the rule {words(f.where)} failed: {words(f.message)}" for f in report.failures]
    if not report.findings and not notes:
        return ""
    name = code(called(article.path, article.id, root))
    if article.line is not None:
        name += f" {code(article.id)}"
    origin = report.source_lang or article.source_lang
    counts = Counter(f.severity for f in report.findings)
    facts = [
        f"{report.lang} ← {words(origin)}" if origin else report.lang,
        _number(report.words, "word"),
        f"score {report.score:.0f}",
        levels(counts) or "nothing to mend",
    ]
    lines = [f"### {name}", "", " · ".join(facts), "", *(f"- {note}" for note in notes)]
    if notes:
        lines.append("")
    if report.findings:
        lines += _table(report, everything)
    return "\n".join(lines) + "\n"


def unread(missing: Missing) -> str:
    """Return the section of an input that could not be read."""
    return f"### {code(missing.where)}\n\n- not checked: {words(missing.message)}\n\n"


def _table(report: Report, everything: bool) -> list[str]:
    lines = Lines(report.article.text)
    groups = group(report.findings, lines)
    shown = groups
    if len(groups) > _MOST and not everything:
        shown = sorted(sorted(groups, key=lambda g: g.weight)[:_MOST], key=lambda g: g.place)
    rows = ["| line | severity | rule | text | what is wrong | write |", "|---:|---|---|---|---|---|"]
    rows += [_row(each, report, lines) for each in shown]
    if len(shown) < len(groups):
        rest = Counter(g.finding.severity for g in groups)
        rest.subtract(g.finding.severity for g in shown)
        rows += ["", f"{levels(rest)} not shown here"]
    return [*rows, ""]


def _row(each: Group, report: Report, lines: Lines) -> str:
    finding, article = each.finding, report.article
    at = anchor(finding)
    place = "?" if at is None else ":".join(map(str, lines.position(at)))
    stretch = ""
    if at is not None:
        stretch = _stretch(article.text, lines, at, finding.end if finding.side == "target" else at)
    about = finding.source if finding.side == "target" else Span(finding.start, finding.end)
    if about is not None and article.source:
        original = _cut(article.source[about.start : about.end])
        label = words(report.source_lang or article.source_lang or "original")
        stretch += ("<br>" if stretch else "") + f"{label}: {code(original)}"
    told = words(finding.message) + (f"<br>also {places}" if (places := also(each)) else "")
    fix = fixed(finding, article.text)
    write = "" if fix is None else code(_cut(fix))
    if fix is not None and finding.fix is not None and not finding.fix.safe:
        write += "<br>look first"
    level = f"{finding.severity.label} ({finding.confidence.label})"
    return f"| {place} | {level} | {words(finding.code)} {words(finding.name)} | {stretch} | {told} | {write} |"


def _stretch(text: str, lines: Lines, start: int, end: int) -> str:
    """Return a stretch between the words around it; where it is empty, a mark for what is missing."""
    first, last = lines.around(start, end)
    before = safe(text[max(first, start - _AROUND) : start]).lstrip()
    after = safe(text[end : min(last, end + _AROUND)]).rstrip()
    if first < start - _AROUND:
        before = "…" + before
    if end + _AROUND < last:
        after += "…"
    return words(before) + (code(_cut(text[start:end])) if end > start else "⁁") + words(after)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


def _number(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
