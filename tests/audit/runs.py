"""What the tests of archive audits run in processes of its own: a whole audit, and checks that go wrong on purpose."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from functools import partial
from pathlib import Path

from tqcheck.audit.archive_run import Tally, audit_archives
from tqcheck.audit.check_shard import ShardResult, check_shard
from tqcheck.audit.checking import rules_signature
from tqcheck.audit.engines import dask, processes
from tqcheck.audit.shards import Shard
from tqcheck.audit.store import Store
from tqcheck.config import Settings

# Quick, and it finds something.
SETTINGS = Settings(lang="en", select=("REP101",))
SIZE = 200
DEADLY = "poison"


def records(path: Path, count: int) -> Path:
    """Write a file of short articles, each with a fault of its own."""
    lines = (json.dumps({"id": f"a{n}", "text": f"The mayor of town {n} said said no."}) for n in range(count))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def deadly(shard: Shard, settings: Settings) -> ShardResult:
    """Die of one shard, every time."""
    if DEADLY in Path(shard.path).read_bytes()[shard.start : shard.end].decode():
        os.kill(os.getpid(), signal.SIGKILL)
    return check_shard(shard, settings)


def failing(shard: Shard, settings: Settings) -> ShardResult:
    """Fail on one shard, every time."""
    if shard.first == 1:
        raise RuntimeError("a fault of ours")
    return check_shard(shard, settings)


def stuck(shard: Shard, settings: Settings) -> ShardResult:
    """Come to no end with one shard."""
    while shard.first == 1:
        signal.pause()
    return check_shard(shard, settings)


def foreign(shard: Shard, settings: Settings) -> ShardResult:
    """Check by other rules than those that were asked for, as a worker with another version would."""
    return check_shard(shard, Settings(lang="en", select=("REP102",)))


def main(path: str, place: str, engine: str, step: str) -> None:
    """Audit a file. With `step` “wait”, go on after each shard only when a line comes in; tell how far it is."""

    def tell(tally: Tally) -> None:
        if step == "wait" and tally.done > told[-1]:
            told.append(tally.done)
            print(json.dumps([tally.done, [child.pid for child in multiprocessing.active_children()]]), flush=True)
            sys.stdin.readline()

    told = [0]
    run = partial(processes.run, jobs=2) if engine == "processes" else partial(dask.run, address=engine)
    with Store.open(place) as store:
        number = store.begin_run([path], rules_signature(SETTINGS))
        tally = audit_archives(store, number, [path], SETTINGS, run, size=SIZE, tell=tell)
        store.end_run(number, "done")
    print(json.dumps([tally.done, tally.skipped, tally.articles]))


if __name__ == "__main__":
    main(*sys.argv[1:])
