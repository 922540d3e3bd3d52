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
_WORDY = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True)
class Questions:
    """The words of one language that may make a question, or tell one, without a question mark."""

    polar: frozenset[str]
    words: frozenset[str]
    spaced: bool
    opens: frozenset[str] = frozenset()

    def may_ask(self, text: str, polar: bool) -> bool:
        """True where a text without a question mark may still ask something: for yes or no, or at all."""
        return self._holds(text, self.polar if polar else self.polar | self.words)

    def is_polar(self, text: str) -> bool:
        """True where a question is answered by yes or no: a word that opens such questions begins it, or a
        clause of it, or neither it nor its last clause has an interrogative.

        The interrogative may stand behind a clause of its own: “With all that, how could it be otherwise?”
        """
        begun = [_first(clause) in self.opens for clause in text.split(",")]
        if begun[0] or (not self._asks(text) and any(begun)):
            return True
        return not self._asks(text) and not self._asks(text[text.rfind(",") + 1 :])

    def _asks(self, text: str) -> bool:
        """True where an interrogative stands at the beginning."""
        if self.spaced:
            text = " ".join(text.split(maxsplit=_OPENING)[:_OPENING])
        return self._holds(text, self.words)

    def _holds(self, text: str, words: frozenset[str]) -> bool:
        text = text.lower().replace("’", "'")
        if not self.spaced:
            # A particle that ends a sentence ends a headline without a stop as well.
            ended = text.rstrip() + "。"
            return any(word in ended for word in words)
        found = (m.group() for m in WORD.finditer(text))
        return any(word in words or word.rpartition("'")[2] in words for word in found)


def _first(clause: str) -> str:
    """Return the first word of a clause, in lower case with a straight apostrophe."""
    word = _WORDY.search(clause)
    return "" if word is None else word.group().lower().replace("’", "'")


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
    polar, words, opens = (frozenset(data.get(key, "").split()) for key in ("polar", "words", "opens"))
    return Questions(polar, words, data.get("spaced", True), opens)
