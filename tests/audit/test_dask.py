"""The same shards on a Dask cluster: a worker that dies, a scheduler that does not answer, one without workers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.audit import runs
from tests.audit.test_engines import audit, content, done, shards, started
from tqcheck.audit.engines import Quarantined, dask
from tqcheck.errors import UnavailableError

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]


@contextmanager
def command(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A process of Dask, ended at the end."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    whole = [sys.executable, "-m", *words]
    with subprocess.Popen(whole, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """A scheduler of this machine: its address."""
    place = folder / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place))
    with command("distributed.cli.dask_scheduler", *words) as process:
        assert process.stderr is not None
        address = next(line.split()[-1] for line in process.stderr if "Scheduler at" in line)
        yield address


@contextmanager
def worker(address: str) -> Iterator[subprocess.Popen[str]]:
    """A worker with one thread that has found its scheduler."""
    words = (address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    with command("distributed.cli.dask_worker", *words) as process:
        assert process.stderr is not None
        assert any("Registered to" in line for line in process.stderr)
        yield process


def test_a_killed_worker_of_a_cluster_costs_nothing(tmp_path: Path) -> None:
    path, place = runs.records(tmp_path / "in.jsonl", 24), tmp_path / "audit.db"
    whole = audit(path, tmp_path / "whole.db")
    with ExitStack() as stack:
        address = stack.enter_context(scheduler(tmp_path))
        first, _second = (stack.enter_context(worker(address)) for _ in range(2))
        process = stack.enter_context(started(path, place, address, "wait"))
        assert process.stdin is not None
        assert process.stdout is not None
        told = [json.loads(process.stdout.readline()) for _ in range(1)]
        first.kill()
        while len(told[-1]) == 2:
            print("go on", file=process.stdin, flush=True)
            told.append(json.loads(process.stdout.readline()))
    assert told[-1] == [whole.done, 0, 24]
    assert content(place) == content(tmp_path / "whole.db")
    assert done(place).keys() == done(tmp_path / "whole.db").keys()
    assert audit(path, place).skipped == whole.done  # the manifest is the same for all engines


def test_a_shard_that_kills_its_workers_is_given_up(tmp_path: Path) -> None:
    path = runs.records(tmp_path / "in.jsonl", 12)
    path.write_text(path.read_text().replace("town 7", runs.DEADLY))
    program = (
        "import json, sys; from tests.audit import runs; from tqcheck.audit.engines import dask\n"
        "from tests.audit.test_engines import shards\nfrom pathlib import Path\n"
        "if __name__ == '__main__':\n"
        "    found = dask.run(shards(Path(sys.argv[1])), runs.SETTINGS, jobs=1, check=runs.deadly)\n"
        "    print(json.dumps([getattr(one, 'reason', 'done') for one in found]))\n"
    )
    script = tmp_path / "program.py"
    script.write_text(program, "utf-8")
    whole = [sys.executable, str(script), str(path)]
    ended = subprocess.run(whole, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr[-3000:]
    reasons = [reason for reason in json.loads(ended.stdout.splitlines()[-1]) if reason != "done"]
    assert len(reasons) == 1
    assert "the workers that checked it died" in reasons[0]


def test_a_worker_with_other_rules_is_refused(tmp_path: Path) -> None:
    todo = shards(runs.records(tmp_path / "in.jsonl", 4))
    with scheduler(tmp_path) as address, worker(address):
        with pytest.raises(UnavailableError, match="install the same version of tqcheck"):
            list(dask.run(todo, runs.SETTINGS, address, check=runs.foreign))
        failed = list(dask.run(todo, runs.SETTINGS, address, check=runs.failing))
    [lost] = [one for one in failed if isinstance(one, Quarantined)]
    assert lost.reason == "RuntimeError: a fault of ours; given up after 2 tries"


def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path) -> None:
    todo = shards(runs.records(tmp_path / "in.jsonl", 4))
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the call, and says nothing
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UnavailableError, match=f"no Dask scheduler answers at {address}: nothing came within 0.5"):
            list(dask.run(todo, runs.SETTINGS, address, answer=0.5))
    with pytest.raises(UnavailableError, match="no Dask scheduler answers"):
        list(dask.run(todo, runs.SETTINGS, address, answer=0.5))  # nobody listens there any more
    with pytest.raises(UnavailableError, match="unknown address scheme"):
        list(dask.run(todo, runs.SETTINGS, "smtp://127.0.0.1:1", answer=0.5))
    with scheduler(tmp_path) as address, pytest.raises(UnavailableError, match="has had no worker"):
        list(dask.run(todo, runs.SETTINGS, address, workers=0.5))
