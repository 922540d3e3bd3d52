"""The store: what was checked, when, by which rules, and what was found, in one SQLite file.

Only one process writes, and each call writes all or nothing. Texts are never changed in place: an article whose text
was edited gets another version, so that it can be told later which findings were repaired.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tqcheck.audit import opening, versions
from tqcheck.audit.lock import Lock
from tqcheck.audit.outcomes import OK, UNCHANGED
from tqcheck.audit.repeats import Place
from tqcheck.audit.values import Checked, Fetch, Missed, ShardDone, Validators
from tqcheck.audit.versions import plain, stamp

# Variables in one statement.
_CHUNK = 500


class Known(NamedTuple):
    """What the store has of an article: the hash of its newest text, the rules that checked it, the feed that its text
    is taken from, and when a run began that saw it there last."""

    text_hash: str
    rules: str
    feed: str
    seen: str


class Store:
    """The file of an audit. Every method that writes raises StoreError where the disk does not let it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: Lock | None, told: str | None = None) -> None:
        """Take an open file; use `Store.open`. `told` is what the user must hear of a damaged one."""
        self.path, self.told = path, told
        self._db, self._lock = connection, lock
        self._feeds: dict[str, int] = {}

    @classmethod
    def open(cls, path: str | Path, create: bool = True) -> Store:
        """Open a store to write to, under its lock. See `opening.write` for what is raised."""
        connection, lock, told = opening.write(Path(path), create)
        return cls(Path(path), connection, lock, told)

    @classmethod
    def read(cls, path: str | Path) -> Store:
        """Open a store only to read; an audit may be writing to it. See `opening.read` for what is raised."""
        return cls(Path(path), opening.read(Path(path)), None)

    def close(self) -> None:
        """Let go of the file and the lock."""
        self._db.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def asking(self) -> Iterator[sqlite3.Connection]:
        """The database for those who only ask: as it is now, whatever is written meanwhile."""
        try:
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                self._db.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise opening.trouble(error, self.path) from error

    # Runs

    def begin_run(self, inputs: Sequence[str], rules: str, now: datetime | None = None) -> int:
        """Begin a run over some inputs by some rules (their signature) and return its number.

        Runs that a crash left open are closed.
        """
        with self._writing() as db:
            db.execute("UPDATE runs SET state = 'killed' WHERE state = 'running'")
            row = (stamp(now), "running", json.dumps(list(inputs)), versions.ruleset(db, rules), os.getpid())
            cursor = db.execute("INSERT INTO runs (began, state, inputs, rules, process) VALUES (?, ?, ?, ?, ?)", row)
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def end_run(self, run: int, state: str, now: datetime | None = None) -> None:
        """Close a run as “done”, “interrupted” or “failed”."""
        with self._writing() as db:
            db.execute("UPDATE runs SET state = ?, ended = ? WHERE id = ?", (state, stamp(now), run))

    def began(self, run: int) -> str:
        """Return when a run began."""
        at: str = self._db.execute("SELECT began FROM runs WHERE id = ?", (run,)).fetchone()[0]
        return at

    # Articles

    def known(self, key: str) -> Known | None:
        """Return what the store has of an article; None where it has none of this key."""
        return self.known_many([key]).get(plain(key))

    def known_many(self, keys: Iterable[str]) -> dict[str, Known]:
        """Return what the store has of articles, by their plain keys; those it does not know are left out."""
        found: dict[str, Known] = {}
        for chunk in _chunks(map(plain, keys)):
            rows = self._db.execute(
                "SELECT a.key, v.text_hash, r.signature, f.name, t.began FROM articles a "
                "JOIN versions v ON v.id = a.version JOIN rulesets r ON r.id = v.rules "
                "JOIN feeds f ON f.id = a.feed JOIN listings l ON l.feed = a.feed AND l.article = a.id "
                f"JOIN runs t ON t.id = l.run WHERE a.key IN ({_marks(chunk)})",
                chunk,
            )
            found.update((row[0], Known(*row[1:])) for row in rows)
        return found

    def same_text(self, text_hash: str, rules: str) -> Checked | None:
        """Return what some article with this very text came to by these rules; None where none was checked."""
        return versions.same_text(self._db, text_hash, rules)

    def places(self, keys: Iterable[str]) -> dict[str, Place]:
        """Return where the records stand that the newest texts of articles are taken from, by their keys."""
        found: dict[str, Place] = {}
        for chunk in _chunks(keys):
            by_name = {plain(key): key for key in chunk}
            rows = self._db.execute(
                "SELECT a.key, r.shard, r.line FROM articles a JOIN records r ON r.article = a.id "
                f"WHERE a.key IN ({_marks(chunk)})",
                [*map(plain, chunk)],
            )
            found.update((by_name[key], Place(shard, line)) for key, shard, line in rows)
        return found

    def add(
        self,
        run: int,
        checked: Iterable[Checked],
        *,
        shard: ShardDone | None = None,
        instead: Collection[str] = (),
    ) -> None:
        """Write what was checked, and that a shard is done, in one transaction. The texts of the articles with the keys
        `instead` take the place of those that the store has, which were never theirs.

        The same article with the same text and rules again is written once; a text that is new for its article becomes
        its next version. An article that another feed lists keeps that feed's text: it is only noted that this one
        lists it too.
        """
        with self._writing() as db:
            for one in checked:
                article = versions.add(db, run, self._feed(db, one.feed), one, one.key in instead)
                if shard is not None and one.line is not None:
                    db.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (article, shard.digest, one.line))
            if shard is not None:
                state = "done" if shard.whole else "begun"
                self._shard(db, run, shard.digest, shard.where, shard.entries, state, "")
                self._miss(db, run, shard.missed)

    def touch(self, run: int, keys: Iterable[str], feed: str | None = None) -> None:
        """Note that a run saw articles again as they were, in `feed` (default: each in its own)."""
        with self._writing() as db:
            number = None if feed is None else self._feed(db, feed)
            db.executemany(
                "INSERT OR REPLACE INTO listings SELECT coalesce(?, feed), id, ? FROM articles WHERE key = ?",
                ((number, run, plain(key)) for key in keys),
            )

    def touch_feed(self, run: int, feed: str) -> int:
        """Note that a feed lists what it listed when it was last read, and return how many articles these are."""
        with self._writing() as db:
            number = self._feed(db, feed)
            cursor = db.execute(
                "UPDATE listings SET run = ?1 WHERE feed = ?2 "
                "AND run = (SELECT max(run) FROM listings WHERE feed = ?2)",
                (run, number),
            )
            return cursor.rowcount

    def listed_now(self) -> int:
        """Return how many articles the feeds listed when each was last read."""
        count: int = self._db.execute(
            "SELECT count(*) FROM listings l JOIN (SELECT feed, max(run) AS run FROM fetches GROUP BY feed) d "
            "ON d.feed = l.feed AND l.run >= d.run"
        ).fetchone()[0]
        return count

    # Shards

    def done_shards(self, rules: str) -> set[str]:
        """Return the digests of the shards that were worked through by these rules."""
        return set(self._shards("done", rules))

    def begun_shards(self, rules: str) -> dict[str, int]:
        """Return the digests of the shards of which a run was content with a part, and how many entries that was."""
        rows = self._db.execute(
            "SELECT digest, entries FROM shards JOIN rulesets r ON r.id = rules "
            "WHERE r.signature = ? AND state = 'begun'",
            (rules,),
        )
        return dict(rows.fetchall())

    def quarantined(self, rules: str) -> dict[str, str]:
        """Return the digests of the shards that were given up under these rules, and why."""
        return self._shards("quarantined", rules)

    def quarantine(self, run: int, digest: str, reason: str, where: str = "") -> None:
        """Note that a shard was given up, and why."""
        with self._writing() as db:
            self._shard(db, run, digest, where, 0, "quarantined", reason)

    # Fetches

    def validators(self, address: str, rules: str) -> Validators | None:
        """Return what the server said of its last answer for an address, if it was worked through by these rules."""
        row = self._db.execute(
            "SELECT etag, last_modified FROM validators JOIN rulesets r ON r.id = rules "
            "WHERE address = ? AND r.signature = ?",
            (plain(address), rules),
        ).fetchone()
        return None if row is None else Validators(*row)

    def fetched(self, run: int, fetch: Fetch, now: datetime | None = None) -> None:
        """Note a request. Its validators are kept by `keep_validators`, once the answer was worked through."""
        with self._writing() as db:
            feed = self._feed(db, fetch.feed)
            place, message = plain(fetch.address), plain(fetch.message)
            db.execute(
                "INSERT INTO fetches (run, feed, address, at, outcome, status, size, seconds, message) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (run, feed, place, stamp(now), fetch.outcome, fetch.status, fetch.size, fetch.seconds, message),
            )
            if fetch.address == fetch.feed and fetch.outcome in {OK, UNCHANGED}:
                db.execute("UPDATE feeds SET moved_to = ? WHERE id = ?", (fetch.moved_to, feed))

    def keep_validators(self, run: int, validators: Iterable[tuple[str, Validators]]) -> None:
        """Keep what servers said of answers that were worked through.

        Kept earlier, an answer whose articles a crash lost would come back as “unchanged” and its articles never.
        """
        with self._writing() as db:
            db.executemany(
                "INSERT OR REPLACE INTO validators SELECT ?, rules, ?, ? FROM runs WHERE id = ?",
                ((plain(address), each.etag, each.last_modified, run) for address, each in validators),
            )

    def missed(self, run: int, missed: Iterable[Missed]) -> None:
        """Note what gave no article, and why."""
        with self._writing() as db:
            self._miss(db, run, missed)

    # What stands behind them

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it or nothing, whatever ends it."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                self._feeds.clear()
                raise
        except sqlite3.Error as error:
            raise opening.trouble(error, self.path) from error

    def _shards(self, state: str, rules: str) -> dict[str, str]:
        rows = self._db.execute(
            "SELECT digest, reason FROM shards JOIN rulesets r ON r.id = rules WHERE r.signature = ? AND state = ?",
            (rules, state),
        )
        return dict(rows.fetchall())

    def _feed(self, db: sqlite3.Connection, name: str) -> int:
        name = plain(name)
        if name not in self._feeds:
            db.execute("INSERT OR IGNORE INTO feeds (name) VALUES (?)", (name,))
            self._feeds[name] = db.execute("SELECT id FROM feeds WHERE name = ?", (name,)).fetchone()[0]
        return self._feeds[name]

    def _miss(self, db: sqlite3.Connection, run: int, missed: Iterable[Missed]) -> None:
        db.executemany(
            "INSERT INTO misses VALUES (?, ?, ?, ?, ?)",
            ((run, self._feed(db, m.feed), plain(m.where), m.outcome, plain(m.message)) for m in missed),
        )

    @staticmethod
    def _shard(
        db: sqlite3.Connection, run: int, digest: str, place: str, entries: int, state: str, reason: str
    ) -> None:
        db.execute(
            "INSERT OR REPLACE INTO shards SELECT ?, rules, id, ?, ?, ?, ? FROM runs WHERE id = ?",
            (digest, plain(place), entries, state, plain(reason), run),
        )


def _chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(keys)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def _marks(chunk: Sequence[str]) -> str:
    return ",".join("?" * len(chunk))
