"""The quality score of an article, 0–100, from MQM penalties.

Each finding costs its severity weight (minor 1, major 5, critical 25: the MQM scoring model,
https://themqm.org/error-types-2/the-mqm-scoring-models/) times the weight of its confidence
(high 1, medium .8, low .1: about the share of such findings that are true). With P the penalty per
100 words and L the share of the words that stand in critically mistranslated sentences, to be expected
by the risks of the aligned pairs (0 without a source),

    score = 100 · exp(−P / 25) · (1 − L)

Texts shorter than 25 words are counted as 25, so that one comma does not condemn a headline.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from tqcheck.model import Confidence, Finding, Severity

SEVERITY_WEIGHT = {Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}
CONFIDENCE_WEIGHT = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.8, Confidence.LOW: 0.1}
_SCALE = 25.0
_SHORTEST = 25


def score(findings: Iterable[Finding], words: int, loss: float = 0.0) -> float:
    """Return the score of an article of `words` words, not rounded; 100 where nothing was found.

    `loss` is the expected share (0 to 1) of critically mistranslated words, 0 without a source.
    """
    penalty = sum(SEVERITY_WEIGHT[f.severity] * CONFIDENCE_WEIGHT[f.confidence] for f in findings)
    return 100.0 * math.exp(-penalty * 100 / max(words, _SHORTEST) / _SCALE) * (1.0 - loss)
