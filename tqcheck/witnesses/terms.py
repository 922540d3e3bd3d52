"""What the glossary asks of each pair: terms of the original without their rendering, and renderings that
are forbidden."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tqcheck.bitext import Bitext
from tqcheck.context import Context
from tqcheck.glossary import Entry, Glossary, exact, uncollected
from tqcheck.languages.record import Language
from tqcheck.languages.terms import Found, Terms
from tqcheck.model import Confidence, Span
from tqcheck.witnesses.renderings import Stretch
from tqcheck.witnesses.standing import Standing, standing

# A pair less alike than this may be two sentences that do not belong together.
_ALIKE = 0.2
# So many characters are no sentence.
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Missing:
    """A term of the original at `source` for which none of the required renderings stands in the pair.

    `entries` are those that have the term; `times` how often it stands there; `insert_at` the end of the
    pair in the target.
    """

    source: Span
    entries: tuple[Entry, ...]
    times: int
    insert_at: int
    at_most: Confidence


@dataclass(frozen=True, slots=True)
class Misused:
    """A forbidden rendering at `target`, where the original has the term (at `source`) if there is one;
    `required` is what all entries of the term want instead."""

    target: Span
    term: str
    entry: Entry
    required: tuple[str, ...]
    source: Span | None
    plain: bool
    at_most: Confidence


@dataclass(frozen=True, slots=True)
class _Searches:
    """What is looked for between two languages; the numbers are places in `entries`."""

    entries: tuple[Entry, ...]
    sources: Terms
    forbidden: Terms
    # Of entries that forbid something: what is right is no fault, nor a part of it.
    right: Terms


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A stretch of the original with all entries that have it."""

    span: Span
    numbers: frozenset[int]
    sure: bool


def missing(bitext: Bitext) -> tuple[Missing, ...]:
    """Return the terms of the original without any of their renderings, in order, once a pair."""
    return bitext.once(_judged)[0]


def misused(ctx: Context) -> tuple[Misused, ...]:
    """Return the forbidden renderings of a text, beside its original where it has one that fits."""
    if ctx.bitext is not None and ctx.bitext.pairs:
        return ctx.bitext.once(_judged)[1]
    if ctx.glossary is None:
        return ()
    searches = _searches(ctx.glossary, None if ctx.bitext is None else ctx.bitext.source.language, ctx.language)
    # Without the original, only who forbade the word whatever it renders can be sure.
    return tuple(_alone(searches, _forbidden(ctx, searches), sourced=True))


def _judged(bitext: Bitext) -> tuple[tuple[Missing, ...], tuple[Misused, ...]]:
    glossary = bitext.target.glossary
    if glossary is None:
        return (), ()
    searches = _searches(glossary, bitext.source.language, bitext.target.language)
    theirs = _occurrences(bitext.source, searches)
    ours = _forbidden(bitext.target, searches)
    right = searches.right.find(bitext.target.text, bitext.target.words) if ours else []
    groups = [_grouped(_within(theirs, pair.source)) for pair in bitext.matched]
    stretches = [Stretch.of(bitext, pair.target) for pair in bitext.matched]
    listed = list(ours)
    lost: list[Missing] = []
    wrong = list(_alone(searches, ours, sourced=False))
    for n, (pair, group) in enumerate(zip(bitext.matched, groups, strict=True)):
        assert pair.target is not None
        if pair.target.end - pair.target.start > _LONGEST:
            continue
        here = _between(listed, pair.target) if listed else []
        unlike = pair.similarity is not None and pair.similarity < _ALIKE
        for numbers, places in group.items():
            entries = tuple(searches.entries[number] for number in sorted(numbers))
            bad = _wrong(entries, numbers, here, _between(right, pair.target), len(places))
            wanted, where = tuple(dict.fromkeys(text for entry in entries for text in entry.required)), places[0].span
            wrong += [
                Misused(
                    Span(f.start, f.end),
                    f.term,
                    searches.entries[f.number],
                    wanted,
                    where,
                    f.plain,
                    _level(unlike, ours[f] is Standing.SURE),
                )
                for f in bad
            ]
            renderings = _renderings(entries)
            if bad or not renderings or _rendered(renderings, n, numbers, stretches, groups):
                continue
            level = _level(unlike, any(place.sure for place in places))
            lost.append(Missing(places[0].span, entries, len(places), pair.target.end, level))
    unique = {found.target: found for found in sorted(wrong, key=lambda f: f.target, reverse=True)}
    return tuple(sorted(lost, key=lambda found: found.source)), tuple(unique[span] for span in sorted(unique))


def _level(unlike: bool, sure: bool) -> Confidence:
    return Confidence.LOW if unlike else Confidence.HIGH if sure else Confidence.MEDIUM


def _searches(glossary: Glossary, source: Language | None, target: Language) -> _Searches:
    tag = None if source is None else source.tag
    with uncollected():
        return glossary.once(("searches", tag, target.tag), lambda: _make(glossary, source, target))


