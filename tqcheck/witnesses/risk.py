"""One calibrated probability for each aligned pair that it is a critical mistranslation.

The model is in `risk.json`, written by scripts/train_risk.py (see `additive.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tqcheck.bitext import Bitext
from tqcheck.witnesses.additive import Model, probability
from tqcheck.witnesses.evidence import Evidence, evidence


@dataclass(frozen=True, slots=True)
class Risk:
    """The log-odds of a pair, and what each witness added to those of an ordinary one."""

    odds: float
    reasons: dict[str, float]

    @property
    def probability(self) -> float:
        """The calibrated risk, 0 to 1."""
        return probability(self.odds)


def risks(bitext: Bitext) -> list[Risk] | None:
    """Return one risk a pair of `bitext.matched`, None where no encoder knows both languages."""
    found = bitext.once(evidence)
    return None if found is None else [assess(model(), one) for one in found]


def assess(by: Model, found: Evidence) -> Risk:
    """Return the risk of a pair with this evidence."""
    return Risk(by.odds(found), by.reasons(found))


@cache
def model() -> Model:
    """Return the model that the package ships."""
    return Model.of(json.loads((resources.files("tqcheck.witnesses") / "risk.json").read_text(encoding="utf-8")))
