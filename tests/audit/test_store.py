"""The store: what it keeps, and what it does where the file, the disk or another audit is in the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tqcheck.audit import opening
from tqcheck.audit.opening import DamagedError, StoreError
from tqcheck.audit.schema import APPLICATION, SCRIPTS, VERSION
from tqcheck.audit.store import Store
from tqcheck.audit.summary import summary
from tqcheck.audit.values import Checked, Fetch, Flaw, Missed, ShardDone, Validators
from tqcheck.errors import ConfigError

FLAW = Flaw(
    "f1",
    "CAS101",
    "casing",
    "major",
    "high",
    "“france” is a name; write “France”.",
    3,
    9,
    "france",
    "in ⟦france⟧.",
    "France",
)
ONE = Checked("http://x/1", "http://x/feed", "h1", "r1", "en", 120, 92.5, (FLAW,), title="Ports", text="in france.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.sqlite"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_an_edit_makes_a_version_and_keeps_what_was_found_before(path: Path) -> None:
    with Store.open(path) as store:
        run = store.begin_run(["http://x/feed"], "r1")
        store.add(run, [ONE])
        assert store.known("http://x/1")[:3] == ("h1", "r1", "http://x/feed")
        assert store.known("http://x/2") is None
        again = store.begin_run(["http://x/feed"], "r1")
        store.add(again, [ONE, replace(ONE, text_hash="h2", flaws=())])
        assert store.known("http://x/1")[:3] == ("h2", "r1", "http://x/feed")
    assert rows(path, "SELECT number, run, text_hash, copy FROM versions") == [(1, 1, "h1", 0), (2, 2, "h2", 0)]
    assert rows(path, "SELECT number, fingerprint FROM findings JOIN versions ON id = version") == [(1, "f1")]


def test_other_rules_check_a_text_again_without_another_version(path: Path) -> None:
    with Store.open(path) as store:
        store.add(store.begin_run([], "r1"), [ONE])
        store.add(store.begin_run([], "r2"), [replace(ONE, rules="r2", flaws=(FLAW, replace(FLAW, fingerprint="f2")))])
    assert rows(path, "SELECT number, run, checked, signature FROM versions JOIN rulesets r ON r.id = rules") == [
        (1, 1, 2, "r2")
    ]
    assert rows(path, "SELECT fingerprint FROM findings") == [("f1",), ("f2",)]


def test_an_article_in_two_feeds_has_the_text_of_the_first(path: Path) -> None:
    with Store.open(path) as store:
        for _ in range(2):
            run = store.begin_run([], "r1")
            store.add(run, [ONE, replace(ONE, feed="http://x/world", text_hash="other")])
    assert rows(path, "SELECT text_hash FROM versions") == [("h1",)]
    assert rows(path, "SELECT name, run FROM listings JOIN feeds ON id = feed ORDER BY 1") == [
        ("http://x/feed", 2),
        ("http://x/world", 2),
    ]


def test_an_article_that_left_its_feed_belongs_to_the_one_that_lists_it(path: Path) -> None:
    with Store.open(path) as store:
        for day, text in ((1, "h1"), (3, "early"), (9, "late")):
            run = store.begin_run([], "r1", datetime(2026, 1, day, tzinfo=UTC))
            store.add(run, [replace(ONE, feed="http://x/feed" if day == 1 else "https://x/feed", text_hash=text)])
    assert rows(path, "SELECT text_hash FROM versions ORDER BY id") == [("h1",), ("late",)]


def test_copies_are_told_from_the_first(path: Path) -> None:
    with Store.open(path) as store:
        run = store.begin_run([], "r1")
        store.add(run, [ONE, replace(ONE, key="http://x/2"), replace(ONE, key="http://y/1", feed="http://y/feed")])
        same = store.same_text("h1", "r1")
        assert same is not None
        assert same.flaws == (FLAW,)
        assert store.same_text("h1", "r2") is None
    assert rows(path, "SELECT copy FROM versions ORDER BY id") == [(0,), (2,), (1,)]


def test_a_feed_that_did_not_change_lists_what_it_listed(path: Path) -> None:
    with Store.open(path) as store:
        first = store.begin_run([], "r1")
        store.add(first, [replace(ONE, key=f"http://x/{n}", text_hash=str(n)) for n in range(5)])
        second = store.begin_run([], "r1")
        store.touch(second, ["http://x/3", "http://x/4"])
        third = store.begin_run([], "r1")
        store.touch(third, ["http://x/4"], "http://x/other")
        assert store.touch_feed(third, "http://x/feed") == 2
    seen = rows(
        path, "SELECT key FROM listings JOIN articles a ON a.id = article WHERE listings.run = 3 AND listings.feed = 1"
    )
    assert seen == [("http://x/3",), ("http://x/4",)]


def test_a_shard_is_done_with_its_rows_or_not_at_all(path: Path) -> None:
    def breaks() -> object:
        yield ONE
        raise KeyboardInterrupt

    shard = ShardDone("d1", "a.jsonl#0", 2, (Missed("a.jsonl", "a.jsonl:7", "no-text", "the record has no text"),))
    with Store.open(path) as store:
        run = store.begin_run(["a.jsonl"], "r1")
        with pytest.raises(KeyboardInterrupt):
            store.add(run, breaks(), shard=shard)  # type: ignore[arg-type]
        assert store.done_shards("r1") == set()
        assert store.known(ONE.key) is None
        store.quarantine(run, "d1", "its worker died twice")
        assert store.quarantined("r1") == {"d1": "its worker died twice"}
        store.add(run, [ONE], shard=shard)
        assert store.done_shards("r1") == {"d1"}
        assert store.done_shards("r2") == set()
        assert store.quarantined("r1") == {}
    assert rows(path, "SELECT place, outcome FROM misses") == [("a.jsonl:7", "no-text")]


def test_validators_are_kept_apart_from_the_fetch(path: Path) -> None:
    said = Validators('"abc"', None)
    with Store.open(path) as store:
        run = store.begin_run([], "r1")
        moved = Fetch("http://x/feed", "http://x/feed", "ok", 200, 10, 0.5, said, moved_to="https://x/feed")
        store.fetched(run, moved)
        assert store.validators("http://x/feed", "r1") is None
        store.keep_validators(run, [("http://x/feed", said)])
        assert store.validators("http://x/feed", "r1") == said
        assert store.validators("http://x/feed", "r2") is None  # other rules must see its articles again
        store.add(run, [ONE])
        with store.asking() as db:
            assert summary(db, "s").moved == (("http://x/feed", "https://x/feed"),)
        # The feed is where it was again.
        store.fetched(run, replace(moved, moved_to=None))
    assert rows(path, "SELECT name, moved_to FROM feeds") == [("http://x/feed", None)]


def test_half_characters_and_nul_do_no_harm(path: Path) -> None:
    bad = "a\ud800b\0c"
    hostile = replace(ONE, key=bad, feed=bad, title=bad, text=bad, flaws=(replace(FLAW, text=bad, context=bad),))
    with Store.open(path) as store:
        run = store.begin_run([bad], "r1")
        store.add(run, [hostile])
        store.missed(run, [Missed(bad, bad, "no-text", bad)])
        assert store.known(bad) is not None


def test_what_a_crash_left_open_is_closed_by_the_next_run(path: Path) -> None:
    with Store.open(path) as store:
        store.begin_run([], "r1", datetime(2026, 1, 1, tzinfo=UTC))
    with Store.open(path) as store:
        store.end_run(store.begin_run([], "r1"), "done")
    assert rows(path, "SELECT state FROM runs") == [("killed",), ("done",)]


def test_a_second_audit_is_told_of_the_first(path: Path) -> None:
    with Store.open(path) as store:
        store.begin_run([], "r1", datetime(2026, 1, 1, tzinfo=UTC))
        second = "import sys; from tqcheck.audit.store import Store; Store.open(sys.argv[1])"
        ended = subprocess.run([sys.executable, "-c", second, str(path)], capture_output=True, text=True)
        assert "another audit is writing to this store (run 1, since 2026-01-01T00:00:00Z" in ended.stderr
        with Store.read(path) as reader:
            assert reader.known("x") is None
    Store.open(path).close()


def test_a_killed_writer_leaves_no_lock_and_no_half(path: Path) -> None:
    code = """
