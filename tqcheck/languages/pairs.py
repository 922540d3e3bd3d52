"""Calques and false friends of a language pair: `pairs/<source>-<target>.toml`.

    [[entry]]
    source = "l’élu"                                  # what the original says
    wrong = "the elected official"                    # what a literal translation makes of it
    right = ["the lawmaker", "the councillor"]        # what a native writes
    example = "…, ⟦the elected official⟧ continued."  # runs as a test
    counter = "Every elected official must report."   # must stay silent

`wrong` is matched word by word, whatever the case. Among the words may stand a choice `(is|are)`, whose
members may hold several words, an optional word `[the]`, a slot of the target's calendar `{day}` or
`{month}`, any one word `*`, and one to six words of the same clause `...`; `before` is the mark that
must stand in front.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

from tqcheck.languages.loader import load

ANY, GAP = "*", "..."
_TOKEN = re.compile(r"\([^()]+\)|\[[^\[\]]+\]|\{\w+\}|\*|\.\.\.|[^\s-]+")

# The words allowed at each place; None stands for any word, and an empty set for a gap.
Pattern = tuple[frozenset[str] | None, ...]


@dataclass(frozen=True, slots=True)
class Calque:
    """One entry; `patterns` are the sequences of words that `wrong` stands for."""

    pair: str
    source: str
    wrong: str
    right: tuple[str, ...]
    example: str
    counter: str
    before: str
    patterns: tuple[Pattern, ...]


@cache
def calques(target: str) -> tuple[Calque, ...]:
    """Return the calques of all pairs that translate into `target` (a primary subtag)."""
    folder = resources.files("tqcheck.languages") / "pairs"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(f"-{target}.toml"))
    entries: list[Calque] = []
    for name in names:
        data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        entries.extend(_calque(entry, name.removesuffix(".toml"), target) for entry in data["entry"])
    return tuple(entries)


def _calque(entry: dict[str, Any], pair: str, target: str) -> Calque:
    return Calque(
        pair=pair,
        source=entry["source"],
        wrong=entry["wrong"],
        right=tuple(entry["right"]),
        example=entry["example"],
        counter=entry["counter"],
        before=entry.get("before", ""),
        patterns=tuple(_patterns(entry["wrong"], target)),
    )


class Starts:
    """The calques that one word may begin: by their second word, or with any second word."""

    def __init__(self) -> None:
        self._by_second: dict[str, list[tuple[Calque, Pattern]]] = {}
        self._open: list[tuple[Calque, Pattern]] = []

    def add(self, calque: Calque, rest: Pattern) -> None:
        """Add a calque, with what must follow its first word."""
        if not rest or not rest[0]:
            self._open.append((calque, rest))
            return
        for second in rest[0]:
            self._by_second.setdefault(second, []).append((calque, rest))

    def before(self, second: str) -> list[tuple[Calque, Pattern]]:
        """Return the calques that may go on with the word `second`."""
        found = self._by_second.get(second)
        return self._open if found is None else found + self._open


@cache
def by_first_word(target: str) -> dict[str, Starts]:
    """Return the calques by each word that may begin them."""
    index: dict[str, Starts] = {}
    for calque in calques(target):
        for pattern in calque.patterns:
            for word in pattern[0] or ():
                index.setdefault(word, Starts()).add(calque, pattern[1:])
    return index


def _patterns(wrong: str, target: str) -> Iterator[Pattern]:
    choices: list[list[Pattern]] = []
    for token in _TOKEN.findall(wrong.lower().replace("’", "'")):
        if token == ANY:
            choices.append([(None,)])
        elif token == GAP:
            choices.append([(frozenset(),)])
        elif token[0] == "(":
            choices.append(_choice(token[1:-1].split("|")))
        elif token[0] == "[":
            choices.append([(), (frozenset({token[1:-1]}),)])
        elif token in {"{day}", "{month}"}:
            calendar = load(target).calendar
            groups = calendar.days if token == "{day}" else calendar.months
            choices.append([(frozenset(form.lower().rstrip(".") for group in groups for form in group),)])
        else:
            choices.append([(frozenset({token}),)])
    for combination in product(*choices):
        pattern = tuple(place for part in combination for place in part)
        if not pattern or not pattern[0]:
            raise ValueError(f"“{wrong}” must begin with a word or a choice of words")
        yield pattern


def _choice(members: list[str]) -> list[Pattern]:
    """Return the single words as one place, and each member of several words as places of its own."""
    split = [re.split(r"[ -]", member) for member in members]
    single = frozenset(words[0] for words in split if len(words) == 1)
    several: list[Pattern] = [tuple(frozenset({word}) for word in words) for words in split if len(words) > 1]
    return [(single,), *several] if single else several
