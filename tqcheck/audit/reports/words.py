"""How figures of a report are told: rates with their limits, changes with their verdict, small charts of letters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from tqcheck.audit.rates import Change, Rate
from tqcheck.audit.trends import Row, Trends
from tqcheck.rule_names import rule_names

_BARS = "▁▂▃▄▅▆▇█"
NOTHING = "–"
# A beginning that names share is left out where it is longer.
_SHORT = 8
WHEN = {"last run": "since the last run", "month": "over the month"}


def number(value: float) -> str:
    """Return a rate or ratio with two or three figures that matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 or value == 0 else f"{value:.2f}"


def rate(one: Rate) -> str:
    """Return “12.3 [9.1–16.0]”."""
    if one.value is None or one.low is None or one.high is None:
        return NOTHING
    return f"{number(one.value)} [{number(one.low)}–{number(one.high)}]"


def ratio(one: Change) -> str:
    """Return “×2.1 [1.3–3.4]”; where the old side had none, the least it may be."""
    low = number(one.low or 0.0)
    if one.ratio is None:
        return f"from none, ≥ ×{low}" if one.new.sample.findings else "none"
    high = "∞" if one.high is None else number(one.high)
    return f"×{number(one.ratio)} [{low}–{high}]"


def turn(one: Change) -> str:
    """Return “12.3 → 48.0 per 10,000 words, ×3.9 [2.1–7.0]”."""
    return f"{number(one.old.value or 0)} → {number(one.new.value or 0)} per 10,000 words, {ratio(one)}"


def change(one: Change | None) -> str:
    """Return what may be said of a change."""
    if one is None:
        return NOTHING
    if one.verdict == "too little":
        return "too little text"
    if one.verdict == "unclear":
        return f"no clear change {ratio(one)}"
    return f"{one.verdict} {ratio(one)}"


def briefly(one: Change | None) -> str:
    """Return the same without limits, and without a ratio that says nothing."""
    if one is None or one.verdict not in {"worse", "better"}:
        return {None: NOTHING, "unclear": "unclear"}.get(None if one is None else one.verdict, "too little")
    return one.verdict if one.ratio is None else f"{one.verdict} ×{number(one.ratio)}"


def sparkline(series: Sequence[float | None]) -> str:
    """Return a row of bars from nought to the highest; a point without text is a gap."""
    most = max((value for value in series if value is not None), default=0.0)
    return "".join(_bar(value, most) for value in series)


def times(count: int) -> str:
    """Return how often something was, where that was not once."""
    return "" if count == 1 else f" ({count:,}×)"


def quiet(found: Trends) -> str:
    """Return what is said where nothing got worse or better."""
    if all(one is None for _, one in found.total.changes):
        return "There is nothing to compare yet: that takes new texts in two runs."
    return "Nothing got worse or better beyond what chance makes."


def rule(code: str) -> str:
    """Return “CAS101 lowercase-name”; the code alone where there is no such rule any more."""
    return " ".join((code, *(rule.name for rule in rule_names() if rule.code == code)))


def label(kind: str, row: Row) -> str:
    """Return the name of a row of a “feed”, “rule” or “language”."""
    return rule(row.name) if kind == "rule" else row.name


def apart(names: Sequence[str]) -> list[str]:
    """Return names without the folder or the site that they all have in common, where there is little room: they are
    told apart by their ends."""
    first, last = min(names), max(names)
    common = "".join(a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    common = common.rpartition("/")[0] if len(names) > 1 else ""
    return [f"…{name[len(common) :]}" for name in names] if len(common) > _SHORT else list(names)


def plural(count: int, noun: str) -> str:
    """Return “1 article” or “2 articles”."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _bar(value: float | None, most: float) -> str:
    if value is None:
        return " "
    return _BARS[0] if most == 0 else _BARS[min(7, int(8 * value / most))]
