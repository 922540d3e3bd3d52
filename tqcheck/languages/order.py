"""Neighbours that no order of words allows: the data of `sense/order.toml`."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tqcheck.model import Span
from tqcheck.text.words import Word

_ENDS = frozenset(",.;!?")


@dataclass(frozen=True)
class Order:
    """What may not follow what in one language: for each word, the words that cannot come next."""

    never: dict[str, frozenset[str]]
    last: frozenset[str]

    def breaches(self, text: str, words: Sequence[Word]) -> list[Span]:
        """Return the pairs of neighbours that cannot stand so, and words before a mark that they need to be parted by.

        `words` are those of one sentence of `text`.
        """
        found = []
        for word, after in itertools.pairwise(words):
            gap = text[word.end : after.start]
            if (
                gap == " "
                and after.text in self.never.get(word.text.lower(), ())
                and text[after.end : after.end + 1] != "-"
            ):
                found.append(Span(word.start, after.end))
        for word in words:
            mark = text[word.end : word.end + 1]
            if (
                mark in _ENDS
                and mark
                and word.text in self.last
                and text[word.end + 1 : word.end + 2] in {"", " ", '"', "”"}
            ):
                found.append(Span(word.start, word.end + 1))
        return sorted(found)


@cache
def order(tag: str) -> Order | None:
    """Return what may not follow what in a language, None where it is not written down."""
    text = (resources.files("tqcheck.languages") / "sense" / "order.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text).get(tag.partition("-")[0])
    if data is None:
        return None
    never: dict[str, frozenset[str]] = {}
    for entry in data["never"]:
        for word in entry["first"].split():
            never[word] = never.get(word, frozenset()) | frozenset(entry["then"].split())
    return Order(never, frozenset(data["last"].split()))
