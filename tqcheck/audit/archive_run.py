"""Audit archives: cut them into shards, skip those that are done, have the others checked, write what comes back."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from tqcheck.audit.check_shard import ShardResult
from tqcheck.audit.checking import rules_signature
from tqcheck.audit.engines import Quarantined
from tqcheck.audit.repeats import settled
from tqcheck.audit.shards import SIZE, Shard, cut
from tqcheck.audit.sieve import Sieve
from tqcheck.audit.store import Store
from tqcheck.audit.values import Missed
from tqcheck.config import Settings
from tqcheck.readers.originals import Habits

Engine = Callable[[Iterator[Shard], Settings], Iterator[ShardResult | Quarantined]]


@dataclass(slots=True)
class Tally:
    """How far an audit of archives is: shards done, skipped (done before) and given up, and what was in them: articles,
    some beside their originals, what gave none, findings.
    `size` counts the bytes of the texts that were checked, `passed` those of the archives that were worked through."""

    done: int = 0
    skipped: int = 0
    quarantined: int = 0
    articles: int = 0
    beside: int = 0
    missed: int = 0
    findings: int = 0
    size: int = 0
    passed: int = 0


def audit_archives(
    store: Store,
    run: int,
    inputs: Iterable[str],
    settings: Settings,
    engine: Engine,
    *,
    size: int = SIZE,
    stdin: BinaryIO | None = None,
    sieve: Sieve | None = None,
    root: Path | None = None,
    tell: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Check what of some archives was not checked by these rules, and write it to the store under a run.

    What a shard came to and that it is done is written in one transaction: a run that is killed loses no shard that
    was done, and counts none twice. `engine` is one of `engines`, with its own arguments bound; of a `sieve`, the
    sample holds for shards, and the limit for articles: it may end within a shard, where the next run goes on. `root`
    is the folder of the configuration, from which `pairs` are read. `tell` hears how far it is. Raises what `cut`, the
    engine and the store raise.
    """
    work = _Work(store, run, settings, sieve or Sieve(), size, tell)
    outcomes = engine(work.new(cut(inputs, size, stdin, Habits.said(settings, root))), settings)
    try:
        for outcome in outcomes:
            work.take(outcome)
            if work.sieve.full:
                break
    finally:
        # Workers end now, and not when somebody collects what is left of them.
        if isinstance(outcomes, Generator):
            outcomes.close()
    return work.tally


class _Work:
    """The state of an audit."""

    def __init__(
        self,
        store: Store,
        run: int,
        settings: Settings,
        sieve: Sieve,
        size: int,
        tell: Callable[[Tally], None],
    ) -> None:
        self.tally, self.sieve = Tally(), sieve
        self._store, self._run, self._tell = store, run, tell
        rules = rules_signature(settings)
        self._done, self._begun = store.done_shards(rules), store.begun_shards(rules)
        # All shards that were cut, so that what is named twice is checked once.
        self._seen: set[str] = set()
        self._under_way: dict[str, Shard] = {}
        # Cut again only where it is asked whether an article was edited.
        self._parts = lru_cache(4)(lambda path: {s.digest for s in cut([path], size) if isinstance(s, Shard)})

    def new(self, items: Iterable[Shard | Missed]) -> Iterator[Shard]:
        """Yield the shards that are to be checked; take down all else."""
        for item in items:
            if self.sieve.full:
                return
            if isinstance(item, Missed):
                self._store.missed(self._run, [item])
                self.tally.missed += 1
            elif item.digest in self._done or item.digest in self._seen:
                self._seen.add(item.digest)
                self.tally.skipped += 1
                self.tally.passed += _size(item)
            else:
                self._seen.add(item.digest)
                if self.sieve.takes(item.digest):
                    self._under_way[item.digest] = item
                    yield replace(item, begun=self._begun.get(item.digest, 0), most=self.sieve.left)
                else:
                    self.tally.passed += _size(item)
            self._tell(self.tally)

    def take(self, outcome: ShardResult | Quarantined) -> None:
        """Write what a shard came to."""
        if isinstance(outcome, Quarantined):
            shard = self._under_way.pop(outcome.shard.digest)
            self._store.quarantine(self._run, shard.digest, outcome.reason, shard.where)
            self.tally.quarantined += 1
        else:
            shard = self._under_way.pop(outcome.digest)
            self._write(outcome if self.sieve.left is None else outcome.first(self.sieve.left), shard)
        self.tally.passed += _size(shard)
        self._tell(self.tally)

    def _write(self, result: ShardResult, shard: Shard) -> None:
        self.sieve.taken += len(result.checked)
        found = settled(result.checked, shard.digest, self._store.places, lambda other: self._alive(other, shard.path))
        done = replace(result.done, missed=(*result.done.missed, *found.left_out))
        self._store.add(self._run, found.checked, shard=done, instead=found.instead)
        self.tally.done += result.whole
        self.tally.articles += len(result.checked)
        self.tally.beside += sum(one.origin is not None for one in result.checked)
        self.tally.missed += len(done.missed)
        self.tally.findings += sum(len(one.flaws) for one in found.checked)
        self.tally.size += result.size

    def _alive(self, digest: str, path: str) -> bool:
        """Tell whether a shard still is a part of a file."""
        if digest in self._seen or path == "-":
            return digest in self._seen
        while not os.path.exists(path):  # in a zip archive
            path = os.path.dirname(path)
        return os.path.isfile(path) and digest in self._parts(path)


def _size(shard: Shard) -> int:
    """Return the bytes of a shard; what cannot be asked counts nothing."""
    if not shard.files:
        return shard.end - shard.start
    size = 0
    for path in shard.files:
        with suppress(OSError):
            size += os.path.getsize(path)
    return size
