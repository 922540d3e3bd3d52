"""Feeds and pages, fetched or read from files, as what is in them."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tqcheck.audit.feeds.reading import read_feed, read_list, read_page
from tqcheck.audit.feeds.types import FEEDS, PAGES, feed_type, page_type
from tqcheck.audit.feeds.values import Feed, Listing, Page
from tqcheck.audit.fetch.answers import Answer
from tqcheck.audit.fetch.body import size
from tqcheck.audit.fetch.fetcher import Fetcher, Kind
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.outcomes import OK, UNCHANGED, OutcomeError
from tqcheck.audit.sandbox import Sandbox
from tqcheck.audit.sharing import Sharing
from tqcheck.audit.values import Fetch, Validators

# Pages of a feed that readers may hang or die on before no more of it are read.
_STRIKES = 3
T = TypeVar("T")
Ask = Callable[[Sequence[str]], Awaitable[list[Validators | None]]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A feed: what is in it, else why there is nothing. `fetch` is None for a file."""

    found: Feed | Listing | None
    fetch: Fetch | None = None
    failure: OutcomeError | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A page: what is in it, else why there is nothing; neither where it is unchanged."""

    page: Page | None
    fetch: Fetch
    failure: OutcomeError | None = None


class Sources:
    """All feeds and pages of a run. Whatever goes wrong is part of the answer; nothing is raised."""

    def __init__(self, settings: FetchSettings, fetcher: Fetcher, sandbox: Sandbox, ask: Ask) -> None:
        self._settings, self._fetcher, self._sandbox = settings, fetcher, sandbox
        self.ask = ask
        self._feed_kind = Kind(FEEDS, settings.feed_bytes, feed_type)
        self._page_kind = Kind(PAGES, settings.page_bytes, page_type)
        # Feeds of originals are read once, whether they are inputs too or stand beside several feeds.
        self._partners = frozenset(original for _feed, original in settings.pairs)
        self._pages: Sharing[Read] = Sharing()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._strikes: Counter[str] = Counter()
        self._shared: dict[str, asyncio.Task[Opened]] = {}

    async def close(self) -> None:
        """End what is under way."""
        for task in self._shared.values():
            task.cancel()
        await asyncio.gather(*self._shared.values(), return_exceptions=True)

    async def feed(self, address: str) -> Opened:
        """Fetch or read one feed."""
        if address not in self._partners:
            (validators,) = await self.ask([address]) if remote(address) else (None,)
            return await self._open(address, validators)
        if address not in self._shared:
            # “Unchanged” would leave nothing to match with.
            self._shared[address] = asyncio.create_task(self._open(address, None))
        return await asyncio.shield(self._shared[address])

    async def page(self, feed: str, address: str, validators: Validators | None) -> Read:
        """Fetch and read one page; feeds of one house list the same articles, so it may be under way already."""
        # Who needs the text is not served by “unchanged”.
        name = address if validators is None else f"{address} if changed"
        read = await self._pages.get(name, lambda: self._page(feed, address, validators))
        return replace(read, fetch=replace(read.fetch, feed=feed))

    async def _page(self, feed: str, address: str, validators: Validators | None) -> Read:
        answer = await self._fetcher.get(feed, address, self._page_kind, validators)
        if not answer.ok:
            return Read(None, answer.fetch, _failure(answer))
        try:
            return Read(await self._counted(answer.body, self._in_turn(feed, answer)), answer.fetch)
        except OutcomeError as error:
            return Read(None, _unread(answer.fetch, error), error)

    async def _in_turn(self, feed: str, answer: Answer) -> Page:
        """Read one page of a feed at a time, so that hostile ones hold up only their own feed, and not for long."""
        async with self._turns[feed]:
            if self._strikes[feed] >= _STRIKES:
                raise OutcomeError("reading-timeout", f"left out, since {_STRIKES} pages of this feed took too long")
            try:
                return await self._sandbox.run(read_page, answer.body, answer.content_type, answer.address)
            except OutcomeError as error:
                self._strikes[feed] += error.outcome in ("reading-timeout", "reading-died")
                raise

    async def _open(self, address: str, validators: Validators | None) -> Opened:
        fetch = None
        try:
            if remote(address):
                answer = await self._fetcher.get(address, address, self._feed_kind, validators)
                fetch = answer.fetch
                if not answer.ok:
                    return Opened(None, fetch, _failure(answer))
                data, content_type, base = answer.body, answer.content_type, answer.address
            else:
                data, content_type = await asyncio.to_thread(_file, address, self._settings.feed_bytes), ""
                base = Path(address).absolute().as_uri()
                # No process is started for the list that every run begins with.
                if (listed := read_list(data, base)) is not None:
                    return Opened(listed)
            limits = self._settings.feed_bytes, self._settings.entries
            reading = self._sandbox.run(read_feed, data, content_type, base, *limits)
            return Opened(await self._counted(data, reading), fetch)
        except OutcomeError as error:
            return Opened(None, fetch and _unread(fetch, error), error)

    async def _counted(self, data: bytes, reading: Awaitable[T]) -> T:
        """Wait for a reading; until it is done its bytes count for the backlog."""
        self._fetcher.backlog.add(len(data))
        try:
            return await reading
        finally:
            self._fetcher.backlog.done(len(data))


def remote(address: str) -> bool:
    """Tell an address from the path of a file."""
    return address.lower().startswith(("http://", "https://"))


def _failure(answer: Answer) -> OutcomeError | None:
    fetch = answer.fetch
    return None if fetch.outcome == UNCHANGED else OutcomeError(fetch.outcome, fetch.message, status=fetch.status)


def _unread(fetch: Fetch, error: OutcomeError) -> Fetch:
    """A fetch that brought what cannot be used is no success, and must not be taken for unchanged the next time."""
    assert fetch.outcome == OK
    return replace(fetch, outcome=error.outcome, message=error.message, validators=None)


def _file(path: str, most: int) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise OutcomeError("unreadable", getattr(error, "strerror", None) or str(error)) from error
    if len(data) > most:
        raise OutcomeError("too-large", f"more than {size(most)}")
    return data
