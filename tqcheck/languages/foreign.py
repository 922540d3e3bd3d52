"""In which other language a word is at home, by word frequencies of the same script."""

from __future__ import annotations

from functools import cache, lru_cache

from tqcheck.languages.frequency import frequencies

# Languages with wordfreq's large lists, by script: small lists hold the commonest words alone and
# cannot tell where a word is unknown.
_LARGE = {
    "Latn": ("en", "fr", "es", "de", "it", "pt", "nl", "pl", "cs", "sv", "ca", "nb", "fi"),
    # English words stand in Cyrillic texts as the original left them.
    "Cyrl": ("ru", "uk", "mk", "en"),
}
# Written so alike that a word of one is no stranger in the other.
_KIN = ({"es", "pt", "ca", "gl"}, {"nb", "nn", "no", "da", "sv"}, {"cs", "sk"}, {"mk", "bg", "sr"})


# Languages that write every noun with a capital, so that one makes no name.
NOUN_CAPITALS = frozenset({"de", "lb"})

# First and last letter of each script that has such lists.
SCRIPTS = {"Latn": ("a", "\u024f"), "Cyrl": ("\u0400", "\u04ff")}


@cache
def candidates(base: str, script: str) -> tuple[str, ...]:
    """Return the languages with large lists in `script` that are no kin of `base`."""
    kin: set[str] = set().union(*(group for group in _KIN if base in group))
    return tuple(other for other in _LARGE.get(script, ()) if other != base and other not in kin)


@lru_cache(maxsize=50_000)
def home(word: str, base: str, script: str) -> tuple[str, float]:
    """Return the language in which the case-folded `word` is commonest, with its Zipf value there."""
    best = max(
        ((frequencies(other, common=True).zipf(word), other) for other in candidates(base, script)), default=(0.0, "")
    )
    return best[1], best[0]


def has_large_list(base: str) -> bool:
    """True where a word that the list lacks is rare indeed."""
    return any(base in group for group in _LARGE.values())
