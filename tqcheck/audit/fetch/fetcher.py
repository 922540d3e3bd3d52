"""One request from the first try to its named outcome: robots.txt, politeness, redirects, limits, new tries."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from tqcheck.audit.fetch.address import Address, parsed
from tqcheck.audit.fetch.answers import Answer, judge, pause
from tqcheck.audit.fetch.backlog import Backlog
from tqcheck.audit.fetch.body import ACCEPTED, read
from tqcheck.audit.fetch.connections import Connections, Response
from tqcheck.audit.fetch.guard import Resolver
from tqcheck.audit.fetch.hosts import Hosts
from tqcheck.audit.fetch.robots import MOST, Robots, parse
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.outcomes import OK, UNCHANGED, OutcomeError
from tqcheck.audit.values import Fetch, Validators

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
# What says that nobody answered.
_SILENT = {"timeout", "unreachable", "broken", "no-such-host", "bad-tls"}
_PRODUCT = "tqcheck"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is asked for: what we would like to be sent, how much of it, and which content types may be it."""

    accept: str
    most: int
    fits: Callable[[str], bool]


class Fetcher:
    """All requests of a run. To be closed at its end. Who keeps bodies for a while adds them to `backlog`."""

    def __init__(self, settings: FetchSettings, resolver: Resolver) -> None:
        self._settings = settings
        self._hosts = Hosts(settings)
        self._connections = Connections(settings, resolver)
        self.backlog = Backlog()
        self._robots: dict[str, asyncio.Task[Robots | OutcomeError]] = {}

    async def close(self) -> None:
        """Close all connections."""
        for task in self._robots.values():
            task.cancel()
        await asyncio.gather(*self._robots.values(), return_exceptions=True)
        await self._connections.close()

    async def get(self, feed: str, address: str, kind: Kind, validators: Validators | None = None) -> Answer:
        """Fetch an address on behalf of a feed. Whatever happens is told by the outcome, nothing is raised."""
        begin = time.monotonic()
        try:
            answer = await self._persist(address, kind, validators, robots=self._settings.robots)
        except OutcomeError as error:
            fetch = Fetch(
                feed, address, error.outcome, error.status, seconds=time.monotonic() - begin, message=error.message
            )
            return Answer(fetch)
        unchanged = answer.status == 304
        fetch = Fetch(
            feed,
            address,
            UNCHANGED if unchanged else OK,
            answer.status,
            answer.size,
            time.monotonic() - begin,
            # A server that says “unchanged” need not repeat what it said before.
            answer.validators if answer.validators != Validators() or not unchanged else validators,
            moved_to=answer.moved_to,
        )
        return Answer(fetch, answer.body, answer.content_type, answer.address)

    async def _persist(self, address: str, kind: Kind, validators: Validators | None, *, robots: bool) -> _Sent:
        """Try again where that may help."""
        for attempt in range(1, self._settings.tries + 1):
            try:
                return await self._follow(address, kind, validators, robots=robots)
            except OutcomeError as error:
                seconds = pause(error, address, attempt, self._settings)
                if attempt == self._settings.tries or seconds is None:
                    raise
                await asyncio.sleep(seconds)
        raise AssertionError("the last try returns or raises")

    async def _follow(self, address: str, kind: Kind, validators: Validators | None, *, robots: bool) -> _Sent:
        """Follow redirects; each address is held against all rules anew."""
        permanent, current = True, address
        for _hop in range(self._settings.redirects + 1):
            url = parsed(current)
            if robots:
                await self._ask(url)
            sent = await self._request(url, kind, validators)
            if sent.location is None:
                sent.address = current
                sent.moved_to = current if permanent and current != address else None
                return sent
            permanent = permanent and sent.status in _PERMANENT
            try:
                current = urljoin(current, sent.location)
            except ValueError as error:
                raise OutcomeError(
                    "bad-redirect", f"redirected to “{sent.location[:100]}”", status=sent.status
                ) from error
        raise OutcomeError("too-many-redirects", f"more than {self._settings.redirects} redirects", status=sent.status)

    async def _request(self, url: Address, kind: Kind, validators: Validators | None) -> _Sent:
        async with self._hosts.turn(url.host):
            await self.backlog.room()
            answered = True
            try:
                async with asyncio.timeout(self._settings.total):
                    return await self._exchange(url, kind, validators)
            except TimeoutError as error:
                raise OutcomeError("too-slow", f"not all there after {self._settings.total:g} s") from error
            except OutcomeError as error:
                answered = error.outcome not in _SILENT
                if error.after is not None:
                    self._hosts.wait(url.host, error.after)
                raise
            finally:
                self._hosts.told(url.host, answered=answered)

    async def _exchange(self, url: Address, kind: Kind, validators: Validators | None) -> _Sent:
        headers = {"User-Agent": self._settings.agent, "Accept": kind.accept, "Accept-Encoding": ACCEPTED}
        if validators is not None and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators is not None and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        async with self._connections.asked(url, headers) as response:
            status = response.status
            if status in _REDIRECTS:
                location = response.headers.get("location")
                if not location:
                    raise OutcomeError("bad-redirect", f"{status} without an address", status=status)
                return _Sent(status, location=location)
            validated = Validators(_header(response, "etag"), _header(response, "last-modified"))
            if status == 304 and validators is not None:
                return _Sent(status, validators=validated)
            if status != 200:
                raise judge(status, response.headers.get("retry-after"))
            content_type = response.headers.get("content-type", "")
            if not kind.fits(content_type.partition(";")[0].strip().lower()):
                raise OutcomeError("content-type", f"sent as “{content_type[:60]}”", status=status)
            body, size = await _body(response, kind.most)
            return _Sent(status, body, size, content_type, validated)

    async def _ask(self, url: Address) -> None:
        """Raises OutcomeError where robots.txt forbids an address, or cannot be had."""
        # The authority of RFC 9309: scheme, host and port.
        origin = str(url.robots)
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._load(origin))
        # Others wait for the same file: one who gives up must not cancel it for all.
        said = await asyncio.shield(self._robots[origin])
        if isinstance(said, OutcomeError):
            raise OutcomeError(said.outcome, said.message, status=said.status)
        if not said.allows(url.target):
            raise OutcomeError("robots", f"{origin} forbids it")
        if said.delay is not None:
            if said.delay > self._settings.longest_delay:
                raise OutcomeError("robots", f"{origin} asks for {said.delay:g} s between requests")
            self._hosts.slow_down(url.host, said.delay)

    async def _load(self, origin: str) -> Robots | OutcomeError:
        """Return what a robots.txt says, or why nothing of that host can be fetched."""
        kind = Kind("text/plain", MOST, lambda _content_type: True)
        try:
            sent = await self._persist(origin, kind, None, robots=False)
        except OutcomeError as error:
            if error.outcome in ("server-error", "too-many-requests"):
                return OutcomeError("robots-unreachable", f"{origin}: {error.message}", status=error.status)
            # There is none, or it is no text file: nothing is forbidden (RFC 9309, 2.3.1.3).
            if error.status is not None or error.outcome in ("too-large", "bad-encoding", "robots"):
                return Robots()
            return error
        return parse(sent.body.decode("utf-8", "replace"), _PRODUCT)


@dataclass(slots=True)
class _Sent:
    """What one request brought."""

    status: int
    body: bytes = b""
    size: int = 0
    content_type: str = ""
    validators: Validators | None = None
    location: str | None = None
    address: str = ""
    moved_to: str | None = None


def _header(response: Response, name: str) -> str | None:
    """A header that can be sent back as it came."""
    value = response.headers.get(name)
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None


async def _body(response: Response, most: int) -> tuple[bytes, int]:
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > most:
        raise OutcomeError("too-large", f"{announced} bytes are announced, {most} are allowed")
    return await read(response.parts, response.headers.get("content-encoding", ""), most)
