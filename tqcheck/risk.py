"""What the report says of each stretch of the target beside its original."""

from __future__ import annotations

from tqcheck.bitext import Bitext
from tqcheck.model import Segment
from tqcheck.text.words import count
from tqcheck.witnesses.risk import risks

# What adds less than this to the log-odds (a tenth more risk) is no reason worth telling.
_TOLD = 0.1


def segments(bitext: Bitext) -> list[Segment]:
    """Return the target's stretches in order, with their originals, similarity and risk."""
    assessed = bitext.once(risks)
    by_target = {} if assessed is None else dict(zip((p.target for p in bitext.matched), assessed, strict=True))
    found = []
    for pair in bitext.pairs:
        if pair.target is None:
            continue
        risk = by_target.get(pair.target)
        reasons = {} if risk is None else {name: gave for name, gave in risk.reasons.items() if abs(gave) >= _TOLD}
        found.append(
            Segment(
                pair.target.start,
                pair.target.end,
                pair.source,
                pair.similarity,
                None if risk is None else risk.probability,
                reasons,
            )
        )
    return found


def expected_loss(bitext: Bitext, found: list[Segment]) -> float:
    """Return the share of the target's words that stand in a critically wrong pair, to be expected
    by the risks: 0 where no risk is known."""
    weights = [(count(bitext.target.text[s.start : s.end]), s.risk) for s in found]
    total = sum(words for words, _risk in weights)
    return sum(words * (risk or 0.0) for words, risk in weights) / total if total else 0.0
