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
from tqcheck.audit.sieve import Sieve
from tqcheck.audit.store import Store
from tqcheck.audit.values import Checked, Entry, Fetch, Missed, Validators
from tqcheck.audit.versions import has_left
from tqcheck.config import Settings
from tqcheck.model import Report
from tqcheck.workers.stream import Task, run

# Results that are written together, and seconds after which fewer are.
_BATCH, _WAIT = 64, 2.0
SEEN = ("ok", "unchanged")


@dataclass(slots=True)
class Tally:
    """What a run came to: articles checked, known unchanged, copies of checked ones, left out on request; inputs that
    gave none, by outcome; requests; findings."""

    checked: int = 0
    unchanged: int = 0
    copies: int = 0
    left_out: int = 0
    words: int = 0
    findings: int = 0
    fetches: int = 0
    missed: dict[str, int] = field(default_factory=dict)
    # What is to be told of inputs that failed, each once.
    troubles: list[Missed] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """Articles that were seen and wanted."""
        return self.checked + self.unchanged + self.copies


class Watch(Protocol):
    """Sees how a run gets on."""

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
        work.finish()
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
        self._queue: deque[_Pending] = deque()
        self._by_text: dict[tuple[str, str], _Pending] = {}
        self._done: list[Checked] = []
        self._seen: list[tuple[str, str]] = []
        self._missed: list[Missed] = []
        self._keys: set[tuple[str, str]] = set()
        self._validators: dict[str, Validators] = {}
        # Feeds of which some entry came to nothing: they are read again.
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
            elif self._again(item):
                self._miss(Missed(item.feed, item.key, "duplicate", "the feed holds another entry of this address"))
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
        self._by_text.pop((pending.text_hash, pending.rules), None)
        if not isinstance(outcome, Report):
            for entry in (pending.entry, *pending.twins):
                self._miss(Missed(entry.feed, entry.key, "failed", getattr(outcome, "message", "")))
            return
        one = checked(pending.entry, outcome, pending.rules, keep_text=self._plan.keep_text)
        self._done.append(one)
        self.tally.checked += 1
        self.tally.words += one.words
        self.tally.findings += len(one.flaws)
        for twin in pending.twins:
            self._copy(one, twin)
        self._tick()

    def finish(self) -> None:
        """Write what is left. Feeds of which all entries were worked through need not be sent again."""
        self.flush()
        if self._plan.sieve.open:
            whole = ((address, said) for address, said in self._validators.items() if address not in self._torn)
            self._store.keep_validators(self._run, whole)

    def flush(self) -> None:
        """Write what is finished."""
        done, self._done = self._done, []
        seen, self._seen = self._seen, []
        missed, self._missed = self._missed, []
        if done:
            self._store.add(self._run, done)
        for feed in dict.fromkeys(feed for feed, _ in seen):
            self._store.touch(self._run, [key for other, key in seen if other == feed], feed)
        if missed:
            self._store.missed(self._run, missed)
        # The page of an article that is in the store was worked through.
        keys = [one.key for one in done] + [key for _, key in seen]
        known = {key: self._validators.pop(key) for key in keys if key in self._validators}
        if known:
            self._store.keep_validators(self._run, known.items())
        self._written = time.monotonic()

    def _again(self, entry: Entry) -> bool:
        """Tell whether the feed had an entry of this key already: taken in turns, it would be edited in every run."""
        name = (entry.feed, entry.key)
        known = name in self._keys
        self._keys.add(name)
        return known

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
        same = self._store.same_text(hashed, rules)
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
        self.tally.fetches += 1
        self._store.fetched(self._run, fetch)
        if fetch.validators is not None:
            self._validators[fetch.address] = fetch.validators
        if fetch.outcome == "unchanged" and fetch.address == fetch.feed:
            self.tally.unchanged += self._store.touch_feed(self._run, fetch.feed)
        elif fetch.outcome not in SEEN:
            self._trouble(Missed(fetch.feed, fetch.address, fetch.outcome, fetch.message))

    def _miss(self, missed: Missed) -> None:
        self._missed.append(missed)
        self._torn.add(missed.feed)
        self._trouble(missed)

    def _trouble(self, missed: Missed) -> None:
        self.tally.missed[missed.outcome] = self.tally.missed.get(missed.outcome, 0) + 1
        self.tally.troubles.append(missed)

    def _tick(self) -> None:
        waiting = len(self._done) + len(self._seen) + len(self._missed)
        if waiting >= _BATCH or (waiting and time.monotonic() - self._written > _WAIT):
            self.flush()
        self._watch.moved(self.tally)
