"""Exact intervals for counts: how often something happens in so much text, and how two such rates compare.

For one rate the limits are those of Garwood (Biometrika 28, 1936): quantiles of gamma distributions. Two counts are
compared given their sum, as Przyborowski and Wilenski do (Biometrika 31, 1940): the share of the first is binomial,
and its limits are those of Clopper and Pearson (Biometrika 26, 1934), quantiles of beta distributions. Counts may be
fractions, since they are made smaller where findings come in clusters. The two functions are computed as NIST's
Digital Library of Mathematical Functions gives them (§8.7, §8.9, §8.17).
"""

from __future__ import annotations

import math
from collections.abc import Callable

# Of each side: the intervals hold 95 %.
TAIL = 0.025
_STEPS = 400
_CLOSE = 1e-12
# How near a quantile is looked for, as a share of it.
_NEAR = 1e-9
_TINY = 1e-300


def count_limits(count: float, tail: float = TAIL) -> tuple[float, float]:
    """Return the limits of the mean of a Poisson distribution of which `count` was seen."""
    low = 0.0 if count <= 0 else _quantile(lambda x: gamma_share(count, x), tail, count + 1)
    return low, _quantile(lambda x: gamma_share(count + 1, x), 1 - tail, count + 1)


def share_limits(one: float, other: float, tail: float = TAIL) -> tuple[float, float]:
    """Return the limits of the share of `one` in the sum of both counts."""
    low = 0.0 if one <= 0 else _quantile(lambda x: beta_share(one, other + 1, x), tail, 1.0, bounded=True)
    high = 1.0 if other <= 0 else _quantile(lambda x: beta_share(one + 1, other, x), 1 - tail, 1.0, bounded=True)
    return low, high


def ratio_limits(new: float, new_words: float, old: float, old_words: float) -> tuple[float, float]:
    """Return the limits of the ratio of two rates; the upper one may be infinite. Both stretches hold words."""
    low, high = share_limits(new, old)
    scale = old_words / new_words
    return low / (1 - low) * scale, math.inf if high >= 1 else high / (1 - high) * scale


def chance(new: float, new_words: float, old: float, old_words: float) -> float:
    """Return how likely counts at least as far apart are where both rates are the same (two tails, exact)."""
    if new + old <= 0:
        return 1.0
    share = new_words / (new_words + old_words)
    # P(X ≥ new) and P(X ≤ new) of a binomial distribution, by the beta function.
    above = 1.0 if new <= 0 else beta_share(new, old + 1, share)
    below = 1.0 if old <= 0 else 1 - beta_share(new + 1, old, share)
    return min(1.0, 2 * min(above, below))


def gamma_share(shape: float, x: float) -> float:
    """Return the regularised incomplete gamma function P(shape, x)."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for n in range(1, 100_000):
            term *= x / (shape + n)
            total += term
            if term < total * _CLOSE:
                break
        return min(1.0, front * total)

    def step(n: int) -> tuple[float, float]:
        return (1.0 if n == 0 else -n * (n - shape)), x + 2 * n + 1 - shape

    return max(0.0, 1 - front * _fraction(step))


def beta_share(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(b, a, 1 - x)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta) / a

    def step(n: int) -> tuple[float, float]:
        if n == 0:
            return 1.0, 1.0
        m, odd = divmod(n, 2)
        if odd:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0

    return min(1.0, front * _fraction(step))


def _fraction(step: Callable[[int], tuple[float, float]]) -> float:
    """Return a continued fraction by Lentz's method; `step` gives its numerators and denominators."""
    value, c, d = _TINY, _TINY, 0.0
    for n in range(100_000):
        above, below = step(n)
        d = below + above * d
        c = below + above / c
        d = 1 / (d or _TINY)
        c = c or _TINY
        value *= c * d
        if n and abs(c * d - 1) < _CLOSE:
            break
    return value


def _quantile(share: Callable[[float], float], wanted: float, high: float, bounded: bool = False) -> float:
    """Return where a rising function reaches a value, by halving."""
    low = 0.0
    while not bounded and share(high) < wanted:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in {low, high} or high - low < _NEAR * high:
            break
        if share(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
