"""How figures of a report are told: rates with their limits, changes with their verdict, small charts of letters."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.audit.rates import Change, Rate

_BARS = "▁▂▃▄▅▆▇█"
NOTHING = "–"
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


def sparkline(series: Sequence[float | None]) -> str:
    """Return a row of bars from nought to the highest; a point without text is a gap."""
    most = max((value for value in series if value is not None), default=0.0)
    return "".join(_bar(value, most) for value in series)


def plural(count: int, noun: str) -> str:
    """Return “1 article” or “2 articles”."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _bar(value: float | None, most: float) -> str:
    if value is None:
        return " "
    return _BARS[0] if most == 0 else _BARS[min(7, int(8 * value / most))]
