"""Check batches of articles in worker processes."""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import active_children

from tqcheck.model import Article, Report
from tqcheck.readers import Unread
from tqcheck.rules import load_rules
from tqcheck.workers.stream import Outcome, Task, broken, check, tune

Batch = list[Task]

# Large enough that sending costs little.
_DOUBLINGS, _BATCH_CHARACTERS = 4, 100_000
# Who waits longer for the next article reads a live stream: what is there is checked and told first.
_LIVE = 0.1


def _begin() -> None:
    """Make a process ready. Ctrl-C goes to all of them: the parent alone answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whatever the parent makes of it
    tune()


def _check_batch(batch: Batch) -> list[Outcome]:
    # The article stays at home: sending its text back would double the traffic.
    stub = Article("")
    outcomes = (check(task) for task in batch)
    return [replace(o, article=stub) if isinstance(o, Report) else o for o in outcomes]


class _Batches:
    """Cuts a stream of tasks into batches, small ones first so that the first reports come soon."""

    def __init__(self, tasks: Iterator[Task], window: int) -> None:
        self._tasks, self._window = tasks, window
        self._cut = 0
        self.live = False

    def __next__(self) -> Batch:
        """Return the next batch; a stream that made us wait ends it."""
        batch: Batch = []
        size, self.live = 0, False
        most = 1 << min(self._cut // self._window, _DOUBLINGS)
        while len(batch) < most and size < _BATCH_CHARACTERS and not self.live:
            # Time in which nobody worked: reading a long article is no waiting.
            begin = time.monotonic() - time.thread_time()
            task = next(self._tasks, None)
            if task is None:
                break
            self.live = time.monotonic() - time.thread_time() - begin > _LIVE
            batch.append(task)
            size += 0 if isinstance(task, Unread) else len(task[0].text)
        if not batch:
            raise StopIteration
        self._cut = 0 if self.live else self._cut + 1
        return batch

    def __iter__(self) -> Iterator[Batch]:
        return self


class Pool:
    """Worker processes with a window of batches under way. A worker that dies is replaced; the
    articles it may have died of are tried alone, and the one that kills again is reported."""

    def __init__(self, jobs: int) -> None:
        """Start `jobs` processes."""
        load_rules()  # once, and not in each of them
        self._jobs = jobs
        self._pool = ProcessPoolExecutor(jobs, initializer=_begin)
        self._window: deque[tuple[Batch, Future[list[Outcome]] | None]] = deque()

    def run(self, tasks: Iterator[Task]) -> Generator[Outcome]:
        """Yield the outcomes in order."""
        batches = _Batches(tasks, 2 * self._jobs)
        finished = False
        try:
            while True:
                for batch in batches:
                    self._window.append((batch, self._submit(batch)))
                    if batches.live or len(self._window) >= 2 * self._jobs:
                        break
                if not self._window:
                    finished = True
                    return
                yield from self._next()
                while batches.live and self._window:
                    yield from self._next()
        finally:
            # Nobody waits for the rest any more: not for an article of a minute either.
            for process in () if finished else active_children():
                process.terminate()
            # The pool's own thread must end before the interpreter does, or it writes to a closed pipe.
            self._pool.shutdown(cancel_futures=True)

    def _next(self) -> Iterator[Outcome]:
        batch, future = self._window.popleft()
        yield from self._outcomes(batch, future)

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
        pool = ProcessPoolExecutor(1, initializer=_begin)
        try:
            return pool.submit(_check_batch, [task]).result()[0]
        except BrokenProcessPool:
            return broken(task[0], "the process that checked it died (out of memory?); check it on its own")
        finally:
            pool.shutdown()

    def _restart(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._pool = ProcessPoolExecutor(self._jobs, initializer=_begin)
        done = [(b, f) for b, f in self._window if f is not None and f.done() and not f.exception()]
        finished = {id(b) for b, _f in done}
        self._window = deque((b, f if id(b) in finished else self._submit(b)) for b, f in self._window)
