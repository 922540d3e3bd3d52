"""What was fetched and not yet read: pages come in faster than hostile ones can be read."""

from __future__ import annotations

import asyncio

# Bytes that may wait; with so many, no new request begins until some were read.
_MOST = 64 * 1024 * 1024


class Backlog:
    """Counts bytes."""

    def __init__(self) -> None:
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()

    async def room(self) -> None:
        """Wait until there is room for another body."""
        await self._room.wait()

    def add(self, size: int) -> None:
        """A body came in."""
        self._waiting += size
        if self._waiting > _MOST:
            self._room.clear()

    def done(self, size: int) -> None:
        """A body was read, or is no longer wanted."""
        self._waiting -= size
        if self._waiting <= _MOST:
            self._room.set()
