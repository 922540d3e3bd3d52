"""Check a stream of articles, in this process or in several, in order and in bounded memory."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain, islice

from tqcheck.config import Settings
from tqcheck.engine import check_article
from tqcheck.model import Article, Report
from tqcheck.readers import Unread

Task = tuple[Article, Settings] | Unread
Outcome = Report | Unread
Batch = list[Task]

# Small enough that the first reports come soon, large enough that sending costs little.
_BATCH_ARTICLES, _BATCH_CHARACTERS = 16, 100_000
# Below this many articles, starting processes costs more than it saves.
_ALONE = 48


def run(tasks: Iterable[Task], jobs: int | None) -> Iterator[Outcome]:
    """Yield the outcome of every task in order; `jobs` None uses all cores once it is worth it."""
    _tune()
    tasks = iter(tasks)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs is None:
        yield from map(check, islice(tasks, _ALONE))
        first = next(tasks, None)
        if first is None:
            return
        tasks, jobs = chain([first], tasks), cores
    if jobs == 1:
        yield from map(check, tasks)
    else:
        yield from _Pool(jobs).run(tasks)


def _tune() -> None:
    """Let the collector of cycles look less often: findings and words make none (12 % of the time)."""
    gc.set_threshold(100_000, 50, 100)


def check(task: Task) -> Outcome:
    """Check one article; whatever breaks is told, never raised."""
    if isinstance(task, Unread):
        return task
    article, settings = task
    try:
        return check_article(article, settings)
    except Exception as error:  # one article must never cost the others their report
        return _broken(article, f"tqcheck failed on it ({type(error).__name__}: {error}); please report this")


def _broken(article: Article, message: str) -> Unread:
    where = article.path or article.id
    if article.path is not None and article.id != article.path:
        where = f"{article.path}: {article.id}"
    return Unread(article.id, where, message, article.path)


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


class _Pool:
    """Worker processes with a window of batches under way. A worker that dies is replaced; the
    articles it may have died of are tried alone, and the one that kills again is reported."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = ProcessPoolExecutor(jobs, initializer=_tune)
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
        with ProcessPoolExecutor(1, initializer=_tune) as pool:
            try:
                return pool.submit(_check_batch, [task]).result()[0]
            except BrokenProcessPool:
                return _broken(task[0], "the process that checked it died (out of memory?); check it on its own")

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = ProcessPoolExecutor(self._jobs, initializer=_tune)
        done = [(b, f) for b, f in self._window if f is not None and f.done() and not f.exception()]
        finished = {id(b) for b, _f in done}
        self._window = deque((b, f if id(b) in finished else self._submit(b)) for b, f in self._window)
