"""Write one article into the store: its first version, the next one of an edited text, or the same by other rules."""

from __future__ import annotations

import json
import sqlite3
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

from tqcheck.audit.moments import moment
from tqcheck.audit.values import Checked, Flaw

# The columns of a finding, in the order of `Flaw`.
FLAW = "fingerprint, code, category, severity, confidence, message, start, stop, text, context, suggestion"


# How long an article may be missing in its feed before another one takes over.
_LEFT = timedelta(days=3)


def add(db: sqlite3.Connection, run: int, feed: int, one: Checked, instead: bool = False) -> int:
    """Write what was checked, and return the number of the article; `instead`: in the place of its newest version.
    `feed` is the number of its feed; the caller holds the transaction."""
    old = db.execute(
        "SELECT a.id, a.feed, v.id, v.number, v.text_hash, r.signature, t.began, n.began FROM articles a "
        "JOIN versions v ON v.id = a.version JOIN rulesets r ON r.id = v.rules "
        "JOIN listings l ON l.feed = a.feed AND l.article = a.id JOIN runs t ON t.id = l.run "
        "JOIN runs n ON n.id = ? WHERE a.key = ?",
        (run, plain(one.key)),
    ).fetchone()
    if old is None:
        row = (plain(one.key), feed, run)
        article = _number(db.execute("INSERT INTO articles (key, feed, run) VALUES (?, ?, ?)", row))
        _version(db, run, article, feed, 1, one)
    else:
        article = old[0]
        if instead:
            _instead(db, run, old[2], one)
        else:
            _renew(db, run, feed, old, one)
    db.execute("INSERT OR REPLACE INTO listings VALUES (?, ?, ?)", (feed, article, run))
    return article


def _renew(db: sqlite3.Connection, run: int, feed: int, old: tuple[Any, ...], one: Checked) -> None:
    article, home, version, number, text_hash, rules, seen, now = old
    if home != feed:
        if not has_left(seen, now):
            return  # each feed may carry the text in its own way; taken from both, it would change with every run
        db.execute("UPDATE articles SET feed = ? WHERE id = ?", (feed, article))
    if text_hash != one.text_hash:
        _version(db, run, article, feed, number + 1, one)
    elif rules != one.rules:
        _again(db, run, version, one)


def same_text(db: sqlite3.Connection, text_hash: str, rules: str) -> Checked | None:
    """Return what some article with this very text came to by these rules; None where none was checked."""
    row = db.execute(
        "SELECT v.id, a.key, f.name, v.lang, v.words, v.score, v.failures, v.title, v.source_lang, v.origin "
        "FROM versions v JOIN articles a ON a.id = v.article JOIN feeds f ON f.id = a.feed "
        "WHERE v.text_hash = ? AND v.rules = (SELECT id FROM rulesets WHERE signature = ?) LIMIT 1",
        (text_hash, rules),
    ).fetchone()
    if row is None:
        return None
    version, key, feed, lang, words, score, failures, title, source_lang, origin = row
    flaws = db.execute(f"SELECT {FLAW} FROM findings WHERE version = ? ORDER BY rowid", (version,))
    return Checked(
        key=key,
        feed=feed,
        text_hash=text_hash,
        rules=rules,
        lang=lang,
        words=words,
        score=score,
        flaws=tuple(Flaw(*flaw) for flaw in flaws),
        failures=tuple(json.loads(failures)),
        title=title,
        source_lang=source_lang,
        origin=origin,
    )


def has_left(seen: str, now: str) -> bool:
    """Tell whether an article left the feed that its text is taken from, which saw it last at `seen`: the feed moved,
    or is no longer audited. Its text is then taken from the feed that lists it."""
    return moment(now) - moment(seen) > _LEFT


def ruleset(db: sqlite3.Connection, signature: str) -> int:
    """Return the number under which the store has a signature of rules."""
    row = db.execute("SELECT id FROM rulesets WHERE signature = ?", (signature,)).fetchone()
    if row is None:
        return _number(db.execute("INSERT INTO rulesets (signature) VALUES (?)", (signature,)))
    number: int = row[0]
    return number


def stamp(moment: datetime | None = None) -> str:
    """Return a moment (default: now) as the store writes it."""
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(text: str) -> str:
    """Return a text that UTF-8 can write: a name of a file or a hostile record may hold halves of characters."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _version(db: sqlite3.Connection, run: int, article: int, feed: int, number: int, one: Checked) -> None:
    (copy,) = db.execute(
        "SELECT coalesce(max(1 + (a.feed = ?)), 0) FROM versions v JOIN articles a ON a.id = v.article "
        "WHERE v.text_hash = ?",
        (feed, one.text_hash),
    ).fetchone()
    cursor = db.execute(
        "INSERT INTO versions (article, number, run, checked, text_hash, copy, rules, lang, source_lang, words, "
        "score, title, published, origin, failures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article, number, run, run, one.text_hash, copy, *_judged(db, one)),
    )
    version = _number(cursor)
    db.execute("UPDATE articles SET version = ? WHERE id = ?", (version, article))
    _findings(db, version, one)
    _text(db, version, one)


def _again(db: sqlite3.Connection, run: int, version: int, one: Checked) -> None:
    """The same text by other rules: what they found takes the place of what the old ones had."""
    db.execute(
        "UPDATE versions SET checked = ?, rules = ?, lang = ?, source_lang = ?, words = ?, score = ?, title = ?, "
        "published = ?, origin = ?, failures = ? WHERE id = ?",
        (run, *_judged(db, one), version),
    )
    db.execute("DELETE FROM findings WHERE version = ?", (version,))
    _findings(db, version, one)


def _instead(db: sqlite3.Connection, run: int, version: int, one: Checked) -> None:
    """The text that is there was taken from another entry; this one is the article."""
    db.execute("DELETE FROM texts WHERE version = ?", (version,))
    db.execute("UPDATE versions SET text_hash = ? WHERE id = ?", (one.text_hash, version))
    _text(db, version, one)
    _again(db, run, version, one)


def _text(db: sqlite3.Connection, version: int, one: Checked) -> None:
    if one.text is not None:
        packed = zlib.compress(one.text.encode("utf-8", "backslashreplace"))
        db.execute("INSERT INTO texts VALUES (?, ?)", (version, packed))


def _findings(db: sqlite3.Connection, version: int, one: Checked) -> None:
    rows = ((version, *_flaw(flaw)) for flaw in one.flaws)
    db.executemany(f"INSERT INTO findings (version, {FLAW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _flaw(flaw: Flaw) -> tuple[object, ...]:
    said = tuple(None if text is None else plain(text) for text in (flaw.text, flaw.context, flaw.suggestion))
    kind = (flaw.fingerprint, flaw.code, flaw.category, flaw.severity, flaw.confidence)
    return (*kind, plain(flaw.message), flaw.start, flaw.end, *said)


def _judged(db: sqlite3.Connection, one: Checked) -> tuple[object, ...]:
    published = None if one.published is None else stamp(one.published)
    title = None if one.title is None else plain(one.title)
    failures = json.dumps(one.failures)
    rules = ruleset(db, one.rules)
    return (rules, one.lang, one.source_lang, one.words, one.score, title, published, one.origin, failures)


def _number(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None
    return cursor.lastrowid
