"""A run over entries: what is checked, what is left out, and what stands in the store however it ends."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tqcheck.audit.checking import rules_signature, text_hash
from tqcheck.audit.run import Plan, Tally, check_entries
from tqcheck.audit.sieve import Sieve
from tqcheck.audit.store import Store
from tqcheck.audit.values import Entry, Fetch, Missed, Validators
from tqcheck.config import Settings
from tqcheck.errors import ConfigError
from tqcheck.model import Article

FEED = "http://x/feed"
RULES = rules_signature(Settings())
GOOD, BAD = "The mayor opened the bridge on Monday.", "They met the the mayor in kyiv on Monday."


class Still:
    def expect(self, expected: int | None, unit: str) -> None: ...
    def passed(self, size: int) -> None: ...
    def moved(self, tally: Tally) -> None: ...


def entry(name: str, text: str = BAD, feed: str = FEED, **more: object) -> Entry:
    return Entry(f"http://x/{name}", feed, Article(text, lang="en", title=name), **more)  # type: ignore[arg-type]


def run(
    path: Path, items: Iterable[Entry | Missed | Fetch], sieve: Sieve | None = None, settings: Settings | None = None
) -> Tally:
    settings = settings or Settings()
    with Store.open(path) as store:
        number = store.begin_run([FEED], rules_signature(settings))
        tally = check_entries(store, number, items, Plan(lambda _: settings, 1, sieve or Sieve()), Still())
        store.end_run(number, "done")
        return tally


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.sqlite"


def test_what_is_known_is_not_checked_again(path: Path) -> None:
    items = [entry("a"), entry("b", GOOD), Missed(FEED, "http://x/c", "no-text", "nothing to check")]
    first = run(path, items)
    assert (first.checked, first.unchanged, first.findings, first.missed) == (2, 0, 2, {"no-text": 1})
    second = run(path, items)
    assert (second.checked, second.unchanged) == (0, 2)
    third = run(path, [entry("a", BAD + " He left."), entry("b", GOOD)])
    assert (third.checked, third.unchanged) == (1, 1)
    # Another version of the rules, or of what they know: all is checked again, and no text is taken for edited.
    other = run(path, [entry("b", GOOD)], settings=Settings(ignore=("CAS",)))
    assert other.checked == 1
    assert ask(path, "SELECT key, number FROM versions v JOIN articles a ON a.id = article ORDER BY 1, 2") == [
        ("http://x/a", 1),
        ("http://x/a", 2),
        ("http://x/b", 1),
    ]
    assert ask(path, "SELECT f.text, f.severity, f.suggestion FROM findings f WHERE version = 1 ORDER BY start") == [
        ("the the", "minor", "the"),
        ("kyiv", "major", "Kyiv"),
    ]


def test_fifty_copies_are_checked_once(path: Path) -> None:
    copies = [entry(f"copy{n}", feed=f"http://x/feed{n % 3}") for n in range(50)]
    tally = run(path, copies)
    assert (tally.checked, tally.copies) == (1, 49)
    assert (tally.words, tally.findings) == (9, 2)
    later = run(path, [*copies, entry("late")])
    assert (later.checked, later.copies, later.unchanged) == (0, 1, 50)
    assert ask(path, "SELECT copy, count(*) FROM versions GROUP BY 1") == [(0, 1), (1, 3), (2, 47)]
    assert ask(path, "SELECT count(*), count(DISTINCT fingerprint) FROM findings") == [(102, 2)]
    assert ask(
        path, "SELECT DISTINCT title = replace(key, 'http://x/', '') FROM versions v JOIN articles a ON a.id = article"
    ) == [(1,)]


def test_an_answer_is_kept_once_all_of_it_is_in_the_store(path: Path) -> None:
    said = Validators('"1"', None)
    feed, page = Fetch(FEED, FEED, "ok", 200, validators=said), Fetch(FEED, "http://x/a", "ok", 200, validators=said)

    def breaks() -> Iterator[Entry | Fetch]:
        yield entry("a")
        yield page
        for n in range(200):
            yield entry(f"more{n}", f"{BAD} {n}.")
        raise KeyboardInterrupt

    def known(address: str) -> bool:
        with Store.read(path) as store:
            return store.validators(address, RULES) is not None

    with pytest.raises(KeyboardInterrupt):
        run(path, breaks())
    assert known("http://x/a")
    assert not known(FEED)
    run(path, [entry("a"), page, entry("b"), feed])
    assert known(FEED)


@pytest.mark.parametrize("sieve", [Sieve(limit=1), Sieve(sample=0.4), Sieve(since=datetime(2026, 2, 1, tzinfo=UTC))])
def test_an_answer_of_which_something_was_left_out_is_not_kept(path: Path, sieve: Sieve) -> None:
    fetch = Fetch(FEED, FEED, "ok", 200, validators=Validators('"1"'))
    items = [entry(str(n), f"{BAD} {n}.", published=datetime(2026, 1 + n % 2, 9, tzinfo=UTC)) for n in range(12)]
    tally = run(path, [*items, fetch], sieve)
    assert 0 < tally.checked < 12
    with Store.read(path) as store:
        assert store.validators(FEED, RULES) is None
    again = run(path, [*items, fetch], replace(sieve, taken=0))
    assert again.checked == (1 if sieve.limit else 0)  # a limit goes on, a sample stays the same
    assert run(path, [*items, fetch]).checked == 12 - tally.checked - again.checked


def test_an_unchanged_feed_lists_its_articles_still(path: Path) -> None:
    run(path, [entry("a"), entry("b", GOOD), Fetch(FEED, FEED, "ok", 200)])
    assert run(path, [Fetch(FEED, FEED, "unchanged", 304)]).unchanged == 2
    assert (
        run(path, [entry("a"), Fetch(FEED, "http://x/b", "unchanged", 304), Fetch(FEED, FEED, "ok", 200)]).unchanged
        == 2
    )
    assert ask(path, "SELECT DISTINCT run FROM listings") == [(3,)]


def test_one_that_breaks_costs_no_other(path: Path) -> None:
    broken = replace(entry("bad"), article=Article(BAD, lang="not a language"))
    tally = run(path, [broken, entry("a")])
    assert (tally.checked, tally.missed) == (1, {"failed": 1})
    assert "not a language" in str(ask(path, "SELECT message FROM misses"))


def test_ctrl_c_keeps_what_is_finished_and_the_next_run_goes_on(path: Path) -> None:
    code = """
