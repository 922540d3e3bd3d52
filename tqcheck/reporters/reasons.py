"""Why a pair of sentences is doubted, in an editor's words."""

from __future__ import annotations

from collections.abc import Mapping

# What each witness says when it speaks against a pair.
_WORDS = {
    "similarity": "the meanings lie far apart",
    "source-covered": "words of the original find no counterpart",
    "source-lost": "words of the original find no counterpart",
    "source-word-lost": "a telling word of the original finds no counterpart",
    "target-covered": "words of the translation find no counterpart",
    "target-lost": "words of the translation find no counterpart",
    "target-word-lost": "a telling word of the translation finds no counterpart",
    "source-gap": "a stretch of the original finds no counterpart",
    "target-gap": "a stretch of the translation finds no counterpart",
    "source-word": "a telling word of the original finds no counterpart",
    "target-word": "a telling word of the translation finds no counterpart",
    "source-run": "a stretch of the original finds no counterpart",
    "target-run": "a stretch of the translation finds no counterpart",
    "short": "the translation is much shorter",
    "long": "the translation is much longer",
    "loops": "the translation repeats itself",
    "echoes": "the translation repeats itself",
    "same": "words of the original stand untranslated",
    "numbers": "the numbers differ",
    "names": "the names differ",
    "copied": "words of the original stand untranslated",
    "negation": "one side denies what the other says",
    "question": "one side asks, the other does not",
    "gender": "he and she are exchanged",
    "opposites": "one side says the opposite",
    "order": "the order of the words is broken",
}
# The reasons told at most; each must have added this much to the log-odds.
_MOST, _LEAST = 2, 0.3


def because(reasons: Mapping[str, float]) -> str:
    """Return the strongest reasons as words, joined by semicolons; empty where there is none."""
    told: list[str] = []
    for name, gave in sorted(reasons.items(), key=lambda item: -item[1]):
        words = _WORDS.get(name)
        if gave >= _LEAST and words is not None and words not in told:
            told.append(words)
    return "; ".join(told[:_MOST])
