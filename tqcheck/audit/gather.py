"""All inputs of a run: many feeds under way at a time, handed on in the order of the inputs."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tqcheck.audit.feed_run import FeedRun, Result
from tqcheck.audit.fetch.fetcher import Fetcher
from tqcheck.audit.fetch.guard import Resolver, resolve
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.keys import nameless
from tqcheck.audit.sandbox import MEMORY, Sandbox
from tqcheck.audit.sources import Sources, remote
from tqcheck.audit.values import Missed
from tqcheck.readers.base import told

if TYPE_CHECKING:
    from tqcheck.audit.collect import Outlet

# Lists in lists: an index of sitemaps, a list of lists of feeds.
_DEEPEST = 2
# Seconds for matching two feeds: with a thousand entries each and the slower encoder.
_MATCHING = 1_800.0


@dataclass(slots=True)
class _Job:
    """One input; its results wait in their order until all inputs before it are done."""

    address: str
    depth: int
    results: asyncio.Queue[Result | None] = field(default_factory=asyncio.Queue)
    task: asyncio.Task[None] | None = None


async def gather(inputs: Sequence[str], settings: FetchSettings, resolver: Resolver | None, outlet: Outlet) -> None:
    """Collect all inputs into `outlet`."""
    fetcher = Fetcher(settings, resolver or resolve)
    sandbox = Sandbox(settings.readers, settings.reading, MEMORY)
    matcher = Sandbox(1, _MATCHING, None)  # a model with its threads
    sources = Sources(settings, fetcher, sandbox, outlet.ask)
    gathering = _Gathering(settings, FeedRun(settings, sources, matcher), outlet)
    try:
        await gathering.run(inputs)
    finally:
        await gathering.stop()
        await sources.close()
        sandbox.close()
        matcher.close()
        await fetcher.close()


class _Gathering:
    def __init__(self, settings: FetchSettings, feeds: FeedRun, outlet: Outlet) -> None:
        self._settings, self._feeds, self._outlet = settings, feeds, outlet
        self._jobs: deque[_Job] = deque()
        self._known: set[str] = set()

    async def run(self, inputs: Sequence[str]) -> None:
        """Hand on what all inputs bring, in their order."""
        self._jobs.extend(await self._new(inputs, 0, "the command line"))
        while self._jobs:
            for job in list(self._jobs)[: self._settings.window]:
                if job.task is None:
                    job.task = asyncio.create_task(self._work(job))
            job = self._jobs[0]
            children = await self._hand_on(job)
            self._jobs.popleft()
            self._jobs.extendleft(reversed(await self._new(children, job.depth + 1, job.address)))

    async def stop(self) -> None:
        """End what is under way."""
        tasks = [job.task for job in self._jobs if job.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _new(self, addresses: Sequence[str], depth: int, where: str) -> list[_Job]:
        """Return jobs for inputs that were not there before, as many as are allowed."""
        jobs, more = [], 0
        for address in addresses:
            if address in self._known:
                continue
            if depth > _DEEPEST or len(self._known) >= self._settings.feeds:
                more += 1
                continue
            self._known.add(address)
            if remote(address) and (name := nameless(address)) != address:
                message = "it holds a password, which would be kept and shown"
                await self._outlet.put(Missed(name, name, "bad-address", message))
                continue
            jobs.append(_Job(address, depth))
        if more:
            await self._outlet.put(Missed(where, where, "too-many-feeds", f"{more} feeds left out"))
        return jobs

    async def _work(self, job: _Job) -> None:
        try:
            await self._feeds.run(job.address, job.results.put_nowait)
        except Exception as error:  # one feed must never cost the others
            job.results.put_nowait(Result((Missed(job.address, job.address, "failed", told(error)),)))
        job.results.put_nowait(None)

    async def _hand_on(self, job: _Job) -> tuple[str, ...]:
        """Hand on what one input brings; return the inputs that it lists."""
        children: tuple[str, ...] = ()
        while (result := await job.results.get()) is not None:
            children += result.children
            for event in result.events:
                await self._outlet.put(event)
        return children
