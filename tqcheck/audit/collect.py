"""From addresses and files of feeds to articles: the one way in for the rest of the audit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.values import Entry, Fetch, Missed, Validators
from tqcheck.errors import UnavailableError

if TYPE_CHECKING:
    from tqcheck.audit.fetch.guard import Resolver

Event = Entry | Missed | Fetch
# Events that wait for who takes them; when so many do, no new ones are handed over.
_WAITING = 256


def collect(
    inputs: Sequence[str],
    settings: FetchSettings,
    validators: Callable[[str], Validators | None],
    *,
    resolver: Resolver | None = None,
) -> Iterator[Event]:
    """Yield the articles of feeds (RSS, Atom, RDF, JSON Feed), of lists of them (OPML) and of sitemaps with news.

    `inputs` are addresses or paths of files. `validators` is asked for what a server said of an address the last time;
    None has it sent again in full, as is needed where rules changed. It is called in the thread that iterates.
    `resolver` stands in for the system's (tests).

    An article that several feeds list comes once for each of them; copies of a text are articles like others.

    The order is that of the inputs and of their entries, however the answers come in. **A Fetch comes behind all that
    it brought**: when its validators are kept, everything before it should be, or the article is lost until it changes.
    A feed of which entries were missed for a passing reason has no validators, so it is sent in full the next time.
    The page of an article is fetched by its key; what is unchanged yields its Fetch alone. Whatever fails is a Missed
    with one of `outcomes.OUTCOMES`; a feed that fails has its Fetch too, where there was a request. Fetches of
    originals have no validators.

    Requests run in a thread: worker processes that are forked belong before the first step, or its locks are copied.

    Raises UnavailableError where the extra is not installed, nothing else. Closing the iterator ends all requests.
    """
    missing = [name for name in ("feedparser", "httpx", "resiliparse") if find_spec(name) is None]
    if missing:
        raise UnavailableError(f'audits of feeds need {", ".join(missing)}: pip install "tqcheck[audit]"')
    return _events(list(inputs), settings, validators, resolver)


@dataclass(frozen=True, slots=True)
class _Question:
    """The validators of some addresses are asked for."""

    addresses: Sequence[str]
    answer: asyncio.Future[list[Validators | None]]


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing more comes; `error` is what tqcheck itself failed on."""

    error: BaseException | None


class Outlet:
    """Hands events from the thread of the requests to the thread that iterates, and questions along with them."""

    def __init__(self) -> None:
        self.queue: SimpleQueue[Event | _Question | _End] = SimpleQueue()
        self._room = asyncio.Semaphore(_WAITING)

    async def put(self, event: Event) -> None:
        """Hand over an event, as soon as there is room."""
        await self._room.acquire()
        self.queue.put(event)

    async def ask(self, addresses: Sequence[str]) -> list[Validators | None]:
        """Return what is known of each address."""
        answer: asyncio.Future[list[Validators | None]] = asyncio.get_running_loop().create_future()
        self.queue.put(_Question(addresses, answer))
        return await answer

    def taken(self) -> None:
        """Make room for another event."""
        self._room.release()


class _Collector(threading.Thread):
    """A thread with a loop of its own: requests go on while the other thread checks articles."""

    def __init__(self, inputs: list[str], settings: FetchSettings, resolver: Resolver | None) -> None:
        super().__init__(name="tqcheck-collect", daemon=True)
        self._inputs, self._settings, self._resolver = inputs, settings, resolver
        self.loop = asyncio.new_event_loop()
        self.outlet = Outlet()
        self._task: asyncio.Task[None] | None = None
        self._stopped = False

    def run(self) -> None:
        error: BaseException | None = None
        try:
            with asyncio.Runner(loop_factory=lambda: self.loop) as runner:
                runner.run(self._main())
        except BaseException as failure:
            error = None if isinstance(failure, asyncio.CancelledError) else failure
        self.outlet.queue.put(_End(error))

    async def _main(self) -> None:
        from tqcheck.audit.gather import gather

        self._task = asyncio.current_task()
        if not self._stopped:
            await gather(self._inputs, self._settings, self._resolver, self.outlet)

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function in the loop, if that still runs."""
        try:
            self.loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:
            return  # it ended in the meantime

    def stop(self) -> None:
        """End all requests and wait for the end."""
        self._stopped = True
        self.call(lambda: self._task.cancel() if self._task is not None else None)
        self.join()


def _events(
    inputs: list[str],
    settings: FetchSettings,
    validators: Callable[[str], Validators | None],
    resolver: Resolver | None,
) -> Iterator[Event]:
    collector = _Collector(inputs, settings, resolver)
    collector.start()
    try:
        while True:
            event = collector.outlet.queue.get()
            if isinstance(event, _End):
                if event.error is not None:
                    raise event.error
                return
            if isinstance(event, _Question):
                known = [validators(address) for address in event.addresses]
                collector.call(_answer, event.answer, known)
                continue
            collector.call(collector.outlet.taken)
            yield event
    finally:
        collector.stop()


def _answer(future: asyncio.Future[list[Validators | None]], known: list[Validators | None]) -> None:
    if not future.done():
        future.set_result(known)
