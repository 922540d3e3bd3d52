"""Rates of findings and what became of them: a change is told only where chance would hardly make one.

Findings come in clusters: one bad article may hold thirty. Taken as thirty independent events they would make every
interval too short. So counts and words are divided by the dispersion of the articles (Pearson's χ² over its degrees
of freedom, at least 1: McCullagh and Nelder, Generalized Linear Models, 1989, §4.5 and §6.2) before the exact limits
are taken. Where many feeds or rules are compared, some would differ by chance: the chances are adjusted by Benjamini
and Hochberg (Journal of the Royal Statistical Society B 57, 1995) before one is called worse or better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tqcheck.audit.exact import chance, count_limits, ratio_limits

PER = 10_000
# Below this adjusted chance a change is told as one.
LEVEL = 0.05
# With fewer articles on a side nobody can tell how much they differ among themselves.
FEWEST = 3

WORSE, BETTER, UNCLEAR, TOO_LITTLE = "worse", "better", "unclear", "too little"


@dataclass(frozen=True, slots=True)
class Sample:
    """Articles that were checked: how many, their words, their findings, and the sum of findings² / words over them."""

    articles: int = 0
    words: int = 0
    findings: int = 0
    squares: float = 0.0

    def __add__(self, other: Sample) -> Sample:
        return Sample(
            self.articles + other.articles,
            self.words + other.words,
            self.findings + other.findings,
            self.squares + other.squares,
        )

    @property
    def rate(self) -> float | None:
        """Findings per 10,000 words; None where there are no words."""
        return PER * self.findings / self.words if self.words else None

    @property
    def spread(self) -> float:
        """Pearson's χ² of the articles about their common rate."""
        return max(0.0, self.squares * self.words / self.findings - self.findings) if self.findings else 0.0


@dataclass(frozen=True, slots=True)
class Rate:
    """A sample with its rate per 10,000 words and the limits of 95 %."""

    sample: Sample
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """From an old sample to a new one: the ratio of their rates, its limits, and what may be said of it.

    `ratio` and `high` are None where the old sample held no finding; `chance` is adjusted for the number of
    comparisons.
    """

    old: Rate
    new: Rate
    ratio: float | None
    low: float | None
    high: float | None
    chance: float
    verdict: str


def rate(sample: Sample) -> Rate:
    """Return the rate of a sample with its limits."""
    if not sample.words:
        return Rate(sample, None, None, None)
    spread = dispersion(sample)
    low, high = count_limits(sample.findings / spread)
    scale = PER * spread / sample.words
    return Rate(sample, sample.rate, low * scale, high * scale)


def dispersion(*samples: Sample) -> float:
    """Return how much more the articles of some samples differ than chance makes them, at least 1."""
    free = sum(sample.articles - 1 for sample in samples)
    return max(1.0, math.fsum(sample.spread for sample in samples) / free) if free > 0 else 1.0


def change(old: Sample, new: Sample) -> Change | None:
    """Return what became of a rate; None where a side has no words. See `judged` for the verdict of several."""
    if not old.words or not new.words:
        return None
    spread = dispersion(old, new)
    counts = (new.findings / spread, new.words / spread, old.findings / spread, old.words / spread)
    low, high = ratio_limits(*counts) if new.findings or old.findings else (0.0, math.inf)
    ratio = (new.findings / new.words) / (old.findings / old.words) if old.findings else None
    found = Change(rate(old), rate(new), ratio, low, high if math.isfinite(high) else None, chance(*counts), UNCLEAR)
    return judged([found])[0]


def judged(changes: Sequence[Change | None]) -> list[Change | None]:
    """Return changes that are looked at together with their adjusted chances and verdicts.

    The chances must be those of each change alone, as `change` gives them.
    """
    told = [n for n, one in enumerate(changes) if one is not None and _enough(one)]
    chances = {n: one.chance for n in told if (one := changes[n]) is not None}
    result = list(changes)
    least, rank = 1.0, len(told)
    for n in sorted(told, key=lambda n: chances[n], reverse=True):
        least = min(least, chances[n] * len(told) / rank)
        rank -= 1
        one = changes[n]
        assert one is not None
        result[n] = replace(one, chance=least, verdict=_verdict(one, least))
    return [one if one is None or _enough(one) else replace(one, verdict=TOO_LITTLE) for one in result]


def _enough(one: Change) -> bool:
    return min(one.old.sample.articles, one.new.sample.articles) >= FEWEST


def _verdict(one: Change, adjusted: float) -> str:
    if adjusted >= LEVEL:
        return UNCLEAR
    return WORSE if (one.new.value or 0) > (one.old.value or 0) else BETTER
