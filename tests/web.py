"""A web of hosts on 127.0.0.1: what each address answers, byte by byte if need be, and a log of who asked."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass
class Asked:
    """One request, as the server saw it; times are of the monotonic clock."""

    host: str
    path: str
    headers: dict[str, str]
    begin: float
    end: float = 0.0


@dataclass
class Reply:
    """An answer that is all there."""

    body: bytes | str = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def raw(self) -> bytes:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {"Content-Type": self.type, "Content-Length": str(len(body)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} x", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


Write = Callable[[bytes], Awaitable[None]]
# What an address answers: the same each time, what a function makes of the request, or what one writes itself.
Route = Reply | Callable[[Asked], Reply] | Callable[[Asked, Write], Awaitable[None]]


class Web:
    """Serves `routes`: `path` for every host, `host path` for one. Paths that end in `*` fit all that begin so."""

    def __init__(
        self, routes: dict[str, Route] | None = None, delay: float = 0.0, certificate: tuple[Path, Path] | None = None
    ) -> None:
        self.routes = routes or {}
        self.log: list[Asked] = []
        self.port = 0
        self._delay = delay
        self._tls = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(*certificate)
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._main.cancel)
        self._thread.join()

    def url(self, path: str, host: str = "news.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        return [each for each in self.log if each.path == path]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._main = self._loop.create_task(self._serve())
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._main)
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
            with suppress(asyncio.CancelledError):
                self._loop.run_until_complete(task)
        # What was closed is gone only after the loop has gone round once more: else it would be told as unclosed when
        # it is collected, in whatever test then runs.
        for writer in self._writers:
            writer.transport.abort()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        try:
            await asyncio.Event().wait()
        finally:
            server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                first = await reader.readexactly(1)
                if first == b"\x16":  # TLS where none is spoken
                    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    break
                head = first + await reader.readuntil(b"\r\n\r\n")
                asked = self._asked(head.decode("latin-1"))
                self.log.append(asked)
                if self._delay:
                    await asyncio.sleep(self._delay)
                if not await self._answer(asked, writer):
                    break
        writer.close()

    def _asked(self, head: str) -> Asked:
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        host = headers.get("host", "").partition(":")[0]
        return Asked(host, first.split(" ")[1] if " " in first else "", headers, time.monotonic())

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        route = self._route(asked)

        async def write(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        said = (
            route
            if isinstance(route, Reply)
            else route(asked, write)
            if asyncio.iscoroutinefunction(route)
            else route(asked)
        )
        asked.end = time.monotonic()
        if isinstance(said, Reply):
            await write(said.raw())
        else:
            await said
            asked.end = time.monotonic()
        return isinstance(said, Reply)

    def _route(self, asked: Asked) -> Route:
        for name in (f"{asked.host} {asked.path}", asked.path):
            if name in self.routes:
                return self.routes[name]
        for name, route in self.routes.items():
            if name.endswith("*") and (
                f"{asked.host} {asked.path}".startswith(name[:-1]) or asked.path.startswith(name[:-1])
            ):
                return route
        return Reply("not here", status=404)


async def here(host: str, port: int) -> list[str]:
    """Resolves every name to this machine."""
    return ["127.0.0.1"]
