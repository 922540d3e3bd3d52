"""HTTP over connections that the guard has looked at.

httpx leaves no room for a resolver of one's own, httpcore below it does: this is the seam between the two.
"""

from __future__ import annotations

import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from tqcheck.audit.fetch.guard import Resolver, allowed
from tqcheck.audit.outcomes import OutcomeError

# Hosts whose connections stay open after an answer; those that were asked longest ago are let go.
_KEPT = 256


class Transport(httpx.AsyncBaseTransport):
    """Sends requests of httpx; raises what httpcore raises, and OutcomeError. Proxies of the environment are not used,
    since behind one the address that is connected to cannot be checked.

    Each origin has a pool of its own: a pool looks at all its connections for each request.
    """

    def __init__(self, resolver: Resolver, *, allow_private: bool, per_host: int) -> None:
        self._tls = httpx.create_ssl_context()
        self._backend, self._per_host = _Backend(resolver, allow_private), per_host
        self._pools: OrderedDict[tuple[bytes, bytes, int | None], _Pool] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return its answer, whose body is still to come."""
        url = request.url
        pool = self._pool((url.raw_scheme, url.raw_host, url.port))
        pool.users += 1
        try:
            await self._let_go()
            answer = await pool.connections.handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    extensions=request.extensions,
                )
            )
        except BaseException:
            pool.users -= 1
            raise
        body = _Body(answer, pool)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=body, extensions=answer.extensions, request=request
        )

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            await pool.connections.aclose()

    def _pool(self, origin: tuple[bytes, bytes, int | None]) -> _Pool:
        if origin not in self._pools:
            self._pools[origin] = _Pool(
                httpcore.AsyncConnectionPool(
                    ssl_context=self._tls,
                    max_connections=self._per_host,
                    keepalive_expiry=15.0,
                    network_backend=self._backend,
                )
            )
        self._pools.move_to_end(origin)
        return self._pools[origin]

    async def _let_go(self) -> None:
        if len(self._pools) <= _KEPT:
            return
        idle = next((origin for origin, pool in self._pools.items() if not pool.users), None)
        if idle is not None:
            await self._pools.pop(idle).connections.aclose()


@dataclass(slots=True)
class _Pool:
    """The connections to one origin, and the requests that use them."""

    connections: httpcore.AsyncConnectionPool
    users: int = 0


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, pool: _Pool) -> None:
        self._answer, self._pool = answer, pool

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        self._pool.users -= 1
        await self._answer.aclose()


class _Backend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that the guard returned, and to no other."""

    def __init__(self, resolver: Resolver, allow_private: bool) -> None:
        self._resolver, self._allow_private = resolver, allow_private
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        last: Exception | None = None
        for address in await allowed(host, port, self._resolver, allow_private=self._allow_private):
            try:
                stream = await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
            else:
                return _Stream(stream)
        assert last is not None
        raise last

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection; what goes wrong with TLS gets its own name."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._inner.start_tls(ssl_context, server_hostname, timeout)
        except httpcore.ConnectError as error:
            raise OutcomeError("bad-tls", f"{server_hostname}: {error}") from error
