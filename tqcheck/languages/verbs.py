"""Tense, aspect and the sex of pronouns in a sentence, by closed classes of words (`sense/verbs.toml`)."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

# A word with an ending is at least so long: red and king have none.
_SHORTEST = 5
# A participle follows its auxiliary at once, or with one word between: has also said.
_REACH = 2


class Forms(NamedTuple):
    """What the verbs and pronouns of a sentence say, each from 0 to 1; None where nothing says it.

    past, present  shares of the finite verbs
    future         1 where one of them is in the future
    progressive, perfect  1 where there is such a form
    feminine       share of she among the pronouns that tell a sex
    """

    past: float | None
    present: float | None
    future: float | None
    progressive: float
    perfect: float
    feminine: float | None


@dataclass(frozen=True)
class Verbs:
    """The words of one language that show its forms; see `sense/verbs.toml`."""

    past: frozenset[str]
    present: frozenset[str]
    future: frozenset[str]
    modal: frozenset[str]
    participles: frozenset[str]
    irregular: frozenset[str]
    ending: str
    going: str
    be: frozenset[str]
    have: frozenset[str]
    subjects: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]

    def forms(self, words: Sequence[str]) -> Forms:
        """Return what the words of a sentence say, in order."""
        said = list(self._parts(words))
        counts = Counter(self._kind(word, said[max(0, at - _REACH) : at]) for at, word in enumerate(said))
        finite = counts["past"] + counts["present"] + counts["future"] + counts["modal"]
        pronouns = counts["feminine"] + counts["masculine"]
        return Forms(
            past=counts["past"] / finite if finite else None,
            present=counts["present"] / finite if finite else None,
            future=float(counts["future"] > 0) if finite else None,
            progressive=float(counts["progressive"] > 0),
            perfect=float(counts["perfect"] > 0),
            feminine=counts["feminine"] / pronouns if pronouns else None,
        )

    def _kind(self, word: str, before: Sequence[str]) -> str | None:
        """Return what a word says of the sentence, behind the words `before`."""
        for kind in ("past", "present", "future", "modal", "feminine", "masculine"):
            if word in getattr(self, kind):
                return kind
        if word == "'s" and before and before[-1] in self.subjects:
            return "present"
        after_be = not self.be.isdisjoint(before)
        if word.endswith(self.going) and len(word) >= _SHORTEST and after_be:
            return "progressive"
        regular = word.endswith(self.ending) and len(word) >= _SHORTEST
        if not (regular or word in self.irregular or word in self.participles):
            return None
        if not self.have.isdisjoint(before):
            return "perfect"
        # Not “was arrested”, which “was” has told of already.
        return "past" if word in self.irregular or (regular and not after_be) else None

    def _parts(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the words in lower case, what is written together apart: it's, we'll."""
        for word in words:
            form = word.lower().replace("’", "'")
            head, apostrophe, tail = form.partition("'")
            if not apostrophe or form in self.past or form in self.present or form in self.future or form in self.modal:
                yield form
            else:
                yield head
                yield "'" + tail


def verbs(tag: str) -> Verbs | None:
    """Return the words that show the forms of a language, None where they are not written down."""
    return _verbs(tag.partition("-")[0])


@cache
def _verbs(base: str) -> Verbs | None:
    text = (resources.files("tqcheck.languages") / "sense" / "verbs.toml").read_text(encoding="utf-8")
    data: dict[str, str] | None = tomllib.loads(text).get(base)
    if data is None:
        return None
    groups = {key: frozenset(words.split()) for key, words in data.items() if key not in {"ending", "going"}}
    return Verbs(ending=data["ending"], going=data["going"], **groups)
