"""Words that always lead on to another word, so that no mark may follow them.

Articles and their fusions with prepositions; prepositions where the language never strands them.
Only words that are nothing else: no pronoun, adverb or note of the scale among them.
"""

from __future__ import annotations

from functools import cache

_LEADING = {
    "en": "the an my your our their every",
    "fr": "du aux ces cet mes nos vos",
    "de": "zum zur beim vom im ins",
    "es": "el del al sus mis",
    "it": "il del della dei degli nel nella nei alla dalla dal sulla",
    "pt": "do dos ao aos pelo pela",
    "nl": "de",
    "pl": "dla przy",
    "ru": "для при из",
    "uk": "для при від",
}


@cache
def leading(base: str) -> frozenset[str]:
    """Return the leading words of a language, by its primary subtag."""
    return frozenset(_LEADING.get(base, "").split())