def _make(glossary: Glossary, source: Language | None, target: Language) -> _Searches:
    entries = glossary.between(None if source is None else source.tag, target.tag)
    numbered = list(enumerate(entries))
    banning = [(n, entry) for n, entry in numbered if entry.forbidden]
    return _Searches(
        entries,
        Terms(target if source is None else source, _rows((n, e.sources) for n, e in numbered if source is not None)),
        Terms(target, _rows((n, entry.forbidden) for n, entry in banning)),
        Terms(target, _rows((n, (*entry.required, *entry.allowed)) for n, entry in banning)),
    )


def _rows(groups: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[str, int]]:
    return ((term, number) for number, terms in groups for term in terms)


def _occurrences(side: Context, searches: _Searches) -> list[_Occurrence]:
    """Return the stretches of the original that have a term, none within a longer term."""
    found = searches.sources.find(side.text, side.words)
    places: dict[Span, dict[int, bool]] = {}
    for hit in _outermost(found):
        entry = searches.entries[hit.number]
        how = standing(side, hit, entry.concept.exact or exact(hit.term), entry.capital)
        if how.value > Standing.NAMED.value:
            places.setdefault(Span(hit.start, hit.end), {})[hit.number] = how is Standing.SURE
    return [_Occurrence(span, frozenset(numbers), any(numbers.values())) for span, numbers in sorted(places.items())]


def _forbidden(side: Context, searches: _Searches) -> dict[Found, Standing]:
    """Return where forbidden renderings stand, and how; none within a longer one or within a right one."""
    if not searches.forbidden:
        return {}
    bad = searches.forbidden.find(side.text, side.words)
    if not bad:
        return {}
    right = searches.right.find(side.text, side.words)
    longest = set(_outermost([*bad, *right]))
    found: dict[Found, Standing] = {}
    for hit in bad:
        how = standing(side, hit, searches.entries[hit.number].concept.exact or exact(hit.term), True)
        if hit in longest and how is not Standing.NO:
            found[hit] = how
    return found


def _outermost(found: Sequence[Found]) -> list[Found]:
    """Return what does not stand within something longer."""
    kept: list[Found] = []
    start = reach = -1
    for hit in sorted(found, key=lambda each: (each.start, -each.end)):
        # The longest that began before decides: it reaches furthest.
        if hit.end > reach:
            kept.append(hit)
            start, reach = hit.start, hit.end
        elif (hit.start, hit.end) == (start, reach):
            kept.append(hit)
    return kept


def _within(places: Sequence[_Occurrence], span: Span | None) -> list[_Occurrence]:
    if span is None:
        return []
    first = bisect_left(places, span.start, key=lambda place: place.span.start)
    last = bisect_left(places, span.end, key=lambda place: place.span.start)
    return [place for place in places[first:last] if place.span.end <= span.end]


def _between(found: Sequence[Found], span: Span) -> list[Found]:
    first = bisect_left(found, span.start, key=lambda hit: hit.start)
    last = bisect_left(found, span.end, key=lambda hit: hit.start)
    return [hit for hit in found[first:last] if hit.end <= span.end]


def _grouped(places: Iterable[_Occurrence]) -> dict[frozenset[int], list[_Occurrence]]:
    groups: dict[frozenset[int], list[_Occurrence]] = {}
    for place in places:
        groups.setdefault(place.numbers, []).append(place)
    return groups


def _renderings(entries: Sequence[Entry]) -> list[tuple[str, bool]]:
    """Return what may stand for a term, with whether its case counts; nothing where nothing must."""
    if not any(entry.required for entry in entries):
        return []
    found = [(t, entry.concept.exact or exact(t)) for entry in entries for t in (*entry.required, *entry.allowed)]
    return list(dict.fromkeys(found))


def _rendered(
    renderings: Sequence[tuple[str, bool]],
    at: int,
    numbers: frozenset[int],
    stretches: Sequence[Stretch],
    groups: Sequence[dict[frozenset[int], list[_Occurrence]]],
) -> bool:
    """True where a rendering stands in pair `at`, or in a neighbour whose original lacks the term: words
    move over the border of a sentence."""
    for n in (at, at - 1, at + 1):
        counts = 0 <= n < len(stretches) and (n == at or numbers not in groups[n])
        if counts and any(stretches[n].renders(term, case) for term, case in renderings):
            return True
    return False


def _wrong(
    entries: Sequence[Entry], numbers: frozenset[int], here: Sequence[Found], right: Sequence[Found], times: int
) -> list[Found]:
    """Return the forbidden renderings of a term in a pair, unless a right one stands for each time that the
    original has it: the other word then renders something else."""
    fine = {term for entry in entries for term in (*entry.required, *entry.allowed)}
    bad = [hit for hit in here if hit.number in numbers and hit.term not in fine]
    places = {(hit.start, hit.end) for hit in right if hit.number in numbers}
    free = [span for span in places if not any(hit.start < span[1] and span[0] < hit.end for hit in bad)]
    return bad if times > len(free) else []


def _alone(searches: _Searches, found: Mapping[Found, Standing], sourced: bool) -> Iterator[Misused]:
    """Yield what is forbidden whatever it renders; with `sourced` also, as weak evidence, the rest."""
    for hit, how in found.items():
        entry = searches.entries[hit.number]
        if how is not Standing.NAMED and (sourced or not entry.sourced):
            level = Confidence.LOW if entry.sourced else Confidence.HIGH
            yield Misused(Span(hit.start, hit.end), hit.term, entry, entry.required, None, hit.plain, level)
