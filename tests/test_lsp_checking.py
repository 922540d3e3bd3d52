"""When texts are checked: the newest only, and no longer than they are wanted."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from tqcheck import Article
from tqcheck.config import Settings
from tqcheck.lsp.checking import Checker, StaleError, check
from tqcheck.model import Confidence


def test_a_check_is_that_of_the_engine() -> None:
    article, settings = Article("The ship left the the port.", lang="en"), Settings(select=("REP",))
    assert [f.code for f in check(article, settings, Event()).findings] == ["REP101"]
    assert check(article, Settings(select=("SPA",), min_confidence=Confidence.LOW), Event()).findings == ()


def test_a_check_that_nobody_wants_ends() -> None:
    """The engine isolates rules that fail; that a text has changed is no failure of a rule."""
    stop = Event()
    stop.set()
    with pytest.raises(StaleError):
        check(Article("The ship left the the port.", lang="en"), Settings(), stop)


def test_the_newest_wish_is_done_and_old_ones_are_stopped() -> None:
    async def run() -> tuple[list[str], list[int]]:
        checker, begun = Checker(), Event()
        done: list[int] = []
        ended: list[str] = []

        def first(stop: Event) -> int:
            begun.set()
            ended.append("stopped" if stop.wait(30) else "waited in vain")
            raise StaleError

        checker.ask("a", first, done.append)
        await asyncio.get_running_loop().run_in_executor(None, begun.wait, 30)
        for number in range(2, 6):
            checker.ask("a", lambda stop, number=number: number, done.append)  # type: ignore[misc]
        checker.ask("b", lambda stop: 10, done.append)
        await checker.settled("a")
        await checker.settled("b")
        checker.close()
        return ended, sorted(done)

    assert asyncio.run(run()) == (["stopped"], [5, 10])
