"""The figures of a trend report counted again: plain SQL over the tables, and the statistics by their definitions."""

from __future__ import annotations

import math
import sqlite3
from pathlib import Path
from typing import Any

import pytest

# Articles with their words and findings, one line each; what they belong to is told by `where`.
ARTICLES = """
SELECT max(v.words, 1), (SELECT count(*) FROM findings f WHERE f.version = v.id {finding})
FROM versions v JOIN runs r ON r.id = v.run
WHERE v.rules = (SELECT id FROM rulesets WHERE signature = 'new') AND r.began >= '2026-01-11T06:00:00Z' AND {where}
"""
OF_FEED = (
    "v.copy < 2 AND v.article IN (SELECT article FROM listings WHERE feed = (SELECT id FROM feeds WHERE name = '{}'))"
)


def articles(path: Path, where: str, finding: str = "") -> list[tuple[int, int]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(ARTICLES.format(where=where, finding=finding)).fetchall()
    finally:
        connection.close()


def tables(report: dict[str, Any]) -> list[tuple[dict[str, Any], str, str]]:
    """Return each row of the report with the conditions that choose its articles and its findings."""
    rows = [(report["total"], "v.copy = 0", "")]
    rows += [(row, OF_FEED.format(row["name"]), "") for row in report["feeds"]]
    rows += [(row, f"v.copy = 0 AND v.lang = '{row['name']}'", "") for row in report["languages"]]
    rows += [(row, "v.copy = 0", f"AND f.code = '{row['name']}'") for row in report["rules"]]
    return rows


def spread(*groups: list[tuple[int, int]]) -> float:
    """Pearson's χ² over the degrees of freedom, by its definition."""
    square, free = 0.0, 0
    for group in groups:
        words, found = sum(w for w, _ in group), sum(n for _, n in group)
        free += len(group) - 1
        square += sum((n - found / words * w) ** 2 / (found / words * w) for w, n in group) if found else 0.0
    return max(1.0, square / free) if free > 0 else 1.0


def gamma(shape: float, x: float) -> float:
    """The lower incomplete gamma function, by Simpson's rule: nothing of what the report uses."""
    power, steps = 4, 20_000  # x = t⁴ takes the steepness at nought away
    top = x ** (1 / power)
    values = [
        power * t ** (power * shape - 1) * math.exp(-(t**power)) if t else 0.0
        for t in (top * n / steps for n in range(steps + 1))
    ]
    whole = values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2])
    return whole * top / steps / 3 / math.gamma(shape)


def check_rate(told: dict[str, Any], group: list[tuple[int, int]]) -> None:
    words, found = sum(w for w, _ in group), sum(n for _, n in group)
    assert (told["articles"], told["words"], told["findings"]) == (len(group), words, found)
    if not words:
        assert told["rate"] is told["low"] is told["high"] is None
        return
    assert told["rate"] == pytest.approx(10_000 * found / words)
    # At the limits, the tails of the count that is left after the dispersion are a fortieth each.
    over = spread(group)
    count = found / over
    assert gamma(count + 1, told["high"] * words / over / 10_000) == pytest.approx(0.975, abs=2e-4)
    if found:
        assert gamma(count, told["low"] * words / over / 10_000) == pytest.approx(0.025, abs=2e-4)
    else:
        assert told["low"] == 0


def beta(a: float, b: float, x: float) -> float:
    """The incomplete beta function, by Simpson's rule over log-odds."""
    low, high, steps = -60.0, math.log(x / (1 - x)), 20_000
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    values = []
    for n in range(steps + 1):
        odds = low + (high - low) * n / steps
        log_x = -math.log1p(math.exp(-odds))
        values.append(math.exp(scale + a * log_x + b * (log_x - odds)))
    whole = values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2])
    return whole * (high - low) / steps / 3


def check_change(told: dict[str, Any] | None, old: list[tuple[int, int]], new: list[tuple[int, int]]) -> None:
    if not old or not new:
        assert told is None
        return
    assert told is not None
    check_rate(told["old"], old)
    check_rate(told["new"], new)
    (w0, n0), (w1, n1) = ((sum(w for w, _ in g), sum(n for _, n in g)) for g in (old, new))
    assert told["ratio"] == (pytest.approx(n1 / w1 / (n0 / w0)) if n0 else None)
    over = spread(old, new)
    a, b = n1 / over, n0 / over
    shares = [None if r is None else r * w1 / (r * w1 + w0) for r in (told["low"], told["high"])]
    if n1:
        assert shares[0] is not None
        assert beta(a, b + 1, shares[0]) == pytest.approx(0.025, abs=2e-4)
    if n0:
        assert shares[1] is not None
        assert beta(a + 1, b, shares[1]) == pytest.approx(0.975, abs=2e-4)


def chance_alone(old: list[tuple[int, int]], new: list[tuple[int, int]]) -> float:
    (w0, n0), (w1, n1) = ((sum(w for w, _ in g), sum(n for _, n in g)) for g in (old, new))
    over, share = spread(old, new), w1 / (w1 + w0)
    above = beta(n1 / over, n0 / over + 1, share) if n1 else 1.0
    below = 1 - beta(n1 / over + 1, n0 / over, share) if n0 else 1.0
    return min(1.0, 2 * min(above, below))
