"""Check shards on a Dask cluster, or on one of this machine; whoever asked writes what comes back, as for any engine.

Workers need tqcheck of the same version and the same data, and must see the files of the archive under the same paths.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from itertools import chain
from queue import Empty, Queue
from typing import Any
from uuid import uuid4

from tqcheck.audit.check_shard import ShardResult, check_shard
from tqcheck.audit.checking import rules_signature
from tqcheck.audit.engines import TRIES, Check, Quarantined
from tqcheck.audit.shards import Shard
from tqcheck.config import Settings
from tqcheck.errors import TqcheckError, UnavailableError
from tqcheck.workers.stream import tune

LOCAL = "local"
# Seconds in which a scheduler must answer, and in which it must have a worker, now or after all were lost.
ANSWER, WORKERS = 10.0, 60.0
# Shards under way for each thread of the cluster: one in work, one that waits.
_AHEAD = 2
# Seconds after which one looks whether the cluster is still there.
_LOOK = 1.0


def run(
    shards: Iterable[Shard],
    settings: Settings,
    address: str = LOCAL,
    jobs: int | None = None,
    check: Check = check_shard,
    answer: float = ANSWER,
    workers: float = WORKERS,
) -> Generator[ShardResult | Quarantined]:
    """Yield what each shard came to, as they are done.

    `address` is that of a scheduler (`tcp://…`), or “local” for `jobs` processes of this machine (None: one a core).
    Raises UnavailableError where nobody answers there within `answer` seconds, where no worker comes within `workers`
    seconds, or where a worker has another version of tqcheck.
    """
    shards = iter(shards)
    first = next(shards, None)
    if first is None:
        return  # nothing to do is no reason to start a cluster
    with _client(address, jobs, answer) as client:
        yield from _Cluster(client, settings, check, address, workers).run(chain([first], shards))


@contextmanager
def _client(address: str, jobs: int | None, answer: float) -> Iterator[Any]:
    try:
        dask, distributed = import_module("dask"), import_module("distributed")
    except ImportError:
        raise UnavailableError('--engine dask needs Dask: pip install "tqcheck[dask]"') from None
    if address != LOCAL:
        _ask(address, answer)
        with _silence(), distributed.Client(address, timeout=answer, set_as_default=False) as client:
            yield client
        return
    limits = {"distributed.scheduler.allowed-failures": TRIES - 1, "distributed.scheduler.worker-saturation": 1.0}
    with (
        _silence(),
        dask.config.set(limits),
        distributed.LocalCluster(
            n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


@contextmanager
def _silence() -> Iterator[None]:
    """Dask writes whole tracebacks of what we tell in a sentence."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    levels = {log: log.level for log in map(logging.getLogger, names)}
    for log in levels:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for log, level in levels.items():
            log.setLevel(level)


def _ask(address: str, answer: float) -> None:
    """Raise UnavailableError where no scheduler answers at an address.

    A client would wait for ever for one that takes the call and says nothing.
    """
    core, security = import_module("distributed.core"), import_module("distributed.security")

    async def identity() -> Any:
        safely = security.Security().get_connection_args("client")
        async with core.rpc(address, timeout=answer, connection_args=safely) as scheduler:
            return await scheduler.identity()

    async def asked() -> Any:
        return await asyncio.wait_for(identity(), answer)

    try:
        kind = asyncio.run(asked())["type"]
    except Exception as error:  # whatever else listens there may answer anything
        told = _brief(error) or f"nothing came within {answer:g} seconds"
        raise UnavailableError(
            f"no Dask scheduler answers at {address}: {told}; check that it runs and that the address is the one "
            "it shows, such as tcp://host:8786"
        ) from None
    if kind != "Scheduler":
        raise UnavailableError(f"{address} is a Dask {kind}; give the address of the scheduler")


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _check(check: Check, shard: Shard, settings: Settings) -> ShardResult:
    """Check a shard on a worker, in one thread: the caches of encoders belong to the thread that opened them."""
    return _thread().submit(check, shard, settings).result()


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "tqcheck", tune)


