"""What denies in a language: the data of `sense/negation.toml`, ready for look-ups."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, NamedTuple

from tqcheck.languages.lexemes import lexemes
from tqcheck.model import Span
from tqcheck.text.memo import remembered
from tqcheck.text.words import WORD

_NOTHING = re.compile(r"(?!)")
# From so many letters on, what follows a prefix can be a word of its own: un-able, not un-it.
_STEM = 4
# A shorter word has none by chance: Italian a-vere.
_WORD = 6


class Denials(NamedTuple):
    """Where a text denies: plainly, with another negative word, with a prefix, or with what may stand for one."""

    plain: list[Span]
    other: list[Span]
    prefixed: list[Span]
    loose: list[Span]


@dataclass(frozen=True)
class Negation:
    """The negative words of one language. All patterns are over lower-case text."""

    tag: str
    spaced: bool
    plain: re.Pattern[str]
    plain_prefixes: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    other: re.Pattern[str]
    closed: re.Pattern[str]
    loose: re.Pattern[str]
    prefixes: tuple[str, ...]
    loose_prefixes: tuple[str, ...]
    neutral: re.Pattern[str]
    none: re.Pattern[str]
    plain_less: tuple[str, ...]
    verb: str
    apart: frozenset[str]
    find: Callable[[str], Denials] = field(init=False, repr=False, compare=False)
    _kind_of: Callable[[str], int | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "find", remembered(self._find))
        object.__setattr__(self, "_kind_of", remembered(self._kind))

    def _find(self, text: str) -> Denials:
        """Return the negative words of a text, in order."""
        lowered = text.lower().replace("’", "'")
        if len(lowered) != len(text):  # a letter whose lower case is two: keep the offsets
            lowered = text
        lowered = _blanked(self.none, lowered)
        masked = _blanked(self.neutral, lowered)
        found = Denials([], [], [], [])
        if not self.spaced:
            for spans, pattern in ((found.plain, self.plain), (found.other, self.other), (found.loose, self.loose)):
                spans.extend(Span(*m.span()) for m in pattern.finditer(masked if spans is found.plain else lowered))
            return found
        taken: set[int] = set()
        for match in chain.from_iterable(pattern.finditer(masked) for pattern in self.patterns):
            found.plain.append(Span(*match.span(1)))
            # In “ne … pas” both words are one negation.
            taken.update(match.span())
        for match in WORD.finditer(lowered):
            span = Span(*match.span())
            if span.start not in taken and span.end not in taken:
                kind = self._kind_of(match.group())
                # Where it is neutral, a plain negator is still a negative word.
                if kind == 0 and " " in masked[span.start : span.end]:
                    kind = 1
                if kind is not None:
                    found[kind].append(span)
        found.plain.sort()
        return found

    def _kind(self, word: str) -> int | None:
        """Return which of the `Denials` a word belongs to."""
        if self.plain.fullmatch(word):
            return 0
        if self._prefixed(word, self.plain_prefixes):
            return 1 if word.endswith(self.plain_less) else 0
        if self.other.fullmatch(word) or self._prefixed(word, self.prefixes):
            return 1
        if self._prefixed(word, self.loose_prefixes):
            return 2
        return 3 if self.loose.fullmatch(word) else None

    def _prefixed(self, word: str, prefixes: tuple[str, ...]) -> bool:
        rest = (word[len(p) :] for p in prefixes if word.startswith(p) and len(word) >= max(_STEM + len(p), _WORD))
        return any(stem in lexemes(self.tag) for stem in rest)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: " " * len(m.group()), text)


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = (resources.files("tqcheck.languages") / "sense" / "negation.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def negation(tag: str) -> Negation | None:
    """Return what denies in a language, None where it is not written down."""
    base = tag.partition("-")[0]
    data = _data().get(base)
    if data is None:
        return None
    lists = {key: value.split() for key, value in data.items() if isinstance(value, str)}
    spaced, plain, ends = data.get("spaced", True), lists.get("plain", []), lists.get("plain_ends", [])
    return Negation(
        tag=base,
        spaced=spaced,
        plain=_pattern(plain, ends=ends, spaced=spaced),
        plain_prefixes=tuple(lists.get("plain_prefixes", ())),
        patterns=tuple(re.compile(rf"\b(?:{p})(?!\w)") for p in data.get("plain_patterns", ())),
        other=_pattern([*lists["words"], *plain], lists.get("starts", ()), [*lists.get("ends", ()), *ends], spaced),
        closed=_pattern([*lists["words"], *plain], ends=ends),
        loose=_pattern(lists["loose_words"], lists.get("loose_starts", ()), lists.get("loose_ends", ()), spaced),
        prefixes=tuple(lists.get("prefixes", ())),
        loose_prefixes=tuple(lists.get("loose_prefixes", ())),
        # “n't all” begins inside a word.
        neutral=_any(data["neutral"], "", spaced),
        none=_any(data.get("none", ()), r"\b", spaced),
        plain_less=tuple(lists.get("plain_less", ())),
        verb=data.get("verb", "after"),
        apart=frozenset(lists.get("apart", ())),
    )


def _any(patterns: Iterable[str], begin: str, spaced: bool) -> re.Pattern[str]:
    """Return a pattern for any of the patterns; where spaces are written, it ends at the end of a word."""
    choices = "|".join(patterns)
    if not choices:
        return _NOTHING
    return re.compile(rf"{begin}(?:{choices})(?!\w)" if spaced else f"(?:{choices})")


def _pattern(
    words: Iterable[str], starts: Iterable[str] = (), ends: Iterable[str] = (), spaced: bool = True
) -> re.Pattern[str]:
    """Return a pattern for any of the words, or a word with one of the beginnings or endings.

    Where no spaces are written, some systems put them between the parts of words: ま せ ん.
    """
    joint = "" if spaced else " ?"
    choices = [joint.join(map(re.escape, w)) for w in sorted(words, key=lambda w: (-len(w), w))]
    choices += [rf"{re.escape(w)}.*" for w in starts]
    choices += [rf".*{re.escape(w)}" for w in ends]
    return re.compile("|".join(choices)) if choices else _NOTHING
