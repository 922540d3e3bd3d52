"""Processes that read feeds and pages: hostile input can make a library run for minutes or die, but only there.

A reader that takes too long or dies is replaced; what it was reading gets a named outcome.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

from tqcheck.audit.outcomes import OutcomeError

P = ParamSpec("P")
T = TypeVar("T")

# What a reader of feeds and pages may take; the largest feed that is allowed needs a tenth.
MEMORY = 4 * 1024**3
# Time to start a process and import the libraries, on a busy machine.
_START = 60.0


def _work(connection: Connection, memory: int | None) -> None:
    """Answer one task after the other until the other side hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all processes, the parent alone answers it
    if memory is not None:
        with suppress(ImportError, ValueError, OSError):
            import resource  # there is none on Windows

            resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
    import tqcheck.audit.feeds.page
    import tqcheck.audit.feeds.reading  # noqa: F401 - before the first task, whose time is measured

    parent = os.getppid()
    connection.send(None)
    with suppress(EOFError, OSError):
        while True:
            while not connection.poll(5.0):
                if os.getppid() != parent:  # killed, and its end of the pipe may live on in a sibling
                    return
            connection.send(_done(*connection.recv()))


def _done(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    try:
        return True, function(*arguments)
    except OutcomeError as error:
        return False, (error.outcome, error.message)
    except MemoryError:
        return False, ("reading-died", "it needed too much memory")
    except RecursionError:
        return False, ("too-deep", "nested too deep to be read")
    except Exception as error:
        return False, ("failed", f"{type(error).__name__}: {str(error)[:200]}")


class _Reader:
    """One process, started when it is first needed."""

    def __init__(self, seconds: float, memory: int | None) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: Any = None
        self._connection: Any = None

    def call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
        """Return what the process answers; blocks. Whatever happens to it, the next call works again."""
        try:
            if self._process is None:
                self._start()
            self._connection.send((function, arguments))
            if not self._connection.poll(self._seconds):
                self.stop()
                return False, ("reading-timeout", f"not read after {self._seconds:g} s")
            answer: tuple[bool, Any] = self._connection.recv()
            return answer
        except (EOFError, OSError, pickle.PickleError):
            self.stop()
            return False, ("reading-died", "the process that read it died")

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._memory), daemon=True, name="tqcheck-reader")
        self._process.start()
        theirs.close()
        if not self._connection.poll(_START):
            raise EOFError
        self._connection.recv()

    def kill(self) -> None:
        """End the process at once; a call under way returns."""
        process = self._process
        if process is not None:
            process.kill()

    def stop(self) -> None:
        """End the process, if there is one, and forget it."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
            self._process = self._connection = None


class Sandbox:
    """Some processes, each with one task at a time: so long it may take, and so much memory (None: what there is)."""

    def __init__(self, number: int, seconds: float, memory: int | None) -> None:
        self._free: asyncio.Queue[_Reader] = asyncio.Queue()
        self._all = [_Reader(seconds, memory) for _ in range(number)]
        for reader in self._all:
            self._free.put_nowait(reader)
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="tqcheck-reader")

    async def run(self, function: Callable[P, T], *arguments: P.args, **_none: P.kwargs) -> T:
        """Run a function of a module in a reader. Raises OutcomeError as it does, and where it ends badly."""
        reader = await self._free.get()
        loop = asyncio.get_running_loop()
        call = loop.run_in_executor(self._threads, reader.call, function, arguments)
        # Who is cancelled must not hand on a reader that still works.
        call.add_done_callback(lambda _call: self._free.put_nowait(reader))
        well, result = await asyncio.shield(call)
        if not well:
            raise OutcomeError(*result)
        value: T = result
        return value

    def close(self) -> None:
        """End all processes at once; nobody waits for what they read."""
        for reader in self._all:
            reader.kill()
        self._threads.shutdown(cancel_futures=True)
        for reader in self._all:
            reader.stop()
