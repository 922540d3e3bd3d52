"""Weekdays, months and times of the original against those of the translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.languages.moments import Moment, months, times, weekdays
from tqcheck.model import Span


class Shift(NamedTuple):
    """A weekday, month or time of the original, and the other one that stands in its place."""

    kind: str
    source: Moment
    target: Moment


def moments(bitext: Bitext) -> tuple[tuple[Shift, ...], ...]:
    """Return for each pair of `bitext.matched` what was shifted."""
    source, target = bitext.source, bitext.target
    kinds = (
        ("weekday", weekdays(source.text, source.language.tag), weekdays(target.text, target.language.tag)),
        ("month", months(source.text, source.language.tag), months(target.text, target.language.tag)),
        ("time", times(source.text), times(target.text)),
    )
    pairs = bitext.pairs
    found = []
    for n, pair in enumerate(pairs):
        if pair.source is None or pair.target is None:
            continue
        around = pairs[max(0, n - 1) : n + 2]
        shifts = []
        for kind, theirs, ours in kinds:
            shifts += [Shift(kind, *change) for change in _shifted(theirs, ours, pair, around)]
        found.append(tuple(shifts))
    return tuple(found)


def _shifted(
    theirs: Sequence[Moment], ours: Sequence[Moment], pair: Pair, around: Sequence[Pair]
) -> list[tuple[Moment, Moment]]:
    """Pair the moments that only one side names, where each side has one of them left for sure."""
    there, here = _inside(theirs, pair.source), _inside(ours, pair.target)
    if not there or not here:
        return []
    named_here = {m.value for p in around for m in _inside(ours, p.target)}
    named_there = {m.value for p in around for m in _inside(theirs, p.source)}
    lost = {m.value: m for m in reversed(there) if m.value not in named_here}
    new = {m.value: m for m in reversed(here) if m.value not in named_there}
    if len(lost) != 1 or len(new) != 1:
        return []
    (source,), (target,) = lost.values(), new.values()
    return [(source, target)] if source.sure and target.sure else []


def _inside(moments: Sequence[Moment], span: Span | None) -> list[Moment]:
    return [] if span is None else [m for m in moments if span.start <= m.start < span.end]
