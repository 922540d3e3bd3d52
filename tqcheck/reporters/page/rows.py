"""Which paragraphs of an article and of its original stand beside each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tqcheck.model import Span


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs `[start, end)` of both sides, by their numbers; either may be none."""

    target: Span
    source: Span


def rows(target: Sequence[Span], source: Sequence[Span], pairs: Sequence[tuple[Span, Span]]) -> list[Row]:
    """Return the smallest rows that no pair of aligned sentences crosses, in order.

    `target` and `source` are the paragraphs, `pairs` the aligned stretches (target, source) in the order of
    the target. Paragraphs of the original that nothing goes with have a row of their own. Without pairs, all
    is one row.
    """
    if not pairs or not target or not source:
        return [Row(Span(0, len(target)), Span(0, len(source)))]
    starts, ends = [s.start for s in source], [s.end for s in source]
    # How far into the original the pairs reach up to each, and where those from each on begin.
    reach = list(accumulate((pair[1].end for pair in pairs), max))
    begin = list(accumulate((pair[1].start for pair in reversed(pairs)), min))[::-1]
    lasts = [pair[0].start for pair in pairs]
    found: list[Row] = []
    at = Span(0, 0)
    for number in range(1, len(target) + 1):
        # Pairs that begin in the paragraphs so far; one that goes on beyond them forbids a cut.
        before = len(pairs) if number == len(target) else bisect_left(lasts, target[number].start)
        if before and number < len(target) and pairs[before - 1][0].end > target[number].start:
            continue
        done = bisect_left(starts, reach[before - 1]) if before else 0
        free = bisect_right(ends, begin[before]) if before < len(pairs) else len(source)
        done = max(done, at.end)
        if free < done:
            continue
        if done == at.end:
            done = free  # what has no counterpart on either side may share a row
        found.append(Row(Span(at.start, number), Span(at.end, done)))
        if free > done:
            found.append(Row(Span(number, number), Span(done, free)))
        at = Span(number, free)
    if at.start < len(target) or at.end < len(source):
        found.append(Row(Span(at.start, len(target)), Span(at.end, len(source))))
    return found
