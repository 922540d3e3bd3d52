"""What the trend report counts: articles, words and findings by run, for each feed, language and rule.

A text counts once, in the run that saw it first: an article that stays in its feed for a week is no news on each of
its days. Copies of it count once in each feed, and once in all. Only texts that were checked by the rules that their
feed is checked by now are compared: other rules find other things.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tqcheck.audit.rates import Sample

Cells = dict[str, dict[int, Sample]]

_SOUND = """
CREATE TEMP TABLE sound (version INTEGER PRIMARY KEY, article, feed, run, lang, words, copy, found);
CREATE TEMP TABLE ruling (feed, rules, PRIMARY KEY (feed, rules)) WITHOUT ROWID;
INSERT INTO ruling
    SELECT DISTINCT a.feed, v.rules FROM versions v JOIN articles a ON a.id = v.article JOIN (SELECT b.feed AS feed,
    max(w.checked) AS checked FROM versions w JOIN articles b ON b.id = w.article GROUP BY b.feed) newest ON
    newest.feed = a.feed AND newest.checked = v.checked;
INSERT INTO sound
    SELECT v.id, v.article, a.feed, v.run, v.lang, max(v.words, 1), v.copy,
        (SELECT count(*) FROM findings f WHERE f.version = v.id)
    FROM versions v JOIN articles a ON a.id = v.article JOIN ruling r ON r.feed = a.feed AND r.rules = v.rules
    WHERE v.run BETWEEN {first} AND {last};
"""
_SUMS = "count(*), sum(s.words), sum(s.found), sum(s.found * s.found * 1.0 / s.words)"


@dataclass(slots=True)
class Counted:
    """Samples by run: of all, and of each feed, language and rule; `families` maps a rule to its category."""

    total: dict[int, Sample] = field(default_factory=dict)
    feeds: Cells = field(default_factory=dict)
    languages: Cells = field(default_factory=dict)
    rules: Cells = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    # What was left out since other rules had checked it: articles and words.
    other_rules: tuple[int, int] = (0, 0)


def select_sound(db: sqlite3.Connection, first: int, last: int) -> None:
    """Make the temporary table `sound`: the texts that runs `first` to `last` saw first and that may be compared."""
    db.executescript("DROP TABLE IF EXISTS temp.sound; DROP TABLE IF EXISTS temp.ruling;")
    db.executescript(_SOUND.format(first=int(first), last=int(last)))


def count(db: sqlite3.Connection, first: int, last: int) -> Counted:
    """Count what `select_sound` chose."""
    counted = Counted()
    rows = db.execute(f"SELECT s.run, {_SUMS} FROM sound s WHERE s.copy = 0 GROUP BY s.run")
    counted.total = {run: Sample(*sums) for run, *sums in rows}
    feeds = (
        f"SELECT n.name, s.run, {_SUMS} FROM sound s JOIN listings l ON l.article = s.article "
        "JOIN feeds n ON n.id = l.feed WHERE s.copy < 2 GROUP BY l.feed, s.run"
    )
    counted.feeds = _cells(db.execute(feeds))
    languages = f"SELECT s.lang, s.run, {_SUMS} FROM sound s WHERE s.copy = 0 GROUP BY s.lang, s.run"
    counted.languages = _cells(db.execute(languages))
    _rules(db, counted)
    every = db.execute(
        "SELECT count(*), coalesce(sum(max(words, 1)), 0) FROM versions WHERE run BETWEEN ? AND ? AND copy = 0",
        (first, last),
    ).fetchone()
    sound = db.execute("SELECT count(*), coalesce(sum(words), 0) FROM sound WHERE copy = 0").fetchone()
    counted.other_rules = (every[0] - sound[0], every[1] - sound[1])
    return counted


def _rules(db: sqlite3.Connection, counted: Counted) -> None:
    """A rule is counted over all words: where it did not run it found nothing."""
    found: dict[str, dict[int, Sample]] = defaultdict(dict)
    rows = db.execute(
        "SELECT code, category, run, sum(n), sum(n * n * 1.0 / words) FROM ("
        "SELECT f.code AS code, f.category AS category, s.run AS run, s.words AS words, count(*) AS n "
        "FROM sound s JOIN findings f ON f.version = s.version WHERE s.copy = 0 GROUP BY s.version, f.code"
        ") GROUP BY code, run"
    )
    for code, category, run, findings, squares in rows:
        whole = counted.total[run]
        found[code][run] = Sample(whole.articles, whole.words, findings, squares)
        counted.families[code] = category
    for runs in found.values():
        for run, whole in counted.total.items():
            runs.setdefault(run, Sample(whole.articles, whole.words))
    counted.rules = dict(found)


def _cells(rows: Iterable[tuple[Any, ...]]) -> Cells:
    cells: Cells = defaultdict(dict)
    for name, run, *sums in rows:
        cells[name][run] = Sample(*sums)
    return dict(cells)
