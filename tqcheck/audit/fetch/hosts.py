"""Politeness: how many requests a host gets at a time, how soon after the last one, and when it is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.outcomes import OutcomeError


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    delay: float
    # On the clock of the loop, which no one can set: when the next request may start, and until when none may.
    next: float = 0.0
    quiet: float = 0.0
    failures: int = 0
    # The seconds for which it wants to be left alone, where that is longer than we wait.
    resting: float | None = None


class Hosts:
    """All hosts of a run."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._hosts: dict[str, _Host] = {}
        self._all = asyncio.Semaphore(settings.connections)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until a request to a host may start, and count it until the block ends.

        Raises OutcomeError where the host has failed too often, or wants to be left alone.
        """
        mine = self._host(host)
        async with mine.slots:
            await self._wait(host, mine)
            async with self._all:
                try:
                    yield
                finally:
                    # The server counts from when it was asked, which is later than when we began to ask.
                    mine.next = max(mine.next, asyncio.get_running_loop().time() + mine.delay)

    def slow_down(self, host: str, delay: float) -> None:
        """Keep to the longer delay that a host asks for."""
        mine = self._host(host)
        mine.delay = max(mine.delay, delay)

    def wait(self, host: str, seconds: float) -> None:
        """Ask a host for nothing for the time that it wants; in this run no more, where that is too long."""
        mine = self._host(host)
        if seconds > self._settings.longest_wait:
            mine.resting = seconds
        else:
            mine.quiet = max(mine.quiet, asyncio.get_running_loop().time() + seconds)

    def told(self, host: str, *, answered: bool) -> None:
        """Note whether a host answered at all."""
        mine = self._host(host)
        mine.failures = 0 if answered else mine.failures + 1

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(asyncio.Semaphore(self._settings.per_host), self._settings.delay)
        return self._hosts[host]

    async def _wait(self, host: str, mine: _Host) -> None:
        loop = asyncio.get_running_loop()
        # The time is claimed before it is waited for, so that two who wait do not start together.
        at = max(loop.time(), mine.next)
        mine.next = at + mine.delay
        while (left := max(at, mine.quiet) - loop.time()) > 0:
            await asyncio.sleep(left)
        if mine.resting is not None:
            raise OutcomeError("too-many-requests", f"{host} wants to be left alone for {mine.resting:g} s")
        if mine.failures >= self._settings.host_failures:
            raise OutcomeError("host-down", f"{host} failed {mine.failures} times in a row")
