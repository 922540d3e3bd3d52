"""One audit from its inputs to the end of its run: feeds first, then archives, all into one store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial

from tqcheck.audit.archive_run import Engine, audit_archives
from tqcheck.audit.archive_run import Tally as ArchiveTally
from tqcheck.audit.check_shard import ShardResult
from tqcheck.audit.checking import rules_signature
from tqcheck.audit.engines import Quarantined
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.inputs import Inputs
from tqcheck.audit.opening import StoreError
from tqcheck.audit.run import Plan, Tally, Watch, check_entries
from tqcheck.audit.shards import Shard
from tqcheck.audit.sieve import Sieve
from tqcheck.audit.store import Store
from tqcheck.config import Settings


@dataclass(frozen=True, slots=True)
class Audit:
    """How an audit is made: settings of the checks and of the fetching, what is wanted, processes, the engine of
    archives, and whether the texts of feeds are kept."""

    settings: Settings
    fetching: FetchSettings
    engine: Engine
    sieve: Sieve = field(default_factory=Sieve)
    jobs: int | None = None
    keep_text: bool = True

    def run(self, store: Store, inputs: Inputs, watch: Watch) -> tuple[int, Tally]:
        """Make one run over the inputs; return its number and what it came to.

        Whatever ends it early is raised, and what was finished by then is in the store.
        """
        rules = rules_signature(self.settings)
        run = store.begin_run([*inputs.feeds, *inputs.archives], rules)
        state = "failed"
        try:
            tally = self._feeds(store, run, inputs, rules, watch)
            if inputs.archives:
                self._archives(store, run, inputs, tally, watch)
            state = "done"
        except KeyboardInterrupt:
            state = "interrupted"
            raise
        finally:
            with suppress(StoreError):  # what went wrong first is what is told
                store.end_run(run, state)
        return run, tally

    def _feeds(self, store: Store, run: int, inputs: Inputs, rules: str, watch: Watch) -> Tally:
        if not inputs.feeds:
            return Tally()
        from tqcheck.audit.collect import collect  # on use: archives need nothing of the network

        plan = Plan(lambda path: self.settings, self.jobs, self.sieve, self.keep_text)
        items = collect(inputs.feeds, self.fetching, partial(store.validators, rules=rules))
        watch.expect(store.listed_now(), "articles")
        with closing(items):  # type: ignore[type-var]
            return check_entries(store, run, items, plan, watch)

    def _archives(self, store: Store, run: int, inputs: Inputs, tally: Tally, watch: Watch) -> None:
        before = (tally.checked, tally.findings)
        progress = _Progress(self.sieve, watch)
        watch.expect(inputs.size(), "bytes")

        def tell(of: ArchiveTally) -> None:
            tally.checked, tally.findings = before[0] + of.articles, before[1] + of.findings
            self.sieve.taken = tally.checked
            tally.shards, tally.shards_before, tally.given_up = of.done, of.skipped, of.quarantined
            watch.moved(tally)

        def engine(shards: Iterator[Shard], settings: Settings) -> Iterator[ShardResult | Quarantined]:
            return progress.seen(self.engine(progress.wanted(shards), settings))

        done = audit_archives(store, run, inputs.archives, self.settings, engine, stdin=inputs.stream, tell=tell)
        if done.missed:
            tally.missed["archives"] = done.missed


class _Progress:
    """Lets the shards through that a sieve wants, and tells how many bytes of the archives are done."""

    def __init__(self, sieve: Sieve, watch: Watch) -> None:
        self._sieve, self._watch = sieve, watch
        self._sizes: dict[str, int] = {}

    def wanted(self, shards: Iterator[Shard]) -> Iterator[Shard]:
        """Yield the shards that are wanted."""
        for shard in shards:
            if self._sieve.full:
                return
            size = _size(shard)
            if self._sieve.takes(shard.digest):
                self._sizes[shard.digest] = size
                yield shard
            else:
                self._watch.passed(size)

    def seen(self, outcomes: Iterator[ShardResult | Quarantined]) -> Iterator[ShardResult | Quarantined]:
        """Yield outcomes as they are."""
        for outcome in outcomes:
            digest = outcome.shard.digest if isinstance(outcome, Quarantined) else outcome.done.digest
            self._watch.passed(self._sizes.pop(digest, 0))
            yield outcome


def _size(shard: Shard) -> int:
    """Return the bytes of a shard; what cannot be asked counts nothing."""
    if not shard.files:
        return shard.end - shard.start
    size = 0
    for path in shard.files:
        with suppress(OSError):
            size += os.path.getsize(path)
    return size
