"""What the report says of each stretch of the target beside its original."""

from __future__ import annotations

import math

from tqcheck.bitext import Bitext
from tqcheck.model import Segment, Span
from tqcheck.text.words import count
from tqcheck.witnesses.forms import strangeness
from tqcheck.witnesses.risk import risks
from tqcheck.witnesses.wording import awkwardness

# What adds less than this to the log-odds (a tenth more risk) is no reason worth telling.
_TOLD = 0.1
# What one unit of awkwardness, and of strange forms, takes from a sentence. More says less: it tells slips of
# grammar, and hides what is critical.
_AWKWARD, _STRANGE = 0.02, 0.0075


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
    expected by the risks, and a little of those in an awkward one, or one whose tense is another; 0 where no risk is
    known."""
    weak = {
        pair.target: _AWKWARD * awkward + _STRANGE * strange
        for pair, awkward, strange in zip(
            bitext.matched, bitext.once(awkwardness), bitext.once(strangeness), strict=True
        )
    }
    total = lost = 0.0
    for segment in found:
        words = count(bitext.target.text[segment.start : segment.end])
        total += words
        if segment.risk is not None:
            kept = math.exp(-weak.get(Span(segment.start, segment.end), 0.0))
            lost += words * (1.0 - (1.0 - segment.risk) * kept)
    return lost / total if total else 0.0
