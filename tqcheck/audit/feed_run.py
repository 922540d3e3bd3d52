"""One feed from its address to its articles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from tqcheck.audit.article_run import ArticleRun, Work, wants_page
from tqcheck.audit.feeds.values import Feed, Item, Listing
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.keys import key_of
from tqcheck.audit.outcomes import PASSING, OutcomeError
from tqcheck.audit.sandbox import Sandbox
from tqcheck.audit.sources import Sources
from tqcheck.audit.values import Entry, Fetch, Missed
from tqcheck.readers.base import told

Event = Entry | Missed | Fetch


@dataclass(frozen=True, slots=True)
class Result:
    """A piece of what a feed brings: what happened, and the inputs that it lists."""

    events: tuple[Event, ...]
    children: tuple[str, ...] = ()


class FeedRun:
    """Runs feeds, any number at a time. `matcher` finds originals by meaning, which takes a model."""

    def __init__(self, settings: FetchSettings, sources: Sources, matcher: Sandbox) -> None:
        self._settings, self._sources, self._matcher = settings, sources, matcher
        self._articles = ArticleRun(settings, sources)
        self._pairs = dict(settings.pairs)

    async def run(self, address: str, put: Callable[[Result], None]) -> None:
        """Hand what a feed brings to `put`, in its order; the fetch of the feed itself comes last."""
        opened = await self._sources.feed(address)
        again = False  # may bring more the next time, though it is unchanged

        def hand_on(result: Result) -> None:
            nonlocal again
            again = again or any(getattr(event, "outcome", None) in PASSING for event in result.events)
            put(result)

        if opened.failure is not None:
            put(Result((Missed(address, address, opened.failure.outcome, opened.failure.message),)))
        for problem in opened.found.problems if opened.found is not None else ():
            hand_on(Result((Missed(address, address, problem.outcome, problem.message),)))
        if isinstance(opened.found, Listing):
            again = True  # the feeds that it names may change
            put(Result((), children=opened.found.feeds))
        elif isinstance(opened.found, Feed):
            await self._feed(address, opened.found, hand_on)
        if opened.fetch is not None:
            put(Result((replace(opened.fetch, validators=None) if again else opened.fetch,)))

    async def _feed(self, feed: str, found: Feed, put: Callable[[Result], None]) -> None:
        items: dict[str, Item] = {}
        for item in found.items:
            key = key_of(feed, item)
            if key in items:
                put(Result((Missed(feed, key, "duplicate", "the feed lists it more than once"),)))
            else:
                items[key] = item
        twins = await self._twins(feed, found, list(items.values()), put)
        paged = [key for key, item in items.items() if wants_page(item, self._settings)]
        known = dict(zip(paged, await self._sources.ask(paged), strict=True)) if paged else {}
        end = asyncio.get_running_loop().time() + self._settings.feed_total
        tasks = []
        for number, (key, item) in enumerate(items.items()):
            work = Work(feed, key, item, item.lang or found.lang, known.get(key), twins.get(number))
            tasks.append(asyncio.create_task(self._article(work, end)))
        try:
            for task in tasks:
                put(await task)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _article(self, work: Work, end: float) -> Result:
        try:
            async with asyncio.timeout_at(end):
                return Result(await self._articles.run(work))
        except TimeoutError:
            outcome, message = "out-of-time", f"{self._settings.feed_total:g} s were not enough for all of this feed"
        except Exception as error:  # one article must never cost the others
            outcome, message = "failed", told(error)
        return Result((Missed(work.feed, work.key, outcome, message),))

    async def _twins(self, feed: str, found: Feed, items: list[Item], put: Callable[[Result], None]) -> dict[int, Item]:
        """Return the entries of the feed of originals that belong to entries of this one."""
        partner = self._pairs.get(feed)
        if partner is None or not self._settings.originals:
            return {}
        from tqcheck.audit.pairs import match  # on use: it brings the encoders

        opened = await self._sources.feed(partner)
        try:
            if opened.failure is not None:
                raise opened.failure
            if not isinstance(opened.found, Feed):
                raise OutcomeError("not-a-feed", "a list of feeds")
            others = [replace(item, lang=item.lang or opened.found.lang) for item in opened.found.items]
            langs = found.lang, opened.found.lang
            places = await self._matcher.run(match, items, others, langs, self._settings)
        except OutcomeError as error:
            message = f"no originals, since their feed failed: {error.message}"
            put(Result((Missed(feed, partner, error.outcome, message),)))
            return {}
        return {ours: others[theirs] for ours, theirs in places.items()}
