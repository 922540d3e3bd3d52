"""An additive logistic model: a curve for each witness, added up to log-odds.

Each number of `evidence` goes through its own piecewise-linear curve (a generalised additive model;
Hastie and Tibshirani 1986, doi:10.1214/ss/1177013604). So what each witness gave can be told. Knots
and slopes are data, written by scripts/train_risk.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tqcheck.witnesses.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Curve:
    """A piecewise-linear function: its slope from the start, and how the slope changes at each knot;
    0 at `origin`, the value of an ordinary pair."""

    origin: float
    slope: float
    bends: tuple[tuple[float, float], ...]
    ground: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ground", self._height(self.origin))

    def __call__(self, value: float) -> float:
        """Return what a value adds to the log-odds."""
        return self._height(value) - self.ground

    def _height(self, value: float) -> float:
        bent = 0.0
        for knot, bend in self.bends:
            if value > knot:
                bent += bend * (value - knot)
        return self.slope * value + bent


@dataclass(frozen=True, slots=True)
class Model:
    """The log-odds of an ordinary pair, and a curve for each witness."""

    base: float
    curves: dict[str, Curve]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Model:
        """Return the model of a table as the training script writes it."""
        curves = {
            name: Curve(curve["origin"], curve["slope"], tuple((knot, bend) for knot, bend in curve["bends"]))
            for name, curve in data["curves"].items()
        }
        return cls(data["base"], curves)

    def reasons(self, found: Evidence) -> dict[str, float]:
        """Return what each witness adds to the log-odds of an ordinary pair."""
        return {name: curve(found[name]) if name in found else 0.0 for name, curve in self.curves.items()}

    def odds(self, found: Evidence) -> float:
        """Return the log-odds of a pair with this evidence."""
        return self.base + sum(self.reasons(found).values())


def probability(odds: float) -> float:
    """Return the probability that log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
