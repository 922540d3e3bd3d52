"""Ways to have many shards checked: processes of this machine, or a Dask cluster.

Each has a function `run(shards, settings, …)` that yields what shards came to, in the order in which they are done, and
takes no more of them in hand than it has workers for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tqcheck.audit.check_shard import ShardResult
from tqcheck.audit.shards import Shard
from tqcheck.config import Settings

# How often a shard is tried before it is given up.
TRIES = 2

Check = Callable[[Shard, Settings], ShardResult]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A shard that was given up, and why."""

    shard: Shard
    reason: str
