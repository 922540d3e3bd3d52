"""Check shards in processes of this machine. One that dies costs the shard in its hands a try, and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess, parent_process
from typing import Any

from tqcheck.audit.check_shard import ShardResult, check_shard
from tqcheck.audit.engines import TRIES, Check, Quarantined
from tqcheck.audit.shards import Shard
from tqcheck.config import Settings
from tqcheck.errors import ConfigError, TqcheckError, UnavailableError
from tqcheck.workers.stream import tune

# A shard takes seconds. A worker that is busy with one for longer than this will never be done.
PATIENCE = 1800.0
# Workers that die one after the other before they are ready: this machine cannot run them.
_STILLBORN = 3
# Not a plain fork: the copy of a process with threads may hang, and it would hold the pipes of its siblings open, so
# that none would notice the end of this process.
_START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_READY = "ready"


@dataclass(frozen=True, slots=True)
class _Failed:
    """What a worker says of a shard that it could not check; `error`, where no other worker can check any either."""

    reason: str
    error: TqcheckError | None = None


_Outcome = ShardResult | _Failed


def run(
    shards: Iterable[Shard],
    settings: Settings,
    jobs: int | None = None,
    check: Check = check_shard,
    patience: float = PATIENCE,
) -> Generator[ShardResult | Quarantined]:
    """Yield what each shard came to, as they are done; `jobs` None uses all cores.

    A worker that dies, or is busy for longer than `patience` seconds, is replaced, and its shard is tried again,
    `TRIES` times in all. `check` is what the workers run. Raises ConfigError and UnavailableError where no shard can
    be checked.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    crew = _Crew(settings, check, patience)
    try:
        yield from crew.run(iter(shards), max(1, jobs or cores))
    finally:
        crew.end()


def _serve(pipe: Connection, settings: Settings, check: Check) -> None:
    """Check what comes through the pipe, until nothing comes any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all: the parent alone answers it
    threading.Thread(target=_die_with_parent, daemon=True).start()
    tune()
    with suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            pipe.send(_outcome(pipe.recv(), settings, check))


def _outcome(shard: Shard, settings: Settings, check: Check) -> _Outcome:
    try:
        return check(shard, settings)
    except (ConfigError, UnavailableError) as error:
        return _Failed(str(error), error)
    except Exception as error:
        return _Failed(f"{type(error).__name__}: {str(error)[:500]}")


def _die_with_parent() -> None:
    """End this process when its parent is gone: one that was killed can tell nobody to stop."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _Worker:
    """A process, the pipe to it, and the shard in its hands."""

    def __init__(self, settings: Settings, check: Check) -> None:
        context: Any = multiprocessing.get_context(_START)
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, settings, check), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.shard: Shard | None = None
        self.until = float("inf")

    def give(self, shard: Shard, patience: float) -> None:
        """Hand over a shard. That a worker is dead is noticed when it should answer."""
        self.shard, self.until = shard, time.monotonic() + patience
        with suppress(OSError):
            self.pipe.send(shard)

    def take(self) -> _Outcome | str | None:
        """Return what the worker says; None where it died."""
        try:
            said: _Outcome | str = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return said

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """Workers, and what is still to be done."""

    def __init__(self, settings: Settings, check: Check, patience: float) -> None:
        self._settings, self._check, self._patience = settings, check, patience
        self._workers: list[_Worker] = []
        self._again: deque[Shard] = deque()
        self._tries: Counter[str] = Counter()
        self._stillborn = 0

    def run(self, shards: Iterator[Shard], jobs: int) -> Generator[ShardResult | Quarantined]:
        """Yield what each shard came to."""
        # One is cut ahead, so that nobody waits for it.
        ahead = next(shards, None)
        while ahead is not None or self._again or any(worker.shard for worker in self._workers):
            if len(self._workers) < jobs and (ahead is not None or self._again):
                self._workers.append(_Worker(self._settings, self._check))
            for worker in self._workers:
                if not worker.ready or worker.shard is not None:
                    continue
                if self._again:
                    worker.give(self._again.popleft(), self._patience)
                elif ahead is not None:
                    worker.give(ahead, self._patience)
                    ahead = next(shards, None)
            if len(self._workers) == jobs or (ahead is None and not self._again):
                yield from self._listen()

    def _listen(self) -> Iterator[ShardResult | Quarantined]:
        """Wait until some worker says something, or must be given up; yield what is done."""
        until = min((worker.until for worker in self._workers), default=0.0)
        left = None if until == float("inf") else max(0.0, until - time.monotonic())
        said = set(wait([worker.pipe for worker in self._workers], left))
        for worker in list(self._workers):
            if worker.pipe in said:
                outcome = self._hear(worker)
            elif time.monotonic() > worker.until:
                outcome = self._lost(worker, f"no end after {self._patience:.0f} seconds; the process was ended")
            else:
                continue
            if outcome is not None:
                yield outcome

    def _hear(self, worker: _Worker) -> ShardResult | Quarantined | None:
        said = worker.take()
        if said is None:
            return self._lost(worker, "the process that checked it died (out of memory?)")
        self._stillborn = 0
        shard, worker.shard, worker.until = worker.shard, None, float("inf")
        worker.ready = True
        if isinstance(said, _Failed) and shard is not None:
            if said.error is not None:
                raise said.error
            return self._failed(shard, said.reason)
        return said if isinstance(said, ShardResult) else None

    def _lost(self, worker: _Worker, reason: str) -> Quarantined | None:
        """Take leave of a worker; another one takes its place when there is work."""
        self._workers.remove(worker)
        worker.end()
        if worker.shard is not None:
            return self._failed(worker.shard, reason)
        self._stillborn += not worker.ready
        if self._stillborn >= _STILLBORN:
            raise UnavailableError(
                "the processes that should check die at once; look for memory and process limits of this machine"
            )
        return None

    def _failed(self, shard: Shard, reason: str) -> Quarantined | None:
        self._tries[shard.digest] += 1
        if self._tries[shard.digest] < TRIES:
            self._again.append(shard)
            return None
        return Quarantined(shard, f"{reason}; given up after {TRIES} tries")

    def end(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end()
