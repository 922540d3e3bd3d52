"""In which other language a word is at home, by word frequencies of the same script."""

from __future__ import annotations

from functools import cache, lru_cache

from tqcheck.languages.frequency import frequencies

# Languages with wordfreq's large lists, by script: small lists hold the commonest words alone and
# cannot tell where a word is unknown.
_LARGE = {
    "Latn": ("en", "fr", "es", "de", "it", "pt", "nl", "pl", "cs", "sv", "ca", "nb", "fi"),
    "Cyrl": ("ru", "uk", "mk"),
}
# Written so alike that a word of one is no stranger in the other.
_KIN = ({"es", "pt", "ca", "gl"}, {"nb", "nn", "no", "da", "sv"}, {"cs", "sk"}, {"mk", "bg", "sr"})


@cache
def _others(base: str, script: str) -> tuple[str, ...]:
    kin: set[str] = set().union(*(group for group in _KIN if base in group))
    return tuple(other for other in _LARGE.get(script, ()) if other != base and other not in kin)


@lru_cache(maxsize=50_000)
def home(word: str, base: str, script: str) -> tuple[str, float]:
    """Return the language in which the case-folded `word` is commonest, with its Zipf value there."""
    best = max(((frequencies(other).zipf(word), other) for other in _others(base, script)), default=(0.0, ""))
    return best[1], best[0]


def has_large_list(base: str) -> bool:
    """True where a word that the list lacks is rare indeed."""
    return any(base in group for group in _LARGE.values())
