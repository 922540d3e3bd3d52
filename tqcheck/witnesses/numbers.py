"""Numbers of the original against those of the translation: what changed, went missing, was invented."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tqcheck.bitext import Bitext, Pair
from tqcheck.languages.measures import Unit
from tqcheck.languages.numerals import numerals
from tqcheck.languages.quantities import quantities
from tqcheck.languages.quantity import Firmness, Quantity
from tqcheck.model import Span

# A table is matched by its figures alone; more numbers than this in one sentence are one.
_TABLE = 60
# Conversions are rounded to round figures.
_ROUNDED = 0.06
_DEGREES = 3.5


class Change(NamedTuple):
    """A number of the original and the different one that stands in its place."""

    source: Quantity
    target: Quantity


class Numbers(NamedTuple):
    """What became of the numbers of one pair; `weight` is 0 where all are accounted for."""

    matched: tuple[Change, ...]
    changed: tuple[Change, ...]
    missing: tuple[Quantity, ...]
    invented: tuple[Quantity, ...]
    weight: float


def numbers(bitext: Bitext) -> tuple[Numbers, ...]:
    """Return the account of each pair of `bitext.matched`."""
    theirs = _Side(quantities(bitext.source.text, bitext.source.language.tag))
    ours = _Side(quantities(bitext.target.text, bitext.target.language.tag))
    both_known = all(numerals(ctx.language.tag).known for ctx in (bitext.source, bitext.target))
    found = []
    pairs = bitext.pairs
    for n, pair in enumerate(pairs):
        if pair.source is None or pair.target is None:
            continue
        around = pairs[max(0, n - 1) : n + 2]
        found.append(_account(theirs, ours, pair, around, both_known))
    return tuple(found)


class _Side:
    """The numbers of one side, looked up by stretch."""

    def __init__(self, found: list[Quantity]) -> None:
        self.found = found
        self._starts = [q.start for q in found]

    def inside(self, span: Span | None) -> list[Quantity]:
        if span is None:
            return []
        return self.found[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]


def _account(theirs: _Side, ours: _Side, pair: Pair, around: Sequence[Pair], both_known: bool) -> Numbers:
    sources, targets = theirs.inside(pair.source), ours.inside(pair.target)
    if len(sources) > _TABLE or len(targets) > _TABLE:
        return Numbers((), (), (), (), 0.0)
    matched: list[Change] = []
    left, right = list(sources), list(targets)
    levels = _LEVELS if both_known else (*_LEVELS, _same_figures)
    for same in levels:
        for one in list(left):
            alike = [other for other in right if same(one, other)]
            if alike:
                best = min(alike, key=lambda other: abs(_place(one, pair.source) - _place(other, pair.target)))
                matched.append(Change(one, best))
                left.remove(one)
                right.remove(best)
    # Sentences move: what the neighbouring pair says is accounted for.
    near_targets = [q for p in around if p is not pair for q in ours.inside(p.target)]
    near_sources = [q for p in around if p is not pair for q in theirs.inside(p.source)]
    left = [q for q in left if not _known(q, near_targets, levels)]
    right = [q for q in right if not _known(q, near_sources, levels, reverse=True)]
    # What is said twice on one side may be said once on the other.
    said = {q for q in left if _known(q, targets, levels)} | {
        q for q in right if _known(q, sources, levels, reverse=True)
    }
    if any((c.source.value % 1 and c.source.hours) or (c.target.value % 1 and c.target.hours) for c in matched):
        # 11.50 against 11:50: the minutes are accounted for with the hour.
        left, right = [q for q in left if not q.minute], [q for q in right if not q.minute]
    changed = _changes(left, right, said, pair)
    gone = said | {c.source for c in changed} | {c.target for c in changed}
    left = [q for q in left if q not in gone]
    right = [q for q in right if q not in gone]
    # What the other side says vaguely (decades, a couple) or in another currency is said.
    vague_source = any(q.firmness < Firmness.SPELLED and not q.month and q.value > 1 for q in left)
    vague_target = any(q.firmness < Firmness.SPELLED and not q.month and q.value > 1 for q in right)
    missing = tuple(
        q
        for q in left
        if q.firmness == Firmness.FIRM
        and not q.tight
        and not vague_target
        and not any(_exchanged(q, o) for o in targets)
    )
    invented = tuple(
        q
        for q in right
        if q.firmness == Firmness.FIRM
        and not q.tight
        and not vague_source
        and not any(_exchanged(o, q) for o in sources)
    )
    weight = sum(_WEIGHTS[min(c.source.firmness, c.target.firmness)] for c in changed)
    weight += 0.5 * len(missing) + 0.5 * len(invented)
    return Numbers(tuple(matched), changed, missing, invented, weight)


_WEIGHTS = {Firmness.LOOSE: 0.0, Firmness.WEAK: 0.2, Firmness.SPELLED: 0.6, Firmness.SMALL: 0.7, Firmness.FIRM: 1.0}


def _place(quantity: Quantity, span: Span | None) -> float:
    """Return where in its stretch a number stands, 0 to 1."""
    assert span is not None
    return (quantity.start - span.start) / max(1, span.end - span.start)


def _known(quantity: Quantity, others: Sequence[Quantity], levels: Sequence[_Same], reverse: bool = False) -> bool:
    """True where the other side says the number, here or in the neighbouring pair."""
    return any(same(o, quantity) if reverse else same(quantity, o) for same in levels for o in others)


def _changes(
    left: Sequence[Quantity], right: Sequence[Quantity], said: set[Quantity], pair: Pair
) -> tuple[Change, ...]:
    """Pair what is left on both sides, the most alike first; one of the two is said nowhere else."""
    found = []
    free = [q for q in right if q.firmness >= Firmness.SPELLED]
    for one in sorted((q for q in left if q.firmness >= Firmness.SPELLED), key=lambda q: (-q.firmness, q.start)):
        if not free:
            break
        fit = [o for o in free if not (one in said and o in said) and not _exchanged(one, o)]
        if not fit:
            continue
        best = min(
            fit, key=lambda other: (_unlike(one, other), abs(_place(one, pair.source) - _place(other, pair.target)))
        )
        free.remove(best)
        found.append(Change(one, best))
    return tuple(found)


def _unlike(one: Quantity, other: Quantity) -> int:
    """Return how unlike two numbers are as kinds: 0 for the same unit and firmness."""
    return (set(one.units) != set(other.units)) * 2 + (one.firmness != other.firmness) + (one.tight != other.tight)


def _close(a: float, b: float, tolerance: float = 1e-9) -> bool:
    return abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-12)


def _same_value(one: Quantity, other: Quantity) -> bool:
    if one.month != other.month and not (one.in_date or other.in_date):
        return False
    return (
        one.code == other.code
        and _close(one.value, other.value)
        and (not one.units or not other.units or bool(set(one.units) & set(other.units)))
    )


def _same_reading(one: Quantity, other: Quantity) -> bool:
    if one.code or other.code:
        return one.code == other.code
    if one.month or other.month:
        return _same_value(one, other)
    if one.hours and other.hours and not (one.value % 1 and other.value % 1):
        return bool(set(one.hours) & set(other.hours)) or _close(one.value, other.value)
    return any(_close(a, b) for a in one.values for b in other.values) or _hour(one, other) or _hour(other, one)


def _hour(one: Quantity, other: Quantity) -> bool:
    return bool(one.hours) and any(v % 1 == 0 and int(v) in one.hours for v in other.values if v < 25)


def _converted(one: Quantity, other: Quantity) -> bool:
    """True for 10 miles and 16 km, a half and 50 %, a week and 7 days."""
    for a in one.units:
        for b in other.units:
            if a.dimension == b.dimension and a != b and _about(a, a.base(one.value), b.base(other.value)):
                return True
    for x, y in ((one, other), (other, one)):
        # “1,98 de altura”: what a length converts to need not say metres again.
        if (
            not y.units
            and y.value % 1
            and any(u.dimension == "length" and _close(u.base(x.value), y.value, 0.03) for u in x.units)
        ):
            return True
    for x, y in ((one, other), (other, one)):
        if any(u.dimension == "percent" for u in x.units) and any(
            _close(x.value / 100, v, 0.011) for v in y.values if v <= 10
        ):
            return True
    return False


def _about(unit: Unit, one: float, other: float) -> bool:
    if unit.dimension == "temperature":
        return abs(one - other) <= _DEGREES
    return _close(one, other, _ROUNDED)


def _exchanged(one: Quantity, other: Quantity) -> bool:
    """True for sums in two currencies: rates change, and what a sum is worth is the writer's business."""
    return bool(_money(one) and _money(other) and not _money(one) & _money(other))


