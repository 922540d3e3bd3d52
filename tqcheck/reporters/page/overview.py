"""The overview of several articles: which should be opened first, which families and languages stand out.

Each chart is a table whose bars are drawn beside their figures: nothing is told by a colour alone. The
page counts them again when something is filtered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tqcheck.model import Report, Severity
from tqcheck.reporters.base import Missing
from tqcheck.reporters.page.article import LEVELS, levels, name
from tqcheck.reporters.page.entries import reason
from tqcheck.reporters.page.escape import cut, quoted, words

_NAME = 80


@dataclass(slots=True)
class Row:
    """A bar: what it counts, by severity, and the words of text that this was found in."""

    key: str
    label: str
    words: int = 0
    articles: int = 0
    lang: str = ""
    score: float | None = None
    counts: Counter[Severity] = field(default_factory=Counter)


class Overview:
    """Counts articles as they pass."""

    def __init__(self) -> None:
        self.articles: list[Row] = []
        self.missing = 0
        self._languages: dict[str, Row] = {}
        self._families: dict[str, Row] = {}
        self.confidences: Counter[int] = Counter()
        self.aside: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """Take a report into account; its section is the next."""
        counts = Counter(f.severity for f in report.findings)
        number = len(self.articles) + 1
        self.articles.append(Row(str(number), name(report), report.words, 1, report.lang, report.score, counts))
        lang = self._languages.setdefault(report.lang, Row(report.lang, report.lang))
        lang.words += report.words
        lang.articles += 1
        lang.counts.update(counts)
        for finding in report.findings:
            family = finding.category.value
            self._families.setdefault(family, Row(family, family)).counts[finding.severity] += 1
            self.confidences[int(finding.confidence)] += 1
        self.aside.update(reason(each) for each in report.suppressed)

    def miss(self, missing: Missing) -> None:
        """Take an input into account that could not be read."""
        self.missing += 1
        self.articles.append(Row(str(len(self.articles) + 1), missing.where))

    @property
    def total(self) -> Counter[Severity]:
        """All findings by severity."""
        total: Counter[Severity] = Counter()
        for row in self.articles:
            total.update(row.counts)
        return total

    @property
    def families(self) -> list[Row]:
        """The families, most findings first."""
        return sorted(self._families.values(), key=lambda row: (-row.counts.total(), row.key))

    def section(self) -> str:
        """Return the section with the totals and the charts."""
        worst = sorted(
            self.articles,
            key=lambda row: (101.0 if row.score is None else row.score, -row.counts.total(), int(row.key)),
        )
        spoken = sorted(self._languages.values(), key=lambda row: (-row.counts.total(), row.key))
        facts = [f"{len(self.articles) - self.missing:,} articles", f"{sum(r.words for r in self.articles):,} words"]
        facts.append(levels(self.total))
        if self.missing:
            facts.append(f"{self.missing:,} not read")
        columns = ("Language", "Words", "Score")
        return (
            '<section id="overview" aria-labelledby="t0">\n<header><h2 id="t0">Overview</h2>'
            f'<p class="facts">{" · ".join(facts)}</p></header>\n'
            '<div class="charts">\n'
            + _chart("g", "By family", "Family", (), self.families)
            + _chart("l", "By language", "Language", ("Articles", "Words", "Per 1,000 words"), spoken)
            + "</div>\n"
            + _chart("a", "By article, lowest score first", "Article", columns, worst)
            + "</section>\n"
        )


def _chart(kind: str, title: str, first: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    most = max(1, *(row.counts.total() for row in rows))
    heads = "".join(f'<th scope="col" class="{_class(c)}">{c}</th>' for c in columns)
    heads += "".join(f'<th scope="col" class="n level">{s.label.title()}</th>' for s in LEVELS)
    body = "".join(_row(kind, row, columns, most) for row in rows)
    return (
        f'<div class="chart"><table data-by="{kind}"><caption>{title}</caption>\n<thead><tr>'
        f'<th scope="col">{first}</th>{heads}<th scope="col" class="bars">Findings</th></tr></thead>\n'
        f"<tbody>\n{body}</tbody></table></div>\n"
    )


def _row(kind: str, row: Row, columns: Sequence[str], most: int) -> str:
    label = words(cut(row.label, _NAME))
    if kind == "a":
        label = f'<a href="#a{row.key}">{label}</a>'
    values = {
        "Language": words(row.lang),
        "Words": "" if kind == "a" and row.score is None else f"{row.words:,}",
        "Articles": f"{row.articles:,}",
        "Score": "not read" if row.score is None else f"{row.score:.0f}",
        "Per 1,000 words": f"{1000 * row.counts.total() / max(1, row.words):.1f}",
    }
    cells = "".join(f'<td class="{_class(c)}">{values[c]}</td>' for c in columns)
    cells += "".join(f'<td class="n" data-v="{int(s)}">{row.counts[s] or "·"}</td>' for s in LEVELS)
    return (
        f'<tr data-k="{quoted(row.key)}" data-w="{row.words}"><th scope="row">{label}</th>{cells}'
        f'<td class="bars">{_bar(row.counts, most)}<span data-v="0">{row.counts.total():,}</span></td></tr>\n'
    )


def _bar(counts: Counter[Severity], most: int) -> str:
    """Return a bar of three parts; the lengths are shares of the longest."""
    parts, at = [], 0.0
    for severity in LEVELS:
        width = 100 * counts[severity] / most
        parts.append(f'<rect class="s{int(severity)}" x="{at:.2f}" width="{width:.2f}" height="10"/>')
        at += width
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'


def _class(column: str) -> str:
    if column == "Per 1,000 words":
        return "n rate"
    return "n" if column in {"Words", "Articles", "Score"} else "w"
