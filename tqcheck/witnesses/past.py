"""Is a word a verb in the past tense?"""

from __future__ import annotations

from tqcheck.context import Context

# What an ending is put on has so many letters at least.
_STEM = 3


def past(ctx: Context, word: str) -> bool:
    """True for a lower-case word that is surely, or by its ending, a verb in the past tense or its participle."""
    record = ctx.language.words
    if word in record.past:
        return True
    for ending in record.past_endings:
        if word.endswith(ending) and len(word) >= len(ending) + _STEM:
            stem, mute = word[: -len(ending)], word[: 1 - len(ending)]
            # Stopped, from stop.
            single = stem[:-1] if stem[-1] == stem[-2] else stem
            if ctx.is_ordinary(stem) or ctx.is_ordinary(mute) or ctx.is_ordinary(single):
                return True
    return False