class _Cluster:
    """A cluster, and what it has in hand."""

    def __init__(self, client: Any, settings: Settings, check: Check, address: str, patience: float) -> None:
        self._client, self._settings, self._check = client, settings, check
        self._address, self._patience = address, patience
        self._rules = rules_signature(settings)
        self._held: dict[str, tuple[Any, Shard]] = {}
        self._tries: Counter[str] = Counter()
        self._done: Queue[Any] = Queue()
        self._closed = import_module("distributed.comm").CommClosedError
        # When a worker was seen last, when we looked last, and how many threads there were.
        self._seen, self._looked, self._threads = time.monotonic(), -_LOOK, 0

    def run(self, shards: Iterator[Shard]) -> Generator[ShardResult | Quarantined]:
        """Yield what each shard came to."""
        try:
            ahead = next(shards, None)
            while ahead is not None or self._held:
                self._look()
                while ahead is not None and len(self._held) < _AHEAD * self._threads:
                    self._submit(ahead)
                    ahead = next(shards, None)
                try:
                    future = self._done.get(timeout=_LOOK)
                except Empty:
                    continue
                outcome = self._outcome(future)
                if outcome is not None:
                    yield outcome
        finally:
            with suppress(Exception):
                self._client.cancel([future for future, _shard in self._held.values()], force=True)

    def _submit(self, shard: Shard) -> None:
        self._tries[shard.digest] += 1
        key = f"tqcheck-{shard.digest}-{self._tries[shard.digest]}-{uuid4().hex}"
        future = self._client.submit(_check, self._check, shard, self._settings, key=key, pure=False)
        self._held[key] = future, shard
        future.add_done_callback(self._done.put)

    def _outcome(self, future: Any) -> ShardResult | Quarantined | None:
        _future, shard = self._held[future.key]
        try:
            result = self._result(future)
        except UnavailableError:
            raise
        except Exception as error:
            return self._failed(shard, error)
        finally:
            del self._held[future.key]
        if result.rules != self._rules:
            raise UnavailableError(
                f"a worker of {self._address} checks by other rules than this process: {result.rules} there, "
                f"{self._rules} here; install the same version of tqcheck, with the same extras, on all of them"
            )
        return result

    def _result(self, future: Any) -> ShardResult:
        """Return what a shard came to, or raise what the worker did. What was lost on the way is made again."""
        while True:
            self._look()
            try:
                result: ShardResult = future.result(timeout=_LOOK)
            except TimeoutError:
                continue
            except (CancelledError, self._closed):
                raise self._gone() from None
            return result

    def _failed(self, shard: Shard, error: Exception) -> Quarantined | None:
        if isinstance(error, TqcheckError):
            raise error
        if "deserializ" in str(error) or isinstance(error, ImportError):
            raise UnavailableError(
                f"the machines of {self._address} cannot load tqcheck ({_brief(error)}); install it on the "
                "scheduler and on all workers"
            )
        if type(error).__name__ == "KilledWorker":
            return Quarantined(shard, f"the workers that checked it died (out of memory?): {_brief(error)}")
        if self._tries[shard.digest] < TRIES:
            self._submit(shard)
            return None
        return Quarantined(shard, f"{type(error).__name__}: {_brief(error)}; given up after {TRIES} tries")

    def _look(self) -> None:
        """See from time to time how many threads the cluster has. Raises UnavailableError where there are none for
        too long, or no scheduler any more."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        # A client that loses its scheduler cancels what it waits for. What is only lost was on a worker that died,
        # and the scheduler has it made again.
        if self._client.status != "running" or any(f.status == "cancelled" for f, _shard in self._held.values()):
            raise self._gone()
        try:
            self._threads, self._looked = sum(self._client.nthreads().values()), now
        except (OSError, CancelledError):
            raise self._gone() from None
        if self._threads:
            self._seen = now
        elif now - self._seen > self._patience:
            raise UnavailableError(
                f"the Dask cluster at {self._address} has had no worker for {self._patience:g} seconds; start one "
                f"with “dask worker {self._address}”. One that cannot load tqcheck leaves at once: install it there"
            )

    def _gone(self) -> UnavailableError:
        return UnavailableError(
            f"the Dask scheduler at {self._address} went away; start it, and then the audit again: what is done is kept"
        )
