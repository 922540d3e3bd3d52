"""Labels of page furniture at the start of a line, or as the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

ARROWS = "←→↑↓«»‹›<>▶►◄◀▲▼|•·*–—-"


def stripped(line: str) -> str:
    """Return a line without arrows, bullets and marks at its edges, case-folded."""
    return line.strip(f"{ARROWS} \t\u00a0:.…!").casefold()


@cache
def folded(labels: tuple[str, ...]) -> frozenset[str]:
    """Return the labels as `stripped` leaves them, for comparison with whole lines."""
    return frozenset(stripped(label) for label in labels)


@cache
def leading(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for one of the labels at the start of a line; group 1 is the label."""
    return re.compile(rf"[{re.escape(ARROWS)}\s]*({alternatives(labels)})(?!\w)", re.IGNORECASE)


def alternatives(labels: Iterable[str]) -> str:
    """Return a regex alternation of literal phrases, longest first; white space matches any."""
    ordered = sorted(set(labels), key=lambda label: (-len(label), label))
    return "|".join(re.escape(label).replace(r"\ ", r"\s") for label in ordered) or r"(?!)"
