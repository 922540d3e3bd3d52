"""One calibrated probability for each aligned pair that it is a critical mistranslation."""

from __future__ import annotations

from collections.abc import Sequence

from tqcheck.bitext import Bitext
from tqcheck.model import Finding, Segment


def segments(bitext: Bitext, findings: Sequence[Finding]) -> list[Segment]:
    """Return the target's stretches with their originals, similarity and risk."""
    found = []
    for pair in bitext.pairs:
        if pair.target is not None:
            risk = None if pair.similarity is None else min(1.0, max(0.0, 1.0 - pair.similarity))
            found.append(Segment(pair.target.start, pair.target.end, pair.source, pair.similarity, risk))
    return found
