"""What stands beside a number: percent, units and currencies, in all languages at once (numerals/measures.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
# What may stand between a number and its unit: 2 millions d’euros, 5 million US dollars.
_LINK = re.compile(r"[.]?[ \u00a0\u2009\u202f\u2011-]{0,2}(?:d[’']|de |di |of |US |U\.S\. |amerikanische[rn]? )?")
_BLANK = " \u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, a currency or percent. Two units of one dimension convert by factor and offset."""

    name: str
    dimension: str
    factor: float = 1.0
    offset: float = 0.0

    def base(self, amount: float) -> float:
        """Return an amount in the base unit of the dimension."""
        return (amount + self.offset) * self.factor


PERCENT = Unit("percent", "percent")


@dataclass(frozen=True)
class Measures:
    """Look-up tables: a form behind a number, and one in front of it. A form may mean several units
    (pound: money, mass)."""

    after: dict[str, tuple[Unit, ...]]
    before: dict[str, tuple[Unit, ...]]
    longest: int

    def behind(self, text: str, at: int) -> tuple[tuple[Unit, ...], int]:
        """Return the units whose form stands behind a number that ends at `at`, and where the form ends."""
        link = _LINK.match(text, at)
        start = link.end() if link else at
        window = text[start : start + self.longest].lower()
        for length in range(len(window), 0, -1):
            form = window[:length]
            if form in self.after and _whole(text, start, start + length):
                return self.after[form], start + length
        return (), at

    def ahead(self, text: str, at: int) -> tuple[tuple[Unit, ...], int]:
        """Return the units whose form stands in front of a number that starts at `at`, and where it starts."""
        end = at
        while end > 0 and at - end < 2 and text[end - 1] in _BLANK:
            end -= 1
        window = text[max(0, end - 8) : end].lower()
        for length in range(len(window), 0, -1):
            form = window[-length:]
            if form in self.before and (
                end - length == 0 or not (form[0].isalpha() and text[end - length - 1].isalpha())
            ):
                return self.before[form], end - length
        return (), at


def _whole(text: str, start: int, end: int) -> bool:
    """True where no letter of the same word follows; in scripts without spaces any may."""
    last, after = text[end - 1], text[end : end + 1]
    if not after or not last.isalpha() or last > "\u2e80":
        return True
    return not (after.isalpha() and after < "\u2e80") and after not in "²³"


@cache
def measures() -> Measures:
    """Return the tables, read once."""
    path = resources.files("tqcheck.languages") / "numerals" / "measures.toml"
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    after: dict[str, tuple[Unit, ...]] = {}
    before: dict[str, tuple[Unit, ...]] = {}

    def add(table: dict[str, tuple[Unit, ...]], form: str, unit: Unit) -> None:
        table[form] = (*table.get(form, ()), unit)

    for form in data["percent"]["after"]:
        add(after, form, PERCENT)
    for form in data["percent"]["before"]:
        add(before, form, PERCENT)
    for name, (dimension, factor, offset, forms) in data["units"].items():
        for form in dict.fromkeys(forms.split()):
            add(after, form.replace("_", " "), Unit(name, dimension, factor, offset))
    for code, forms in data["currencies"].items():
        unit = Unit(code, "money " + code)
        for form in dict.fromkeys([*forms.split()]):
            add(after, form, unit)
            # A word in front of a number is no currency of it, a sign or code is.
            if not form.isalpha() or (len(form) <= 3 and form == code.lower()):
                add(before, form, unit)
    return Measures(after, before, max(map(len, after)))
