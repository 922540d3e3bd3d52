"""The report as Markdown, for a wiki, a ticket or a job summary."""

from __future__ import annotations

from collections.abc import Iterable

from tqcheck.audit.reports import Options, words
from tqcheck.audit.summary import Summary
from tqcheck.audit.trends import Row, Trends
from tqcheck.reporters.markup import code
from tqcheck.reporters.markup import words as inert

_MOST = 50


def write(summary: Summary, options: Options) -> None:
    """Write the report."""
    options.out.write("\n".join(_lines(summary)) + "\n")


def _lines(summary: Summary) -> Iterable[str]:
    yield f"# Audit of {code(summary.store)}"
    yield ""
    found = summary.trends
    if found is None:
        yield "Nothing was checked yet."
    else:
        yield from _head(found)
        for title, rows in (("Feed", found.feeds), ("Rule", found.rules), ("Language", found.languages)):
            yield from _table(title, rows)
    if summary.worst:
        yield from ("| article | language | score | critical | major | minor |", "|---|---|---:|---:|---:|---:|")
        for row in summary.worst[:_MOST]:
            name = (f"{inert(row.title)}<br>" if row.title else "") + code(row.key)
            yield f"| {name} | {inert(row.lang)} | {row.score:.0f} | {row.critical} | {row.major} | {row.minor} |"
        yield ""
    for edit in summary.edits[:_MOST]:
        repaired, added = ("; ".join(map(inert, some[:5])) or "none" for some in (edit.repaired, edit.added))
        counts = f"{edit.before} → {edit.after} findings"
        yield f"- {code(edit.key)} was edited: {counts}; repaired: {repaired}; new: {added}"
    for each in summary.trouble[:_MOST]:
        outcome = f"{inert(each.outcome)}{words.times(each.count)}"
        yield f"- {code(each.feed)}: {outcome}: {code(each.where)}: {inert(each.message)}"
    for feed, address in summary.moved:
        yield f"- {code(feed)} has moved to {code(address)}: name that address from now on"


def _head(found: Trends) -> Iterable[str]:
    sample, window = found.total.rate.sample, found.window
    yield (
        f"{window.since:%Y-%m-%d %H:%M} to {window.until:%Y-%m-%d %H:%M} UTC · "
        f"{words.plural(sample.articles, 'article')} · {words.plural(sample.words, 'word')} · "
        f"**{words.rate(found.total.rate)}** findings per 10,000 words"
    )
    yield ""
    for kind, row, when, one in found.told:
        name = inert(row.name) if row is found.total else code(words.label(kind, row))
        yield f"- **{one.verdict}**: {kind} {name} {words.WHEN[when]}: {words.turn(one)}"
    if not found.told:
        yield words.quiet(found)
    if found.other_rules[0]:
        yield f"- left out: {words.plural(found.other_rules[0], 'article')} that other rules checked"
    yield ""


def _table(title: str, rows: tuple[Row, ...]) -> Iterable[str]:
    if not rows:
        return
    yield f"| {title} | words | per 10,000 words | since the last run | over the month | |"
    yield "|---|---:|---|---|---|---|"
    for row in rows[:_MOST]:
        changes = f"{words.change(row.last)} | {words.change(row.month)}"
        line, name = words.sparkline(row.series), words.label(title.lower(), row)
        yield f"| {code(name)} | {row.rate.sample.words:,} | {words.rate(row.rate)} | {changes} | {line} |"
    if len(rows) > _MOST:
        yield f"| {len(rows) - _MOST} more | | | | | |"
    yield ""
