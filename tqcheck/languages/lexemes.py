"""Which word forms a language has, from simplemma's dictionaries.

A word list tells a rare word from a misspelling, which a frequency cannot: “toe” is rarer than
“the”, “adn” than “and”. simplemma (MIT) is a dependency; its forms are kept packed in the user's
cache (see `store.py`).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache

from tqcheck.languages import installed
from tqcheck.languages.store import digest, find, stored

# Norwegian and the Serbo-Croatian standards go by other names there.
_ALIASES = {"no": "nb", "hr": "hbs", "sr": "hbs", "bs": "hbs"}
# A list of millions of generated forms (Polish) takes seconds to unpack, and knows too much.
_MOST = 1_500_000


class Lexemes:
    """The word forms of one language, in lower case."""

    def __init__(self, hashes: Sequence[int]) -> None:
        """Take the sorted hashes of the forms."""
        self._hashes = hashes

    def __contains__(self, word: str) -> bool:
        return find(self._hashes, word) >= 0

    def __bool__(self) -> bool:
        return len(self._hashes) > 0


@cache
def lexemes(tag: str) -> Lexemes:
    """Return the word forms of a language, empty where there is no dictionary of a fit size."""
    base = tag.partition("-")[0]
    base = _ALIASES.get(base, base)
    version = installed.version("simplemma")
    if version is None:
        return Lexemes(())
    return Lexemes(stored(f"lexemes-{base}-{version}", lambda: _pack(base)).cast("Q"))


def _pack(base: str) -> bytes:
    """Return the sorted hashes of the forms, 8 bytes each."""
    from simplemma.strategies.dictionaries import StreamDictionaryFactory

    try:
        forms = StreamDictionaryFactory().get_dictionary(base)
    except ValueError:
        return b""
    if len(forms) > _MOST:
        return b""
    hashes = array("Q", (digest(form.lower()) for form in forms))
    return array("Q", sorted(hashes)).tobytes()
