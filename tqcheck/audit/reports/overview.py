"""The overview of the page: what changed, tables with charts, edits, and for each feed its rules and articles."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from tqcheck.audit.articles import ArticleRow, Edit
from tqcheck.audit.rates import PER, Change, rate
from tqcheck.audit.reports import charts, words
from tqcheck.audit.reports.atom import link
from tqcheck.audit.summary import Summary
from tqcheck.audit.trends import Row, Trends
from tqcheck.reporters.page.escape import cut
from tqcheck.reporters.page.escape import words as escaped
from tqcheck.reporters.page.overview import Overview

_NAME = 100
# Rules and articles told of one feed, feeds told one by one, findings told of an edit.
_RULES, _ARTICLES, _FEEDS, _FINDINGS = 10, 15, 200, 8
_BY_FEED = (
    "SELECT n.name, f.code, count(*), sum(s.words) FROM sound s JOIN listings l ON l.article = s.article "
    "JOIN feeds n ON n.id = l.feed JOIN findings f ON f.version = s.version WHERE s.copy < 2 GROUP BY l.feed, f.code"
)


class AuditOverview(Overview):
    """The overview of an audit; the articles that are added are those one can go down to."""

    def __init__(self, summary: Summary, db: sqlite3.Connection) -> None:
        super().__init__()
        self._summary, self._db = summary, db
        self._numbers = {row.version: n for n, row in enumerate(summary.worst, 1)}

    def section(self) -> str:
        """Return the section."""
        found = self._summary.trends
        return (
            '<section id="overview" aria-labelledby="t0">\n<header><h2 id="t0">Audit</h2>'
            + (self._head(found) if found is not None else '<p class="facts">Nothing was checked yet.</p>')
            + "</header>\n"
            + ("" if found is None else _news(found) + self._tables(found))
            + self._worst()
            + _edits(self._summary.edits)
            + ("" if found is None else self._feeds(found))
            + self._trouble()
            + self._runs()
            + "</section>\n"
        )

    def _head(self, found: Trends) -> str:
        sample, window = found.total.rate.sample, found.window
        facts = (
            f"{window.since:%Y-%m-%d %H:%M} to {window.until:%Y-%m-%d %H:%M} UTC",
            words.plural(sample.articles, "article"),
            words.plural(sample.words, "word"),
            words.plural(sample.findings, "finding"),
            f"{words.rate(found.total.rate)} per 10,000 words",
        )
        parts = [f'<p class="facts">{" · ".join(map(escaped, facts))}</p>']
        parts.append(charts.course([rate(sample) for sample in found.total.samples], window.points))
        for when, one in found.total.changes:
            if one is not None:
                parts.append(f'<p class="note">{words.WHEN[when].capitalize()}: {_change(one)}</p>')
        if found.other_rules[0]:
            count = words.plural(found.other_rules[0], "article")
            parts.append(f'<p class="note">Left out: {count} that other rules checked; they cannot be compared.</p>')
        parts.append(
            '<p class="note">Rates are findings per 10,000 words of texts that were new; in brackets the limits of '
            "95 %. A change is called worse or better only where chance would hardly make it.</p>"
        )
        return "".join(parts)

    def _tables(self, found: Trends) -> str:
        feeds = {row.name: f"feed-{n}" for n, row in enumerate(found.feeds, 1) if n <= _FEEDS}
        return (
            _table("Feeds", "Feed", found.feeds, found, feeds)
            + _table("Rules", "Rule", found.rules, found, {})
            + _table("Languages", "Language", found.languages, found, {})
        )

    def _worst(self) -> str:
        if not self._summary.worst:
            return ""
        heads = "".join(
            f'<th scope="col" class="n">{h}</th>'
            for h in ("Score", "Words", "Critical", "Major", "Minor", "Per 10,000")
        )
        body = "".join(self._article_row(row) for row in self._summary.worst)
        return (
            '<div class="trend"><table id="worst"><caption>Articles in their feeds now, lowest score first</caption>'
            f'<thead><tr><th scope="col">Article</th><th scope="col">Language</th>{heads}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>\n"
        )

    def _article_row(self, row: ArticleRow) -> str:
        figures = (f"{row.score:.0f}", f"{row.words:,}", row.critical, row.major, row.minor, words.number(row.rate))
        cells = "".join(f'<td class="n">{figure}</td>' for figure in figures)
        return f'<tr><th scope="row">{self._to(row)}</th><td>{escaped(row.lang)}</td>{cells}</tr>'

    def _to(self, row: ArticleRow) -> str:
        """Return the link down to an article, and the one to where it was published."""
        inside = f'<a href="#a{self._numbers[row.version]}">{escaped(cut(row.title or row.key, _NAME))}</a>'
        address = link(row.key)
        if address is None:
            return inside
        rest = 'rel="noreferrer noopener external" target="_blank">as published</a>'
        return f'{inside} <a class="out" href="{address}" {rest}'

    def _feeds(self, found: Trends) -> str:
        rules: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for name, code, count, _ in self._db.execute(_BY_FEED):
            rules[name].append((count, code))
        articles: dict[str, list[ArticleRow]] = defaultdict(list)
        for row in self._summary.worst:
            articles[row.feed].append(row)
        parts = [
            self._feed(n, row, sorted(rules[row.name], reverse=True), articles[row.name])
            for n, row in enumerate(found.feeds[:_FEEDS], 1)
        ]
        return f"<section><h3>Feed by feed</h3>{''.join(parts)}</section>\n"

    def _feed(self, number: int, row: Row, rules: Sequence[tuple[int, str]], articles: Sequence[ArticleRow]) -> str:
        total = max(1, row.rate.sample.words)
        told = "".join(
            f"<li>{escaped(words.rule(code))}: {count:,} ({words.number(PER * count / total)} per 10,000 words)</li>"
            for count, code in rules[:_RULES]
        )
        listed = "".join(f"<li>{self._to(each)}, score {each.score:.0f}</li>" for each in articles[:_ARTICLES])
        return (
            f'<details class="feed" id="feed-{number}"><summary>{escaped(cut(row.name, _NAME))}</summary>'
            + (f"<p>Rules</p><ul>{told}</ul>" if told else "<p>No finding.</p>")
            + (f"<p>Articles</p><ul>{listed}</ul>" if listed else "")
            + "</details>\n"
        )

    def _trouble(self) -> str:
        rows = "".join(
            f"<li>{escaped(each.feed)}: <b>{escaped(each.outcome)}</b>{words.times(each.count)}: "
            f"{escaped(cut(each.where, _NAME))}: {escaped(cut(each.message, 300))}</li>"
            for each in self._summary.trouble
        )
        rows += "".join(
            f"<li>{escaped(feed)} has moved to <b>{escaped(address)}</b>: name that address from now on</li>"
            for feed, address in self._summary.moved
        )
        head = '<section id="trouble"><h3>Troubles of the newest run</h3>'
        return f"{head}<ul>{rows}</ul></section>\n" if rows else ""

    def _runs(self) -> str:
        rows = "".join(
            f'<tr><th scope="row">{run.id}</th><td>{run.began}</td><td>{run.state}</td>'
            f'<td class="n">{run.articles:,}</td>'
            f'<td class="n">{run.words:,}</td><td class="n">{run.findings:,}</td><td class="n">{run.missed:,}</td></tr>'
            for run in reversed(self._summary.runs)
        )
        heads = "".join(f'<th scope="col" class="n">{h}</th>' for h in ("New texts", "Words", "Findings", "Missed"))
        return (
            '<div class="trend"><table id="runs"><caption>Runs</caption><thead><tr><th scope="col">Run</th>'
            '<th scope="col">Began</th>'
            f'<th scope="col">Ended as</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n'
        )


def _news(found: Trends) -> str:
    items = "".join(
        f'<li><b class="{one.verdict}">{one.verdict}</b> {kind} <b>{escaped(cut(words.label(kind, row), _NAME))}</b> '
        f"{words.WHEN[when]}: {words.turn(one)}</li>"
        for kind, row, when, one in found.told
        if row is not found.total
    )
    return f'<ul class="news">{items}</ul>\n' if items else f'<p class="news">{words.quiet(found)}</p>\n'


def _table(title: str, first: str, rows: Sequence[Row], found: Trends, anchors: dict[str, str]) -> str:
    if not rows:
        return ""
    most = max((row.rate.value or 0.0) for row in rows) * 1.5
    heads = '<th scope="col" class="n">Articles</th><th scope="col" class="n">Words</th>'
    heads += '<th scope="col">Per 10,000 words</th><th scope="col"><span class="sr">Interval</span></th>'
    heads += '<th scope="col">Last run</th><th scope="col">Month</th><th scope="col">Rates in turn</th>'
    kind = first.lower()
    body = "".join(_row(words.label(kind, row), row, most, found, anchors.get(row.name)) for row in rows)
    return (
        f'<div class="trend"><table id="{title.lower()}"><caption>{title}, surely worst first</caption>'
        f'<thead><tr><th scope="col">{first}</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>\n'
    )


def _row(label: str, row: Row, most: float, found: Trends, anchor: str | None) -> str:
    name = escaped(cut(label, _NAME))
    name = name if anchor is None else f'<a href="#{anchor}">{name}</a>'
    sample = row.rate.sample
    return (
        f'<tr><th scope="row">{name}</th><td class="n">{sample.articles:,}</td><td class="n">{sample.words:,}</td>'
        f'<td class="n">{words.rate(row.rate)}</td><td>{charts.interval(row.rate, most)}</td>'
        f'<td class="change">{_change(row.last)}</td><td class="change">{_change(row.month)}</td>'
        f"<td>{_line(row, found)}</td></tr>\n"
    )


def _line(row: Row, found: Trends) -> str:
    known = [
        f"{label}: {words.number(v)}" for label, v in zip(found.window.points, row.series, strict=True) if v is not None
    ]
    told = "; ".join(known[-6:])
    return charts.line(row.series, escaped(f"rates, {told}" if told else "no text"))


def _change(change: Change | None) -> str:
    told = words.change(change)
    kind = "" if change is None else change.verdict
    return f'<span class="{kind if kind in {"worse", "better"} else "unclear"}">{told}</span>'


def _edits(edits: Iterable[Edit]) -> str:
    items = "".join(_edit(edit) for edit in edits)
    return f'<section id="edits"><h3>Edited articles</h3><ul>{items}</ul></section>\n' if items else ""


def _edit(edit: Edit) -> str:
    parts = [f"<b>{escaped(cut(edit.title or edit.key, _NAME))}</b> ({edit.at}): {edit.before} → {edit.after} findings"]
    for kind, label, some in (("gone", "repaired", edit.repaired), ("came", "new", edit.added)):
        if some:
            told = ", ".join(escaped(cut(each, _NAME)) for each in some[:_FINDINGS])
            more = f" and {len(some) - _FINDINGS} more" if len(some) > _FINDINGS else ""
            parts.append(f'<span class="{kind}">{label}: {told}{more}</span>')
    return f"<li>{'; '.join(parts)}</li>"