def _money(quantity: Quantity) -> set[str]:
    return {u.name for u in quantity.units if u.dimension.startswith("money")}


def _short_year(one: Quantity, other: Quantity) -> bool:
    """True for ’98 and 1998, the 90s and the 1990s."""
    for x, y in ((one, other), (other, one)):
        if (
            (x.figures or x.value % 10 == 0)
            and x.value < 100
            and 1000 < y.value < 2100
            and y.value % 100 == x.value
            and not x.units
            and not y.units
        ):
            return True
    return False


def _rounded(one: Quantity, other: Quantity) -> bool:
    """True for 2.75 and 2.8: the translation cuts figures off a measured amount."""
    if one.units and other.units and not set(one.units) & set(other.units):
        return False
    measured = one.units or one.magnitude > 1 or one.value > 10_000 or one.value % 1
    return bool(measured) and any(_cuts(a, b) for a in one.values for b in other.values)


def _cuts(exact: float, rough: float) -> bool:
    if exact <= 0 or rough <= 0 or abs(exact - rough) > 0.05 * exact:
        return False
    digits = len(f"{rough:.12g}".replace(".", "").strip("0"))
    return _close(float(f"{exact:.{max(1, digits)}g}"), rough)


def _same_figures(one: Quantity, other: Quantity) -> bool:
    """True for the same figures in front of a magnitude word that the language data lacks."""
    return one.mantissa > 0 and _close(one.mantissa, other.mantissa)


