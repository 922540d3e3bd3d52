"""Which entries of a run are wanted: new ones only, a sample, no more than so many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from tqcheck.audit.values import Entry

_WHOLE = 1 << 64


@dataclass(slots=True)
class Sieve:
    """Lets entries through.

    since   only those published then or later; those that do not say when are let through
    sample  this share of them (0 to 1), chosen by their keys, so that every run takes the same
    limit   no more than so many that must be checked; the caller counts them in `taken`
    """

    since: datetime | None = None
    sample: float = 1.0
    limit: int | None = None
    taken: int = 0

    def lets(self, entry: Entry) -> bool:
        """Tell whether an entry is wanted."""
        if self.full or (self.since is not None and entry.published is not None and entry.published < self.since):
            return False
        return self.takes(entry.key)

    def takes(self, name: str) -> bool:
        """Tell whether the sample holds what has this name."""
        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") < self.sample * _WHOLE

    @property
    def left(self) -> int | None:
        """How many more may be checked; None: all."""
        return None if self.limit is None else max(0, self.limit - self.taken)

    @property
    def full(self) -> bool:
        """True once no further entry is wanted."""
        return self.limit is not None and self.taken >= self.limit
