"""The full report: the article’s own words first, then the judgement, then what to write instead."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.text import Text

from tqcheck.model import Confidence, Finding, Report, Severity, Span
from tqcheck.reporters.base import Missing, Options
from tqcheck.reporters.excerpt import excerpt, shorten
from tqcheck.reporters.groups import Group, also, anchor, fixed, group, worded
from tqcheck.reporters.lines import Lines
from tqcheck.reporters.overview import Overview, flow, plural
from tqcheck.reporters.safe import safe

# More than this on one article buries what matters; -v shows all.
_MOST = 50
_STYLES = {Severity.CRITICAL: "bold red", Severity.MAJOR: "yellow", Severity.MINOR: "cyan"}
_LABEL = 10
_BY = {
    "comment": "by comments",
    "front matter": "by the front matter",
    "sidecar": "by the file beside it",
    "record": "by their record",
    "word list": "of accepted words",
    "baseline": "in the baseline",
    "unchanged": "in paragraphs that did not change",
}


class Reporter:
    """Writes for people, on terminals from 40 columns up and in pipes."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._console = Console(
            file=options.out,
            width=options.width,
            force_terminal=options.color,
            no_color=not options.color,
            color_system="standard" if options.color else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        self._overview = Overview()

    def report(self, report: Report) -> None:
        """Write the report of an article."""
        if self._overview.articles + self._overview.missing:
            self._line()
        self._header(report)
        if self._options.verbose and report.article.source_path is not None:
            self._row("original", Text(safe(report.article.source_path)))
        for note in report.article.notes:
            self._row("note", Text(safe(note)))
        for failure in report.failures:
            self._row("failed", Text(f"{safe(failure.where)}: {safe(failure.message)}", "red"))
        self._repairs(report)
        if report.findings:
            self._findings(report)
        if self._options.alignment and report.segments:
            from tqcheck.reporters import alignment  # on use

            self._line()
            for line in alignment.lines(report, self._options.width):
                self._print(line)
        self._footer(report)
        self._overview.add(report)  # last: a report that could not be written counts as one that is missing

    def missing(self, missing: Missing) -> None:
        """Write an input that could not be read in its place among the others."""
        if self._overview.articles + self._overview.missing:
            self._line()
        self._overview.missing += 1
        self._print(Text.assemble((safe(missing.where), "bold"), ("   not read", "red")))
        self._row("failed", Text(safe(missing.message)))

    def finish(self) -> None:
        """Write the overview of several articles."""
        if self._overview.worth_showing:
            self._line()
            for line in self._overview.lines(self._options.width):
                self._print(line)

    def _header(self, report: Report) -> None:
        article = report.article
        name = article.path if article.path not in {None, "-"} else "standard input" if article.path else "text"
        parts = [Text(safe(name or ""), "bold")]
        if article.id and article.id != article.path:
            parts.append(Text(safe(article.id), "bold"))
        origin = report.source_lang or article.source_lang
        lang = f"{report.lang} ← {safe(origin)}" if origin else report.lang
        parts.append(Text(f"{lang} (detected)" if report.detected else lang))
        parts.append(Text(f"{report.words:,} {plural(report.words, 'word')}"))
        parts.append(Text(f"score {report.score:.0f}", "bold"))
        counts = Counter(f.severity for f in report.findings)
        levels = [Text(f"{counts[s]} {s.label}", _STYLES[s]) for s in reversed(Severity) if counts[s]]
        parts.append(Text(" · ").join(levels) if levels else Text("nothing to mend"))
        line = Text()
        for part in parts:
            if line and line.cell_len + 3 + part.cell_len > self._options.width:
                self._print(line)
                line = Text("  ")
            line.append_text(Text("   " if line.plain.strip() else "")).append_text(part)
        self._print(line)

    def _repairs(self, report: Report) -> None:
        """Write what was mended, and what was not and why."""
        shown = report.fixed if self._options.verbose else report.fixed[:_MOST]
        for repair in shown:
            was, now = (shorten(worded(words), 40) for words in (repair.before, repair.after))
            change = Text.assemble((was, "red"), " → ", (now or "(taken out)", "green"))
            self._row("fixed", Text.assemble((repair.finding.code, "bold"), f" line {repair.line}   ", change))
        if len(shown) < len(report.fixed):
            self._row("fixed", Text(f"{len(report.fixed) - len(shown)} more; -v shows all"))
        reasons: dict[str, Counter[str]] = {}
        for each in report.deferred:
            reasons.setdefault(each.reason, Counter())[each.finding.code] += 1
        for reason, codes in reasons.items():
            told = ", ".join(code if n == 1 else f"{code} ×{n}" for code, n in codes.items())
            self._row("deferred", Text.assemble((told, "bold"), f"   {safe(reason)}"))

    def _findings(self, report: Report) -> None:
        lines = Lines(report.article.text)
        original = Lines(report.article.source) if report.article.source else None
        groups = group(report.findings, lines)
        shown = groups
        if len(groups) > _MOST and not self._options.verbose:
            shown = sorted(sorted(groups, key=lambda g: g.weight)[:_MOST], key=lambda g: g.place)
        gutter = max(3, len(str(max(g.line for g in shown))) + 1)
        for each in shown:
            self._line()
            self._group(each, report, lines, original, gutter)
        if len(shown) < len(groups):
            rest = Counter(g.finding.severity for g in groups)
            rest.subtract(g.finding.severity for g in shown)
            told = " · ".join(f"{rest[s]} {s.label}" for s in reversed(Severity) if rest[s])
            self._line()
            self._row("more", Text(f"{told} not shown here; -v shows all"))

    def _group(self, each: Group, report: Report, lines: Lines, original: Lines | None, gutter: int) -> None:
        finding, text = each.finding, report.article.text
        style = _STYLES[finding.severity]
        margin = Text(" " * gutter + " │ ", "dim")
        self._stretch(each, text, lines, gutter, margin)
        head = Text.assemble(
            (finding.code, "bold"), f" {finding.name} ({finding.confidence.label})   ", safe(finding.message)
        )
        self._row(finding.severity.label, head, margin, style)
        about = finding.source if finding.side == "target" else Span(finding.start, finding.end)
        if about is not None and original is not None:
            self._original(report, about, original, margin)
        if self._options.verbose and finding.evidence:
            why = "; ".join(f"{key}: {_plain(value)}" for key, value in finding.evidence.items())
            self._row("why", Text(safe(why), "dim"), margin)
        fix = fixed(finding, text)
        if fix is not None and finding.fix is not None:
            room = 2 * (self._options.width - gutter - 3 - _LABEL)
            self._row(
                "fix",
                Text(shorten(fix, room), "green").append("" if finding.fix.safe else "   (look first)", "dim"),
                margin,
            )
        if places := also(each):
            self._row("also", Text(places), margin)

    def _stretch(self, each: Group, text: str, lines: Lines, gutter: int, margin: Text) -> None:
        """Write the line of the target with the stretch marked; of what the target lacks, where it belongs."""
        finding = each.finding
        ours = finding.side == "target"
        at = anchor(finding)
        if at is None:
            return
        cut = excerpt(text, lines, at, finding.end if ours else at, self._options.width - gutter - 3)
        words = Text.assemble(cut.before, (cut.stretch, _STYLES[finding.severity]), cut.after)
        self._print(Text(f"{each.line:>{gutter}} │ ", "dim").append_text(words), crop=False)
        if not cut.brackets:
            column, length = cut.marks
            marks = " " * column + ("~" * length if ours else "^")
            self._print(margin.copy().append_text(Text(marks, _STYLES[finding.severity])))

    def _original(self, report: Report, about: Span, lines: Lines, margin: Text) -> None:
        """Write the stretch of the original that a finding is about, in ⟦ ⟧."""
        source = report.article.source or ""
        cut = excerpt(source, lines, about.start, about.end, self._options.width - margin.cell_len - _LABEL - 2)
        stretch = cut.stretch if cut.brackets else f"⟦{cut.stretch}⟧"
        self._row(report.source_lang or "original", Text(cut.before + stretch + cut.after), margin)

    def _footer(self, report: Report) -> None:
        rows: list[tuple[str, str]] = []
        if report.findings:
            families = Counter(f.category.value for f in report.findings)
            told = sorted(families.items(), key=lambda item: (-item[1], item[0]))
            lines = flow([f"{name} {number}" for name, number in told], " · ", self._options.width - 1 - _LABEL)
            rows.append(("by family", "\n".join(lines)))
            rows += _fixes(report.findings)
        rows += _suppressed(report)
        if report.hidden:
            rows.append(
                (
                    "hidden",
                    f"{report.hidden} {plural(report.hidden, 'finding')} of lower confidence{self._how(report)}",
                )
            )
        rows += self._skipped(report)
        if rows and report.findings:
            self._line()
        for label, words in rows:
            self._row(label, Text(words, "" if report.findings else "dim"))

    @staticmethod
    def _how(report: Report) -> str:
        levels = {f.confidence for f in report.findings}
        return " (--min-confidence low shows them)" if Confidence.LOW not in levels else ""

    def _skipped(self, report: Report) -> list[tuple[str, str]]:
        reasons: dict[str, list[str]] = {}
        for skip in report.skipped:
            reasons.setdefault(skip.reason, []).append(skip.code)
        if self._options.verbose:
            return [("not run", f"{', '.join(codes)}: {reason}") for reason, codes in reasons.items()]
        # A rule about capitals that rests in Japanese is no news; missing data and a missing encoder are.
        missing = [(r, c) for r, c in reasons.items() if r.startswith("no data") or "no encoder" in r]
        return [("not run", f"{len(codes)} {plural(len(codes), 'rule')}: {reason}") for reason, codes in missing]

    def _row(self, label: str, words: Text, margin: Text | None = None, style: str = "") -> None:
        lead = margin if margin is not None else Text(" ")
        room = max(20, self._options.width - lead.cell_len - _LABEL)
        for number, part in enumerate(words.wrap(self._console, room)):
            tag = Text(f"{label if number == 0 else '':<{_LABEL}}", style or "dim")
            part.rstrip()
            self._print(lead.copy().append_text(tag).append_text(part))

    def _line(self) -> None:
        self._options.out.write("\n")

    def _print(self, text: Text, crop: bool = True) -> None:
        text.rstrip()
        self._console.print(text, soft_wrap=True, crop=False)


def _fixes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    safe_ones = sum(f.fix is not None and f.fix.safe for f in findings)
    others = sum(f.fix is not None and not f.fix.safe for f in findings)
    parts = [f"{safe_ones} safe"] if safe_ones else []
    parts += [f"{others} to look at first"] if others else []
    return [("fixes", ", ".join(parts))] if parts else []


def _suppressed(report: Report) -> list[tuple[str, str]]:
    if not report.suppressed:
        return []
    counts = Counter(_BY[each.by] for each in report.suppressed)
    return [("not shown", " · ".join(f"{number} {by}" for by, number in counts.items()))]


def _plain(value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(str, value))
    return str(value)
