"""When the runs were: by the clock where it fits their order, by their neighbours where it jumped.

Runs are numbered in the order in which they began. A clock that was wrong for some of them must neither turn the
order around nor push all others out of the month.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime


def moment(text: str) -> datetime:
    """Return a time as the store writes it."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def in_order(clocks: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the times of runs in their order, and the places of those whose clock did not fit.

    The most clocks that agree on an order are believed; any other run takes the time of the believed one before it,
    or of the first where there is none before.
    """
    believed = _longest(clocks)
    times = list(clocks)
    last = clocks[min(believed)] if believed else ""
    for n in range(len(clocks)):
        last = clocks[n] if n in believed else last
        times[n] = last
    return times, [n for n in range(len(clocks)) if n not in believed]


def _longest(clocks: Sequence[str]) -> set[int]:
    """Return the places of a longest chain of clocks that never goes back (patience sorting)."""
    ends: list[str] = []
    places: list[int] = []
    before: list[int | None] = []
    for n, clock in enumerate(clocks):
        at = bisect_right(ends, clock)
        before.append(places[at - 1] if at else None)
        ends[at : at + 1] = [clock]
        places[at : at + 1] = [n]
    chain: set[int] = set()
    n_: int | None = places[-1] if places else None
    while n_ is not None:
        chain.add(n_)
        n_ = before[n_]
    return chain
