"""How far an audit is: a bar with articles a second and the time left on a terminal, a line now and then elsewhere;
and how it is stopped."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tqcheck.cli.tell import complain

if TYPE_CHECKING:
    from tqcheck.audit.run import Tally

# Seconds between two looks of a bar, and between two lines.
_LOOK, _LINE = 0.2, 60.0


class Watch:
    """Hears how far a run is. `bar` is where it is drawn, None where lines are written."""

    def __init__(self, bar: Any | None, every: float) -> None:
        self._bar, self._every = bar, every
        self._begun = self._told = time.monotonic()
        self._task = None if bar is None else bar.add_task("audit", total=None, articles=0, rate="")
        self._expected: int | None = None
        self._unit = ""
        self._passed = 0

    def expect(self, expected: int | None, unit: str) -> None:
        """Take what is ahead: so many “articles” or “bytes”; None or 0 where nobody knows."""
        self._expected, self._unit, self._passed = expected or None, unit, 0

    def passed(self, size: int) -> None:
        """Take note of how many bytes are done."""
        self._passed = size

    def moved(self, tally: Tally) -> None:
        """Show how far it is, if it is time to."""
        now = time.monotonic()
        if now - self._told < self._every:
            return
        self._told = now
        rate = f"{tally.articles / max(0.001, now - self._begun):,.0f} articles/s"
        if self._bar is None:
            complain(f"{tally.articles:,} articles, {rate}, {tally.findings:,} findings{self._left(tally, now)}")
            return
        done = self._passed if self._unit == "bytes" else tally.articles
        total = None if self._expected is None else max(self._expected, done)
        self._bar.update(self._task, completed=done, total=total, articles=tally.articles, rate=rate)

    def _left(self, tally: Tally, now: float) -> str:
        done = self._passed if self._unit == "bytes" else tally.articles
        if self._expected is None or not done:
            return ""
        left = (now - self._begun) * max(0.0, self._expected / done - 1)
        return f", about {left / 60:.0f} min left"


@contextmanager
def stopping() -> Iterator[None]:
    """Take the wish of a service manager to end (SIGTERM) for Ctrl-C: what is finished is written first."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def watching(quiet: bool) -> Iterator[Watch]:
    """Yield a watch for standard error: a bar on a terminal, else lines; `quiet`: nothing."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield Watch(None, float("inf") if quiet else _LINE)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[articles]:,} articles"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        yield Watch(bar, _LOOK)
