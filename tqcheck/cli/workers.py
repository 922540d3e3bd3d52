"""Check batches of articles in worker processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice

from tqcheck.cli.pool import Outcome, Task, broken, check, tune
from tqcheck.model import Article, Report
from tqcheck.readers import Unread

Batch = list[Task]

# Small enough that the first reports come soon, large enough that sending costs little.
_BATCH_ARTICLES, _BATCH_CHARACTERS = 16, 100_000


def _check_batch(batch: Batch) -> list[Outcome]:
    # The article stays at home: sending its text back would double the traffic.
    stub = Article("")
    outcomes = (check(task) for task in batch)
    return [replace(o, article=stub) if isinstance(o, Report) else o for o in outcomes]


def _batches(tasks: Iterator[Task]) -> Iterator[Batch]:
    batch: Batch = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += 0 if isinstance(task, Unread) else len(task[0].text)
        if len(batch) >= _BATCH_ARTICLES or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Pool:
    """Worker processes with a window of batches under way. A worker that dies is replaced; the
    articles it may have died of are tried alone, and the one that kills again is reported."""

    def __init__(self, jobs: int) -> None:
        """Start `jobs` processes."""
        self._jobs = jobs
        self._pool = ProcessPoolExecutor(jobs, initializer=tune)
        self._window: deque[tuple[Batch, Future[list[Outcome]] | None]] = deque()

    def run(self, tasks: Iterator[Task]) -> Iterator[Outcome]:
        """Yield the outcomes in order."""
        batches = _batches(tasks)
        try:
            while True:
                for batch in islice(batches, 2 * self._jobs - len(self._window)):
                    self._window.append((batch, self._submit(batch)))
                if not self._window:
                    return
                batch, future = self._window.popleft()
                yield from self._outcomes(batch, future)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, batch: Batch) -> Future[list[Outcome]] | None:
        try:
            return self._pool.submit(_check_batch, batch)
        except BrokenProcessPool:
            return None

    def _outcomes(self, batch: Batch, future: Future[list[Outcome]] | None) -> Iterator[Outcome]:
        try:
            if future is None:
                raise BrokenProcessPool
            outcomes = future.result()
        except BrokenProcessPool:
            outcomes = [self._alone(task) for task in batch]
            self._restart()
        for task, outcome in zip(batch, outcomes, strict=True):
            yield (
                replace(outcome, article=task[0])
                if isinstance(outcome, Report) and isinstance(task, tuple)
                else outcome
            )

    def _alone(self, task: Task) -> Outcome:
        if isinstance(task, Unread):
            return task
        with ProcessPoolExecutor(1, initializer=tune) as pool:
            try:
                return pool.submit(_check_batch, [task]).result()[0]
            except BrokenProcessPool:
                return broken(task[0], "the process that checked it died (out of memory?); check it on its own")

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = ProcessPoolExecutor(self._jobs, initializer=tune)
        done = [(b, f) for b, f in self._window if f is not None and f.done() and not f.exception()]
        finished = {id(b) for b, _f in done}
        self._window = deque((b, f if id(b) in finished else self._submit(b)) for b, f in self._window)
