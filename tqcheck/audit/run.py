"""A run over entries: leave out what the store knows unchanged, check the rest, write what comes of it.

The store is written in small transactions as results come. Whatever ends a run, what was written stays, and the next
one checks only what is missing.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import Protocol

from tqcheck.audit.checking import checked, rules_signature, text_hash
from tqcheck.audit.opening import StoreError
from tqcheck.audit.outcomes import UNCHANGED
from tqcheck.audit.sieve import Sieve
from tqcheck.audit.store import Store
from tqcheck.audit.values import Checked, Entry, Fetch, Missed
from tqcheck.audit.versions import has_left
from tqcheck.config import Settings
from tqcheck.model import Report
from tqcheck.workers.stream import Task, run

# Results that are written together, and seconds after which fewer are.
_BATCH, _WAIT = 64, 2.0


@dataclass(slots=True)
class Tally:
    """What a run came to: articles checked (some of them beside their originals), known unchanged, copies of checked
    ones, left out on request; requests; shards of archives done, done before, given up; what gave no article, by
    outcome."""

    checked: int = 0
    beside: int = 0
    unchanged: int = 0
    copies: int = 0
    left_out: int = 0
    words: int = 0
    findings: int = 0
    fetches: int = 0
    shards: int = 0
    shards_before: int = 0
    given_up: int = 0
    missed: dict[str, int] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """Articles that were seen and wanted."""
        return self.checked + self.unchanged + self.copies


class Watch(Protocol):
    """Hears how a run gets on."""

    def expect(self, expected: int | None, unit: str) -> None:
        """Take what is ahead: so many “articles” or “bytes”; None where nobody knows."""

    def passed(self, size: int) -> None:
        """Take note of how many bytes are done."""

    def moved(self, tally: Tally) -> None:
        """Take a look; called often."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How entries are checked: the settings of one (by its path), processes, what is left out, whether texts are
    kept."""

    settings: Callable[[str | None], Settings]
    jobs: int | None = None
    sieve: Sieve = field(default_factory=Sieve)
    keep_text: bool = True


def check_entries(store: Store, run_: int, items: Iterable[Entry | Missed | Fetch], plan: Plan, watch: Watch) -> Tally:
    """Check what is new among entries and write it under the run; return what it came to.

    Raises what ends it: KeyboardInterrupt, StoreError, or an error of the items. What is finished is written before.
    """
    work = _Work(store, run_, plan, watch)
    try:
        with closing(run(work.tasks(items), plan.jobs)) as outcomes:
            for outcome in outcomes:
                work.take(outcome)
        work.flush()
    except BaseException:
        with suppress(StoreError):
            work.flush()
        raise
    return work.tally


@dataclass(slots=True)
class _Pending:
    """An entry under way, and others with the very same text that wait for it."""

    entry: Entry
    text_hash: str
    rules: str
    twins: list[Entry] = field(default_factory=list)


class _Work:
    """The state of a run."""

    def __init__(self, store: Store, run_: int, plan: Plan, watch: Watch) -> None:
        self.tally = Tally()
        self._store, self._run, self._plan, self._watch = store, run_, plan, watch
        # Entries under way in their order, and between them the requests that brought those before.
        self._queue: deque[_Pending | Fetch] = deque()
        self._by_text: dict[tuple[str, str], _Pending] = {}
        self._done: list[Checked] = []
        # What was checked and is not yet in the store.
        self._fresh: dict[tuple[str, str], Checked] = {}
        self._seen: list[tuple[str, str]] = []
        self._missed: list[Missed] = []
        self._ready: list[Fetch] = []
        # Feeds and pages of which something was left out or failed: they must be sent again.
        self._torn: set[str] = set()
        self._began = store.began(run_)
        self._written = time.monotonic()

    def tasks(self, items: Iterable[Entry | Missed | Fetch]) -> Iterator[Task]:
        """Yield what must be checked; take down all else."""
        for item in items:
            if isinstance(item, Fetch):
                self._fetch(item)
            elif isinstance(item, Missed):
                self._miss(item)
            elif not self._plan.sieve.lets(item):
                self.tally.left_out += 1
                self._torn.update((item.feed, item.key))
            elif (pending := self._new(item)) is not None:
                self._plan.sieve.taken += 1
                self._queue.append(pending)
                yield item.article, self._plan.settings(item.article.path)
            self._tick()
            if self._plan.sieve.full:
                return

    def take(self, outcome: object) -> None:
        """Take the outcome of the entry that is first in the queue."""
        pending = self._queue.popleft()
        assert isinstance(pending, _Pending)
        self._by_text.pop((pending.text_hash, pending.rules), None)
        if isinstance(outcome, Report):
            one = checked(pending.entry, outcome, pending.rules, keep_text=self._plan.keep_text)
            self._done.append(one)
            self._fresh[one.text_hash, one.rules] = one
            self.tally.checked += 1
            self.tally.beside += one.origin is not None
            self.tally.words += one.words
            self.tally.findings += len(one.flaws)
            for twin in pending.twins:
                self._copy(one, twin)
        else:
            for entry in (pending.entry, *pending.twins):
                self._torn.update((entry.feed, entry.key))
                self._miss(Missed(entry.feed, entry.key, "failed", getattr(outcome, "message", "")))
        while self._queue and isinstance(self._queue[0], Fetch):
            self._ready.append(self._queue.popleft())  # type: ignore[arg-type]
        self._tick()

    def flush(self) -> None:
        """Write what is finished, and last what servers said of answers that all came of."""
        done, self._done = self._done, []
        self._fresh.clear()
        seen, self._seen = self._seen, []
        missed, self._missed = self._missed, []
        ready, self._ready = self._ready, []
        if done:
            self._store.add(self._run, done)
        for feed in dict.fromkeys(feed for feed, _ in seen):
            self._store.touch(self._run, [key for other, key in seen if other == feed], feed)
        if missed:
            self._store.missed(self._run, missed)
        whole = [(f.address, f.validators) for f in ready if f.validators is not None and f.address not in self._torn]
        if whole:
            self._store.keep_validators(self._run, whole)
        self._written = time.monotonic()

    def _new(self, entry: Entry) -> _Pending | None:
        """Return what must be checked of an entry; None where its outcome is known."""
        hashed, rules = text_hash(entry.article), rules_signature(self._plan.settings(entry.article.path))
        known = self._store.known(entry.key)
        elsewhere = known is not None and known.feed != entry.feed and not has_left(known.seen, self._began)
        if known is not None and (elsewhere or known[:2] == (hashed, rules)):
            self.tally.unchanged += 1
            self._seen.append((entry.feed, entry.key))
            return None
        twin = self._by_text.get((hashed, rules))
        if twin is not None:
            twin.twins.append(entry)
            return None
        same = self._fresh.get((hashed, rules)) or self._store.same_text(hashed, rules)
        if same is not None:
            self._copy(same, entry)
            return None
        pending = self._by_text[hashed, rules] = _Pending(entry, hashed, rules)
        return pending

    def _copy(self, one: Checked, entry: Entry) -> None:
        """The same text by the same rules has the same findings."""
        title, text = entry.article.title, entry.article.text if self._plan.keep_text else None
        facts = {"key": entry.key, "feed": entry.feed, "published": entry.published, "origin": entry.origin}
        self._done.append(replace(one, **facts, title=title, text=text))  # type: ignore[arg-type]
        self.tally.copies += 1

    def _fetch(self, fetch: Fetch) -> None:
        """Take down a request; all that it brought came before it."""
        self.tally.fetches += 1
        self._store.fetched(self._run, fetch)
        if self._queue:
            self._queue.append(fetch)
        else:
            self._ready.append(fetch)
        if fetch.outcome == UNCHANGED:
            if fetch.address == fetch.feed:
                self.tally.unchanged += self._store.touch_feed(self._run, fetch.feed)
            else:
                self.tally.unchanged += 1
                self._seen.append((fetch.feed, fetch.address))

    def _miss(self, missed: Missed) -> None:
        self._missed.append(missed)
        self.tally.missed[missed.outcome] = self.tally.missed.get(missed.outcome, 0) + 1

    def _tick(self) -> None:
        waiting = len(self._done) + len(self._seen) + len(self._missed) + len(self._ready)
        if waiting >= _BATCH or (waiting and time.monotonic() - self._written > _WAIT):
            self.flush()
        self._watch.moved(self.tally)
