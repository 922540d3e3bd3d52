"""One audit from its inputs to the end of its run: feeds first, then archives, all into one store."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.audit.checking import rules_signature
from tqcheck.audit.fetch.settings import FetchSettings
from tqcheck.audit.inputs import Inputs
from tqcheck.audit.opening import StoreError
from tqcheck.audit.run import Plan, Tally, Watch, check_entries
from tqcheck.audit.sieve import Sieve
from tqcheck.audit.store import Store
from tqcheck.config import Settings

if TYPE_CHECKING:
    from tqcheck.audit.archive_run import Engine
    from tqcheck.audit.archive_run import Tally as ArchiveTally


@dataclass(frozen=True, slots=True)
class Audit:
    """How an audit is made: settings of the checks and of the fetching, what is wanted, processes, the engine of
    archives, whether the texts of feeds are kept, and the folder of the configuration (`pairs` are read from there)."""

    settings: Settings
    fetching: FetchSettings
    engine: Engine
    sieve: Sieve = field(default_factory=Sieve)
    jobs: int | None = None
    keep_text: bool = True
    root: Path | None = None

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
        from tqcheck.audit.archive_run import audit_archives  # on use: feeds need nothing of archives

        checked, beside, findings = tally.checked, tally.beside, tally.findings
        watch.expect(inputs.size(), "bytes")

        def tell(of: ArchiveTally) -> None:
            tally.checked, tally.beside = checked + of.articles, beside + of.beside
            tally.findings = findings + of.findings
            tally.shards, tally.shards_before, tally.given_up = of.done, of.skipped, of.quarantined
            watch.passed(of.passed)
            watch.moved(tally)

        done = audit_archives(
            store,
            run,
            inputs.archives,
            self.settings,
            self.engine,
            stdin=inputs.stream,
            sieve=self.sieve,
            root=self.root,
            tell=tell,
        )
        if done.missed:
            tally.missed["archives"] = done.missed