import os, signal, sys
from tests.audit.test_store import ONE
from tqcheck.audit.store import Store
from tqcheck.audit.summary import summary
store = Store.open(sys.argv[1])
run = store.begin_run([], "r1")
store.add(run, [ONE])
def more():
    from dataclasses import replace
    yield replace(ONE, key="lost")
    os.kill(os.getpid(), signal.SIGKILL)
store.add(run, more())
"""
    ended = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with Store.open(path) as store:
        assert store.told is None
        assert store.known(ONE.key) is not None
        assert store.known("lost") is None


@pytest.mark.parametrize("harm", ["begin", "middle", "cut"])
def test_a_damaged_store_is_kept_aside_and_said(path: Path, harm: str) -> None:
    with Store.open(path) as store:
        run = store.begin_run([], "r1")
        store.add(run, [replace(ONE, key=f"k{n}", text_hash=str(n)) for n in range(400)])
    whole = path.read_bytes()
    if harm == "begin":
        damaged = os.urandom(4096) + whole[4096:]
    elif harm == "middle":
        damaged = whole[:8192] + b"\xff" * (len(whole) - 16384) + whole[-8192:]
    else:
        damaged = whole[: len(whole) // 2]
    path.write_bytes(damaged)
    with Store.open(path) as store:
        assert store.told is not None
        assert "damaged" in store.told
        assert "audit.sqlite.damaged-1" in store.told
        assert store.known("k1") is None
    assert (path.parent / "audit.sqlite.damaged-1").read_bytes() == damaged


def test_a_damaged_store_is_not_renamed_by_a_reader(path: Path) -> None:
    with Store.open(path) as store:
        store.begin_run([], "r1")
    path.write_bytes(os.urandom(8192))
    with pytest.raises(DamagedError, match="damaged"):
        Store.read(path)
    assert path.exists()


def test_what_is_no_store_is_left_alone(path: Path) -> None:
    path.write_text("An article, and no store at all.\n")
    for way in (Store.open, Store.read):
        with pytest.raises(ConfigError, match="no store of tqcheck"):
            way(path)
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(ConfigError, match="no store of tqcheck"):
        Store.open(path)
    with pytest.raises(ConfigError, match="folder"):
        Store.open(path.parent)
    with pytest.raises(ConfigError, match="no such store"):
        Store.read(path.with_name("none"))


def test_a_store_of_an_older_version_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path) as store:
        store.add(store.begin_run([], "r1"), [ONE])
    broken = (*SCRIPTS, "ALTER TABLE feeds ADD COLUMN title TEXT; INSERT INTO nowhere VALUES (1);")
    monkeypatch.setattr(opening, "VERSION", VERSION + 1)
    with pytest.raises(ConfigError, match="older tqcheck"):
        Store.read(path)
    monkeypatch.setattr(opening, "SCRIPTS", broken)
    with pytest.raises(StoreError, match="nowhere"):
        Store.open(path)
    assert rows(path, "PRAGMA user_version") == [(VERSION,)]  # whole or not at all
    monkeypatch.setattr(opening, "SCRIPTS", (*SCRIPTS, "ALTER TABLE feeds ADD COLUMN title TEXT;"))
    with Store.open(path) as store:
        assert store.known(ONE.key) is not None
    assert rows(path, "SELECT name, title FROM feeds") == [("http://x/feed", None)]
    assert rows(path, "PRAGMA user_version") == [(VERSION + 1,)]


def test_a_store_of_a_newer_version_is_left_alone(path: Path) -> None:
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    for way in (Store.open, Store.read):
        with pytest.raises(ConfigError, match="newer tqcheck"):
            way(path)
    assert rows(path, "PRAGMA application_id") == [(APPLICATION,)]
