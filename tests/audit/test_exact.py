"""The intervals against their definitions, summed up term by term, and against published tables."""

from __future__ import annotations

import math

import pytest

from tqcheck.audit.exact import chance, count_limits, ratio_limits, share_limits


def poisson_at_most(count: int, mean: float) -> float:
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))


def binomial_at_least(count: int, of: int, share: float) -> float:
    return math.fsum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1))


@pytest.mark.parametrize("count", [0, 1, 2, 7, 30, 250])
def test_limits_of_a_count_are_where_the_tails_are_a_fortieth(count: int) -> None:
    low, high = count_limits(count)
    assert poisson_at_most(count, high) == pytest.approx(0.025, rel=1e-6)
    if count:
        assert 1 - poisson_at_most(count - 1, low) == pytest.approx(0.025, rel=1e-6)
    else:
        assert low == 0


@pytest.mark.parametrize(("one", "other"), [(0, 5), (3, 0), (1, 1), (4, 17), (40, 12), (100, 100)])
def test_limits_of_a_share_are_where_the_tails_are_a_fortieth(one: int, other: int) -> None:
    low, high = share_limits(one, other)
    if one:
        assert binomial_at_least(one, one + other, low) == pytest.approx(0.025, rel=1e-6)
    if other:
        assert 1 - binomial_at_least(one + 1, one + other, high) == pytest.approx(0.025, rel=1e-6)
    assert (low == 0) == (one == 0)
    assert (high == 1) == (other == 0)


def test_published_values() -> None:
    # Garwood's table: 95 % limits for 10 events. Clopper and Pearson: 81 of 263 gives .2527 to .3676.
    assert count_limits(10) == pytest.approx((4.795, 18.390), abs=5e-4)
    assert share_limits(81, 182) == pytest.approx((0.2527, 0.3676), abs=5e-5)


def test_a_ratio_and_its_chance_agree() -> None:
    # The interval leaves 1 out just where both tails together are below 5 %.
    for new in range(30):
        low, high = ratio_limits(new, 2000, 8, 3000)
        assert (low > 1 or high < 1) == (chance(new, 2000, 8, 3000) < 0.05)
    assert ratio_limits(3, 100, 0, 100)[1] == math.inf
    assert chance(0, 100, 0, 100) == 1
    assert chance(5, 500, 5, 500) == 1


def test_large_counts_stay_finite_and_quick() -> None:
    low, high = ratio_limits(400_000, 1e9, 390_000, 1e9)
    assert 1.021 < low < 400_000 / 390_000 < high < 1.031
    assert count_limits(1e6)[0] == pytest.approx(1e6 - 1.96e3, rel=1e-4)
