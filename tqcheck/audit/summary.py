"""All that a report of a store says, as values, and as plain ones for JSON."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from tqcheck.audit.articles import ArticleRow, Edit, edits, moved, trouble, worst
from tqcheck.audit.rates import Change, Rate
from tqcheck.audit.trends import DAYS, Row, Trends, trends

SCHEMA = 1
# Edits that are told.
_EDITS = 100


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: when, how it ended, what it checked first, what it could not read."""

    id: int
    began: str
    ended: str | None
    state: str
    inputs: tuple[str, ...]
    rules: str
    articles: int
    words: int
    findings: int
    missed: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What gave no article: which feed, under which outcome, how often; one example."""

    feed: str
    outcome: str
    count: int
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a report says of a store; `trends` is None before anything was checked."""

    store: str
    days: int
    runs: tuple[RunRow, ...]
    trends: Trends | None
    worst: tuple[ArticleRow, ...] = ()
    edits: tuple[Edit, ...] = ()
    trouble: tuple[Trouble, ...] = ()
    # Feeds with another address for good, and which.
    moved: tuple[tuple[str, str], ...] = ()


def summary(
    db: sqlite3.Connection, store: str, *, days: int = DAYS, since: datetime | None = None, most: int = 50
) -> Summary:
    """Return what there is to say of a store: trends of some days, the `most` worst articles, edits, troubles.

    Nothing may be written while it is read: the caller holds a transaction.
    """
    found = trends(db, days, since)
    runs = _runs(db)
    if found is None:
        told = tuple(Trouble(*row) for row in trouble(db, runs[-1].id)) if runs else ()
        return Summary(store, days, runs, None, trouble=told)
    first = found.window.first
    return Summary(
        store=store,
        days=days,
        runs=runs,
        trends=found,
        worst=tuple(worst(db, first, most)),
        edits=tuple(edits(db, first, _EDITS)),
        trouble=tuple(Trouble(*row) for row in trouble(db, runs[-1].id)),
        moved=tuple(moved(db, runs[-1].id)),
    )


def _runs(db: sqlite3.Connection, most: int = 30) -> tuple[RunRow, ...]:
    """Return the newest runs in their order."""
    rows = db.execute(
        "SELECT r.id, r.began, r.ended, r.state, r.inputs, s.signature, "
        "(SELECT count(*) FROM versions v WHERE v.run = r.id), "
        "(SELECT coalesce(sum(v.words), 0) FROM versions v WHERE v.run = r.id), "
        "(SELECT count(*) FROM findings f JOIN versions v ON v.id = f.version WHERE v.run = r.id), "
        "(SELECT count(*) FROM misses m WHERE m.run = r.id) "
        "FROM runs r JOIN rulesets s ON s.id = r.rules ORDER BY r.id DESC LIMIT ?",
        (most,),
    ).fetchall()
    return tuple(replace(RunRow(*row), inputs=tuple(json.loads(row[4]))) for row in reversed(rows))


def plain(report: Summary) -> dict[str, Any]:
    """Return a report as values that JSON knows. Rates are findings per 10,000 words, intervals hold 95 %."""
    found = report.trends
    return {
        "schema": SCHEMA,
        "store": report.store,
        "days": report.days,
        "window": None if found is None else _window(found),
        "other_rules": None if found is None else dict(zip(("articles", "words"), found.other_rules, strict=True)),
        "total": None if found is None else _row(found.total),
        "feeds": [] if found is None else [_row(row) for row in found.feeds],
        "languages": [] if found is None else [_row(row) for row in found.languages],
        "rules": [] if found is None else [{**_row(row), "category": row.family} for row in found.rules],
        "articles": [{**asdict(row), "findings": row.findings, "rate": row.rate} for row in report.worst],
        "edits": [asdict(edit) for edit in report.edits],
        "trouble": [asdict(each) for each in report.trouble],
        "moved": [{"feed": feed, "to": address} for feed, address in report.moved],
        "runs": [asdict(each) for each in report.runs],
    }


def _window(found: Trends) -> dict[str, Any]:
    window = found.window
    return {
        "since": window.since.isoformat(),
        "border": window.border.isoformat(),
        "until": window.until.isoformat(),
        "first_run": window.first,
        "newest_run": window.newest,
        "points": list(window.points),
        "runs_with_a_wrong_clock": list(window.jumped),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "rate": _rate(row.rate),
        "newest": _rate(row.newest),
        "last_run": _change(row.last),
        "month": _change(row.month),
        "series": list(row.series),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    sample = rate.sample
    return {
        "articles": sample.articles,
        "words": sample.words,
        "findings": sample.findings,
        "rate": rate.value,
        "low": rate.low,
        "high": rate.high,
    }


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "old": _rate(change.old),
        "new": _rate(change.new),
        "ratio": change.ratio,
        "low": change.low,
        "high": change.high,
        "chance": change.chance,
        "verdict": change.verdict,
    }
