"""Audit archives: cut them into shards, skip those that are done, have the others checked, write what comes back."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tqcheck.audit.check_shard import ShardResult
from tqcheck.audit.checking import rules_signature
from tqcheck.audit.engines import Quarantined
from tqcheck.audit.shards import SIZE, Shard, cut
from tqcheck.audit.store import Store
from tqcheck.audit.values import Missed
from tqcheck.config import Settings

Engine = Callable[[Iterator[Shard], Settings], Iterator[ShardResult | Quarantined]]


@dataclass(slots=True)
class Tally:
    """How far an audit of archives is: shards done, skipped (done before) and given up, and what was in them.
    `size` counts the bytes of the texts that were checked."""

    done: int = 0
    skipped: int = 0
    quarantined: int = 0
    articles: int = 0
    missed: int = 0
    findings: int = 0
    size: int = 0


def audit_archives(
    store: Store,
    run: int,
    inputs: Iterable[str],
    settings: Settings,
    engine: Engine,
    *,
    size: int = SIZE,
    stdin: BinaryIO | None = None,
    tell: Callable[[Tally], None] = lambda tally: None,
) -> Tally:
    """Check what of some archives was not checked by these rules, and write it to the store under a run.

    What a shard came to and that it is done is written in one transaction: a run that is killed loses no shard that
    was done, and counts none twice. `engine` is one of `engines`, with its own arguments bound; `tell` hears how far
    it is. Raises what `cut`, the engine and the store raise.
    """
    tally = Tally()
    rules = rules_signature(settings)
    # Digests of this run join them, so that what is named twice is checked once.
    known = store.done_shards(rules)

    def new() -> Iterator[Shard]:
        for item in cut(inputs, size, stdin):
            if isinstance(item, Missed):
                store.missed(run, [item])
                tally.missed += 1
            elif item.digest in known:
                tally.skipped += 1
            else:
                known.add(item.digest)
                yield item
            tell(tally)

    outcomes = engine(new(), settings)
    try:
        for outcome in outcomes:
            if isinstance(outcome, Quarantined):
                store.quarantine(run, outcome.shard.digest, outcome.reason, outcome.shard.where)
                tally.quarantined += 1
            else:
                store.add(run, outcome.checked, shard=outcome.done)
                _count(tally, outcome)
            tell(tally)
    finally:
        # Workers end now, and not when somebody collects what is left of them.
        if isinstance(outcomes, Generator):
            outcomes.close()
    return tally


def _count(tally: Tally, result: ShardResult) -> None:
    tally.done += 1
    tally.articles += len(result.checked)
    tally.missed += len(result.done.missed)
    tally.findings += sum(len(one.flaws) for one in result.checked)
    tally.size += result.size
