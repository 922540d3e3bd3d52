"""Days of the month that the translation counts: 25日 as “25 days”; and counts that it makes a day of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from tqcheck.bitext import Bitext, Pair
from tqcheck.languages.month_days import Figure, month_days, scores
from tqcheck.languages.quantities import quantities
from tqcheck.languages.quantity import Quantity
from tqcheck.model import Span

_T = TypeVar("_T", Figure, Quantity)

# An ordinal without its noun reads as a day of the month.
_BARE = re.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th)(?=[.;)]|, (?:but|and|while|as)\b|$)", re.MULTILINE)


class Counted(NamedTuple):
    """A figure of the original, and the stretch of the target that took it for something else.

    kind  “duration” for a day of the month that became a number of days, “date” for a count that reads as one
    """

    kind: str
    source: Figure
    target: Span


def counted_days(bitext: Bitext) -> list[Counted]:
    """Return the days and counts of the original that the target mistakes for each other."""
    theirs, ours = bitext.source, bitext.target
    days, counts = month_days(theirs.text, theirs.language.tag), scores(theirs.text, theirs.language.tag)
    if not days and not counts:
        return []
    there = [q for q in quantities(theirs.text, theirs.language.tag) if "day" in q.unit_names]
    here = quantities(ours.text, ours.language.tag)
    found: list[Counted] = []
    for pair in bitext.matched:
        found.extend(_durations(pair, days, there, here))
        if ours.language.base == "en":
            found.extend(_dates(pair, counts, days, ours.text))
    return found


def _durations(pair: Pair, days: list[Figure], there: list[Quantity], here: list[Quantity]) -> Iterator[Counted]:
    """Yield the numbers of days of the target that are a day of the month in the original and nothing else there."""
    dates = {day.value: day for day in reversed(_inside(days, pair.source))}
    said = {q.value for q in _inside(there, pair.source)}
    for quantity in _inside(here, pair.target):
        day = dates.get(int(quantity.value)) if "day" in quantity.unit_names and quantity.figures else None
        if day is not None and quantity.value not in said:
            yield Counted("duration", day, Span(*quantity.outer))


def _dates(pair: Pair, counts: list[Figure], days: list[Figure], text: str) -> Iterator[Counted]:
    """Yield the bare ordinals of an English target that are a count in the original, and no day there."""
    assert pair.target is not None
    named = {day.value for day in _inside(days, pair.source)}
    by_value = {count.value: count for count in reversed(_inside(counts, pair.source))}
    for match in _BARE.finditer(text, *pair.target):
        value = int(match[1])
        if value in by_value and value not in named:
            yield Counted("date", by_value[value], Span(*match.span()))


def _inside(found: Sequence[_T], span: Span | None) -> list[_T]:
    return [] if span is None else [one for one in found if span.start <= one.start < span.end]
