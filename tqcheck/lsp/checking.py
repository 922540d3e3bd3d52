"""When a text is checked: at once, or a moment after the last edit where edits come faster than checks end; in one
worker thread, and never to the end in vain.

One thread, since Python runs one at a time anyway and the caches of the encoders belong to the thread that
opened them. A run whose text has changed meanwhile ends before its next rule.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import wraps
from threading import Event
from typing import Any, TypeVar

from tqcheck.config import Settings
from tqcheck.engine import check_article
from tqcheck.model import Article, Report
from tqcheck.rules import Rule, load_rules
from tqcheck.select import select

# Seconds to wait for the next edit where the last one was not checked to the end.
PAUSE = 0.03
_Result = TypeVar("_Result")


class StaleError(BaseException):
    """The text has changed. No `Exception`, since the engine takes those for faults of a rule."""


class Checker:
    """Runs what is asked for, the newest wish of each key only."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "tqcheck")
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._stops: dict[str, Event] = {}

    def ask(self, key: str, work: Callable[[Event], _Result], done: Callable[[_Result], None]) -> None:
        """Run `work` in the worker and give its result to `done`, unless another wish with this key comes first,
        which then waits a little for a third. `work` is given what is set once its result is no longer wanted.
        Call this from the event loop."""
        last = self._tasks.get(key)
        pause = 0.0 if last is None or last.done() else PAUSE
        self.drop(key)
        stop = self._stops[key] = Event()
        self._tasks[key] = asyncio.get_running_loop().create_task(self._run(key, work, done, pause, stop))

    def drop(self, key: str) -> None:
        """Forget the wish with a key."""
        if (stop := self._stops.pop(key, None)) is not None:
            stop.set()
        if (task := self._tasks.pop(key, None)) is not None:
            task.cancel()

    async def settled(self, key: str) -> None:
        """Wait until nothing is asked for with a key."""
        while (task := self._tasks.get(key)) is not None and not task.done():
            await asyncio.wait([task])

    def close(self) -> None:
        """End as soon as the rule that runs has ended."""
        for key in list(self._tasks):
            self.drop(key)
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _run(
        self,
        key: str,
        work: Callable[[Event], _Result],
        done: Callable[[_Result], None],
        pause: float,
        stop: Event,
    ) -> None:
        if pause > 0:
            await asyncio.sleep(pause)
        result = await asyncio.get_running_loop().run_in_executor(self._pool, _unless_stale, work, stop)
        if result is not None and not stop.is_set():
            done(result)


def _unless_stale(work: Callable[[Event], _Result], stop: Event) -> _Result | None:
    try:
        return None if stop.is_set() else work(stop)
    except StaleError:
        return None


def check(article: Article, settings: Settings, stop: Event) -> Report:
    """Return the report of an article. Raises StaleError before the next rule once `stop` is set."""
    chosen = select(load_rules(), settings.select, settings.ignore, settings.extend_select)
    if stop.is_set():
        raise StaleError
    return check_article(article, settings, [_guarded(rule, stop) for rule in chosen])


def _guarded(rule: Rule, stop: Event) -> Rule:
    run = rule.run

    @wraps(run)
    def guarded(context: Any) -> Any:
        if stop.is_set():
            raise StaleError
        return run(context)

    return replace(rule, run=guarded)
