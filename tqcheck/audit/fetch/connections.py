"""HTTP over connections that the guard has looked at.

h11 speaks the protocol, asyncio and ssl do the rest. Clients that do all of it leave no room to choose the address that
is connected to, which is what the guard is about, and take longer to import than a run over feeds without news.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cached_property

import certifi
import h11

from tqcheck.audit.fetch.address import Address
from tqcheck.audit.fetch.guard import Resolver, allowed
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.outcomes import OutcomeError

# Connections that stay open after an answer, and for how many seconds.
_KEPT, _FRESH = 256, 15.0
_STEP = 64 * 1024
# Bytes of the head of an answer.
_HEAD = 100 * 1024


@dataclass(frozen=True, slots=True)
class Response:
    """The head of an answer, its headers by their names in small letters, and the parts of the body, still to come."""

    status: int
    headers: Mapping[str, str]
    parts: AsyncIterator[bytes]


class Connections:
    """All connections of a run. Proxies of the environment are not used: behind one nobody can tell which address is
    connected to."""

    def __init__(self, settings: FetchSettings, resolver: Resolver) -> None:
        self._settings, self._resolver = settings, resolver
        # By origin; that of which one was used longest ago comes first.
        self._idle: OrderedDict[str, list[_Connection]] = OrderedDict()

    @asynccontextmanager
    async def asked(self, address: Address, headers: Mapping[str, str]) -> AsyncIterator[Response]:
        """Send a request, and yield its answer. Raises OutcomeError where none comes."""
        connection = self._kept(address.origin) or await self._connected(address)
        try:
            yield await connection.ask(address, headers)
        except BaseException:
            connection.drop()
            raise
        if connection.over():
            await self._keep(address.origin, connection)
        else:
            await connection.close()

    async def close(self) -> None:
        """Close all connections."""
        for connections in self._idle.values():
            for connection in connections:
                await connection.close()
        self._idle.clear()

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Whom we believe. Made on use: it takes as long as a dozen requests."""
        own = any(name in os.environ for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
        context = ssl.create_default_context(cafile=None if own else certifi.where())
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _kept(self, origin: str) -> _Connection | None:
        idle = self._idle.get(origin, [])
        while idle:
            connection = idle.pop()
            if connection.alive:
                return connection
            connection.drop()
        return None

    async def _keep(self, origin: str, connection: _Connection) -> None:
        self._idle.setdefault(origin, []).append(connection)
        self._idle.move_to_end(origin)
        if len(self._idle) > _KEPT:
            for old in self._idle.popitem(last=False)[1]:
                await old.close()

    async def _connected(self, address: Address) -> _Connection:
        allow_private = self._settings.allow_private
        last: OutcomeError | None = None
        for place in await allowed(address.host, address.port, self._resolver, allow_private=allow_private):
            try:
                return await self._open(place, address)
            except OutcomeError as error:
                last = error
        assert last is not None
        raise last

    async def _open(self, place: str, address: Address) -> _Connection:
        """Connect to this very place."""
        writer = None
        try:
            async with _within(self._settings.connect, "no connection"):
                reader, writer = await asyncio.open_connection(place, address.port)
        except OSError as error:
            raise OutcomeError("unreachable", error.strerror or str(error) or "no connection") from error
        try:
            if address.scheme == "https":
                async with _within(self._settings.connect, "no secure connection"):
                    await writer.start_tls(self._tls, server_hostname=address.host)
        except BaseException as error:
            writer.transport.abort()
            if isinstance(error, OSError):  # those of ssl too
                raise OutcomeError("bad-tls", f"{address.host}: {error}") from error
            raise
        return _Connection(reader, writer, self._settings.read)


class _Connection:
    """One connection, and what is under way on it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, patience: float) -> None:
        self._reader, self._writer, self._patience = reader, writer, patience
        self._talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)
        self._used = 0.0

    @property
    def alive(self) -> bool:
        """False once the server hung up, or will soon."""
        stale = asyncio.get_running_loop().time() - self._used > _FRESH
        return not (stale or self._reader.at_eof() or self._reader.exception() or self._writer.is_closing())

    async def ask(self, address: Address, headers: Mapping[str, str]) -> Response:
        """Send a request, and return the head of its answer."""
        with _told():
            request = h11.Request(
                method="GET", target=address.target, headers=[("Host", address.authority), *headers.items()]
            )
            for event in (request, h11.EndOfMessage()):
                self._writer.write(self._talk.send(event) or b"")
            async with _within(self._patience, "the request was not taken"):
                await self._writer.drain()
            head = await self._next()
            while isinstance(head, h11.InformationalResponse):
                head = await self._next()
        if not isinstance(head, h11.Response):
            raise OutcomeError("broken", "the server hung up without an answer")
        return Response(head.status_code, _headers(head), self._parts())

    async def _parts(self) -> AsyncIterator[bytes]:
        with _told():
            while isinstance(event := await self._next(), h11.Data):
                yield bytes(event.data)

    async def _next(self) -> h11.Event | type[h11.PAUSED]:
        while (event := self._talk.next_event()) is h11.NEED_DATA:
            async with _within(self._patience, "nothing came"):
                self._talk.receive_data(await self._reader.read(_STEP))
        return event  # type: ignore[return-value]

    def over(self) -> bool:
        """Return whether another request may follow: the answer has come to its end, and nobody hung up."""
        try:
            # Of a body that nobody wanted, what has come already.
            while isinstance(self._talk.next_event(), h11.Data | h11.EndOfMessage):
                pass
            if self._talk.trailing_data[0]:  # nobody asked for it, and it must not pass for the next answer
                return False
            self._talk.start_next_cycle()
        except h11.ProtocolError:
            return False
        self._used = asyncio.get_running_loop().time()
        return self.alive

    def drop(self) -> None:
        """End the connection at once."""
        self._writer.transport.abort()

    async def close(self) -> None:
        """End the connection; nobody waits for a server that does not."""
        self.drop()
        await asyncio.sleep(0)


@asynccontextmanager
async def _within(seconds: float, what: str) -> AsyncIterator[None]:
    """Raise OutcomeError where something takes too long."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise OutcomeError("timeout", f"{what} in {seconds:g} s") from error


@contextmanager
def _told() -> Iterator[None]:
    """Give what goes wrong on a connection its name."""
    try:
        yield
    except (h11.ProtocolError, OSError) as error:
        raise OutcomeError("broken", str(error)[:200] or type(error).__name__) from error


def _headers(head: h11.Response) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw, value in head.headers:
        name = raw.decode("ascii")
        headers[name] = f"{headers[name]}, {_text(value)}" if name in headers else _text(value)
    return headers


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")  # as some servers have it in Location
    except UnicodeDecodeError:
        return value.decode("latin-1")
