"""UNI102 mixed-units."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.model import Category, Confidence, Severity
from tqcheck.rules.base import Context, Draft, example, rule

# Symbol → (quantity, system, factor to a common unit, offset added before the factor).
_UNITS: dict[str, tuple[str, str, float, float]] = {
    "km/h": ("speed", "metric", 1.0, 0.0),
    "kph": ("speed", "metric", 1.0, 0.0),
    "kmh": ("speed", "metric", 1.0, 0.0),
    "км/ч": ("speed", "metric", 1.0, 0.0),
    "км/год": ("speed", "metric", 1.0, 0.0),
    "mph": ("speed", "imperial", 1.609, 0.0),
    "km": ("distance", "metric", 1.0, 0.0),
    "miles": ("distance", "imperial", 1.609, 0.0),
    "kg": ("mass", "metric", 1.0, 0.0),
    "lb": ("mass", "imperial", 0.4536, 0.0),
    "lbs": ("mass", "imperial", 0.4536, 0.0),
    "°C": ("temperature", "metric", 1.0, 0.0),
    "°F": ("temperature", "imperial", 0.5556, -32.0),
}
_QUANTITY = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?|\d+)[ \u00a0\u202f-]?("
    + "|".join(sorted(map(re.escape, _UNITS), key=lambda u: (-len(u), u)))
    + r")(?![\w/])"
)
# Conversions are rounded, and often stand as round figures on both sides.
_TOLERANCE = 0.15
# More quantities than a sentence holds are a table.
_TABLE = 12


class _Quantity(NamedTuple):
    start: int
    end: int
    text: str
    kind: str
    system: str
    value: float


@rule(
    "UNI102",
    "mixed-units",
    Category.UNIT,
    Severity.MAJOR,
    examples=(
        example("en", "He drove at ⟦146 mph⟧ where 60 km/h is the limit; others did 50 km/h."),
        example("de", "Der Wind erreichte 90 km/h, auf See ⟦140 mph⟧."),
        example("en", "He drove at 100 mph (161 km/h) and ran 5 km."),
        example("en", "Gusts of 60 mph hit the coast. Inland, they reached 40 km/h."),
        example("de", "Bei 20 °C (68 °F) fuhr er 60 km/h."),
    ),
)
def mixed_units(ctx: Context) -> Iterator[Draft]:
    """Two systems of units measure the same thing in one sentence, and neither is a conversion.

    Why: a translation system that swaps the unit but keeps the number changes the fact.
    When it is wrong: quotations and technical names keep their own units: weak evidence.
    Norm: one system an article, with the other in brackets (AP, Reuters and DIN alike).
    """
    if not any(unit in ctx.text for unit, (_, system, _, _) in _UNITS.items() if system == "imperial"):
        return
    found = [
        _Quantity(m.start(), m.end(), m.group(), kind, system, (_value(m.group(1)) + offset) * factor)
        for m in _QUANTITY.finditer(ctx.text)
        for kind, system, factor, offset in (_UNITS[m.group(2)],)
    ]
    if len({(q.kind, q.system) for q in found}) < 2:
        return
    starts = [q.start for q in found]
    usage = Counter((q.kind, q.system) for q in found)
    for sentence in ctx.sentences:
        inside = found[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if len(inside) > _TABLE:
            continue
        for kind in sorted({q.kind for q in inside}):
            alike = [q for q in inside if q.kind == kind]
            first, last = alike[0], alike[-1]
            odd = [q for q in alike if not any(_converts(q, other) for other in alike)]
            if len({q.system for q in alike}) < 2 or len({q.system for q in odd}) < 2:
                continue
            minority = "metric" if usage[kind, "metric"] < usage[kind, "imperial"] else "imperial"
            stray = next((q for q in odd if q.system == minority), last)
            other = first if stray is not first else last
            yield ctx.draft(
                stray.start,
                stray.end,
                f"“{stray.text}” stands beside “{other.text}”: two systems of units for one thing.",
                at_most=Confidence.MEDIUM,
            )


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def _converts(one: _Quantity, other: _Quantity) -> bool:
    if one.system == other.system:
        return False
    # A quantity in brackets right behind another converts it, however roughly.
    if 0 < max(one.start, other.start) - min(one.end, other.end) <= 2:
        return True
    return abs(one.value - other.value) <= _TOLERANCE * max(abs(one.value), abs(other.value), 1.0)