import sys
from tests.audit.test_run import *
def slow():
    for n in range(300):
        yield entry(str(n), f"{BAD} It was number {n}. " * 3)
        print(n, flush=True)
try:
    run(Path(sys.argv[1]), slow())
except KeyboardInterrupt:
    sys.exit(130)
"""
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= 150:
                process.send_signal(signal.SIGINT)
                break
        rest = process.stdout.read()
    assert process.returncode == 130
    assert "299" not in rest
    (kept,) = ask(path, "SELECT count(*) FROM articles")[0]
    assert isinstance(kept, int)
    assert 100 < kept < 300
    tally = run(path, [entry(str(n), f"{BAD} It was number {n}. " * 3) for n in range(300)])
    assert (tally.unchanged, tally.checked) == (kept, 300 - kept)
    assert ask(path, "SELECT count(*), max(number) FROM versions") == [(300, 1)]


def test_a_full_disk_ends_the_run_and_loses_nothing(path: Path) -> None:
    run(path, [entry("first", GOOD)])
    code = """
import resource, sys
from tests.audit.test_run import *
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
run(Path(sys.argv[1]), (entry(str(n), f"{BAD} {n} " + f"word{n} " * 100) for n in range(2000)))
"""
    ended = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert "StoreError" in ended.stderr.splitlines()[-1]
    assert "the disk is full or failing" in ended.stderr
    with Store.open(path) as store:
        assert store.told is None
        assert store.known("http://x/first") is not None
        assert store.known("http://x/1999") is None
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_text_is_known_by_all_that_is_checked_with_it() -> None:
    plain = Article("a", lang="en")
    others = [
        replace(plain, text="b"),
        replace(plain, source="x"),
        replace(plain, lang="de"),
        replace(plain, source_lang="fr"),
    ]
    assert len({text_hash(article) for article in (plain, *others)}) == 5
    assert text_hash(replace(plain, id="x", url="y", title="z")) == text_hash(plain)
    assert rules_signature(Settings(ignore=("CAS",))) != RULES
    assert rules_signature(Settings(lang="en")) != RULES
    assert rules_signature(Settings(fail_on=None, baseline="known.json")) == RULES


def test_a_file_that_the_settings_name_is_part_of_the_rules(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("foo\n")
    before = rules_signature(Settings(accept_files=(str(words),)))
    words.write_text("bar\n")
    rules_signature.cache_clear()  # as in another process
    assert rules_signature(Settings(accept_files=(str(words),))) != before
    words.unlink()
    rules_signature.cache_clear()
    with pytest.raises(ConfigError, match=r"words\.txt"):
        rules_signature(Settings(accept_files=(str(words),)))
