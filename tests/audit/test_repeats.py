"""Records with one id in several shards, and limits that end within a shard: the same store, however a run went."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.audit.runs import SETTINGS, SIZE
from tqcheck.audit.archive_run import Engine, Tally, audit_archives
from tqcheck.audit.check_shard import ShardResult, check_shard
from tqcheck.audit.checking import rules_signature
from tqcheck.audit.engines import Quarantined, processes
from tqcheck.audit.shards import Shard
from tqcheck.audit.sieve import Sieve
from tqcheck.audit.store import Store
from tqcheck.config import Settings

Outcomes = Iterator[ShardResult | Quarantined]


def straight(shards: Iterator[Shard], settings: Settings) -> Outcomes:
    yield from (check_shard(shard, settings) for shard in shards)


def backwards(shards: Iterator[Shard], settings: Settings) -> Outcomes:
    """As it may come when several workers check."""
    yield from (check_shard(shard, settings) for shard in reversed(list(shards)))


def last_then_death(shards: Iterator[Shard], settings: Settings) -> Outcomes:
    yield next(backwards(shards, settings))
    raise KeyboardInterrupt


def audit(
    place: Path, path: Path, engine: Engine, limit: int | None = None, settings: Settings = SETTINGS
) -> tuple[Tally, list[str]]:
    """Audit a file; return what came to it, and what was told of records that are there twice."""
    with Store.open(place) as store:
        run = store.begin_run([str(path)], rules_signature(settings))
        sieve = Sieve(limit=limit)
        tally = audit_archives(store, run, [str(path)], settings, engine, size=SIZE, sieve=sieve)
        store.end_run(run, "done")
        with store.asking() as db:
            told = db.execute("SELECT outcome || ' ' || place FROM misses WHERE run = ? ORDER BY rowid", (run,))
            return tally, [f"{row[0]}".replace(str(path), "") for row in told]


def content(place: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(place) as db:
        return db.execute(
            "SELECT a.key, v.number, v.id = a.version, v.text_hash, r.line, f.text FROM articles a "
            "JOIN records r ON r.article = a.id JOIN versions v ON v.article = a.id "
            "LEFT JOIN findings f ON f.version = v.id ORDER BY 1, 2, 6"
        ).fetchall()


def write(path: Path, ids: list[str], word: str = "said") -> Path:
    lines = (json.dumps({"id": id_, "text": f"The mayor of town {n} {word} {word} no."}) for n, id_ in enumerate(ids))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A file whose second record comes again, with another text, many shards later."""
    return write(tmp_path / "in.jsonl", [f"a{n}" if n != 17 else "a1" for n in range(20)])


@pytest.mark.parametrize("engine", [straight, backwards, partial(processes.run, jobs=2)])
def test_the_first_record_with_an_id_holds_whichever_was_checked_first(
    tmp_path: Path, twice: Path, engine: Engine
) -> None:
    tally, told = audit(tmp_path / "one.db", twice, engine)
    assert (tally.articles, told) == (20, ["duplicate #a1"])
    articles = content(tmp_path / "one.db")
    assert len(articles) == 19
    assert [row[4] for row in articles if str(row[0]).endswith("#a1")] == [2]
    assert {row[1] for row in articles} == {1}  # nothing was edited
    audit(tmp_path / "other.db", twice, straight)
    assert articles == content(tmp_path / "other.db")


def test_a_run_that_was_killed_between_the_two_leaves_the_same_store(tmp_path: Path, twice: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        audit(tmp_path / "killed.db", twice, last_then_death)
    with pytest.raises(KeyboardInterrupt):  # once more, now with the second of the two
        audit(tmp_path / "killed.db", twice, last_then_death)
    _, told = audit(tmp_path / "killed.db", twice, straight)
    assert told == ["duplicate #a1"]
    audit(tmp_path / "whole.db", twice, straight)
    assert content(tmp_path / "killed.db") == content(tmp_path / "whole.db")
    # Other rules, or the same once more: it stays so.
    other = Settings(lang="en", select=("REP102",))
    audit(tmp_path / "killed.db", twice, backwards, settings=other)
    audit(tmp_path / "killed.db", twice, straight)
    assert content(tmp_path / "killed.db")[0][1:5] == content(tmp_path / "whole.db")[0][1:5]
    assert {row[1] for row in content(tmp_path / "killed.db")} == {1}


@pytest.mark.parametrize("engine", [straight, backwards])
def test_a_record_that_was_edited_is_edited_wherever_it_stands_now(tmp_path: Path, engine: Engine) -> None:
    place = tmp_path / "audit.db"
    ids = [f"a{n}" for n in range(20)]
    path = write(tmp_path / "in.jsonl", ids)
    audit(place, path, engine)
    path.write_text(path.read_text().replace("town 3 said said", "city 3 said"))
    assert audit(place, path, engine)[1] == []
    # It moves to another shard, and is edited again.
    lines = path.read_text().splitlines()
    lines.append(lines.pop(3).replace("city", "village"))
    path.write_text("\n".join(lines) + "\n")
    assert audit(place, path, engine)[1] == []
    third = [(row[1], row[2], row[5]) for row in content(place) if str(row[0]).endswith("#a3")]
    assert third == [(1, 0, "said said"), (2, 0, None), (3, 1, None)]
    assert len({row[0] for row in content(place)}) == 20


@pytest.mark.parametrize("engine", [straight, partial(processes.run, jobs=2)])
def test_a_limit_is_kept_to_the_article_and_the_next_run_goes_on(
    tmp_path: Path, engine: Callable[..., Outcomes]
) -> None:
    path, place = write(tmp_path / "in.jsonl", [f"a{n}" for n in range(20)]), tmp_path / "audit.db"
    counts = []
    for limit in (1, 2, 7, 9, 5):
        tally, told = audit(place, path, engine, limit)
        assert told == []
        counts.append(tally.articles)
        assert len({row[0] for row in content(place)}) == sum(counts)
    assert counts == [1, 2, 7, 9, 1]
    assert audit(place, path, engine)[0].articles == 0
    audit(tmp_path / "whole.db", path, straight)
    assert content(place) == content(tmp_path / "whole.db")


def test_what_gives_no_article_takes_nothing_of_a_limit_and_is_told_once(tmp_path: Path) -> None:
    path, place = write(tmp_path / "in.jsonl", ["a", "b", "c"]), tmp_path / "audit.db"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(["{", lines[0], "[]", lines[1], lines[0], lines[2]]) + "\n")
    told = []
    for limit in (1, 1, 1, 1):
        tally, missed = audit(place, path, straight, limit)
        told.append((tally.articles, missed))
    assert told == [
        (1, ["bad-record :1"]),
        (1, ["bad-record :3"]),
        (1, ["duplicate #a"]),
        (0, []),
    ]