_Same = Callable[[Quantity, Quantity], bool]
_LEVELS: tuple[_Same, ...] = (_same_value, _same_reading, _converted, _short_year, _rounded)


def dispensable(quantity: Quantity, text: str) -> bool:
    """True for what editors add and leave out as they see fit: a recent year, an age behind a name, degrees
    of a scale that nobody names, which readers elsewhere would take for those of another."""
    if len(quantity.units) > 1 and all(unit.dimension == "temperature" for unit in quantity.units):
        return True
    if quantity.units or quantity.magnitude > 1:
        return False
    if 1900 <= quantity.value <= 2100 and quantity.end - quantity.start == 4:
        return True
    before, after = text[max(0, quantity.start - 2) : quantity.start].strip(), text[quantity.end : quantity.end + 1]
    return quantity.value < 110 and before[-1:] in tuple("(（,、，") and after in tuple(")）,、，。.")


def labelled(quantity: Quantity, text: str, other: str) -> bool:
    """True where the number belongs to a name that the other text writes with it too (Apollo 13): who names it once
    more, or in full, says nothing new."""
    before = _LABEL.search(text, max(0, quantity.start - _LONGEST_LABEL), quantity.start)
    return before is not None and re.search(rf"{before[1]} ?{quantity.value:g}(?!\d)", other) is not None


_LONGEST_LABEL = 24
_LABEL = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})[ \u00a0]?$")


def other_unit(change: Change) -> bool:
    """True for 146 km/h that became 146 mph: the same number, another unit of one dimension."""
    source, target = change
    if not source.units or not target.units or source.unit_names & target.unit_names:
        return False
    shared = {u.dimension for u in source.units} & {u.dimension for u in target.units}
    return bool(shared) and _same_number(source, target) and not _converted(source, target)


def other_currency(change: Change) -> bool:
    """True for 30 million euros that became 30 million dollars."""
    return _exchanged(*change) and _same_number(*change)


def _same_number(one: Quantity, other: Quantity) -> bool:
    return any(_close(a, b) for a in one.values for b in other.values)
