"""Proper names of a language: `names/<tag>.tsv`, one name a line with its kind and flags."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from tqcheck.text.case import lower


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in its right casing. `common`: its lower-case form is also a plain word."""

    form: str
    kind: str
    common: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names of one language by their case-folded form, one word apart from many."""

    single: dict[str, Name]
    multi: dict[str, Name]

    def __bool__(self) -> bool:
        return bool(self.single or self.multi)


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
