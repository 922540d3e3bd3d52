"""The report for a terminal: first what changed beyond chance, then where to begin."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tqcheck.audit.articles import ArticleRow, Edit, flaws_of
from tqcheck.audit.rates import Change
from tqcheck.audit.reports import Options, words
from tqcheck.audit.summary import Summary
from tqcheck.audit.trends import Row, Trends
from tqcheck.reporters.safe import safe

# Rows of a table; the other forms hold all.
_MOST = 15
# Findings told of an article.
_WORST = 3
# Columns from which changes have their limits, and below which the table has only what matters most.
_WIDE, _NARROW = 140, 70
_STYLES = {"worse": "bold red", "better": "green"}
_LEVELS = (("critical", "bold red"), ("major", "yellow"), ("minor", "cyan"))


def write(summary: Summary, options: Options) -> None:
    """Write the report."""
    console = Console(
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
    for part in _parts(summary, options):
        console.print(part)


def _parts(summary: Summary, options: Options) -> Iterable[Table | Text]:
    found = summary.trends
    if found is None:
        yield Text(f"{safe(summary.store)}: nothing was checked yet")
    else:
        yield _head(summary, found)
        yield from _told(found)
        for title, rows in (("Feed", found.feeds), ("Rule", found.rules), ("Language", found.languages)):
            if rows:
                yield Text()
                yield _table(title, rows, options.width)
                if len(rows) > _MOST:
                    yield Text(f"  {len(rows) - _MOST} more; --format html or json shows all", "dim")
        if summary.worst:
            yield Text()
            yield from _articles(summary.worst, options.db)
        if summary.edits:
            yield Text()
            yield Text("Edited articles", "bold")
            yield from map(_edit, summary.edits[:_MOST])
    yield from _trouble(summary)


def _trouble(summary: Summary) -> Iterable[Text]:
    if summary.trouble:
        yield Text()
        yield Text("Without an article in the newest run", "bold")
        for each in summary.trouble[:_MOST]:
            where = "" if each.where == each.feed else f"{safe(each.where)}: "
            yield Text(f"  {safe(each.feed)}  {each.outcome}{words.times(each.count)}: {where}{safe(each.message)}")
    for feed, address in summary.moved:
        yield Text(f"{safe(feed)} has moved to {safe(address)}: name that address from now on")


def _head(summary: Summary, found: Trends) -> Text:
    sample, window = found.total.rate.sample, found.window
    head = Text.assemble(
        (safe(summary.store), "bold"),
        f"   {window.since:%Y-%m-%d %H:%M} to {window.until:%Y-%m-%d %H:%M} UTC   ",
        f"{words.plural(sample.articles, 'article')} · {words.plural(sample.words, 'word')} · ",
        words.plural(sample.findings, "finding"),
        "\n",
        (f"{words.rate(found.total.rate)} per 10,000 words", "bold"),
        f"   {words.sparkline(found.total.series)}",
    )
    for when, one in found.total.changes:
        if one is not None:
            head.append(f"\n{words.WHEN[when]}: ").append_text(_change(one))
    if found.other_rules[0]:
        left_out = words.plural(found.other_rules[0], "article")
        head.append(f"\nLeft out: {left_out} that other rules checked; they cannot be compared.")
    if window.jumped:
        head.append(
            f"\nThe clock was wrong in run {', '.join(map(str, window.jumped))}; it counts with the run before it."
        )
    return head


def _told(found: Trends) -> Iterable[Text]:
    told = [(kind, row, when, one) for kind, row, when, one in found.told if row is not found.total]
    yield Text()
    if not told:
        yield Text(words.quiet(found))
    for kind, row, when, one in told:
        yield Text.assemble(
            (one.verdict, _STYLES[one.verdict]),
            f"  {kind} ",
            (safe(words.label(kind, row)), "bold"),
            f"  {words.WHEN[when]}: {words.turn(one)}",
        )


def _table(title: str, rows: Iterable[Row], width: int) -> Table:
    wide, narrow = width >= _WIDE, width < _NARROW
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), width=width)
    table.add_column(title, overflow="ellipsis", no_wrap=True, ratio=3)
    table.add_column("Words", justify="right", no_wrap=True)
    table.add_column("Per 10,000" if narrow else "Per 10,000 words", no_wrap=True)
    table.add_column("Last run", ratio=2, no_wrap=not wide)
    if not narrow:
        table.add_column("Month", ratio=2, no_wrap=not wide)
        table.add_column("", no_wrap=True, overflow="crop")
    shown = list(rows)[:_MOST]
    names = words.apart([words.label(title.lower(), row) for row in shown])
    for name, row in zip(names, shown, strict=True):
        told = words.number(row.rate.value or 0.0) if narrow else words.rate(row.rate)
        cells: list[Text | str] = [Text(safe(name)), f"{row.rate.sample.words:,}", told, _change(row.last, wide)]
        if not narrow:
            cells += [_change(row.month, wide), words.sparkline(row.series)]
        table.add_row(*cells)
    return table


def _change(change: Change | None, wide: bool = True) -> Text:
    told = words.change(change) if wide else words.briefly(change)
    return Text(told, _STYLES.get("" if change is None else change.verdict, "dim"))


def _articles(rows: Iterable[ArticleRow], db: sqlite3.Connection) -> Iterable[Text]:
    """Yield the articles to begin with. Their addresses have lines of their own, so that they can be opened."""
    shown = list(rows)[:_MOST]
    langs = max(len(row.lang) for row in shown)
    yield Text("Articles in their feeds now, lowest score first", "bold")
    for row in shown:
        counts = Text(" · ").join(Text(f"{n} {lv}", style) for lv, style in _LEVELS if (n := getattr(row, lv)))
        name = row.title or row.key
        yield Text.assemble(f"{row.score:3.0f}  {row.lang:{langs}}  ", (safe(name), "bold"), "  ", counts)
        beside = " " * (langs + 7)
        if row.title:
            yield Text(f"{beside}{safe(row.key)}", "dim", overflow="fold")
        yield Text(f"{beside}{_flaws(row, db)}", overflow="ellipsis", no_wrap=True)


def _flaws(row: ArticleRow, db: sqlite3.Connection) -> str:
    """Return the worst findings of an article."""
    ranks = [level for level, _ in _LEVELS]
    found = sorted(flaws_of(db, row.version), key=lambda flaw: ranks.index(flaw.severity))
    told = ", ".join(f"{flaw.code} “{safe(' '.join(flaw.text.split()))}”" for flaw in found[:_WORST])
    return told + (f" and {len(found) - _WORST} more" if len(found) > _WORST else "")


def _edit(edit: Edit) -> Text:
    line = Text.assemble("  ", (safe(edit.title or edit.key), "bold"), f"  {edit.before} → {edit.after} findings")
    for word, style, some in (("repaired", "green", edit.repaired), ("new", "red", edit.added)):
        if some:
            told = ", ".join(map(safe, some[:5])) + (f" and {len(some) - 5} more" if len(some) > 5 else "")
            line.append(f"  {word} ", style).append(told)
    return line
