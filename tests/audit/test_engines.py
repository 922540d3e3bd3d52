"""Archives are checked to their end whatever dies: the whole run, a worker, a shard that kills."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.audit import runs
from tests.audit.runs import SETTINGS, SIZE, records
from tqcheck.audit.archive_run import Tally, audit_archives
from tqcheck.audit.check_shard import ShardResult
from tqcheck.audit.checking import rules_signature
from tqcheck.audit.engines import Quarantined, processes
from tqcheck.audit.shards import Shard, cut
from tqcheck.audit.store import Store
from tqcheck.config import Settings
from tqcheck.errors import ConfigError

ROOT = Path(__file__).parents[2]


def shards(path: Path) -> list[Shard]:
    found = list(cut([str(path)], SIZE))
    assert all(isinstance(shard, Shard) for shard in found)
    return found  # type: ignore[return-value]


def audit(path: Path, place: Path) -> Tally:
    with Store.open(place) as store:
        run = store.begin_run([str(path)], rules_signature(SETTINGS))
        tally = audit_archives(store, run, [str(path)], SETTINGS, partial(processes.run, jobs=1), size=SIZE)
        store.end_run(run, "done")
    return tally


def started(path: Path, place: Path, engine: str, step: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.audit.runs", str(path), str(place), engine, step]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)  # type: ignore[call-overload]


def content(place: Path) -> list[tuple[object, ...]]:
    """All that a store holds of articles and findings, without the numbers of rows and runs."""
    with sqlite3.connect(place) as db:
        return db.execute(
            "SELECT a.key, v.number, v.text_hash, v.score, f.fingerprint, f.code, f.start FROM articles a "
            "JOIN versions v ON v.article = a.id LEFT JOIN findings f ON f.version = v.id ORDER BY a.key, f.start"
        ).fetchall()


def done(place: Path) -> dict[str, int]:
    """Which shards are done, and in which run."""
    with sqlite3.connect(place) as db:
        return dict(db.execute("SELECT digest, run FROM shards WHERE state = 'done'").fetchall())


def gone(process: int) -> bool:
    """Tell whether a process has ended; one that nobody has asked for its end yet has, too."""
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state.rpartition(")")[2].split()[0] == "Z"


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    path, place = records(tmp_path / "in.jsonl", 60), tmp_path / "audit.db"
    whole = audit(path, tmp_path / "whole.db")
    assert whole.articles == 60
    with started(path, place, "processes", "wait") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(4):
            count, workers = json.loads(process.stdout.readline())
            print("go on", file=process.stdin, flush=True)
        count, workers = json.loads(process.stdout.readline())
        process.kill()
    assert len(workers) == 2
    first = done(place)
    assert len(first) == count < whole.done
    # What is there belongs to shards that are done.
    assert len({row[0] for row in content(place)}) == whole.articles * count // whole.done
    while not all(map(gone, workers)):  # nobody told them, but they notice
        time.sleep(0.05)
    with started(path, place, "processes", "go") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.read()) == [whole.done - count, count, 60 * (whole.done - count) // whole.done]
    assert content(place) == content(tmp_path / "whole.db")
    second = done(place)
    assert second.keys() == done(tmp_path / "whole.db").keys()
    assert {digest: run for digest, run in second.items() if run == 1} == first
    assert audit(path, place).skipped == whole.done


def test_what_is_named_twice_is_checked_once(tmp_path: Path) -> None:
    path, place = records(tmp_path / "in.jsonl", 8), tmp_path / "audit.db"
    with Store.open(place) as store:
        run = store.begin_run([str(path)], rules_signature(SETTINGS))
        engine = partial(processes.run, jobs=1)
        tally = audit_archives(store, run, [str(path), str(tmp_path)], SETTINGS, engine, size=SIZE)
    assert (tally.articles, tally.done, tally.skipped) == (8, len(shards(path)), len(shards(path)))
    assert len({row[0] for row in content(place)}) == 8


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    path = records(tmp_path / "in.jsonl", 40)
    results: list[ShardResult] = []
    for outcome in processes.run(shards(path), SETTINGS, 2):
        assert isinstance(outcome, ShardResult)
        results.append(outcome)
        if len(results) == 2:
            os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
    keys = [one.key for result in results for one in result.checked]
    assert sorted(keys) == sorted(f"{path}#a{n}" for n in range(40))
    assert not multiprocessing.active_children()


def test_a_shard_that_kills_is_given_up_after_two_tries(tmp_path: Path) -> None:
    path, place = records(tmp_path / "in.jsonl", 40), tmp_path / "audit.db"
    path.write_text(path.read_text().replace("town 17", runs.DEADLY))
    with Store.open(place) as store:
        run = store.begin_run([str(path)], rules_signature(SETTINGS))
        engine = partial(processes.run, jobs=2, check=runs.deadly)
        tally = audit_archives(store, run, [str(path)], SETTINGS, engine, size=SIZE)
        [reason] = store.quarantined(rules_signature(SETTINGS)).values()
    assert reason == "the process that checked it died (out of memory?); given up after 2 tries"
    assert tally.quarantined == 1
    assert tally.done == len(shards(path)) - 1
    # A run that does better takes it up again, and it alone.
    assert audit(path, place).done == 1
    assert len({row[0] for row in content(place)}) == 40


@pytest.mark.parametrize(
    ("check", "reason"),
    [(runs.failing, "RuntimeError: a fault of ours"), (runs.stuck, "no end after 2 seconds")],
)
def test_a_shard_without_end_or_with_an_error_is_given_up(tmp_path: Path, check: processes.Check, reason: str) -> None:
    todo = shards(records(tmp_path / "in.jsonl", 12))
    outcomes = list(processes.run(todo, SETTINGS, 2, check, patience=2.0))
    [lost] = [outcome for outcome in outcomes if isinstance(outcome, Quarantined)]
    assert lost.shard == todo[0]
    assert reason in lost.reason
    assert len(outcomes) == len(todo)


def test_settings_that_cannot_be_used_end_it_at_once(tmp_path: Path) -> None:
    todo = shards(records(tmp_path / "in.jsonl", 12))
    with pytest.raises(ConfigError, match="NOP999"):
        list(processes.run(todo, Settings(select=("NOP999",)), 1))
    assert not multiprocessing.active_children()


def test_no_more_is_taken_in_hand_than_there_are_workers(tmp_path: Path) -> None:
    todo = shards(records(tmp_path / "in.jsonl", 40))
    taken = 0

    def counted() -> Iterator[Shard]:
        nonlocal taken
        for shard in todo:
            taken += 1
            yield shard

    for finished, _outcome in enumerate(processes.run(counted(), SETTINGS, 2), 1):
        assert taken <= finished + 2 + 1  # in work, and cut ahead
    assert taken == len(todo)
