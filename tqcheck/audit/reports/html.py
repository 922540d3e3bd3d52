"""The report as one page for the browser: what changed, rates with their limits, and down to the marked text of an
article.

It stands on the page of `tqcheck check --format html`: the same marks, filters and keys, the same policy that lets
nothing in or out.
"""

from __future__ import annotations

import sqlite3
from importlib import resources

from tqcheck.audit.articles import ArticleRow, flaws_of, text_of
from tqcheck.audit.reports import Options
from tqcheck.audit.reports.overview import AuditOverview
from tqcheck.audit.summary import Summary
from tqcheck.audit.values import Flaw
from tqcheck.model import Article, Category, Confidence, Edit, Finding, Fix, Report, Severity
from tqcheck.reporters.page.article import section
from tqcheck.reporters.page.frame import closing, opening
from tqcheck.rules import load_rules

_WITHOUT_TEXT = "The text was not kept; these are the places of its findings."


def write(summary: Summary, options: Options) -> None:
    """Write the page."""
    style = resources.files(__package__).joinpath("page.css").read_text("utf-8").replace("\r\n", "\n")
    options.out.write(opening("tqcheck audit", style))
    overview = AuditOverview(summary, options.db)
    names = {rule.code: rule.name for rule in load_rules()}
    for number, row in enumerate(summary.worst, 1):
        report = _report(options.db, row, names)
        options.out.write(section(report, number, everything=False, alignment=False))
        overview.add(report)
    signature = summary.runs[-1].rules if summary.runs else ""
    options.out.write(closing(overview, signature, always=True))


def _report(db: sqlite3.Connection, row: ArticleRow, names: dict[str, str]) -> Report:
    """Return what the store has of an article as a report on it."""
    flaws, text = flaws_of(db, row.version), text_of(db, row.version)
    notes = [row.feed] if row.feed != row.key else []
    if text is None:
        text, flaws = _excerpts(flaws)
        notes.append(_WITHOUT_TEXT)
    article = Article(text, id=row.key, title=row.title, lang=row.lang, notes=tuple(notes))
    findings = tuple(_finding(flaw, text, names.get(flaw.code, flaw.code)) for flaw in flaws)
    return Report(article, row.lang, findings, score=row.score, words=row.words)


def _excerpts(flaws: list[Flaw]) -> tuple[str, list[Flaw]]:
    """Return the surroundings of findings, a line each, as a text, and the findings in their places there."""
    from dataclasses import replace

    lines, placed, at = [], [], 0
    for flaw in flaws:
        before, _, rest = flaw.context.partition("⟦")
        line = " ".join(before.splitlines()) + flaw.text + " ".join(rest[len(flaw.text) + 1 :].splitlines())
        start = at + len(" ".join(before.splitlines()))
        # What is missing has no place in a text that is not there.
        known = flaw.start < flaw.end
        placed.append(replace(flaw, start=start if known else -1, end=start + len(flaw.text) if known else -1))
        lines.append(line)
        at += len(line) + 1
    return "\n".join(lines), placed


def _finding(flaw: Flaw, text: str, name: str) -> Finding:
    """Return a finding as the page shows it."""
    end = min(flaw.end, len(text))
    ours = 0 <= flaw.start < end
    fix = None if flaw.suggestion is None or not ours else Fix((Edit(flaw.start, end, flaw.suggestion),), safe=True)
    return Finding(
        code=flaw.code,
        name=name,
        category=Category(flaw.category),
        severity=Severity[flaw.severity.upper()],
        confidence=Confidence[flaw.confidence.upper()],
        message=flaw.message,
        start=flaw.start if ours else 0,
        end=end if ours else 0,
        text=flaw.text,
        side="target" if ours else "source",
        fix=fix,
        insert_at=None if ours or flaw.start < 0 else min(flaw.start, len(text)),
    )
