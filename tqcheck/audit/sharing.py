"""One piece of work for all who ask for it while it is under way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Shared(Generic[T]):
    task: asyncio.Task[T]
    waiting: int = 0


class Sharing(Generic[T]):
    """Work by its name. It ends when it is done, or when nobody waits for it any more."""

    def __init__(self) -> None:
        self._under_way: dict[str, _Shared[T]] = {}

    async def get(self, name: str, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Return what `work` gives; it is begun where it is not under way already."""
        shared = self._under_way.get(name)
        if shared is None:
            shared = self._under_way[name] = _Shared(asyncio.create_task(work()))
        shared.waiting += 1
        try:
            # Who gives up must not end it for the others.
            return await asyncio.shield(shared.task)
        finally:
            shared.waiting -= 1
            if not shared.waiting:
                self._under_way.pop(name, None)
                shared.task.cancel()
                await asyncio.gather(shared.task, return_exceptions=True)
