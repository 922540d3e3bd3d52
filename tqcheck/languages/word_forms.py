"""What the look-up of single words must know of a language: `sense/forms.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any
from zlib import crc32


@dataclass(frozen=True, slots=True)
class WordForms:
    """How words are built; empty for most languages. `stamp` changes with the data."""

    proclitics: tuple[str, ...] = ()
    capital_nouns: bool = False
    compounds: bool = False
    joints: tuple[str, ...] = ()
    particles: frozenset[str] = frozenset()
    stem: int = 0
    ending: int = 0
    infinitives: tuple[str, ...] = ()
    syllables: dict[str, str] = field(default_factory=dict)
    fold: dict[int, str] = field(default_factory=dict)
    stamp: str = ""


@cache
def word_forms(base: str) -> WordForms:
    """Return what is known of a language, given by its primary subtag."""
    data, stamp = _table()
    found = data.get(base, {})
    return WordForms(
        proclitics=tuple(found.get("proclitics", "").split()),
        capital_nouns=found.get("capital_nouns", False),
        compounds=found.get("compounds", False),
        joints=("", *found.get("joints", "").split()),
        particles=frozenset(found.get("particles", "").split()),
        stem=found.get("stem", 0),
        ending=found.get("ending", 0),
        infinitives=tuple(found.get("infinitives", "").split()),
        syllables=found.get("syllables", {}),
        fold={ord(char): to for char, to in found.get("fold", {}).items()},
        stamp=stamp,
    )


@cache
def _table() -> tuple[dict[str, dict[str, Any]], str]:
    raw = (resources.files("tqcheck.languages") / "sense" / "forms.toml").read_bytes()
    return tomllib.loads(raw.decode("utf-8")), f"{crc32(raw):08x}"
