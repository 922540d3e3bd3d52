"""What the last check of a watch found: only articles that something has changed for are checked again."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import closing
from typing import NamedTuple

from tqcheck.config import Settings
from tqcheck.model import Article
from tqcheck.readers import Unread
from tqcheck.workers.stream import Outcome, Task, run

State = tuple[int, ...] | None
_Key = tuple[str | None, str, int | None]

# More articles than this, nobody watches for what a single one says.
_MOST = 5000


class _Known(NamedTuple):
    article: Article
    settings: Settings
    lists: tuple[State, ...]
    outcome: Outcome


class Memory:
    """Runs tasks as `pool.run` does, but for those whose outcome is known: the same article and original, the same
    settings, and the files that these name (glossaries, words) as they were."""

    def __init__(self) -> None:
        self._known: dict[_Key, _Known] = {}

    def run(self, tasks: Iterable[Task], jobs: int | None) -> Generator[Outcome]:
        """Yield the outcome of every task in order."""
        known, self._known = self._known, {}
        states: dict[Settings, tuple[State, ...]] = {}
        todo = [(task, self._recall(task, known, states)) for task in tasks]
        with closing(run((task for task, found in todo if found is None), jobs)) as new:
            for task, found in todo:
                outcome = next(new) if found is None else found.outcome
                if not isinstance(task, Unread) and len(self._known) < _MOST:
                    article, settings = task
                    self._known[_key(article)] = _Known(article, settings, states[settings], outcome)
                yield outcome

    @staticmethod
    def _recall(task: Task, known: dict[_Key, _Known], states: dict[Settings, tuple[State, ...]]) -> _Known | None:
        if isinstance(task, Unread):
            return None
        article, settings = task
        if settings not in states:
            states[settings] = tuple(state(file) for file in settings.files())
        found = known.get(_key(article))
        same = found is not None and (article, settings, states[settings]) == (
            found.article,
            found.settings,
            found.lists,
        )
        return found if same else None


def _key(article: Article) -> _Key:
    return article.path, article.id, article.line


def state(path: str) -> State:
    """Return what tells whether a file has changed; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
