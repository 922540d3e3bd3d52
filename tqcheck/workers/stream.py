"""Check a stream of articles in order and in bounded memory, here or in several processes."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterable
from itertools import chain, islice

from tqcheck.config import Settings
from tqcheck.errors import UnavailableError
from tqcheck.model import Article, Report
from tqcheck.readers import Unread

Task = tuple[Article, Settings] | Unread
Outcome = Report | Unread

# Below this many articles, starting processes costs more than it saves.
_ALONE = 48
# More processes than this for a core only cost memory; Windows waits for no more than 61 at a time.
_PER_CORE, _MOST = 4, 61


def run(tasks: Iterable[Task], jobs: int | None) -> Generator[Outcome]:
    """Yield the outcome of every task in order; `jobs` None uses all cores once it is worth it."""
    tune()
    tasks = iter(tasks)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs is None:
        yield from map(check, islice(tasks, _ALONE))
        first = next(tasks, None)
        if first is None:
            return
        tasks, jobs = chain([first], tasks), cores
    jobs = min(jobs, _PER_CORE * cores, _MOST)
    if jobs == 1:
        yield from map(check, tasks)
    else:
        from tqcheck.workers.pool import Pool  # on use: a single article needs no processes

        yield from Pool(jobs).run(tasks)


def tune() -> None:
    """Let the collector of cycles look less often: findings and words make none (12 % of the time)."""
    gc.set_threshold(100_000, 50, 100)


def check(task: Task) -> Outcome:
    """Check one article; whatever breaks is told, never raised."""
    if isinstance(task, Unread):
        return task
    from tqcheck.engine import check_article  # on use: a run that finds nothing new needs no rules

    article, settings = task
    try:
        return check_article(article, settings)
    except UnavailableError as error:
        return broken(article, str(error))
    except Exception as error:  # one article must never cost the others their report
        return broken(article, f"tqcheck failed on it ({type(error).__name__}: {error}); please report this")


def broken(article: Article, message: str) -> Unread:
    """Return what is said of an article that could not be checked."""
    where = article.path or article.id
    if article.path is not None and article.id != article.path:
        where = f"{article.path}: {article.id}"
    return Unread(article.id, where, message, article.path)
