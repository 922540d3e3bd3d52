"""One calibrated probability for each aligned pair that it is a critical mistranslation.

An additive logistic model: each number of `evidence` goes through its own piecewise-linear curve,
and the curves are added up to log-odds (a generalised additive model; Hastie and Tibshirani 1986,
doi:10.1214/ss/1177013604). So what each witness gave can be told. Knots and slopes are in `risk.json`,
written by scripts/train_risk.py.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tqcheck.bitext import Bitext
from tqcheck.witnesses.evidence import Evidence, evidence


@dataclass(frozen=True, slots=True)
class Risk:
    """The probability, and by witness what it added to the log-odds of an ordinary pair."""

    probability: float
    reasons: dict[str, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A piecewise-linear function: its slope from the start, and how the slope changes at each knot;
    0 at `origin`, the value of an ordinary pair."""

    origin: float
    slope: float
    bends: tuple[tuple[float, float], ...]

    def __call__(self, value: float) -> float:
        """Return what a value adds to the log-odds."""
        return self._height(value) - self._height(self.origin)

    def _height(self, value: float) -> float:
        return self.slope * value + sum(bend * max(0.0, value - knot) for knot, bend in self.bends)


@dataclass(frozen=True, slots=True)
class Model:
    """The log-odds of an ordinary pair, and a curve for each witness."""

    base: float
    curves: dict[str, Curve]

    def assess(self, found: Evidence) -> Risk:
        """Return the risk of a pair with this evidence."""
        reasons = {name: curve(found.get(name, curve.origin)) for name, curve in self.curves.items()}
        odds = self.base + sum(reasons.values())
        return Risk(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds)))), reasons)


def risks(bitext: Bitext) -> list[Risk] | None:
    """Return one risk a pair of `bitext.matched`, None where no encoder knows both languages."""
    found = bitext.once(evidence)
    return None if found is None else [model().assess(one) for one in found]


@cache
def model() -> Model:
    """Return the model that the package ships."""
    data = json.loads((resources.files("tqcheck.witnesses") / "risk.json").read_text(encoding="utf-8"))
    curves = {
        name: Curve(curve["origin"], curve["slope"], tuple((knot, bend) for knot, bend in curve["bends"]))
        for name, curve in data["curves"].items()
    }
    return Model(data["base"], curves)
