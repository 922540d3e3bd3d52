"""Sentences and lines that occurred before in the same text."""

from __future__ import annotations

from collections.abc import Iterable

from tqcheck.model import Span
from tqcheck.text.words import count

_EDGES = " \t.,:;!?…-–—\"'“”‘’«»()[]"


def folded(text: str) -> str:
    """Return a text for comparison: case, spaces and the marks at its edges do not count."""
    return " ".join(text.split()).strip(_EDGES).lower()


def repeats(text: str, spans: Iterable[Span], shortest: int) -> list[tuple[Span, Span]]:
    """Return `(later copy, first copy)` for every span of at least `shortest` words seen before."""
    first: dict[str, Span] = {}
    found = []
    for span in spans:
        # No `shortest` words fit into fewer than two characters each.
        if span.end - span.start < 2 * shortest:
            continue
        key = folded(text[span.start : span.end])
        if key not in first:
            first[key] = span
        elif count(key) >= shortest:
            found.append((span, first[key]))
    return found
