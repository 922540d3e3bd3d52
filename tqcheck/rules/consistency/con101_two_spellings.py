"""CON101 two-spellings."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from tqcheck.model import Category, Severity
from tqcheck.rules.base import Context, Draft, example, rule
from tqcheck.text.case import is_capitalised
from tqcheck.text.words import Word

_SHORTEST = 5
# Letters that romanisations of one name differ in: Zelensky, Zelenskyy, Zelenskiy; Gaddafi, Qaddafi.
_SAME = (
    *(("kh", "h"), ("gh", "h"), ("sch", "s"), ("tch", "s"), ("sh", "s"), ("ch", "s"), ("ph", "f")),
    *(("ck", "k"), ("q", "k"), ("c", "k"), ("w", "v"), ("y", "i"), ("j", "i")),
    *(("iu", "u"), ("ou", "u"), ("oe", "o"), ("ae", "a"), ("ue", "u")),
)
_APOSTROPHE = re.compile("['’]")
_DOUBLE = re.compile(r"(.)\1+")


@rule(
    "CON101",
    "two-spellings",
    Category.CONSISTENCY,
    Severity.MINOR,
    needs=("record", "cased", "spaced"),
    examples=(
        example("en", "Then Zelensky spoke. Later Zelensky left, but ⟦Zelenskyy⟧ had won."),
        example("fr", "Puis Kadyrov a parlé. Ensuite Kadyrov est parti, mais ⟦Kadirov⟧ avait gagné."),
        example("en", "Then Zelensky spoke. Later Zelensky left with the Zelenskys."),
        example("en", "We asked Tina Meier and John Meyer, and again Tina Meier."),
        example("pt", "Depois Mário Centeno citou Mário Soares e Mario Draghi."),
        example("pl", "Wtedy Putin mówił. Potem bez Putina i z Putinem."),
    ),
)
def two_spellings(ctx: Context) -> Iterator[Draft]:
    """One name is spelled in two ways in one article.

    Why: the reader takes one person or place for two.
    When it is wrong: two people whose names differ by a letter; they are told apart by the names
    before and after them (Mário Soares, Mario Draghi).
    Norm: consistency within one article.
    """
    groups: dict[str, dict[str, list[Word]]] = defaultdict(dict)
    starts = ctx.sentence_starts
    for text, places in ctx.vocabulary.items():
        if len(text) < _SHORTEST or not text[0].isupper():
            continue
        name = text if text.isalpha() else _APOSTROPHE.split(text)[0]
        if len(name) < _SHORTEST or not is_capitalised(name) or not name.isalpha():
            continue
        if any(w.start not in starts for w in places):
            groups[_folded(name)].setdefault(name, []).extend(places)
    for forms in groups.values():
        # Words of the dictionary vary by themselves: Minister, Ministers.
        if len(forms) != 2 or any(ctx.is_ordinary(name.lower()) for name in forms):
            continue
        (minor, few), (major, many) = sorted(forms.items(), key=lambda item: (len(item[1]), item[0]))
        if len(many) < 2 or len(few) >= len(many) or _inflected(minor, major) or _different_people(ctx, few, many):
            continue
        # The form that people write is right, however often the article has the other one.
        better = ctx.frequencies.zipf(minor.lower()) > ctx.frequencies.zipf(major.lower())
        for word in few:
            message = f"The article writes this name “{major}” elsewhere."
            replacement = None if better else major
            yield ctx.draft(word.start, word.start + len(minor), message, replacement, times=len(many))


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    plain = name.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    for letters, letter in _SAME:
        plain = plain.replace(letters, letter)
    return _DOUBLE.sub(r"\1", plain)


def _inflected(one: str, other: str) -> bool:
    """True where the forms differ only by an ending of one vowel or s, as a case or plural does."""
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) and longer[len(shorter) :] in {"s", "a", "e", "i", "o", "u", "es"}


def _different_people(ctx: Context, few: list[Word], many: list[Word]) -> bool:
    """True where different capitalised words stand before the two forms, or after them."""

    def surnames(places: list[Word]) -> set[str]:
        found = set()
        for word in places:
            at = bisect_left(ctx.words, word) + 1
            if (
                at < len(ctx.words)
                and ctx.text[word.end : ctx.words[at].start] == " "
                and ctx.words[at].text[0].isupper()
            ):
                found.add(ctx.words[at].text)
        return found

    def first_names(places: list[Word]) -> set[str]:
        found = set()
        for word in places:
            at = bisect_left(ctx.words, word) - 1
            if at < 0 or ctx.text[ctx.words[at].end : word.start] != " ":
                continue
            before = ctx.words[at].text
            # Titles and first words of sentences (President, Then) are no first names.
            if (
                before[0].isupper()
                and not ctx.is_ordinary(before.lower())
                and ctx.words[at].start not in ctx.sentence_starts
            ):
                found.add(before)
        return found

    sides = ((side(few), side(many)) for side in (first_names, surnames))
    return any(one and other and not one & other for one, other in sides)
