"""One request from the first try to its named outcome: robots.txt, politeness, redirects, limits, new tries."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

import httpcore
import httpx

from tqcheck.audit.fetch.answers import Answer, judge, pause
from tqcheck.audit.fetch.backlog import Backlog
from tqcheck.audit.fetch.body import ACCEPTED, read
from tqcheck.audit.fetch.guard import Resolver
from tqcheck.audit.fetch.hosts import Hosts
from tqcheck.audit.fetch.robots import MOST, Robots, parse
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.fetch.transport import Transport
from tqcheck.audit.outcomes import OK, UNCHANGED, OutcomeError
from tqcheck.audit.values import Fetch, Validators

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_LONGEST_ADDRESS = 8_000
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
        self._transport = Transport(resolver, allow_private=settings.allow_private, per_host=settings.per_host)
        self.backlog = Backlog()
        self._robots: dict[str, asyncio.Task[Robots | OutcomeError]] = {}

    async def close(self) -> None:
        """Close all connections."""
        for task in self._robots.values():
            task.cancel()
        await asyncio.gather(*self._robots.values(), return_exceptions=True)
        await self._transport.aclose()

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
            url = _parsed(current)
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

    async def _request(self, url: httpx.URL, kind: Kind, validators: Validators | None) -> _Sent:
        async with self._hosts.turn(url.host):
            await self.backlog.room()
            answered = True
            try:
                async with asyncio.timeout(self._settings.total):
                    return await self._exchange(url, kind, validators)
            except TimeoutError as error:
                raise OutcomeError("too-slow", f"not all there after {self._settings.total:g} s") from error
            except httpcore.TimeoutException as error:
                answered = False
                raise OutcomeError("timeout", f"no answer in time ({type(error).__name__})") from error
            except httpcore.ConnectError as error:
                answered = False
                raise OutcomeError("unreachable", str(error) or "no connection") from error
            except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
                answered = False
                raise OutcomeError("broken", str(error)[:200] or type(error).__name__) from error
            except OutcomeError as error:
                answered = error.outcome not in ("no-such-host", "bad-tls")
                if error.after is not None:
                    self._hosts.wait(url.host, error.after)
                raise
            finally:
                self._hosts.told(url.host, answered=answered)

    async def _exchange(self, url: httpx.URL, kind: Kind, validators: Validators | None) -> _Sent:
        settings = self._settings
        headers = {"User-Agent": settings.agent, "Accept": kind.accept, "Accept-Encoding": ACCEPTED}
        if validators is not None and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators is not None and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        # Waiting for a connection of the pool is no fault of the server.
        limits = {"connect": settings.connect, "read": settings.read, "write": settings.read, "pool": None}
        request = httpx.Request("GET", url, headers=headers, extensions={"timeout": limits})
        response = await self._transport.handle_async_request(request)
        try:
            status = response.status_code
            if status in _REDIRECTS:
                location = response.headers.get("Location")
                if not location:
                    raise OutcomeError("bad-redirect", f"{status} without an address", status=status)
                return _Sent(status, location=location[:_LONGEST_ADDRESS])
            validated = Validators(_header(response, "ETag"), _header(response, "Last-Modified"))
            if status == 304 and validators is not None:
                return _Sent(status, validators=validated)
            if status != 200:
                raise judge(status, response.headers.get("Retry-After"))
            content_type = response.headers.get("Content-Type", "")
            if not kind.fits(content_type.partition(";")[0].strip().lower()):
                raise OutcomeError("content-type", f"sent as “{content_type[:60]}”", status=status)
            body, size = await _body(response, kind.most)
            return _Sent(status, body, size, content_type, validated)
        finally:
            await response.aclose()

    async def _ask(self, url: httpx.URL) -> None:
        """Raises OutcomeError where robots.txt forbids an address, or cannot be had."""
        # The authority of RFC 9309: scheme, host and port.
        origin = str(url.copy_with(path="/robots.txt", query=None, fragment=None))
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._load(origin))
        # Others wait for the same file: one who gives up must not cancel it for all.
        said = await asyncio.shield(self._robots[origin])
        if isinstance(said, OutcomeError):
            raise OutcomeError(said.outcome, said.message, status=said.status)
        if not said.allows(url.raw_path.decode("ascii", "replace")):
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


def _parsed(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address) if len(address) <= _LONGEST_ADDRESS else httpx.URL()
    except (httpx.InvalidURL, ValueError) as error:
        raise OutcomeError("bad-address", f"“{address[:100]}” is no web address ({error})") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise OutcomeError("bad-address", f"“{address[:100]}” is no http or https address")
    if url.port is not None and not 0 < url.port < 65_536:
        raise OutcomeError("bad-address", f"“{address[:100]}” names no port that there is")
    if url.userinfo:
        raise OutcomeError("bad-address", f"the address at {url.host} holds a password, which would be kept and shown")
    return url


def _header(response: httpx.Response, name: str) -> str | None:
    """A header that can be sent back as it came."""
    value: str | None = response.headers.get(name)
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None


async def _body(response: httpx.Response, most: int) -> tuple[bytes, int]:
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > most:
        raise OutcomeError("too-large", f"{announced} bytes are announced, {most} are allowed")
    return await read(response.aiter_raw(), response.headers.get("Content-Encoding", ""), most)
