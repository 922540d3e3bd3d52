"""Calques and false friends of a language pair: `pairs/<source>-<target>.toml`.

    [[entry]]
    source = "l’élu"                                  # what the original says
    wrong = "the elected official"                    # what a literal translation makes of it
    right = ["the lawmaker", "the councillor"]        # what a native writes
    example = "…, ⟦the elected official⟧ continued."  # runs as a test
    counter = "Every elected official must report."   # must stay silent

`wrong` is matched word by word, whatever the case. A word may be a choice `(is|are)`, a slot of the
target's calendar `{day}` or `{month}`, any one word `*`, or one to six words of the same clause `...`;
`before` is the mark that must stand in front.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tqcheck.languages.loader import load

ANY, GAP = "*", "..."
_TOKEN = re.compile(r"\([^()]+\)|\{\w+\}|\*|\.\.\.|[^\s]+")


@dataclass(frozen=True, slots=True)
class Calque:
    """One entry. `pattern` holds the words allowed at each place; None stands for any word, and an
    empty set for a gap."""

    pair: str
    source: str
    wrong: str
    right: tuple[str, ...]
    example: str
    counter: str
    before: str
    pattern: tuple[frozenset[str] | None, ...]


@cache
def calques(target: str) -> tuple[Calque, ...]:
    """Return the calques of all pairs that translate into `target` (a primary subtag)."""
    folder = resources.files("tqcheck.languages") / "pairs"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(f"-{target}.toml"))
    entries = []
    for name in names:
        data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        for entry in data["entry"]:
            entries.append(
                Calque(
                    pair=name.removesuffix(".toml"),
                    source=entry["source"],
                    wrong=entry["wrong"],
                    right=tuple(entry["right"]),
                    example=entry["example"],
                    counter=entry["counter"],
                    before=entry.get("before", ""),
                    pattern=_pattern(entry["wrong"], target),
                )
            )
    return tuple(entries)


@cache
def by_first_word(target: str) -> dict[str, tuple[Calque, ...]]:
    """Return the calques by each word that may begin them."""
    index: dict[str, list[Calque]] = {}
    for calque in calques(target):
        first = calque.pattern[0]
        for word in first or ():
            index.setdefault(word, []).append(calque)
    return {word: tuple(found) for word, found in index.items()}


def _pattern(wrong: str, target: str) -> tuple[frozenset[str] | None, ...]:
    places: list[frozenset[str] | None] = []
    for token in _TOKEN.findall(wrong.lower().replace("’", "'")):
        if token == ANY:
            places.append(None)
        elif token == GAP:
            places.append(frozenset())
        elif token.startswith("("):
            places.append(frozenset(token[1:-1].split("|")))
        elif token in {"{day}", "{month}"}:
            calendar = load(target).calendar
            groups = calendar.days if token == "{day}" else calendar.months
            places.append(frozenset(form.lower().rstrip(".") for group in groups for form in group))
        else:
            places.append(frozenset({token}))
    if not places or not places[0]:
        raise ValueError(f"“{wrong}” must begin with a word or a choice of words")
    return tuple(places)
