"""The articles of a trend report: the worst that are in their feeds now, and what became of those that were edited."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from dataclasses import dataclass

from tqcheck.audit.values import Flaw
from tqcheck.audit.versions import FLAW


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in its newest version, with its findings by severity."""

    key: str
    feed: str
    version: int
    title: str | None
    lang: str
    words: int
    score: float
    critical: int
    major: int
    minor: int
    first_seen: str
    published: str | None

    @property
    def findings(self) -> int:
        """All of them."""
        return self.critical + self.major + self.minor

    @property
    def rate(self) -> float:
        """Findings per 10,000 words."""
        return 10_000 * self.findings / max(1, self.words)


@dataclass(frozen=True, slots=True)
class Edit:
    """An article whose text was edited: findings before and after, those that are gone and those that came."""

    key: str
    feed: str
    title: str | None
    at: str
    number: int
    before: int
    after: int
    repaired: tuple[str, ...]
    added: tuple[str, ...]


# What a feed listed when it was last read; a folder or file lists what it ever held.
_WORST = """
WITH reads AS (SELECT feed, max(run) AS run FROM fetches WHERE outcome IN ('ok', 'unchanged') GROUP BY feed),
chosen AS (
    SELECT a.id AS article, v.id AS version FROM articles a JOIN versions v ON v.id = a.version
    WHERE v.run >= ? AND v.copy = 0 AND EXISTS (SELECT 1 FROM findings x WHERE x.version = v.id) AND EXISTS (
        SELECT 1 FROM listings l LEFT JOIN reads d ON d.feed = l.feed
        WHERE l.article = a.id AND (d.run IS NULL OR l.run >= d.run))
    ORDER BY v.score, a.key LIMIT ?)
SELECT a.key, f.name, v.id, v.title, v.lang, v.words, v.score,
    (SELECT count(*) FROM findings x WHERE x.version = v.id AND x.severity = 'critical'),
    (SELECT count(*) FROM findings x WHERE x.version = v.id AND x.severity = 'major'),
    (SELECT count(*) FROM findings x WHERE x.version = v.id AND x.severity = 'minor'),
    r.began, v.published
FROM chosen c JOIN articles a ON a.id = c.article JOIN versions v ON v.id = c.version
JOIN feeds f ON f.id = a.feed JOIN runs r ON r.id = a.run ORDER BY v.score, a.key
"""


def worst(db: sqlite3.Connection, first: int, most: int) -> list[ArticleRow]:
    """Return the articles of the lowest score that are in their feeds now, and whose text was first seen in run `first`
    or later."""
    return [ArticleRow(*row) for row in db.execute(_WORST, (first, most))]


def edits(db: sqlite3.Connection, first: int, most: int) -> list[Edit]:
    """Return what became of articles that were edited in run `first` or later, the newest edits first.

    Both versions must have been checked by the same rules. Findings are told apart by their rule and the words at
    fault, so that one is not taken for repaired since the words beside it changed.
    """
    rows = db.execute(
        "SELECT a.key, f.name, v.title, r.began, v.number, o.id, v.id FROM versions v "
        "JOIN versions o ON o.article = v.article AND o.number = v.number - 1 AND o.rules = v.rules "
        "JOIN articles a ON a.id = v.article JOIN feeds f ON f.id = a.feed JOIN runs r ON r.id = v.run "
        "WHERE v.run >= ? ORDER BY v.run DESC, a.key LIMIT ?",
        (first, most),
    ).fetchall()
    return [_edit(db, *row) for row in rows]


def flaws_of(db: sqlite3.Connection, version: int) -> list[Flaw]:
    """Return the findings of a version in the order of the text."""
    rows = db.execute(f"SELECT {FLAW} FROM findings WHERE version = ? ORDER BY start, stop, code", (version,))
    return [Flaw(*row) for row in rows]


def text_of(db: sqlite3.Connection, version: int) -> str | None:
    """Return the text of a version, where it was kept."""
    row = db.execute("SELECT packed FROM texts WHERE version = ?", (version,)).fetchone()
    return None if row is None else zlib.decompress(row[0]).decode("utf-8")


def _edit(db: sqlite3.Connection, key: str, feed: str, title: str, at: str, number: int, old: int, new: int) -> Edit:
    before, after = (Counter((f.code, f.text) for f in flaws_of(db, version)) for version in (old, new))
    return Edit(
        key, feed, title, at, number, before.total(), after.total(), _told(before - after), _told(after - before)
    )


def _told(some: Counter[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{code} “{words}”" for code, words in sorted(some.elements()))


def moved(db: sqlite3.Connection, run: int) -> list[tuple[str, str]]:
    """Return the feeds of a run that have another address for good, and which."""
    rows = db.execute(
        "SELECT name, moved_to FROM feeds f WHERE moved_to IS NOT NULL "
        "AND EXISTS (SELECT 1 FROM fetches t WHERE t.run = ? AND t.feed = f.id) ORDER BY name",
        (run,),
    )
    return rows.fetchall()


def trouble(db: sqlite3.Connection, run: int) -> list[tuple[str, str, int, str, str]]:
    """Return what gave no article in a run: feed, outcome, how often, an example of where, what was said of it.

    A shard that was given up stands there as an input of its own.
    """
    rows = db.execute(
        "SELECT f.name, m.outcome, count(*), min(m.place), m.message FROM misses m JOIN feeds f ON f.id = m.feed "
        "WHERE m.run = ?1 GROUP BY f.name, m.outcome UNION ALL "
        "SELECT place, state, 1, place, reason FROM shards WHERE run = ?1 AND state = 'quarantined' ORDER BY 1, 2",
        (run,),
    )
    return rows.fetchall()
