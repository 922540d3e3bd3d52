"""Proper names of a language: `names/<tag>.tsv`, one name a line with its kind and flags; and those of a house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from tqcheck.text.case import lower

# The kind of names that were learned from a house's own articles: of what sort they are is not known.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in its right casing. `common`: its lower-case form is also a plain word. `learned`: it was
    found in the articles of a house, and nobody has looked at it yet."""

    form: str
    kind: str
    common: bool
    learned: bool = False


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The names of one language by their case-folded form, one word apart from many."""

    single: dict[str, Name]
    multi: dict[str, Name]

    def __bool__(self) -> bool:
        return bool(self.single or self.multi)


@dataclass(frozen=True, eq=False)
class OwnNames:
    """The names of a house by primary language subtag, and the forms in lower case that it does not want told of."""

    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    rejected: Mapping[str, frozenset[str]] = field(default_factory=dict)


@cache
def names(tag: str) -> Lexicon:
    """Return the names of a language (`pt-BR` takes those of `pt`); empty where there are none."""
    file = resources.files("tqcheck.languages") / "names" / f"{tag.partition('-')[0]}.tsv"
    single: dict[str, Name] = {}
    multi: dict[str, Name] = {}
    if not file.is_file():
        return Lexicon(single, multi)
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        form, kind, flags = [*line.split("\t"), "", ""][:3]
        name = Name(form, kind, "common" in flags)
        (multi if " " in form else single).setdefault(lower(form, tag), name)
    return Lexicon(single, multi)


@lru_cache(maxsize=32)
def enlarged(tag: str, own: OwnNames) -> Lexicon:
    """Return the names of a language with those of a house, which go first where they are accepted."""
    base, known = tag.partition("-")[0], names(tag)
    if base not in own.names and base not in own.rejected:
        return known
    rejected = own.rejected.get(base, frozenset())
    single = {key: name for key, name in known.single.items() if key not in rejected}
    multi = {key: name for key, name in known.multi.items() if key not in rejected}
    for name in own.names.get(base, ()):
        table = multi if " " in name.form else single
        key = lower(name.form, tag)
        if not name.learned or key not in table:
            table[key] = name
    return Lexicon(single, multi)
