"""Which of two translations of a sentence one would take: what is too weak for a finding, and for a risk.

A model of the same kind as the risk (see `additive.py`), fitted to pairs of translations of one original of which
one has a fault planted (scripts/train_risk.py): its value means little by itself, and that of two translations
of the same sentence tells which one is the worse. Beside the evidence of the risk it knows how awkwardly the words
go together and which forms are strange. It moves the score a little (see docs/score.md).
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from tqcheck.bitext import Bitext
from tqcheck.witnesses.additive import Model, probability
from tqcheck.witnesses.evidence import Evidence, evidence
from tqcheck.witnesses.forms import strangeness
from tqcheck.witnesses.wording import awkwardness

# Log-odds are halved: even a translation with several faults is not as bad as can be.
_SOFT = 0.5


def doubts(bitext: Bitext) -> list[float] | None:
    """Return one number from 0 to 1 for each pair of `bitext.matched`, 0.5 for an ordinary one and greater for a worse
    one; None where no encoder knows both languages."""
    found = bitext.once(details)
    return None if found is None else [probability(_SOFT * model().odds(one)) for one in found]


def details(bitext: Bitext) -> list[Evidence] | None:
    """Return the evidence of the risk and what is too weak for it."""
    found = bitext.once(evidence)
    if found is None:
        return None
    rows = zip(found, bitext.once(strangeness), bitext.once(awkwardness), strict=True)
    return [{**told, **strange, "awkward": awkward} for told, strange, awkward in rows]


@cache
def model() -> Model:
    """Return the model that the package ships."""
    return Model.of(json.loads((resources.files("tqcheck.witnesses") / "preference.json").read_text(encoding="utf-8")))
