"""How a question shows in a language: the data of `sense/questions.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tqcheck.text.words import WORD

# A question mark of any script that ends words, not one in an address or a pattern.
MARK = re.compile(r"(?<=[\w”’\"'»)\]%…!?.])[ \u00a0\u202f]?([?？؟⁇⁈⁉]+)(?![A-Za-z0-9/&=])")


# So many words into a sentence its interrogative stands at the latest.
_OPENING = 3


@dataclass(frozen=True)
class Questions:
    """The words of one language that may make a question, or tell one, without a question mark."""

    polar: frozenset[str]
    words: frozenset[str]
    spaced: bool

    def may_ask(self, text: str, polar: bool) -> bool:
        """True where a text without a question mark may still ask something: for yes or no, or at all."""
        return self._holds(text, self.polar if polar else self.polar | self.words)

    def is_polar(self, text: str) -> bool:
        """True where a question has no interrogative, so that the answer is yes or no."""
        if self.spaced:
            text = " ".join(text.split(maxsplit=_OPENING)[:_OPENING])
        return not self._holds(text, self.words)

    def _holds(self, text: str, words: frozenset[str]) -> bool:
        text = text.lower().replace("’", "'")
        if not self.spaced:
            # A particle that ends a sentence ends a headline without a stop as well.
            ended = text.rstrip() + "。"
            return any(word in ended for word in words)
        found = (m.group() for m in WORD.finditer(text))
        return any(word in words or word.rpartition("'")[2] in words for word in found)


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = (resources.files("tqcheck.languages") / "sense" / "questions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def questions(tag: str) -> Questions | None:
    """Return how a question shows in a language, None where it is not written down."""
    data = _data().get(tag.partition("-")[0])
    if data is None:
        return None
    return Questions(frozenset(data["polar"].split()), frozenset(data["words"].split()), data.get("spaced", True))
