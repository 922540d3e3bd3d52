"""The words in which a language counts: `numerals/<tag>.toml`, one file a language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from tqcheck.languages.loader import load
from tqcheck.text.case import lower

# What a word contributes: a cardinal, a multiplier, an ordinal, a fraction, or only a hint (dozens).
CARDINAL, TIMES, ORDINAL, FRACTION, LOOSE = range(5)
_TABLES = (("words", CARDINAL), ("times", TIMES), ("ordinals", ORDINAL), ("fractions", FRACTION), ("loose", LOOSE))
# Longer words hold more letters than any number up to a million.
_LONGEST = 50
# One form for what is written in several ways: apostrophes; Arabic hamza, alif maqsura and vowel signs.
_FOLD = str.maketrans("\u2019\u02bcأإآىة", "''ااايه", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640")


class Numeral(NamedTuple):
    """One word of counting; `others` are its values in other roles; `weak` words mean more than a number."""

    value: float
    role: int
    others: tuple[float, ...] = ()
    weak: bool = False


@dataclass(frozen=True)
class Numerals:
    """How a language writes numbers. Without a file only figures are read (`known` is False)."""

    tag: str
    decimal: str
    thousands: tuple[str, ...]
    join: frozenset[str]
    prefixes: tuple[str, ...]
    units_first: bool
    vigesimal: bool
    teens: bool
    half_after: bool
    glued: bool
    han: bool
    known: bool
    forms: dict[str, Numeral]
    morphemes: dict[str, tuple[tuple[str, Numeral], ...]]
    tails: tuple[str, ...]
    open_tails: tuple[str, ...]
    # What was looked up before; words that are never numbers stand here from the beginning.
    _found: dict[str, Numeral | None] = field(default_factory=dict)

    def find(self, word: str) -> Numeral | None:
        """Return what a word contributes to a number, None for any other word."""
        if word in self._found:
            return self._found[word]
        clean = lower(word, self.tag).translate(_FOLD)
        found = self.forms.get(clean) or self._prefixed(clean) or self._compound(clean)
        if len(self._found) < 50_000:
            self._found[word] = found
        return found

    def _prefixed(self, word: str) -> Numeral | None:
        for prefix in self.prefixes:
            if word.startswith(prefix) and word[len(prefix) :] in self.forms:
                return self.forms[word[len(prefix) :]]
        return None

    def _compound(self, word: str) -> Numeral | None:
        """Read a word made of several (fünfundzwanzig), or of one and an ending (двадцатилетний)."""
        if not self.morphemes or len(word) > _LONGEST or word[:2] not in self.morphemes:
            return None
        parts, rest = self._parts(word, 0)
        if not parts or (len(parts) > 1 and not self.glued and not rest):
            return None
        value = evaluate([p.value for p in parts])
        if value is None:
            return None
        ordinal = bool(rest) and rest in self.tails
        return Numeral(value, ORDINAL if ordinal else CARDINAL, weak=len(parts) == 1 and parts[0].weak)

    def _parts(self, word: str, at: int) -> tuple[list[Numeral], str]:
        """Return the morphemes of a word from `at` and the ending left over, the longest morphemes first."""
        for form, numeral in self.morphemes.get(word[at : at + 2], ()):
            if not word.startswith(form, at):
                continue
            end = at + len(form)
            rest = word[end:]
            if not rest or rest in self.tails or rest.startswith(self.open_tails):
                return [numeral], rest
            for joint in ("", *self.join):
                if rest.startswith(joint):
                    parts, ending = self._parts(word, end + len(joint))
                    if parts:
                        return [numeral, *parts], ending
        return [], ""


def evaluate(values: list[float]) -> float | None:
    """Return the number that the parts of a compound make, units before or after tens; None if none."""
    total = current = 0.0
    for value in values:
        if value == 100:
            if current > 99:
                return None
            current = (current or 1) * 100
        elif value >= 1000:
            if total and value > total:
                return None
            total += (current or 1) * value
            current = 0.0
        elif current == 0 or current % 100 == 0 or (current % 100 < 10 <= value) or (current % 10 == 0 and value < 10):
            if current % 100 >= 20 and value >= 10:
                return None
            current += value
        else:
            return None
    return total + current


@cache
def numerals(tag: str) -> Numerals:
    """Return how a language writes numbers."""
    language = load(tag)
    base = language.base
    folder = resources.files("tqcheck.languages") / "numerals"
    path = folder / f"{base}.toml"
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    forms = _forms(data)
    skipped = dict.fromkeys(str(data.get("skip", "")).split())
    tails = str(data.get("tails", "")).split()
    return Numerals(
        tag=tag,
        decimal=language.numbers.decimal if language.known else ",",
        thousands=language.numbers.thousands,
        join=frozenset(str(data.get("join", "")).split()),
        prefixes=tuple(sorted(str(data.get("prefixes", "")).translate(_FOLD).split(), key=lambda p: (-len(p), p))),
        units_first=bool(data.get("units_first")),
        vigesimal=bool(data.get("vigesimal")),
        teens="11" in data.get("words", {}),
        half_after=bool(data.get("half_after")),
        glued=bool(data.get("glued")),
        han=bool(data.get("han")),
        known=bool(data),
        forms=forms,
        morphemes=_morphemes(data, forms) if tails else {},
        tails=tuple(t for t in tails if not t.endswith("*")),
        open_tails=tuple(t[:-1] for t in tails if t.endswith("*")),
        _found=skipped,
    )


def _forms(data: dict[str, Any]) -> dict[str, Numeral]:
    weak = frozenset(str(data.get("weak", "")).translate(_FOLD).split())
    values: dict[str, list[tuple[float, int]]] = {}
    for table, role in _TABLES:
        for value, forms in data.get(table, {}).items():
            for form in forms.translate(_FOLD).split():
                values.setdefault(form, []).append((float(value), role))
    return {
        form: Numeral(*found[0], tuple(value for value, _role in found[1:]), form in weak)
        for form, found in values.items()
    }


def _morphemes(data: dict[str, Any], forms: dict[str, Numeral]) -> dict[str, tuple[tuple[str, Numeral], ...]]:
    found = {form: n for form, n in forms.items() if n.role in (CARDINAL, TIMES) and len(form) > 1}
    for value, stems in data.get("stems", {}).items():
        found.update({stem: Numeral(float(value), CARDINAL) for stem in stems.split()})
    by_start: dict[str, list[tuple[str, Numeral]]] = {}
    for form in sorted(found, key=lambda f: (-len(f), f)):
        by_start.setdefault(form[:2], []).append((form, found[form]))
    return {start: tuple(rest) for start, rest in by_start.items()}
