"""What the report says of each stretch of the target beside its original."""

from __future__ import annotations

from tqcheck.bitext import Bitext
from tqcheck.model import Segment, Span
from tqcheck.text.words import count
from tqcheck.witnesses.preference import doubts
from tqcheck.witnesses.risk import risks

# What adds less than this to the log-odds (a tenth more risk) is no reason worth telling.
_TOLD = 0.1
# What is doubtful about the wording takes at most this from a sentence: enough to tell two versions apart, too
# little to hide what is critical.
_WORDING = 0.05


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
    """Return the share of the target's words that is lost: those in a critically wrong pair, to be
    expected by the risks, and a little of those whose wording is doubtful (see `witnesses/preference.py`); 0 where no
    risk is known."""
    doubtful = bitext.once(doubts)
    by_target = {} if doubtful is None else dict(zip((p.target for p in bitext.matched), doubtful, strict=True))
    total = lost = 0.0
    for segment in found:
        words = count(bitext.target.text[segment.start : segment.end])
        total += words
        if segment.risk is not None:
            kept = 1.0 - _WORDING * by_target[Span(segment.start, segment.end)]
            lost += words * (1.0 - (1.0 - segment.risk) * kept)
    return lost / total if total else 0.0
