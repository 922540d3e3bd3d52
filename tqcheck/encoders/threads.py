"""How many threads an encoder may use: all cores, or one in a process of many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import cache
from multiprocessing import parent_process
from typing import Any, TypeVar

T = TypeVar("T")

# More threads than this wait for memory.
_MOST = 4


def threads() -> int:
    """Return the number of threads to use. Worker processes share the cores among them already."""
    if parent_process() is not None:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


def spread(work: Callable[[T], None], parts: Iterable[T]) -> None:
    """Do every part, on several threads where there are several parts."""
    parts = list(parts)
    number = min(threads(), len(parts))
    if number < 2:
        for part in parts:
            work(part)
        return
    # Made anew each time: threads do not survive a fork, and processes are forked later.
    with ThreadPoolExecutor(number) as pool:
        for _done in pool.map(work, parts):
            pass


def limited(number: int, api: str) -> AbstractContextManager[Any]:
    """Limit the threads of a library (`api`: blas or openmp) while the context lasts."""
    limit: AbstractContextManager[Any] = _controller(api).limit(limits=number, user_api=api)
    return limit


@cache
def _controller(api: str) -> Any:
    """Return who knows the libraries; looked up once, after the one in question is loaded."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
