"""Which other language the words of a sentence are at home in."""

from __future__ import annotations

from tqcheck.languages.foreign import SCRIPTS, candidates
from tqcheck.languages.frequency import frequencies
from tqcheck.languages.loader import load

# The words must be this much commoner in the other language, on average, and common there.
_GAP, _COMMON = 1.2, 4.0


def other_language(forms: list[str], base: str) -> str | None:
    """Return the language that the words are at home in, None where it may be the article's own."""
    here = list(map(frequencies(base).zipf, forms))
    best: tuple[float, str] | None = None
    # The longest word that the article's language knows: it refutes most of the others by itself.
    _known, _length, value, longest = max((h > _GAP, len(form), h, form) for form, h in zip(forms, here, strict=True))
    for tag in candidates(base, _script(forms)):
        zipf = frequencies(tag, common=True).zipf
        if zipf(longest) - value <= -_GAP:
            continue
        there = list(map(zipf, forms))
        gains = [t - h for t, h in zip(there, here, strict=True)]
        # One word that only the article's own language writes refutes the rest.
        if sum(there) >= _COMMON * len(forms) and min(gains) > -_GAP and sum(gains) >= _GAP * len(forms):
            best = max(best or (0.0, ""), (sum(gains), tag))
    if best is None:
        return None
    other = best[1]
    function = load(other).words.function
    zipf = frequencies(other, common=True).zipf
    seen = sum(form in function if function else zipf(form) >= 6 for form in forms)
    return other if seen >= 2 else None


def _script(forms: list[str]) -> str:
    return max(SCRIPTS, key=lambda script: sum(SCRIPTS[script][0] <= form[0] <= SCRIPTS[script][1] for form in forms))
