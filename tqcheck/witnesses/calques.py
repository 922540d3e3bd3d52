"""Calques and false friends whose expression stands in the original of the same pair."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tqcheck.bitext import Bitext
from tqcheck.context import Context, Draft
from tqcheck.languages import pairs
from tqcheck.languages.pairs import Calque
from tqcheck.languages.phrases import Hit, Phrases, tokens
from tqcheck.model import Severity, Span

Hits = list[Hit[Calque]]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A wrong rendering in the target, and the expression of the original that it renders."""

    entry: Calque
    target: Span
    source: Span

    def draft(self, ctx: Context, message: str) -> Draft:
        """Return the finding, with the right rendering as its repair where that fits as it is."""
        entry, fix = self.entry, self.entry.fix
        if fix is not None and ctx.text[self.target.start].isupper():
            fix = fix[0].upper() + fix[1:]
        severity = Severity[entry.severity.upper()] if entry.severity else None
        return ctx.draft(
            *self.target,
            message,
            fix,
            severity=severity,
            source=self.source,
            pair=entry.pair,
            expression=entry.source,
        )


def confirmed(bitext: Bitext) -> tuple[tuple[Confirmed, ...], ...]:
    """Return what is found in each matched pair, in order and without overlaps."""
    matched = bitext.matched
    name = pairs.pair(bitext.source.language.tag, bitext.target.language.tag)
    if name is None:
        return ((),) * len(matched)
    theirs, target = bitext.once(expressions), name.partition("-")[2]
    # Of hundreds of entries the original has the expressions of a few.
    there = {hit.value for hit in theirs}
    named = [entry for entry in pairs.entries(name) if entry in there] if there else []
    ours = find(bitext.target, pairs.wrongs_of(named, target)) if named else []
    if not ours:
        return ((),) * len(matched)
    right = find(bitext.target, pairs.rights_of(named, target))
    return tuple(
        tuple(_confirmed(_within(theirs, pair.source), _within(ours, pair.target), _within(right, pair.target)))
        for pair in matched
    )


def expressions(bitext: Bitext) -> Hits:
    """Return the expressions of the original that have an entry, wherever they stand."""
    name = pairs.pair(bitext.source.language.tag, bitext.target.language.tag)
    return [] if name is None else find(bitext.source, pairs.sources(name))


def find(side: Context, phrases: Phrases[Calque]) -> Hits:
    """Return where phrases stand in one text."""
    text = side.text
    return [
        hit
        for hit in phrases.find(tokens(text, side.words, side.language))
        if not hit.value.before or text.endswith(hit.value.before, 0, hit.start)
    ]


def distinct(hits: Hits) -> Hits:
    """Return the hits without overlaps: the first and longest says most."""
    kept: Hits = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _within(hits: Hits, span: Span | None) -> Hits:
    if span is None:
        return []
    inside = hits[bisect_left(hits, span.start, key=lambda hit: hit.start) :]
    found = []
    for hit in inside:
        if hit.start >= span.end:
            break
        if hit.end <= span.end:
            found.append(hit)
    return found


def _confirmed(theirs: Hits, ours: Hits, right: Hits) -> Sequence[Confirmed]:
    # Where a right rendering stands too, it is what became of the expression.
    wrong = {(hit.value, word) for hit in ours for word in range(hit.start, hit.end)}
    taken = Counter(hit.value for hit in right if (hit.value, hit.start) not in wrong)
    places: dict[Calque, list[Span]] = {}
    for hit in theirs:
        places.setdefault(hit.value, []).append(Span(hit.start, hit.end))
    found = []
    for hit in distinct([hit for hit in ours if len(places.get(hit.value, ())) > taken[hit.value]]):
        spans = places[hit.value]
        found.append(Confirmed(hit.value, Span(hit.start, hit.end), spans.pop(0) if len(spans) > 1 else spans[0]))
    return found
